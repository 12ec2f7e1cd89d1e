package jobs

import (
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"sachhon/internal/clock"
)

// Args is what a job is about. It is kept as JSON, so it holds identifiers rather than copies of things.
type Args interface {
	// Kind names the work, e.g. "notify.send"; it is kept with the job and never changes.
	Kind() string
}

// Option changes how a job is inserted.
type Option func(*river.InsertOpts)

// unfinished are the states in which a unique job keeps another one out.
var unfinished = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
	rivertype.JobStateRunning, rivertype.JobStateScheduled,
}

// Unique inserts nothing while a job with the same kind and arguments is unfinished, a running one included: what
// changes while it runs it may not have seen, so such a job looks again before it ends.
func Unique() Option {
	return func(o *river.InsertOpts) {
		o.UniqueOpts = river.UniqueOpts{ByArgs: true, ByState: unfinished}
	}
}

// At runs the job at the given time instead of at once.
func At(t clock.Time) Option {
	return func(o *river.InsertOpts) { o.ScheduledAt = t.Time }
}

// MaxAttempts gives up after n attempts instead of DefaultAttempts.
func MaxAttempts(n int) Option {
	return func(o *river.InsertOpts) { o.MaxAttempts = n }
}

// DefaultAttempts is how often a job is tried; with the pauses of backoff the last try comes after most of a day.
const DefaultAttempts = 12

// Cancel marks err as final: the job is not tried again.
func Cancel(err error) error { return river.JobCancel(err) }

// Snooze makes the job come again after d, without counting as a failure.
func Snooze(d time.Duration) error { return river.JobSnooze(max(d, 0)) }

// backoff is the pause after the given attempt failed: 1 s, 16 s, 81 s, 4 min … 5 h. Jobs that failed together
// spread by up to a tenth, by their number, so that a replay pauses alike each time.
func backoff(attempt int, id int64) time.Duration {
	n := time.Duration(attempt)
	pause := n * n * n * n * time.Second
	return pause + pause/100*time.Duration(id%11)
}

type retryPolicy struct{ clock clock.Clock }

// NextRetry implements river.ClientRetryPolicy.
func (p retryPolicy) NextRetry(job *rivertype.JobRow) time.Time {
	return p.clock.Now().Add(backoff(len(job.Errors)+1, job.ID))
}

// riverTime makes River use the application's clock wherever it writes or compares a time.
type riverTime struct{ clock clock.Clock }

// Now implements rivertype.TimeGenerator.
func (t riverTime) Now() time.Time { return t.clock.Now() }

// NowOrNil implements rivertype.TimeGenerator.
func (t riverTime) NowOrNil() *time.Time {
	now := t.clock.Now()
	return &now
}
