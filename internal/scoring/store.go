package scoring

import (
	"context"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/ident"
	"sachhon/internal/report"
)

// selectEntrants returns who can be ranked. A hidden name is not even read.
func selectEntrants(ctx context.Context, q database.Querier, challenge ident.ID) ([]entrant.Public, error) {
	var entrants []entrant.Public
	err := q.Select(ctx, &entrants, `SELECT id, challenge_id AS challenge, number, division,
			CASE WHEN name_hidden THEN '' ELSE name END AS name, unit_id AS unit, state
		FROM entrant WHERE challenge_id = $1 AND state = $2 ORDER BY number`, challenge, entrant.Approved)
	return entrants, err
}

// factsRow is a valid report with its effective figures.
type factsRow struct {
	ID          ident.ID                      `db:"id"`
	Cleanup     ident.ID                      `db:"cleanup_id"`
	Entrant     ident.ID                      `db:"entrant_id"`
	Figures     database.JSON[report.Figures] `db:"figures"`
	SendBacks   int64                         `db:"send_backs"`
	SubmittedAt clock.Time                    `db:"submitted_at"`
}

const factsColumns = `r.id, r.cleanup_id, r.entrant_id, COALESCE(r.adjusted, r.figures) AS figures, r.send_backs, r.submitted_at`

func selectFacts(ctx context.Context, q database.Querier, challenge ident.ID) ([]Facts, error) {
	var rows []factsRow
	err := q.Select(ctx, &rows, `SELECT `+factsColumns+` FROM report r JOIN entrant e ON e.id = r.entrant_id
		WHERE r.challenge_id = $1 AND r.state = $2 AND e.state = $3 ORDER BY r.id`, challenge, report.Valid, entrant.Approved)
	return facts(rows), err
}

func selectFactsOf(ctx context.Context, q database.Querier, challenge, of ident.ID) ([]Facts, error) {
	var rows []factsRow
	err := q.Select(ctx, &rows, `SELECT `+factsColumns+` FROM report r JOIN entrant e ON e.id = r.entrant_id
		WHERE r.challenge_id = $1 AND r.state = $2 AND e.state = $3 AND e.id = $4 ORDER BY r.submitted_at, r.id`,
		challenge, report.Valid, entrant.Approved, of)
	return facts(rows), err
}

func facts(rows []factsRow) []Facts {
	out := make([]Facts, len(rows))
	for i, r := range rows {
		out[i] = NewFacts(report.Report{
			ID: r.ID, Cleanup: r.Cleanup, Entrant: r.Entrant, Figures: r.Figures.V, SendBacks: r.SendBacks, SubmittedAt: r.SubmittedAt,
		})
	}
	return out
}
