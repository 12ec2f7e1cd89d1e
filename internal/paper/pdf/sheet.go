package pdf

import (
	"math"
	"strings"

	"sachhon/internal/paper"
	"sachhon/internal/paper/font"
)

// Sheet is a page as it is printed, for a screen: every mark on it, at the place where Write sets it.
type Sheet struct {
	Width, Height float64
	Texts         []Text
	Boxes         []Box
	Lines         []Line
	Watermark     *Text // around whose middle it is turned by 45 degrees, against the clock
}

// Text is text of one look on one line; X is its left end, Y the baseline.
type Text struct {
	paper.Run
	X, Y, Width float64
	Space       float64 // what is added to each space, in a line that fills its column
}

// Box is a rectangle, filled or framed.
type Box struct {
	X, Y, Width, Height float64
	Fill                *paper.Color
	Border              *paper.Border
}

// Line is a straight line.
type Line struct {
	X1, Y1, X2, Y2 float64
	Border         paper.Border
}

// Sheets returns the pages of a document; no file is made of them.
func Sheets(doc paper.Document) []Sheet {
	var d drawing
	for _, s := range doc.Sections {
		run(&d, s)
	}
	return d.sheets
}

// drawing keeps what is drawn.
type drawing struct {
	sheets []Sheet
	more   bool // the line goes on behind the last text
}

func (d *drawing) last() *Sheet { return &d.sheets[len(d.sheets)-1] }

func (d *drawing) AddPage(p paper.Page) {
	d.sheets = append(d.sheets, Sheet{Width: p.Width, Height: p.Height})
}

func (d *drawing) text(x, y float64, p piece) {
	text, more := strings.CutSuffix(p.text, " ")
	if text == "" {
		return
	}
	one := Text{Run: p.run, X: x, Y: y, Width: p.width}
	one.Text = text
	if s := d.last(); !d.more || !s.Texts[len(s.Texts)-1].extend(one) {
		s.Texts = append(s.Texts, one)
	}
	d.more = more
}

// extend takes the next word of the same line in, if the space before it is as wide as those before.
func (t *Text) extend(next Text) bool {
	const fixed, near = "\u00a0", 0.01 // a space that does not part is not widened
	if !sameLook(t.Run, next.Run) || strings.Contains(t.Text+next.Text, fixed) || strings.Contains(next.Text, " ") {
		return false
	}
	space := next.X - t.X - t.Width - font.Of(t.Run).Width(" ", t.Points())
	if first := !strings.Contains(t.Text, " "); space < -near || !first && math.Abs(space-t.Space) > near {
		return false
	}
	t.Text, t.Space, t.Width = t.Text+" "+next.Text, space, next.X+next.Width-t.X
	return true
}

func (d *drawing) Fill(x, y, w, h float64, col paper.Color) {
	s := d.last()
	s.Boxes = append(s.Boxes, Box{X: x, Y: y, Width: w, Height: h, Fill: &col})
}

func (d *drawing) Frame(x, y, w, h float64, b paper.Border) {
	s := d.last()
	s.Boxes = append(s.Boxes, Box{X: x, Y: y, Width: w, Height: h, Border: &b})
}

func (d *drawing) Line(x1, y1, x2, y2 float64, b paper.Border) {
	s := d.last()
	s.Lines = append(s.Lines, Line{x1, y1, x2, y2, b})
}

func (d *drawing) watermark(text string, p paper.Page) {
	w := acrossPage(text, p)
	d.last().Watermark = &w
}

// acrossPage is a large grey word whose middle is that of the page.
func acrossPage(text string, p paper.Page) Text {
	r := paper.Run{Text: text, Size: 96, Bold: true, Color: paper.Color{R: 234, G: 234, B: 234}}
	w := font.WidthOf(r)
	return Text{Run: r, X: p.Width/2 - w/2, Y: p.Height/2 + r.Size*0.3, Width: w}
}
