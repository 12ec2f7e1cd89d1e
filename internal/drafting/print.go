package drafting

import (
	"bytes"
	"context"

	"sachhon/internal/clock"
	"sachhon/internal/decree"
	"sachhon/internal/imaging"
	"sachhon/internal/letter"
	"sachhon/internal/paper/pdfsign"
)

// Printer sets letters in the form of the decree, and looks into files signed elsewhere, for letter.Service.
type Printer struct {
	Pictures *imaging.Processor // opens pictures of pages
}

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
			Intact: f.Intact, Whole: f.Whole, Problem: string(f.Problem),
		}
		if !f.At.IsZero() {
			out[i].At = clock.At(f.At)
		}
	}
	return out, nil
}
