package decree

import (
	"fmt"
	"slices"

	"sachhon/internal/letter"
	"sachhon/internal/paper"
)

// closing sets the recipients at the left and the signature at the right.
func closing(to []string, signer letter.Signer, mark string, width float64) paper.Block {
	return beside(recipients(to, mark), signature(signer, width*closingRight), width)
}

// minuted sets the signature of who took the minutes at the left of the chair's, as the decree's form of minutes has it; the
// recipients come below.
func minuted(secretary string, chair letter.Signer, width float64) paper.Block {
	left := signature(letter.Signer{Position: "THƯ KÝ", Name: secretary}, width*(1-closingRight))
	return beside(left, signature(chair, width*closingRight), width)
}

// closingRight is the part of the width that the signature at the right has.
const closingRight = 0.52

func beside(left, right []paper.Block, width float64) paper.Block {
	return paper.Table{
		Columns: []float64{width * (1 - closingRight), width * closingRight}, Before: 12,
		Rows: []paper.Row{{Whole: true, Cells: []paper.Cell{{Blocks: left}, {Blocks: right}}}},
	}
}

// recipients is the list "Nơi nhận", with the mark of who drafted it.
func recipients(to []string, mark string) []paper.Block {
	out := []paper.Block{}
	if len(to) > 0 {
		out = append(out, paper.Text(paper.Left, paper.Run{Text: "Nơi nhận:", Size: ToLabelSize, Bold: true, Italic: true}))
		list := slices.Clone(to)
		for i := range list {
			list[i] = archived(list[i])
		}
		hang := plain.Width("- ", ToListSize)
		for i := range list {
			out = append(out, paper.Paragraph{Left: hang, First: -hang, Right: 6, Runs: []paper.Run{{Text: "- " + ended(list, i), Size: ToListSize}}})
		}
	}
	return append(out, marked(mark)...)
}

// marked is the mark of who drafted the document, below the recipients.
func marked(mark string) []paper.Block {
	if mark == "" {
		return nil
	}
	return []paper.Block{paper.Paragraph{Before: 4, Runs: []paper.Run{{Text: mark, Size: DrafterSize}}}}
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
