package pdfform

import (
	"math"
	"testing"

	"sachhon/internal/paper"
)

// FuzzForm: whatever a program writes about pages, their form is found without harm.
func FuzzForm(f *testing.F) {
	f.Add([]byte(`<pdf2xml><page number="1" height="2525" width="1785"><fontspec id="0" size="39" family="ABCDEF+TimesNewRomanPS-BoldMT" color="#000000"/>` +
		`<text top="170" left="363" width="1200" height="43" font="0"><b>ỦY BAN NHÂN DÂN</b></text></page></pdf2xml>`))
	f.Add([]byte(`<pdf2xml><page><text top="-1" left="1e308" width="NaN" height="5" font="9"><a><b>1</a></text></page><page/></pdf2xml>`))
	f.Fuzz(func(t *testing.T, out []byte) {
		pages, err := read(out)
		if err != nil {
			return
		}
		for _, p := range form(pages).Paragraphs {
			if p.Text == "" || p.Begins == "" {
				t.Errorf("a paragraph without text: %+v", p)
			}
		}
	})
}

func TestFaces(t *testing.T) {
	for family, want := range map[string]string{
		"ABCDEF+TimesNewRomanPS-BoldMT": "Times New Roman", "TimesNewRomanPSMT": "Times New Roman", "BAAAAA+LiberationSerif": "Liberation Serif",
		"Times-Roman": "Times", "TimesNewRoman": "Times New Roman", "ABCDEF+Times New Roman": "Times New Roman", "TimesNewRoman,Bold": "Times New Roman", "utf8liberationserifBI": "liberationserif", "CDEFGH+Calibri-Italic": "Calibri", "Arial,Bold": "Arial", "": "",
	} {
		if got := face(family); got != want {
			t.Errorf("%q is called %q, want %q", family, got, want)
		}
	}
}

// What cannot be seen is not said: a page with one short line tells neither its margins nor its spacing.
func TestUnseenIsUnknown(t *testing.T) {
	f := form([]Page{{Width: 210 * paper.MM, Height: 297 * paper.MM, Lines: []Line{{X: 200, Y: 100, W: 80, H: 14, Size: 13, Text: "Kính gửi"}}}})
	page := f.Sheets[0].Page
	if !math.IsNaN(page.Left) || !math.IsNaN(page.Right) || !math.IsNaN(page.Bottom) || !math.IsNaN(f.Paragraphs[0].Line) || f.Pages != 1 {
		t.Errorf("known of one line: %+v, %+v", page, f.Paragraphs)
	}
}
