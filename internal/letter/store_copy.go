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

	Electronic bool                        `db:"electronic"`
	SignedKey  string                      `db:"signed_key"`
	SignedName string                      `db:"signed_name"`
	SignedSize int64                       `db:"signed_size"`
	SignedAt   clock.Time                  `db:"signed_at"`
	Signature  database.JSON[[]Signature]  `db:"signature"`
	Difference database.JSON[[]Difference] `db:"difference"`
	UploadedBy ident.ID                    `db:"uploaded_by"`
	UploadedAt clock.Time                  `db:"uploaded_at"`
}

const copyColumns = `id, unit_id, year, number, kind, symbol, letter_id, excerpt, place, recipients, signer, file_key, created_by, created_at, electronic,
	signed_key, signed_name, signed_size, signed_at, signature, difference, uploaded_by, uploaded_at`

func (r copyRow) copy() Copy {
	at := r.CreatedAt.Local()
	return Copy{
		ID: r.ID, UnitID: r.UnitID, Year: r.Year, Number: r.Number, Kind: r.Kind, Symbol: r.Symbol, LetterID: r.LetterID,
		Excerpt: r.Excerpt, Place: r.Place, Date: Date{at.Year(), int(at.Month()), at.Day()}, Recipients: r.Recipients.V,
		Signer: r.Signer.V, FileKey: r.FileKey, CreatedBy: r.CreatedBy, CreatedAt: r.CreatedAt, Electronic: r.Electronic, SignedAt: r.SignedAt,
		Signed: SignedFile{r.SignedKey, r.SignedName, r.SignedSize, r.Signature.V, r.Difference.V, r.UploadedBy, r.UploadedAt},
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
	_, err := tx.Exec(ctx, `INSERT INTO letter_copy (`+copyColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
		$15, $16, $17, $18, $19, $20, $21, $22, $23)`,
		c.ID, c.UnitID, c.Year, c.Number, c.Kind, c.Symbol, c.LetterID, c.Excerpt, c.Place, database.JSON[[]string]{V: c.Recipients},
		database.JSON[Signer]{V: c.Signer}, c.FileKey, c.CreatedBy, c.CreatedAt, c.Electronic, c.Signed.FileKey, c.Signed.FileName,
		c.Signed.Size, c.SignedAt, database.JSON[[]Signature]{V: c.Signed.Signatures}, database.JSON[[]Difference]{V: c.Signed.Differences}, c.Signed.By, c.Signed.At)
	if err != nil {
		return fmt.Errorf("letter: insert copy: %w", err)
	}
	return nil
}

// storeSigned keeps a copy as it was signed.
func storeSigned(ctx context.Context, tx *database.Tx, c Copy) error {
	_, err := tx.Exec(ctx, `UPDATE letter_copy SET signed_key = $1, signed_name = $2, signed_size = $3, signed_at = $4, signature = $5,
		difference = $6, uploaded_by = $7, uploaded_at = $8 WHERE id = $9`,
		c.Signed.FileKey, c.Signed.FileName, c.Signed.Size, c.SignedAt, database.JSON[[]Signature]{V: c.Signed.Signatures},
		database.JSON[[]Difference]{V: c.Signed.Differences}, c.Signed.By, c.Signed.At, c.ID)
	if err != nil {
		return fmt.Errorf("letter: store signed copy: %w", err)
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
