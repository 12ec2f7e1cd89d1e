package pdfform

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"sachhon/internal/paper"
	"sachhon/internal/paper/font"
)

// joined puts pieces together that stand beside each other on one line, no farther apart than words of stretched text.
func joined(pieces []Line) []Line {
	slices.SortStableFunc(pieces, func(a, b Line) int {
		if d := a.Bottom() - b.Bottom(); d < -2 || d > 2 {
			return cmp.Compare(a.Bottom(), b.Bottom())
		}
		return cmp.Compare(a.X, b.X)
	})
	var out []Line
	letters := 0 // of the look that the line has
	for _, l := range pieces {
		mine := utf8.RuneCountInString(l.Text)
		if n := len(out); n > 0 {
			last := &out[n-1]
			if d, gap := last.Bottom()-l.Bottom(), l.X-last.Right(); d > -2 && d < 2 && gap > -2 && gap < 9 {
				whole := *last
				if mine > letters {
					whole, letters = l, mine
					whole.X, whole.Y, whole.H = last.X, min(last.Y, l.Y), max(last.Bottom(), l.Bottom())-min(last.Y, l.Y)
				}
				whole.Text, whole.W = last.Text+" "+l.Text, l.Right()-last.X
				*last = whole
				continue
			}
		}
		out, letters = append(out, l), mine
	}
	return out
}

// edge is the area in which the text of a document stands; what cannot be told is not a number.
type edge struct{ left, right, top, bottom float64 }

// edges finds the margins by the lines that fill the sheet: headings and signatures stand in the middle of their columns.
func edges(pages []Page) edge {
	unknown := math.NaN()
	e := edge{unknown, unknown, unknown, unknown}
	var lefts, rights []float64
	for n, p := range pages {
		if turned(p) || math.Abs(p.Width-pages[0].Width) > 1 {
			continue
		}
		number, _, numbered := p.number()
		lowest := 0.0
		for _, l := range p.Lines {
			if numbered && l == number {
				continue
			}
			if e.top = least(e.top, l.Y); l.Bottom() > lowest {
				lowest = l.Bottom()
			}
			if l.W > 0.55*p.Width {
				lefts, rights = append(lefts, l.X), append(rights, l.Right())
			}
		}
		if n < len(pages)-1 && lowest > 0 { // a page that goes on is full
			e.bottom = least(e.bottom, p.Height-lowest)
		}
	}
	e.left, e.right = slices.Min(append(lefts, math.Inf(1))), agreed(rights)
	if math.IsInf(e.left, 1) {
		e.left = unknown
	}
	if wide := e.bottom > 25*paper.MM; wide { // the next paragraph did not fit, or the page was left
		e.bottom = unknown
	}
	return e
}

func least(a, b float64) float64 {
	if math.IsNaN(a) {
		return b
	}
	return min(a, b)
}

// sameEdge is how far ends of lines may lie apart that stand at one margin.
const sameEdge = 2.5

// agreed is the right edge when several lines end there.
func agreed(rights []float64) float64 {
	if len(rights) == 0 {
		return math.NaN()
	}
	most, n := slices.Max(rights), 0
	for _, r := range rights {
		if most-r < sameEdge {
			n++
		}
	}
	if n < 2 {
		return math.NaN()
	}
	return most
}

// paragraphs puts the lines of a page together that run on.
func paragraphs(p Page, e edge) []paper.Set {
	number, _, numbered := p.number()
	var groups [][]Line
	shared := map[int]bool{} // groups that have a line beside another
	for i, l := range p.Lines {
		if numbered && l == number {
			continue
		}
		beside := i > 0 && sameRow(p.Lines[i-1], l) || i+1 < len(p.Lines) && sameRow(l, p.Lines[i+1])
		if n := len(groups); n > 0 && !beside && !shared[n-1] && goesOn(groups[n-1], l, e) {
			groups[n-1] = append(groups[n-1], l)
			continue
		}
		shared[len(groups)] = beside
		groups = append(groups, []Line{l})
	}
	out := make([]paper.Set, len(groups))
	line := 1.0 // of the paragraph before that has several
	for i, g := range groups {
		out[i] = set(g, e)
		out[i].Under = g[len(g)-1].Under
		out[i].InTable = shared[i]
		out[i].Before = math.NaN()
		if !math.IsNaN(out[i].Line) {
			line = out[i].Line
		}
		if i > 0 { // what the line spacing leaves free is no space between paragraphs
			out[i].Before = g[0].Bottom() - groups[i-1][len(groups[i-1])-1].Bottom() - line*font.Single*g[0].Size
		}
	}
	return out
}

func sameRow(a, b Line) bool { return math.Abs(a.Bottom()-b.Bottom()) < 2 }

// goesOn tells whether a line continues a paragraph: it begins at the margin, below a line that fills its row.
func goesOn(g []Line, l Line, e edge) bool {
	last := g[len(g)-1]
	return math.Abs(l.X-e.left) < sameEdge && last.Right() > e.right-l.Size*3 && math.Abs(last.Size-l.Size) < 1 &&
		l.Y-last.Bottom() < 2.2*l.Size && l.Y > last.Y
}

func set(lines []Line, e edge) paper.Set {
	first := lines[0]
	s := paper.Set{
		X: first.X, Right: first.Right(), Begins: first.Text, Align: paper.Justify, First: first.X - e.left, Line: math.NaN(), Font: first.Font,
		Size: first.Size, Bold: first.Bold, Italic: first.Italic, Color: strings.TrimPrefix(first.Color, "#"),
	}
	texts := make([]string, len(lines))
	longest := 0
	for i, l := range lines {
		texts[i] = l.Text
		s.X, s.Right = min(s.X, l.X), max(s.Right, l.Right())
		if n := utf8.RuneCountInString(l.Text); n > longest {
			longest = n
			s.Font, s.Size, s.Bold, s.Italic, s.Color = l.Font, l.Size, l.Bold, l.Italic, strings.TrimPrefix(l.Color, "#")
		}
		if i < len(lines)-1 && e.right-l.Right() > sameEdge {
			s.Align = paper.Left
		}
		if i > 0 {
			s.Line = (l.Bottom() - lines[i-1].Bottom()) / (font.Single * l.Size)
		}
	}
	s.Text = strings.Join(texts, " ")
	return s
}
