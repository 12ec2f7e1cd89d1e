package cascade

import (
	"context"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// Removal is a record of publicity that was taken back. What it said stays beside the reason.
type Removal struct {
	Record    Publicity
	Reason    string
	RemovedBy ident.ID
	RemovedAt clock.Time
}

// PublicityRecord returns one record to those who may read its dispatch.
func (s *Service) PublicityRecord(ctx context.Context, actor person.Actor, id ident.ID) (Publicity, error) {
	p, err := loadPublicity(ctx, s.db, id)
	if err != nil {
		return Publicity{}, err
	}
	_, err = s.readable(ctx, actor, p.DispatchID)
	return p, err
}

// RemovePublicity takes a mistaken record back: it no longer counts anywhere. Taking it back again changes nothing, and its
// identifier is never used for another one.
func (s *Service) RemovePublicity(ctx context.Context, actor person.Actor, id ident.ID, reason string) (Removal, error) {
	reason = lang.CleanLines(reason)
	var bad fault.Fields
	if reason == "" {
		bad.Add("reason", "cascade.fault.removalReason")
	}
	tooLong(&bad, "reason", reason, maxReason)
	var out Removal
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		before, known, err := loadRemoval(ctx, tx, id)
		if err != nil {
			return err
		}
		if known {
			out = before
		} else if out.Record, err = loadPublicity(ctx, tx, id); err != nil {
			return err
		}
		d, err := lock(ctx, tx, out.Record.DispatchID)
		if err != nil {
			return err
		}
		if err := d.MayHandle(actor, person.ActionCascadeCorrect); err != nil || known {
			return err
		}
		if err := bad.Err(); err != nil {
			return err
		}
		out.Reason, out.RemovedBy, out.RemovedAt = reason, actor.ID, tx.Now()
		if err := removePublicity(ctx, tx, out); err != nil {
			return err
		}
		return s.note(ctx, tx, actor, d, person.ActionCascadeCorrect, "publicity", out.Record.ID, out.Record.trace(), nil)
	})
	if err != nil {
		return Removal{}, err
	}
	return out, nil
}

// Removed returns the records of a dispatch that were taken back, the oldest first.
func (s *Service) Removed(ctx context.Context, actor person.Actor, dispatch ident.ID) ([]Removal, error) {
	if _, err := s.readable(ctx, actor, dispatch); err != nil {
		return nil, err
	}
	return listRemovals(ctx, s.db, dispatch)
}
