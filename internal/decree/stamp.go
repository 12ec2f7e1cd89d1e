package decree

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"sachhon/internal/lang"

	"sachhon/internal/clock"
	"sachhon/internal/letter"
	"sachhon/internal/paper"
	"sachhon/internal/paper/font"
	"sachhon/internal/paper/pdf"
)

// stamp is the mark of urgency in its frame.
func stamp(urgency string, millimetres float64) paper.Block {
	w := millimetres * paper.MM
	look := paper.Run{Text: upper(urgency), Size: StampSize, Bold: true, Color: Red}
	for look.Size > 8 && font.WidthOf(look) > w-4 {
		look.Size -= 0.5
	}
	return paper.Box(w, StampHeight*paper.MM, paper.Border{Width: 1, Color: Red}, paper.Center, paper.Text(paper.Center, look))
}

// Arrival is the stamp "ĐẾN" of the organ that received a document: 35 × 50 mm, Appendix IV.
type Arrival struct {
	Organ  string
	Number string    // of the arrival
	Date   time.Time // of the arrival; the day is left open when it is zero
	To     string    // to whom it was passed
	File   string    // number and symbol of the file it is kept in
}

// ArrivalWidth and ArrivalHeight are the size of the stamp in millimetres.
const (
	ArrivalWidth  = 50.0
	ArrivalHeight = 35.0
)

func (a Arrival) box(align paper.Align) paper.Table {
	const inner = ArrivalWidth*paper.MM - 8
	red := func(text string, size float64, strong bool) paper.Run {
		return paper.Run{Text: text, Size: size, Bold: strong, Color: Red}
	}
	organ := red("", 8, true)
	names := nameLines(a.Organ, bold, organ.Size, inner)
	for organ.Size > 5 && len(names) > 2 {
		organ.Size -= 0.5
		names = nameLines(a.Organ, bold, organ.Size, inner)
	}
	// A dotted line follows what is still to be written by hand.
	line := func(label, text string) paper.Paragraph {
		r := red(label+" "+text, 9, false)
		if text == "" {
			dots := int((inner - font.WidthOf(r)) / font.Style{}.Width(".", 9))
			r.Text = label + " " + strings.Repeat(".", max(0, dots))
		}
		for r.Size > 6 && font.WidthOf(r) > inner {
			r.Size -= 0.5
		}
		return paper.Paragraph{Left: 4, Before: 2.5, Runs: []paper.Run{r}}
	}
	day := ""
	if !a.Date.IsZero() {
		day = a.Date.In(clock.Zone).Format("02/01/2006")
	}
	number := a.Number
	if number != "" {
		number = padded(number)
	}
	inside := append(centred(names, organ),
		paper.Paragraph{Align: paper.Center, Runs: []paper.Run{red("ĐẾN", 14, true)}},
		line("Số:", number), line("Ngày:", day), line("Chuyển:", a.To), line("Số và ký hiệu HS:", a.File))
	return paper.Box(ArrivalWidth*paper.MM, ArrivalHeight*paper.MM, paper.Border{Width: 1.2, Color: Red}, align, inside...)
}

// ArrivalPDF is a page of the stamp alone, to be printed onto or kept with a document that came as a file or on paper.
func ArrivalPDF(w io.Writer, a Arrival, made time.Time) error {
	p := page()
	return pdf.Write(w, paper.Document{
		Info:     paper.Info{Title: "Dấu đến " + a.Number, Author: a.Organ, Date: made},
		Sections: []paper.Section{{Page: p, Blocks: []paper.Block{a.box(paper.Left)}}},
	})
}

// ArrivalMark is the stamp on a sheet of its own size, to be stamped onto a free place of a page.
func ArrivalMark(w io.Writer, a Arrival, made time.Time) error {
	const edge = 1.0 // half of the frame's line, and a little
	box := a.box(paper.Left)
	canvas := pdf.New(paper.Info{Title: "Dấu đến " + a.Number, Author: a.Organ, Date: made})
	canvas.AddPage(paper.Page{Width: box.Width() + 2*edge, Height: ArrivalHeight*paper.MM + 2*edge})
	canvas.Place([]paper.Block{box}, edge, edge, box.Width())
	return canvas.Output(w)
}

// CopyForm is how a copy was made.
type CopyForm string

// The forms of copies (Articles 25 and 26), with their abbreviations in symbols.
const (
	FullCopy    CopyForm = "SY"  // sao y: the whole original
	CopyOfCopy  CopyForm = "SL"  // sao lục: the whole of a sao y
	ExtractCopy CopyForm = "TrS" // trích sao: a part of the original
)

// Label is what is written on the copy.
func (f CopyForm) Label() string {
	switch f {
	case CopyOfCopy:
		return "SAO LỤC"
	case ExtractCopy:
		return "TRÍCH SAO"
	case FullCopy:
	}
	return "SAO Y"
}

