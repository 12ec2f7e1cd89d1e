package imaging

import (
	"errors"
	"image"
	"image/color"
	"testing"

	"sachhon/internal/fault"
	"sachhon/internal/imaging/imagingtest"
)

// farthest is how far the colours of two pictures of one size lie apart at most, seen from afar: in squares of eight pixels.
func farthest(a, b image.Image) int {
	most := 0
	size := a.Bounds().Size()
	for y := 0; y+8 <= size.Y; y += 8 {
		for x := 0; x+8 <= size.X; x += 8 {
			var sum [3]int
			for i := range 64 {
				p := color.RGBAModel.Convert(a.At(x+i%8, y+i/8)).(color.RGBA)
				q := color.RGBAModel.Convert(b.At(x+i%8, y+i/8)).(color.RGBA)
				for n, d := range []int{int(p.R) - int(q.R), int(p.G) - int(q.G), int(p.B) - int(q.B)} {
					sum[n] += d
				}
			}
			for _, d := range sum {
				most = max(most, d/64, -d/64)
			}
		}
	}
	return most
}

// What an office scanner packs as JPEG is read as it was seen, whatever the parts it is packed in.
func TestPagesOfJPEGInTIFF(t *testing.T) {
	sheet, photo := imagingtest.Sheet(300, 424), scene(3, 300, 200)
	for name, tt := range map[string]struct {
		of image.Image
		as imagingtest.JPEGLeaf
	}{
		"one strip":                   {sheet, imagingtest.JPEGLeaf{Whole: true}},
		"one strip, tables beside it": {sheet, imagingtest.JPEGLeaf{}},
		"strips":                      {sheet, imagingtest.JPEGLeaf{Rows: 64}},
		"strips in colours":           {photo, imagingtest.JPEGLeaf{Rows: 16}},
		"strips with their tables":    {photo, imagingtest.JPEGLeaf{Rows: 64, Whole: true}},
		"tiles":                       {photo, imagingtest.JPEGLeaf{Tile: 64}},
		"tiles without colours":       {sheet, imagingtest.JPEGLeaf{Tile: 128}},
		"colours as they are":         {photo, imagingtest.JPEGLeaf{Rows: 64, RGB: true}},
		"no rows are named":           {sheet, imagingtest.JPEGLeaf{Tags: map[uint16]uint32{278: 1<<32 - 1}}},
	} {
		file := imagingtest.JPEGTIFF(tt.of, tt.as)
		sizes, err := PageSizes(file)
		if err != nil || len(sizes) != 1 || sizes[0] != tt.of.Bounds().Size() {
			t.Errorf("%s: %v, %v", name, sizes, err)
			continue
		}
		pages := pagesOf(t, file)
		if len(pages) != 1 || pages[0].Bounds().Size() != tt.of.Bounds().Size() {
			t.Errorf("%s: %d pages", name, len(pages))
			continue
		}
		if far := farthest(tt.of, pages[0]); far > 12 {
			t.Errorf("%s: a colour is %d off", name, far)
		}
	}
	turned := pagesOf(t, imagingtest.JPEGTIFF(imagingtest.Sheet(424, 300), imagingtest.JPEGLeaf{Rows: 64, Tags: map[uint16]uint32{274: 6}}))
	if len(turned) != 1 || turned[0].Bounds().Size() != image.Pt(300, 424) {
		t.Errorf("a page that lies on its side: %v", turned[0].Bounds())
	}
}

func TestJPEGInTIFFThatIsRefused(t *testing.T) {
	sheet := imagingtest.Sheet(64, 64)
	with := func(tag uint16, value uint32) []byte {
		return imagingtest.JPEGTIFF(sheet, imagingtest.JPEGLeaf{Rows: 16, Tags: map[uint16]uint32{tag: value}})
	}
	tall := imagingtest.JPEGTIFF(sheet, imagingtest.JPEGLeaf{Rows: 32, Tags: map[uint16]uint32{257: 32, 278: 16}})
	for name, tt := range map[string]struct {
		file []byte
		kind fault.Kind
		key  string
		late bool // only when it is decoded
	}{
		"black is white":       {with(262, 0), fault.Unsupported, "imaging.fault.tiffKind", false},
		"CMYK":                 {with(262, 5), fault.Unsupported, "imaging.fault.tiffKind", false},
		"colours apart":        {with(284, 2), fault.Unsupported, "imaging.fault.tiffKind", false},
		"in threads":           {with(278, 1), fault.Invalid, "imaging.fault.broken", false},
		"fewer than it needs":  {with(257, 6400), fault.Invalid, "imaging.fault.broken", false},
		"of no size":           {with(256, 0), fault.Invalid, "imaging.fault.broken", false},
		"too large":            {with(256, 1<<20), fault.TooLarge, "imaging.fault.tooManyPixels", false},
		"tables that are none": {with(347, 4), fault.Invalid, "imaging.fault.broken", false},
		"another width":        {with(256, 72), fault.Invalid, "imaging.fault.broken", true},
		"a strip too high":     {tall, fault.Invalid, "imaging.fault.broken", true},
		"no JPEG":              {imagingtest.TIFF(leafOf{Image: sheet, Tags: map[uint16]uint32{259: 7}}), fault.Invalid, "imaging.fault.broken", true},
		"tiles beyond a page":  {imagingtest.JPEGTIFF(sheet, imagingtest.JPEGLeaf{Tile: 2048}), fault.Invalid, "imaging.fault.broken", false},
		"beyond the end":       {with(273, 1<<30), fault.Invalid, "imaging.fault.broken", true},
	} {
		_, err := PageSizes(tt.file)
		if (err == nil) != tt.late {
			t.Errorf("%s: told at once: %v", name, err)
		}
		err = NewProcessor().Pages(t.Context(), tt.file, func(Picture) error { return nil })
		if e, ok := errors.AsType[*fault.Error](err); !ok || e.Kind != tt.kind || e.Key != tt.key {
			t.Errorf("%s: %v, want %s", name, err, tt.key)
		}
	}
}
