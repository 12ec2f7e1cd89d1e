package decree

import (
	"fmt"
	"slices"

	"sachhon/internal/letter"
	"sachhon/internal/paper"
)

// closing sets the recipients at the left and the signature at the right.
func closing(recipients []string, signer letter.Signer, mark string, width float64) paper.Block {
	left := []paper.Block{}
	if len(recipients) > 0 {
		left = append(left, paper.Text(paper.Left, paper.Run{Text: "Nơi nhận:", Size: ToLabelSize, Bold: true, Italic: true}))
		list := slices.Clone(recipients)
		for i := range list {
			list[i] = archived(list[i])
		}
		hang := plain.Width("- ", ToListSize)
		for i := range list {
			left = append(left, paper.Paragraph{Left: hang, First: -hang, Right: 6, Runs: []paper.Run{{Text: "- " + ended(list, i), Size: ToListSize}}})
		}
	}
	if mark != "" {
		left = append(left, paper.Paragraph{Before: 4, Runs: []paper.Run{{Text: mark, Size: DrafterSize}}})
	}
	return paper.Table{
		Columns: []float64{width * 0.48, width * 0.52}, Before: 12,
		Rows: []paper.Row{{Whole: true, Cells: []paper.Cell{{Blocks: left}, {Blocks: signature(signer, width*0.52)}}}},
	}
}

// signature is by what authority, the position, room for the signature and the seal, and the name.
func signature(s letter.Signer, width float64) []paper.Block {
	var out []paper.Block
	lines := slices.Clone(s.Capacity)
	if s.Position != "" && !slices.Contains(lines, s.Position) {
		lines = append(lines, s.Position)
	}
	for _, l := range lines {
		out = append(out, centred(nameLines(l, bold, SignerSize, width), paper.Run{Size: SignerSize, Bold: true})...)
	}
	out = append(out, paper.Space{Height: SignatureSpace})
	return append(out, paper.Text(paper.Center, paper.Run{Text: s.Name, Size: SignerSize, Bold: true}))
}

// drafter is who drafted it and how many are printed: "PL.(300)".
func drafter(doc letter.Document) string {
	switch {
	case doc.Drafter == "":
		return ""
	case doc.Copies > 0:
		return fmt.Sprintf("%s.(%d)", upper(doc.Drafter), doc.Copies)
	}
	return upper(doc.Drafter) + "."
}
