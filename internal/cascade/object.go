package cascade

import (
	"context"
	"errors"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// object remembers that the receiver refused the letter until its sender has dealt with it: sends it again, replaces it, or
// asks the receiver something else. Where a change was refused, the answer says so itself.
func (d *Dispatch) object(before Dispatch, now clock.Time) {
	switch {
	case d.AgainID != "" || d.ReplacedBy != "" || d.Asked != "" || d.State == Recalled:
		d.ObjectedAt = clock.Time{}
	case d.State == Refused && before.State != Refused:
		d.ObjectedAt = now
	}
}

// Settle ends the matter of a letter or a change that a unit refused: its sender leaves it at that. Settling twice changes nothing.
func (s *Service) Settle(ctx context.Context, actor person.Actor, id ident.ID) (Dispatch, error) {
	var d Dispatch
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		if d, err = lock(ctx, tx, id); err != nil {
			return err
		}
		if err := actor.Can(person.ActionCascadeSend, person.On{Unit: d.SenderID}); err != nil {
			return err
		}
		if d.ObjectedAt.IsZero() {
			return errUnchanged
		}
		return s.settle(ctx, tx, actor, &d)
	})
	if err != nil && !errors.Is(err, errUnchanged) {
		return Dispatch{}, err
	}
	return d, nil
}

// settle is of no concern to those outside.
func (s *Service) settle(ctx context.Context, tx *database.Tx, actor person.Actor, d *Dispatch) error {
	before := *d
	d.ObjectedAt = clock.Time{}
	return s.keep(ctx, tx, actor, person.ActionCascadeSend, before, d)
}

// forgive settles what a unit refused of a letter that is taken back: nobody needs its answer any more.
func (s *Service) forgive(ctx context.Context, tx *database.Tx, actor person.Actor, c Change, d Dispatch) error {
	if c.Kind != ChangeRecall || d.ObjectedAt.IsZero() {
		return nil
	}
	return s.settle(ctx, tx, actor, &d)
}

// Objections counts the units that refused what a unit sent them, and with which it has not dealt.
func (s *Service) Objections(ctx context.Context, actor person.Actor, sender ident.ID) (int, error) {
	if err := actor.Can(person.ActionCascadeWatch, person.On{Unit: sender}); err != nil {
		return 0, err
	}
	return countObjections(ctx, s.db, sender)
}
