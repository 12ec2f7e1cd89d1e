package letter

import (
	"context"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// ComposeInput is a letter that is written here.
type ComposeInput struct {
	ID        ident.ID // made by the client; repeating it returns the same draft
	Issuer    ident.ID
	Document  Document // its number and date stay empty until it is registered
	Challenge ident.ID // what it is about, may be empty
	Answers   ident.ID // the letter it passes on, urges about or reports on, may be empty
}

// Compose keeps a document as a draft of the issuer.
func (s *Service) Compose(ctx context.Context, actor person.Actor, in ComposeInput) (Letter, error) {
	if err := actor.Can(person.ActionLetterRegister, person.On{Unit: in.Issuer}); err != nil {
		return Letter{}, err
	}
	l := Letter{
		ID: in.ID, IssuerID: in.Issuer, State: Lifecycle.Start, ChallengeID: in.Challenge, AnswersID: in.Answers,
		Version: 1, CreatedBy: actor.ID,
	}
	if l.ID == "" {
		l.ID = s.ids.New()
	}
	if err := s.write(ctx, &l, in.Document); err != nil {
		return Letter{}, err
	}
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		l.CreatedAt, l.UpdatedAt = tx.Now(), tx.Now()
		fresh, err := insert(ctx, tx, l)
		if err != nil {
			return err
		}
		if !fresh {
			l, err = sameAgain(ctx, tx, l)
			return err
		}
		return s.record(ctx, tx, actor, person.ActionLetterRegister, nil, l)
	})
	if err != nil {
		return Letter{}, err
	}
	return l, nil
}

// Rewrite replaces the document of a draft that was composed here. version is the one the person saw.
func (s *Service) Rewrite(ctx context.Context, actor person.Actor, id ident.ID, version int64, doc Document) (Letter, error) {
	return s.change(ctx, actor, person.ActionLetterRegister, id, s.rewriting(version, doc))
}

// RewriteIn is Rewrite in the transaction of what the letter belongs to.
func (s *Service) RewriteIn(ctx context.Context, tx *database.Tx, actor person.Actor, id ident.ID, version int64, doc Document) (Letter, error) {
	return s.changeIn(ctx, tx, actor, person.ActionLetterRegister, id, nothingMore, s.rewriting(version, doc))
}

func (s *Service) rewriting(version int64, doc Document) func(context.Context, *database.Tx, *Letter) error {
	return func(ctx context.Context, _ *database.Tx, l *Letter) error {
		switch {
		case l.State != Draft:
			return fault.Conflict.With("letter.fault.registered")
		case l.Document == nil:
			return fault.Conflict.With("letter.fault.readIn")
		case l.Version != version:
			return fault.Conflict.With("letter.fault.changed")
		}
		return s.write(ctx, l, doc)
	}
}

// write makes the document the letter's, with the text and the fields that follow from it.
func (s *Service) write(ctx context.Context, l *Letter, doc Document) error {
	tree, err := s.units.Tree(ctx, clock.DayOf(s.db.Clock().Now()))
	if err != nil {
		return err
	}
	doc = doc.Clean()
	if err := l.compose(doc, organsOf(tree)); err != nil {
		return err
	}
	return l.Fields.check()
}

// compose sets what follows from a cleaned document.
func (l *Letter) compose(doc Document, opts Options) error {
	if err := doc.check(); err != nil {
		return err
	}
	source := doc.Text()
	reading, err := ReadBytes([]byte(source), opts)
	if err != nil {
		return err
	}
	l.Document, l.Source, l.Reading, l.Fields = &doc, source, reading, doc.fields(reading)
	return nil
}

// fields are the components of the document; what it cites, its period and its links are read in its text.
func (d Document) fields(r Reading) Fields {
	read := r.Fields()
	return Fields{
		Type: d.Type, Number: d.Number, Notation: d.Notation, Joint: d.joint(), Urgency: d.Urgency, Organ: d.Organ, Place: d.Place, Date: d.Date,
		Subject: d.Subject, Addressees: slices.Clone(d.Addressees), Recipients: slices.Clone(d.Recipients), Signer: d.Signer,
		Duties: d.Duties(), Bases: read.Bases, Period: read.Period, Links: read.Links,
		References: read.References, Attachments: read.Attachments,
	}.clean()
}

// joint is what stands between number and notation where it is not the State's "/".
func (d Document) joint() string {
	if joint := d.SymbolJoint(); joint != "/" || jointFor(d.Notation) != "" {
		return joint
	}
	return ""
}
