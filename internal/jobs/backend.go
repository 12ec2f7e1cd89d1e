package jobs

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"sachhon/internal/database"
)

// poll is how often River looks for jobs that no notification announced, such as those whose time has come.
const poll = 200 * time.Millisecond

// backend is River on one engine.
type backend interface {
	insert(ctx context.Context, tx *database.Tx, args Args, options *river.InsertOpts) error
	executor() riverdriver.Executor
	executorIn(tx *database.Tx) riverdriver.Executor
	start(ctx context.Context) error
	stop(ctx context.Context) error
	stopNow(ctx context.Context) error
}

// engine is the backend whose transactions are of type T.
type engine[T any] struct {
	client *river.Client[T]
	driver riverdriver.Driver[T]
	native func(*database.Tx) T
}

func (q *Queue) open() (backend, error) {
	if err := q.config.Validate(); err != nil {
		return nil, err
	}
	if q.db.Engine() == database.SQLite {
		return newEngine(q, riversqlite.New(q.db.Writer()), (*database.Tx).SQL)
	}
	return newEngine(q, riverpgxv5.New(q.db.Pool()), (*database.Tx).PGX)
}

func newEngine[T any](q *Queue, driver riverdriver.Driver[T], native func(*database.Tx) T) (backend, error) {
	client, err := river.NewClient(driver, &river.Config{
		FetchCooldown:       poll / 20,
		FetchPollInterval:   poll,
		FetchOnlyKnownKinds: true,
		JobTimeout:          q.config.Timeout,
		// The upkeep that River leaves to an elected leader is done by every process itself, see upkeep.go: its
		// leader reads the machine's clock, and an election has no use where there is one process.
		LeaderElectionDisabled: true,
		RescueStuckJobsAfter:   q.config.RescueAfter,
		Logger:                 q.config.Logger,
		MaxAttempts:            DefaultAttempts,
		Queues:                 map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: q.config.Workers}},
		RetryPolicy:            retryPolicy{q.db.Clock()},
		SkipUnknownJobCheck:    true, // a process may insert what another one works
		Test:                   river.TestConfig{Time: riverTime{q.db.Clock()}},
		Workers:                q.workers,
	})
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	return &engine[T]{client, driver, native}, nil
}

func (e *engine[T]) insert(ctx context.Context, tx *database.Tx, args Args, options *river.InsertOpts) error {
	_, err := e.client.InsertTx(ctx, e.native(tx), args, options)
	return err
}

func (e *engine[T]) executor() riverdriver.Executor { return e.driver.GetExecutor() }

func (e *engine[T]) executorIn(tx *database.Tx) riverdriver.Executor {
	return e.driver.UnwrapExecutor(e.native(tx))
}

func (e *engine[T]) start(ctx context.Context) error   { return e.client.Start(ctx) }
func (e *engine[T]) stop(ctx context.Context) error    { return e.client.Stop(ctx) }
func (e *engine[T]) stopNow(ctx context.Context) error { return e.client.StopAndCancel(ctx) }

// Migrate brings River's own tables up to date. Call it after db.Migrate.
func Migrate(ctx context.Context, db *database.DB) error {
	if db.Engine() == database.SQLite {
		return migrate[*sql.Tx](ctx, riversqlite.New(db.Writer()))
	}
	return migrate[pgx.Tx](ctx, riverpgxv5.New(db.Pool()))
}

func migrate[T any](ctx context.Context, driver riverdriver.Driver[T]) error {
	m, err := rivermigrate.New(driver, nil)
	if err != nil {
		return fmt.Errorf("jobs: %w", err)
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("jobs: migrate: %w", err)
	}
	return nil
}
