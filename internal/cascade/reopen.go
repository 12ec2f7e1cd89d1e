package cascade

import (
	"context"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Reopening is that a unit which had said that it is done with a letter is at work again.
type Reopening struct {
	ID          ident.ID   `db:"id"`
	DispatchID  ident.ID   `db:"dispatch_id"`
	CompletedAt clock.Time `db:"completed_at"` // when it had said so,
	Outcome     string     `db:"outcome"`      // in which words
	At          clock.Time `db:"at"`
	By          ident.ID   `db:"by_id"`
	Duty        int        `db:"duty_number"` // the duty that is open again, or was given since; 0 for the letter as a whole
	Given       bool       `db:"given"`       // by the sender
	Reason      string     `db:"reason"`      // for the letter as a whole
}

// Reopen takes back the word that the letter is done with, so that what is left of it can be done and reported. Those above see
// when it was done first, and why it is not. Reopening twice changes nothing.
func (s *Service) Reopen(ctx context.Context, actor person.Actor, id ident.ID, reason string) (Dispatch, error) {
	return s.change(ctx, actor, person.ActionCascadeWork, id, func(ctx context.Context, tx *database.Tx, d *Dispatch) error {
		if d.State == InProgress {
			return errUnchanged
		}
		if d.Outside { // its own system says where it stands
			return fault.Conflict.With("cascade.fault.state")
		}
		text, err := required("reason", reason)
		if err != nil {
			return err
		}
		return s.reopen(ctx, tx, actor, d, Reopening{Reason: text})
	})
}

// reopen brings a dispatch that was completed back to work, and keeps what was said of it; the caller saves it.
func (s *Service) reopen(ctx context.Context, tx *database.Tx, actor person.Actor, d *Dispatch, r Reopening) error {
	if r.ID == "" {
		r.ID = s.ids.New()
	}
	if err := d.step(Reopen); err != nil {
		return err
	}
	r.DispatchID, r.CompletedAt, r.Outcome, r.At, r.By = d.ID, d.EndedAt, d.Outcome, tx.Now(), actor.ID
	d.EndedAt, d.Outcome = clock.Time{}, ""
	return insertReopening(ctx, tx, r)
}

// reopenDuty does so when a duty of it is open again.
func (s *Service) reopenDuty(ctx context.Context, tx *database.Tx, actor person.Actor, d Dispatch, number int) error {
	before := d
	if err := s.reopen(ctx, tx, actor, &d, Reopening{Duty: number}); err != nil {
		return err
	}
	return s.save(ctx, tx, actor, person.ActionCascadeWork, before, &d)
}

// reopenGiven does so when the sender gives the unit another duty, and tells the unit, which expects nothing more about the letter. Nothing
// of it is late before the unit can have done it: what was over when it had done all that it was asked is not held against it.
func (s *Service) reopenGiven(ctx context.Context, tx *database.Tx, tree *unit.Tree, actor person.Actor, d Dispatch, duty Duty, soonest clock.Time,
) error {
	before, r := d, Reopening{ID: s.ids.New(), Duty: duty.Number, Given: true}
	if err := s.reopen(ctx, tx, actor, &d, r); err != nil {
		return err
	}
	if due := d.FinishBy(); due.IsZero() || due.Before(tx.Now().Time) { // a day that is to come stays
		d.Grace = soonest
	}
	if err := s.save(ctx, tx, actor, person.ActionCascadeSend, before, &d); err != nil {
		return err
	}
	told := d
	told.Outcome = duty.Text
	return s.tellAbout(ctx, tx, tree, told, d.ReceiverID, "cascade.mail.given", string(r.ID))
}

// soonest is by when a unit can have done what it is given now: the end of the working day after, as of a letter that comes late.
func (s *Service) soonest(ctx context.Context, tx *database.Tx) (clock.Time, error) {
	days, err := s.calendarIn(ctx, tx)
	if err != nil {
		return clock.Time{}, err
	}
	return days.End(tx.Now(), 1), nil
}

// givenAt is a duty as a unit is given it that has the letter already. A day that is over then gives way to the soonest; what was
// said by its giver for this unit never is.
func (d Duty) givenAt(now, soonest clock.Time) Duty {
	d.GivenAt = now
	if !d.Deadline.IsZero() && !d.Deadline.After(now.Time) {
		d.Asked, d.Deadline = d.Deadline, soonest
	}
	return d
}

// asked is the day that the letter has for a duty.
func (d Duty) asked() clock.Time {
	if d.Asked.IsZero() {
		return d.Deadline
	}
	return d.Asked
}

// gracedThen is a dispatch as it stood at a moment at which its sender had perhaps not given it more to do yet.
func gracedThen(d Dispatch, reopenings []Reopening, at clock.Time) Dispatch {
	if !slices.ContainsFunc(reopenings, func(r Reopening) bool { return r.DispatchID == d.ID && r.Given && !r.At.After(at.Time) }) {
		d.Grace = clock.Time{}
	}
	return d
}

// completedThen is a dispatch as it stood at a moment at which its unit had said that it is done with it, if it took that back
// since.
func completedThen(d Dispatch, reopenings []Reopening, at clock.Time) Dispatch {
	if d.State != InProgress {
		return d
	}
	for _, r := range reopenings {
		if r.DispatchID == d.ID && !r.CompletedAt.After(at.Time) && r.At.After(at.Time) {
			d.State, d.EndedAt, d.Outcome = Completed, r.CompletedAt, r.Outcome
		}
	}
	return d
}
