package decree

import (
	"sachhon/internal/letter"
	"sachhon/internal/paper"
	"sachhon/internal/paper/font"
)

// What the forms of the Party and of the Youth Union ask of a page, in millimetres and points, where it is not what the decree
// asks. docs/decisions/0020-other-forms.md says which of it is written down and which is what offices do.
const (
	YouthMarginRight = 20.0

	HeadingSize     = 15.0 // "ĐẢNG CỘNG SẢN VIỆT NAM", bold
	OtherOrganSize  = 14.0 // the issuer bold
	OtherNumberSize = 14.0
	OtherDateSize   = 14.0 // italic
	OtherAboutSize  = 12.0 // italic
	OtherTypeSize   = 16.0 // 15–16, bold
	OtherLabelSize  = 14.0 // "Nơi nhận", underlined
	OtherListSize   = 12.0
)

// pageOf is the sheet of the documents of a form.
func pageOf(f letter.Form) paper.Page {
	if f == letter.YouthForm {
		return paper.A4(MarginTop, MarginBottom, MarginLeft, YouthMarginRight)
	}
	return page()
}

// otherHeading is heading in the forms that name the Party or the Youth Union at the right, over a rule as long as the name,
// and have stars below the issuer.
func otherHeading(doc letter.Document, opts Options, width float64) []paper.Block {
	const gutter = 6.0
	name := paper.Run{Text: doc.Form.Heading(), Size: HeadingSize, Bold: true}
	right := max(font.WidthOf(name), font.WidthOf(paper.Run{Text: dateLine(doc), Size: OtherDateSize, Italic: true})) + 4
	right = max(right, width*0.46)
	left := width - right

	superior, issuer := doc.Organs()
	organs := centred(nameLines(superior, plain, OtherOrganSize, left-gutter), paper.Run{Size: OtherOrganSize})
	organs = append(organs, centred(nameLines(issuer, bold, OtherOrganSize, left-gutter), paper.Run{Size: OtherOrganSize, Bold: true})...)
	organs = append(organs, paper.Text(paper.Center, paper.Run{Text: doc.Form.Star(), Size: OtherOrganSize}))
	out := []paper.Block{paper.Table{
		Columns: []float64{left, right},
		Rows: []paper.Row{
			{Whole: true, Cells: []paper.Cell{
				{Blocks: organs},
				{Blocks: []paper.Block{
					paper.Text(paper.Center, name),
					paper.Rule{Width: font.WidthOf(name), Align: paper.Center, Before: RuleGap, After: 6},
				}},
			}},
			{Whole: true, Cells: []paper.Cell{
				{Blocks: numbered(doc, opts, OtherNumberSize, paper.Run{Size: OtherAboutSize, Italic: true}, gutter)},
				{Blocks: []paper.Block{paper.Text(paper.Center, paper.Run{Text: dateLine(doc), Size: OtherDateSize, Italic: true})}},
			}},
		},
	}}
	if isOfficial(doc.Type) {
		return append(out, paper.Space{Height: 10})
	}
	return append(out, typeName(doc, OtherTypeSize, width)...)
}

// recipientsOf is the list "Nơi nhận" of a document in its form.
func recipientsOf(doc letter.Document) []paper.Block {
	if doc.Form.OfState() {
		return recipients(doc.Recipients, drafter(doc))
	}
	out := []paper.Block{}
	if len(doc.Recipients) > 0 {
		label := paper.Run{Text: "Nơi nhận:", Size: OtherLabelSize}
		out = append(out, paper.Text(paper.Left, label), paper.Rule{Width: font.WidthOf(label), Align: paper.Left, After: 2})
		hang := plain.Width("- ", OtherListSize)
		for i, r := range doc.Recipients {
			mark := doc.Form.Between()
			if i == len(doc.Recipients)-1 {
				mark = "."
			}
			out = append(out, paper.Paragraph{Left: hang, First: -hang, Right: 6, Runs: []paper.Run{{Text: "- " + letter.Ended(r, mark), Size: OtherListSize}}})
		}
	}
	return append(out, marked(drafter(doc))...)
}
