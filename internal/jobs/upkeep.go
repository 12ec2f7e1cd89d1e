package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"

	"sachhon/internal/clock"
)

const (
	batch = 1000               // rows changed in one statement
	keep  = 7 * 24 * time.Hour // how long a finished job can still be looked at
)

// keepUp makes due what is due, until ctx ends. Every process does it; the statements are guarded, so that two at
// once change nothing twice.
func (q *Queue) keepUp(ctx context.Context, b backend) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for n := 1; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		q.attempt(ctx, "periodic jobs", func() error { return q.insertPeriodic(ctx) })
		if n%10 == 0 {
			q.attempt(ctx, "rescue of jobs", func() error { return q.rescue(ctx, b, false) })
		}
		q.attempt(ctx, "scheduled jobs", func() error { return q.schedule(ctx, b) })
		if n%600 == 1 {
			q.attempt(ctx, "removal of old jobs", func() error { return q.clean(ctx, b) })
		}
	}
}

func (q *Queue) attempt(ctx context.Context, what string, f func() error) {
	if err := f(); err != nil && ctx.Err() == nil {
		q.config.Logger.ErrorContext(ctx, "jobs: upkeep failed, trying again soon", slog.String("what", what), slog.Any("error", err))
	}
}

// schedule makes available what was put off and is due.
func (q *Queue) schedule(ctx context.Context, b backend) error {
	for {
		now := q.db.Clock().Now()
		due, err := b.executor().JobSchedule(ctx, &riverdriver.JobScheduleParams{Max: batch, Now: &now})
		if err != nil {
			return fmt.Errorf("jobs: schedule: %w", err)
		}
		if len(due) < batch {
			return nil
		}
	}
}

// rescue takes up the jobs whose process died: those that run for longer than any job may, or, when the database
// has no other process, all that this one is not running.
func (q *Queue) rescue(ctx context.Context, b backend, alone bool) error {
	now := q.db.Clock().Now()
	horizon := now.Add(-q.config.RescueAfter)
	if alone {
		horizon = now.Add(100 * 365 * 24 * time.Hour) // the clock may have been ahead when the job was begun
	}
	var after int64
	for {
		stuck, err := b.executor().JobGetStuck(ctx, &riverdriver.JobGetStuckParams{AfterID: after, Max: batch, StuckHorizon: horizon})
		if err != nil {
			return fmt.Errorf("jobs: look for stuck jobs: %w", err)
		}
		rescued := riverdriver.JobRescueManyParams{StuckHorizon: horizon}
		for _, job := range stuck {
			after = job.ID
			if _, ours := q.running.Load(job.ID); ours {
				continue
			}
			state, finalized := rivertype.JobStateRetryable, (*time.Time)(nil)
			if job.Attempt >= job.MaxAttempts {
				state, finalized = rivertype.JobStateDiscarded, &now
			}
			note, err := json.Marshal(rivertype.AttemptError{At: now, Attempt: max(job.Attempt, 0), Error: "the process ended while the job was running"})
			if err != nil {
				return err
			}
			rescued.ID = append(rescued.ID, job.ID)
			rescued.Error = append(rescued.Error, note)
			rescued.FinalizedAt = append(rescued.FinalizedAt, finalized)
			rescued.ScheduledAt = append(rescued.ScheduledAt, now)
			rescued.State = append(rescued.State, string(state))
		}
		if len(rescued.ID) > 0 {
			if _, err := b.executor().JobRescueMany(ctx, &rescued); err != nil {
				return fmt.Errorf("jobs: rescue: %w", err)
			}
			q.config.Logger.WarnContext(ctx, "jobs: took up jobs of a process that ended", slog.Int("count", len(rescued.ID)))
		}
		if len(stuck) < batch {
			return nil
		}
	}
}

// clean removes what has been finished for long.
func (q *Queue) clean(ctx context.Context, b backend) error {
	horizon := q.db.Clock().Now().Add(-keep)
	for {
		n, err := b.executor().JobDeleteBefore(ctx, &riverdriver.JobDeleteBeforeParams{
			CancelledDoDelete: true, CancelledFinalizedAtHorizon: horizon,
			CompletedDoDelete: true, CompletedFinalizedAtHorizon: horizon,
			DiscardedDoDelete: true, DiscardedFinalizedAtHorizon: horizon.Add(-9 * keep), // failures are looked into
			Max: batch,
		})
		if err != nil {
			return fmt.Errorf("jobs: clean: %w", err)
		}
		if n < batch {
			break
		}
	}
	_, err := b.executor().NotificationDeleteBefore(ctx, &riverdriver.NotificationDeleteBeforeParams{
		CreatedAtHorizon: (clock.System{}).Now().Add(-time.Hour), Max: 100 * batch, // stamped by the database itself
	})
	if err != nil {
		return fmt.Errorf("jobs: clean notifications: %w", err)
	}
	return nil
}
