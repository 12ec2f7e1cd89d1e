package imaging

import (
	"bytes"
	"context"
	"image"
	"image/draw"
	"image/jpeg"

	"sachhon/internal/fault"
)

// Office scanners write pages of a TIFF as JPEG (compression 7 of Adobe's note of 2002), which the decoder does not know: each
// strip or tile is a JPEG of its own, mostly without its tables, which stand once beside them. The older way (6) was never clear.

const (
	packedJPEG = 7

	tagColours     = 262 // what the numbers of a pixel are
	tagStrips      = 273
	tagRows        = 278 // of a strip
	tagStripBytes  = 279
	tagPlanar      = 284
	tagTiles       = 324
	tagTileBytes   = 325
	tagJPEGTables  = 347
	leastStripRows = 8 // of a page of several strips: JPEG packs eight rows at once

	mostTables = 8 << 10 // bytes; every strip is unpacked with them
	tileSide   = 1024    // a page ends within its last tiles, which are mostly smaller than this
)

func roundedUp(side int) int { return (side + tileSide - 1) / tileSide * tileSide }

// What the numbers of a pixel are, as tagColours says it.
const (
	coloursGrey  = 1
	coloursRGB   = 2
	coloursYCbCr = 6
)

// jpegPage is how the JPEGs of a page lie on it.
type jpegPage struct {
	leaf
	tables, marker     []byte
	at, bytes          dirEntry // where each JPEG stands, and how long it is
	width, rows, count int      // of each, and how many there are
}

func (d directories) jpegPage(l leaf, tags map[uint16]dirEntry) (jpegPage, error) {
	p := jpegPage{leaf: l, at: tags[tagStrips], bytes: tags[tagStripBytes], width: l.width, rows: int(tags[tagRows].value)}
	if _, tiled := tags[tagTileWidth]; tiled {
		p.at, p.bytes, p.width, p.rows = tags[tagTiles], tags[tagTileBytes], int(tags[tagTileWidth].value), int(tags[tagTileHeight].value)
	} else if p.rows <= 0 || p.rows > l.height { // a page that says nothing is one strip
		p.rows = l.height
	}
	switch colours := tags[tagColours].value; {
	case tags[tagPlanar].value == 2, colours != coloursGrey && colours != coloursRGB && colours != coloursYCbCr:
		return p, fault.New(fault.Unsupported, "imaging.fault.tiffKind")
	case p.width <= 0 || p.rows <= 0 || p.width > tiffSide || p.rows > tiffSide:
		return p, broken("strips without a size")
	case p.width > roundedUp(l.width) || p.rows > roundedUp(l.height) || p.width > tiffPixels/p.rows:
		return p, broken("strips that are larger than their page")
	case p.rows < min(leastStripRows, l.height):
		return p, broken("strips that are too low")
	case colours == coloursRGB:
		p.marker = []byte("\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00") // the numbers are colours as they are
	}
	p.count = p.across() * ((l.height + p.rows - 1) / p.rows)
	if int(p.at.count) < p.count || int(p.bytes.count) < p.count {
		return p, broken("fewer strips than rows")
	}
	if t, has := tags[tagJPEGTables]; has {
		tables, ok := d.part(uint64(t.value), uint64(t.count))
		if !ok || len(tables) < 4 || len(tables) > mostTables || !bytes.HasPrefix(tables, startOfImage) {
			return p, broken("tables that are none")
		}
		p.tables = bytes.TrimSuffix(tables[2:], endOfImage)
	}
	return p, nil
}

func (p jpegPage) across() int { return (p.leaf.width + p.width - 1) / p.width }

var startOfImage, endOfImage = []byte("\xff\xd8"), []byte("\xff\xd9")

// decodeJPEG puts the JPEGs of a page together.
func (d directories) decodeJPEG(ctx context.Context, l leaf) (image.Image, error) {
	tags, ok := d.tags(l.at)
	if !ok {
		return nil, broken("a directory beyond the end")
	}
	p, err := d.jpegPage(l, tags)
	if err != nil {
		return nil, err
	}
	packed := uint64(0)
	for i := range p.count { // strips that lie upon each other would be unpacked as often
		size, _ := d.element(p.bytes, i)
		if packed += min(size, uint64(len(d.b))); packed > uint64(len(d.b)) {
			return nil, broken("strips that are longer than the file")
		}
	}
	var page draw.Image
	whole := image.Rect(0, 0, l.width, l.height)
	for i := range p.count {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		m, err := d.jpegPart(p, i)
		if err != nil {
			return nil, err
		}
		if p.count == 1 && m.Bounds() == whole {
			return m, nil
		}
		if page == nil {
			page = image.NewRGBA(whole)
			if isGrey(m) {
				page = image.NewGray(whole)
			}
		}
		to := image.Pt(i%p.across()*p.width, i/p.across()*p.rows)
		draw.Draw(page, m.Bounds().Add(to), m, image.Point{}, draw.Src)
	}
	return page, nil
}

// jpegPart decodes one strip or tile, if it is as large as its page says: anything larger is refused before it is unpacked.
func (d directories) jpegPart(p jpegPage, i int) (image.Image, error) {
	at, found := d.element(p.at, i)
	size, sized := d.element(p.bytes, i)
	b, ok := d.part(at, size)
	if !found || !sized || !ok || !bytes.HasPrefix(b, startOfImage) {
		return nil, broken("a strip that is no JPEG")
	}
	whole := bytes.Join([][]byte{startOfImage, p.marker, p.tables, b[2:]}, nil)
	says, err := jpeg.DecodeConfig(bytes.NewReader(whole))
	if err != nil {
		return nil, err
	}
	if says.Width != p.width || says.Height > p.rows {
		return nil, broken("a strip of another size")
	}
	return jpeg.Decode(bytes.NewReader(whole))
}

// part is a run of bytes of the file.
func (d directories) part(at, size uint64) ([]byte, bool) {
	if end := uint64(len(d.b)); at > end || size > end-at {
		return nil, false
	}
	return d.b[at : at+size], true
}

// element is one number of an entry that may have several; a few short ones stand in the entry itself.
func (d directories) element(t dirEntry, i int) (uint64, bool) {
	const short = 3
	switch {
	case t.kind == short && t.count == 2:
		n, ok := d.short(t.place + 2*uint64(i))
		return uint64(n), ok
	case t.count == 1:
		return uint64(t.value), i == 0
	case t.kind == short:
		n, ok := d.short(uint64(t.value) + 2*uint64(i))
		return uint64(n), ok
	}
	n, ok := d.long(uint64(t.value) + 4*uint64(i))
	return uint64(n), ok
}
