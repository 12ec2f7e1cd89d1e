package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/jobs"
	"sachhon/internal/testkit"
)

type note struct {
	Text string `json:"text"`
}

func (note) Kind() string { return "test.note" }

var quiet = jobs.Config{Logger: slog.New(slog.DiscardHandler)}

// insert adds notes in one transaction.
func insert(t *testing.T, db *database.DB, q *jobs.Queue, text string, opts ...jobs.Option) {
	t.Helper()
	err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		return q.Insert(ctx, tx, note{text}, opts...)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func drain(t *testing.T, q *jobs.Queue) {
	t.Helper()
	if err := q.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// noting returns a queue whose jobs append their text to the result.
func noting(db *database.DB) (*jobs.Queue, *[]string) {
	var done []string
	q := jobs.New(db, quiet)
	jobs.Handle(q, func(_ context.Context, n note) error {
		done = append(done, n.Text)
		return nil
	})
	return q, &done
}

func expect(t *testing.T, got *[]string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, *got); diff != "" {
		t.Fatalf("worked (-want +got):\n%s", diff)
	}
}

func TestARolledBackTransactionInsertsNothing(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		q, done := noting(db)
		regret := errors.New("regret")
		err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			if err := q.Insert(ctx, tx, note{"a"}); err != nil {
				return err
			}
			return regret
		})
		if !errors.Is(err, regret) {
			t.Fatal(err)
		}
		insert(t, db, q, "b")
		drain(t, q)
		expect(t, done, "b")
		drain(t, q)
		expect(t, done, "b") // finished is finished
	})
}

func TestDrainKeepsTheOrderOfTimeThenInsertion(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		q, done := noting(db)
		now := clock.At(clk.Now())
		insert(t, db, q, "in two hours", jobs.At(now.Add(2*time.Hour)))
		insert(t, db, q, "in one hour", jobs.At(now.Add(time.Hour)))
		insert(t, db, q, "now, first")
		insert(t, db, q, "long due", jobs.At(now.Add(-time.Hour)))
		insert(t, db, q, "now, last")
		drain(t, q)
		expect(t, done, "now, first", "long due", "now, last")

		clk.Advance(time.Hour - time.Second)
		drain(t, q)
		if len(*done) != 3 {
			t.Fatalf("ran before its time: %q", *done)
		}
		clk.Advance(2 * time.Hour)
		drain(t, q)
		expect(t, done, "now, first", "long due", "now, last", "in one hour", "in two hours")
	})
}

func TestDrainRunsWhatJobsInsert(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		q := jobs.New(db, quiet)
		var done []string
		jobs.Handle(q, func(ctx context.Context, n note) error {
			done = append(done, n.Text)
			if len(n.Text) == 3 {
				return nil
			}
			return db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
				return q.Insert(ctx, tx, note{n.Text + "x"})
			})
		})
		insert(t, db, q, "x")
		drain(t, q)
		expect(t, &done, "x", "xx", "xxx")
	})
}

func TestAFailedJobIsTriedAgainAfterAPause(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		q := jobs.New(db, quiet)
		tries := 0
		jobs.Handle(q, func(context.Context, note) error {
			tries++
			if tries == 2 {
				panic("a mistake")
			}
			return errors.New("not yet")
		})
		insert(t, db, q, "a", jobs.MaxAttempts(3))
		drain(t, q)
		if tries != 1 {
			t.Fatalf("%d tries, want 1 before any time has passed", tries)
		}
		for want, pause := range []time.Duration{0, 2 * time.Second, 20 * time.Second, time.Hour, 24 * time.Hour} {
			clk.Advance(pause)
			drain(t, q)
			if want = min(want+1, 3); tries != want {
				t.Fatalf("%d tries, want %d after a pause of %v", tries, want, pause)
			}
		}
	})
}

func TestCancelAndSnooze(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		q := jobs.New(db, quiet)
		var done []string
		jobs.Handle(q, func(_ context.Context, n note) error {
			done = append(done, n.Text)
			if n.Text == "cancel" {
				return jobs.Cancel(errors.New("never"))
			}
			if len(done) < 5 {
				return jobs.Snooze(time.Minute)
			}
			return nil
		})
		insert(t, db, q, "cancel")
		insert(t, db, q, "snooze", jobs.MaxAttempts(2))
		for range 6 {
			drain(t, q)
			clk.Advance(time.Minute)
		}
		expect(t, &done, "cancel", "snooze", "snooze", "snooze", "snooze")
	})
}

func TestUniqueWhileUnfinished(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		q, done := noting(db)
		insert(t, db, q, "a", jobs.Unique())
		insert(t, db, q, "a", jobs.Unique())
		insert(t, db, q, "b", jobs.Unique())
		drain(t, q)
		expect(t, done, "a", "b")
		insert(t, db, q, "a", jobs.Unique())
		drain(t, q)
		expect(t, done, "a", "b", "a")
	})
}

