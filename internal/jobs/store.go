package jobs

import (
	"context"
	"errors"

	"sachhon/internal/clock"
	"sachhon/internal/database"
)

func readPeriod(ctx context.Context, q database.Querier, name string) (next clock.Time, known bool, err error) {
	err = q.Get(ctx, &next, "SELECT next_at FROM job_period WHERE name = $1", name)
	if errors.Is(err, database.ErrNotFound) {
		return clock.Time{}, false, nil
	}
	return next, err == nil, err
}

// claimPeriod moves the period on and tells whether this process is the one that did.
func claimPeriod(ctx context.Context, tx *database.Tx, name string, known bool, next clock.Time) (bool, error) {
	statement := "INSERT INTO job_period (name, next_at) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING"
	args := []any{name, next}
	if known {
		statement = "UPDATE job_period SET next_at = $2 WHERE name = $1 AND next_at <= $3"
		args = append(args, tx.Now())
	}
	n, err := tx.Exec(ctx, statement, args...)
	return n == 1, err
}

// holdJob locks a job until the transaction ends and tells whether this attempt at it still counts.
func holdJob(ctx context.Context, tx *database.Tx, job running) (bool, error) {
	n, err := tx.Exec(ctx, "UPDATE river_job SET state = state WHERE id = $1 AND state = 'running' AND attempt = $2", job.id, job.attempt)
	return n == 1, err
}
