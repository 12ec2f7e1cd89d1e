package cascade

import (
	"context"
	"errors"
	"fmt"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
)

type removalRow struct {
	PublicityID ident.ID                 `db:"publicity_id"`
	DispatchID  ident.ID                 `db:"dispatch_id"`
	Record      database.JSON[Publicity] `db:"record"`
	Reason      string                   `db:"reason"`
	RemovedBy   ident.ID                 `db:"removed_by"`
	RemovedAt   clock.Time               `db:"removed_at"`
}

func (r removalRow) removal() Removal { return Removal{r.Record.V, r.Reason, r.RemovedBy, r.RemovedAt} }

const removalColumns = `publicity_id, dispatch_id, record, reason, removed_by, removed_at`

func loadRemoval(ctx context.Context, q database.Querier, id ident.ID) (r Removal, known bool, err error) {
	var row removalRow
	err = q.Get(ctx, &row, `SELECT `+removalColumns+` FROM publicity_removal WHERE publicity_id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return Removal{}, false, nil
	}
	if err != nil {
		return Removal{}, false, fmt.Errorf("cascade: load removal: %w", err)
	}
	return row.removal(), true, nil
}

func listRemovals(ctx context.Context, q database.Querier, dispatch ident.ID) ([]Removal, error) {
	var rows []removalRow
	err := q.Select(ctx, &rows, `SELECT `+removalColumns+` FROM publicity_removal WHERE dispatch_id = $1 ORDER BY removed_at, publicity_id`, dispatch)
	if err != nil {
		return nil, fmt.Errorf("cascade: list removals: %w", err)
	}
	out := make([]Removal, len(rows))
	for i, r := range rows {
		out[i] = r.removal()
	}
	return out, nil
}

func removePublicity(ctx context.Context, tx *database.Tx, r Removal) error {
	_, err := tx.Exec(ctx, `INSERT INTO publicity_removal (`+removalColumns+`) VALUES ($1, $2, $3, $4, $5, $6)`,
		r.Record.ID, r.Record.DispatchID, database.JSON[Publicity]{V: r.Record}, r.Reason, r.RemovedBy, r.RemovedAt)
	if err != nil {
		return fmt.Errorf("cascade: insert removal: %w", err)
	}
	if _, err := tx.Exec(ctx, `DELETE FROM publicity WHERE id = $1`, r.Record.ID); err != nil {
		return fmt.Errorf("cascade: remove publicity: %w", err)
	}
	return nil
}

func updatePublicity(ctx context.Context, tx *database.Tx, p Publicity) error {
	_, err := tx.Exec(ctx, `UPDATE publicity SET duty_number = $1, channel = $2, at = $3, place = $4, link = $5, times = $6, people = $7, note = $8,
		file_key = $9, file_name = $10 WHERE id = $11`,
		p.Duty, p.Channel, p.At, p.Place, p.Link, p.Times, p.People, p.Note, p.FileKey, p.FileName, p.ID)
	if err != nil {
		return fmt.Errorf("cascade: correct publicity: %w", err)
	}
	return nil
}