// Copy is what makes a paper a copy, under a rule after the copied document (Appendix I, part II).
type Copy struct {
	Form       CopyForm
	Superior   string
	Organ      string // that copies
	Number     string // in the series of copies of the year
	Notation   string // of the organ: "UBND"
	Place      string
	Date       letter.Date
	Recipients []string
	Signer     letter.Signer
	Electronic bool      // it says so at the top right, and the organ signs it; a paper copy has its block below the rule
	SignedAt   time.Time // of an electronic copy; left to the signature while it is zero
}

// Symbol is the number of the copy: "12/SY-UBND".
func (c Copy) Symbol() string {
	return padded(c.Number) + "/" + string(cmp.Or(c.Form, FullCopy)) + "-" + c.Notation
}

// CopyPDF is the page of a copy that stands behind the pages of its original, where these are kept as they are. It names
// the original, because it is a sheet of its own.
func CopyPDF(w io.Writer, original letter.Document, c Copy, made time.Time) error {
	p := page()
	name := lang.Capital(cmp.Or(original.Type, letter.OfficialLetter))
	if s := symbol(original); s != "" {
		name += " số " + s
	}
	if d := original.Date; !d.IsZero() {
		name += " ngày " + d.LongDate()
	}
	if original.Organ != "" {
		name += " của " + original.Organ
	}
	of := paper.Paragraph{KeepNext: true, Runs: []paper.Run{{Text: "Bản sao của: " + name, Size: CopyOfSize, Italic: true}}}
	return pdf.Write(w, paper.Document{
		Info:     paper.Info{Title: c.Form.Label() + " " + c.Symbol(), Author: c.Organ, Lang: "vi", Date: made},
		Sections: []paper.Section{{Page: p, Blocks: append([]paper.Block{of}, c.blocks(p.TextWidth())...)}},
	})
}

func (c Copy) blocks(width float64) []paper.Block {
	left, right, size := columns(width)
	doc := letter.Document{Superior: c.Superior, Organ: c.Organ, Place: c.Place, Date: c.Date}
	number := "Số: " + c.Symbol()
	if c.Number == "" {
		number = fmt.Sprintf("Số:%s/%s-%s", strings.Repeat("\u00a0", 8), cmp.Or(c.Form, FullCopy), c.Notation)
	}
	head := paper.Table{
		Columns: []float64{left, right}, KeepNext: true,
		Rows: []paper.Row{
			{Whole: true, Cells: []paper.Cell{
				{Blocks: organs(doc, size, left-6)},
				{Blocks: []paper.Block{paper.Text(paper.Center, paper.Run{Text: c.Form.Label(), Size: size + 1, Bold: true})}},
			}},
			{Whole: true, Cells: []paper.Cell{
				{Blocks: []paper.Block{paper.Text(paper.Center, paper.Run{Text: number, Size: NumberSize})}},
				{Blocks: []paper.Block{paper.Text(paper.Center, paper.Run{Text: dateLine(doc), Size: size + 1, Italic: true})}},
			}},
		},
	}
	return []paper.Block{
		paper.Paragraph{Runs: []paper.Run{{Text: "", Size: 6}}, KeepNext: true},
		paper.Rule{After: 6, KeepNext: true},
		head, closing(c.Recipients, c.Signer, "", width),
	}
}

// mark is the text at the top right of an electronic copy (box 14): the form, the organ, and when it was signed, with
// Vietnam's zone. The decree shows no picture of the organ's signature there. What is yet to be signed has room for the time,
// which only the program that signs knows.
func (c Copy) mark() paper.Paragraph {
	const layout = "02-01-2006 15:04:05 -07:00"
	text := lang.Capital(strings.ToLower(c.Form.Label())) + "; " + c.Organ + ";"
	p := paper.Paragraph{Align: paper.Right, After: 4}
	if c.SignedAt.IsZero() {
		p.Right = plain.Width(" "+layout, CopyMarkSize)
	} else {
		text += " " + c.SignedAt.In(clock.Zone).Format(layout)
	}
	p.Runs = []paper.Run{{Text: text, Size: CopyMarkSize}}
	return p
}

// CopyMark is the mark of an electronic copy on a sheet of its own size, to be stamped onto the first page of its original:
// CopyMarkRight and CopyMarkTop millimetres from the page's edges.
func CopyMark(w io.Writer, c Copy, made time.Time) error {
	width := page().TextWidth()
	mark := []paper.Block{c.mark()}
	canvas := pdf.New(paper.Info{Title: c.Form.Label() + " " + c.Symbol(), Author: c.Organ, Lang: "vi", Date: made})
	canvas.AddPage(paper.Page{Width: width, Height: pdf.Measure(mark, width)})
	canvas.Place(mark, 0, 0, width)
	return canvas.Output(w)
}

// CopyMarkRight and CopyMarkTop are the place of CopyMark: in the upper margin, above what the original has there.
const (
	CopyMarkRight = MarginRight
	CopyMarkTop   = 10.0
)
