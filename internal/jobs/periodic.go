package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
)

// period is a job that comes again and again.
type period struct {
	name     string
	interval time.Duration
	args     Args
}

// Every inserts a job once per interval while the queue is started or drained: at the first opportunity, then at
// multiples of the interval counted from midnight in the challenge's zone. Several nodes insert it once; what was
// missed while no node ran is made up for by one job. Register before the queue is used.
func (q *Queue) Every(name string, interval time.Duration, args Args) {
	q.periods = append(q.periods, period{name, interval, args})
}

// insertPeriodic inserts the periodic jobs that are due.
func (q *Queue) insertPeriodic(ctx context.Context) error {
	var errs []error
	for _, p := range q.periods {
		if err := q.insertPeriod(ctx, p); err != nil {
			errs = append(errs, fmt.Errorf("jobs: periodic job %s: %w", p.name, err))
		}
	}
	return errors.Join(errs...)
}

func (q *Queue) insertPeriod(ctx context.Context, p period) error {
	next, known, err := readPeriod(ctx, q.db, p.name)
	if err != nil || known && next.After(q.db.Clock().Now()) {
		return err
	}
	return q.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		mine, err := claimPeriod(ctx, tx, p.name, known, following(tx.Now(), p.interval))
		if err != nil || !mine {
			return err
		}
		return q.Insert(ctx, tx, p.args, Unique())
	})
}

// following returns the next multiple of the interval after t.
func following(t clock.Time, interval time.Duration) clock.Time {
	_, offset := t.Local().Zone()
	east := time.Duration(offset) * time.Second
	return clock.At(t.Time.Add(east).Truncate(interval).Add(interval - east))
}
