package imaging

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/jpeg"
	"slices"

	"golang.org/x/image/tiff"

	"sachhon/internal/fault"
)

// A TIFF is a chain of directories, each of which describes one picture by its tags. The decoder reads the first of them; a
// scanner that feeds sheets makes one for each sheet.

// Limits of a TIFF, beside those of a photo. A sheet A4 at 600 dots per inch has 35 million pixels.
const (
	MaxPages   = 50
	tiffPixels = 40_000_000
	tiffSide   = 30_000 // a strip for each row of a higher one would take minutes to begin
	tiffTile   = 64     // smaller tiles would be as many
)

// leaf is one page of a TIFF.
type leaf struct {
	at            uint32 // where its directory stands
	width, height int
	jpeg          bool    // its strips are JPEGs
	turn          int     // as EXIF has it
	tall          float64 // how much higher a pixel is than wide: a fax has such pixels
}

func isTIFF(b []byte) bool {
	return bytes.HasPrefix(b, []byte("II*\x00")) || bytes.HasPrefix(b, []byte("MM\x00*"))
}

// The tags that are read here; all others are the decoder's.
const (
	tagSubfile     = 254
	tagWidth       = 256
	tagHeight      = 257
	tagCompression = 259
	tagOrientation = 274
	tagAcross      = 282 // pixels to a unit of length
	tagDown        = 283
	tagTileWidth   = 322
	tagTileHeight  = 323
)

// The ways in which pages are packed that the decoder knows: not at all, as faxes do, LZW, deflate, runs of bytes.
var unpacked = []uint32{0, 1, 3, 4, 5, 8, 32773, 32946}

// leaves lists the pages of a TIFF without decoding them; small pictures of them are left out.
func leaves(b []byte) ([]leaf, error) {
	d := directories{b: b, order: orderOf(b)}
	var out []leaf
	seen := map[uint32]bool{}
	at, ok := d.long(4)
	for ; ok && at != 0; at, ok = d.next(at) {
		if seen[at] {
			return nil, broken("a directory that leads back")
		}
		if seen[at] = true; len(seen) > 2*MaxPages {
			return nil, tooManyPages()
		}
		tags, whole := d.tags(at)
		if !whole {
			return nil, broken("a directory beyond the end")
		}
		if tags[tagSubfile].value&1 == 1 {
			continue
		}
		l, err := d.leaf(at, tags)
		if err != nil {
			return nil, err
		}
		if out = append(out, l); len(out) > MaxPages {
			return nil, tooManyPages()
		}
	}
	if !ok || len(out) == 0 {
		return nil, broken("no page, or a chain that is cut")
	}
	return out, nil
}

func (d directories) leaf(at uint32, tags map[uint16]dirEntry) (leaf, error) {
	packed := tags[tagCompression].value == packedJPEG
	if !packed && !slices.Contains(unpacked, tags[tagCompression].value) {
		return leaf{}, fault.New(fault.Unsupported, "imaging.fault.tiffKind")
	}
	for _, name := range []uint16{tagTileWidth, tagTileHeight} {
		if t, has := tags[name]; has && t.value < tiffTile {
			return leaf{}, broken("tiles that are too small")
		}
	}
	size, err := image.Config{Width: int(tags[tagWidth].value), Height: int(tags[tagHeight].value)}, error(nil)
	if !packed {
		size, err = tiff.DecodeConfig(d.from(at))
	}
	switch {
	case err != nil:
		return leaf{}, tiffFault(err)
	case size.Width <= 0 || size.Height <= 0:
		return leaf{}, broken("a page without a size")
	}
	l := leaf{at: at, width: size.Width, height: size.Height, jpeg: packed, turn: int(tags[tagOrientation].value), tall: 1}
	if l.width > tiffSide || l.height > tiffSide || l.width > tiffPixels/l.height {
		return leaf{}, fault.New(fault.TooLarge, "imaging.fault.tooManyPixels", "Width", l.width, "Height", l.height, "Limit", tiffPixels/1_000_000)
	}
	if packed { // refused before anything of it is kept
		if _, err := d.jpegPage(l, tags); err != nil {
			return leaf{}, err
		}
	}
	across, down := d.ratio(tags[tagAcross]), d.ratio(tags[tagDown])
	if tall := across / down; across > 0 && down > 0 && tall > 0.3 && tall < 3.5 {
		l.tall = tall
	}
	return l, nil
}

