package letter

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"sachhon/internal/audit"
	"sachhon/internal/blob"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
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
	OtherWords  bool         // of one that is being uploaded: it says something else than the version that it would follow
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
	_, err = s.keepIssue(ctx, tx, actor, l, Issue{Origin: Printed, FileName: l.pdfName()}, pdf)
	return err
}

// pdfName is the name of the file for people: "1903-UBND-VH.pdf".
func (l Letter) pdfName() string {
	return strings.NewReplacer("/", "-", "&", "-").Replace(l.Symbol()) + ".pdf"
}

// keepIssue stores the file and its line as the version in force; errUnchanged when it is that already.
func (s *Service) keepIssue(ctx context.Context, tx *database.Tx, actor person.Actor, l Letter, i Issue, pdf []byte) (Issue, error) {
	digest, size, err := blob.Add(ctx, s.blobs, bytes.NewReader(pdf))
	if err != nil {
		return Issue{}, fmt.Errorf("letter: keep the issued file: %w", err)
	}
	issues, err := listIssues(ctx, tx, l.ID)
	if err != nil {
		return Issue{}, err
	}
	i.LetterID, i.Number, i.FileKey, i.Size, i.By, i.At = l.ID, len(issues)+1, digest.Key(), size, actor.ID, tx.Now()
	if len(issues) > 0 && issues[len(issues)-1].FileKey == i.FileKey {
		return Issue{}, errUnchanged
	}
	if err := insertIssue(ctx, tx, i); err != nil {
		return Issue{}, err
	}
	return i, s.log.Record(ctx, tx, audit.Entry{
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
// What then does, if anything, happens in the same transaction when the version is new; it may refuse it.
func (s *Service) IssueUploaded(ctx context.Context, actor person.Actor, id ident.ID, in UploadInput,
	then func(context.Context, *database.Tx, Letter, Issue) error,
) (Issue, error) {
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
	if issue.OtherWords, err = s.otherWords(ctx, pdf, l); err != nil {
		return Issue{}, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if l, err = lock(ctx, tx, id); err != nil {
			return err
		}
		if l.State != Registered {
			return fault.Conflict.With("letter.fault.notRegistered")
		}
		kept, err := s.keepIssue(ctx, tx, actor, l, issue, pdf)
		if err != nil || then == nil {
			return err
		}
		return then(ctx, tx, l, kept)
	})
	if err = dropUnchanged(err); err != nil {
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

// Issues returns all versions of a letter, the one in force last, to those who handle the issuer's letters.
func (s *Service) Issues(ctx context.Context, actor person.Actor, id ident.ID) ([]Issue, error) {
	if _, err := s.Get(ctx, actor, id); err != nil {
		return nil, err
	}
	return listIssues(ctx, s.db, id)
}

// LoadIssues is Issues without asking permission, for packages that asked for an object of their own.
func (s *Service) LoadIssues(ctx context.Context, q database.Querier, id ident.ID) ([]Issue, error) {
	return listIssues(ctx, q, id)
}

// VersionOf picks the version with a number, "" for the one in force.
func VersionOf(issues []Issue, number string) (Issue, error) {
	for _, i := range slices.Backward(issues) {
		if number == "" || number == strconv.Itoa(i.Number) {
			return i, nil
		}
	}
	return Issue{}, fault.NotFound.With("letter.fault.notIssued")
}

func (s *Service) issueOf(ctx context.Context, q database.Querier, id ident.ID) (Issue, error) {
	issues, err := listIssues(ctx, q, id)
	if err != nil {
		return Issue{}, err
	}
	return VersionOf(issues, "")
}

// OpenIssue opens the file of a version that was returned before. The caller closes it.
func (s *Service) OpenIssue(ctx context.Context, i Issue) (io.ReadSeekCloser, error) {
	f, _, err := s.blobs.Open(ctx, i.FileKey)
	return f, err
}
