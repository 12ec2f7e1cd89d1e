package letter

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"sachhon/internal/fault"
	"sachhon/internal/lang"
)

// Limits of a document beside those of the fields.
const (
	maxBlocks     = 500
	maxAppendices = 20
	maxColumns    = 20
	maxRows       = 2_000
	maxCell       = 1_000
)

// Clean returns the document with every text normalised as people's input is.
func (d Document) Clean() Document {
	for _, s := range []*string{
		&d.Type, &d.Urgency, &d.Superior, &d.Organ, &d.Number, &d.Notation, &d.Place, &d.Subject, &d.Signer.Position, &d.Signer.Name,
		&d.Contact, &d.Drafter,
	} {
		*s = lang.Clean(*s)
	}
	d.Addressees, d.Recipients, d.Signer.Capacity = cleanList(d.Addressees), cleanList(d.Recipients), cleanList(d.Signer.Capacity)
	d.Blocks, d.Appendices = cleanBlocks(d.Blocks), slices.Clone(d.Appendices)
	for i := range d.Appendices {
		d.Appendices[i].Title, d.Appendices[i].Blocks = lang.Clean(d.Appendices[i].Title), cleanBlocks(d.Appendices[i].Blocks)
	}
	return d
}

// cleanBlocks drops blocks in which nobody wrote anything.
func cleanBlocks(blocks []Block) []Block {
	out := make([]Block, 0, len(blocks))
	for _, b := range blocks {
		b.Text = lang.Clean(b.Text)
		if b.Kind != DutyBlock {
			b.Duty = nil
		}
		if b.Kind != TableBlock {
			b.Table = nil
		} else if b.Table != nil {
			b.Table = b.Table.clean()
		}
		if b.Text != "" || b.Table != nil {
			out = append(out, b)
		}
	}
	return out
}

func (t *Table) clean() *Table {
	row := func(cells []string) []string {
		if cells == nil {
			return nil
		}
		out := make([]string, len(cells))
		for i, c := range cells {
			out[i] = lang.Clean(c)
		}
		return out
	}
	out := Table{Head: row(t.Head), Total: row(t.Total), Figure: slices.Clone(t.Figure), Rows: make([][]string, len(t.Rows))}
	for i, r := range t.Rows {
		out.Rows[i] = row(r)
	}
	return &out
}

// check notes what no document may be, beside what is wrong with its fields.
func (d Document) check() error {
	var bad fault.Fields
	if d.Form != "" && !slices.Contains(Forms(), d.Form) {
		bad.Add("form", "letter.fault.form")
	}
	if len(d.Appendices) > maxAppendices {
		bad.Add("appendices", "letter.fault.tooMany", "Limit", maxAppendices)
	}
	d.checkUrgency(&bad)
	checkBlocks(&bad, "blocks", d.Blocks)
	for i, a := range d.Appendices {
		checkBlocks(&bad, fmt.Sprintf("appendices.%d.blocks", i), a.Blocks)
	}
	return bad.Err()
}

func checkBlocks(bad *fault.Fields, name string, blocks []Block) {
	if len(blocks) > maxBlocks {
		bad.Add(name, "letter.fault.tooMany", "Limit", maxBlocks)
		return
	}
	for i, b := range blocks {
		at := fmt.Sprintf("%s.%d", name, i)
		if !slices.Contains(BlockKinds(), b.Kind) {
			bad.Add(at, "letter.fault.block")
		}
		if n := utf8.RuneCountInString(b.Text); n > maxText {
			bad.Add(at, "letter.fault.tooLong", "Length", n, "Limit", maxText)
		}
		if b.Kind == TableBlock && (b.Table == nil || !b.Table.fits()) {
			bad.Add(at, "letter.fault.table", "Columns", maxColumns, "Rows", maxRows)
		}
	}
}

// fits tells whether the table has a head, as many cells in each row, and an acceptable size.
func (t Table) fits() bool {
	columns := len(t.Head)
	if columns == 0 || columns > maxColumns || len(t.Rows) > maxRows || t.Figure != nil && len(t.Figure) != columns {
		return false
	}
	return !slices.ContainsFunc(t.All(), func(row []string) bool {
		return len(row) != columns || slices.ContainsFunc(row, func(c string) bool { return utf8.RuneCountInString(c) > maxCell })
	})
}
