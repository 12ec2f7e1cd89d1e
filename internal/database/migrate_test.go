package database_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
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

// SQLite makes the table of dispatches anew: what it held and what refers to it stays.
func TestATableMadeAnewKeepsItsRows(t *testing.T) {
	db, err := database.Open(t.Context(), database.Config{URL: "sqlite:" + filepath.Join(t.TempDir(), "old.db")}, clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.MigrateTo(t.Context(), 146); err != nil {
		t.Fatal(err)
	}
	err = db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		for _, statement := range []string{
			`INSERT INTO unit (id, code, name, full_name, kind, level, valid_from, valid_to, email, folded, created_at, updated_at)
				VALUES ('town', '1', '', '', '', 1, '', '', '', '', 1, 1), ('ward', '2', '', '', '', 1, '', '', '', '', 1, 1),
				('school', '3', '', '', '', 1, '', '', '', '', 1, 1)`,
			`INSERT INTO letter (id, issuer_id, state, number_key, symbol, issued_on, subject, source, file_key, file_name, reading, fields,
				version, created_by, created_at, updated_at, registered_by) VALUES ('l', 'town', '', '', '', '', '', '', '', '', '', '', 1, '', 1, 1, '')`,
			`INSERT INTO dispatch (id, letter_id, parent_id, sender_id, receiver_id, state, words, sent_by, sent_at, arrival_year, arrival_number,
				lead, cooperators, instruction, outcome, version, updated_at, seq) VALUES
				('b', 'l', NULL, 'town', 'ward', 'received', 'xin', 'p', 1, 2024, 7, '', '[]', '', '', 3, 2, 5),
				('a', 'l', 'b', 'ward', 'school', 'sent', '', 'p', 2, 0, 0, '', '[]', '', '', 1, 2, 6)`,
			`INSERT INTO dispatch_duty (dispatch_id, number, text, channels, done_by, note) VALUES ('a', 1, '', '[]', '', ''), ('b', 1, '', '[]', '', '')`,
		} {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	const rows = `SELECT id || coalesce(parent_id, '-') || receiver_id || state || words || arrival_number || seq FROM dispatch ORDER BY id`
	read := func(query string) []string {
		var found []string
		if err := db.Select(t.Context(), &found, query); err != nil {
			t.Fatal(err)
		}
		return found
	}
	before := read(rows)
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after := read(rows); len(after) != 2 || !slices.Equal(before, after) {
		t.Errorf("before %q, after %q", before, after)
	}
	if broken := read(`SELECT "table" FROM pragma_foreign_key_check`); len(broken) > 0 {
		t.Errorf("rows of %q refer to nothing", broken)
	}
	insert := func(id string) error {
		return db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO dispatch_duty (dispatch_id, number, text, channels, done_by, note) VALUES ($1, 2, '', '[]', '', '')`, id)
			return err
		})
	}
	if insert("b") != nil || insert("nobody") == nil {
		t.Error("what refers to dispatches is not checked any more")
	}
}

// Numbers belong to packages: what a newer program brings may have lower ones than what was applied before.
func TestMigratingWhatIsOlderByNumber(t *testing.T) {
	db, err := database.Open(t.Context(), database.Config{URL: "sqlite:" + filepath.Join(t.TempDir(), "old.db")}, clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.MigrateWithout(t.Context(), 139, 147, 148, 149, 205, 223, 224, 235, 245, 246, 250, 251, 256, 221, 222); err != nil {
		t.Fatal(err)
	}
	if pending, err := db.Pending(t.Context()); err != nil || !pending {
		t.Fatalf("pending %v, %v", pending, err)
	}
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if pending, err := db.Pending(t.Context()); err != nil || pending {
		t.Errorf("still pending: %v", err)
	}
}

// What a unit typed in from paper before it was work like any other becomes so, dealt with as was written down.
func TestLettersOnPaperBecomeWork(t *testing.T) {
	eachOld(t, 245, func(t *testing.T, db *database.DB) {
		write(t, db, `INSERT INTO unit (id, code, name, full_name, kind, level, valid_from, valid_to, email, folded, created_at, updated_at)
				VALUES ('town', '1', '', '', '', 1, '', '', '', '', 1, 1), ('ward', '2', '', '', '', 1, '', '', '', '', 1, 1)`,
			`INSERT INTO letter (id, issuer_id, state, number_key, symbol, issued_on, subject, source, file_key, file_name, reading, fields,
				version, created_by, created_at, updated_at, registered_by) VALUES
				('own', 'town', 'registered', '', '', '', '', '', '', '', '', '', 1, '', 1, 1, ''),
				('plan', 'town', 'entered', 'a', '', '', '', '', '', '', '', '', 1, '', 1, 1, 'p'),
				('past', 'town', 'entered', 'd', '', '', '', '', '', '', '', '', 1, '', 1, 1, 'p'),
				('new', 'town', 'entered', 'e', '', '', '', '', '', '', '', '', 1, '', 1, 1, 'p'),
				('draft', 'town', 'draft', 'c', '', '', '', '', '', '', '', '', 1, '', 1, 1, ''),
				('paper', 'ward', 'entered', 'b', '', '', '', '', '', '', '', '', 1, '', 1, 1, 'q')`,
			`INSERT INTO letter_arrival (unit_id, year, number, letter_id, arrived_at) VALUES
				('town', 2024, 7, 'plan', 5), ('town', 2024, 6, 'past', 4), ('town', 2024, 9, 'new', 9000000000000000), ('ward', 2024, 1, 'paper', 6), ('ward', 2024, 2, 'own', 7)`,
			`INSERT INTO letter_handling (unit_id, letter_id, receiver, handed_on, deadline, progress, note, version, by_person, updated_at)
				VALUES ('town', 'plan', 'Phòng Mẫu', '2024-06-07', '9999-06-20', 'Đang làm', 'Gấp', 1, 'p', 9),
				('town', 'past', 'Phòng Mẫu', '2024-06-07', '2024-06-20', 'Đã trả lời', 'CV 12', 1, 'p', 9)`,
			`INSERT INTO dispatch (id, letter_id, parent_id, sender_id, receiver_id, state, words, sent_by, sent_at, arrival_year, arrival_number,
				lead, cooperators, instruction, outcome, version, updated_at, seq, outside) VALUES
				('d', 'own', NULL, 'town', 'ward', 'received', '', 'p', 1, 2024, 2, '', '[]', '', '', 3, 2, 5, TRUE)`)
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		var rows []string
		err := db.Select(t.Context(), &rows, `SELECT letter_id || ' ' || coalesce(sender_id, '-') || ' ' || receiver_id || ' ' || state || ' ' || arrival_number || ' '
			|| lead || ' ' || instruction || ' ' || coalesce(assigned_at, 0) || ' ' || outcome || ' ' || coalesce(ended_at, 0) || ' ' || CASE WHEN outside THEN 'outside' ELSE '' END FROM dispatch ORDER BY letter_id`)
		want := []string{
			"new - town received 9   0  0 ", "own town ward received 2   0  0 outside", "paper - ward completed 1   0  6 ",
			"past - town completed 6 Phòng Mẫu  1717722000000000 Đã trả lời CV 12 9 ",
			"plan - town assigned 7 Phòng Mẫu Đang làm Gấp 1717722000000000  0 ",
		}
		if err != nil || !slices.Equal(rows, want) {
			t.Errorf("%v: %q", err, rows)
		}
	})
}
