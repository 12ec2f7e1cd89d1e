package progress

import (
	"context"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// Carrier takes reports to units that are reached outside this system. It works in the transaction in which the report is
// sent, so that nothing goes out that was not sent.
type Carrier interface {
	// CarryReport takes a report on its way, and tells whether it did; one to a unit here it leaves alone.
	CarryReport(ctx context.Context, tx *database.Tx, r Report) (carried bool, err error)
}

// CarryWith gives the service what carries reports out; without it all units are inside.
func (s *Service) CarryWith(c Carrier) { s.carrier = c }

// Told is what the unit outside has told of a report, all its statuses together.
type Told struct {
	State State // Submitted while it told nothing that decides
	At    clock.Time
	Words string
}

// Tell sets a report to where the unit outside says it stands; the caller asked whether it may say so. What somebody of that
// unit decided here stays so. It does not follow the life cycle step by step: what was told may come in any order.
func (s *Service) Tell(ctx context.Context, tx *database.Tx, id ident.ID, told Told) error {
	r, err := lockReport(ctx, tx, id)
	if err != nil || r.State == Draft || r.DecidedBy != "" && r.DecidedBy != person.SystemActor.ID {
		return err
	}
	before := r
	r.State, r.DecidedAt, r.Reason, r.DecidedBy = told.State, told.At, told.Words, person.SystemActor.ID
	if told.State == Submitted {
		r.DecidedAt, r.Reason, r.DecidedBy = clock.Time{}, "", ""
	}
	if r.State == before.State && r.DecidedAt == before.DecidedAt && r.Reason == before.Reason {
		return nil
	}
	r.Version, r.UpdatedAt = before.Version+1, tx.Now()
	if err := updateReport(ctx, tx, r, before); err != nil {
		return err
	}
	if r.State == Returned && before.State != Returned {
		if err := s.queue.Insert(ctx, tx, tellJob{r.ID, r.State}); err != nil {
			return err
		}
	}
	return s.record(ctx, tx, person.SystemActor, person.ActionProgressReceive, &before, r)
}

// Sent returns the report whose document a letter is, once it was sent, without asking permission; ok is false when there
// is none.
func (s *Service) Sent(ctx context.Context, q database.Querier, letterID ident.ID) (r Report, ok bool, err error) {
	r, err = loadReport(ctx, q, letterID)
	if fault.KindOf(err) == fault.NotFound {
		return Report{}, false, nil
	}
	return r, err == nil && r.State != Draft, err
}
