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

// bookTerms is the row of the counters for which those wait who need a unit's terms to stay as they are.
const bookTerms = "terms"

func lockTerms(ctx context.Context, tx *database.Tx, unitID ident.ID) error {
	return raiseNumber(ctx, tx, unitID, 0, bookTerms, 0)
}

func loadTerms(ctx context.Context, q database.Querier, unitID ident.ID) ([]clock.Day, error) {
	var days []clock.Day
	if err := q.Select(ctx, &days, `SELECT begins FROM letter_term WHERE unit_id = $1 ORDER BY begins`, unitID); err != nil {
		return nil, fmt.Errorf("letter: terms of %s: %w", unitID, err)
	}
	return days, nil
}

func saveTerms(ctx context.Context, tx *database.Tx, by, unitID ident.ID, days []clock.Day) error {
	if _, err := tx.Exec(ctx, `DELETE FROM letter_term WHERE unit_id = $1`, unitID); err != nil {
		return fmt.Errorf("letter: forget the terms of %s: %w", unitID, err)
	}
	for _, d := range days {
		_, err := tx.Exec(ctx, `INSERT INTO letter_term (unit_id, year, begins, updated_by, updated_at) VALUES ($1, $2, $3, $4, $5)`,
			unitID, yearOf(d), d, by, tx.Now())
		if err != nil {
			return fmt.Errorf("letter: save the terms of %s: %w", unitID, err)
		}
	}
	return nil
}

// seriesRow is a registered letter that is numbered by its type.
type seriesRow struct {
	ID     ident.ID  `db:"id"`
	Series string    `db:"series"`
	Term   int       `db:"term"`
	Order  int64     `db:"number_order"`
	On     clock.Day `db:"issued_on"`
	Symbol string    `db:"symbol"`
}

func listSeries(ctx context.Context, q database.Querier, unitID ident.ID) ([]seriesRow, error) {
	var rows []seriesRow
	err := q.Select(ctx, &rows, `SELECT id, series, term, number_order, issued_on, symbol FROM letter
		WHERE issuer_id = $1 AND state = $2 AND series <> '' ORDER BY id`, unitID, Registered)
	if err != nil {
		return nil, fmt.Errorf("letter: letters of %s by type: %w", unitID, err)
	}
	return rows, nil
}

// setTermOf moves letters to other terms: first out of the key, so that none stands in the way of another.
func setTermOf(ctx context.Context, tx *database.Tx, rows []seriesRow) error {
	for _, r := range rows {
		if _, err := tx.Exec(ctx, `UPDATE letter SET term = NULL WHERE id = $1`, r.ID); err != nil {
			return fmt.Errorf("letter: take %s out of its term: %w", r.ID, err)
		}
	}
	for _, r := range rows {
		_, err := tx.Exec(ctx, `UPDATE letter SET term = $1 WHERE id = $2`, r.Term, r.ID)
		if errors.Is(err, database.ErrConflict) {
			return fault.Conflict.With("letter.fault.termNumbers", "Symbol", r.Symbol, "Year", r.Term).At("terms")
		}
		if err != nil {
			return fmt.Errorf("letter: move %s to another term: %w", r.ID, err)
		}
	}
	return nil
}
