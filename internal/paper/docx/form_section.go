package docx

import (
	"encoding/xml"
	"math"
	"path"
	"strconv"
	"strings"

	"sachhon/internal/paper"
)

func (b *formBody) sheetProperty(e xml.StartElement) {
	points := func(name string) float64 {
		n, err := strconv.ParseFloat(attr(e, name), 64)
		if err != nil {
			return 0
		}
		return math.Abs(n) / 20
	}
	p := &b.sheet.Page
	switch e.Name.Local {
	case "pgSz":
		p.Width, p.Height = points("w"), points("h")
	case "pgMar":
		p.Top, p.Bottom, p.Left, p.Right = points("top"), points("bottom"), points("left")+points("gutter"), points("right")
	case "cols":
		b.placer.many = number(attr(e, "num")) > 1
	case "titlePg":
		b.title = on(e)
	case "headerReference", "footerReference":
		b.references[strings.TrimSuffix(e.Name.Local, "Reference")+" "+attr(e, "type")] = b.r.targets[attr(e, "id")]
	}
}

// endSection looks for the number of the page in the headers and footers of a section; one that names none has those of
// the section before it.
func (b *formBody) endSection() error {
	b.end()
	same := len(b.r.out.Sheets) == 0 || b.r.out.Sheets[0].Page == b.sheet.Page
	b.placer.on(b.sheet.Page, b.r.out.Paragraphs[len(b.r.out.Paragraphs)-len(b.placer.spans):], same)
	if len(b.r.out.Sheets) >= maxHeaders {
		return nil
	}
	if n := len(b.r.out.Sheets); n > 0 && len(b.references) == 0 {
		b.sheet.Number = b.r.out.Sheets[n-1].Number
		b.r.out.Sheets = append(b.r.out.Sheets, b.sheet)
		return nil
	}
	number := &b.sheet.Number
	for kind, name := range b.references {
		n, err := b.r.numberIn(name)
		if err != nil {
			return err
		}
		if n.Size == 0 {
			continue
		}
		if strings.HasSuffix(kind, " first") {
			number.First = number.First || b.title
			continue
		}
		number.Center, number.Size = n.Center, n.Size
		number.Top = number.Top || strings.HasPrefix(kind, "header")
		number.Bottom = number.Bottom || strings.HasPrefix(kind, "footer")
	}
	if !b.title && number.Size > 0 {
		number.First = true
	}
	b.r.out.Sheets = append(b.r.out.Sheets, b.sheet)
	return nil
}

// numberIn finds the field PAGE in a header or footer; its size is 0 when there is none.
func (r *formReader) numberIn(name string) (paper.Number, error) {
	f := r.parts[name]
	if f == nil || path.Ext(name) != ".xml" {
		return paper.Number{}, nil
	}
	if n, known := r.numbers[name]; known {
		return n, nil
	}
	found, code, mark, framed := paper.Number{}, false, false, false
	style, para, run := r.plain, look{}, look{}
	page := func(text string) {
		for word := range strings.FieldsSeq(text) {
			if strings.EqualFold(word, "PAGE") && found.Size == 0 {
				l := run.over(r.style(style))
				if found.Size = 10; l.size != nil {
					found.Size = *l.size
				}
				align := para.over(r.style(style)).align
				found.Center = framed || align != nil && *align == "center"
			}
		}
	}
	err := walk(f, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "p":
				style, para, framed = r.plain, look{}, false
			case "pPr":
				mark = true
			case "pStyle":
				style = attr(t, "val")
			case "framePr":
				framed = attr(t, "xAlign") == "center"
			case "r":
				run = look{}
			case "instrText":
				code = true
			case "fldSimple":
				page(attr(t, "instr"))
			default:
				if mark {
					r.property(&para, t)
				} else {
					r.property(&run, t)
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "instrText":
				code = false
			case "pPr":
				mark = false
			}
		case xml.CharData:
			if code {
				page(string(t))
			}
		}
		return nil
	})
	r.numbers[name] = found
	return found, err
}
