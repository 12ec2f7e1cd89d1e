package publicity_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"sachhon/internal/publicity"
	"sachhon/internal/testkit/program"
	"sachhon/internal/unit"
)

// word is a word on a page, in points from its upper left corner.
type word struct {
	X    float64 `xml:"xMin,attr"`
	Y    float64 `xml:"yMin,attr"`
	XMax float64 `xml:"xMax,attr"`
	YMax float64 `xml:"yMax,attr"`
	Text string  `xml:",chardata"`
}

// page is a page with its words.
type page struct {
	Width  float64 `xml:"width,attr"`
	Height float64 `xml:"height,attr"`
	Words  []word  `xml:"word"`
}

// pagesOf measures the words of a PDF.
func pagesOf(t *testing.T, file string) []page {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-bbox", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Pages []page `xml:"body>doc>page"`
	}
	d := xml.NewDecoder(bytes.NewReader(out))
	d.Strict, d.Entity = false, xml.HTMLEntity
	if err := d.Decode(&doc); err != nil || len(doc.Pages) == 0 {
		t.Fatalf("%d pages, %v in\n%s", len(doc.Pages), err, out)
	}
	return doc.Pages
}

// body is where the letters of a word are, without the room above and below them that its font reserves for others.
func (w word) body() word {
	h := w.YMax - w.Y
	w.Y, w.YMax = w.Y+0.22*h, w.YMax-0.2*h
	return w
}

// meets tells whether two boxes share more than a hair.
func (w word) meets(o word) bool {
	const hair = 0.5
	return min(w.XMax, o.XMax)-max(w.X, o.X) > hair && min(w.YMax, o.YMax)-max(w.Y, o.Y) > hair
}

// codes finds what is printed in pure black, which only codes are, on each page: a box, empty where there is none.
func codes(t *testing.T, file string, pages []page) []word {
	t.Helper()
	const dots = 72 // a point each
	base := filepath.Join(t.TempDir(), "page")
	if err := exec.CommandContext(t.Context(), "pdftoppm", "-r", fmt.Sprint(dots), "-aa", "no", "-aaVector", "no", "-png", file, base).Run(); err != nil {
		t.Fatal(err)
	}
	out := make([]word, len(pages))
	for i := range pages {
		b, err := os.ReadFile(fmt.Sprintf("%s-%d.png", base, i+1))
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		var black image.Rectangle
		for y := range img.Bounds().Dy() {
			for x := range img.Bounds().Dx() {
				if color.RGBAModel.Convert(img.At(x, y)) == (color.RGBA{A: 255}) {
					black = black.Union(image.Rect(x, y, x+1, y+1))
				}
			}
		}
		out[i] = word{float64(black.Min.X), float64(black.Min.Y), float64(black.Max.X), float64(black.Max.Y), "the code"}
	}
	return out
}

// offset is what no office printer leaves white at an edge: six millimetres.
const offset = 17

// stretched is a text of exactly so many letters.
func stretched(text string, letters int) string {
	words := strings.Fields(text)
	for i := 0; utf8.RuneCountInString(text) < letters; i++ {
		text += " " + words[i%len(words)]
	}
	out := []rune(text)[:letters]
	if out[letters-1] == ' ' {
		out[letters-1] = 'a'
	}
	return string(out)
}

// longest are units with the longest names that a reader may meet: one of 90 letters that has no territory, and a ward.
func longest(t *testing.T) []unit.Unit {
	t.Helper()
	var school, ward unit.Unit
	for _, u := range units(t) {
		switch {
		case !u.Kind.Area() && school.ID == "":
			school = u
		case u.Code == "19996":
			ward = u
		}
	}
	school.Kind = unit.School
	school.Name = stretched("Trường Trung học cơ sở và Trung học phổ thông Nguyễn Khuyến thị xã Hương Trà", 90)
	school.FullName = school.Name
	ward.Name = stretched("Hương Thủy Trường Giang Nguyễn Đình Chiểu Nghĩa Phương", 52)
	ward.FullName = "Phường " + ward.Name
	return []unit.Unit{ward, school}
}

