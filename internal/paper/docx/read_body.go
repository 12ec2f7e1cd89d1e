package docx

import (
	"archive/zip"
	"encoding/xml"
	"strconv"
	"strings"

	"sachhon/internal/lang/legacy"
	"sachhon/internal/paper/flow"
)

// reader holds what the parts of one file share.
type reader struct {
	lists  lists
	named  map[string]style
	plain  style  // of text that names none
	noted  bool   // a footnote was referred to
	legacy string // the encoding of an old font that was met
}

// style is what a named style says about its paragraphs and runs.
type style struct {
	basedOn  string
	list     listRef
	font     string
	capitals bool
}

// listRef is the place of a paragraph in a numbered list.
type listRef struct {
	num   string
	level int
}

// body turns one part into lines.
type body struct {
	r    *reader
	out  *flow.Builder
	skip int // depth within an element that is left out

	para  paragraph
	run   run
	stack []paragraph // paragraphs that a text box interrupted
	text  bool        // within w:t
	rpr   bool        // within the properties of a run
	ppr   bool
}

type paragraph struct {
	begun bool
	style string
	list  listRef
	set   bool // the list was set here, perhaps to none
}

type run struct {
	font     string
	capitals bool
	hidden   bool
}

// left out: deleted and moved text, the second form of what has two, the code of fields, comments.
var leftOut = map[string]bool{
	"del": true, "moveFrom": true, "Fallback": true, "instrText": true, "delText": true, "delInstrText": true, "annotation": true,
	"sectPr": true, "tblPr": true, "tblGrid": true, "trPr": true, "tcPr": true, "sdtPr": true, "pPrChange": true, "rPrChange": true,
}

func (r *reader) part(f *zip.File) ([]string, error) {
	b := &body{r: r, out: &flow.Builder{}}
	err := walk(f, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			b.open(t)
		case xml.EndElement:
			b.close(t.Name.Local)
		case xml.CharData:
			if b.text && b.skip == 0 {
				b.add(string(t))
			}
		}
		if b.out.Err() != nil {
			return tooLarge()
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	lines, err := b.out.Lines()
	if err != nil {
		return nil, tooLarge()
	}
	return lines, nil
}

func (b *body) open(e xml.StartElement) {
	name := e.Name.Local
	if b.skip > 0 || leftOut[name] {
		b.skip++
		return
	}
	switch name {
	case "tbl":
		b.out.OpenTable()
	case "tr":
		b.out.OpenRow()
	case "tc":
		b.out.OpenCell()
	case "p":
		b.out.Flush()
		b.para = paragraph{}
	case "pPr":
		b.ppr = true
	case "rPr":
		b.rpr = true
	case "r":
		b.run = run{}
	case "t":
		b.text = true
	case "tab":
		if !b.ppr && !b.rpr {
			b.add("\t")
		}
	case "ptab":
		b.add("\t")
	case "br", "cr":
		if !b.out.Empty() {
			b.out.Break()
		}
	case "noBreakHyphen":
		b.add("-")
	case "softHyphen":
		if e, _, ok := legacy.OfFont(b.font()); ok && e == legacy.TCVN3 {
			b.add("\u00ad")
		}
	case "footnoteReference":
		b.r.noted = true
	case "txbxContent": // a stamp, mostly: it stands before the paragraph that holds it
		b.out.Flush()
		b.stack = append(b.stack, b.para)
	default:
		b.property(e)
	}
}

// property takes over what matters of a paragraph's or run's properties.
func (b *body) property(e xml.StartElement) {
	switch e.Name.Local {
	case "pStyle":
		b.para.style = attr(e, "val")
	case "numId":
		if b.ppr {
			b.para.list.num, b.para.set = attr(e, "val"), true
		}
	case "ilvl":
		if b.ppr {
			b.para.list.level = level(attr(e, "val"))
		}
	case "rFonts":
		if b.rpr && !b.ppr {
			b.run.font = fontOf(e)
		}
	case "caps":
		if b.rpr && !b.ppr {
			b.run.capitals = on(e)
		}
	case "vanish":
		if b.rpr && !b.ppr {
			b.run.hidden = on(e)
		}
	}
}

func fontOf(e xml.StartElement) string {
	if font := attr(e, "ascii"); font != "" {
		return font
	}
	return attr(e, "hAnsi")
}

func level(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n >= maxLevels {
		return 0
	}
	return n
}

func (b *body) close(name string) {
	if b.skip > 0 {
		b.skip--
		return
	}
	switch name {
	case "tbl":
		b.out.CloseTable()
	case "p":
		b.end()
	case "pPr":
		b.ppr = false
	case "rPr":
		b.rpr = false
	case "r":
		b.run = run{}
	case "t":
		b.text = false
	case "txbxContent":
		b.out.Flush()
		if n := len(b.stack); n > 0 {
			b.para, b.stack = b.stack[n-1], b.stack[:n-1]
		}
	}
}

// end finishes a paragraph; an empty one stays an empty line.
func (b *body) end() {
	b.begin(false)
	b.out.Break()
	b.para = paragraph{}
}

// begin writes the number of a paragraph once, before its first text.
func (b *body) begin(text bool) {
	if b.para.begun || !text {
		return
	}
	b.para.begun = true
	ref := b.para.list
	if !b.para.set {
		ref = b.r.style(b.para.style).list
	}
	if label := b.r.lists.next(ref); label != "" {
		b.out.Text(label + " ")
	}
}

func (b *body) add(s string) {
	if b.run.hidden || b.skip > 0 || s == "" {
		return
	}
	named := b.r.style(b.para.style)
	capitals := b.run.capitals || named.capitals
	if e, upper, ok := legacy.OfFont(b.font()); ok {
		decoded := e.Decode(s)
		if decoded != s {
			b.r.legacy = string(e)
		}
		s, capitals = decoded, capitals || upper
	}
	if capitals {
		s = strings.ToUpper(s)
	}
	// A line break or tab that stands in the text itself is a space.
	if s != "\t" {
		s = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(s)
	}
	if strings.TrimSpace(s) != "" {
		b.begin(true)
	}
	b.out.Text(s)
}

func (b *body) font() string {
	if b.run.font != "" {
		return b.run.font
	}
	if font := b.r.style(b.para.style).font; font != "" {
		return font
	}
	return b.r.plain.font
}
