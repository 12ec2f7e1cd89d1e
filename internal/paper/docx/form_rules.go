package docx

import (
	"encoding/xml"
	"strings"

	"sachhon/internal/paper"
)

// ruler looks for the lines that are drawn below texts. Word processors draw them in many ways: as an underline, as the border
// of a paragraph or of an empty one below, of a cell, as a row of dashes, or as a shape that stands wherever it was dragged.
type ruler struct {
	letters, underlined int  // of the line that is read
	bordered            bool // within the borders of a paragraph
	above, below        bool // borders of the paragraph itself
	cell                bool // within the borders of a cell
	shapes              int  // since the last line of text
}

// shape elements of drawings, of today's format and of the one before.
var shapes = map[string]bool{"wsp": true, "cxnSp": true, "line": true, "connector": true, "shape": true, "rect": true, "polyline": true}

// see takes notice of an element, of a part that is left out too.
func (r *ruler) see(e xml.StartElement) {
	switch name := e.Name.Local; name {
	case "pBdr":
		r.bordered = true
	case "tcBorders", "tblBorders":
		r.cell = true
	case "top":
		r.above = r.above || r.bordered && isLine(e)
	case "bottom":
		r.below = r.below || r.bordered && isLine(e)
		if r.cell && isLine(e) {
			r.shapes++ // below which of its texts is not known
		}
	default:
		if shapes[name] {
			r.shapes++
		}
	}
}

func (r *ruler) leave(name string) {
	switch name {
	case "pBdr":
		r.bordered = false
	case "tcBorders", "tblBorders":
		r.cell = false
	}
}

// dashes tells whether a text is a line made of signs.
func dashes(text string) bool {
	return len(text) > 2 && strings.Trim(text, "-_–—― \u00a0") == ""
}

// paragraph ends: one without text is the line of the text above it when it has a border.
func (b *formBody) endParagraph() {
	b.end()
	if b.ruler.above || b.ruler.below {
		b.ruleLast()
	}
	b.ruler.above, b.ruler.below = false, false
}

// ruleLast notes a line below the text that was read last.
func (b *formBody) ruleLast() {
	if n := len(b.r.out.Paragraphs); n > 0 {
		b.r.out.Paragraphs[n-1].Under = paper.Drawn
	}
}

// ruled says of a line of text whether it has a line of its own below it.
func (b *formBody) ruled(s *paper.Set, l look) {
	if b.ruler.above { // it is the one of the text above
		b.ruleLast()
		b.ruler.above = false
	}
	s.Under = paper.Absent
	if l.under != nil && *l.under || b.ruler.letters > 0 && b.ruler.underlined*2 > b.ruler.letters {
		s.Under = paper.Drawn
	}
	s.Shapes = b.ruler.shapes
	b.ruler.shapes, b.ruler.letters, b.ruler.underlined = 0, 0, 0
}
