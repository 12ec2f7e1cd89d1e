package letter

import (
	"context"
	"unicode/utf8"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// Handling is to whom a unit handed a letter of its register of arrivals, and how far that one is. It is for letters that
// no dispatch brought, such as the reports of units below; of any other the dispatch says it.
type Handling struct {
	UnitID   ident.ID   `db:"unit_id"`
	LetterID ident.ID   `db:"letter_id"`
	Receiver string     `db:"receiver"`  // the unit or person it was handed to
	HandedOn clock.Day  `db:"handed_on"` // "" when that is not known
	Deadline clock.Day  `db:"deadline"`  // "" for none
	Progress string     `db:"progress"`
	Note     string     `db:"note"`
	Version  int64      `db:"version"` // 0 before it was handed to anybody
	By       ident.ID   `db:"by_person"`
	At       clock.Time `db:"updated_at"`
}

const maxHandling = 500

// clean tidies what was typed.
func (h *Handling) clean(written Date) error {
	var bad fault.Fields
	for _, t := range []struct {
		name string
		text *string
	}{{"receiver", &h.Receiver}, {"progress", &h.Progress}, {"note", &h.Note}} {
		*t.text = lang.Clean(*t.text)
		if n := utf8.RuneCountInString(*t.text); n > maxHandling {
			bad.Add(t.name, "letter.fault.tooLong", "Length", n, "Limit", maxHandling)
		}
	}
	if h.Receiver == "" {
		bad.Add("receiver", "letter.fault.receiverMissing")
	}
	for _, d := range []struct {
		name string
		day  clock.Day
	}{{"handed", h.HandedOn}, {"deadline", h.Deadline}} {
		if d.day != "" && !written.IsZero() && string(d.day) < written.String() {
			bad.Add(d.name, "letter.fault.beforeLetter", "Day", written.ShortDate())
		}
	}
	return bad.Err()
}

// Hand records to whom a letter of the register was handed, or what became of it since. h.Version is the one the person saw.
func (s *Service) Hand(ctx context.Context, actor person.Actor, h Handling) (Handling, error) {
	if err := actor.Can(person.ActionLetterRegister, person.On{Unit: h.UnitID}); err != nil {
		return Handling{}, err
	}
	l, err := s.Received(ctx, actor, h.UnitID, h.LetterID)
	if err != nil {
		return Handling{}, err
	}
	if err := h.clean(l.Fields.Date); err != nil {
		return Handling{}, err
	}
	seen := h.Version
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		before, err := lockHandling(ctx, tx, h.UnitID, h.LetterID)
		if err != nil {
			return err
		}
		if before.same(h) {
			h = before
			return nil
		}
		if before.Version != seen {
			return fault.Conflict.With("letter.fault.changed")
		}
		h.Version, h.By, h.At = before.Version+1, actor.ID, tx.Now()
		if err := saveHandling(ctx, tx, h); err != nil {
			return err
		}
		return s.recordNote(ctx, tx, actor, "letter_handling", h.LetterID, before.Version, before, h)
	})
	return h, err
}

// same tells whether nothing else was typed.
func (h Handling) same(o Handling) bool {
	h.Version, h.By, h.At = o.Version, o.By, o.At
	return h == o
}

// HandlingsOf returns to whom letters of a unit's register were handed, by letter.
func (s *Service) HandlingsOf(ctx context.Context, actor person.Actor, unitID ident.ID, letters []ident.ID) (map[ident.ID]Handling, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	return listHandlings(ctx, s.db, unitID, letters)
}

// recordNote logs what a clerk wrote about a letter in a register; what was there before has a version, 0 for nothing.
func (s *Service) recordNote(ctx context.Context, tx *database.Tx, actor person.Actor, kind string, id ident.ID, version int64, before, after any) error {
	entry := audit.Entry{Actor: actor.Identity(), Action: string(person.ActionLetterRegister), Kind: kind, Object: id, After: after}
	if version > 0 {
		entry.Before = before
	}
	return s.log.Record(ctx, tx, entry)
}
