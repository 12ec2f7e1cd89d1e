package database_test

import (
	"context"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/testkit"
)

// What is asked under a counting context is counted, inside a transaction and outside, and nothing else is.
func TestWhatIsAskedIsCounted(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		ctx, count := database.Counting(t.Context())
		err := db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
			for _, name := range []string{"a", "b", "c"} {
				if err := put(ctx, tx, name, ""); err != nil {
					return err
				}
			}
			var one string
			return tx.Get(ctx, &one, "SELECT name FROM setting WHERE name = $1", "a")
		})
		if err != nil {
			t.Fatal(err)
		}
		if count.Statements() != 4 || count.Rows() != 1 {
			t.Errorf("in the transaction %d statements, %d rows", count.Statements(), count.Rows())
		}
		var all []string
		if err := db.Select(ctx, &all, "SELECT name FROM setting"); err != nil {
			t.Fatal(err)
		}
		names(t, db) // under another context
		if count.Statements() != 5 || count.Rows() != 4 {
			t.Errorf("in all %d statements, %d rows", count.Statements(), count.Rows())
		}
	})
}
