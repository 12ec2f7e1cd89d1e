package decree

import (
	"cmp"
	"io"
	"strings"
	"time"

	"sachhon/internal/lang"

	"sachhon/internal/clock"
	"sachhon/internal/letter"
	"sachhon/internal/paper"
	"sachhon/internal/paper/docx"
	"sachhon/internal/paper/pdf"
)

// Options are what the paper shows beside the document itself.
type Options struct {
	Made    time.Time // when the file is made; the day of the document when it is zero
	Arrival *Arrival  // the stamp of the organ that received it
	Copy    *Copy     // what makes the paper a copy
}

// PDF sets a document as PDF. One without number or date is marked as a draft.
func PDF(w io.Writer, doc letter.Document, opts Options) error { return pdf.Write(w, Lay(doc, opts)) }

// DOCX sets a document as DOCX.
func DOCX(w io.Writer, doc letter.Document, opts Options) error { return docx.Write(w, Lay(doc, opts)) }

// Sheets returns the pages that PDF sets, for a screen.
func Sheets(doc letter.Document, opts Options) []pdf.Sheet { return pdf.Sheets(Lay(doc, opts)) }

// Issued tells whether the document has its number and date; until then it is a draft.
func Issued(doc letter.Document) bool { return doc.Number != "" && !doc.Date.IsZero() }

// Lay sets the form: what stands where and how large. A body that runs a little over onto another page is set in 13
// points when that spares the page.
func Lay(doc letter.Document, opts Options) paper.Document {
	doc = composed(doc)
	size := BodySize
	main := mainSection(doc, opts, size)
	if n := pdf.Pages(main); n > 1 && doc.Form.OfState() { // the others set nothing in 13 points
		if small := mainSection(doc, opts, SmallBodySize); pdf.Pages(small) < n {
			size, main = SmallBodySize, small
		}
	}
	out := paper.Document{Info: info(doc, opts), Sections: []paper.Section{main}}
	for i := range doc.Appendices {
		out.Sections = append(out.Sections, appendixSection(doc, i, size))
	}
	return out
}

func info(doc letter.Document, opts Options) paper.Info {
	made := opts.Made
	if made.IsZero() && !doc.Date.IsZero() {
		made = time.Date(doc.Date.Year, time.Month(doc.Date.Month), doc.Date.Day, 0, 0, 0, 0, clock.Zone)
	}
	return paper.Info{Title: Title(doc), Author: doc.Organ, Subject: doc.Subject, Lang: "vi", Date: made}
}

// Title is how the document is called: "Công văn số 1903/UBND-VH về hưởng ứng …".
func Title(doc letter.Document) string {
	parts := []string{lang.Capital(cmp.Or(doc.Type, letter.OfficialLetter))}
	if s := symbol(doc); s != "" {
		parts = append(parts, "số "+s)
	}
	if doc.Subject != "" {
		parts = append(parts, doc.Subject)
	}
	return strings.Join(parts, " ")
}

// symbol is the number, padded as the decree asks, with the notation; "" before there is a number.
func symbol(doc letter.Document) string {
	if doc.Number == "" {
		return ""
	}
	return padded(doc.Number) + doc.SymbolJoint() + doc.Notation
}

// padded writes numbers below ten with a zero.
func padded(number string) string {
	if len(number) == 1 && number[0] >= '0' && number[0] <= '9' {
		return "0" + number
	}
	return number
}

// mainSection is the document without its appendices.
func mainSection(doc letter.Document, opts Options, size float64) paper.Section {
	p := pageOf(doc.Form)
	s := paper.Section{Page: p, Numbered: true, NumberSize: PageSize}
	if opts.Copy != nil && opts.Copy.Electronic {
		s.Blocks = append(s.Blocks, opts.Copy.mark())
	}
	s.Blocks = append(s.Blocks, heading(doc, opts, p.TextWidth())...)
	s.Blocks = append(s.Blocks, salutation(doc.Addressees, size, p.TextWidth())...)
	if opts.Copy != nil && opts.Copy.Form == ExtractCopy {
		s.Blocks = append(s.Blocks, literal(doc, size, p.TextWidth())...)
	} else {
		s.Blocks = append(s.Blocks, content(doc, size, p.TextWidth())...)
	}
	list := recipientsOf(doc)
	if doc.Secretary != "" {
		s.Blocks = append(s.Blocks, minuted(doc.Secretary, doc.Signer, p.TextWidth()), paper.Space{Height: 12})
		s.Blocks = append(s.Blocks, list...)
	} else {
		s.Blocks = append(s.Blocks, beside(list, signature(doc.Signer, p.TextWidth()*closingRight), p.TextWidth()))
	}
	if opts.Copy != nil && !opts.Copy.Electronic {
		s.Blocks = append(s.Blocks, opts.Copy.blocks(p.TextWidth())...)
	}
	if doc.Contact != "" {
		s.FirstFooter = []paper.Block{
			paper.Rule{}, paper.Paragraph{Align: paper.Center, Before: 3, Runs: []paper.Run{{Text: doc.Contact, Size: ContactSize}}},
		}
	}
	if !Issued(doc) && opts.Copy == nil && doc.Secretary == "" { // minutes are signed as they stand and numbered afterwards
		s.Watermark = DraftMark
	}
	return s
}

// DraftMark is written across the pages of a document that has not been issued.
const DraftMark = "DỰ THẢO"
