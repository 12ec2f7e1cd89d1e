package letter

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"sachhon/internal/audit"
	"sachhon/internal/blob"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Units tells which units there are; unit.Service does.
type Units interface {
	Tree(ctx context.Context, day clock.Day) (*unit.Tree, error)
}

// Service reads, corrects and registers letters.
type Service struct {
	db    *database.DB
	log   *audit.Log
	ids   *ident.Generator
	blobs blob.Store
	units Units
	print Printer                  // nil where nothing is printed
	judge func(Document) Judgement // nil where no form is known
	needs func(ctx context.Context, q database.Querier, id ident.ID) (bool, error)
}

// NewService returns the service.
func NewService(db *database.DB, log *audit.Log, ids *ident.Generator, blobs blob.Store, units Units) *Service {
	return &Service{db: db, log: log, ids: ids, blobs: blobs, units: units}
}

// Needed lets whoever works with drafts, and comes after letters, keep those it needs from being discarded.
func (s *Service) Needed(needs func(ctx context.Context, q database.Querier, id ident.ID) (bool, error)) {
	s.needs = needs
}

// DraftInput is a letter as somebody brings it: pasted text (plain, or the HTML of a page) or an uploaded file of any form
// that is read, the text winning when both came.
type DraftInput struct {
	ID       ident.ID // made by the client; repeating it returns the same draft
	Issuer   ident.ID // the unit whose letter it is
	Text     string
	HTML     string // what a program gave beside a pasted text, "" for none
	File     io.Reader
	FileName string
}

// Preview reads a text with the names of the units in force today, and keeps nothing.
func (s *Service) Preview(ctx context.Context, actor person.Actor, issuer ident.ID, text string) (Reading, error) {
	if err := actor.Can(person.ActionLetterRegister, person.On{Unit: issuer}); err != nil {
		return Reading{}, err
	}
	_, reading, err := s.read(ctx, []byte(text))
	return reading, err
}

// Draft reads a letter and keeps it with what it came as, as a draft of the issuer. A scan is kept with empty fields, to be
// typed. A secret document is refused, and nothing of it is kept.
func (s *Service) Draft(ctx context.Context, actor person.Actor, in DraftInput) (Letter, error) {
	if err := actor.Can(person.ActionLetterRegister, person.On{Unit: in.Issuer}); err != nil {
		return Letter{}, err
	}
	content, source, reading, err := s.readInput(ctx, &in)
	if err != nil {
		return Letter{}, err
	}
	digest, _, err := blob.Add(ctx, s.blobs, bytes.NewReader(content))
	if err != nil {
		return Letter{}, fmt.Errorf("letter: keep the source: %w", err)
	}
	l := Letter{
		ID: in.ID, IssuerID: in.Issuer, State: Lifecycle.Start, Source: source, FileKey: digest.Key(),
		FileName: fileName(in.FileName), Reading: reading, Fields: reading.Fields().clean(), Version: 1, CreatedBy: actor.ID,
	}
	if l.ID == "" {
		l.ID = s.ids.New()
	}
	signed := s.found(ctx, content)
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		l.CreatedAt, l.UpdatedAt = tx.Now(), tx.Now()
		fresh, err := insert(ctx, tx, l)
		if err != nil {
			return err
		}
		if !fresh {
			l, err = sameAgain(ctx, tx, l)
			return err
		}
		if signed != nil {
			if err := insertSignatures(ctx, tx, l.ID, signed); err != nil {
				return err
			}
		}
		return s.record(ctx, tx, actor, person.ActionLetterRegister, nil, l)
	})
	if err != nil {
		return Letter{}, err
	}
	return l, nil
}

// sameAgain returns the letter that was sent before under the same ID, unless it is another one.
func sameAgain(ctx context.Context, tx *database.Tx, l Letter) (Letter, error) {
	before, err := load(ctx, tx, l.ID)
	if err != nil {
		return Letter{}, err
	}
	if before.IssuerID != l.IssuerID || before.CreatedBy != l.CreatedBy || before.FileKey != l.FileKey {
		return Letter{}, fault.Conflict.With("letter.fault.idTaken")
	}
	return before, nil
}

