package jobs_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/jobs"
	"sachhon/internal/testkit"
)

// childURL tells the test binary to be the process that is killed.
const childURL = "JOBS_TEST_CHILD_URL"

func TestMain(m *testing.M) {
	if url := os.Getenv(childURL); url != "" {
		fmt.Fprintln(os.Stderr, workUntilKilled(url, os.Getenv("JOBS_TEST_CHILD_MARK")))
		os.Exit(1)
	}
	goleak.VerifyTestMain(m)
}

// countedQueue returns a queue whose job adds one to a number, in the transaction that ends the job. pause is called
// while the change is made but not committed, and again right after the commit.
func countedQueue(db *database.DB, config jobs.Config, pause func(when string)) *jobs.Queue {
	q := jobs.New(db, config)
	jobs.Handle(q, func(ctx context.Context, n note) error {
		err := db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO setting (name, value, updated_at) VALUES ($1, '', 1)
				ON CONFLICT (name) DO UPDATE SET updated_at = setting.updated_at + 1`, n.Text)
			if err != nil {
				return err
			}
			pause("before")
			return q.Complete(ctx, tx)
		})
		pause("after")
		return err
	})
	return q
}

// workUntilKilled is the child: it starts the job and hangs at the given moment, where its parent kills it.
func workUntilKilled(url, moment string) error {
	ctx := context.Background()
	db, err := database.Open(ctx, database.Config{URL: url}, clock.System{})
	if err != nil {
		return err
	}
	q := countedQueue(db, quiet, func(when string) {
		if when == moment {
			fmt.Println("in the middle")
			time.Sleep(time.Hour)
		}
	})
	err = db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error { return q.Insert(ctx, tx, note{"effect"}) })
	if err != nil {
		return err
	}
	if err := q.Start(ctx); err != nil {
		return err
	}
	time.Sleep(time.Minute)
	return errors.New("nobody killed the child")
}

func TestAKilledJobHasItsEffectExactlyOnce(t *testing.T) {
	for _, engine := range []database.Engine{database.SQLite, database.Postgres} {
		for _, moment := range []string{"before", "after"} {
			t.Run(fmt.Sprintf("%s %s the commit", engine, moment), func(t *testing.T) {
				url := testkit.URL(t, engine)
				killInTheMiddle(t, url, moment)

				db, err := database.Open(t.Context(), database.Config{URL: url}, clock.System{})
				if err != nil {
					t.Fatal(err)
				}
				defer db.Close()
				// Where other nodes may be at work a job is taken up when it has run for too long, so the test
				// does not wait longer than it must.
				config := jobs.Config{Timeout: time.Second, RescueAfter: 1100 * time.Millisecond, Logger: quiet.Logger}
				q := countedQueue(db, config, func(string) {})
				time.Sleep(1200 * time.Millisecond)
				if err := q.Start(t.Context()); err != nil {
					t.Fatal(err)
				}
				effect := 0
				for deadline := time.Now().Add(20 * time.Second); effect == 0 && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
					effect = readEffect(t, db)
				}
				time.Sleep(500 * time.Millisecond) // a second effect would come now
				if err := q.Stop(t.Context()); err != nil {
					t.Fatal(err)
				}
				if effect = readEffect(t, db); effect != 1 {
					t.Fatalf("the job had its effect %d times", effect)
				}
			})
		}
	}
}

func readEffect(t *testing.T, db *database.DB) int {
	t.Helper()
	var n int
	err := db.Get(t.Context(), &n, "SELECT updated_at FROM setting WHERE name = 'effect'")
	if err != nil && !errors.Is(err, database.ErrNotFound) {
		t.Fatal(err)
	}
	return n
}

// killInTheMiddle runs the child and sends it SIGKILL when it says that it is in the middle of its job.
func killInTheMiddle(t *testing.T, url, moment string) {
	t.Helper()
	self, err := filepath.Abs(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(self)
	child.Env = append(os.Environ(), childURL+"="+url, "JOBS_TEST_CHILD_MARK="+moment)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || line != "in the middle\n" {
		t.Errorf("the child said %q, %v", line, err)
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := child.Wait(); err == nil {
		t.Fatal("the child ended by itself")
	}
}
