package pdfjoin_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"strings"
	"testing"

	"sachhon/internal/paper"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/paper/pdf"
	"sachhon/internal/paper/pdfform"
	"sachhon/internal/paper/pdfjoin"
	"sachhon/internal/paper/pdfsign/pdfsigntest"
)

// The size of the stamp of these tests.
const stampWidth, stampHeight = 100.0, 40.0

func stampOf(t testing.TB) []byte {
	t.Helper()
	canvas := pdf.New(paper.Info{Date: made})
	canvas.AddPage(paper.Page{Width: stampWidth, Height: stampHeight})
	canvas.Frame(0, 0, stampWidth, stampHeight, paper.Border{Width: 2, Color: paper.Color{R: 220, G: 20, B: 30}})
	canvas.Place([]paper.Block{paper.Text(paper.Center, paper.Run{Text: "ĐẾN Ỷ", Size: 14, Bold: true})}, 0, 8, stampWidth)
	return output(t, canvas)
}

func output(t testing.TB, canvas *pdf.Canvas) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := canvas.Output(&file); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// shown is the file with a first page that is shown otherwise: cropped, or turned.
func shown(t testing.TB, file []byte, how string) []byte {
	t.Helper()
	number := pdfsigntest.FirstPage(t, file)
	return pdfsigntest.Update(t, file, map[int]string{number: strings.TrimSuffix(pdfsigntest.Object(t, file, number), ">>") + how + ">>"})
}

// rows are where the page of these tests is printed on: rows of words on its left, none on its right.
func rows(fill func(x, y, w, h float64)) {
	for y := 60.0; y < 780; y += 14 {
		for x := 60.0; x < 330; x += 30 {
			fill(x, y, 24, 7)
		}
	}
}

// TestTheStampCoversNothing: where Free finds room on the page as it is shown, there the stamp stands, and no ink below it.
func TestTheStampCoversNothing(t *testing.T) {
	canvas := pdf.New(paper.Info{Date: made})
	canvas.AddPage(paper.A4(20, 20, 30, 15))
	rows(func(x, y, w, h float64) { canvas.Fill(x, y, w, h, paper.Color{}) })
	drawn := output(t, canvas)

	sheet := image.NewGray(image.Rect(0, 0, 595, 842))
	draw.Draw(sheet, sheet.Bounds(), image.White, image.Point{}, draw.Src)
	rows(func(x, y, w, h float64) {
		draw.Draw(sheet, image.Rect(int(x), int(y), int(x+w), int(y+h)), image.NewUniform(color.Black), image.Point{}, draw.Src)
	})
	var picture bytes.Buffer
	if err := png.Encode(&picture, sheet); err != nil {
		t.Fatal(err)
	}
	canvas = pdf.New(paper.Info{Date: made})
	canvas.AddPage(paper.A4(20, 20, 30, 15))
	canvas.Image(picture.Bytes(), 0, 0, 595.28, 841.89)
	scanned := output(t, canvas)

	for _, tt := range []struct {
		name, how     string
		width, height float64
	}{
		{"as it is", "", 595, 842},
		{"cropped", "/CropBox[100 150 520 790]", 420, 640},
		{"cropped to more than there is", "/CropBox[-80 -90 700 900]", 595, 842},
		{"a box that does not begin at zero", "/MediaBox[40 30 595 841]", 555, 811},
		{"turned right", "/Rotate 90", 842, 595},
		{"turned over", "/Rotate 180", 595, 842},
		{"turned left", "/Rotate 270", 842, 595},
		{"turned left, said otherwise", "/Rotate -90", 842, 595},
		{"turned right and cropped", "/Rotate 90/CropBox[100 150 520 790]", 640, 420},
		{"turned over and cropped", "/Rotate 180/CropBox[100 150 520 790]", 420, 640},
		{"turned left and cropped", "/Rotate 270/CropBox[100 150 520 790]", 640, 420},
	} {
		for kind, file := range map[string][]byte{"drawn": drawn, "scanned": scanned} {
			t.Run(tt.name+", "+kind, func(t *testing.T) {
				file := shown(t, file, tt.how)
				before := papertest.Pictures(t, file, 72)[0]
				width, height := before.Size()
				if math.Abs(width-tt.width) > 1 || math.Abs(height-tt.height) > 1 {
					t.Fatalf("the page is %.0f by %.0f", width, height)
				}
				const room = 4
				x, y, found, err := pdfform.Free(t.Context(), file, stampWidth+2*room, stampHeight+2*room, pdfform.Area{X1: width, Y1: height})
				if err != nil || !found {
					t.Fatalf("no room: %v", err)
				}
				var out bytes.Buffer
				if err := pdfjoin.Stamp(t.Context(), &out, file, stampOf(t), false, x+room, y+room, made); err != nil {
					t.Fatal(err)
				}
				after := papertest.Pictures(t, out.Bytes(), 72)[0]
				if w, h := after.Size(); math.Abs(w-width) > 1 || math.Abs(h-height) > 1 {
					t.Errorf("the page became %.0f by %.0f", w, h)
				}
				ink, ok := after.Extent(papertest.Red, papertest.Rect{X1: width, Y1: height})
				if !ok || math.Abs(ink.X0-x-room) > 2 || math.Abs(ink.Y0-y-room) > 2 || math.Abs(ink.X1-ink.X0-stampWidth) > 3 || math.Abs(ink.Y1-ink.Y0-stampHeight) > 3 {
					t.Errorf("the stamp for %.0f, %.0f stands at %+v, %v", x+room, y+room, ink, ok)
				}
				if under, ok := before.Extent(papertest.Dark, ink); ok {
					t.Errorf("the stamp at %+v covers what is printed at %+v", ink, under)
				}
			})
		}
	}
}
