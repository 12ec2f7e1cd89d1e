package imaging

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"testing"
)

// scene draws something like a photo: a sky, a beach, dark round things lying about, and some noise. Each seed is
// another scene.
func scene(seed uint64, width, height int) *image.RGBA {
	random := rand.New(rand.NewPCG(seed, 1))
	type blot struct{ x, y, r, shade float64 }
	blots := make([]blot, 12)
	for i := range blots {
		blots[i] = blot{random.Float64(), random.Float64(), 0.03 + 0.12*random.Float64(), 200 * random.Float64()}
	}
	horizon := 0.25 + 0.5*random.Float64()
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for py := range height {
		y := float64(py) / float64(height)
		for px := range width {
			x := float64(px) / float64(width)
			shade := 230 - 60*y
			if y > horizon {
				shade = 150 + 30*math.Sin(9*x+20*y)
			}
			for _, b := range blots {
				if dx, dy := x-b.x, y-b.y; dx*dx+dy*dy < b.r*b.r {
					shade = b.shade
				}
			}
			v := uint8(max(0, min(255, shade+float64((px*7919+py*104729)%13)-6)))
			m.SetRGBA(px, py, color.RGBA{v, uint8(min(255, int(v)+10)), v / 2, 255})
		}
	}
	return m
}

func asJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tag is one entry of an EXIF directory.
type tag struct {
	id    uint16
	value any // string, uint16, or [][2]uint32 for rationals
}

// exif writes the three directories of a camera: the picture's, the photograph's and the position's.
func exif(picture, photograph, position []tag) []byte {
	const header = 8
	order := binary.LittleEndian
	picture = append(picture, tag{0x8769, uint32(0)}, tag{0x8825, uint32(0)})
	size := func(tags []tag) uint32 {
		n := 2 + 12*len(tags) + 4
		for _, t := range tags {
			n += len(payload(order, t.value))
		}
		return uint32(n)
	}
	photographAt := header + size(picture)
	positionAt := photographAt + size(photograph)
	picture[len(picture)-2].value = photographAt
	picture[len(picture)-1].value = positionAt

	out := append([]byte("II*\x00"), order.AppendUint32(nil, header)...)
	for _, tags := range [][]tag{picture, photograph, position} {
		data := uint32(len(out) + 2 + 12*len(tags) + 4)
		var extra []byte
		out = order.AppendUint16(out, uint16(len(tags)))
		for _, t := range tags {
			kind, count, short := encodeTag(order, t.value)
			out = order.AppendUint16(out, t.id)
			out = order.AppendUint16(out, kind)
			out = order.AppendUint32(out, count)
			if p := payload(order, t.value); p != nil {
				out = order.AppendUint32(out, data+uint32(len(extra)))
				extra = append(extra, p...)
			} else {
				out = append(out, short...)
			}
		}
		out = append(order.AppendUint32(out, 0), extra...)
	}
	return out
}

// encodeTag returns type and count of a value, and its four bytes when it needs no more.
func encodeTag(order binary.AppendByteOrder, value any) (kind uint16, count uint32, short []byte) {
	switch v := value.(type) {
	case string:
		return 2, uint32(len(v) + 1), append([]byte(v), 0, 0, 0, 0)[:4]
	case uint16:
		return 3, 1, order.AppendUint16(order.AppendUint16(nil, v), 0)
	case uint32:
		return 4, 1, order.AppendUint32(nil, v)
	case [][2]uint32:
		return 5, uint32(len(v)), nil
	}
	panic("no such kind of value")
}

// payload returns the bytes of a value that does not fit into its entry.
func payload(order binary.AppendByteOrder, value any) []byte {
	switch v := value.(type) {
	case string:
		if len(v) >= 4 {
			return append([]byte(v), 0)
		}
	case [][2]uint32:
		var b []byte
		for _, r := range v {
			b = order.AppendUint32(order.AppendUint32(b, r[0]), r[1])
		}
		return b
	}
	return nil
}

// withEXIF puts the EXIF data behind the first marker of a JPEG file.
func withEXIF(file, data []byte) []byte {
	segment := append([]byte("Exif\x00\x00"), data...)
	out := append([]byte(nil), file[:2]...)
	out = append(out, 0xff, 0xe1, byte((len(segment)+2)>>8), byte(len(segment)+2))
	return append(append(out, segment...), file[2:]...)
}

// phone returns what a phone in Hương Trà writes.
func phone(orientation uint16) []byte {
	return exif(
		[]tag{{0x010f, "Sao"}, {0x0110, "Sao A1"}, {0x0112, orientation}},
		[]tag{{0x9003, "2024:06:15 07:30:00"}, {0x9011, "+07:00"}},
		[]tag{{1, "N"}, {2, [][2]uint32{{16, 1}, {31, 1}, {5124, 100}}}, {3, "E"}, {4, [][2]uint32{{107, 1}, {28, 1}, {1668, 100}}}},
	)
}
