package cascade

import (
	"context"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// CorrectPublicity puts right what a record says; what it said before stays in the log. The dispatch and who made it stay, and
// so does the proof unless a new one comes. The same correction again changes nothing.
func (s *Service) CorrectPublicity(ctx context.Context, actor person.Actor, id ident.ID, in PublicityInput) (Publicity, error) {
	before, err := loadPublicity(ctx, s.db, id)
	if err != nil {
		return Publicity{}, err
	}
	d, err := load(ctx, s.db, before.DispatchID)
	if err != nil {
		return Publicity{}, err
	}
	if err := d.MayHandle(actor, person.ActionCascadeCorrect); err != nil {
		return Publicity{}, err
	}
	in.ID, in.Dispatch = id, before.DispatchID
	said := in.record(actor)
	if d, err = firstSent(ctx, s.db, d); err != nil {
		return Publicity{}, err
	}
	if err := said.check(d, clock.At(s.db.Clock().Now())); err != nil {
		return Publicity{}, err
	}
	if err := s.keepFile(ctx, in.File, &said); err != nil {
		return Publicity{}, err
	}
	p := said
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		p = said // a transaction may run again: what is taken over from the record is that of now
		d, err := lock(ctx, tx, p.DispatchID)
		if err != nil {
			return err
		}
		if err := d.MayHandle(actor, person.ActionCascadeCorrect); err != nil {
			return err
		}
		if before, err = loadPublicity(ctx, tx, id); err != nil { // it may have been taken back meanwhile
			return err
		}
		if err := checkDutyNumber(ctx, tx, p); err != nil {
			return err
		}
		p.CreatedBy, p.CreatedAt = before.CreatedBy, before.CreatedAt
		if p.FileKey == "" {
			p.FileKey, p.FileName = before.FileKey, before.FileName
		}
		if p == before {
			return in.also(ctx, tx, p)
		}
		if err := updatePublicity(ctx, tx, p); err != nil {
			return err
		}
		if err := s.note(ctx, tx, actor, d, person.ActionCascadeCorrect, "publicity", p.ID, before.trace(), p.trace()); err != nil {
			return err
		}
		return in.also(ctx, tx, p)
	})
	if err != nil {
		return Publicity{}, err
	}
	return p, nil
}

// trace is what the log keeps of a record: no names.
func (p Publicity) trace() map[string]any {
	return map[string]any{
		"dispatch": p.DispatchID, "duty": p.Duty, "channel": p.Channel, "at": p.At, "times": p.Times, "people": p.People,
	}
}
