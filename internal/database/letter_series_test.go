package database_test

import (
	"context"
	"slices"
	"testing"

	"sachhon/internal/database"
)

// What was registered keeps its number in its year under the new key; the old one stands in nobody's way.
func TestNumbersKeepTheirYear(t *testing.T) {
	const letter = `INSERT INTO letter (id, issuer_id, state, year, number_key, symbol, issued_on, subject, source, file_key, file_name, reading, fields,
		version, created_by, created_at, updated_at, registered_by, folded) VALUES `
	eachOld(t, 220, func(t *testing.T, db *database.DB) {
		write(t, db, `INSERT INTO unit (id, code, name, full_name, kind, level, valid_from, valid_to, email, folded, created_at, updated_at)
				VALUES ('town', '1', '', '', '', 1, '', '', '', '', 1, 1)`,
			letter+`('a', 'town', 'registered', 2024, '7', '07/UBND', '2024-05-01', '', '', '', '', '', '{"joint":""}', 1, '', 1, 1, '', ' a'),
				('p', 'town', 'registered', 2024, '8', '08-CV/BTGTU', '2024-05-02', '', '', '', '', '', '{"joint":"-"}', 1, '', 1, 1, '', ' p'),
				('d', 'town', 'draft', NULL, '9', '09-CV/BTGTU', '2024-05-02', '', '', '', '', '', '{"joint":"-"}', 1, '', 1, 1, '', ' d')`)
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		var rows []string
		err := db.Select(t.Context(), &rows, `SELECT id || ' ' || coalesce(term, 0) || ' ' || coalesce(year, 0) || ' ' || series || folded FROM letter ORDER BY id`)
		if want := []string{"a 2024 0  a", "d 0 0  d", "p 2024 0 "}; err != nil || !slices.Equal(rows, want) {
			t.Errorf("%q, want %q, %v", rows, want, err)
		}
		for _, one := range []struct {
			id, series string
			term       int
			fits       bool
		}{{"party", "CV", 2020, true}, {"next", "", 2025, true}, {"same", "", 2024, false}} {
			err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
				_, err := tx.Exec(ctx, `INSERT INTO letter (id, issuer_id, state, series, term, number_key, symbol, issued_on, subject, source, file_key, file_name,
					reading, fields, version, created_by, created_at, updated_at, registered_by)
					VALUES ($1, 'town', 'registered', $2, $3, '7', '', '', '', '', '', '', '', '', 1, '', 1, 1, '')`, one.id, one.series, one.term)
				return err
			})
			if (err == nil) != one.fits {
				t.Errorf("%s: %v", one.id, err)
			}
		}
	})
}
