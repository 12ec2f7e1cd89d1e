package database_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/testkit"
)

// put writes one setting, the table that every schema has.
func put(ctx context.Context, tx *database.Tx, name, value string) error {
	_, err := tx.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES ($1, $2, $3)", name, value, tx.Now())
	return err
}

// names returns the settings' names.
func names(t *testing.T, q database.Querier) []string {
	t.Helper()
	var found []string
	if err := q.Select(t.Context(), &found, "SELECT name FROM setting ORDER BY name"); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestTxCommitsOrRollsBack(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		regret := errors.New("regret")
		var steps []string
		err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			tx.AfterCommit(func() { steps = append(steps, "after a rollback") })
			return errors.Join(put(ctx, tx, "a", ""), regret)
		})
		if !errors.Is(err, regret) {
			t.Fatal(err)
		}
		err = db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			tx.AfterCommit(func() { steps = append(steps, "after") })
			tx.BeforeCommit(func(ctx context.Context) error {
				steps = append(steps, "before")
				tx.BeforeCommit(func(context.Context) error { return regret }) // a hook that another added
				return put(ctx, tx, "b", "")
			})
			return nil
		})
		if !errors.Is(err, regret) {
			t.Fatal(err)
		}
		err = db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			tx.AfterCommit(func() {
				steps = append(steps, "after")
				if got := names(t, db); !slices.Equal(got, []string{"c", "d"}) {
					t.Errorf("after the commit there are %q", got)
				}
			})
			tx.BeforeCommit(func(ctx context.Context) error { return put(ctx, tx, "d", "") })
			if err := put(ctx, tx, "c", ""); err != nil {
				return err
			}
			if got := names(t, tx); !slices.Equal(got, []string{"c"}) {
				t.Errorf("the transaction sees %q", got)
			}
			if got := names(t, db); len(got) != 0 {
				t.Errorf("before the commit others see %q", got)
			}
			return nil
		})
		if err != nil || !slices.Equal(steps, []string{"before", "after"}) {
			t.Fatalf("%v, hooks ran: %q", err, steps)
		}
	})
}

func TestTxRollsBackAPanic(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic was swallowed")
				}
			}()
			_ = db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
				if err := put(ctx, tx, "a", ""); err != nil {
					return err
				}
				panic("a mistake")
			})
		}()
		// The connection is free again and nothing was kept.
		if err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error { return put(ctx, tx, "b", "") }); err != nil {
			t.Fatal(err)
		}
		if got := names(t, db); !slices.Equal(got, []string{"b"}) {
			t.Fatalf("there are %q", got)
		}
	})
}

func TestANestedTxIsRefused(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		err := db.Tx(t.Context(), func(ctx context.Context, _ *database.Tx) error {
			return db.Tx(ctx, func(context.Context, *database.Tx) error { return nil })
		})
		if err == nil || !strings.Contains(err.Error(), "inside another") {
			t.Fatalf("a nested transaction gives %v", err)
		}
	})
}

func TestACancelledTxEnds(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		ctx, cancel := context.WithCancel(t.Context())
		err := db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
			if err := put(ctx, tx, "a", ""); err != nil {
				return err
			}
			cancel()
			return put(ctx, tx, "b", "")
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("%v, want that it was cancelled", err)
		}
		if got := names(t, db); len(got) != 0 {
			t.Fatalf("there are %q", got)
		}
	})
}

// Two transactions that want the same two rows in opposite order: PostgreSQL ends one of them, which is tried again.
func TestTxIsTriedAgain(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			return errors.Join(put(ctx, tx, "a", ""), put(ctx, tx, "b", ""))
		})
		if err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		begun, after := 0, 0
		both := make(chan struct{})
		var wg sync.WaitGroup
		for _, order := range [][]string{{"a", "b"}, {"b", "a"}} {
			wg.Go(func() {
				err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
					if n := database.Local(tx, "count", func() *int { return new(int) }); *n != 0 {
						t.Error("a retried transaction keeps what the first attempt knew")
					} else {
						*n++
					}
					tx.AfterCommit(func() { mu.Lock(); after++; mu.Unlock() })
					for i, name := range order {
						if _, err := tx.Exec(ctx, "UPDATE setting SET value = value || 'x' WHERE name = $1", name); err != nil {
							return err
						}
						if i == 1 {
							continue
						}
						mu.Lock()
						if begun++; begun == 2 {
							close(both)
						}
						mu.Unlock()
						wait := time.Minute
						if db.Engine() == database.SQLite {
							wait = 100 * time.Millisecond // it has one writer at a time: the other cannot come
						}
						select {
						case <-both:
						case <-time.After(wait):
						}
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		var values []string
		if err := db.Select(t.Context(), &values, "SELECT value FROM setting ORDER BY name"); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(values, []string{"xx", "xx"}) || after != 2 {
			t.Fatalf("values %q, %d commits", values, after)
		}
		// PostgreSQL ends one of the two as a deadlock; its next attempt may meet the other once more.
		if least := map[database.Engine]int{database.SQLite: 2, database.Postgres: 3}[db.Engine()]; begun < least {
			t.Errorf("%d attempts, want at least %d", begun, least)
		}
	})
}

func TestManyWritersAtOnce(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		var wg sync.WaitGroup
		for w := range 16 {
			wg.Go(func() {
				for i := range 10 {
					name := fmt.Sprintf("%02d-%02d", w, i)
					if err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error { return put(ctx, tx, name, "") }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if got := names(t, db); len(got) != 160 {
			t.Fatalf("%d rows", len(got))
		}
	})
}
