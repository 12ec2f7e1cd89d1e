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

// nextNumber counts a register up. The counter's row stays locked until the transaction ends, and goes back with it, so
// that concurrent writers get consecutive numbers without gaps.
func nextNumber(ctx context.Context, tx *database.Tx, unit ident.ID, year int, book string) (int64, error) {
	var n int64
	err := tx.Get(ctx, &n, `INSERT INTO letter_counter (unit_id, year, book, last) VALUES ($1, $2, $3, 1)
		ON CONFLICT (unit_id, year, book) DO UPDATE SET last = letter_counter.last + 1 RETURNING last`, unit, year, book)
	if err != nil {
		return 0, fmt.Errorf("letter: next number of the %s register: %w", book, err)
	}
	return n, nil
}

// raiseNumber makes the register go on after n.
func raiseNumber(ctx context.Context, tx *database.Tx, unit ident.ID, year int, book string, n int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO letter_counter (unit_id, year, book, last) VALUES ($1, $2, $3, $4)
		ON CONFLICT (unit_id, year, book) DO UPDATE SET last = excluded.last WHERE letter_counter.last < excluded.last`,
		unit, year, book, n)
	if err != nil {
		return fmt.Errorf("letter: raise the %s register: %w", book, err)
	}
	return nil
}

// setNumber makes the register go on after n, whatever it was at.
func setNumber(ctx context.Context, tx *database.Tx, unit ident.ID, year int, book string, n int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO letter_counter (unit_id, year, book, last) VALUES ($1, $2, $3, $4)
		ON CONFLICT (unit_id, year, book) DO UPDATE SET last = excluded.last`, unit, year, book, n)
	if err != nil {
		return fmt.Errorf("letter: set the %s register: %w", book, err)
	}
	return nil
}

// lowerNumber makes a register go on after n again, unless a number after the wrong one was given meanwhile.
func lowerNumber(ctx context.Context, tx *database.Tx, unit ident.ID, year int, book string, wrong, n int64) error {
	_, err := tx.Exec(ctx, `UPDATE letter_counter SET last = $1 WHERE unit_id = $2 AND year = $3 AND book = $4 AND last = $5`, n, unit, year, book, wrong)
	if err != nil {
		return fmt.Errorf("letter: lower the %s register: %w", book, err)
	}
	return nil
}

type arrivalRow struct {
	UnitID   ident.ID   `db:"unit_id"`
	Year     int        `db:"year"`
	Number   int64      `db:"number"`
	LetterID ident.ID   `db:"letter_id"`
	At       clock.Time `db:"arrived_at"`
	File     string     `db:"file"`
}

const arrivalColumns = `unit_id, year, number, letter_id, arrived_at, file`

func loadArrival(ctx context.Context, q database.Querier, letterID, unitID ident.ID) (Arrival, error) {
	var r arrivalRow
	err := q.Get(ctx, &r, `SELECT `+arrivalColumns+` FROM letter_arrival WHERE unit_id = $1 AND letter_id = $2`, unitID, letterID)
	if errors.Is(err, database.ErrNotFound) {
		return Arrival{}, fault.NotFound.With("letter.fault.notFound")
	}
	if err != nil {
		return Arrival{}, fmt.Errorf("letter: load arrival: %w", err)
	}
	return Arrival(r), nil
}

func insertArrival(ctx context.Context, tx *database.Tx, a Arrival) error {
	_, err := tx.Exec(ctx, `INSERT INTO letter_arrival (unit_id, year, number, letter_id, arrived_at) VALUES ($1, $2, $3, $4, $5)`,
		a.UnitID, a.Year, a.Number, a.LetterID, a.At)
	if err != nil {
		return fmt.Errorf("letter: insert arrival: %w", err)
	}
	return nil
}

func setFile(ctx context.Context, tx *database.Tx, a Arrival) error {
	_, err := tx.Exec(ctx, `UPDATE letter_arrival SET file = $1 WHERE unit_id = $2 AND letter_id = $3`, a.File, a.UnitID, a.LetterID)
	if err != nil {
		return fmt.Errorf("letter: say where %s is kept: %w", a.LetterID, err)
	}
	return nil
}

func listArrivals(ctx context.Context, q database.Querier, unitID ident.ID, year int) ([]Arrival, error) {
	var rows []arrivalRow
	err := q.Select(ctx, &rows, `SELECT `+arrivalColumns+` FROM letter_arrival WHERE unit_id = $1 AND year = $2 ORDER BY number`,
		unitID, year)
	if err != nil {
		return nil, fmt.Errorf("letter: list arrivals: %w", err)
	}
	out := make([]Arrival, len(rows))
	for i, r := range rows {
		out[i] = Arrival(r)
	}
	return out, nil
}
