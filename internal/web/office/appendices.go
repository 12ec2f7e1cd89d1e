package office

import (
	"context"
	"fmt"
	"slices"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// appendixBlock stands in the editor's list where an appendix begins; its text is the title. Documents have no such kind:
// there an appendix has blocks of its own.
const appendixBlock letter.BlockKind = "appendix"

// listed are the blocks of a document as the editor shows them: those of the appendices below their titles, in one list, so
// that every block is moved, added and removed in the same way.
func listed(doc letter.Document) []letter.Block {
	list := slices.Clone(doc.Blocks)
	for _, a := range doc.Appendices {
		list = append(append(list, letter.Block{Kind: appendixBlock, Text: a.Title}), a.Blocks...)
	}
	return list
}

// parted takes a list apart again.
func parted(list []letter.Block) (main []letter.Block, appendices []letter.Appendix) {
	main = []letter.Block{}
	for _, b := range list {
		switch n := len(appendices); {
		case b.Kind == appendixBlock:
			appendices = append(appendices, letter.Appendix{Title: b.Text, Blocks: []letter.Block{}})
		case n > 0:
			appendices[n-1].Blocks = append(appendices[n-1].Blocks, b)
		default:
			main = append(main, b)
		}
	}
	return main, appendices
}

// isEmpty tells whether nobody wrote anything into an appendix.
func isEmpty(a letter.Appendix) bool {
	return a.Title == "" && !slices.ContainsFunc(a.Blocks, func(b letter.Block) bool { return b.Text != "" || b.Table != nil })
}

// aliases leads what the service says of a block to its input.
func aliases(f *form.Form, list []letter.Block) {
	blocks, duties, appendix := 0, 0, -1
	for i, b := range list {
		if b.Kind == appendixBlock {
			if appendix++; appendix == 0 {
				f.Alias("appendices", at(i, "text"))
			}
			blocks = 0
			f.Alias(fmt.Sprintf("appendices.%d.blocks", appendix), at(i, "text"))
			continue
		}
		if appendix >= 0 {
			f.Alias(fmt.Sprintf("appendices.%d.blocks.%d", appendix, blocks), at(i, "text"))
			blocks++
			continue
		}
		f.Alias(fmt.Sprintf("blocks.%d", blocks), at(i, "text"))
		blocks++
		if b.Kind == letter.DutyBlock {
			for _, part := range []string{"text", "channels", "number"} {
				f.Alias(fmt.Sprintf("duties.%d.%s", duties, part), at(i, "text"))
			}
			for part, input := range map[string]string{"for.0": "for", "deadline": "deadline", "within": "within", "every": "every", "quota": "count", "proof": "proof"} {
				f.Alias(fmt.Sprintf("duties.%d.%s", duties, part), at(i, input))
			}
			duties++
		}
	}
}

// span is the part of a list that the appendix at i takes: its title and its blocks.
func span(list []letter.Block, i int) (from, to int) {
	for to = i + 1; to < len(list) && list[to].Kind != appendixBlock; to++ {
	}
	return i, to
}

// moveAppendix puts the appendix at i before the one above it; the first stays. It returns where it stands then.
func moveAppendix(list []letter.Block, i int) ([]letter.Block, int) {
	from, to := span(list, i)
	above := from - 1
	for above >= 0 && list[above].Kind != appendixBlock {
		above--
	}
	if above < 0 {
		return list, i
	}
	return slices.Concat(list[:above], list[from:to], list[above:from], list[to:]), above
}

// nextAppendix is where the appendix below the one at i begins, -1 when it is the last.
func nextAppendix(list []letter.Block, i int) int {
	if _, to := span(list, i); to < len(list) {
		return to
	}
	return -1
}

// headings give the list its numbers: of the blocks of each part, and Roman ones of appendices when there are several.
func headings(ctx context.Context, list []letter.Block) (labels, names []string) {
	main, appendices := parted(list)
	labels = letter.Document{Blocks: main}.Labels()
	for range main {
		names = append(names, "")
	}
	for i, a := range appendices {
		name := ui.T(ctx, "office.kind.appendix")
		if len(appendices) > 1 {
			name += " " + lang.Roman(i+1)
		}
		labels, names = append(append(labels, ""), a.Labels()...), append(names, name)
		for range a.Blocks {
			names = append(names, "")
		}
	}
	return labels, names
}
