package letter

import (
	"context"
	"unicode/utf8"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// Delivery is how a registered letter went out on paper, by post or by hand. What is sent here its dispatches say.
type Delivery struct {
	LetterID ident.ID   `db:"letter_id"`
	SentOn   clock.Day  `db:"sent_on"`
	Receiver string     `db:"receiver"` // who signed for it, or to whom the post took it
	Note     string     `db:"note"`
	Version  int64      `db:"version"` // 0 before anything was recorded
	By       ident.ID   `db:"by_person"`
	At       clock.Time `db:"updated_at"`
}

// empty tells whether nothing is recorded.
func (d Delivery) empty() bool { return d.SentOn == "" && d.Receiver == "" && d.Note == "" }

// check notes what is wrong with what was typed about a letter. Nothing at all takes a wrong record back.
func (d Delivery) check(written Date, today clock.Day) error {
	var bad fault.Fields
	for _, t := range []struct{ name, text string }{{"receiver", d.Receiver}, {"note", d.Note}} {
		if n := utf8.RuneCountInString(t.text); n > maxHandling {
			bad.Add(t.name, "letter.fault.tooLong", "Length", n, "Limit", maxHandling)
		}
	}
	switch {
	case d.empty() && d.Version > 0:
	case d.SentOn == "":
		bad.Add("sent", "letter.fault.sentMissing")
	case string(d.SentOn) < written.String():
		bad.Add("sent", "letter.fault.beforeLetter", "Day", written.ShortDate())
	case d.SentOn > today:
		bad.Add("sent", "letter.fault.sentLater")
	}
	if d.Receiver == "" && (d.Version == 0 || !d.empty()) {
		bad.Add("receiver", "letter.fault.receiverMissing")
	}
	return bad.Err()
}

// Deliver records how a letter of the outgoing register went out on paper. d.Version is the one the person saw.
func (s *Service) Deliver(ctx context.Context, actor person.Actor, d Delivery) (Delivery, error) {
	d.Receiver, d.Note = lang.Clean(d.Receiver), lang.Clean(d.Note)
	seen := d.Version
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		l, err := lock(ctx, tx, d.LetterID)
		if err != nil {
			return err
		}
		if err := actor.Can(person.ActionLetterRegister, person.On{Unit: l.IssuerID}); err != nil {
			return err
		}
		if l.State != Registered {
			return fault.Conflict.With("letter.fault.notRegistered")
		}
		if err := d.check(l.Fields.Date, clock.DayOf(tx.Now().Time)); err != nil {
			return err
		}
		before, err := loadDelivery(ctx, tx, d.LetterID)
		if err != nil {
			return err
		}
		if before.same(d) {
			d = before
			return nil
		}
		if before.Version != seen {
			return fault.Conflict.With("letter.fault.changed")
		}
		d.Version, d.By, d.At = before.Version+1, actor.ID, tx.Now()
		if err := saveDelivery(ctx, tx, d); err != nil {
			return err
		}
		return s.recordNote(ctx, tx, actor, "letter_delivery", d.LetterID, before.Version, before, d)
	})
	return d, err
}

// same tells whether nothing else was typed.
func (d Delivery) same(o Delivery) bool {
	d.Version, d.By, d.At = o.Version, o.By, o.At
	return d == o
}

// DeliveriesOf returns how letters of a unit's outgoing register went out on paper, by letter.
func (s *Service) DeliveriesOf(ctx context.Context, actor person.Actor, unitID ident.ID, letters []ident.ID) (map[ident.ID]Delivery, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	return listDeliveries(ctx, s.db, unitID, letters)
}
