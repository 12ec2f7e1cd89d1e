package docx

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"

	"sachhon/internal/lang"
	"sachhon/internal/paper"
)

// xmlText gathers XML; texts are composed and escaped on the way.
type xmlText struct{ strings.Builder }

func (x *xmlText) raw(s string)               { x.WriteString(s) }
func (x *xmlText) rawf(f string, args ...any) { x.raw(fmt.Sprintf(f, args...)) }

// escaped is a text as it may stand in an element or attribute. Characters that XML cannot hold are left out.
func escaped(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, lang.NFC(strings.ToValidUTF8(s, "")))
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err) // a strings.Builder takes everything
	}
	return b.String()
}

func twips(points float64) int           { return int(math.Round(points * 20)) }
func halfPoints(points float64) string   { return strconv.Itoa(int(math.Round(points * 2))) }
func eighths(points float64) int         { return max(2, int(math.Round(points*8))) }
func hex(c paper.Color) string           { return fmt.Sprintf("%02X%02X%02X", c.R, c.G, c.B) }
func justification(a paper.Align) string { return [...]string{"left", "center", "right", "both"}[a] }

// blocks writes blocks into a story. A table must not be the last in a cell or touch another, so a paragraph of no height
// is put behind it where that would be.
type blocks struct {
	x         *xmlText
	tableLast bool
	turn      bool // the next paragraph begins a page
}

const keptParagraph = `<w:keepNext/>`

const tiny = `<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr>`

func (b *blocks) write(list []paper.Block, width float64) {
	for _, block := range list {
		switch block := block.(type) {
		case paper.Paragraph:
			b.paragraph(block)
			b.tableLast = false
		case paper.Rule:
			b.rule(block, width)
			b.tableLast = false
		case paper.Space:
			b.x.rawf(`<w:p><w:pPr>%s<w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>`,
				b.turned(), max(20, twips(block.Height)))
			b.tableLast = false
		case paper.PageBreak:
			b.turn = true
		case paper.Table:
			b.table(block)
			b.tableLast = true
		default:
			panic(fmt.Sprintf("docx: no element for %T", block))
		}
	}
}

// turned asks for a new page once.
func (b *blocks) turned() string {
	if !b.turn {
		return ""
	}
	b.turn = false
	return `<w:pageBreakBefore/>`
}

// afterTable ends a story whose last block is a table.
func (b *blocks) afterTable() {
	if b.tableLast || b.turn {
		b.x.raw(`<w:p><w:pPr>` + b.turned() + tiny + `</w:pPr></w:p>`)
		b.tableLast = false
	}
}

func (b *blocks) paragraph(p paper.Paragraph) {
	x := b.x
	x.raw(`<w:p><w:pPr>`)
	if p.KeepNext {
		x.raw(keptParagraph)
	}
	if p.Together {
		x.raw(`<w:keepLines/>`)
	}
	x.raw(b.turned())
	if len(p.Tabs) > 0 {
		x.raw(`<w:tabs>`)
		for _, t := range p.Tabs {
			x.rawf(`<w:tab w:val="left" w:pos="%d"/>`, twips(t))
		}
		x.raw(`</w:tabs>`)
	}
	spacing := p.Line
	if spacing == 0 {
		spacing = 1
	}
	x.rawf(`<w:spacing w:before="%d" w:after="%d" w:line="%d" w:lineRule="auto"/>`, twips(p.Before), twips(p.After), int(math.Round(spacing*240)))
	if p.Left != 0 || p.Right != 0 || p.First != 0 {
		x.rawf(`<w:ind w:left="%d" w:right="%d"`, twips(p.Left), twips(p.Right))
		if p.First < 0 {
			x.rawf(` w:hanging="%d"/>`, twips(-p.First))
		} else {
			x.rawf(` w:firstLine="%d"/>`, twips(p.First))
		}
	}
	x.rawf(`<w:jc w:val="%s"/></w:pPr>`, justification(p.Align))
	for _, r := range p.Runs {
		x.run(r)
	}
	x.raw(`</w:p>`)
}

func (x *xmlText) run(r paper.Run) {
	if r.Text == "" {
		return
	}
	x.raw(`<w:r><w:rPr>`)
	if r.Face == paper.Sans {
		x.raw(`<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>`)
	}
	if r.Bold {
		x.raw(`<w:b/><w:bCs/>`)
	}
	if r.Italic {
		x.raw(`<w:i/><w:iCs/>`)
	}
	if r.Color != (paper.Color{}) {
		x.rawf(`<w:color w:val="%s"/>`, hex(r.Color))
	}
	size := halfPoints(r.Points())
	x.rawf(`<w:sz w:val="%s"/><w:szCs w:val="%s"/></w:rPr>`, size, size)
	for i, text := range strings.Split(r.Text, "\n") {
		if i > 0 {
			x.raw(`<w:br/>`)
		}
		for n, text := range strings.Split(text, "\t") {
			if n > 0 {
				x.raw(`<w:tab/>`)
			}
			if text != "" {
				x.raw(`<w:t xml:space="preserve">` + escaped(text) + `</w:t>`)
			}
		}
	}
	x.raw(`</w:r>`)
}

