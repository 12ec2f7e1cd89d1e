package imaging

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"strings"
	"testing"
	"time"

	"sachhon/internal/fault"
)

func derive(t *testing.T, data []byte) *Derived {
	t.Helper()
	d, err := NewProcessor().Derive(t.Context(), bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func open(t *testing.T, p Picture) image.Image {
	t.Helper()
	m, err := jpeg.Decode(bytes.NewReader(p.JPEG))
	if err != nil {
		t.Fatal(err)
	}
	if m.Bounds() != image.Rect(0, 0, p.Width, p.Height) {
		t.Fatalf("a picture of %d × %d pixels measures %v", p.Width, p.Height, m.Bounds())
	}
	return m
}

func TestDeriveMakesTwoSizesWithoutEXIF(t *testing.T) {
	d := derive(t, withEXIF(asJPEG(t, scene(1, 2000, 1500)), phone(6)))
	open(t, d.Large)
	open(t, d.Thumb)
	if d.Large.Width != 1200 || d.Large.Height != 1600 || d.Thumb.Width != 300 || d.Thumb.Height != 400 {
		t.Errorf("sizes %d × %d and %d × %d", d.Large.Width, d.Large.Height, d.Thumb.Width, d.Thumb.Height)
	}
	if d.Header.Width != 2000 || d.Facts.Orientation != 6 || !d.Facts.PlaceKnown {
		t.Errorf("header %+v, facts %+v", d.Header, d.Facts)
	}
	for _, p := range []Picture{d.Large, d.Thumb} {
		if bytes.Contains(p.JPEG, []byte("Exif")) || bytes.Contains(p.JPEG, []byte("Sao")) {
			t.Error("something the camera wrote is left")
		}
		if f := ReadFacts(bytes.NewReader(p.JPEG), JPEG); f != (Facts{Orientation: 1}) {
			t.Errorf("facts are left: %+v", f)
		}
	}
}

func TestSmallPhotosStaySmall(t *testing.T) {
	d := derive(t, asPNG(t, scene(1, 300, 7)))
	if d.Large.Width != 300 || d.Large.Height != 7 || d.Thumb.Width != 300 {
		t.Errorf("sizes %d × %d and %d", d.Large.Width, d.Large.Height, d.Thumb.Width)
	}
	if d := derive(t, asPNG(t, scene(1, 9000, 1))); d.Large.Width != 1600 || d.Large.Height != 1 || d.Thumb.Height != 1 {
		t.Errorf("a line measures %d × %d", d.Large.Width, d.Large.Height)
	}
	if d := derive(t, asPNG(t, scene(1, 1, 1))); d.Large.Width != 1 || d.Thumb.Width != 1 {
		t.Errorf("a dot measures %+v", d.Large)
	}
}

// corners names the colours in the four corners of a picture, clockwise from the top left.
func corners(m image.Image) string {
	b := m.Bounds()
	name := func(x, y int) byte {
		r, g, bl, _ := m.At(x, y).RGBA()
		switch {
		case r > g && r > bl:
			return 'R'
		case g > bl:
			return 'G'
		}
		return 'B'
	}
	x0, y0, x1, y1 := b.Min.X+b.Dx()/8, b.Min.Y+b.Dy()/8, b.Max.X-b.Dx()/8-1, b.Max.Y-b.Dy()/8-1
	return string([]byte{name(x0, y0), name(x1, y0), name(x1, y1), name(x0, y1)})
}

func TestOrientation(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 900, 600))
	for y := range 600 {
		for x := range 900 {
			c := color.RGBA{B: 200, A: 255}
			if y < 300 {
				c = color.RGBA{R: 200, A: 255}
				if x >= 450 {
					c = color.RGBA{G: 200, A: 255}
				}
			}
			m.SetRGBA(x, y, c)
		}
	}
	for orientation, want := range map[uint16]string{
		1: "RGBB", 2: "GRBB", 3: "BBRG", 4: "BBGR", 5: "RBBG", 6: "BRGB", 7: "BGRB", 8: "GBBR",
	} {
		d := derive(t, withEXIF(asJPEG(t, m), phone(orientation)))
		got := corners(open(t, d.Thumb))
		if got != want {
			t.Errorf("orientation %d: corners %s, want %s", orientation, got, want)
		}
		if wide := d.Large.Width > d.Large.Height; wide != (orientation < 5) {
			t.Errorf("orientation %d: %d × %d", orientation, d.Large.Width, d.Large.Height)
		}
	}
}

