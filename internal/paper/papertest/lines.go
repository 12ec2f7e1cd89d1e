package papertest

import (
	"testing"

	"sachhon/internal/paper/pdfform"
	"sachhon/internal/testkit/program"
)

// Line is a line of text on a page.
type Line struct {
	Page int // from 1
	pdfform.Line
}

// Lines reads the lines of a PDF with their look, page by page from the top.
func Lines(t testing.TB, file []byte) []Line {
	t.Helper()
	program.Need(t, "pdftohtml", "poppler-utils")
	pages, err := pdfform.Lines(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	var lines []Line
	for n, p := range pages {
		for _, l := range p.Lines {
			lines = append(lines, Line{n + 1, l})
		}
	}
	return lines
}