func broken(why string) error {
	return fault.New(fault.Invalid, "imaging.fault.broken").Because(errors.New("imaging: TIFF with " + why))
}

func tooManyPages() error {
	return fault.New(fault.TooLarge, "imaging.fault.tooManyPages", "Limit", MaxPages)
}

// tiffFault says what an error of the decoder means for who sent the file.
func tiffFault(err error) error {
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	if _, ok := errors.AsType[jpeg.UnsupportedError](err); ok {
		return fault.New(fault.Unsupported, "imaging.fault.tiffKind").Because(err)
	}
	if _, ok := errors.AsType[tiff.UnsupportedError](err); ok {
		return fault.New(fault.Unsupported, "imaging.fault.tiffKind").Because(err)
	}
	return fault.New(fault.Invalid, "imaging.fault.broken").Because(err)
}

// directories reads the directories of a TIFF.
type directories struct {
	b     []byte
	order binary.ByteOrder
}

func orderOf(b []byte) binary.ByteOrder {
	if b[0] == 'M' {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// dirEntry is one entry: its value, or where a longer one stands.
type dirEntry struct {
	kind  uint16
	count uint32
	value uint32
	place uint64 // of the value, where several small ones stand
}

func (d directories) long(at uint64) (uint32, bool) {
	if at+4 > uint64(len(d.b)) {
		return 0, false
	}
	return d.order.Uint32(d.b[at:]), true
}

func (d directories) short(at uint64) (uint16, bool) {
	if at+2 > uint64(len(d.b)) {
		return 0, false
	}
	return d.order.Uint16(d.b[at:]), true
}

const entry = 12 // bytes

// next is where the directory behind this one stands, 0 for the last.
func (d directories) next(at uint32) (uint32, bool) {
	n, ok := d.short(uint64(at))
	if !ok {
		return 0, false
	}
	return d.long(uint64(at) + 2 + entry*uint64(n))
}

func (d directories) tags(at uint32) (map[uint16]dirEntry, bool) {
	n, ok := d.short(uint64(at))
	if !ok || uint64(at)+2+entry*uint64(n) > uint64(len(d.b)) {
		return nil, false
	}
	out := map[uint16]dirEntry{}
	for i := range uint64(n) {
		e := d.b[uint64(at)+2+entry*i:]
		t := dirEntry{kind: d.order.Uint16(e[2:]), count: d.order.Uint32(e[4:]), value: d.order.Uint32(e[8:]), place: uint64(at) + 2 + entry*i + 8}
		if t.kind == 3 && t.count == 1 { // two bytes stand first in the four
			t.value = uint32(d.order.Uint16(e[8:]))
		}
		out[d.order.Uint16(e)] = t
	}
	return out, true
}

// ratio is a number that is kept as two, 0 where it is none.
func (d directories) ratio(t dirEntry) float64 {
	const rational = 5
	if t.kind != rational {
		return 0
	}
	over, ok := d.long(uint64(t.value))
	under, whole := d.long(uint64(t.value) + 4)
	if !ok || !whole || under == 0 {
		return 0
	}
	return float64(over) / float64(under)
}

// from is the file as one that begins with the directory at that place.
func (d directories) from(at uint32) *leafReader {
	r := &leafReader{b: d.b}
	copy(r.head[:], d.b[:4])
	d.order.PutUint32(r.head[4:], at)
	return r
}

// leafReader reads a file with another head. It is asked for places, never read through.
type leafReader struct {
	b    []byte
	head [8]byte
	done func() error // nil while whoever asked still waits
}

func (r *leafReader) Read([]byte) (int, error) { return 0, errors.ErrUnsupported }

func (r *leafReader) ReadAt(p []byte, at int64) (int, error) {
	if r.done != nil {
		if err := r.done(); err != nil {
			return 0, err
		}
	}
	n, err := bytes.NewReader(r.b).ReadAt(p, at)
	if at >= 0 && at < int64(len(r.head)) {
		copy(p[:n], r.head[at:])
	}
	return n, err // io.EOF as it is: who reads a part of a file compares it
}
