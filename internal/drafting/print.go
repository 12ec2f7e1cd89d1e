package drafting

import (
	"bytes"
	"context"
	"crypto/x509"

	"sachhon/internal/clock"
	"sachhon/internal/decree"
	"sachhon/internal/imaging"
	"sachhon/internal/letter"
	"sachhon/internal/paper/pdfsign"
)

// Printer sets letters in the form of the decree, and looks into files signed elsewhere, for letter.Service.
type Printer struct {
	Pictures *imaging.Processor // opens pictures of pages
	Roots    *x509.CertPool     // of the authorities whose certificates are trusted; nil where none are named
}

// Print implements letter.Printer.
func (Printer) Print(_ context.Context, doc letter.Document) ([]byte, error) {
	var buf bytes.Buffer
	err := decree.PDF(&buf, doc, decree.Options{})
	return buf.Bytes(), err
}

// Signatures implements letter.Printer. A certificate is judged against the roots that the operator named, and by nothing
// else.
func (p Printer) Signatures(_ context.Context, file []byte) ([]letter.Signature, error) {
	found, err := pdfsign.Read(file, p.Roots)
	if err != nil {
		return nil, err
	}
	out := make([]letter.Signature, len(found))
	for i, f := range found {
		out[i] = letter.Signature{
			Signer: f.Signer, Organ: f.Organ, Issuer: f.Issuer, Serial: f.Serial, From: clock.At(f.From), Until: clock.At(f.Until),
			Intact: f.Intact, Whole: f.Whole, Extended: f.Extended, Problem: string(f.Problem), Chain: chains[f.Chain],
		}
		if !f.At.IsZero() {
			out[i].At = clock.At(f.At)
		}
	}
	return out, nil
}

var chains = map[pdfsign.Chain]letter.Chain{pdfsign.Trusted: letter.ChainTrusted, pdfsign.Untrusted: letter.ChainUntrusted}
