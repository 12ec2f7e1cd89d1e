package docx

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"

	"sachhon/internal/paper"
	"sachhon/internal/paper/font"
)

// placer follows in which part of the width of the text each line stands: in a cell of a table or across the sheet. What stands in
// a frame or a text box is nobody knows where.
type placer struct {
	tables []grid
	props  string // "tblPr", "tcPr" or "trPr", within which elements of a text mean something else
	boxes  int    // text boxes that are open
	framed bool   // the paragraph stands in a frame
	many   bool   // columns of the section
	spans  []span // of the lines of the section
}

// grid is a table that is open, in points.
type grid struct {
	columns []float64
	from    float64 // where it begins in the width of the text
	share   float64 // of the width that is free, what lies left of it: a half of a table in the middle
	column  int
	x       float64 // of the cell, from where the table begins
	width   float64 // as the cell itself has it, 0 when it does not say
	many    int     // columns of the cell
	lost    bool    // where it stands is not known
}

// span is the part of the width that a line has, with what of it is free on the left.
type span struct {
	known              bool
	from, to           float64 // to is 0 where it reaches to the right margin
	share, free        float64 // of the width that is left beside this much, the share that lies on the left
	first, left, right float64
	align              paper.Align
	width              float64   // of the text on one line
	words              []float64 // of its words with the space behind, where they may need several lines
}

// see takes notice of an element, of a part that is left out too.
func (p *placer) see(e xml.StartElement) {
	points := func(name string) float64 {
		n, err := strconv.ParseFloat(attr(e, name), 64)
		if err != nil || math.Abs(n) > 1e6 {
			return 0
		}
		return n / 20
	}
	name := e.Name.Local
	switch name {
	case "tbl":
		p.tables = append(p.tables, p.inner())
		return
	case "tblPr", "tcPr", "trPr":
		p.props = name
		return
	case "txbxContent":
		p.boxes++
		return
	case "p":
		p.framed = false
		return
	case "framePr":
		p.framed = true
		return
	}
	if len(p.tables) == 0 {
		return
	}
	g := &p.tables[len(p.tables)-1]
	switch name {
	case "gridCol":
		if len(g.columns) < maxColumns {
			g.columns = append(g.columns, points("w"))
		}
	case "tr":
		g.column, g.x, g.width, g.many = 0, 0, 0, 1
	case "tc":
		g.width, g.many = 0, 1
	case "tblpPr":
		g.lost = true
	case "tblInd":
		if p.props == "tblPr" {
			g.from += points("w")
		}
	case "jc":
		if p.props == "tblPr" {
			g.share = map[string]float64{"center": 0.5, "right": 1, "end": 1}[attr(e, "val")]
		}
	case "gridBefore":
		if n := min(number(attr(e, "val")), maxColumns); n > 0 {
			g.step(n)
		}
	case "gridSpan":
		g.many = max(1, min(number(attr(e, "val")), maxColumns))
	case "tcW":
		if attr(e, "type") == "dxa" {
			g.width = max(0, points("w"))
		}
	}
}

// maxColumns is how many columns of a table are told apart.
const maxColumns = 100

func (p *placer) leave(name string) {
	switch name {
	case "tblPr", "tcPr", "trPr":
		p.props = ""
	case "txbxContent":
		p.boxes = max(0, p.boxes-1)
	case "tbl":
		p.tables = p.tables[:max(0, len(p.tables)-1)]
	case "tc":
		if n := len(p.tables); n > 0 {
			p.tables[n-1].step(0)
		}
	}
}

// inner is a table that begins here.
func (p *placer) inner() grid {
	return grid{many: 1, lost: len(p.tables) > 0} // within a cell nothing of the form stands that is worth following
}

// cell is how wide the cell is that is open, 0 when it is not known.
func (g *grid) cell() float64 {
	if g.width > 0 {
		return g.width
	}
	sum := 0.0
	for i := g.column; i < g.column+g.many; i++ {
		if i >= len(g.columns) || g.columns[i] <= 0 {
			return 0
		}
		sum += g.columns[i]
	}
	return sum
}

// step goes past the cell that is open, or past columns in front of a row.
func (g *grid) step(before int) {
	if before > 0 {
		g.many = before
	}
	w := g.cell()
	if w == 0 {
		g.lost = true
	}
	g.x, g.column, g.width, g.many = g.x+w, g.column+g.many, 0, 1
}

func (g *grid) whole() float64 {
	sum := 0.0
	for _, c := range g.columns {
		sum += c
	}
	return sum
}

// here is the part of the width in which a line stands now.
func (p *placer) here() span {
	if p.boxes > 0 || p.framed {
		return span{}
	}
	if len(p.tables) == 0 {
		return span{known: true}
	}
	g := &p.tables[len(p.tables)-1]
	w := g.cell()
	if w == 0 || g.lost {
		return span{}
	}
	s := span{known: true, from: g.from + g.x, to: g.from + g.x + w}
	if g.share > 0 {
		s.share, s.free = g.share, g.whole()
		s.known = s.free > 0
	}
	return s
}

// place notes where the line stands that was read last. What a tab or a list moves is nobody knows where.
func (p *placer) place(s paper.Set, right float64) {
	at := p.here()
	at.known = at.known && !s.Label && !strings.Contains(s.Text, "\t")
	style := font.Style{Bold: s.Bold, Italic: s.Italic}
	if at.known {
		at.width = style.Width(s.Text, s.Size)
		if wraps := at.width > shortest; wraps && s.Align != paper.Center && len(s.Text) < longest {
			for word := range strings.FieldsSeq(s.Text) {
				at.words = append(at.words, style.Width(word+" ", s.Size))
			}
		}
	}
	at.align, at.first, at.left, at.right = s.Align, s.First, s.Left, right
	p.spans = append(p.spans, at)
}

// Only texts that may be a component are broken into lines: what is shorter stands on one in every column, what is longer is content.
const (
	shortest = 100 // points
	longest  = 1_000
)

// last is how long the last line of a text is that fills the lines before it.
func (s span) last(room float64) float64 {
	line := s.first
	for _, w := range s.words {
		if line += w; line > room && line > w {
			line = w
		}
	}
	return min(line, room)
}

// on finds where the lines of a section stand on its sheet.
func (p *placer) on(page paper.Page, list []paper.Set, same bool) {
	for i := range list {
		if i >= len(p.spans) {
			break
		}
		s := p.spans[i]
		if !s.known || p.many || !same || page.Width <= 0 {
			continue
		}
		begin, area := page.Left, page.Width-page.Left-page.Right
		begin += s.share * (area - s.free)
		to := s.to
		if to == 0 {
			to = area
		}
		lo, hi := begin+s.from+s.left, begin+to-s.right
		switch start := lo + s.first; {
		case s.width > hi-start && len(s.words) > 0:
			list[i].X, list[i].Right = lo, lo+s.last(hi-lo)
		case s.width > hi-start:
			list[i].X, list[i].Right = min(lo, start), hi
		case s.align == paper.Center:
			list[i].X, list[i].Right = (start+hi-s.width)/2, (start+hi+s.width)/2
		case s.align == paper.Right:
			list[i].X, list[i].Right = hi-s.width, hi
		default:
			list[i].X, list[i].Right = start, start+s.width
		}
	}
	p.spans, p.many = nil, false
}
