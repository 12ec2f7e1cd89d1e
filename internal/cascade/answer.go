package cascade

import (
	"context"
	"errors"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// Answer is what the receiver says to a change that was asked: it confirms an update or gives the letter back, or refuses
// with a reason, which it may only when work has begun.
func (s *Service) Answer(ctx context.Context, actor person.Actor, id, change ident.ID, agree bool, words string) (Dispatch, error) {
	tree, err := s.units.Today(ctx)
	if err != nil {
		return Dispatch{}, err
	}
	var d Dispatch
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if d, err = lock(ctx, tx, id); err != nil {
			return err
		}
		if err := d.MayHandle(actor, person.ActionCascadeReceive); err != nil {
			return err
		}
		c, err := loadAsked(ctx, tx, change, id)
		if err != nil {
			return err
		}
		state := ChangeAgreed
		if !agree {
			state = ChangeRefused
		}
		if c.State == state {
			return errUnchanged
		}
		if d.Asked != change || c.State != ChangeAsked {
			return fault.Conflict.With("cascade.fault.answered")
		}
		text := lang.CleanLines(words)
		if !agree {
			if d.State != Assigned && d.State != InProgress && d.State != Completed {
				return fault.Conflict.With("cascade.fault.notBegun")
			}
			if text, err = required("reason", words); err != nil {
				return err
			}
		}
		if err := answer(ctx, tx, change, id, state, text, actor.ID, tx.Now()); err != nil {
			return err
		}
		before := d
		d.Asked, d.AskedKind = "", ""
		if !agree {
			d.ObjectedAt = tx.Now()
		}
		if agree && c.Kind == ChangeRecall {
			if err := d.step(Recall); err != nil {
				return err
			}
			d.EndedAt, d.Outcome = tx.Now(), c.Reason
		}
		if err := s.save(ctx, tx, actor, person.ActionCascadeReceive, before, &d); err != nil {
			return err
		}
		if agree && c.Kind == ChangeRecall {
			return s.bringBelow(ctx, tx, tree, actor, c, id)
		}
		if agree {
			return nil
		}
		told := d
		told.Outcome = text
		return s.tellAbout(ctx, tx, tree, told, d.SenderID, "cascade.mail.changeRefused", string(change))
	})
	if err != nil && !errors.Is(err, errUnchanged) {
		return Dispatch{}, err
	}
	return d, nil
}
