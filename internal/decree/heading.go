package decree

import (
	"cmp"
	"strings"

	"sachhon/internal/lang"

	"sachhon/internal/letter"
	"sachhon/internal/paper"
	"sachhon/internal/paper/font"
)

var (
	plain = font.Style{}
	bold  = font.Style{Bold: true}
)

// columns are the widths of the two columns of the heading and the size of its capitals: 13 where the state's name fits
// beside a column for the organ, else 12.
func columns(width float64) (left, right, size float64) {
	for size = NationSize; ; size-- {
		right = bold.Width(NationLine, size) + 2
		if left = width - right; left >= 62*paper.MM || size <= 12 {
			return left, right, size
		}
	}
}

// heading sets boxes 1 to 5 and 10: the state and its motto, the organs, number, place and date, what it is about.
func heading(doc letter.Document, opts Options, width float64) []paper.Block {
	if !doc.Form.OfState() {
		return otherHeading(doc, opts, width)
	}
	left, right, size := columns(width)
	gutter := 6.0 // keeps long names from touching the state's
	official := isOfficial(doc.Type)

	marks := numbered(doc, opts, NumberSize, paper.Run{Size: AboutSize}, gutter)
	motto := paper.Run{Text: Motto, Size: size + 1, Bold: true}
	out := []paper.Block{paper.Table{
		Columns: []float64{left, right},
		Rows: []paper.Row{
			{Whole: true, Cells: []paper.Cell{
				{Blocks: organs(doc, size, left-gutter)},
				{Blocks: []paper.Block{
					paper.Text(paper.Center, paper.Run{Text: NationLine, Size: size, Bold: true}),
					paper.Text(paper.Center, motto),
					paper.Rule{Width: font.WidthOf(motto), Align: paper.Center, Before: RuleGap, After: 6},
				}},
			}},
			{Whole: true, Cells: []paper.Cell{
				{Blocks: marks},
				{Blocks: []paper.Block{paper.Text(paper.Center, paper.Run{Text: dateLine(doc), Size: size + 1, Italic: true})}},
			}},
		},
	}}
	if official {
		return append(out, paper.Space{Height: 10})
	}
	return append(out, typeName(doc, TypeSize, width)...)
}

// numbered is the number with what stands below it: what a letter is about, the stamps of urgency and of arrival.
func numbered(doc letter.Document, opts Options, size float64, about paper.Run, gutter float64) []paper.Block {
	out := []paper.Block{paper.Text(paper.Center, paper.Run{Text: numberLine(doc), Size: size})}
	if isOfficial(doc.Type) && doc.Subject != "" {
		about.Text = "V/v " + doc.Subject
		out = append(out, paper.Paragraph{Align: paper.Center, Before: AboutSpace, Runs: []paper.Run{about}, Right: gutter})
	}
	if w := StampWidth(doc.Urgency); w > 0 {
		out = append(out, paper.Space{Height: 6}, stamp(doc.Urgency, w))
		if hour := doc.HourLine(); hour != "" {
			out = append(out, paper.Paragraph{Align: paper.Center, Before: 3, Runs: []paper.Run{{Text: hour, Size: HourSize, Bold: true, Color: Red}}})
		}
	}
	if opts.Arrival != nil {
		out = append(out, paper.Space{Height: 6}, opts.Arrival.box(paper.Center))
	}
	return out
}

// isOfficial tells whether the type is that of a letter, which has no name of its own in its heading.
func isOfficial(kind string) bool {
	return cmp.Or(kind, letter.OfficialLetter) == letter.OfficialLetter
}

// organs are the superior and the issuer with its rule.
func organs(doc letter.Document, size, width float64) []paper.Block {
	out := centred(nameLines(doc.Superior, plain, size, width), paper.Run{Size: size})
	lines := nameLines(doc.Organ, bold, size, width)
	out = append(out, centred(lines, paper.Run{Size: size, Bold: true})...)
	if len(lines) > 0 {
		last := bold.Width(lines[len(lines)-1], size)
		out = append(out, paper.Rule{Width: last * RuleShare, Align: paper.Center, Before: RuleGap, After: 6})
	}
	return out
}

// numberLine leaves room for the number until there is one.
func numberLine(doc letter.Document) string {
	if s := symbol(doc); s != "" {
		return doc.Form.Label() + " " + s
	}
	return doc.Form.Label() + strings.Repeat("\u00a0", 10) + doc.Form.Joint() + doc.Notation
}

// dateLine leaves room for the day until there is one.
func dateLine(doc letter.Document) string {
	if doc.Date.IsZero() {
		room := strings.Repeat("\u00a0", 6)
		return doc.Place + ", ngày" + room + "tháng" + room + "năm" + room
	}
	return doc.Place + ", ngày " + doc.Date.LongDate()
}

// typeName is the name of the type, as large as its form has it, with its abstract and rule, in the middle of the page.
func typeName(doc letter.Document, size, width float64) []paper.Block {
	out := []paper.Block{paper.Paragraph{
		Align: paper.Center, Before: 16, KeepNext: true, Runs: []paper.Run{{Text: upper(doc.Type), Size: size, Bold: true}},
	}}
	if doc.Subject == "" {
		return append(out, paper.Space{Height: 8})
	}
	about := paper.Run{Text: lang.Capital(doc.Subject), Size: TypeSize, Bold: true}
	side := 12 * paper.MM
	out = append(out, paper.Paragraph{Align: paper.Center, Left: side, Right: side, KeepNext: true, Runs: []paper.Run{about}})
	line := min(font.WidthOf(about), width-2*side)
	return append(out, paper.Rule{Width: line * RuleShare, Align: paper.Center, Before: 3, After: 10})
}

// salutation is "Kính gửi": one addressee beside it, several below it with their dashes under the colon.
func salutation(to []string, size, width float64) []paper.Block {
	const label = "Kính gửi:"
	look := paper.Run{Size: size}
	style := font.Of(look)
	text := func(s string) []paper.Run { return []paper.Run{{Text: s, Size: size}} }
	space := paper.Space{Height: 6}
	switch len(to) {
	case 0:
		return nil
	case 1:
		line := label + " " + strings.TrimRight(to[0], " ;.")
		if style.Width(line, size) <= width {
			return []paper.Block{paper.Paragraph{Align: paper.Center, Before: 6, Runs: text(line)}, space}
		}
		hang := style.Width(label+" ", size)
		return []paper.Block{paper.Paragraph{
			Left: FirstIndent*paper.MM + hang, First: -hang, Before: 6, Line: LineSpacing, Runs: text(line),
		}, space}
	}
	colon, longest := style.Width(strings.TrimSuffix(label, ":"), size), 0.0
	for i := range to {
		longest = max(longest, style.Width("- "+ended(to, i), size))
	}
	// The block stands in the middle, but not left of the indent of the text.
	left := max(FirstIndent*paper.MM, (width-colon-longest)/2)
	dash := left + colon
	hang := style.Width("- ", size)
	out := []paper.Block{paper.Paragraph{Left: left, Before: 6, KeepNext: true, Runs: text(label)}}
	for i := range to {
		out = append(out, paper.Paragraph{Left: dash + hang, First: -hang, Before: 2, Line: LineSpacing, Runs: text("- " + ended(to, i))})
	}
	return append(out, space)
}
