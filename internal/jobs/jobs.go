package jobs

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/riverqueue/river"

	"sachhon/internal/database"
)

// Queue inserts and works jobs.
type Queue struct {
	db      *database.DB
	config  Config
	workers *river.Workers
	inline  map[string]func(ctx context.Context, encoded []byte) error // by kind, for Drain
	periods []period
	running sync.Map // the numbers of the jobs that this process is working

	backend func() (backend, error) // made at the first use, when all kinds are known

	mu   sync.Mutex
	stop func() // ends the upkeep; nil unless started
	kept chan struct{}
}

// New returns a queue on db. Its kinds are registered with Handle before it is used.
func New(db *database.DB, config Config) *Queue {
	q := &Queue{
		db: db, config: config.withDefaults(), workers: river.NewWorkers(),
		inline: map[string]func(context.Context, []byte) error{},
	}
	q.backend = sync.OnceValues(q.open)
	return q
}

// Handle registers what does the jobs of kind T. Registering a kind twice is a programming error.
func Handle[T Args](q *Queue, work func(ctx context.Context, args T) error) {
	var zero T
	river.AddWorker(q.workers, &worker[T]{queue: q, work: work})
	q.inline[zero.Kind()] = func(ctx context.Context, encoded []byte) error {
		var args T
		if err := json.Unmarshal(encoded, &args); err != nil {
			return Cancel(fmt.Errorf("jobs: arguments of %s: %w", zero.Kind(), err))
		}
		return work(ctx, args)
	}
}

type worker[T Args] struct {
	river.WorkerDefaults[T]
	queue *Queue
	work  func(ctx context.Context, args T) error
}

// Work implements river.Worker.
func (w *worker[T]) Work(ctx context.Context, job *river.Job[T]) error {
	w.queue.running.Store(job.ID, nil)
	defer w.queue.running.Delete(job.ID)
	return w.work(withJob(ctx, job.ID, job.Attempt), job.Args)
}

// Insert adds a job in the caller's transaction: it exists when and only when the transaction is committed.
func (q *Queue) Insert(ctx context.Context, tx *database.Tx, args Args, opts ...Option) error {
	b, err := q.backend()
	if err != nil {
		return err
	}
	var options river.InsertOpts
	for _, option := range opts {
		option(&options)
	}
	if !options.ScheduledAt.After(tx.Now().Time) {
		options.ScheduledAt = time.Time{} // due: needs no scheduling
	}
	if err := b.insert(ctx, tx, args, &options); err != nil {
		return fmt.Errorf("jobs: insert %s: %w", args.Kind(), err)
	}
	return nil
}

// Start begins to work the jobs. What a process that died had been doing is taken up again.
func (q *Queue) Start(ctx context.Context) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.stop != nil {
		return errors.New("jobs: the queue is already started")
	}
	b, err := q.backend()
	if err != nil {
		return err
	}
	if err := q.rescue(ctx, b, q.db.Engine() == database.SQLite); err != nil {
		return err
	}
	if err := b.start(context.WithoutCancel(ctx)); err != nil { // Stop ends it, after the running jobs
		return fmt.Errorf("jobs: start: %w", err)
	}
	keep, cancel := context.WithCancel(context.WithoutCancel(ctx))
	q.stop, q.kept = cancel, make(chan struct{})
	go func() {
		defer close(q.kept)
		q.keepUp(keep, b)
	}()
	return nil
}

// Stop takes no further job and waits for those that run. When ctx ends first they are asked to stop, and what they
// leave is taken up again at the next start.
func (q *Queue) Stop(ctx context.Context) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.stop == nil {
		return nil
	}
	b, err := q.backend()
	if err != nil {
		return err
	}
	q.stop()
	<-q.kept
	q.stop = nil
	if err := b.stop(ctx); err != nil {
		hurry, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		return cmp.Or(b.stopNow(hurry), fmt.Errorf("jobs: some jobs were interrupted: %w", err))
	}
	return nil
}
