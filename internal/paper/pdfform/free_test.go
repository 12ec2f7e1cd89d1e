package pdfform_test

import (
	"bytes"
	"math"
	"testing"

	"sachhon/internal/paper"
	"sachhon/internal/paper/pdf"
	"sachhon/internal/paper/pdfform"
	"sachhon/internal/testkit/program"
)

// TestFree: the highest place with room, in the areas in their order, and none where everything is printed on.
func TestFree(t *testing.T) {
	program.Need(t, "pdftoppm", "poppler-utils")
	canvas := pdf.New(paper.Info{})
	canvas.AddPage(paper.A4(20, 20, 30, 15))
	canvas.Fill(100, 100, 120, 30, paper.Color{})             // across the left area
	canvas.Frame(320, 60, 200, 100, paper.Border{Width: 1})   // a frame has room within
	canvas.Line(80, 260, 300, 260, paper.Border{Width: 0.75}) // a rule is enough to be in the way
	var file bytes.Buffer
	if err := canvas.Output(&file); err != nil {
		t.Fatal(err)
	}
	left, right := pdfform.Area{X0: 80, Y0: 60, X1: 300, Y1: 300}, pdfform.Area{X0: 310, Y0: 50, X1: 530, Y1: 300}
	for _, tt := range []struct {
		name          string
		width, height float64
		within        []pdfform.Area
		x, y          float64
		found         bool
	}{
		{"above", 200, 36, []pdfform.Area{left}, 80, 60, true},
		{"beside", 70, 100, []pdfform.Area{left}, 222, 60, true},
		{"below", 200, 100, []pdfform.Area{left}, 80, 130, true},
		{"nowhere", 200, 140, []pdfform.Area{left}, 0, 0, false},
		{"in the next area", 200, 135, []pdfform.Area{left, right}, 310, 162, true},
	} {
		x, y, found, err := pdfform.Free(t.Context(), file.Bytes(), tt.width, tt.height, tt.within...)
		if err != nil || found != tt.found || math.Abs(x-tt.x) > 3 || math.Abs(y-tt.y) > 3 {
			t.Errorf("%s: %.0f, %.0f, %v, %v", tt.name, x, y, found, err)
		}
	}
	if _, _, _, err := pdfform.Free(t.Context(), []byte("%PDF-1.7"), 10, 10, left); err == nil {
		t.Error("half a file has a free place")
	}
}
