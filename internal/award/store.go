package award

import (
	"context"
	"errors"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

const columns = `id, challenge_id, number, reason, sha256, document, published_by, published_at`

func get(ctx context.Context, q database.Querier, where string, args ...any) (Publication, error) {
	var p Publication
	err := q.Get(ctx, &p, `SELECT `+columns+` FROM publication WHERE `+where, args...)
	if errors.Is(err, database.ErrNotFound) {
		return Publication{}, fault.NotFound.With("award.fault.none").Because(err)
	}
	return p, err
}

func latest(ctx context.Context, q database.Querier, challenge ident.ID) (Publication, error) {
	return get(ctx, q, `challenge_id = $1 ORDER BY number DESC LIMIT 1`, challenge)
}

// list returns the publications without their documents, the newest first.
func list(ctx context.Context, q database.Querier, challenge ident.ID) ([]Publication, error) {
	var publications []Publication
	err := q.Select(ctx, &publications, `SELECT id, challenge_id, number, reason, sha256, published_by, published_at
		FROM publication WHERE challenge_id = $1 ORDER BY number DESC`, challenge)
	return publications, err
}

func insert(ctx context.Context, tx *database.Tx, p Publication) error {
	_, err := tx.Exec(ctx, `INSERT INTO publication (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		p.ID, p.Challenge, p.Number, p.Reason, p.SHA256, p.Document, p.PublishedBy, p.PublishedAt)
	if errors.Is(err, database.ErrConflict) {
		return fault.Conflict.With("").Because(err) // somebody else published in between
	}
	return err
}