// rule is an empty paragraph with a border above it, indented to its length.
func (b *blocks) rule(r paper.Rule, width float64) {
	left, right := 0.0, 0.0
	if r.Width > 0 && r.Width < width {
		switch free := width - r.Width; r.Align {
		case paper.Center:
			left, right = free/2, free/2
		case paper.Right:
			left = free
		case paper.Left, paper.Justify:
			right = free
		}
	}
	thickness := r.Thickness
	if thickness == 0 {
		thickness = 0.75
	}
	keep := ""
	if r.KeepNext {
		keep = keptParagraph
	}
	b.x.rawf(`<w:p><w:pPr>%s<w:pBdr><w:top w:val="single" w:sz="%d" w:space="0" w:color="%s"/></w:pBdr>`+
		`<w:spacing w:before="%d" w:after="%d" w:line="20" w:lineRule="exact"/><w:ind w:left="%d" w:right="%d"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>`,
		keep+b.turned(), eighths(thickness), hex(r.Color), twips(r.Before), twips(r.After), twips(left), twips(right))
}

func (b *blocks) table(t paper.Table) {
	x := b.x
	if b.tableLast || t.Before > 0 || b.turn { // what is kept with the table must be kept with this space, and that with the table
		x.rawf(`<w:p><w:pPr>`+keptParagraph+`%s<w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>`,
			b.turned(), max(20, twips(t.Before)))
	}
	x.rawf(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="%s"/>`, twips(t.Width()), [...]string{"left", "center", "right", "left"}[t.Align])
	if t.Border != nil {
		x.raw(`<w:tblBorders>`)
		for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			x.rawf(`<w:%s w:val="single" w:sz="%d" w:space="0" w:color="%s"/>`, side, eighths(t.Border.Width), hex(t.Border.Color))
		}
		x.raw(`</w:tblBorders>`)
	}
	pad, padY := twips(t.Padding), twips(t.PadY)
	x.rawf(`<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="%d" w:type="dxa"/><w:left w:w="%d" w:type="dxa"/><w:bottom w:w="%d" w:type="dxa"/>`+
		`<w:right w:w="%d" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`, padY, pad, padY, pad)
	for _, c := range t.Columns {
		x.rawf(`<w:gridCol w:w="%d"/>`, twips(c))
	}
	x.raw(`</w:tblGrid>`)
	for _, r := range t.Rows {
		x.raw(`<w:tr><w:trPr>`)
		if r.Whole || t.Border == nil || r.Head {
			x.raw(`<w:cantSplit/>`)
		}
		if r.Height > 0 {
			x.rawf(`<w:trHeight w:val="%d" w:hRule="atLeast"/>`, twips(r.Height))
		}
		if r.Head {
			x.raw(`<w:tblHeader/>`)
		}
		x.raw(`</w:trPr>`)
		at := 0
		for _, c := range r.Cells {
			w := 0.0
			for i := at; i < min(at+c.Columns(), len(t.Columns)); i++ {
				w += t.Columns[i]
			}
			at += c.Columns()
			x.rawf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, twips(w))
			if c.Columns() > 1 {
				x.rawf(`<w:gridSpan w:val="%d"/>`, c.Columns())
			}
			if c.Fill != nil {
				x.rawf(`<w:shd w:val="clear" w:color="auto" w:fill="%s"/>`, hex(*c.Fill))
			}
			if c.Middle {
				x.raw(`<w:vAlign w:val="center"/>`)
			}
			x.raw(`</w:tcPr>`)
			inner := &blocks{x: x}
			list := c.Blocks
			if t.KeepNext {
				list = keptNext(list)
			}
			inner.write(list, w-2*t.Padding)
			if len(c.Blocks) == 0 {
				x.raw(emptyParagraph)
			}
			inner.afterTable()
			x.raw(`</w:tc>`)
		}
		x.raw(`</w:tr>`)
	}
	x.raw(`</w:tbl>`)
}

// keptNext keeps the rows of a table together through their paragraphs, as word processors do.
func keptNext(list []paper.Block) []paper.Block {
	out := make([]paper.Block, len(list))
	for i, b := range list {
		if p, ok := b.(paper.Paragraph); ok {
			p.KeepNext = true
			b = p
		}
		out[i] = b
	}
	return out
}
