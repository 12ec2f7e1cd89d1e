package drafting

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"time"

	"sachhon/internal/decree"
	"sachhon/internal/fault"
	"sachhon/internal/letter"
	"sachhon/internal/paper"
	"sachhon/internal/paper/pdfjoin"
	"sachhon/internal/paper/pdfpicture"
)

// PrintCopy implements letter.Printer. The pages of an original stay as they are, with the block of the copy on a page of
// its own behind them, or the mark of an electronic one above the first; what was composed here, and an extract, is set with
// it.
func (p Printer) PrintCopy(ctx context.Context, l letter.Letter, c letter.Copy, original []byte) ([]byte, error) {
	number, _, _ := strings.Cut(c.Symbol, "/")
	_, notation, _ := strings.Cut(c.Symbol, "-")
	mark := decree.Copy{
		Form: decree.CopyForm(c.Kind), Organ: c.Organ, Number: number, Notation: notation, Place: c.Place, Date: c.Date,
		Recipients: c.Recipients, Signer: c.Signer, Electronic: c.Electronic, SignedAt: c.SignedAt.Time,
	}
	if original == nil {
		var buf bytes.Buffer
		err := decree.PDF(&buf, copied(l, c), decree.Options{Made: c.CreatedAt.Time, Copy: &mark})
		return buf.Bytes(), err
	}
	out, err := joinCopy(ctx, original, l, mark, c.CreatedAt.Time)
	if errors.Is(err, pdfjoin.ErrHard) {
		return nil, fault.TooLarge.With("letter.fault.originalHard").At("original").Because(err)
	}
	if errors.Is(err, pdfjoin.ErrBroken) {
		return nil, fault.Invalid.With("letter.fault.originalBroken").At("original").Because(err)
	}
	return out, err
}

// joinCopy puts together what is set here and the pages of an original.
func joinCopy(ctx context.Context, original []byte, l letter.Letter, mark decree.Copy, made time.Time) ([]byte, error) {
	var ours, out bytes.Buffer
	if mark.Electronic {
		if err := decree.CopyMark(&ours, mark, made); err != nil {
			return nil, err
		}
		err := pdfjoin.Stamp(ctx, &out, original, ours.Bytes(), true, decree.CopyMarkRight*paper.MM, decree.CopyMarkTop*paper.MM, made)
		return out.Bytes(), err
	}
	if err := decree.CopyPDF(&ours, headOf(l), mark, made); err != nil {
		return nil, err
	}
	err := pdfjoin.Append(ctx, &out, original, ours.Bytes(), made)
	return out.Bytes(), err
}

// Pages implements letter.Printer: pictures of pages are set on pages, all of them.
func (p Printer) Pages(ctx context.Context, file []byte) ([]byte, error) {
	if bytes.Contains(file[:min(len(file), 1024)], []byte("%PDF-")) {
		return file, nil
	}
	var buf bytes.Buffer
	if err := pdfpicture.Write(ctx, &buf, p.Pictures, file, paper.Info{Lang: "vi"}, 0); err != nil {
		return nil, fault.Invalid.With("letter.fault.originalBroken").At("original").Because(err)
	}
	return buf.Bytes(), nil
}

// headOf is what names the letter.
func headOf(l letter.Letter) letter.Document {
	f := l.Fields
	doc := letter.Document{
		Form: l.Form(), Type: f.Type, Urgency: f.Urgency, Organ: f.Organ, Number: f.Number, Joint: f.Joint, Notation: f.Notation, Place: f.Place, Date: f.Date,
		Subject: f.Subject, Addressees: f.Addressees, Recipients: f.Recipients, Signer: f.Signer,
	}
	if s := l.Reading.Superior; s != nil {
		doc.Superior = s.Value
	}
	return doc
}

// copied is what is set for a copy: the document, or the part of a letter that is copied, between its head and its foot.
func copied(l letter.Letter, c letter.Copy) letter.Document {
	doc := headOf(l)
	if l.Document != nil {
		doc = *l.Document
	}
	if c.Kind == letter.Extract {
		doc.Blocks, doc.Appendices = nil, nil
		for text := range strings.SplitSeq(c.Excerpt, "\n") {
			doc.Blocks = append(doc.Blocks, letter.Block{Kind: letter.ParagraphBlock, Text: text})
		}
	}
	return doc
}
