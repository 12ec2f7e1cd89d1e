package challenge

import (
	"context"
	"errors"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/jobs"
)

// tick is the periodic job that moves challenges on by their dates.
type tick struct{}

// Kind implements jobs.Args.
func (tick) Kind() string { return "challenge.tick" }

// schedule makes the states of the table follow the dates, with an audit entry for each step. Nothing waits for it:
// StateAt is right before it has run.
func (s *Service) schedule(queue *jobs.Queue) {
	jobs.Handle(queue, func(ctx context.Context, _ tick) error { return s.Tick(ctx) })
	queue.Every("challenge.tick", 10*time.Minute, tick{})
}

// Tick makes the steps that dates ask for in all challenges.
func (s *Service) Tick(ctx context.Context) error {
	all, err := list(ctx, s.db)
	if err != nil {
		return err
	}
	now := clock.At(s.db.Clock().Now())
	var errs []error
	for _, c := range all {
		if c.State == c.StateAt(now) {
			continue
		}
		errs = append(errs, s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
			_, err := s.caughtUp(ctx, tx, c.ID)
			return err
		}))
	}
	return errors.Join(errs...)
}
