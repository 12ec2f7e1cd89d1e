package exchange

import (
	"context"
	"errors"
	"fmt"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

const codeColumns = `organ_code, unit_id, partner, main, updated_at, updated_by`

// codeOf returns by which code a unit is called; ok is false when it has none.
func codeOf(ctx context.Context, q database.Querier, unit ident.ID) (c UnitCode, ok bool, err error) {
	return oneCode(ctx, q, `unit_id = $1 ORDER BY main DESC, organ_code LIMIT 1`, unit)
}

// unitOf returns the unit of a code; ok is false when there is none.
func unitOf(ctx context.Context, q database.Querier, organ string) (c UnitCode, ok bool, err error) {
	return oneCode(ctx, q, `organ_code = $1`, organKey(organ))
}

func oneCode(ctx context.Context, q database.Querier, where string, arg any) (UnitCode, bool, error) {
	var c UnitCode
	err := q.Get(ctx, &c, `SELECT `+codeColumns+` FROM exchange_code WHERE `+where, arg)
	if errors.Is(err, database.ErrNotFound) {
		return UnitCode{}, false, nil
	}
	if err != nil {
		return UnitCode{}, false, fmt.Errorf("exchange: look up a code: %w", err)
	}
	return c, true, nil
}

// codesOf returns the codes of a unit, the main one first.
func codesOf(ctx context.Context, q database.Querier, unit ident.ID) ([]UnitCode, error) {
	var codes []UnitCode
	err := q.Select(ctx, &codes, `SELECT `+codeColumns+` FROM exchange_code WHERE unit_id = $1 ORDER BY main DESC, organ_code`, unit)
	if err != nil {
		return nil, fmt.Errorf("exchange: codes of %s: %w", unit, err)
	}
	return codes, nil
}

func listCodes(ctx context.Context, q database.Querier) ([]UnitCode, error) {
	var codes []UnitCode
	err := q.Select(ctx, &codes, `SELECT `+codeColumns+` FROM exchange_code ORDER BY partner, unit_id, main DESC, organ_code`)
	if err != nil {
		return nil, fmt.Errorf("exchange: list the codes: %w", err)
	}
	return codes, nil
}

// dropCodes takes all codes from a unit.
func dropCodes(ctx context.Context, tx *database.Tx, unit ident.ID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM exchange_code WHERE unit_id = $1`, unit); err != nil {
		return fmt.Errorf("exchange: drop the codes of %s: %w", unit, err)
	}
	return nil
}

// addCode gives a unit one more code, unless some unit has it.
func addCode(ctx context.Context, tx *database.Tx, c UnitCode) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO exchange_code (`+codeColumns+`) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
		c.OrganCode, c.UnitID, c.Partner, c.Main, c.UpdatedAt, c.UpdatedBy)
	if err != nil {
		return false, fmt.Errorf("exchange: add a code: %w", err)
	}
	return n == 1, nil
}

// sameOrgan is the condition that a column names the organ of argument $n: by the same code, or by another code of one unit.
func sameOrgan(column string, n int) string {
	return fmt.Sprintf(`(upper(%[1]s) = $%[2]d OR upper(%[1]s) IN (SELECT o.organ_code FROM exchange_code o
		JOIN exchange_code k ON k.unit_id = o.unit_id WHERE k.organ_code = $%[2]d))`, column, n)
}
