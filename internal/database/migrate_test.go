package database_test

import (
	"path/filepath"
	"sync"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/testkit"
)

func TestMigratingAgainChangesNothing(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		dump := dumpSQLite
		if db.Engine() == database.Postgres {
			dump = dumpPostgres
		}
		before := dump(t, db)
		for range 2 {
			if err := db.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if dump(t, db) != before {
			t.Error("the schema changed")
		}
		if pending, err := db.Pending(t.Context()); pending || err != nil {
			t.Errorf("pending: %v, %v", pending, err)
		}
	})
}

func TestMigratingFromEmpty(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "new folder", "đ & %20.db")
	open := func() *database.DB {
		db, err := database.Open(t.Context(), database.Config{URL: url}, clock.System{})
		if err != nil {
			t.Fatal(err)
		}
		return db
	}
	db := open()
	if pending, err := db.Pending(t.Context()); !pending || err != nil {
		t.Errorf("an empty database is not pending: %v", err)
	}
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open()
	defer db.Close()
	if pending, err := db.Pending(t.Context()); pending || err != nil {
		t.Errorf("reopened, it is pending: %v", err)
	}
}

// Nodes that are started together migrate one after another.
func TestNodesMigrateTogether(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				if err := db.Migrate(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}
