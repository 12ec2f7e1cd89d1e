package database_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/testkit"
)

const oldChallenge = `INSERT INTO challenge (id, slug, title, summary, organiser_id, area_id, box, starts_at, ends_at, registration_from,
	registration_until, reporting_until, zone, state, divisions, parameters, rules, scheme, seed_commitment, seed, synthetic, created_at,
	updated_at, version) VALUES ('$id', '$id', '', '', 'province', 'province', '', 1, 2, 1, 2, 2, '', '', '', '', 0, 0, '', '', FALSE, 1, 1, 1)`

// eachOld runs f on both engines with a database as a program left it that knew the versions up to the given one.
func eachOld(t *testing.T, version int64, f func(t *testing.T, db *database.DB)) {
	t.Helper()
	for _, engine := range []database.Engine{database.SQLite, database.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			url := "sqlite:" + filepath.Join(t.TempDir(), "old.db")
			if engine == database.Postgres {
				url = testkit.URL(t, engine)
			}
			db, err := database.Open(t.Context(), database.Config{URL: url}, clock.System{})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if engine == database.Postgres { // the copy is migrated already
				write(t, db, `DROP SCHEMA public CASCADE`, `CREATE SCHEMA public`)
			}
			if err := db.MigrateTo(t.Context(), version); err != nil {
				t.Fatal(err)
			}
			f(t, db)
		})
	}
}

func write(t *testing.T, db *database.DB, statements ...string) {
	t.Helper()
	err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		for _, statement := range statements {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What units made of campaigns is kept by challenge and unit: their last words, what is public, what was played and the minutes.
func TestWhatUnitsMadeOfCampaignsIsKept(t *testing.T) {
	eachOld(t, 222, func(t *testing.T, db *database.DB) {
		var statements []string
		for i, id := range []string{"province", "town", "ward", "hid", "again"} {
			statements = append(statements, fmt.Sprintf(`INSERT INTO unit (id, code, name, full_name, kind, level, valid_from, valid_to, email, folded,
				created_at, updated_at) VALUES ('%s', '%d', '', '', '', 1, '', '', '', '', 1, 1)`, id, i))
		}
		for _, id := range []string{"june", "july"} {
			statements = append(statements, strings.ReplaceAll(oldChallenge, "$id", id))
		}
		for _, c := range [][3]string{{"c1", "june", "province"}, {"c2", "june", "town"}, {"c3", "july", "province"}} {
			statements = append(statements, fmt.Sprintf(`INSERT INTO campaign (id, challenge_id, owner_id, message, facts, contact, phone, hashtags,
				first_day, last_day, created_by, created_at, updated_at, version) VALUES ('%s', '%s', '%s', '', '[]', '', '', '[]', '', '', 'p', 1, 1, 1)`,
				c[0], c[1], c[2]))
		}
		statements = append(
			statements,
			`INSERT INTO letter (id, issuer_id, state, number_key, symbol, issued_on, subject, source, file_key, file_name, reading, fields,
				version, created_by, created_at, updated_at, registered_by) VALUES ('l', 'town', '', '', '', '', '', '', '', '', '', '', 1, '', 1, 1, '')`,
			`INSERT INTO dispatch (id, letter_id, parent_id, sender_id, receiver_id, state, words, sent_by, sent_at, arrival_year, arrival_number,
				lead, cooperators, instruction, outcome, version, updated_at, seq) VALUES
				('d', 'l', NULL, 'town', 'ward', 'received', '', 'p', 1, 2024, 7, '', '[]', '', '', 3, 2, 5)`,
			`INSERT INTO campaign_text (campaign_id, unit_id, product, parts, version, edited_by, edited_at) VALUES
				('c1', 'ward', 'sheet', '{"old":"1"}', 4, 'a', 10), ('c2', 'ward', 'sheet', '{"new":"1"}', 2, 'b', 20),
				('c1', 'ward', 'message', '{"only":"1"}', 1, 'a', 5), ('c3', 'ward', 'sheet', '{"july":"1"}', 1, 'a', 1)`,
			`INSERT INTO campaign_article (campaign_id, unit_id, published_by, published_at) VALUES
				('c2', 'ward', 'z', 10), ('c1', 'ward', 'y', 30), ('c3', 'ward', 'x', 40),
				('c1', 'hid', 'a', 10), ('c1', 'again', 'a', 10), ('c2', 'again', 'b', 60)`,
			`INSERT INTO audit_entry (seq, at, actor, action, kind, object, challenge, state_before, state_after) VALUES
				(1, 50, 'p', 'publicity.edit', 'campaign', 'c2', '', 'null', '{"public":false,"unit":"hid"}'),
				(2, 50, 'p', 'publicity.edit', 'campaign', 'c2', '', 'null', '{"public":false,"unit":"again"}'),
				(3, 20, 'p', 'publicity.edit', 'campaign', 'c2', '', 'null', '{"public":true,"unit":"ward"}'),
				(4, 50, 'p', 'publicity.edit', 'campaign', 'c3', '', 'null', '{"public":false,"unit":"town"}')`,
			`INSERT INTO loudspeaker_play (id, campaign_id, unit_id, dispatch_id, device, started_at, ended_at, times, result, note, created_by,
				created_at) VALUES ('p1', 'c1', 'ward', 'd', 'Loa 1', 1, 2, 3, 'played', '', 'a', 2), ('p2', 'c2', 'ward', 'd', '', 3, 4, 1, 'failed', '', 'a', 4)`,
			`INSERT INTO meeting_minutes (publicity_id, campaign_id, unit_id, meeting, created_by, created_at) VALUES ('m', 'c3', 'ward', '{}', 'a', 1)`,
		)
		write(t, db, statements...)
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, want := range []struct {
			query string
			rows  []string
		}{
			{
				`SELECT challenge_id || ' ' || unit_id || ' ' || product || ' ' || campaign_id || ' ' || parts || ' ' || version || edited_by || edited_at
					FROM publicity_text ORDER BY challenge_id, product`,
				[]string{`july ward sheet c3 {"july":"1"} 1a1`, `june ward message c1 {"only":"1"} 1a5`, `june ward sheet c2 {"new":"1"} 2b20`},
			},
			{
				`SELECT challenge_id || ' ' || unit_id || ' ' || published_by || published_at FROM publicity_article ORDER BY challenge_id, unit_id`,
				[]string{"july ward x40", "june again b60", "june ward z10"},
			},
			{`SELECT id || ' ' || challenge_id || ' ' || times || device FROM loudspeaker_play ORDER BY id`, []string{"p1 june 3Loa 1", "p2 june 1"}},
			{`SELECT publicity_id || ' ' || challenge_id FROM meeting_minutes`, []string{"m july"}},
			{`SELECT campaign_id || parts FROM campaign_text WHERE unit_id = 'ward' AND version = 4`, []string{`c1{"old":"1"}`}}, // nothing is dropped
			{`SELECT id FROM campaign WHERE removed_at IS NULL ORDER BY id`, []string{"c1", "c2", "c3"}},
		} {
			var rows []string
			if err := db.Select(t.Context(), &rows, want.query); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(rows, want.rows) {
				t.Errorf("%s:\ngot  %q\nwant %q", want.query, rows, want.rows)
			}
		}
	})
}
