package letter

import (
	"context"
	"fmt"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// findNumber returns the registered letter under a number of a year, "" when there is none.
func findNumber(ctx context.Context, q database.Querier, issuer ident.ID, year int, key string) (ident.ID, error) {
	var ids []ident.ID
	err := q.Select(ctx, &ids, `SELECT id FROM letter WHERE issuer_id = $1 AND year = $2 AND number_key = $3`, issuer, year, key)
	if err != nil {
		return "", fmt.Errorf("letter: find a number: %w", err)
	}
	if len(ids) == 0 {
		return "", nil
	}
	return ids[0], nil
}
