package letter

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"sachhon/internal/audit"
	"sachhon/internal/blob"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// CopyKind is one of the three forms of copies.
type CopyKind string

// The forms, as symbols abbreviate them.
const (
	TrueCopy CopyKind = "SY"  // sao y: the whole text of an original
	RelayTo  CopyKind = "SL"  // sao lục: a copy of a true copy
	Extract  CopyKind = "TrS" // trích sao: a part of the text
)

// CopyKinds lists the forms in the decree's order.
func CopyKinds() []CopyKind { return []CopyKind{TrueCopy, RelayTo, Extract} }

// Copy is a copy that a unit made of a letter, numbered in the unit's own series of the year.
type Copy struct {
	ID         ident.ID
	UnitID     ident.ID
	Year       int
	Number     int64
	Kind       CopyKind
	Symbol     string // "05/SY-UBND"
	LetterID   ident.ID
	Excerpt    string // of an extract: the part that is copied
	Organ      string // who copies
	Place      string
	Date       Date
	Recipients []string
	Signer     Signer
	FileKey    string // as it was made here
	CreatedBy  ident.ID
	CreatedAt  clock.Time

	Electronic bool       // the organ signs it elsewhere
	SignedAt   clock.Time // as the signature says; zero while there is none, or where it does not say
	Signed     SignedFile // the zero one until it is uploaded
}

// CopyInput asks for a copy.
type CopyInput struct {
	ID         ident.ID // made by the client; repeating it returns the same copy
	Unit       ident.ID // who copies
	Letter     ident.ID
	Kind       CopyKind
	Notation   string // the organ in symbols: "UBND"
	Excerpt    string
	Place      string
	Recipients []string
	Signer     Signer
	Electronic bool
	Coarse     bool // whoever copies knows that the original is blurred
	// Original is a PDF or a picture, nil when nothing is brought: of a true copy the original, where it was not kept as one; of
	// a copy of a copy the true copy that came.
	Original io.Reader
}

func (in *CopyInput) clean() error {
	in.Notation, in.Place, in.Excerpt = lang.Clean(in.Notation), lang.Clean(in.Place), lang.CleanLines(in.Excerpt)
	in.Recipients, in.Signer.Capacity = cleanList(in.Recipients), cleanList(in.Signer.Capacity)
	in.Signer.Position, in.Signer.Name = lang.Clean(in.Signer.Position), lang.Clean(in.Signer.Name)
	var bad fault.Fields
	if !slices.Contains(CopyKinds(), in.Kind) {
		bad.Add("kind", "letter.fault.copyKind")
	}
	if !reNotation.MatchString(in.Notation) || utf8.RuneCountInString(in.Notation) > maxNotation-4 {
		bad.Add("notation", "letter.fault.notation")
	}
	for _, t := range []struct {
		name, text string
		max        int
	}{
		{"place", in.Place, maxPlace}, {"signer.name", in.Signer.Name, maxPerson}, {"signer.position", in.Signer.Position, maxPerson},
	} {
		if n := utf8.RuneCountInString(t.text); n > t.max {
			bad.Add(t.name, "letter.fault.tooLong", "Length", n, "Limit", t.max)
		}
	}
	if in.Signer.Name == "" {
		bad.Add("signer.name", "letter.fault.missingBeforeSigning")
	}
	switch n := utf8.RuneCountInString(in.Excerpt); {
	case in.Kind == Extract && n == 0:
		bad.Add("excerpt", "letter.fault.excerptMissing")
	case n > maxText:
		bad.Add("excerpt", "letter.fault.tooLong", "Length", n, "Limit", maxText)
	case in.Kind != Extract:
		in.Excerpt = ""
	}
	checkList(&bad, "recipients", in.Recipients)
	return bad.Err()
}

// Copy numbers a copy of a letter that the unit issued or received, and prints it with its mark. An extract says nothing
// that the letter does not, as far as that can be read.
func (s *Service) Copy(ctx context.Context, actor person.Actor, in CopyInput) (Copy, error) {
	if err := actor.Can(person.ActionLetterRegister, person.On{Unit: in.Unit}); err != nil {
		return Copy{}, err
	}
	if err := in.clean(); err != nil {
		return Copy{}, err
	}
	tree, err := s.units.Tree(ctx, clock.DayOf(s.db.Clock().Now()))
	if err != nil {
		return Copy{}, err
	}
	by, ok := tree.ByID(in.Unit)
	if !ok {
		return Copy{}, fault.NotFound.With("letter.fault.noIssuer")
	}
	brought, err := in.original()
	if err != nil {
		return Copy{}, err
	}
	if in.ID == "" {
		in.ID = s.ids.New()
	}
	ready, err := s.prepareCopy(ctx, in, brought)
	if err != nil {
		return Copy{}, err
	}
	var c Copy
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		l, err := s.copied(ctx, tx, in)
		if err != nil {
			return err
		}
		year := tx.Now().Local().Year()
		n, err := nextNumber(ctx, tx, in.Unit, year, bookCopy)
		if err != nil {
			return err
		}
		// The series' lock is held: whoever sends the same again is seen here.
		if c, err = loadCopy(ctx, tx, in.ID); err == nil {
			if c.UnitID != in.Unit || c.LetterID != in.Letter || c.Kind != in.Kind || c.Electronic != in.Electronic {
				return fault.Conflict.With("letter.fault.idTaken")
			}
			return errUnchanged // gives the number back
		} else if fault.KindOf(err) != fault.NotFound {
			return err
		}
		today := tx.Now().Local()
		c = Copy{
			ID: in.ID, UnitID: in.Unit, Year: year, Number: n, Kind: in.Kind, LetterID: in.Letter, Excerpt: in.Excerpt,
			Symbol: fmt.Sprintf("%02d/%s-%s", n, in.Kind, in.Notation), Organ: by.Organ(), Place: in.Place,
			Date: Date{today.Year(), int(today.Month()), today.Day()}, Recipients: in.Recipients, Signer: in.Signer,
			CreatedBy: actor.ID, CreatedAt: tx.Now(), Electronic: in.Electronic,
		}
		if err := s.printCopy(ctx, tx, l, &c, ready); err != nil {
			return err
		}
		if err := insertCopy(ctx, tx, c); err != nil {
			return err
		}
		return s.log.Record(ctx, tx, audit.Entry{
			Actor: actor.Identity(), Action: string(person.ActionLetterRegister), Kind: "letter_copy", Object: c.ID, Challenge: l.ChallengeID,
			After: map[string]any{"unit": string(c.UnitID), "letter": string(c.LetterID), "symbol": c.Symbol, "file": c.FileKey, "electronic": c.Electronic},
		})
	})
	return c, dropUnchanged(err)
}

