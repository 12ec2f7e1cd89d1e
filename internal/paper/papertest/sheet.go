package papertest

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"sachhon/internal/paper"
	"sachhon/internal/paper/font"
)

// Sheet is a page of a PDF made for a test: pictures as scanners make them, and text over them. Places are in millimetres.
type Sheet struct {
	Pictures []Box
	X, Y     float64 // where the text begins
	Text     string
}

// Box is where a picture stands.
type Box struct{ X, Y, W, H float64 }

// The size of a sheet, in millimetres.
const Width, Height = 210.0, 297.0

// Whole is a picture of the whole sheet.
var Whole = Box{0, 0, Width, Height}

// Sheets draws the pages, each picture at a resolution as scanners have it.
func Sheets(t testing.TB, dpi float64, pages ...Sheet) []byte {
	t.Helper()
	f := fpdf.New("P", "mm", "A4", "")
	f.AddUTF8FontFromBytes("serif", "", font.Style{Face: paper.Serif}.TTF())
	f.SetFont("serif", "", 11)
	for _, s := range pages {
		f.AddPage()
		for _, b := range s.Pictures {
			w, h := max(1, int(b.W/25.4*dpi)), max(1, int(b.H/25.4*dpi))
			name := string(rune('a'+w%26)) + string(rune('a'+h%26))
			f.RegisterImageOptionsReader(name, fpdf.ImageOptions{ImageType: "JPG"}, bytes.NewReader(photo(t, w, h)))
			f.ImageOptions(name, b.X, b.Y, b.W, b.H, false, fpdf.ImageOptions{}, 0, "")
		}
		for i, l := range strings.Split(s.Text, "\n") {
			f.Text(s.X, s.Y+5*float64(i), l)
		}
	}
	var out bytes.Buffer
	if err := f.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func photo(t testing.TB, w, h int) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, w, h))
	r := rand.New(rand.NewPCG(1, 2))
	for range w * h / 40 {
		img.SetGray(r.IntN(w), r.IntN(h), color.Gray{Y: 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 30}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
