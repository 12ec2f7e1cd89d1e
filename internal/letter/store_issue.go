package letter

import (
	"context"
	"errors"
	"fmt"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

func listSteps(ctx context.Context, q database.Querier, id ident.ID) ([]Step, error) {
	var steps []Step
	err := q.Select(ctx, &steps, `SELECT event, words, on_paper, signer, by_id, at FROM letter_step WHERE letter_id = $1 ORDER BY number`, id)
	if err != nil {
		return nil, fmt.Errorf("letter: list steps: %w", err)
	}
	return steps, nil
}

func insertStep(ctx context.Context, tx *database.Tx, id ident.ID, number int, s Step) error {
	_, err := tx.Exec(ctx, `INSERT INTO letter_step (letter_id, number, event, words, on_paper, signer, by_id, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, id, number, s.Event, s.Words, s.OnPaper, s.Signer, s.By, s.At)
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
}

func listIssues(ctx context.Context, q database.Querier, id ident.ID) ([]Issue, error) {
	var rows []issueRow
	err := q.Select(ctx, &rows, `SELECT letter_id, number, origin, file_key, file_name, size, signature, by_id, at FROM letter_issue
		WHERE letter_id = $1 ORDER BY number`, id)
	if err != nil {
		return nil, fmt.Errorf("letter: list issued versions: %w", err)
	}
	out := make([]Issue, len(rows))
	for i, r := range rows {
		out[i] = Issue{r.LetterID, r.Number, r.Origin, r.FileKey, r.FileName, r.Size, r.Signature.V, r.By, r.At}
	}
	return out, nil
}

func insertIssue(ctx context.Context, tx *database.Tx, i Issue) error {
	_, err := tx.Exec(ctx, `INSERT INTO letter_issue (letter_id, number, origin, file_key, file_name, size, signature, by_id, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		i.LetterID, i.Number, i.Origin, i.FileKey, i.FileName, i.Size, database.JSON[[]Signature]{V: i.Signatures}, i.By, i.At)
	if err != nil {
		return fmt.Errorf("letter: insert issued version: %w", err)
	}
	return nil
}

type copyRow struct {
	ID         ident.ID                `db:"id"`
	UnitID     ident.ID                `db:"unit_id"`
	Year       int                     `db:"year"`
	Number     int64                   `db:"number"`
	Kind       CopyKind                `db:"kind"`
	Symbol     string                  `db:"symbol"`
	LetterID   ident.ID                `db:"letter_id"`
	Excerpt    string                  `db:"excerpt"`
	Place      string                  `db:"place"`
	Recipients database.JSON[[]string] `db:"recipients"`
	Signer     database.JSON[Signer]   `db:"signer"`
	FileKey    string                  `db:"file_key"`
	CreatedBy  ident.ID                `db:"created_by"`
	CreatedAt  clock.Time              `db:"created_at"`
}

const copyColumns = `id, unit_id, year, number, kind, symbol, letter_id, excerpt, place, recipients, signer, file_key, created_by, created_at`

func (r copyRow) copy() Copy {
	at := r.CreatedAt.Local()
	return Copy{
		ID: r.ID, UnitID: r.UnitID, Year: r.Year, Number: r.Number, Kind: r.Kind, Symbol: r.Symbol, LetterID: r.LetterID,
		Excerpt: r.Excerpt, Place: r.Place, Date: Date{at.Year(), int(at.Month()), at.Day()}, Recipients: r.Recipients.V,
		Signer: r.Signer.V, FileKey: r.FileKey, CreatedBy: r.CreatedBy, CreatedAt: r.CreatedAt,
	}
}

func loadCopy(ctx context.Context, q database.Querier, id ident.ID) (Copy, error) {
	var r copyRow
	err := q.Get(ctx, &r, `SELECT `+copyColumns+` FROM letter_copy WHERE id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return Copy{}, fault.NotFound.With("letter.fault.notFound")
	}
	if err != nil {
		return Copy{}, fmt.Errorf("letter: load copy: %w", err)
	}
	return r.copy(), nil
}

func insertCopy(ctx context.Context, tx *database.Tx, c Copy) error {
	_, err := tx.Exec(ctx, `INSERT INTO letter_copy (`+copyColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		c.ID, c.UnitID, c.Year, c.Number, c.Kind, c.Symbol, c.LetterID, c.Excerpt, c.Place, database.JSON[[]string]{V: c.Recipients},
		database.JSON[Signer]{V: c.Signer}, c.FileKey, c.CreatedBy, c.CreatedAt)
	if err != nil {
		return fmt.Errorf("letter: insert copy: %w", err)
	}
	return nil
}

func listCopies(ctx context.Context, q database.Querier, unitID ident.ID, year int) ([]Copy, error) {
	var rows []copyRow
	err := q.Select(ctx, &rows, `SELECT `+copyColumns+` FROM letter_copy WHERE unit_id = $1 AND year = $2 ORDER BY number`, unitID, year)
	if err != nil {
		return nil, fmt.Errorf("letter: list copies: %w", err)
	}
	out := make([]Copy, len(rows))
	for i, r := range rows {
		out[i] = r.copy()
	}
	return out, nil
}
