package letter

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
)

// Signature is what was found about one digital signature of a file.
type Signature struct {
	Signer string     `json:"signer"`          // the name in the certificate
	Organ  string     `json:"organ,omitempty"` // the organisation in it
	Issuer string     `json:"issuer"`          // who issued the certificate
	Serial string     `json:"serial"`          // its number
	From   clock.Time `json:"from"`            // it is valid from …
	Until  clock.Time `json:"until"`           // … until
	At     clock.Time `json:"at,omitzero"`     // when it was signed, as the file claims
	Intact bool       `json:"intact"`          // the bytes that were signed are unchanged
	Whole  bool       `json:"whole"`           // and they are the whole file
	// Extended says that behind them stands only what it is checked with for long.
	Extended bool   `json:"extended,omitempty"`
	Problem  string `json:"problem,omitempty"` // why it could not be checked, as a code
	Chain    Chain  `json:"chain,omitempty"`   // whether its certificate leads to an authority that is trusted
}

// Chain is whether a certificate leads to one of the roots that the operator trusts, "" where none were named.
type Chain string

// The judgements.
const (
	ChainTrusted   Chain = "trusted"
	ChainUntrusted Chain = "untrusted"
)

// signatures checks an uploaded file as far as it can be checked.
func (s *Service) signatures(ctx context.Context, pdf []byte, scanned bool) ([]Signature, error) {
	switch {
	case len(pdf) > MaxIssueBytes:
		return nil, fault.TooLarge.With("letter.fault.issueTooLarge", "Limit", MaxIssueBytes>>20).At("file")
	case !bytes.HasPrefix(pdf, []byte("%PDF-")) || s.print == nil:
		return nil, fault.Unsupported.With("letter.fault.notPDF").At("file")
	}
	found, err := s.print.Signatures(ctx, pdf)
	if err != nil {
		return nil, fault.Unsupported.With("letter.fault.notPDF").At("file").Because(err)
	}
	checked, whole := 0, 0
	for _, one := range found {
		if one.Problem != "" {
			continue
		}
		if !one.Intact {
			return nil, fault.Invalid.With("letter.fault.notIntact", "Signer", one.Signer).At("file")
		}
		checked++
		if one.Whole || one.Extended { // those before it were made of what the file was then
			whole++
		}
	}
	switch {
	case checked > 0 && whole == 0:
		return nil, fault.Invalid.With("letter.fault.notWhole").At("file")
	case checked == 0 && !scanned:
		return nil, fault.Invalid.With("letter.fault.noSignature").At("file")
	}
	return found, nil
}

// signedAt is when the last signature that was checked says that it was made.
func signedAt(list []Signature) clock.Time {
	var at clock.Time
	for _, one := range list {
		if one.Problem == "" && one.Intact && one.At.After(at.Time) {
			at = one.At
		}
	}
	return at
}

var pdfHead = []byte("%PDF-")

// found says what there is to say about the signatures of a file that came: nothing of one that is no PDF. What came is taken
// whatever its signatures are worth, which people judge.
func (s *Service) found(ctx context.Context, file []byte) []Signature {
	if s.print == nil || !bytes.HasPrefix(file, pdfHead) {
		return nil
	}
	list, err := s.print.Signatures(ctx, file)
	if err != nil {
		slog.WarnContext(ctx, "letter: the signatures of a file cannot be read", slog.Any("error", err))
		return []Signature{{Problem: "broken"}}
	}
	if list == nil {
		list = []Signature{}
	}
	return list
}

// CameSigned returns what was found about the signatures of the PDF that a letter came as, without asking permission; false for
// one that came as no PDF. What came before signatures were written down is looked into when somebody first looks at it, and kept
// then, although nobody asked to write anything: it says nothing that the file does not, and a page that reads files of 30 MB each
// time would cost more than a row. It has no entry in the log, as nobody did it; that a letter came has one. At an upgrade all old
// files would be read before the system starts again, most of them for nobody.
func (s *Service) CameSigned(ctx context.Context, l Letter) (list []Signature, pdf bool, err error) {
	if l.Document != nil || l.FileKey == "" {
		return nil, false, nil
	}
	list, pdf, err = loadSignatures(ctx, s.db, l.ID)
	if err != nil || pdf {
		return list, pdf, err
	}
	f, err := s.OpenKept(ctx, Kept{Key: l.FileKey}) // it came before they were written down
	if err != nil {
		return nil, false, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	head := make([]byte, len(pdfHead))
	if _, err := io.ReadFull(f, head); err != nil || !bytes.Equal(head, pdfHead) {
		return nil, false, nil // too short for a PDF, or none
	}
	rest, err := io.ReadAll(f)
	if err != nil {
		return nil, false, err
	}
	if list = s.found(ctx, append(head, rest...)); list == nil {
		return nil, false, nil
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error { return insertSignatures(ctx, tx, l.ID, list) })
	if err != nil { // the next reader looks into it again
		slog.WarnContext(ctx, "letter: the signatures of an old file cannot be kept", slog.Any("error", err))
	}
	return list, true, nil
}
