package database_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/testkit"
)

type thing struct {
	ID     string                         `db:"id"`
	Parent string                         `db:"parent"`
	At     clock.Time                     `db:"at"`
	Never  clock.Time                     `db:"never"`
	Yes    bool                           `db:"yes"`
	Size   float64                        `db:"size"`
	Bytes  []byte                         `db:"bytes"`
	List   database.JSON[[]string]        `db:"list"`
	Absent database.JSON[map[string]bool] `db:"absent"`
}

// things makes a table with every kind of column.
func things(t *testing.T, db *database.DB) {
	t.Helper()
	text := `CREATE TABLE thing (id TEXT PRIMARY KEY, parent TEXT NOT NULL, at {{int}} NOT NULL, never {{int}}, yes {{bool}} NOT NULL,
		size {{float}} NOT NULL, bytes {{blob}}, list TEXT NOT NULL, absent TEXT, weight {{int}} UNIQUE,
		CONSTRAINT thing_parent FOREIGN KEY (parent) REFERENCES setting (name)) {{strict}}`
	words := strings.NewReplacer("{{int}}", "INTEGER", "{{float}}", "REAL", "{{bool}}", "INTEGER", "{{blob}}", "BLOB", "{{strict}}", "STRICT")
	if db.Engine() == database.Postgres {
		words = strings.NewReplacer("{{int}}", "BIGINT", "{{float}}", "DOUBLE PRECISION", "{{bool}}", "BOOLEAN", "{{blob}}", "BYTEA", "{{strict}}", "")
	}
	err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		if _, err := tx.Exec(ctx, words.Replace(text)); err != nil {
			return err
		}
		return put(ctx, tx, "parent", "")
	})
	if err != nil {
		t.Fatal(err)
	}
}

const insertThing = `INSERT INTO thing (id, parent, at, never, yes, size, bytes, list, absent, weight)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, $9)`

func addThing(t *testing.T, db *database.DB, v thing, weight any) error {
	t.Helper()
	return db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		_, err := tx.Exec(ctx, insertThing, v.ID, v.Parent, v.At, v.Never, v.Yes, v.Size, v.Bytes, v.List, weight)
		return err
	})
}

func TestValuesComeBackAsTheyWere(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		things(t, db)
		want := []thing{
			{
				ID: "a", Parent: "parent", At: clock.At(time.Date(2024, 6, 30, 23, 59, 59, 123456789, clock.Zone)), Yes: true, Size: 1.25,
				Bytes: []byte{0, 255, 1}, List: database.JSON[[]string]{V: []string{"đ", "<&>"}},
			},
			{ID: "b", Parent: "parent", At: clock.At(time.Date(1954, 1, 1, 0, 0, 0, 0, time.UTC)), Never: clock.At(time.Unix(1, 0))},
		}
		for _, v := range want {
			if err := addThing(t, db, v, nil); err != nil {
				t.Fatal(err)
			}
		}
		var got []thing
		if err := db.Select(t.Context(), &got, `SELECT id, parent, at, never, yes, size, bytes, list, absent FROM thing
			WHERE id IN (`+database.In(2, 2)+`) AND yes = $1 OR id = $3 ORDER BY id`, true, "a", "b"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		var text string
		if err := db.Get(t.Context(), &text, "SELECT list FROM thing WHERE id = 'a'"); err != nil || text != `["đ","\u003c\u0026\u003e"]` {
			t.Errorf("the stored JSON is %s, %v", text, err)
		}
	})
}

func TestErrors(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		things(t, db)
		if err := addThing(t, db, thing{ID: "a", Parent: "parent", At: clock.At(testkit.Begin)}, 7); err != nil {
			t.Fatal(err)
		}
		err := addThing(t, db, thing{ID: "a", Parent: "parent", At: clock.At(testkit.Begin)}, 8)
		if !errors.Is(err, database.ErrConflict) {
			t.Errorf("the same primary key: %v", err)
		}
		if got, want := database.ConstraintOf(err), map[database.Engine]string{database.SQLite: "thing.id", database.Postgres: "thing_pkey"}[db.Engine()]; got != want {
			t.Errorf("the constraint is %q, want %q", got, want)
		}
		err = addThing(t, db, thing{ID: "b", Parent: "parent", At: clock.At(testkit.Begin)}, 7)
		if !errors.Is(err, database.ErrConflict) || !strings.Contains(database.ConstraintOf(err), "weight") {
			t.Errorf("the same unique value: %v (%s)", err, database.ConstraintOf(err))
		}
		err = addThing(t, db, thing{ID: "b", Parent: "nobody", At: clock.At(testkit.Begin)}, 8)
		if !errors.Is(err, database.ErrReference) || errors.Is(err, database.ErrConflict) {
			t.Errorf("a parent that is not there: %v", err)
		}
		err = db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.Exec(ctx, "DELETE FROM setting WHERE name = 'parent'")
			return err
		})
		if !errors.Is(err, database.ErrReference) {
			t.Errorf("a parent with children: %v", err)
		}
		err = addThing(t, db, thing{ID: "b", Parent: "parent"}, 8) // its time is NULL
		if err == nil || errors.Is(err, database.ErrConflict) || errors.Is(err, database.ErrReference) {
			t.Errorf("a missing value: %v", err)
		}
		var one thing
		if err := db.Get(t.Context(), &one, "SELECT id, parent, at FROM thing WHERE id = 'none'"); !errors.Is(err, database.ErrNotFound) {
			t.Errorf("no row: %v", err)
		}
		if err := db.Select(t.Context(), &[]thing{}, "SELECT nothing FROM thing"); err == nil || !strings.Contains(err.Error(), "SELECT nothing") {
			t.Errorf("a wrong statement is not named: %v", err)
		}
		if database.ConstraintOf(errors.New("other")) != "" {
			t.Error("any error has a constraint")
		}
	})
}

// STRICT tables refuse what PostgreSQL refuses.
func TestTypesAreKept(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.Exec(ctx, "INSERT INTO setting (name, value, updated_at) VALUES ('a', '', $1)", "abc")
			return err
		})
		if err == nil {
			t.Fatal("a text fits a column of numbers")
		}
	})
}

// A reader can do nothing else, so a write outside a transaction is noticed.
func TestReadsCannotWrite(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		if db.Engine() == database.Postgres {
			t.Skip("PostgreSQL has one pool for both")
		}
		var name string
		err := db.Get(t.Context(), &name, "INSERT INTO setting (name, value, updated_at) VALUES ('a', '', 1) RETURNING name")
		if err == nil {
			t.Fatal("a read wrote")
		}
	})
}

func TestConfigValidate(t *testing.T) {
	for url, ok := range map[string]bool{
		"sqlite:data/sachhon.db": true, "sqlite:/var/lib/a b.db": true, "postgres://u:p@h/n": true, "postgresql://h/n": true,
		"": false, "sqlite": false, "sqlite:": false, "sqlite::memory:": false, "mysql://h/n": false, "data/sachhon.db": false,
	} {
		if err := (database.Config{URL: url}).Validate(); (err == nil) != ok {
			t.Errorf("%q: %v", url, err)
		}
	}
	_, err := database.Open(t.Context(), database.Config{URL: "postgres://u:secret@127.0.0.1:1/n"}, clock.System{})
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("a server that is away gives %v", err)
	}
}
