package letter

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/paper/extract"
)

// A true copy repeats the pages of its original, and a copy of a copy those of the true copy that is brought. The first are, in this order, the version in force of a letter that was
// issued here, the file as which it came if that shows its pages, and what the person who copies brings. A letter that
// came as text or DOCX has pages only in the program that made it: set from what was read, a copy would be neither whole
// nor true, and is refused. What was composed here can be set again from its document.

// original returns what the person brought, nil when nothing.
func (in CopyInput) original() ([]byte, error) {
	if in.Original == nil || in.Kind == Extract {
		return nil, nil
	}
	file, err := io.ReadAll(io.LimitReader(in.Original, MaxIssueBytes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("letter: receive the original: %w", err)
	case len(file) > MaxIssueBytes:
		return nil, fault.TooLarge.With("letter.fault.issueTooLarge", "Limit", MaxIssueBytes>>20).At("original")
	case len(file) > 0 && !extract.HasPages(file):
		return nil, fault.Unsupported.With("letter.fault.noOriginal").At("original")
	}
	return file, nil
}

// IssuedBy tells whether the unit issued the letter; one of another organ that it entered it only has.
func (l Letter) IssuedBy(unit ident.ID) bool { return l.IssuerID == unit && l.State == Registered }

// checkRelay refuses to make a copy of a copy from an original: who issued the letter has that, and others bring the true copy
// that came to them, as what is kept of a letter is never known to be one.
func checkRelay(l Letter, unit ident.ID, brought []byte) error {
	switch {
	case l.IssuedBy(unit):
		return fault.Invalid.With("letter.fault.relayOwn").At("kind")
	case len(brought) == 0:
		return fault.Invalid.With("letter.fault.relayWithout").At("original")
	}
	return nil
}

// minDPI is what the picture of a page must have for its smaller letters to be read on a copy of it.
const minDPI = 150

// checkFine warns of an original that is a picture too coarse to be copied.
func checkFine(ctx context.Context, file []byte) error {
	worst, known := extract.Coarsest(ctx, file)
	if !known || worst.DPI >= minDPI {
		return nil
	}
	return fault.Invalid.With("letter.fault.coarse", "Page", worst.Page, "DPI", worst.DPI, "Limit", minDPI).At("coarse")
}

// original returns the file whose pages a true copy repeats; nil for one that is set from its document.
func (s *Service) original(ctx context.Context, kept Kept, l Letter, brought []byte) ([]byte, error) {
	file, err := s.pagesOf(ctx, kept)
	switch {
	case err != nil || file != nil:
		return file, err
	case len(brought) > 0:
		return brought, nil
	case l.Document != nil:
		return nil, nil
	}
	return nil, fault.Invalid.With("letter.fault.noOriginal").At("original")
}

// pages returns the file that shows the pages of a letter, nil when there is none.
func (s *Service) pages(ctx context.Context, q database.Querier, l Letter) ([]byte, error) {
	kept, err := s.Kept(ctx, q, l)
	if err != nil {
		return nil, err
	}
	return s.pagesOf(ctx, kept)
}

// madeHere returns the pages as they were before anybody signed them elsewhere: those printed here, else those that the letter
// came with.
func (s *Service) madeHere(ctx context.Context, l Letter) ([]byte, error) {
	issues, err := listIssues(ctx, s.db, l.ID)
	if err != nil {
		return nil, err
	}
	for _, i := range slices.Backward(issues) {
		if i.Origin == Printed {
			return s.pagesOf(ctx, Kept{Key: i.FileKey})
		}
	}
	return s.pagesOf(ctx, Kept{Key: l.FileKey})
}

func (s *Service) pagesOf(ctx context.Context, kept Kept) (file []byte, err error) {
	if kept.Key == "" {
		return nil, nil
	}
	f, err := s.OpenKept(ctx, kept)
	if err != nil {
		return nil, fmt.Errorf("letter: open the original: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if file, err = io.ReadAll(f); err != nil {
		return nil, fmt.Errorf("letter: read the original: %w", err)
	}
	if !extract.HasPages(file) {
		return nil, nil
	}
	return file, nil
}

// HasPages tells whether whole copies of a letter can be made of what is kept of it; otherwise the original must be brought.
func (s *Service) HasPages(ctx context.Context, l Letter) (bool, error) {
	if l.Document != nil {
		return true, nil
	}
	file, err := s.pages(ctx, s.db, l)
	return file != nil, err
}

// Kept is the file of a letter: the version that was issued, else what it came as; the zero one when there is neither.
type Kept struct {
	Key    string
	Name   string // "" for what was pasted
	Issued bool
	Size   int64 // of an issued version
	At     clock.Time
}

// Kept is the file of a version.
func (i Issue) Kept() Kept { return Kept{i.FileKey, i.FileName, true, i.Size, i.At} }

// Kept finds the file of a letter that was returned before, without asking permission.
func (s *Service) Kept(ctx context.Context, q database.Querier, l Letter) (Kept, error) {
	issue, err := s.issueOf(ctx, q, l.ID)
	switch {
	case err == nil:
		return issue.Kept(), nil
	case fault.KindOf(err) != fault.NotFound:
		return Kept{}, err
	}
	return Kept{Key: l.FileKey, Name: l.FileName, At: l.CreatedAt}, nil
}

// OpenKept opens a file that was found before. The caller closes it.
func (s *Service) OpenKept(ctx context.Context, k Kept) (io.ReadSeekCloser, error) {
	if k.Key == "" { // it was composed here, and is not issued
		return nil, fault.NotFound.With("letter.fault.notFound")
	}
	f, _, err := s.blobs.Open(ctx, k.Key)
	return f, err
}
