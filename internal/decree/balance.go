package decree

import (
	"regexp"
	"slices"
	"strings"

	"sachhon/internal/paper"
	"sachhon/internal/paper/font"
)

// balanced gives the lines of a centred title about one width, by its indents, so that no word is left alone on the last one, and
// keeps a quoted name on one line. It needs no more lines than before.
func balanced(p paper.Paragraph, width float64) paper.Paragraph {
	full := width - p.Left - p.Right
	n := linesIn(p.Runs, full)
	if n < 2 {
		return p
	}
	whole := slices.Clone(p.Runs)
	for i := range whole {
		whole[i].Text = quoted.ReplaceAllStringFunc(whole[i].Text, func(name string) string { return strings.ReplaceAll(name, " ", "\u00a0") })
	}
	if linesIn(whole, full) <= n {
		p.Runs = whole
	}
	least, most := 0.0, full
	for most-least > 1 {
		if half := (least + most) / 2; linesIn(p.Runs, half) <= n {
			most = half
		} else {
			least = half
		}
	}
	const slack = 4 // other programs measure letters a little differently
	side := max(0, full-most-slack) / 2
	p.Left, p.Right = p.Left+side, p.Right+side
	return p
}

// quoted is a name in quotation marks.
var quoted = regexp.MustCompile(`“[^“”]*”`)

// linesIn counts the lines of a text in one look that is parted at its spaces.
func linesIn(runs []paper.Run, width float64) int {
	n, used := 1, 0.0
	for _, r := range runs {
		style := font.Of(r)
		space := style.Width(" ", r.Size)
		for _, word := range strings.Split(r.Text, " ") { // a space that holds words together stays in its word
			w := style.Width(word, r.Size)
			switch {
			case used == 0:
				used = w
			case used+space+w <= width:
				used += space + w
			default:
				n, used = n+1, w
			}
			if used > width {
				n++ // a word that does not fit into a line at all
			}
		}
	}
	return n
}
