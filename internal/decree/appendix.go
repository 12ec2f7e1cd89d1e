package decree

import (
	"strings"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/paper"
)

// appendixSection sets the appendix at i on pages of its own, with page numbers of its own. Only one of several has a
// numeral. A table too wide for the sheet turns it.
func appendixSection(doc letter.Document, i int, size float64) paper.Section {
	a := doc.Appendices[i]
	p := pageOf(doc.Form)
	for _, b := range a.Blocks {
		if b.Table != nil && len(b.Table.Head) > 0 && narrowest(*b.Table, TableSize) > p.TextWidth() {
			p = p.Landscape()
			break
		}
	}
	label := "Phụ lục"
	if len(doc.Appendices) > 1 {
		label += " " + lang.Roman(i+1)
	}
	centre := func(r paper.Run) paper.Paragraph {
		return paper.Paragraph{Align: paper.Center, KeepNext: true, Runs: []paper.Run{r}, Before: 2}
	}
	s := paper.Section{Page: p, Numbered: true, NumberSize: PageSize, Blocks: []paper.Block{
		centre(paper.Run{Text: label, Size: TypeSize, Bold: true}),
	}}
	if a.Title != "" {
		s.Blocks = append(s.Blocks, centre(paper.Run{Text: upper(a.Title), Size: TypeSize, Bold: true}))
	}
	s.Blocks = append(s.Blocks, centre(paper.Run{Text: attached(doc), Size: size, Italic: true}),
		paper.Rule{Width: 50 * paper.MM, Align: paper.Center, Before: 3, After: 8})
	s.Blocks = append(s.Blocks, body{blocks: a.Blocks, labels: a.Labels(), size: size, width: p.TextWidth()}.set()...)
	if !Issued(doc) {
		s.Watermark = DraftMark
	}
	return s
}

// attached says to which document an appendix belongs; the number and day are left open until they are given.
func attached(doc letter.Document) string {
	room := strings.Repeat("\u00a0", 6)
	number, day := symbol(doc), "ngày"+room+"tháng"+room+"năm"+room
	if number == "" {
		number = room + doc.SymbolJoint() + doc.Notation
	}
	if !doc.Date.IsZero() {
		day = "ngày " + doc.Date.LongDate()
	}
	kind := doc.Type
	if kind == "" {
		kind = letter.OfficialLetter
	}
	return "(Kèm theo " + lang.Capital(kind) + " số " + number + " " + day + " của " + doc.Organ + ")"
}