// TestUpright: a page keeps its size; what needs no turning stays the file it is.
func TestUpright(t *testing.T) {
	p := NewProcessor()
	plain := asJPEG(t, scene(1, 2000, 1500))
	for name, c := range map[string]struct {
		file          []byte
		width, height int
		same          bool
	}{
		"JPEG":   {plain, 2000, 1500, true},
		"turned": {withEXIF(plain, phone(6)), 1500, 2000, false},
		"PNG":    {asPNG(t, scene(1, 300, 700)), 300, 700, false},
	} {
		got, err := p.Upright(t.Context(), c.file)
		if err != nil {
			t.Fatal(err)
		}
		open(t, got)
		if got.Width != c.width || got.Height != c.height || bytes.Equal(got.JPEG, c.file) != c.same {
			t.Errorf("%s: %d × %d", name, got.Width, got.Height)
		}
	}
	_, err := p.Upright(t.Context(), plain[:len(plain)/8])
	wantFault(t, err, fault.Invalid, "imaging.fault.cut")
}

// TestPlain: the size stays, and of what the camera wrote nothing does.
func TestPlain(t *testing.T) {
	p := NewProcessor()
	for name, c := range map[string]struct {
		file          []byte
		width, height int
	}{
		"upright": {withEXIF(asJPEG(t, scene(1, 900, 600)), phone(1)), 900, 600},
		"turned":  {withEXIF(asJPEG(t, scene(1, 900, 600)), phone(6)), 600, 900},
		"PNG":     {asPNG(t, scene(1, 300, 700)), 300, 700},
	} {
		got, err := p.Plain(t.Context(), bytes.NewReader(c.file))
		if err != nil {
			t.Fatal(err)
		}
		open(t, got)
		if got.Width != c.width || got.Height != c.height || ReadFacts(bytes.NewReader(got.JPEG), JPEG) != (Facts{Orientation: 1}) ||
			bytes.Contains(got.JPEG, []byte("Exif")) {
			t.Errorf("%s: %d × %d", name, got.Width, got.Height)
		}
	}
	_, err := p.Plain(t.Context(), strings.NewReader("%PDF-1.7"))
	wantFault(t, err, fault.Unsupported, "imaging.fault.format")
}

func TestBrokenPhotos(t *testing.T) {
	photo := asJPEG(t, scene(1, 800, 600))
	drawing := asPNG(t, scene(1, 800, 600))
	damaged := bytes.Clone(drawing)
	damaged[len(damaged)/2] ^= 0xff
	for name, tt := range map[string]struct {
		data []byte
		key  string
	}{
		"a JPEG cut in half":   {photo[:len(photo)/2], "imaging.fault.cut"},
		"a PNG cut in half":    {drawing[:len(drawing)/2], "imaging.fault.cut"},
		"a PNG with a bad bit": {damaged, "imaging.fault.broken"},
		"a header only":        {pngHeader(20, 20), "imaging.fault.cut"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := NewProcessor().Derive(t.Context(), bytes.NewReader(tt.data))
			wantFault(t, err, fault.Invalid, tt.key)
		})
	}
}

// failing reads well until the decoder is at work.
type failing struct {
	*bytes.Reader
	reads int
}

func (f *failing) Read(p []byte) (int, error) {
	if f.reads++; f.reads > 20 {
		return 0, io.ErrClosedPipe
	}
	return f.Reader.Read(p[:min(len(p), 512)])
}

func TestAReadFailureIsNotThePhotosFault(t *testing.T) {
	r := &failing{Reader: bytes.NewReader(asJPEG(t, scene(1, 800, 600)))}
	if _, err := NewProcessor().Derive(t.Context(), r); !errors.Is(err, io.ErrClosedPipe) || fault.KindOf(err) != "" {
		t.Errorf("got %v", err)
	}
}

func TestDeriveWaitsForASlot(t *testing.T) {
	p := NewProcessor()
	if err := p.slots.Acquire(t.Context(), slots); err != nil {
		t.Fatal(err)
	}
	photo := bytes.NewReader(asJPEG(t, scene(1, 80, 60)))
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := p.Derive(ctx, photo); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("without a free slot: %v", err)
	}
	p.slots.Release(slots)
	if _, err := p.Derive(t.Context(), photo); err != nil {
		t.Errorf("with free slots: %v", err)
	}
	if !p.slots.TryAcquire(slots) {
		t.Error("a slot was not given back")
	}
}

func TestTransparentBecomesWhite(t *testing.T) {
	for _, size := range []int{50, 5000} {
		d := derive(t, asPNG(t, image.NewNRGBA(image.Rect(0, 0, size, 40))))
		if r, g, b, _ := open(t, d.Thumb).At(0, 0).RGBA(); r < 0xf000 || g < 0xf000 || b < 0xf000 {
			t.Errorf("%d pixels wide: %x %x %x", size, r, g, b)
		}
	}
}
