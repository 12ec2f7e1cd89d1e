package office

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/letter"
	"sachhon/internal/paper"
	"sachhon/internal/paper/pdf"
	"sachhon/internal/paper/sheet"
	"sachhon/internal/web/ui"
)

// bookSheet writes a register as XLSX.
func bookSheet(ctx context.Context, w *bytes.Buffer, b book, f letter.BookFilter, now clock.Time) error {
	s := sheet.Sheet{
		Name: b.Title, Title: strings.ToUpper(b.Title), Notes: []string{b.Unit.Organ(), ui.T(ctx, "office.book.ofYear", "Year", f.Year)},
	}
	s.Notes = append(s.Notes, nonEmpty(b.cut(ctx))...)
	for _, c := range b.Columns {
		s.Columns = append(s.Columns, sheet.Column{Head: c})
	}
	for _, line := range b.Lines {
		row := make([]any, len(line.Cells))
		for i, c := range line.Cells {
			row[i] = c
		}
		s.Rows = append(s.Rows, row)
	}
	return sheet.Write(w, sheet.Book{Info: paper.Info{Title: b.Title, Author: b.Unit.Organ(), Date: now.Time}, Sheets: []sheet.Sheet{s}})
}

// The widths of the columns of each register on A4 across, as shares.
var bookShares = map[string][]float64{
	"di":         {9, 8, 22, 9, 17, 8, 5, 8, 8, 6},
	"den":        {8, 6, 13, 10, 8, 22, 11, 8, 8, 6},
	"giai-quyet": {6, 28, 18, 10, 13, 12, 13},
	"sao":        {12, 9, 9, 32, 17, 11, 10},
}

// bookPaper writes a register as PDF, A4 across, its head on every page.
func bookPaper(ctx context.Context, w *bytes.Buffer, b book, f letter.BookFilter, now clock.Time) error {
	page := paper.A4(20, 15, 15, 15).Landscape()
	shares, sum := bookShares[b.Name], 0.0
	for _, s := range shares {
		sum += s
	}
	t := paper.Table{Border: &paper.Border{Width: 0.5}, Padding: 3, PadY: 2, Before: 8}
	for _, s := range shares {
		t.Columns = append(t.Columns, page.TextWidth()*s/sum)
	}
	head, numbers := paper.Row{Head: true, Whole: true}, paper.Row{Head: true, Whole: true}
	for i, c := range b.Columns {
		head.Cells = append(head.Cells, paper.Cell{Middle: true, Blocks: []paper.Block{paper.Text(paper.Center, paper.Run{Text: c, Size: 10, Bold: true})}})
		numbers.Cells = append(numbers.Cells, paper.Cell{Blocks: []paper.Block{paper.Text(paper.Center, paper.Run{Text: fmt.Sprintf("(%d)", i+1), Size: 9, Italic: true})}})
	}
	t.Rows = []paper.Row{head, numbers}
	for _, line := range b.Lines {
		row := paper.Row{}
		for i, c := range line.Cells {
			align := paper.Left
			if shares[i]/sum < 0.1 {
				align = paper.Center
			}
			row.Cells = append(row.Cells, paper.Cell{Blocks: []paper.Block{paper.Text(align, paper.Run{Text: c, Size: 10})}})
		}
		t.Rows = append(t.Rows, row)
	}
	blocks := []paper.Block{
		paper.Text(paper.Left, paper.Run{Text: strings.ToUpper(b.Unit.Organ()), Size: 12, Bold: true}),
		paper.Paragraph{Align: paper.Center, Before: 8, Runs: []paper.Run{{Text: strings.ToUpper(b.Title), Size: 15, Bold: true}}},
		paper.Paragraph{Align: paper.Center, Runs: []paper.Run{{Text: ui.T(ctx, "office.book.ofYear", "Year", f.Year), Size: 12, Italic: true}}},
	}
	if cut := b.cut(ctx); cut != "" {
		blocks = append(blocks, paper.Paragraph{Align: paper.Center, Before: 4, Runs: []paper.Run{{Text: cut, Size: 11, Bold: true}}})
	}
	blocks = append(blocks, t)
	return pdf.Write(w, paper.Document{
		Info:     paper.Info{Title: b.Title, Author: b.Unit.Organ(), Date: now.Time},
		Sections: []paper.Section{{Page: page, Numbered: true, NumberSize: 11, Blocks: blocks}},
	})
}
