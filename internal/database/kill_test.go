package database_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/testkit"
)

// childURL tells the test binary to be the process that is killed.
const childURL = "DATABASE_TEST_CHILD_URL"

func TestMain(m *testing.M) {
	if url := os.Getenv(childURL); url != "" {
		if err := writeUntilKilled(url); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeUntilKilled is the child: several writers, each of which says which row it has committed.
func writeUntilKilled(url string) error {
	ctx := context.Background()
	db, err := database.Open(ctx, database.Config{URL: url}, clock.System{})
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := 0; ; i++ {
				name := fmt.Sprintf("%d-%d", w, i)
				if err := db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error { return put(ctx, tx, name, "") }); err != nil {
					fmt.Fprintln(os.Stderr, err)
					return
				}
				fmt.Println(name) // one write call, so a line is whole or missing
			}
		})
	}
	wg.Wait()
	return nil
}

func TestNothingAcknowledgedIsLostByAKill(t *testing.T) {
	for _, engine := range []database.Engine{database.SQLite, database.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			url := testkit.URL(t, engine)
			acknowledged := killWhileWriting(t, url, 300)
			db, err := database.Open(t.Context(), database.Config{URL: url}, clock.System{})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			found := map[string]bool{}
			for _, name := range names(t, db) {
				found[name] = true
			}
			for _, name := range acknowledged {
				if !found[name] {
					t.Errorf("%s was acknowledged and is lost", name)
				}
			}
			t.Logf("%d acknowledged, %d found", len(acknowledged), len(found))
			if err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error { return put(ctx, tx, "again", "") }); err != nil {
				t.Errorf("the database takes no more writes: %v", err)
			}
		})
	}
}

// killWhileWriting kills the child with SIGKILL after n acknowledgements and returns all that it gave.
func killWhileWriting(t *testing.T, url string, n int) (acknowledged []string) {
	t.Helper()
	self, err := filepath.Abs(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(self)
	child.Env = append(os.Environ(), childURL+"="+url)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		acknowledged = append(acknowledged, lines.Text())
		if len(acknowledged) == n {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := child.Wait(); err == nil || len(acknowledged) < n {
		t.Fatalf("the child ended by itself after %d acknowledgements: %v", len(acknowledged), err)
	}
	return acknowledged
}
