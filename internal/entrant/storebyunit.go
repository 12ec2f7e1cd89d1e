package entrant

import (
	"context"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

func byUnit(ctx context.Context, q database.Querier, challengeID ident.ID) (map[ident.ID]int, error) {
	var rows []struct {
		Unit     ident.ID `db:"unit_id"`
		Entrants int      `db:"entrants"`
	}
	err := q.Select(ctx, &rows, `SELECT unit_id, count(*) AS entrants FROM entrant
		WHERE challenge_id = $1 AND state IN ($2, $3) GROUP BY unit_id`, challengeID, Submitted, Approved)
	counts := make(map[ident.ID]int, len(rows))
	for _, r := range rows {
		counts[r.Unit] = r.Entrants
	}
	return counts, err
}
