package imaging

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"testing"

	"golang.org/x/image/tiff"

	"sachhon/internal/fault"
	"sachhon/internal/imaging/imagingtest"
)

type leafOf = imagingtest.Leaf

func pagesOf(t *testing.T, file []byte) []image.Image {
	t.Helper()
	var pages []image.Image
	err := NewProcessor().Pages(t.Context(), file, func(p Picture) error {
		m, err := jpeg.Decode(bytes.NewReader(p.JPEG))
		if err != nil || m.Bounds().Size() != (image.Point{X: p.Width, Y: p.Height}) {
			t.Errorf("a page of %v: %v", p, err)
		}
		pages = append(pages, m)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

func TestPagesOfTIFF(t *testing.T) {
	sheet := imagingtest.Sheet(300, 424)
	file := imagingtest.TIFF(leafOf{Image: sheet}, leafOf{Image: imagingtest.Sheet(80, 60), Tags: map[uint16]uint32{254: 1}}, leafOf{Image: imagingtest.Sheet(424, 300)})
	sizes, err := PageSizes(file)
	if want := []image.Point{{X: 300, Y: 424}, {X: 424, Y: 300}}; err != nil || !slices.Equal(sizes, want) {
		t.Fatalf("%v, %v; the small picture of a page is none", sizes, err)
	}
	pages := pagesOf(t, file)
	if len(pages) != 2 || pages[0].Bounds().Dx() != 300 || pages[1].Bounds().Dx() != 424 {
		t.Fatalf("%d pages", len(pages))
	}
	if _, grey := pages[0].(*image.Gray); !grey {
		t.Errorf("a page without colours became %T", pages[0])
	}
	for y := range 424 {
		for x := range 300 {
			if a, b := int(sheet.GrayAt(x, y).Y), int(color.GrayModel.Convert(pages[0].At(x, y)).(color.Gray).Y); (a > 128) != (b > 128) {
				t.Fatalf("at %d, %d it is %d, not %d", x, y, b, a)
			}
		}
	}
	var other bytes.Buffer
	if err := tiff.Encode(&other, scene(3, 90, 60), &tiff.Options{Compression: tiff.Deflate, Predictor: true}); err != nil {
		t.Fatal(err)
	}
	if pages := pagesOf(t, other.Bytes()); len(pages) != 1 || pages[0].Bounds().Dx() != 90 {
		t.Errorf("a packed page in colours: %d", len(pages))
	}
	if pages := pagesOf(t, asJPEG(t, scene(1, 60, 40))); len(pages) != 1 || pages[0].Bounds().Dx() != 60 {
		t.Errorf("a photo has %d pages", len(pages))
	}
}

// A page is upright, its pixels as wide as high, and no finer than paper shows.
func TestPagesAreAsTheyAreRead(t *testing.T) {
	for name, tt := range map[string]struct {
		leaf imagingtest.Leaf
		want image.Point
	}{
		"turned": {leafOf{Image: imagingtest.Sheet(424, 300), Tags: map[uint16]uint32{274: 6}}, image.Pt(300, 424)},
		"a fax":  {leafOf{Image: imagingtest.Sheet(432, 280), DPI: [2]uint32{204, 98}}, image.Pt(432, 583)},
		"fine":   {leafOf{Image: imagingtest.Sheet(4960, 7016)}, image.Pt(2480, 3508)},
		"a lie":  {leafOf{Image: imagingtest.Sheet(300, 424), DPI: [2]uint32{600, 1}}, image.Pt(300, 424)},
	} {
		pages := pagesOf(t, imagingtest.TIFF(tt.leaf))
		if len(pages) != 1 || pages[0].Bounds().Size() != tt.want {
			t.Errorf("%s: %v, want %v", name, pages[0].Bounds().Size(), tt.want)
		}
	}
}

func TestTIFFsThatAreRefused(t *testing.T) {
	sheet := imagingtest.Sheet(64, 64)
	with := func(tag uint16, value uint32) []byte {
		return imagingtest.TIFF(leafOf{Image: sheet, Tags: map[uint16]uint32{tag: value}})
	}
	good := imagingtest.TIFF(leafOf{Image: sheet})
	for name, tt := range map[string]struct {
		file []byte
		kind fault.Kind
		key  string
	}{
		"a head alone":        {good[:8], fault.Invalid, "imaging.fault.broken"},
		"without a directory": {good[:len(good)-60], fault.Invalid, "imaging.fault.broken"},
		"in a ring":           {imagingtest.TIFF(leafOf{Image: sheet}, leafOf{Image: sheet, Next: 1}), fault.Invalid, "imaging.fault.broken"},
		"JPEG the old way":    {with(259, 6), fault.Unsupported, "imaging.fault.tiffKind"},
		"CMYK":                {with(262, 5), fault.Unsupported, "imaging.fault.tiffKind"},
		"as wide as a river":  {with(256, 1<<20), fault.TooLarge, "imaging.fault.tooManyPixels"},
		"too many pixels":     {imagingtest.TIFF(leafOf{Image: sheet, Tags: map[uint16]uint32{256: 20_000, 257: 20_000}}), fault.TooLarge, "imaging.fault.tooManyPixels"},
		"of no size":          {with(257, 0), fault.Invalid, "imaging.fault.broken"},
		"in crumbs":           {imagingtest.TIFF(leafOf{Image: sheet, Tags: map[uint16]uint32{322: 8, 323: 8}}), fault.Invalid, "imaging.fault.broken"},
		"only small pictures": {with(254, 1), fault.Invalid, "imaging.fault.broken"},
		"a book":              {imagingtest.TIFF(slices.Repeat([]leafOf{{Image: imagingtest.Sheet(8, 8)}}, MaxPages+1)...), fault.TooLarge, "imaging.fault.tooManyPages"},
	} {
		_, err := PageSizes(tt.file)
		if e, ok := errors.AsType[*fault.Error](err); !ok || e.Kind != tt.kind || e.Key != tt.key {
			t.Errorf("%s: %v, want %s", name, err, tt.key)
		}
	}
	cut := with(279, 40) // fewer bytes than the page has
	if _, err := PageSizes(cut); err != nil {
		t.Errorf("its directory is whole: %v", err)
	}
	wantFault(t, NewProcessor().Pages(t.Context(), cut, func(Picture) error { return nil }), fault.Invalid, "imaging.fault.broken")
}

// Whoever has gone away keeps no page waiting.
func TestPagesEndWithTheirContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	file, n := imagingtest.TIFF(slices.Repeat([]leafOf{{Image: imagingtest.Sheet(64, 64)}}, 9)...), 0
	err := NewProcessor().Pages(ctx, file, func(Picture) error {
		if n++; n == 2 {
			stop()
		}
		return nil
	})
	if n != 2 || !errors.Is(err, context.Canceled) {
		t.Errorf("%d pages, %v", n, err)
	}
}

// FuzzPages: whatever the bytes, a TIFF ends with pages of the sizes that were told, or with a fault for people.
func FuzzPages(f *testing.F) {
	sheet := imagingtest.Sheet(24, 34)
	f.Add(imagingtest.TIFF(leafOf{Image: sheet}, leafOf{Image: sheet, Tags: map[uint16]uint32{274: 8}}))
	f.Add(imagingtest.TIFF(leafOf{Image: sheet, DPI: [2]uint32{204, 98}, Tags: map[uint16]uint32{262: 0}}))
	for _, tag := range []uint16{254, 256, 257, 258, 259, 273, 277, 278, 279, 322, 323} {
		f.Add(imagingtest.TIFF(leafOf{Image: sheet, Tags: map[uint16]uint32{tag: 4}}))
	}
	for _, c := range []tiff.CompressionType{tiff.Uncompressed, tiff.Deflate} {
		var b bytes.Buffer
		if err := tiff.Encode(&b, sheet, &tiff.Options{Compression: c}); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
		f.Add(b.Bytes()[:b.Len()/2])
	}
	p := NewProcessor()
	f.Add(imagingtest.JPEGTIFF(imagingtest.Sheet(64, 64), imagingtest.JPEGLeaf{Rows: 16}))
	f.Add(imagingtest.JPEGTIFF(scene(3, 130, 70), imagingtest.JPEGLeaf{Tile: 64}))
	f.Fuzz(func(t *testing.T, file []byte) {
		if !isTIFF(file) {
			t.Skip()
		}
		sizes, err := PageSizes(file)
		if err == nil && slices.ContainsFunc(sizes, func(s image.Point) bool { return s.X*s.Y > 1<<20 }) {
			t.Skip() // allowed, and slow
		}
		n := 0
		again := p.Pages(t.Context(), file, func(page Picture) error {
			if n++; page.Width <= 0 || page.Height <= 0 || max(page.Width, page.Height) > pageSize {
				t.Errorf("a page of %d by %d", page.Width, page.Height)
			}
			return nil
		})
		for _, err := range []error{err, again} {
			if _, ok := errors.AsType[*fault.Error](err); err != nil && !ok {
				t.Fatalf("not a fault for people: %v", err)
			}
		}
		if err != nil && again == nil || again == nil && n != len(sizes) {
			t.Errorf("%d pages of %d, %v", n, len(sizes), err)
		}
	})
}
