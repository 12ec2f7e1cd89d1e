// Package papertest looks at finished files with the programs that people use: poppler and LibreOffice.
package papertest

import (
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sachhon/internal/testkit/program"
)

// Page is a page with its words, in points from the top left corner.
type Page struct {
	Width  float64 `xml:"width,attr"`
	Height float64 `xml:"height,attr"`
	Words  []Word  `xml:"word"`
}

// Word is a word and the box around it.
type Word struct {
	XMin float64 `xml:"xMin,attr"`
	YMin float64 `xml:"yMin,attr"`
	XMax float64 `xml:"xMax,attr"`
	YMax float64 `xml:"yMax,attr"`
	Text string  `xml:",chardata"`
}

// Height is how high the box is: about 1.1 times the size of the type.
func (w Word) Height() float64 { return w.YMax - w.YMin }

// Pages reads the pages of a PDF with pdftotext.
func Pages(t testing.TB, file []byte) []Page {
	t.Helper()
	tool := program.Need(t, "pdftotext", "poppler-utils")
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "-bbox", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	var doc struct {
		Pages []Page `xml:"body>doc>page"`
	}
	if err := xml.Unmarshal(out, &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Pages
}

// Find returns the words from the first on that say this text one after the other.
func (p Page) Find(text string) ([]Word, bool) {
	want := strings.Fields(text)
	for i := range p.Words {
		if i+len(want) > len(p.Words) {
			break
		}
		ok := true
		for n, w := range want {
			ok = ok && p.Words[i+n].Text == w
		}
		if ok {
			return p.Words[i : i+len(want)], true
		}
	}
	return nil, false
}

// Text is the words of the page in their order.
func (p Page) Text() string {
	words := make([]string, len(p.Words))
	for i, w := range p.Words {
		words[i] = w.Text
	}
	return strings.Join(words, " ")
}

// Bounds is the smallest box around words.
func Bounds(words []Word) Word {
	b := words[0]
	for _, w := range words {
		b.XMin, b.YMin, b.XMax, b.YMax = min(b.XMin, w.XMin), min(b.YMin, w.YMin), max(b.XMax, w.XMax), max(b.YMax, w.YMax)
	}
	return b
}
