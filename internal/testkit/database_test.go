package testkit_test

import (
	"context"
	"errors"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/testkit"
)

func TestEachEngineIsEmptyAndMigrated(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		for range 2 {
			err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
				if tx.Now() != clock.At(testkit.Begin) {
					t.Errorf("the transaction's time is %v, want %v", tx.Now(), testkit.Begin)
				}
				_, err := tx.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES ($1, $2, $3)", "a", "á", tx.Now())
				return err
			})
			var n int
			if err2 := db.Get(t.Context(), &n, "SELECT count(*) FROM setting"); err2 != nil || n != 1 {
				t.Fatalf("%d rows, %v (insert: %v)", n, err2, err)
			}
			if err != nil && !errors.Is(err, database.ErrConflict) {
				t.Fatal(err)
			}
		}
		var at clock.Time
		if err := db.Get(t.Context(), &at, "SELECT updated_at FROM setting WHERE name = $1", "a"); err != nil || at != clock.At(testkit.Begin) {
			t.Fatalf("read %v, %v", at, err)
		}
	})
}
