package urging

import (
	"context"
	"fmt"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// draftRow is a letter of urging for a superior organ.
type draftRow struct {
	ID         ident.ID   `db:"id"`
	LetterID   ident.ID   `db:"letter_id"`
	SuperiorID ident.ID   `db:"superior_id"`
	WantedAt   clock.Time `db:"wanted_at"`
	Wanted     int64      `db:"wanted"`  // grows whenever units are added
	Written    int64      `db:"written"` // what Wanted was when it was last written
	WrittenAt  clock.Time `db:"written_at"`
	Version    int64      `db:"version"`
	LeaseUntil clock.Time `db:"lease_until"`
}

const draftColumns = `id, letter_id, superior_id, wanted_at, wanted, written, written_at, version, lease_until`

func drafts(ctx context.Context, q database.Querier, where string, args ...any) ([]draftRow, error) {
	var rows []draftRow
	if err := q.Select(ctx, &rows, `SELECT `+draftColumns+` FROM urging_draft WHERE `+where+` ORDER BY wanted_at, id`, args...); err != nil {
		return nil, fmt.Errorf("urging: drafts: %w", err)
	}
	return rows, nil
}

func unwritten(ctx context.Context, q database.Querier) ([]draftRow, error) {
	return drafts(ctx, q, `written < wanted`)
}

func draftsOfLetter(ctx context.Context, q database.Querier, id ident.ID) ([]draftRow, error) {
	return drafts(ctx, q, `letter_id = $1`, id)
}

func draftsOfSuperior(ctx context.Context, q database.Querier, id ident.ID) ([]draftRow, error) {
	return drafts(ctx, q, `superior_id = $1`, id)
}

func isDraft(ctx context.Context, q database.Querier, id ident.ID) (bool, error) {
	rows, err := drafts(ctx, q, `id = $1`, id)
	return len(rows) > 0, err
}

// firstTurn is what Wanted of a new draft is.
const firstTurn = 1

func insertDraft(ctx context.Context, tx *database.Tx, r draftRow) error {
	_, err := tx.Exec(ctx, `INSERT INTO urging_draft (id, letter_id, superior_id, wanted_at, wanted, written, version) VALUES ($1, $2, $3, $4, $5, 0, 0)`,
		r.ID, r.LetterID, r.SuperiorID, tx.Now(), firstTurn)
	if err != nil {
		return fmt.Errorf("urging: want a draft: %w", err)
	}
	return nil
}

// wantAgain has a draft written again, since units are added to it, and returns the turn in which they are. Its row is what
// others who add or write wait for.
func wantAgain(ctx context.Context, tx *database.Tx, id ident.ID) (turn int64, err error) {
	err = tx.Get(ctx, &turn, `UPDATE urging_draft SET wanted = wanted + 1, wanted_at = $1 WHERE id = $2 RETURNING wanted`, tx.Now(), id)
	if err != nil {
		return 0, fmt.Errorf("urging: want a draft again: %w", err)
	}
	return turn, nil
}

// lease is how long a node that writes a draft keeps others from it.
const lease = 2 * time.Minute

func leaseDraft(ctx context.Context, tx *database.Tx, id ident.ID) (draftRow, bool, error) {
	n, err := tx.Exec(ctx, `UPDATE urging_draft SET lease_until = $1 WHERE id = $2 AND written < wanted AND (lease_until IS NULL OR lease_until <= $3)`,
		tx.Now().Add(lease), id, tx.Now())
	if err != nil {
		return draftRow{}, false, fmt.Errorf("urging: lease a draft: %w", err)
	}
	if n != 1 {
		return draftRow{}, false, nil
	}
	rows, err := drafts(ctx, tx, `id = $1`, id)
	if err != nil || len(rows) != 1 {
		return draftRow{}, false, err
	}
	return rows[0], true, nil
}

// writtenDraft notes that a draft was written as it was wanted then, and gives the lease back.
func writtenDraft(ctx context.Context, tx *database.Tx, r draftRow, version int64) error {
	_, err := tx.Exec(ctx, `UPDATE urging_draft SET written = $1, written_at = $2, version = $3, lease_until = NULL WHERE id = $4`,
		r.Wanted, tx.Now(), version, r.ID)
	if err != nil {
		return fmt.Errorf("urging: note a written draft: %w", err)
	}
	return nil
}

// moveSteps gives the steps that came after a draft was last written to another one.
func moveSteps(ctx context.Context, tx *database.Tx, from draftRow, to ident.ID) error {
	_, err := tx.Exec(ctx, `UPDATE urging_step SET draft_id = $1, draft_turn = $2 WHERE draft_id = $3 AND draft_turn > $4`, to, firstTurn, from.ID, from.Written)
	if err != nil {
		return fmt.Errorf("urging: move to another draft: %w", err)
	}
	return nil
}
