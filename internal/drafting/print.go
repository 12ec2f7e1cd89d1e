package drafting

import (
	"bytes"
	"context"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/decree"
	"sachhon/internal/letter"
	"sachhon/internal/paper/pdfsign"
)

// Printer sets letters in the form of the decree, and looks into files signed elsewhere, for letter.Service.
type Printer struct{}

// Print implements letter.Printer.
func (Printer) Print(_ context.Context, doc letter.Document) ([]byte, error) {
	var buf bytes.Buffer
	err := decree.PDF(&buf, doc, decree.Options{})
	return buf.Bytes(), err
}

// Signatures implements letter.Printer. Whether a certificate comes from an authority that the State trusts is not said: no
// roots are known here.
func (Printer) Signatures(_ context.Context, file []byte) ([]letter.Signature, error) {
	found, err := pdfsign.Read(file, nil)
	if err != nil {
		return nil, err
	}
	out := make([]letter.Signature, len(found))
	for i, f := range found {
		out[i] = letter.Signature{
			Signer: f.Signer, Organ: f.Organ, Issuer: f.Issuer, Serial: f.Serial, From: clock.At(f.From), Until: clock.At(f.Until),
			Intact: f.Intact, Whole: f.Whole, Problem: f.Problem,
		}
		if !f.At.IsZero() {
			out[i].At = clock.At(f.At)
		}
	}
	return out, nil
}

// PrintCopy implements letter.Printer: the document with the block of the copy below it. A letter that was read in is set
// from its text, an extract from the part that is copied.
func (Printer) PrintCopy(_ context.Context, l letter.Letter, c letter.Copy) ([]byte, error) {
	number, _, _ := strings.Cut(c.Symbol, "/")
	_, notation, _ := strings.Cut(c.Symbol, "-")
	mark := &decree.Copy{
		Form: decree.CopyForm(c.Kind), Organ: c.Organ, Number: number, Notation: notation, Place: c.Place, Date: c.Date,
		Recipients: c.Recipients, Signer: c.Signer,
	}
	var buf bytes.Buffer
	err := decree.PDF(&buf, copied(l, c), decree.Options{Made: c.CreatedAt.Time, Copy: mark})
	return buf.Bytes(), err
}

// copied is the document that the copy repeats.
func copied(l letter.Letter, c letter.Copy) letter.Document {
	doc := letter.Document{}
	if l.Document != nil {
		doc = *l.Document
	} else {
		f := l.Fields
		doc = letter.Document{
			Type: f.Type, Urgency: f.Urgency, Organ: f.Organ, Number: f.Number, Notation: f.Notation, Place: f.Place, Date: f.Date,
			Subject: f.Subject, Addressees: f.Addressees, Recipients: f.Recipients, Signer: f.Signer, Blocks: bodyOf(l),
		}
		if s := l.Reading.Superior; s != nil {
			doc.Superior = s.Value
		}
	}
	if c.Kind == letter.Extract {
		doc.Blocks, doc.Appendices = nil, nil
		for text := range strings.SplitSeq(c.Excerpt, "\n") {
			doc.Blocks = append(doc.Blocks, letter.Block{Kind: letter.ParagraphBlock, Text: text})
		}
	}
	return doc
}

// bodyOf is the text of a letter that was read in, between its head and its foot as far as the reader found them.
func bodyOf(l letter.Letter) []letter.Block {
	lines := letter.SplitLines(l.Source)
	from, to := 0, len(lines)
	below := func(at letter.Lines) { from = max(from, at[1]) }
	r := l.Reading
	for _, f := range []*letter.Field[string]{r.Type, r.Symbol, r.Organ, r.Superior, r.Place, r.Subject} {
		if f != nil {
			below(f.Lines)
		}
	}
	for _, f := range r.Addressees {
		below(f.Lines)
	}
	if len(r.Recipients) > 0 {
		to = min(to, r.Recipients[0].Lines[0]-1)
	}
	if r.Signer != nil && r.Signer.Lines[0] > 0 {
		to = min(to, r.Signer.Lines[0]-1)
	}
	var out []letter.Block
	for _, line := range lines[min(from, len(lines)):max(min(from, len(lines)), to)] {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "Nơi nhận") || strings.HasPrefix(line, "Độc lập") || strings.HasPrefix(line, "Kính gửi") {
			continue
		}
		out = append(out, letter.Block{Kind: letter.ParagraphBlock, Text: line})
	}
	return out
}
