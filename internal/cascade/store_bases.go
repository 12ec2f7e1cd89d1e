package cascade

import (
	"context"
	"fmt"
	"slices"

	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

func listBases(ctx context.Context, q database.Querier, unitID ident.ID, f BasisFilter) ([]ident.ID, int, error) {
	const where = ` FROM letter WHERE (issuer_id = $1 AND state <> $2 AND (state <> $3 OR file_key <> '')
			OR id IN (SELECT letter_id FROM letter_arrival WHERE unit_id = $1)
			OR id IN (SELECT coalesce(under_id, letter_id) FROM dispatch WHERE receiver_id = $1 AND state NOT IN ($4, $5)))
		AND ($6 = '' OR folded LIKE $6 ESCAPE '\')`
	args := []any{unitID, letter.Discarded, letter.Draft, Sent, Recalled, letter.Worded(f.Words)}
	var n int64
	if err := q.Get(ctx, &n, `SELECT count(*)`+where, args...); err != nil {
		return nil, 0, fmt.Errorf("cascade: count what %s can rest on: %w", unitID, err)
	}
	var ids []ident.ID
	err := q.Select(ctx, &ids, `SELECT id`+where+` ORDER BY
		CASE WHEN type = $7 THEN 0 ELSE 1 END + CASE WHEN challenge_id IS NOT NULL AND ($8 = '' OR challenge_id = $8) THEN 0 ELSE 1 END,
		created_at DESC, id DESC LIMIT $9`, slices.Concat(args, []any{letter.Plan, f.Challenge, f.Limit})...)
	if err != nil {
		return nil, 0, fmt.Errorf("cascade: list what %s can rest on: %w", unitID, err)
	}
	return ids, int(n), nil
}