// TestNothingOnPaperRunsIntoAnother measures each word of sheets and slides with the longest names: none lies on another or on the
// code, none leaves the page, and none is lost.
func TestNothingOnPaperRunsIntoAnother(t *testing.T) {
	program.Need(t, "pdftotext", "poppler-utils")
	program.Need(t, "pdftoppm", "poppler-utils")
	usual := units(t)[0]
	for _, u := range append(longest(t), usual) {
		for name, m := range shapes(u) {
			if u.ID != usual.ID || u.FullName != usual.FullName {
				m.Challenge.Title = stretched("Cuộc thi Thử thách làm cho thế giới sạch hơn trên nền tảng số Hue-S của các cơ quan", 120)
				m.ChallengePage = "https://sachhon.thuathienhue.gov.vn/cuoc-thi/thu-thach-lam-cho-the-gioi-sach-hon-2024"
				m.Campaign.Contact = stretched("Phòng Văn hóa và Thông tin thị xã Hương Trà, bộ phận môi trường", 120)
				if m.Numbers.Any() {
					m.Numbers.Entrants, m.Numbers.Cleanups, m.Numbers.People, m.Numbers.Grams = 12_345, 6_789, 1_234_567, 9_876_543_000
				}
			}
			p := pack(m)
			sheet, slides := p.Texts[publicity.Sheet].Parts, []string{m.Challenge.Title, m.Campaign.Message, u.Organ()}
			onSheet := append([]string{u.Organ(), m.Challenge.Title, sheet["headline"], sheet["lead"], sheet["call"]}, strings.Split(sheet["points"], "\n")...)
			for kind, draw := range map[string]struct {
				make   func() ([]byte, error)
				margin float64
				says   []string
			}{
				"A4":     {func() ([]byte, error) { return publicity.SheetPDF(p, false) }, offset, onSheet},
				"A3":     {func() ([]byte, error) { return publicity.SheetPDF(p, true) }, offset, onSheet},
				"slides": {func() ([]byte, error) { return publicity.SlidesPDF(p) }, 24, append(slides, m.Campaign.Facts...)},
			} {
				t.Run(fmt.Sprintf("%d letters, %s, %s", utf8.RuneCountInString(u.FullName), name, kind), func(t *testing.T) {
					b, err := draw.make()
					if err != nil {
						t.Fatal(err)
					}
					file := filepath.Join(t.TempDir(), "x.pdf")
					if err := os.WriteFile(file, b, 0o600); err != nil {
						t.Fatal(err)
					}
					pages := pagesOf(t, file)
					apart(t, pages, codes(t, file, pages), draw.margin)
					said := ""
					for _, p := range pages {
						for _, w := range p.Words {
							said += w.Text + " "
						}
					}
					for _, text := range draw.says {
						for _, want := range strings.Fields(text) {
							if !strings.Contains(said, want) {
								t.Errorf("%q of %q is lost", want, text)
							}
						}
					}
				})
			}
		}
	}
}

// apart holds the words of pages and their codes apart from each other and from the edges.
func apart(t *testing.T, pages []page, codes []word, margin float64) {
	t.Helper()
	found := 0
	for i, p := range pages {
		boxes := make([]word, 0, len(p.Words)+1)
		for _, w := range p.Words {
			boxes = append(boxes, w.body())
		}
		if code := codes[i]; code.XMax > 0 {
			found++
			if side := code.XMax - code.X; side < 100 || side-(code.YMax-code.Y) > 3 || (code.YMax-code.Y)-side > 3 {
				t.Errorf("page %d: a code of %.0f × %.0f points", i+1, side, code.YMax-code.Y)
			}
			boxes = append(boxes, code)
		}
		for j, w := range boxes {
			if w.X < margin || w.Y < margin || w.XMax > p.Width-margin || w.YMax > p.Height-margin {
				t.Errorf("page %d: %q at %.0f,%.0f to %.0f,%.0f is too near to the edge of %.0f × %.0f", i+1, w.Text, w.X, w.Y, w.XMax, w.YMax, p.Width, p.Height)
			}
			if w.Text != "the code" && w.YMax-w.Y < 3.5 {
				t.Errorf("page %d: %q is %.1f points high: nobody reads it", i+1, w.Text, w.YMax-w.Y)
			}
			for _, o := range boxes[:j] {
				if w.meets(o) {
					t.Errorf("page %d: %q at %.0f,%.0f to %.0f,%.0f lies on %q at %.0f,%.0f to %.0f,%.0f", i+1, w.Text, w.X, w.Y, w.XMax, w.YMax, o.Text, o.X, o.Y, o.XMax, o.YMax)
				}
			}
		}
	}
	if found != 1 {
		t.Errorf("%d codes", found)
	}
}
