package app_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"sachhon/internal/database"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
	"sachhon/internal/scoring/scoringtest"
)

// bare answers with what one query finds.
func bare[T any](c *contest, query string, args ...any) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var rows []T
		if err := c.DB.Select(r.Context(), &rows, query, args...); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(rows) // nobody goes away
	})
}

type bareEvent struct {
	ID       ident.ID `db:"id"`
	Entrant  string   `db:"name"`
	Place    string   `db:"place"`
	State    string   `db:"state"`
	Lat      *float64 `db:"lat"`
	Lon      *float64 `db:"lon"`
	StartsAt int64    `db:"starts_at"`
	EndsAt   int64    `db:"ends_at"`
}

const bareEvents = `SELECT c.id, e.name, c.place, c.state, c.lat, c.lon, c.starts_at, c.ends_at
	FROM cleanup c JOIN entrant e ON e.id = c.entrant_id WHERE c.announced_at IS NOT NULL AND `

func (c *contest) bareBox(south, west, north, east float64, limit int) http.Handler {
	box := geo.Box{South: south, West: west, North: north, East: east}
	args := []any{c.world.Challenge, south, north, west, east, limit}
	var runs []string
	for _, run := range box.Cells(64) {
		runs = append(runs, "c.cell BETWEEN "+database.In(len(args)+1, 1)+" AND "+database.In(len(args)+2, 1))
		args = append(args, run.First, run.Last)
	}
	return bare[bareEvent](c, bareEvents+`c.challenge_id = $1 AND c.lat BETWEEN $2 AND $3 AND c.lon BETWEEN $4 AND $5
		AND (`+strings.Join(runs, " OR ")+`) ORDER BY c.starts_at DESC, c.id DESC LIMIT $6`, args...)
}

func (c *contest) bareLatest(limit int) http.Handler {
	return bare[bareEvent](c, bareEvents+"c.challenge_id = $1 ORDER BY c.starts_at DESC, c.id DESC LIMIT $2", c.world.Challenge, limit)
}

func (c *contest) bareOne(id ident.ID) http.Handler {
	type row struct {
		bareEvent
		Figures string `db:"figures"`
	}
	return bare[row](c, `SELECT c.id, e.name, c.place, c.state, c.lat, c.lon, c.starts_at, c.ends_at, r.figures
		FROM cleanup c JOIN entrant e ON e.id = c.entrant_id JOIN report r ON r.cleanup_id = c.id WHERE c.id = $1`, id)
}

// bareStandings counts reports instead of points: SQL could not tell those without reading every figure.
func (c *contest) bareStandings() http.Handler {
	type row struct {
		ID      ident.ID `db:"id"`
		Name    string   `db:"name"`
		Reports int64    `db:"reports"`
	}
	return bare[row](c, `SELECT e.id, e.name, count(r.id) AS reports FROM entrant e LEFT JOIN report r ON r.entrant_id = e.id AND r.state = 'valid'
		WHERE e.challenge_id = $1 AND e.division = 'collective' AND e.state = 'approved'
		GROUP BY e.id, e.name, e.number ORDER BY reports DESC, e.number`, c.world.Challenge)
}

// bareStatistics counts rows; the weights would have to be summed too.
func (c *contest) bareStatistics() http.Handler {
	type row struct {
		Entrants int64 `db:"entrants"`
		Cleanups int64 `db:"cleanups"`
		Valid    int64 `db:"valid"`
	}
	return bare[row](c, `SELECT
		(SELECT count(*) FROM entrant WHERE challenge_id = $1 AND state IN ('submitted', 'approved')) AS entrants,
		(SELECT count(*) FROM cleanup WHERE challenge_id = $1 AND announced_at IS NOT NULL) AS cleanups,
		(SELECT count(*) FROM report WHERE challenge_id = $1 AND state = 'valid' AND length(figures) > 2) AS valid`, c.world.Challenge)
}

// bareReport writes the row of a report and nothing else.
func (c *contest) bareReport(ctx context.Context, id, cleanupID, entrant ident.ID) error {
	return c.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO report (id, cleanup_id, challenge_id, entrant_id, state, version, figures, note, hazardous_note,
			send_backs, reason, decided_by, claimed_by, created_by, created_at, updated_at)
			VALUES ($1, $2, $3, $4, 'draft', 1, '{}', '', '', 0, '', '', '', $5, $6, $6)`,
			id, cleanupID, c.world.Challenge, entrant, scoringtest.ID(8, 1), tx.Now())
		return err
	})
}
