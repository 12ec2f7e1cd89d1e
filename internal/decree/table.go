package decree

import (
	"regexp"
	"slices"
	"strings"

	"sachhon/internal/letter"
	"sachhon/internal/paper"
	"sachhon/internal/paper/font"
)

const cellPadding = 4.0

var thin = paper.Border{Width: 0.5}

// table sets a table with its caption; its head comes again on every page.
func (b body) table(block letter.Block) []paper.Block {
	var out []paper.Block
	if block.Text != "" {
		out = append(out, paper.Paragraph{
			Align: paper.Center, Before: ParagraphSpace + 2, KeepNext: true, Runs: []paper.Run{{Text: block.Text, Size: b.size, Bold: true}},
		})
	}
	t := block.Table
	if t == nil || len(t.Head) == 0 {
		return out
	}
	size := TableSize
	for size > 8 && narrowest(*t, size) > b.width {
		size -= 0.5
	}
	set := paper.Table{
		Columns: columnWidths(*t, size, b.width), Border: &thin, Padding: cellPadding, PadY: 2, Before: ParagraphSpace, Align: paper.Center,
	}
	set.Rows = append(set.Rows, tableRow(*t, t.Head, size, true, true))
	for _, r := range t.Rows {
		set.Rows = append(set.Rows, tableRow(*t, r, size, false, false))
	}
	if t.Total != nil {
		set.Rows = append(set.Rows, tableRow(*t, t.Total, size, false, true))
	}
	return append(out, set)
}

// ordinal heads the column in which rows are counted.
const ordinal = "STT"

func tableRow(t letter.Table, cells []string, size float64, head, strong bool) paper.Row {
	row := paper.Row{Head: head}
	for i, c := range cells {
		p := paper.Paragraph{Runs: []paper.Run{{Text: c, Size: size, Bold: strong}}}
		switch {
		case head || i == 0 && t.Head[0] == ordinal:
			p.Align = paper.Center
		case i < len(t.Figure) && t.Figure[i]:
			p.Align = paper.Right
		}
		row.Cells = append(row.Cells, paper.Cell{Blocks: []paper.Block{p}, Middle: head})
	}
	return row
}

// narrowest is how wide the table must be for no word to be parted.
func narrowest(t letter.Table, size float64) float64 {
	sum := 0.0
	for i := range t.Head {
		least, _, _ := columnNeeds(t, i, size)
		sum += least
	}
	return sum
}

// date is a day as tables have it, "20/6/2024".
var date = regexp.MustCompile(`^\d{1,2}/\d{1,2}/\d{4}[.,;]?$`)

// columnNeeds are the width of the longest word of a column, that of its longest cell, and that of the longest while its head
// stands on three lines.
func columnNeeds(t letter.Table, column int, size float64) (least, natural, low float64) {
	for n, row := range t.All() {
		if column >= len(row) {
			continue
		}
		style := font.Style{Bold: n == 0 || t.Total != nil && n == len(t.Rows)+1}
		natural = max(natural, style.Width(row[column], size))
		if n > 0 {
			low = max(low, style.Width(row[column], size))
		} else {
			low = natural / 3
		}
		for w := range strings.FieldsSeq(row[column]) {
			if date.MatchString(w) { // a day is not read over two lines
				least = max(least, style.Width(w, size))
				continue
			}
			for part := range strings.SplitAfterSeq(w, "/") { // where a word is parted first
				least = max(least, style.Width(part, size))
			}
		}
	}
	const slack = 0.5
	const more = 2*cellPadding + slack
	return least + more, natural + more, low + more
}

// columnWidths gives every column what its longest word needs and shares the rest by what its cells would like to have. Where not
// all fits on one line, heads are broken before names are: there is one of them, and many rows.
func columnWidths(t letter.Table, size, width float64) []float64 {
	n := len(t.Head)
	least, wish, low := make([]float64, n), make([]float64, n), make([]float64, n)
	sumLeast, sumWish, sumLow := 0.0, 0.0, 0.0
	for i := range n {
		l, natural, narrow := columnNeeds(t, i, size)
		least[i] = l
		wish[i], low[i] = max(0, min(natural, width*0.6)-l), max(0, min(narrow, width*0.6)-l)
		sumLeast, sumWish, sumLow = sumLeast+l, sumWish+wish[i], sumLow+low[i]
	}
	out := make([]float64, n)
	free, share := width-sumLeast, 0.0
	if free < sumWish && sumLow > 0 {
		wish, sumWish = low, sumLow
	}
	if free <= 0 {
		share = fairShare(least, width)
	}
	for i := range n {
		switch {
		case free <= 0: // words are parted rather than columns lost, those of the widest columns first
			out[i] = min(least[i], share)
		case sumWish == 0:
			out[i] = least[i] + free/float64(n)
		case free >= sumWish: // everything fits on one line; what is left goes to all by their width
			out[i] = (least[i] + wish[i]) * width / (sumLeast + sumWish)
		default: // who wants little gets it, the others the same each
			out[i] = least[i] + min(wish[i], fairShare(wish, free))
		}
	}
	return out
}

// fairShare is the width to which columns are cut so that all of them together have this width; narrower ones keep theirs.
func fairShare(columns []float64, width float64) float64 {
	sorted := slices.Sorted(slices.Values(columns))
	for i, c := range sorted {
		if left := float64(len(sorted) - i); c*left >= width {
			return width / left
		}
		width -= c
	}
	return sorted[len(sorted)-1]
}
