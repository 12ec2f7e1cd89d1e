package pdf_test

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"sachhon/internal/paper"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/paper/pdf"
)

// TestSheetsAreThePages: what a screen is told of a page are the words of the file at the places where they are printed.
func TestSheetsAreThePages(t *testing.T) {
	run := func(text string) paper.Run { return paper.Run{Text: text, Size: 14} }
	cell := func(text string) paper.Cell {
		return paper.Cell{Blocks: []paper.Block{paper.Text(paper.Left, run(text))}}
	}
	table := paper.Table{Columns: []float64{60, 200}, Border: &paper.Border{Width: 0.5}, Padding: 3, Rows: []paper.Row{
		{Head: true, Cells: []paper.Cell{cell("Thứ tự"), cell("Đơn vị")}}, {Cells: []paper.Cell{cell("1"), cell(sentence)}},
	}}
	doc := paper.Document{Info: paper.Info{Date: made}, Sections: []paper.Section{
		{
			Page: paper.A4(20, 20, 30, 15), Numbered: true, Watermark: "NHÁP",
			Blocks: []paper.Block{
				paper.Paragraph{Align: paper.Justify, First: 36, Runs: []paper.Run{{Text: "Điều 1.", Size: 14, Bold: true}, run(" " + strings.Repeat(sentence, 70))}},
				paper.Paragraph{Align: paper.Justify, Runs: []paper.Run{run("Ngày\u00a006 tháng 6 " + sentence + sentence)}},
				paper.Rule{Width: 100},
				table,
			},
			FirstFooter: []paper.Block{paper.Text(paper.Center, run("Chân trang"))},
		},
		{Page: paper.A4(20, 20, 30, 15).Landscape(), Blocks: []paper.Block{paper.Text(paper.Right, run("Phụ lục"))}},
	}}
	var file bytes.Buffer
	if err := pdf.Write(&file, doc); err != nil {
		t.Fatal(err)
	}
	printed, sheets := papertest.Pages(t, file.Bytes()), pdf.Sheets(doc)
	if len(printed) < 3 || len(sheets) != len(printed) {
		t.Fatalf("%d sheets for %d pages", len(sheets), len(printed))
	}
	filled := 0
	for n, s := range sheets {
		if math.Abs(s.Width-printed[n].Width) > 0.1 || math.Abs(s.Height-printed[n].Height) > 0.1 {
			t.Errorf("sheet %d is %.0f × %.0f, the page %.0f × %.0f", n+1, s.Width, s.Height, printed[n].Width, printed[n].Height)
		}
		said := 0
		for _, text := range s.Texts {
			words, ok := printed[n].Find(text.Text)
			for i := 0; ok && !near(words[0], text); i++ { // the same words may stand elsewhere too
				rest := printed[n]
				rest.Words = rest.Words[i:]
				words, ok = rest.Find(text.Text)
			}
			if !ok {
				t.Errorf("page %d has no %q at %.1f, %.1f", n+1, text.Text, text.X, text.Y)
				continue
			}
			if right := words[len(words)-1].XMax; math.Abs(right-text.X-text.Width) > 0.5 {
				t.Errorf("page %d: %q ends at %.1f, not at %.1f", n+1, text.Text, text.X+text.Width, right)
			}
			said += len(words)
			if text.Space > 0 {
				filled++
			}
		}
		mark := 0
		if s.Watermark != nil && s.Watermark.Text == "NHÁP" {
			mark = 4 // turned letters are read one by one
		}
		if said+mark != len(printed[n].Words) {
			t.Errorf("sheet %d says %d words, the page %d", n+1, said+mark, len(printed[n].Words))
		}
	}
	if filled < 40 {
		t.Errorf("%d lines fill their column as one text", filled)
	}
	if boxes, lines := sheets[2].Boxes, append(sheets[1].Lines, sheets[2].Lines...); len(boxes) != 4 || len(lines) != 1 || lines[0].X2-lines[0].X1 != 100 {
		t.Errorf("drawn are %+v and %+v", boxes, lines)
	}
}

// near tells whether a word begins where a text does.
func near(w papertest.Word, text pdf.Text) bool {
	return math.Abs(w.XMin-text.X) < 0.5 && w.YMin < text.Y && w.YMax > text.Y-1
}
