package letter

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"sachhon/internal/audit"
	"sachhon/internal/blob"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// Printer sets letters on paper and looks into files that come back signed.
type Printer interface {
	// Print returns a PDF.
	Print(ctx context.Context, doc Document) ([]byte, error)
	// Pages returns a file that shows pages, a PDF or a picture, as a PDF.
	Pages(ctx context.Context, file []byte) ([]byte, error)
	// PrintCopy returns a PDF with the block of the copy, or the mark of an electronic one: of the pages of the original, a
	// PDF; of the document when it is nil; of the excerpt for an extract.
	PrintCopy(ctx context.Context, l Letter, c Copy, original []byte) ([]byte, error)
	// Signatures returns what the file says, checked.
	Signatures(ctx context.Context, pdf []byte) ([]Signature, error)
}

// PrintWith gives the service what prints; without it nothing is frozen when a letter is issued.
func (s *Service) PrintWith(p Printer) { s.print = p }

// Signature is what was found about one digital signature of a file.
type Signature struct {
	Signer  string     `json:"signer"`            // the name in the certificate
	Organ   string     `json:"organ,omitempty"`   // the organisation in it
	Issuer  string     `json:"issuer"`            // who issued the certificate
	Serial  string     `json:"serial"`            // its number
	From    clock.Time `json:"from"`              // it is valid from …
	Until   clock.Time `json:"until"`             // … until
	At      clock.Time `json:"at,omitzero"`       // when it was signed, as the file claims
	Intact  bool       `json:"intact"`            // the bytes that were signed are unchanged
	Whole   bool       `json:"whole"`             // and they are the whole file
	Problem string     `json:"problem,omitempty"` // why it could not be checked, as a code
	Chain   Chain      `json:"chain,omitempty"`   // whether its certificate leads to an authority that is trusted
}

// Chain is whether a certificate leads to one of the roots that the operator trusts, "" where none were named.
type Chain string

// The judgements.
const (
	ChainTrusted   Chain = "trusted"
	ChainUntrusted Chain = "untrusted"
)

// Origin is where an issued version comes from.
type Origin string

// The origins.
const (
	Printed  Origin = "printed"  // set here when the letter was numbered
	Uploaded Origin = "uploaded" // signed elsewhere
)

// Issue is one issued version of a letter: a file that no longer changes.
type Issue struct {
	LetterID   ident.ID
	Number     int
	Origin     Origin
	FileKey    string
	FileName   string
	Size       int64
	Signatures []Signature

	Differences []Difference // of an uploaded one from the letter
	By          ident.ID
	At          clock.Time
}

// Hash is the SHA-256 of the file.
func (i Issue) Hash() string { return hashOf(i.FileKey) }

func hashOf(key string) string { return key[strings.LastIndexByte(key, '/')+1:] }

// MaxIssueBytes is how large an uploaded version may be.
const MaxIssueBytes = 30 << 20

// printIssue freezes the letter as it is issued.
func (s *Service) printIssue(ctx context.Context, tx *database.Tx, actor person.Actor, l Letter) error {
	if s.print == nil {
		return nil
	}
	pdf, err := s.print.Print(ctx, *l.Document)
	if err != nil {
		return fmt.Errorf("letter: print %s: %w", l.ID, err)
	}
	return s.keepIssue(ctx, tx, actor, l, Issue{Origin: Printed, FileName: l.pdfName()}, pdf)
}

// pdfName is the name of the file for people: "1903-UBND-VH.pdf".
func (l Letter) pdfName() string {
	return strings.NewReplacer("/", "-", "&", "-").Replace(l.Symbol()) + ".pdf"
}

