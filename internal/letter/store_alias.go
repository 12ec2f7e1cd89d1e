package letter

import (
	"context"
	"fmt"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

type aliasRow struct {
	Key  string    `db:"text_key"`
	Kind AliasKind `db:"kind"`
	Code string    `db:"code"`
}

func listAliases(ctx context.Context, q database.Querier, issuer ident.ID) ([]Alias, error) {
	var rows []aliasRow
	err := q.Select(ctx, &rows, `SELECT text_key, kind, code FROM letter_alias WHERE issuer_id = $1 ORDER BY text_key, kind, code`, issuer)
	if err != nil {
		return nil, fmt.Errorf("letter: list aliases of %s: %w", issuer, err)
	}
	out := make([]Alias, len(rows))
	for i, r := range rows {
		out[i] = Alias(r)
	}
	return out, nil
}

func replaceAliases(ctx context.Context, tx *database.Tx, issuer ident.ID, key, text string, aliases []Alias, by ident.ID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM letter_alias WHERE issuer_id = $1 AND text_key = $2`, issuer, key); err != nil {
		return fmt.Errorf("letter: forget alias: %w", err)
	}
	for _, a := range aliases {
		_, err := tx.Exec(ctx, `INSERT INTO letter_alias (issuer_id, text_key, kind, code, text, created_by, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (issuer_id, text_key, kind, code) DO NOTHING`,
			issuer, a.Key, a.Kind, a.Code, text, by, tx.Now())
		if err != nil {
			return fmt.Errorf("letter: remember alias: %w", err)
		}
	}
	return nil
}
