package papertest

import (
	"encoding/xml"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sachhon/internal/testkit/program"
)

// Line is a line of text on a page, with the look of its first letters, in points from the top left corner.
type Line struct {
	Page         int // from 1
	X, Y, W, H   float64
	Size         float64
	Bold, Italic bool
	Color        string // "#000000"
	Text         string
}

// Right is where the line ends.
func (l Line) Right() float64 { return l.X + l.W }

// Bottom is the lower end of the line's box.
func (l Line) Bottom() float64 { return l.Y + l.H }

// Middle is half-way between its ends.
func (l Line) Middle() float64 { return l.X + l.W/2 }

var reTag = regexp.MustCompile(`<[^>]*>`)

// zoom is the largest magnification of pdftohtml, which tells places in whole pixels.
const zoom = 3

// Lines reads the lines of a PDF with their look, page by page from the top.
func Lines(t testing.TB, file []byte) []Line {
	t.Helper()
	tool := program.Need(t, "pdftohtml", "poppler-utils")
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "-xml", "-i", "-stdout", "-zoom", "3", path).Output()
	if err != nil {
		t.Fatalf("pdftohtml: %v", err)
	}
	var doc struct {
		Pages []struct {
			Fonts []struct {
				ID    string  `xml:"id,attr"`
				Size  float64 `xml:"size,attr"`
				Color string  `xml:"color,attr"`
			} `xml:"fontspec"`
			Texts []struct {
				Top    float64 `xml:"top,attr"`
				Left   float64 `xml:"left,attr"`
				Width  float64 `xml:"width,attr"`
				Height float64 `xml:"height,attr"`
				Font   string  `xml:"font,attr"`
				Inner  string  `xml:",innerxml"`
			} `xml:"text"`
		} `xml:"page"`
	}
	if err := xml.Unmarshal(out, &doc); err != nil {
		t.Fatal(err)
	}
	type look struct {
		size  float64
		color string
	}
	looks := map[string]look{}
	var lines []Line
	for n, p := range doc.Pages {
		for _, f := range p.Fonts {
			looks[f.ID] = look{f.Size / zoom, f.Color}
		}
		var page []Line
		for _, x := range p.Texts {
			text := strings.Join(strings.Fields(html.UnescapeString(reTag.ReplaceAllString(x.Inner, ""))), " ")
			if text == "" {
				continue
			}
			head, _, _ := strings.Cut(x.Inner, strings.Fields(html.EscapeString(text))[0])
			page = append(page, Line{
				Page: n + 1, X: x.Left / zoom, Y: x.Top / zoom, W: x.Width / zoom, H: x.Height / zoom, Size: looks[x.Font].size, Color: looks[x.Font].color,
				Bold: strings.Contains(head, "<b>"), Italic: strings.Contains(head, "<i>"), Text: text,
			})
		}
		lines = append(lines, joined(page)...)
	}
	return lines
}

// joined puts pieces together that stand beside each other on one line, no farther apart than words of stretched text.
func joined(page []Line) []Line {
	slices.SortStableFunc(page, func(a, b Line) int {
		if d := a.Bottom() - b.Bottom(); d < -2 || d > 2 {
			return int(d)
		}
		return int(a.X - b.X)
	})
	var out []Line
	for _, l := range page {
		if n := len(out); n > 0 {
			last := &out[n-1]
			d, gap := last.Bottom()-l.Bottom(), l.X-last.Right()
			if d > -2 && d < 2 && gap > -2 && gap < 9 {
				last.Text, last.W = last.Text+" "+l.Text, l.Right()-last.X
				continue
			}
		}
		out = append(out, l)
	}
	return out
}
