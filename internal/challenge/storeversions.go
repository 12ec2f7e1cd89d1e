package challenge

import (
	"context"
	"errors"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

func insertRules(ctx context.Context, tx *database.Tx, v RulesVersion) error {
	_, err := tx.Exec(ctx, `INSERT INTO challenge_rules (challenge_id, number, text, since, created_by, created_at)
		VALUES ($1, $2, $3, $4, $5, $6)`, v.Challenge, v.Number, v.Text, v.Since, v.CreatedBy, v.CreatedAt)
	return err
}

func rules(ctx context.Context, q database.Querier, id ident.ID) ([]RulesVersion, error) {
	var versions []RulesVersion
	err := q.Select(ctx, &versions, `SELECT challenge_id, number, text, since, created_by, created_at
		FROM challenge_rules WHERE challenge_id = $1 ORDER BY number DESC`, id)
	return versions, err
}

func rulesAt(ctx context.Context, q database.Querier, id ident.ID, at clock.Time) (RulesVersion, error) {
	var v RulesVersion
	err := q.Get(ctx, &v, `SELECT challenge_id, number, text, since, created_by, created_at FROM challenge_rules
		WHERE challenge_id = $1 AND since <= $2 ORDER BY number DESC LIMIT 1`, id, at)
	if errors.Is(err, database.ErrNotFound) {
		return RulesVersion{}, fault.NotFound.With("challenge.fault.noRules").Because(err)
	}
	return v, err
}

func insertScheme(ctx context.Context, tx *database.Tx, s Scheme) error {
	_, err := tx.Exec(ctx, `INSERT INTO challenge_scheme (challenge_id, number, document, since, created_by, created_at)
		VALUES ($1, $2, $3, $4, $5, $6)`, s.Challenge, s.Number, s.Document, s.Since, s.CreatedBy, s.CreatedAt)
	return err
}

func schemes(ctx context.Context, q database.Querier, id ident.ID) ([]Scheme, error) {
	var versions []Scheme
	err := q.Select(ctx, &versions, `SELECT challenge_id, number, document, since, created_by, created_at
		FROM challenge_scheme WHERE challenge_id = $1 ORDER BY number DESC`, id)
	return versions, err
}

func schemeAt(ctx context.Context, q database.Querier, id ident.ID, at clock.Time) (Scheme, error) {
	var s Scheme
	err := q.Get(ctx, &s, `SELECT challenge_id, number, document, since, created_by, created_at FROM challenge_scheme
		WHERE challenge_id = $1 AND since <= $2 ORDER BY number DESC LIMIT 1`, id, at)
	if errors.Is(err, database.ErrNotFound) {
		return Scheme{}, fault.NotFound.With("challenge.fault.noScheme").Because(err)
	}
	return s, err
}

const documentColumns = `id, challenge_id, kind, title, symbol, file_name, media_type, size, sha256, created_by, created_at`

func insertDocument(ctx context.Context, tx *database.Tx, d Document) error {
	_, err := tx.Exec(ctx, `INSERT INTO challenge_document (`+documentColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, d.ID, d.Challenge, d.Kind, d.Title, d.Symbol, d.FileName,
		d.MediaType, d.Size, d.SHA256, d.CreatedBy, d.CreatedAt)
	return err
}

func documents(ctx context.Context, q database.Querier, id ident.ID) ([]Document, error) {
	var docs []Document
	err := q.Select(ctx, &docs, `SELECT `+documentColumns+` FROM challenge_document WHERE challenge_id = $1
		ORDER BY created_at, id`, id)
	return docs, err
}

func document(ctx context.Context, q database.Querier, id ident.ID) (Document, error) {
	var d Document
	err := q.Get(ctx, &d, `SELECT `+documentColumns+` FROM challenge_document WHERE id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return Document{}, fault.NotFound.With("challenge.fault.noDocument").Because(err)
	}
	return d, err
}