// keepIssue stores the file and its line as the version in force.
func (s *Service) keepIssue(ctx context.Context, tx *database.Tx, actor person.Actor, l Letter, i Issue, pdf []byte) error {
	digest, size, err := blob.Add(ctx, s.blobs, bytes.NewReader(pdf))
	if err != nil {
		return fmt.Errorf("letter: keep the issued file: %w", err)
	}
	issues, err := listIssues(ctx, tx, l.ID)
	if err != nil {
		return err
	}
	i.LetterID, i.Number, i.FileKey, i.Size, i.By, i.At = l.ID, len(issues)+1, digest.Key(), size, actor.ID, tx.Now()
	if len(issues) > 0 && issues[len(issues)-1].FileKey == i.FileKey {
		return nil
	}
	if err := insertIssue(ctx, tx, i); err != nil {
		return err
	}
	return s.log.Record(ctx, tx, audit.Entry{
		Actor: actor.Identity(), Action: string(person.ActionLetterIssue), Kind: "letter", Object: l.ID, Challenge: l.ChallengeID,
		After: map[string]any{"symbol": l.Symbol(), "origin": string(i.Origin), "sha256": digest.String(), "size": size, "signatures": len(i.Signatures)},
	})
}

// UploadInput is a PDF that was signed elsewhere.
type UploadInput struct {
	File    io.Reader
	Name    string
	Scanned bool // the signature is ink on paper: the file need not have a digital one
}

// IssueUploaded makes a PDF that was signed elsewhere the issued version of a registered letter. Its signatures are
// checked and kept as found; a file without one is refused unless it is a scan, as is one that was changed after signing.
func (s *Service) IssueUploaded(ctx context.Context, actor person.Actor, id ident.ID, in UploadInput) (Issue, error) {
	l, err := load(ctx, s.db, id)
	if err != nil {
		return Issue{}, err
	}
	if err := actor.Can(person.ActionLetterIssue, person.On{Unit: l.IssuerID}); err != nil {
		return Issue{}, err
	}
	if in.File == nil {
		return Issue{}, fault.Invalid.With("letter.fault.noFile").At("file")
	}
	if l.State != Registered {
		return Issue{}, fault.Conflict.With("letter.fault.notRegistered")
	}
	pdf, err := in.receive()
	if err != nil {
		return Issue{}, err
	}
	issue := Issue{Origin: Uploaded, FileName: fileName(in.Name)}
	if issue.Signatures, err = s.signatures(ctx, pdf, in.Scanned); err != nil {
		return Issue{}, err
	}
	made, err := s.madeHere(ctx, l)
	if err != nil {
		return Issue{}, err
	}
	if issue.Differences, err = s.compared(ctx, pdf, l, made); err != nil {
		return Issue{}, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if l, err = lock(ctx, tx, id); err != nil {
			return err
		}
		if l.State != Registered {
			return fault.Conflict.With("letter.fault.notRegistered")
		}
		return s.keepIssue(ctx, tx, actor, l, issue, pdf)
	})
	if err != nil {
		return Issue{}, err
	}
	return s.issueOf(ctx, s.db, id)
}

// receive reads the file, and a little more of one that is too large.
func (in UploadInput) receive() ([]byte, error) {
	pdf, err := io.ReadAll(io.LimitReader(in.File, MaxIssueBytes+1))
	if err != nil {
		return nil, fmt.Errorf("letter: receive the signed file: %w", err)
	}
	return pdf, nil
}

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
		if one.Whole { // those before it were made of what the file was then
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

// Issued returns the version in force to those who handle the issuer's letters; NotFound when none was kept.
func (s *Service) Issued(ctx context.Context, actor person.Actor, id ident.ID) (Issue, error) {
	if _, err := s.Get(ctx, actor, id); err != nil {
		return Issue{}, err
	}
	return s.issueOf(ctx, s.db, id)
}

// LoadIssued is Issued without asking permission, for packages that asked for an object of their own.
func (s *Service) LoadIssued(ctx context.Context, q database.Querier, id ident.ID) (Issue, error) {
	return s.issueOf(ctx, q, id)
}

func (s *Service) issueOf(ctx context.Context, q database.Querier, id ident.ID) (Issue, error) {
	issues, err := listIssues(ctx, q, id)
	if err != nil {
		return Issue{}, err
	}
	if len(issues) == 0 {
		return Issue{}, fault.NotFound.With("letter.fault.notIssued")
	}
	return issues[len(issues)-1], nil
}

// OpenIssue opens the file of a version that was returned before. The caller closes it.
func (s *Service) OpenIssue(ctx context.Context, i Issue) (io.ReadSeekCloser, error) {
	f, _, err := s.blobs.Open(ctx, i.FileKey)
	return f, err
}
