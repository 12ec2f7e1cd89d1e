package jobs

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"

	"sachhon/internal/database"
)

// Drain runs everything that is due by the database's clock, and what that inserts, one job after another in the
// order of their times and then of their insertion, and returns when nothing is due. A job that fails is put off as
// it would be otherwise and does not end the drain. For tests and replays; jobs whose kind nobody registered stay.
func (q *Queue) Drain(ctx context.Context) error {
	if database.InTx(ctx) {
		return errors.New("jobs: Drain inside a transaction")
	}
	b, err := q.backend()
	if err != nil {
		return err
	}
	if err := q.rescue(ctx, b, false); err != nil {
		return err
	}
	if err := q.insertPeriodic(ctx); err != nil {
		return err
	}
	kinds := slices.AppendSeq([]string{}, maps.Keys(q.inline)) // not nil, which would mean all
	for {
		now := q.db.Clock().Now()
		if err := q.schedule(ctx, b); err != nil {
			return err
		}
		worked, err := q.drainAvailable(ctx, b, kinds)
		if err != nil {
			return err
		}
		if worked == 0 || now.Equal(q.db.Clock().Now()) { // only time makes more jobs due
			return nil
		}
	}
}

// drainAvailable works available jobs until none is left. It claims a few at once: what a job inserts comes after
// all that was there before it, so the order stays.
func (q *Queue) drainAvailable(ctx context.Context, b backend, kinds []string) (worked int, err error) {
	for {
		now := q.db.Clock().Now()
		claimed, err := b.executor().JobGetAvailable(ctx, &riverdriver.JobGetAvailableParams{
			ClientID: "drain", Kind: kinds, MaxAttemptedBy: 10, MaxToLock: 16, Now: &now, Queue: river.QueueDefault,
		})
		if err != nil {
			return worked, fmt.Errorf("jobs: claim: %w", err)
		}
		if len(claimed.Jobs) == 0 {
			return worked, nil
		}
		slices.SortFunc(claimed.Jobs, func(a, b *rivertype.JobRow) int {
			return cmp.Or(cmp.Compare(a.Priority, b.Priority), a.ScheduledAt.Compare(b.ScheduledAt), cmp.Compare(a.ID, b.ID))
		})
		for _, job := range claimed.Jobs {
			if err := q.runInline(ctx, b, job); err != nil {
				return worked, err
			}
			worked++
		}
	}
}

// runInline works one claimed job and notes how it ended.
func (q *Queue) runInline(ctx context.Context, b backend, job *rivertype.JobRow) error {
	q.running.Store(job.ID, nil)
	defer q.running.Delete(job.ID)
	timed, cancel := context.WithTimeout(withJob(ctx, job.ID, job.Attempt), q.config.Timeout)
	defer cancel()
	failure := recovered(func() error { return q.inline[job.Kind](timed, job.EncodedArgs) })
	if err := ctx.Err(); err != nil {
		return err // the job stays claimed, as if the process had ended, and is rescued
	}
	end, err := q.outcome(ctx, job, failure)
	if err != nil {
		return err
	}
	return setState(ctx, q, b.executor(), end)
}

// outcome is what becomes of a job whose work returned failure.
func (q *Queue) outcome(ctx context.Context, job *rivertype.JobRow, failure error) (*riverdriver.JobSetStateIfRunningParams, error) {
	now := q.db.Clock().Now()
	if failure == nil {
		return riverdriver.JobSetStateCompleted(job.ID, now, nil), nil
	}
	if snooze, ok := errors.AsType[*rivertype.JobSnoozeError](failure); ok {
		return riverdriver.JobSetStateSnoozed(job.ID, now.Add(snooze.Duration), job.Attempt-1, nil), nil
	}
	q.config.Logger.WarnContext(ctx, "jobs: a job failed",
		slog.Int64("job", job.ID), slog.String("kind", job.Kind), slog.Int("attempt", job.Attempt), slog.Any("error", failure))
	note, err := json.Marshal(rivertype.AttemptError{At: now, Attempt: job.Attempt, Error: failure.Error()})
	if err != nil {
		return nil, err
	}
	if _, final := errors.AsType[*rivertype.JobCancelError](failure); final {
		return riverdriver.JobSetStateCancelled(job.ID, now, note, nil), nil
	}
	if job.Attempt >= job.MaxAttempts {
		return riverdriver.JobSetStateDiscarded(job.ID, now, note, nil), nil
	}
	return riverdriver.JobSetStateErrorRetryable(job.ID, retryPolicy{q.db.Clock()}.NextRetry(job), note, nil), nil
}

// recovered runs f and makes an error of a panic.
func recovered(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return f()
}

// setState ends a job; one that no longer runs stays as it is.
func setState(ctx context.Context, q *Queue, exec riverdriver.Executor, p *riverdriver.JobSetStateIfRunningParams) error {
	now := q.db.Clock().Now()
	_, err := exec.JobSetStateIfRunningMany(ctx, &riverdriver.JobSetStateIfRunningManyParams{
		ID: []int64{p.ID}, Attempt: []*int{p.Attempt}, ErrData: [][]byte{p.ErrData}, FinalizedAt: []*time.Time{p.FinalizedAt},
		MetadataDoMerge: []bool{p.MetadataDoMerge}, MetadataUpdates: [][]byte{p.MetadataUpdates}, Now: &now,
		ScheduledAt: []*time.Time{p.ScheduledAt}, State: []rivertype.JobState{p.State},
	})
	if err != nil {
		return fmt.Errorf("jobs: end job %d: %w", p.ID, err)
	}
	return nil
}
