package docx

import (
	"archive/zip"
	"encoding/xml"
	"strings"
	"unicode/utf8"

	"sachhon/internal/lang"
	"sachhon/internal/lang/legacy"
	"sachhon/internal/paper"
)

// formBody turns the body into paragraphs with their looks.
type formBody struct {
	r      *formReader
	skip   int
	tables int
	inText bool

	style      string
	para, run  look
	mark       bool // within the properties of a paragraph, of which the look of its mark is no text's
	inRun      bool
	text       strings.Builder
	looks      map[runLook]int // how many letters have each look
	section    bool
	sheet      paper.Sheet
	references map[string]string // kind of margin → part
	title      bool
	ruler      ruler
	placer     placer
	fallback   int // depth within what is there a second time
}

type runLook struct {
	font, color  string
	size         float64
	bold, italic bool
}

func (r *formReader) document(f *zip.File) error {
	b := &formBody{r: r, looks: map[runLook]int{}}
	return walk(f, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			return b.open(t)
		case xml.EndElement:
			return b.close(t.Name.Local)
		case xml.CharData:
			if b.inText && b.skip == 0 {
				b.add(string(t))
			}
		}
		return nil
	})
}

// leftOutOfForm is what says nothing of the form; the properties of sections and paragraphs do.
func leftOutOfForm(name string) bool {
	return leftOut[name] && name != "sectPr"
}

func (b *formBody) open(e xml.StartElement) error {
	name := e.Name.Local
	if name == "Fallback" || b.fallback > 0 {
		b.fallback++ // what was seen already, for older programs
	} else {
		b.ruler.see(e)
		if name != "p" && name != "tbl" { // which end the line before them
			b.placer.see(e)
		}
	}
	if b.skip > 0 || leftOutOfForm(name) {
		b.skip++
		return nil
	}
	switch name {
	case "tbl":
		b.tables++
		b.placer.see(e)
	case "p":
		b.endParagraph()
		b.placer.see(e)
		b.style, b.para = b.r.plain, look{}
	case "pPr":
		b.mark = true
	case "pStyle":
		b.style = attr(e, "val")
	case "r":
		b.inRun, b.run = true, look{}
	case "t":
		b.inText = true
	case "tab":
		if b.inRun && !b.mark {
			b.text.WriteByte('\t')
		}
	case "br", "cr":
		b.end()
	case "sectPr":
		b.section, b.sheet, b.references, b.title = true, paper.Sheet{}, map[string]string{}, false
	default:
		if b.section {
			b.sheetProperty(e)
			return nil
		}
		switch {
		case b.mark && (name == "jc" || name == "ind" || name == "spacing" || name == "numPr" || name == "numId" || name == "bottom" && b.ruler.bordered):
			b.r.property(&b.para, e)
		case b.inRun && !b.mark:
			b.r.property(&b.run, e)
		}
	}
	return nil
}

func (b *formBody) close(name string) error {
	if b.fallback == 0 && (name != "tbl" || b.skip == 0) {
		b.placer.leave(name)
	}
	b.fallback = max(0, b.fallback-1)
	b.ruler.leave(name)
	if b.skip > 0 {
		b.skip--
		return nil
	}
	switch name {
	case "tbl":
		b.tables = max(0, b.tables-1)
	case "p":
		b.endParagraph()
	case "pPr":
		b.mark = false
	case "r":
		b.inRun = false
	case "t":
		b.inText = false
	case "sectPr":
		b.section = false
		return b.endSection()
	}
	if len(b.r.out.Paragraphs) > maxParagraphs {
		return tooLarge()
	}
	return nil
}

// maxParagraphs is how many paragraphs and lines a document may have.
const maxParagraphs = 40_000

func (b *formBody) add(s string) {
	l := b.run.over(b.r.style(b.style))
	look := runLook{size: 10, font: "Times New Roman"} // what the format takes where nothing is said
	if l.font != nil && *l.font != "" {
		look.font = *l.font
	}
	if l.size != nil {
		look.size = *l.size
	}
	if l.color != nil && *l.color != "auto" {
		look.color = strings.ToUpper(*l.color)
	}
	look.bold, look.italic = l.bold != nil && *l.bold, l.italic != nil && *l.italic
	if e, _, ok := legacy.OfFont(look.font); ok {
		s = e.Decode(s)
	}
	b.text.WriteString(s)
	n := utf8.RuneCountInString(strings.TrimSpace(s))
	if b.ruler.letters += n; l.underline != nil && *l.underline {
		b.ruler.underlined += n
	}
	if len(b.looks) < maxLooks {
		b.looks[look] += n
	}
}

// maxLooks is how many looks of one paragraph are told apart.
const maxLooks = 100

// end keeps the line that was read, if anything stands in it.
func (b *formBody) end() {
	text := strings.TrimRight(lang.NFC(b.text.String()), " \t")
	b.text.Reset()
	if strings.TrimSpace(text) == "" {
		b.ruler.letters, b.ruler.underlined = 0, 0
		clear(b.looks)
		return
	}
	if dashes(text) {
		b.ruleLast()
	}
	l := b.para.over(b.r.style(b.style))
	value := func(p *float64) float64 {
		if p == nil {
			return 0
		}
		return *p
	}
	s := paper.Set{
		Text: text, First: value(l.first), Left: value(l.left), Before: value(l.before), After: value(l.after), Line: 1,
		InTable: b.tables > 0, Label: l.label != nil && *l.label,
	}
	if l.align != nil {
		switch *l.align {
		case "center":
			s.Align = paper.Center
		case "right", "end":
			s.Align = paper.Right
		case "both", "distribute":
			s.Align = paper.Justify
		}
	}
	best := -1
	for look, n := range b.looks {
		if n > best || n == best && look.size > s.Size {
			best = n
			s.Font, s.Size, s.Bold, s.Italic, s.Color = look.font, look.size, look.bold, look.italic, look.color
		}
	}
	clear(b.looks)
	b.ruled(&s, l)
	if l.line != nil {
		if s.Line = *l.line; s.Line < 0 { // a height in points
			const single = 1.15
			s.Line = -s.Line / (max(s.Size, 1) * single)
		}
	}
	b.r.out.Paragraphs = append(b.r.out.Paragraphs, s)
	b.placer.place(s, value(l.right))
}
