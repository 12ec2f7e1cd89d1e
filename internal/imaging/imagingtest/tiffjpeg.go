package imagingtest

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/draw"
	"image/jpeg"
	"maps"
	"slices"
)

// JPEGLeaf is how a page is packed as JPEG: in strips of rows, or in square tiles, each a JPEG whose tables stand once beside them.
type JPEGLeaf struct {
	Rows  int               // of a strip, 0 for one strip
	Tile  int               // width and height of a tile, instead of strips
	Whole bool              // each with its tables
	RGB   bool              // the numbers are colours as they are
	Tags  map[uint16]uint32 // instead of those that it has
}

// JPEGTIFF writes a TIFF of one page as an office scanner does.
func JPEGTIFF(m image.Image, l JPEGLeaf) []byte {
	le := binary.LittleEndian
	size := m.Bounds().Size()
	width, rows := size.X, l.Rows
	if rows == 0 {
		rows = size.Y
	}
	if l.Tile > 0 {
		width, rows = l.Tile, l.Tile
	}
	var b bytes.Buffer
	b.WriteString("II*\x00\x00\x00\x00\x00")
	var tables []byte
	var at, length []uint32
	for y := 0; y < size.Y; y += rows {
		for x := 0; x < size.X; x += width {
			part := image.Rect(0, 0, width, rows)
			if l.Tile == 0 {
				part.Max.Y = min(rows, size.Y-y)
			}
			var strip []byte
			strip, tables = abbreviated(encoded(m, part, image.Pt(x, y), l.RGB), l.Whole)
			at, length = append(at, uint32(b.Len())), append(length, uint32(len(strip)))
			b.Write(strip)
		}
	}
	list := func(values []uint32) (count, value uint32) {
		if len(values) == 1 {
			return 1, values[0]
		}
		place := uint32(b.Len())
		for _, v := range values {
			b.Write(le.AppendUint32(nil, v))
		}
		return uint32(len(values)), place
	}
	counts, tags := map[uint16]uint32{}, map[uint16]uint32{256: uint32(size.X), 257: uint32(size.Y), 258: 8, 259: 7, 262: 6, 277: 3}
	switch _, grey := m.(*image.Gray); {
	case grey:
		tags[262], tags[277] = 1, 1
	case l.RGB:
		tags[262] = 2
	}
	first, second := uint16(273), uint16(279)
	if l.Tile > 0 {
		first, second = 324, 325
		tags[322], tags[323] = uint32(width), uint32(rows)
	} else {
		tags[278] = uint32(rows)
	}
	counts[first], tags[first] = list(at)
	counts[second], tags[second] = list(length)
	if !l.Whole {
		counts[347], tags[347] = uint32(len(tables)), uint32(b.Len())
		b.Write(tables)
	}
	maps.Copy(tags, l.Tags)
	start := uint32(b.Len())
	b.Write(le.AppendUint16(nil, uint16(len(tags))))
	for _, tag := range slices.Sorted(maps.Keys(tags)) {
		kind := uint16(4)
		if tag == 347 {
			kind = 7
		}
		b.Write(le.AppendUint32(le.AppendUint32(le.AppendUint16(le.AppendUint16(nil, tag), kind), max(1, counts[tag])), tags[tag]))
	}
	b.Write(make([]byte, 4))
	file := b.Bytes()
	le.PutUint32(file[4:], start)
	return file
}

// encoded is a part of a picture as JPEG; what lies beyond it is black.
func encoded(m image.Image, part image.Rectangle, from image.Point, rgb bool) []byte {
	var picture image.Image
	switch _, grey := m.(*image.Gray); {
	case grey:
		g := image.NewGray(part)
		draw.Draw(g, part, m, m.Bounds().Min.Add(from), draw.Src)
		picture = g
	default:
		c := image.NewRGBA(part)
		draw.Draw(c, part, m, m.Bounds().Min.Add(from), draw.Src)
		picture = c
		if rgb { // the encoder takes the numbers for what it would have made of them
			raw := image.NewYCbCr(part, image.YCbCrSubsampleRatio444)
			for i := range raw.Y {
				raw.Y[i], raw.Cb[i], raw.Cr[i] = c.Pix[4*i], c.Pix[4*i+1], c.Pix[4*i+2]
			}
			picture = raw
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture, &jpeg.Options{Quality: 90}); err != nil {
		panic(err) // into memory
	}
	return b.Bytes()
}

// abbreviated takes the tables out of a JPEG, and returns them as one of their own.
func abbreviated(b []byte, whole bool) (strip, tables []byte) {
	if whole {
		return b, nil
	}
	strip, tables = slices.Clone(b[:2]), slices.Clone(b[:2])
	at := 2
	for b[at+1] != 0xda { // the scan, which goes to the end
		end := at + 2 + int(binary.BigEndian.Uint16(b[at+2:]))
		if kind := b[at+1]; kind == 0xdb || kind == 0xc4 {
			tables = append(tables, b[at:end]...)
		} else {
			strip = append(strip, b[at:end]...)
		}
		at = end
	}
	return append(strip, b[at:]...), append(tables, 0xff, 0xd9)
}
