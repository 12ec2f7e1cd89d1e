// Package imagingtest makes picture files for tests: TIFF with several pages, which no library here writes, and such that no
// scanner would.
package imagingtest

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"maps"
	"math/rand/v2"
	"slices"
)

// Leaf is a page of a TIFF.
type Leaf struct {
	Image *image.Gray
	Tags  map[uint16]uint32 // instead of, or beside, those that it has
	DPI   [2]uint32         // across and down, when it says so
	Next  int               // the page that follows, from 1, instead of the next one
}

// TIFF writes a file of pages that are not packed.
func TIFF(leaves ...Leaf) []byte {
	le := binary.LittleEndian
	var b bytes.Buffer
	b.WriteString("II*\x00\x00\x00\x00\x00")
	starts := make([]uint32, len(leaves))
	links := make([]uint32, len(leaves)+1) // where the place of each directory is named
	links[0] = 4
	for i, l := range leaves {
		size := l.Image.Rect.Size()
		tags := map[uint16]uint32{
			256: uint32(size.X), 257: uint32(size.Y), 258: 8, 259: 1, 262: 1, 273: uint32(b.Len()), 277: 1, 278: uint32(size.Y), 279: uint32(size.X * size.Y),
		}
		for y := range size.Y {
			b.Write(l.Image.Pix[y*l.Image.Stride:][:size.X])
		}
		rationals := map[uint16]bool{}
		for n, dpi := range l.DPI {
			if tag := uint16(282 + n); dpi > 0 {
				tags[tag], rationals[tag] = uint32(b.Len()), true
				b.Write(le.AppendUint32(le.AppendUint32(nil, dpi), 1))
			}
		}
		maps.Copy(tags, l.Tags)
		starts[i] = uint32(b.Len())
		b.Write(le.AppendUint16(nil, uint16(len(tags))))
		for _, tag := range slices.Sorted(maps.Keys(tags)) {
			kind := uint16(4)
			if rationals[tag] {
				kind = 5
			}
			b.Write(le.AppendUint32(le.AppendUint32(le.AppendUint16(le.AppendUint16(nil, tag), kind), 1), tags[tag]))
		}
		links[i+1] = uint32(b.Len())
		b.Write(make([]byte, 4))
	}
	file := b.Bytes()
	for i, start := range starts {
		le.PutUint32(file[links[i]:], start)
	}
	for i, l := range leaves {
		if l.Next > 0 {
			le.PutUint32(file[links[i+1]:], starts[l.Next-1])
		}
	}
	return file
}

// Sheet is the picture of a page with rows of words on white, those of the first row broader, so that one sees how it is
// turned.
func Sheet(width, height int) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, width, height))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	r := rand.New(rand.NewPCG(3, 4))
	step := max(4, height/40)
	for y := 2 * step; y < height-2*step; y += 2 * step {
		for x := width / 10; x < width*9/10; x += 1 + r.IntN(1+width/20) {
			fill(m, image.Rect(x, y, x+max(1, width/60), y+step*2/3))
		}
	}
	fill(m, image.Rect(width/10, step, width*9/10, 2*step))
	return m
}

func fill(m *image.Gray, r image.Rectangle) {
	r = r.Intersect(m.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			m.SetGray(x, y, color.Gray{Y: 20})
		}
	}
}
