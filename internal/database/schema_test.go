package database_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/testkit"
)

var update = flag.Bool("update", false, "write schema.sqlite.sql and schema.postgres.sql")

// The dumps show what the migrations add up to: read them to learn the schema, and see in a diff what a migration
// changes. The tables of goose and River are theirs.
func TestSchemaDumps(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		dump := dumpSQLite
		if db.Engine() == database.Postgres {
			dump = dumpPostgres
		}
		got := dump(t, db)
		file := "schema." + string(db.Engine()) + ".sql"
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
			t.Errorf("%s is old: run go test ./internal/database -run TestSchemaDumps -update (-file +database):\n%s", file, diff)
		}
	})
}

const heading = "-- Written by go test ./internal/database -run TestSchemaDumps -update; change a migration instead.\n"

// dumpSQLite returns the statements that SQLite remembers, as the migrations wrote them.
func dumpSQLite(t *testing.T, db *database.DB) string {
	t.Helper()
	var statements []string
	err := db.Select(t.Context(), &statements, `SELECT sql FROM sqlite_master
		WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'sqlite%' AND tbl_name NOT LIKE 'river%' AND tbl_name NOT LIKE 'goose%'
		ORDER BY tbl_name, type DESC, name`)
	if err != nil {
		t.Fatal(err)
	}
	return heading + "\n" + strings.Join(statements, ";\n\n") + ";\n"
}

// dumpPostgres writes the tables as the catalogues describe them: columns in order, then constraints, then indexes.
func dumpPostgres(t *testing.T, db *database.DB) string {
	t.Helper()
	const table = `FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
		WHERE c.relkind = 'r' AND c.relname NOT LIKE 'river%' AND c.relname NOT LIKE 'goose%' `
	var tables []string
	if err := db.Select(t.Context(), &tables, "SELECT c.relname "+table+"ORDER BY c.relname"); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString(heading)
	for _, name := range tables {
		lines := func(query string) (found []string) {
			t.Helper()
			if err := db.Select(t.Context(), &found, query, name); err != nil {
				t.Fatal(err)
			}
			return found
		}
		parts := lines(`SELECT quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
				|| CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
				|| coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
			FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
			WHERE a.attrelid = quote_ident($1)::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`)
		parts = append(parts, lines(`SELECT 'CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
			WHERE conrelid = quote_ident($1)::regclass AND contype IN ('p', 'u', 'f', 'c') ORDER BY position(contype::text in 'pufc'), conname`)...)
		b.WriteString("\nCREATE TABLE " + name + " (\n    " + strings.Join(parts, ",\n    ") + "\n);\n")
		for _, index := range lines(`SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i
			WHERE i.indrelid = quote_ident($1)::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u'))
			ORDER BY pg_get_indexdef(i.indexrelid) COLLATE "C"`) {
			b.WriteString(index + ";\n")
		}
	}
	return b.String()
}
