package exchange

import (
	"context"
	"errors"
	"fmt"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

const unitColumns = `unit_id, organ_code, partner, updated_at, updated_by`

// codeOf returns under which code a unit is known; ok is false when it has none.
func codeOf(ctx context.Context, q database.Querier, unit ident.ID) (c UnitCode, ok bool, err error) {
	return oneCode(ctx, q, `unit_id = $1`, unit)
}

// unitOf returns the unit of a code; ok is false when there is none.
func unitOf(ctx context.Context, q database.Querier, organ string) (c UnitCode, ok bool, err error) {
	return oneCode(ctx, q, `organ_code = $1`, organ)
}

func oneCode(ctx context.Context, q database.Querier, where string, arg any) (UnitCode, bool, error) {
	var c UnitCode
	err := q.Get(ctx, &c, `SELECT `+unitColumns+` FROM exchange_unit WHERE `+where, arg)
	if errors.Is(err, database.ErrNotFound) {
		return UnitCode{}, false, nil
	}
	if err != nil {
		return UnitCode{}, false, fmt.Errorf("exchange: look up a code: %w", err)
	}
	return c, true, nil
}

func listCodes(ctx context.Context, q database.Querier) ([]UnitCode, error) {
	var codes []UnitCode
	if err := q.Select(ctx, &codes, `SELECT `+unitColumns+` FROM exchange_unit ORDER BY partner, organ_code`); err != nil {
		return nil, fmt.Errorf("exchange: list the codes: %w", err)
	}
	return codes, nil
}

// saveCode sets the code of a unit.
func saveCode(ctx context.Context, tx *database.Tx, c UnitCode) error {
	_, err := tx.Exec(ctx, `INSERT INTO exchange_unit (`+unitColumns+`) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (unit_id) DO UPDATE SET organ_code = excluded.organ_code, partner = excluded.partner, updated_at = excluded.updated_at,
		updated_by = excluded.updated_by`, c.UnitID, c.OrganCode, c.Partner, c.UpdatedAt, c.UpdatedBy)
	if err != nil {
		return fmt.Errorf("exchange: save a code: %w", err)
	}
	return nil
}

// addCode sets the code of a unit unless the unit or the code is known.
func addCode(ctx context.Context, tx *database.Tx, c UnitCode) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO exchange_unit (`+unitColumns+`) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		c.UnitID, c.OrganCode, c.Partner, c.UpdatedAt, c.UpdatedBy)
	if err != nil {
		return false, fmt.Errorf("exchange: add a code: %w", err)
	}
	return n == 1, nil
}