func TestPeriodicJobsRunOncePerInterval(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		q, done := noting(db)
		q.Every("nightly", 24*time.Hour, note{"night"})
		other, otherDone := noting(db) // a second node with the same registration
		other.Every("nightly", 24*time.Hour, note{"night"})

		drain(t, q)
		drain(t, other)
		expect(t, done, "night") // at the first opportunity
		clk.Set(time.Date(2024, time.June, 6, 23, 59, 59, 0, clock.Zone))
		drain(t, q)
		expect(t, done, "night")
		clk.Advance(time.Second) // midnight
		drain(t, other)
		drain(t, q)
		expect(t, otherDone, "night")
		clk.Advance(10 * 24 * time.Hour) // what was missed is made up for once
		drain(t, q)
		expect(t, done, "night", "night")
	})
}

func TestAKindThatNobodyHandlesWaits(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		lone := jobs.New(db, quiet)
		insert(t, db, lone, "a")
		drain(t, lone)
		q, done := noting(db)
		drain(t, q)
		expect(t, done, "a")
	})
}

func TestCompleteStandsOrFallsWithTheTransaction(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		q := jobs.New(db, quiet)
		tries := 0
		jobs.Handle(q, func(ctx context.Context, _ note) error {
			tries++
			err := db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
				if err := q.Complete(ctx, tx); err != nil {
					return err
				}
				if tries == 1 {
					return errors.New("rolled back")
				}
				return nil
			})
			if err != nil {
				return err
			}
			return errors.New("too late to fail")
		})
		insert(t, db, q, "a")
		for range 3 {
			drain(t, q)
			clk.Advance(time.Hour)
		}
		if tries != 2 {
			t.Fatalf("%d tries, want the one that was rolled back and the one that stands", tries)
		}
	})
}

func TestDrainInsideATransactionIsRefused(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		q, _ := noting(db)
		err := db.Tx(t.Context(), func(ctx context.Context, _ *database.Tx) error { return q.Drain(ctx) })
		if err == nil {
			t.Fatal("it would wait for itself on SQLite")
		}
	})
}

func TestStopWaitsForTheRunningJob(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		q := jobs.New(db, quiet)
		begun, finished := make(chan struct{}), atomic.Bool{}
		jobs.Handle(q, func(ctx context.Context, _ note) error {
			close(begun)
			time.Sleep(300 * time.Millisecond)
			finished.Store(true)
			return ctx.Err()
		})
		if err := q.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		insert(t, db, q, "a")
		<-begun
		if err := q.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		if !finished.Load() {
			t.Fatal("Stop returned before the job did")
		}
		if err := q.Stop(t.Context()); err != nil {
			t.Fatalf("a second Stop: %v", err)
		}
	})
}

// The one writing connection of SQLite is shared with the queue: neither may wait for the other for ever, and a job
// is noticed soon after its commit.
func TestJobsAndTransactionsTakeTurns(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		q := jobs.New(db, quiet)
		const n = 200
		done := make(chan time.Time, n)
		jobs.Handle(q, func(ctx context.Context, job note) error {
			err := db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
				_, err := tx.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES ($1, '', $2)", job.Text, tx.Now())
				return err
			})
			done <- time.Now()
			return err
		})
		if err := q.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := q.Stop(context.Background()); err != nil {
				t.Error(err)
			}
		}()
		begin := time.Now()
		insert(t, db, q, "first")
		t.Logf("the first job was done %v after its insertion", (<-done).Sub(begin))
		for i := range n - 1 {
			insert(t, db, q, fmt.Sprint(i))
		}
		for range n - 1 {
			<-done
		}
		t.Logf("%d jobs in %v", n, time.Since(begin))
		var rows int
		if err := db.Get(t.Context(), &rows, "SELECT count(*) FROM setting"); err != nil || rows != n {
			t.Fatalf("%d rows, %v, want %d", rows, err, n)
		}
	})
}

func TestStartedQueueRunsScheduledAndPeriodicJobs(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		q := jobs.New(db, quiet)
		worked := make(chan string, 10)
		jobs.Handle(q, func(_ context.Context, n note) error {
			worked <- n.Text
			return nil
		})
		q.Every("hourly", time.Hour, note{"hour"})
		insert(t, db, q, "later", jobs.At(clock.At(clk.Now().Add(90*time.Minute))))
		if err := q.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		next := func() string {
			select {
			case text := <-worked:
				return text
			case <-time.After(20 * time.Second):
				return "nothing"
			}
		}
		if got := next(); got != "hour" {
			t.Errorf("worked %q first", got)
		}
		time.Sleep(500 * time.Millisecond) // a periodic job keeps its next one out until it is noted as finished
		clk.Advance(2 * time.Hour)
		got := []string{next(), next()}
		slices.Sort(got)
		expect(t, &got, "hour", "later")
		if err := q.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

func TestConfigValidate(t *testing.T) {
	if err := (jobs.Config{}).Validate(); err != nil {
		t.Errorf("the defaults: %v", err)
	}
	for _, bad := range []jobs.Config{
		{Workers: -1}, {Timeout: time.Millisecond}, {Timeout: time.Minute, RescueAfter: time.Minute},
	} {
		if bad.Validate() == nil {
			t.Errorf("%+v passes", bad)
		}
	}
}
