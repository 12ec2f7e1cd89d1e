package letter

import (
	"context"
	"errors"
	"fmt"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
)

func listSteps(ctx context.Context, q database.Querier, id ident.ID) ([]Step, error) {
	var rows []struct {
		Step
		Departure database.JSON[[]Departure] `db:"departure"`
	}
	err := q.Select(ctx, &rows, `SELECT event, words, on_paper, signer, by_id, at, departure FROM letter_step WHERE letter_id = $1 ORDER BY number`, id)
	if err != nil {
		return nil, fmt.Errorf("letter: list steps: %w", err)
	}
	steps := make([]Step, len(rows))
	for i, r := range rows {
		steps[i] = r.Step
		steps[i].Departs = r.Departure.V
	}
	return steps, nil
}

func insertStep(ctx context.Context, tx *database.Tx, id ident.ID, number int, s Step) error {
	_, err := tx.Exec(ctx, `INSERT INTO letter_step (letter_id, number, event, words, on_paper, signer, by_id, at, departure)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, id, number, s.Event, s.Words, s.OnPaper, s.Signer, s.By, s.At, database.JSON[[]Departure]{V: s.Departs})
	if err != nil {
		return fmt.Errorf("letter: insert step: %w", err)
	}
	return nil
}

type issueRow struct {
	LetterID  ident.ID                   `db:"letter_id"`
	Number    int                        `db:"number"`
	Origin    Origin                     `db:"origin"`
	FileKey   string                     `db:"file_key"`
	FileName  string                     `db:"file_name"`
	Size      int64                      `db:"size"`
	Signature database.JSON[[]Signature] `db:"signature"`
	By        ident.ID                   `db:"by_id"`
	At        clock.Time                 `db:"at"`

	Difference database.JSON[[]Difference] `db:"difference"`
}

func listIssues(ctx context.Context, q database.Querier, id ident.ID) ([]Issue, error) {
	var rows []issueRow
	err := q.Select(ctx, &rows, `SELECT letter_id, number, origin, file_key, file_name, size, signature, by_id, at, difference FROM letter_issue
		WHERE letter_id = $1 ORDER BY number`, id)
	if err != nil {
		return nil, fmt.Errorf("letter: list issued versions: %w", err)
	}
	out := make([]Issue, len(rows))
	for i, r := range rows {
		out[i] = Issue{
			LetterID: r.LetterID, Number: r.Number, Origin: r.Origin, FileKey: r.FileKey, FileName: r.FileName, Size: r.Size,
			Signatures: r.Signature.V, Differences: r.Difference.V, By: r.By, At: r.At,
		}
	}
	return out, nil
}

func insertIssue(ctx context.Context, tx *database.Tx, i Issue) error {
	_, err := tx.Exec(ctx, `INSERT INTO letter_issue (letter_id, number, origin, file_key, file_name, size, signature, by_id, at, difference)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		i.LetterID, i.Number, i.Origin, i.FileKey, i.FileName, i.Size, database.JSON[[]Signature]{V: i.Signatures}, i.By, i.At,
		database.JSON[[]Difference]{V: i.Differences})
	if err != nil {
		return fmt.Errorf("letter: insert issued version: %w", err)
	}
	return nil
}

// insertSignatures keeps what was found in a file; of two who look at an old one the first does.
func insertSignatures(ctx context.Context, tx *database.Tx, id ident.ID, list []Signature) error {
	_, err := tx.Exec(ctx, `INSERT INTO letter_signature (letter_id, signature) VALUES ($1, $2)
		ON CONFLICT (letter_id) DO NOTHING`, id, database.JSON[[]Signature]{V: list})
	if err != nil {
		return fmt.Errorf("letter: insert signatures: %w", err)
	}
	return nil
}

func loadSignatures(ctx context.Context, q database.Querier, id ident.ID) ([]Signature, bool, error) {
	var found database.JSON[[]Signature]
	err := q.Get(ctx, &found, `SELECT signature FROM letter_signature WHERE letter_id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("letter: load signatures: %w", err)
	}
	return found.V, true, nil
}
