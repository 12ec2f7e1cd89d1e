package letter

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

// The registers of a unit.
const (
	bookOutgoing = "outgoing"
	bookArrival  = "arrival"
	bookCopy     = "copy"
)

const columns = `source, document, ` + listColumns

// listColumns leave out the source text and the document, which may be long.
const listColumns = `id, issuer_id, state, file_key, file_name, reading, fields, coalesce(challenge_id, '') AS challenge_id, public,
	coalesce(answers_id, '') AS answers_id, version, created_by, created_at, updated_at, registered_by, registered_at,
	series, coalesce(term, 0) AS term`

type row struct {
	ID           ident.ID                 `db:"id"`
	IssuerID     ident.ID                 `db:"issuer_id"`
	State        State                    `db:"state"`
	Source       string                   `db:"source"`
	FileKey      string                   `db:"file_key"`
	FileName     string                   `db:"file_name"`
	Reading      database.JSON[Reading]   `db:"reading"`
	Fields       database.JSON[Fields]    `db:"fields"`
	Document     database.JSON[*Document] `db:"document"`
	AnswersID    ident.ID                 `db:"answers_id"`
	ChallengeID  ident.ID                 `db:"challenge_id"`
	Public       bool                     `db:"public"`
	Version      int64                    `db:"version"`
	CreatedBy    ident.ID                 `db:"created_by"`
	CreatedAt    clock.Time               `db:"created_at"`
	UpdatedAt    clock.Time               `db:"updated_at"`
	RegisteredBy ident.ID                 `db:"registered_by"`
	RegisteredAt clock.Time               `db:"registered_at"`
	Series       string                   `db:"series"`
	Term         int                      `db:"term"`
}

func (r row) letter() Letter {
	return Letter{
		ID: r.ID, IssuerID: r.IssuerID, State: r.State, Source: r.Source, FileKey: r.FileKey, FileName: r.FileName,
		Reading: r.Reading.V, Fields: r.Fields.V, Document: r.Document.V, AnswersID: r.AnswersID, ChallengeID: r.ChallengeID, Public: r.Public, Version: r.Version, CreatedBy: r.CreatedBy,
		CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, RegisteredBy: r.RegisteredBy, RegisteredAt: r.RegisteredAt,
		Series: r.Series, Term: r.Term,
	}
}

func letters(rows []row) []Letter {
	out := make([]Letter, len(rows))
	for i, r := range rows {
		out[i] = r.letter()
	}
	return out
}

