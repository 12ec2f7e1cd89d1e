package jobs

import (
	"context"
	"errors"
	"fmt"

	"github.com/riverqueue/river/riverdriver"

	"sachhon/internal/database"
)

type jobKey struct{}

// running is the job that a context belongs to.
type running struct {
	id      int64
	attempt int
}

func withJob(ctx context.Context, id int64, attempt int) context.Context {
	return context.WithValue(ctx, jobKey{}, running{id, attempt})
}

// Complete ends the running job in tx, the transaction of its effect: both stand or neither does, so the effect
// happens exactly once even when the process dies before the job returns. ctx is the one the work was given.
func (q *Queue) Complete(ctx context.Context, tx *database.Tx) error {
	job, ok := ctx.Value(jobKey{}).(running)
	if !ok {
		return errors.New("jobs: Complete outside a job")
	}
	b, err := q.backend()
	if err != nil {
		return err
	}
	ours, err := holdJob(ctx, tx, job)
	if err != nil {
		return err
	}
	if !ours {
		return fmt.Errorf("jobs: job %d was taken up by another worker", job.id)
	}
	return setState(ctx, q, b.executorIn(tx), riverdriver.JobSetStateCompleted(job.id, tx.Now().Time, nil))
}