// copied returns the letter if the unit has it.
func (s *Service) copied(ctx context.Context, q database.Querier, in CopyInput) (Letter, error) {
	l, err := load(ctx, q, in.Letter)
	if err != nil {
		return Letter{}, err
	}
	if l.IssuedBy(in.Unit) {
		return l, nil
	}
	if _, err := loadArrival(ctx, q, in.Letter, in.Unit); err != nil {
		return Letter{}, err // NotFound: the unit never received it
	}
	return l, nil
}

// readyCopy is what a copy is printed from, before it has its number.
type readyCopy struct {
	pages []byte // nil where it is set from the document or the excerpt
	kept  string // the file of the letter that the pages are, or would be, from
}

// prepareCopy checks what is copied and loads its pages while nobody waits for the series: only the number and the mark are left for
// the transaction.
func (s *Service) prepareCopy(ctx context.Context, in CopyInput, brought []byte) (ready readyCopy, err error) {
	if _, err := loadCopy(ctx, s.db, in.ID); err == nil {
		return ready, nil // it was made before, and is returned as it is
	} else if fault.KindOf(err) != fault.NotFound {
		return ready, err
	}
	l, err := s.copied(ctx, s.db, in)
	if err != nil {
		return ready, err
	}
	if err := s.checkOpen(ctx, brought); err != nil {
		return ready, err
	}
	ready.pages = brought // of a copy of a copy that one, nothing of an extract
	switch in.Kind {
	case Extract:
		err = checkExcerpt(l, in.Excerpt)
	case RelayTo:
		err = checkRelay(l, in.Unit, brought)
	case TrueCopy:
		var kept Kept
		if kept, err = s.Kept(ctx, s.db, l); err == nil && s.print != nil {
			ready.kept = kept.Key
			ready.pages, err = s.original(ctx, kept, l, brought)
		}
	}
	if err != nil || s.print == nil || ready.pages == nil {
		return ready, err
	}
	if !in.Coarse {
		if err := checkFine(ctx, ready.pages); err != nil {
			return ready, err
		}
	}
	ready.pages, err = s.print.Pages(ctx, ready.pages)
	return ready, err
}

// printCopy puts number and mark on what was prepared. A version that was taken in meanwhile is the one to be copied.
func (s *Service) printCopy(ctx context.Context, tx *database.Tx, l Letter, c *Copy, ready readyCopy) error {
	if s.print == nil {
		return nil
	}
	if c.Kind == TrueCopy {
		kept, err := s.Kept(ctx, tx, l)
		if err != nil {
			return err
		}
		if kept.Key != ready.kept {
			return fault.Conflict.With("letter.fault.changed")
		}
	}
	pdf, err := s.print.PrintCopy(ctx, l, *c, ready.pages)
	if err != nil {
		return fmt.Errorf("letter: print copy %s: %w", c.Symbol, err)
	}
	digest, _, err := blob.Add(ctx, s.blobs, bytes.NewReader(pdf))
	if err != nil {
		return fmt.Errorf("letter: keep copy %s: %w", c.Symbol, err)
	}
	c.FileKey = digest.Key()
	return nil
}

// Copies returns the series of copies of a unit and year, by number.
func (s *Service) Copies(ctx context.Context, actor person.Actor, unitID ident.ID, year int) ([]Copy, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	return listCopies(ctx, s.db, unitID, year)
}

// CopyOf returns a copy to those who read the letters of the unit that made it.
func (s *Service) CopyOf(ctx context.Context, actor person.Actor, id ident.ID) (Copy, error) {
	c, err := loadCopy(ctx, s.db, id)
	if err != nil {
		return Copy{}, err
	}
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: c.UnitID}); err != nil {
		return Copy{}, err
	}
	return c, nil
}

// CopyFile opens the printed copy. The caller closes it.
func (s *Service) CopyFile(ctx context.Context, actor person.Actor, id ident.ID) (io.ReadSeekCloser, Copy, error) {
	c, err := s.CopyOf(ctx, actor, id)
	if err != nil {
		return nil, Copy{}, err
	}
	f, err := s.openCopy(ctx, c.FileKey)
	return f, c, err
}

func (s *Service) openCopy(ctx context.Context, key string) (io.ReadSeekCloser, error) {
	if key == "" {
		return nil, fault.NotFound.With("letter.fault.notFound")
	}
	f, _, err := s.blobs.Open(ctx, key)
	return f, err
}