func load(ctx context.Context, q database.Querier, id ident.ID) (Letter, error) {
	var r row
	err := q.Get(ctx, &r, `SELECT `+columns+` FROM letter WHERE id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return Letter{}, fault.NotFound.With("letter.fault.notFound")
	}
	if err != nil {
		return Letter{}, fmt.Errorf("letter: load %s: %w", id, err)
	}
	return r.letter(), nil
}

// lock loads a letter and makes everybody else who wants to change it wait until the transaction ends.
func lock(ctx context.Context, tx *database.Tx, id ident.ID) (Letter, error) {
	if _, err := tx.Exec(ctx, `UPDATE letter SET version = version WHERE id = $1`, id); err != nil {
		return Letter{}, fmt.Errorf("letter: lock %s: %w", id, err)
	}
	return load(ctx, tx, id)
}

// loadAll returns the letters without their source text.
func loadAll(ctx context.Context, q database.Querier, ids []ident.ID) (map[ident.ID]Letter, error) {
	found := make(map[ident.ID]Letter, len(ids))
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	for part := range slices.Chunk(ids, 500) {
		var rows []row
		if err := q.Select(ctx, &rows, `SELECT `+listColumns+` FROM letter WHERE id IN (`+database.In(1, len(part))+`)`, database.Args(part)...); err != nil {
			return nil, fmt.Errorf("letter: load several: %w", err)
		}
		for _, r := range rows {
			found[r.ID] = r.letter()
		}
	}
	return found, nil
}

func listByIssuer(ctx context.Context, q database.Querier, issuer ident.ID, limit int) ([]Letter, error) {
	var rows []row
	err := q.Select(ctx, &rows, `SELECT `+listColumns+` FROM letter WHERE issuer_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2`,
		issuer, limit)
	if err != nil {
		return nil, fmt.Errorf("letter: list of %s: %w", issuer, err)
	}
	return letters(rows), nil
}

func listAnswering(ctx context.Context, q database.Querier, issuer, other ident.ID) ([]Letter, error) {
	var rows []row
	err := q.Select(ctx, &rows, `SELECT `+listColumns+` FROM letter WHERE issuer_id = $1 AND answers_id = $2 AND state <> $3 ORDER BY created_at, id`,
		issuer, other, Discarded)
	if err != nil {
		return nil, fmt.Errorf("letter: list those that answer %s: %w", other, err)
	}
	return letters(rows), nil
}

func listByChallenge(ctx context.Context, q database.Querier, challenge ident.ID) ([]Letter, error) {
	var rows []row
	err := q.Select(ctx, &rows, `SELECT `+columns+` FROM letter WHERE challenge_id = $1 AND public AND state = $2 ORDER BY issued_on, id`,
		challenge, Registered)
	if err != nil {
		return nil, fmt.Errorf("letter: list of challenge %s: %w", challenge, err)
	}
	return letters(rows), nil
}

// insert stores a new letter, unless there is one under its ID.
func insert(ctx context.Context, tx *database.Tx, l Letter) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO letter (id, issuer_id, state, term, number_key, symbol, issued_on, subject, source,
		file_key, file_name, reading, fields, document, answers_id, challenge_id, version, created_by, created_at, updated_at,
		registered_by, registered_at, folded, number_order, type)
		VALUES ($1, $2, $3, NULL, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, '', NULL, $20, $21, $22)
		ON CONFLICT (id) DO NOTHING`,
		l.ID, l.IssuerID, l.State, numberKey(l.Fields.Number), l.Symbol(), l.Fields.Date.String(), l.Fields.Subject, l.Source,
		l.FileKey, l.FileName, database.JSON[Reading]{V: l.Reading}, database.JSON[Fields]{V: l.Fields},
		document(l), optional(l.AnswersID), optional(l.ChallengeID), l.Version, l.CreatedBy, l.CreatedAt, l.UpdatedAt,
		l.folded(), numberOrder(l.Fields.Number), l.Fields.Type)
	if errors.Is(err, database.ErrReference) {
		return false, fault.NotFound.With("letter.fault.noIssuer")
	}
	if err != nil {
		return false, fmt.Errorf("letter: insert: %w", err)
	}
	return n == 1, nil
}

// optional is NULL for no identifier.
func optional(id ident.ID) *ident.ID {
	if id == "" {
		return nil
	}
	return &id
}

// document is NULL for a letter that was read in.
func document(l Letter) *database.JSON[*Document] {
	if l.Document == nil {
		return nil
	}
	return &database.JSON[*Document]{V: l.Document}
}

// term is NULL until the letter is registered.
func (l Letter) term() *int {
	if l.State != Registered {
		return nil
	}
	return &l.Term
}

// update stores what may change, guarded by the state and version that were loaded.
func update(ctx context.Context, tx *database.Tx, l, before Letter) error {
	n, err := tx.Exec(ctx, `UPDATE letter SET state = $1, series = $2, term = $3, number_key = $4, symbol = $5, issued_on = $6, subject = $7,
		fields = $8, challenge_id = $9, version = $10, updated_at = $11, registered_by = $12, registered_at = $13, source = $14,
		reading = $15, document = $16, folded = $17, number_order = $18, public = $19, type = $20
		WHERE id = $21 AND state = $22 AND version = $23`,
		l.State, l.Series, l.term(), numberKey(l.Fields.Number), l.Symbol(), l.Fields.Date.String(), l.Fields.Subject,
		database.JSON[Fields]{V: l.Fields}, optional(l.ChallengeID), l.Version, l.UpdatedAt, l.RegisteredBy, l.RegisteredAt,
		l.Source, database.JSON[Reading]{V: l.Reading}, document(l), l.folded(), numberOrder(l.Fields.Number), l.Public, l.Fields.Type,
		l.ID, before.State, before.Version)
	switch {
	case errors.Is(err, database.ErrReference):
		return fault.NotFound.With("letter.fault.noChallenge")
	case errors.Is(err, database.ErrConflict): // somebody registered the number meanwhile
		return sequence{l.Series, l.Term}.taken(l.Fields.Number)
	case err != nil:
		return fmt.Errorf("letter: update %s: %w", l.ID, err)
	case n != 1:
		return fault.Conflict.With("letter.fault.changed")
	}
	return nil
}
