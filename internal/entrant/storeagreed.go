package entrant

import (
	"context"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

func agreed(ctx context.Context, q database.Querier, purpose Purpose, ids []ident.ID) (map[ident.ID]bool, error) {
	var rows []struct {
		Entrant ident.ID `db:"entrant_id"`
		Given   int      `db:"given"`
		Needed  int      `db:"needed"`
	}
	args := append([]any{purpose, Participation}, anys(ids)...)
	err := q.Select(ctx, &rows, `SELECT entrant_id, count(CASE WHEN purpose = $1 THEN 1 END) AS given,
			count(CASE WHEN purpose = $2 THEN 1 END) AS needed
		FROM entrant_consent WHERE entrant_id IN (`+database.In(3, len(ids))+`) GROUP BY entrant_id`, args...)
	yes := make(map[ident.ID]bool, len(rows))
	for _, r := range rows {
		yes[r.Entrant] = r.Given > 0 && r.Given >= r.Needed
	}
	return yes, err
}
