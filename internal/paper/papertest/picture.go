package papertest

import (
	"image"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"sachhon/internal/testkit/program"
)

// Picture is a page as it is seen, measured in points.
type Picture struct {
	width, height int
	ink           []Ink
	dot           float64 // points of one pixel
}

// Pictures draws the pages of a PDF with pdftoppm, as they are shown: what is cropped is not on them.
func Pictures(t testing.TB, file []byte, dpi int) []Picture {
	t.Helper()
	tool := program.Need(t, "pdftoppm", "poppler-utils")
	dir := t.TempDir()
	path := filepath.Join(dir, "a.pdf")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(tool, "-png", "-cropbox", "-r", strconv.Itoa(dpi), path, filepath.Join(dir, "page")).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v\n%s", err, out)
	}
	names, err := filepath.Glob(filepath.Join(dir, "page-*.png"))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names) // numbers are padded to one length
	var out []Picture
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, picture(img, 72/float64(dpi)))
	}
	return out
}

func picture(img image.Image, dot float64) Picture {
	size := img.Bounds().Size()
	p := Picture{size.X, size.Y, make([]Ink, size.X*size.Y), dot}
	canvas := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(canvas, canvas.Bounds(), img, img.Bounds().Min, draw.Src)
	for i := range p.ink {
		switch r, g, b := canvas.Pix[4*i], canvas.Pix[4*i+1], canvas.Pix[4*i+2]; {
		case r > 150 && g < 120 && b < 120:
			p.ink[i] = Dark | Red
		case int(r)+int(g)+int(b) < 3*150:
			p.ink[i] = Dark
		}
	}
	return p
}

// Size is the size of the page.
func (p Picture) Size() (width, height float64) {
	return float64(p.width) * p.dot, float64(p.height) * p.dot
}

// Rect is a part of a page.
type Rect struct{ X0, Y0, X1, Y1 float64 }

// Ink is what a pixel is printed with.
type Ink uint8

// The inks: whatever is dark enough to be read (a watermark is not), and the red of stamps.
const (
	Dark Ink = 1 << iota
	Red
)

func (p Picture) has(ink Ink, x, y int) bool { return p.ink[y*p.width+x]&ink > 0 }

// Extent is the box around the ink within a part of the page, false when there is none.
func (p Picture) Extent(ink Ink, in Rect) (Rect, bool) {
	box := image.Rectangle{Min: image.Pt(1<<30, 1<<30)}
	found := false
	for y := int(in.Y0 / p.dot); y < min(int(in.Y1/p.dot), p.height); y++ {
		for x := int(in.X0 / p.dot); x < min(int(in.X1/p.dot), p.width); x++ {
			if p.has(ink, x, y) {
				found = true
				box.Min.X, box.Min.Y = min(box.Min.X, x), min(box.Min.Y, y)
				box.Max.X, box.Max.Y = max(box.Max.X, x+1), max(box.Max.Y, y+1)
			}
		}
	}
	at := func(n int) float64 { return float64(n) * p.dot }
	return Rect{at(box.Min.X), at(box.Min.Y), at(box.Max.X), at(box.Max.Y)}, found
}

// Rules are the horizontal lines of at least this length within a part of the page, from the top.
func (p Picture) Rules(in Rect, least float64) []Rect {
	var out []Rect
	for y := int(in.Y0 / p.dot); y < min(int(in.Y1/p.dot), p.height); y++ {
		from := -1
		for x := int(in.X0 / p.dot); x <= min(int(in.X1/p.dot), p.width); x++ {
			if x < p.width && p.has(Dark, x, y) {
				if from < 0 {
					from = x
				}
				continue
			}
			if r := (Rect{float64(from) * p.dot, float64(y) * p.dot, float64(x) * p.dot, float64(y+1) * p.dot}); from >= 0 && r.X1-r.X0 >= least {
				if n := len(out); n > 0 && r.Y0-out[n-1].Y1 < 0.1 && r.X0 < out[n-1].X1 { // the same rule is some pixels high
					out[n-1].Y1 = r.Y1
				} else {
					out = append(out, r)
				}
			}
			from = -1
		}
	}
	return out
}