func (in DraftInput) content() ([]byte, error) {
	if strings.TrimSpace(in.Text) != "" || in.File == nil {
		if len(in.Text) > MaxBytes {
			return nil, tooLarge()
		}
		return []byte(in.Text), nil
	}
	content, err := io.ReadAll(io.LimitReader(in.File, MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("letter: receive the file: %w", err)
	}
	return content, nil // the reader refuses what is larger
}

// fileName keeps the last part of a name that came with an upload, for people to recognise the file by.
func fileName(s string) string {
	s = lang.Clean(s)
	s = s[strings.LastIndexAny(s, `/\`)+1:]
	return s[:skipRunes(s, 200)]
}

func (s *Service) read(ctx context.Context, content []byte) (string, Reading, error) {
	tree, err := s.units.Tree(ctx, clock.DayOf(s.db.Clock().Now()))
	if err != nil {
		return "", Reading{}, err
	}
	return ReadFile(ctx, content, organsOf(tree))
}

// organsOf lets the reader take official names from the tree.
func organsOf(tree *unit.Tree) Options {
	return Options{Organ: func(name string) (string, bool) {
		for _, k := range namesOf(name) {
			if u, ok := tree.Organ(k); ok {
				return u.Organ(), true
			}
		}
		return "", false
	}}
}

// Correct replaces the fields of a draft by what a person made of them. version is the one the person saw.
func (s *Service) Correct(ctx context.Context, actor person.Actor, id ident.ID, version int64, fields Fields) (Letter, error) {
	return s.change(ctx, actor, person.ActionLetterRegister, id, func(ctx context.Context, tx *database.Tx, l *Letter) error {
		if l.State != Draft {
			return fault.Conflict.With("letter.fault.registered")
		}
		if l.Document != nil {
			return fault.Conflict.With("letter.fault.composed")
		}
		if l.Version != version {
			return fault.Conflict.With("letter.fault.changed")
		}
		if fields.Notation != l.Fields.Notation && fields.Joint == l.Fields.Joint {
			fields.Joint = "" // what goes with the other notation follows from that
		}
		l.Fields = fields.clean()
		return l.Fields.check()
	})
}

// Register enters a letter that was read in, or composed here and signed, into the issuer's register of outgoing letters: under the number the letter bears, or under the
// next one of its sequence. Registering a registered letter again returns it.
func (s *Service) Register(ctx context.Context, actor person.Actor, id ident.ID) (Letter, error) {
	return s.change(ctx, actor, person.ActionLetterRegister, id, func(ctx context.Context, tx *database.Tx, l *Letter) error {
		if l.State == Registered {
			return errUnchanged
		}
		state, err := Lifecycle.Next(l.State, Register)
		if err != nil {
			return err
		}
		if l.Document != nil && l.State != Signed {
			return fault.Conflict.With("letter.fault.unsigned")
		}
		if l.Document != nil && l.Fields.Date.IsZero() { // it is dated when it is numbered
			today := tx.Now().Local()
			l.Fields.Date = Date{today.Year(), int(today.Month()), today.Day()}
		}
		if err := l.Fields.check(); err != nil {
			return err
		}
		if err := l.Fields.checkComplete(); err != nil {
			return err
		}
		if err := s.number(ctx, tx, l); err != nil {
			return err
		}
		if l.Document != nil {
			doc := *l.Document
			doc.Number, doc.Date = l.Fields.Number, l.Fields.Date
			if err := l.compose(doc, Options{}); err != nil {
				return err
			}
		}
		l.State, l.RegisteredBy, l.RegisteredAt = state, actor.ID, tx.Now()
		if l.Document == nil {
			return nil
		}
		return s.printIssue(ctx, tx, actor, *l)
	})
}

// Link says which challenge the letter is about.
func (s *Service) Link(ctx context.Context, actor person.Actor, id ident.ID, link Link) (Letter, error) {
	link.Public = link.Public && link.Challenge != ""
	return s.change(ctx, actor, person.ActionLetterLink, id, func(ctx context.Context, tx *database.Tx, l *Letter) error {
		if (Link{l.ChallengeID, l.Public}) == link {
			return errUnchanged
		}
		l.ChallengeID, l.Public = link.Challenge, link.Public
		return nil
	})
}

// Link says what a letter is about.
type Link struct {
	Challenge ident.ID // "" for none
	Public    bool     // the challenge's page shows it, once it is registered
}

// errUnchanged ends a change that finds its work done.
var errUnchanged = errors.New("letter: unchanged")

// change loads a letter, asks permission on its issuer, lets f alter it and stores it unless somebody was faster.
func (s *Service) change(ctx context.Context, actor person.Actor, action person.Action, id ident.ID,
	f func(context.Context, *database.Tx, *Letter) error,
) (Letter, error) {
	return s.changeNoting(ctx, actor, action, id, nothingMore, f)
}

// changeNoting is change with something of its own to note in the log.
func (s *Service) changeNoting(ctx context.Context, actor person.Actor, action person.Action, id ident.ID, note func(*trace),
	f func(context.Context, *database.Tx, *Letter) error,
) (Letter, error) {
	var l Letter
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		l, err = s.changeIn(ctx, tx, actor, action, id, note, f)
		return err
	})
	if err = dropUnchanged(err); err != nil {
		return Letter{}, err
	}
	return l, nil
}

// changeIn is change in the caller's transaction; what finds its work done ends with errUnchanged.
func (s *Service) changeIn(ctx context.Context, tx *database.Tx, actor person.Actor, action person.Action, id ident.ID, note func(*trace),
	f func(context.Context, *database.Tx, *Letter) error,
) (Letter, error) {
	before, err := lock(ctx, tx, id)
	if err != nil {
		return Letter{}, err
	}
	if err := actor.Can(action, person.On{Unit: before.IssuerID}); err != nil {
		return Letter{}, err
	}
	l := before
	if err := f(ctx, tx, &l); err != nil {
		return l, err
	}
	l.Version, l.UpdatedAt = before.Version+1, tx.Now()
	if err := update(ctx, tx, l, before); err != nil {
		return l, err
	}
	e := entryOf(actor, action, &before, l)
	after := traceOf(l)
	note(&after)
	e.After = after
	return l, s.log.Record(ctx, tx, e)
}

// nothingMore is the note of a change that its trace says all of.
func nothingMore(*trace) {}

func dropUnchanged(err error) error {
	if errors.Is(err, errUnchanged) {
		return nil
	}
	return err
}

// trace is what the audit log keeps of a letter: nothing about people.
type trace struct {
	Issuer    ident.ID `json:"issuer"`
	State     State    `json:"state"`
	Symbol    string   `json:"symbol"`
	Date      Date     `json:"date"`
	Subject   string   `json:"subject"`
	Duties    int      `json:"duties"`
	Challenge ident.ID `json:"challenge,omitempty"`
	Public    bool     `json:"public,omitempty"`
	File      string   `json:"file"`
	Departs   []string `json:"departs,omitempty"` // where it was signed although it departs from its form
}

func traceOf(l Letter) trace {
	return trace{
		Issuer: l.IssuerID, State: l.State, Symbol: l.Symbol(), Date: l.Fields.Date, Subject: l.Fields.Subject, Duties: len(l.Fields.Duties),
		Challenge: l.ChallengeID, Public: l.Public, File: l.FileKey,
	}
}

func (s *Service) record(ctx context.Context, tx *database.Tx, actor person.Actor, action person.Action, before *Letter, after Letter) error {
	return s.log.Record(ctx, tx, entryOf(actor, action, before, after))
}

func entryOf(actor person.Actor, action person.Action, before *Letter, after Letter) audit.Entry {
	e := audit.Entry{Actor: actor.Identity(), Action: string(action), Kind: "letter", Object: after.ID, Challenge: after.ChallengeID, After: traceOf(after)}
	if before != nil {
		e.Before = traceOf(*before)
	}
	return e
}
