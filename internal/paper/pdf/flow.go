package pdf

import (
	"fmt"
	"io"
	"strconv"

	"sachhon/internal/paper"
	"sachhon/internal/paper/font"
)

// atom is the smallest thing that is not parted over pages: a line, a row or a part of one, a rule.
type atom struct {
	before float64 // space above it, dropped at the top of a page
	height float64
	draw   func(c ink, x, y float64)
	keep   bool   // not parted from the next atom
	head   []atom // what is repeated when a page begins with this atom: the head of its table
	turn   bool   // a page ends here
}

// Write sets a document as PDF.
func Write(w io.Writer, doc paper.Document) error {
	c := New(doc.Info)
	for _, s := range doc.Sections {
		c.Flow(s)
	}
	return c.Output(w)
}

// Flow sets the section on as many pages as it needs, and returns how many.
func (c *Canvas) Flow(s paper.Section) int { return run(c, s) }

func run(on pages, s paper.Section) int {
	f := flow{c: on, s: s}
	f.newPage()
	f.place(layout(s.Blocks, s.Page.TextWidth()))
	return f.pages
}

// ink is what a layout is drawn with.
type ink interface {
	text(x, y float64, p piece)
	Fill(x, y, w, h float64, col paper.Color)
	Frame(x, y, w, h float64, b paper.Border)
	Line(x1, y1, x2, y2 float64, b paper.Border)
}

// pages is ink that has pages: a file, or what a screen shows.
type pages interface {
	ink
	AddPage(p paper.Page)
	watermark(text string, p paper.Page)
}

// flow places atoms on pages; without any it only counts them.
type flow struct {
	c     pages
	s     paper.Section
	pages int
	y     float64
	end   float64 // where the text of this page ends
	empty bool    // nothing stands on this page yet
}

func (f *flow) newPage() {
	p := f.s.Page
	f.pages++
	if f.c != nil {
		f.c.AddPage(p)
	}
	f.y, f.end, f.empty = p.Top, p.Height-p.Bottom, true
	if f.s.Watermark != "" && f.c != nil {
		f.c.watermark(f.s.Watermark, p)
	}
	if f.pages == 1 && len(f.s.FirstFooter) > 0 {
		foot := layout(f.s.FirstFooter, p.TextWidth())
		h := heightOf(foot)
		// The foot stands in the bottom margin as far as that has room, and takes from the text what it needs beyond.
		top := min(p.Height-p.Bottom, p.Height-10*paper.MM-h)
		f.drawAll(foot, top)
		f.end = min(f.end, top-4)
	}
	if f.s.Numbered && f.pages > 1 && f.c != nil {
		r := paper.Run{Text: strconv.Itoa(f.pages), Size: f.s.NumberSize}
		r.Size = r.Points()
		w := font.WidthOf(r)
		f.c.text(p.Left+(p.TextWidth()-w)/2, p.Top/2+r.Size*0.35, piece{text: r.Text, run: r, width: w})
	}
}

// place puts atoms on pages, those that keep together in one piece.
func (f *flow) place(atoms []atom) {
	for i := 0; i < len(atoms); {
		n := 1
		for i+n < len(atoms) && atoms[i+n-1].keep {
			n++
		}
		f.group(atoms[i : i+n])
		i += n
	}
}

func (f *flow) group(group []atom) {
	if group[0].turn {
		if !f.empty {
			f.newPage()
		}
		return
	}
	room := func() float64 { return f.end - f.y }
	need := heightOf(group)
	if f.empty {
		need -= group[0].before
	}
	const slack = 0.05
	if need > room()+slack && !f.empty && need-group[0].before <= f.s.Page.TextHeight()-heightOf(group[0].head)+slack {
		f.turn(group[0])
	}
	for _, a := range group {
		before := a.before
		if f.empty {
			before = 0
		}
		if before+a.height > room()+slack && !f.empty {
			f.turn(a)
			before = 0
		}
		if a.draw == nil && f.empty {
			continue // space at the top of a page is dropped
		}
		a.before = before
		f.drawAll([]atom{a}, f.y)
		f.empty = f.empty && a.draw == nil
		f.y += before + a.height
	}
}

// turn goes to the next page and repeats there the head of the table that the atom belongs to.
func (f *flow) turn(a atom) {
	f.newPage()
	if len(a.head) > 0 {
		f.drawAll(a.head, f.y)
		f.y += heightOf(a.head)
		f.empty = false
	}
}

func (f *flow) drawAll(atoms []atom, y float64) {
	if f.c != nil {
		drawAll(f.c, atoms, f.s.Page.Left, y)
	}
}

func heightOf(atoms []atom) float64 {
	h := 0.0
	for _, a := range atoms {
		h += a.before + a.height
	}
	return h
}

// drawAll draws atoms below each other.
func drawAll(c ink, atoms []atom, x, y float64) {
	for _, a := range atoms {
		y += a.before
		if a.draw != nil {
			a.draw(c, x, y)
		}
		y += a.height
	}
}

// layout sets blocks in a column of this width.
func layout(blocks []paper.Block, width float64) []atom {
	var out []atom
	for _, b := range blocks {
		switch b := b.(type) {
		case paper.Paragraph:
			out = append(out, paragraph(b, width)...)
		case paper.Rule:
			out = append(out, rule(b, width))
		case paper.Space:
			out = append(out, atom{height: b.Height})
		case paper.PageBreak:
			out = append(out, atom{turn: true})
		case paper.Table:
			out = append(out, table(b, width)...)
		default:
			panic(fmt.Sprintf("pdf: no layout for %T", b))
		}
	}
	return out
}

func paragraph(p paper.Paragraph, width float64) []atom {
	lines := breakLines(p, width)
	out := make([]atom, len(lines))
	for i, l := range lines {
		out[i] = atom{height: l.height, draw: func(c ink, x, y float64) {
			for n, piece := range l.pieces {
				if n+1 < len(l.pieces) {
					piece.text += " " // so that whoever copies the text finds words parted; it prints nothing
				}
				c.text(x+piece.x, y+l.ascent, piece)
			}
		}}
		// No line alone at the foot or head of a page.
		out[i].keep = p.Together && i < len(lines)-1 || len(lines) > 1 && (i == 0 || i == len(lines)-2)
	}
	out[0].before = p.Before
	out[len(out)-1].keep = p.KeepNext
	if p.After > 0 {
		out = append(out, atom{height: p.After, keep: p.KeepNext})
		out[len(out)-2].keep = true
	}
	return out
}

func rule(r paper.Rule, width float64) atom {
	w := r.Width
	if w == 0 || w > width {
		w = width
	}
	left := 0.0
	switch r.Align {
	case paper.Center:
		left = (width - w) / 2
	case paper.Right:
		left = width - w
	case paper.Left, paper.Justify:
	}
	b := paper.Border{Width: r.Thickness, Color: r.Color}
	if b.Width == 0 {
		b.Width = ruleThickness
	}
	return atom{before: r.Before, height: b.Width + r.After, keep: r.KeepNext, draw: func(c ink, x, y float64) {
		c.Line(x+left, y+b.Width/2, x+left+w, y+b.Width/2, b)
	}}
}

const ruleThickness = 0.75

// Pages is how many pages a section takes.
func Pages(s paper.Section) int { return run(nil, s) }
