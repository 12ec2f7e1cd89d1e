package letter

import (
	"context"
	"fmt"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// last is a day after every day, as text.
const last = "9999-12-31"

// days are the first and the last day of the letters of an outgoing register.
func (f BookFilter) days() (from, to string) {
	from, to = ListFilter{Year: f.Year}.days()
	if f.From != "" {
		from = max(from, string(f.From))
	}
	if f.To != "" {
		to = min(to, string(f.To))
	}
	return from, to
}

func listOutgoing(ctx context.Context, q database.Querier, unitID ident.ID, f BookFilter) ([]Letter, int, error) {
	const where = ` FROM letter WHERE issuer_id = $1 AND state = $2 AND ($3 = '%%' OR folded LIKE $3 ESCAPE '\')
		AND issued_on >= $4 AND issued_on <= $5`
	from, to := f.days()
	args := []any{unitID, Registered, f.pattern(), from, to}
	var n int64
	if err := q.Get(ctx, &n, `SELECT count(*)`+where, args...); err != nil {
		return nil, 0, fmt.Errorf("letter: count outgoing: %w", err)
	}
	var rows []row
	err := q.Select(ctx, &rows, `SELECT document, `+listColumns+where+` ORDER BY series, term, number_order, issued_on, id LIMIT $6 OFFSET $7`,
		slices.Concat(args, []any{f.limit(), f.Skip})...)
	if err != nil {
		return nil, 0, fmt.Errorf("letter: list outgoing: %w", err)
	}
	return letters(rows), int(n), nil
}

func findArrivals(ctx context.Context, q database.Querier, unitID ident.ID, f BookFilter) ([]Arrival, int, error) {
	const where = ` FROM letter_arrival JOIN letter ON letter.id = letter_arrival.letter_id
		WHERE letter_arrival.unit_id = $1 AND letter_arrival.year = $2 AND ($3 = '%%' OR letter.folded LIKE $3 ESCAPE '\')
		AND letter_arrival.arrived_at >= $4 AND letter_arrival.arrived_at < $5`
	from, to := clock.Date(1970, 1, 1, 0, 0), clock.Date(9999, 1, 1, 0, 0)
	if f.From != "" {
		from = f.From.Start()
	}
	if f.To != "" {
		to = f.To.Next().Start()
	}
	args := []any{unitID, f.Year, f.pattern(), from, to}
	var n int64
	if err := q.Get(ctx, &n, `SELECT count(*)`+where, args...); err != nil {
		return nil, 0, fmt.Errorf("letter: count arrivals: %w", err)
	}
	var rows []arrivalRow
	err := q.Select(ctx, &rows, `SELECT letter_arrival.unit_id, letter_arrival.year, letter_arrival.number, letter_arrival.letter_id,
		letter_arrival.arrived_at, letter_arrival.file`+where+` ORDER BY letter_arrival.number LIMIT $6 OFFSET $7`, slices.Concat(args, []any{f.limit(), f.Skip})...)
	if err != nil {
		return nil, 0, fmt.Errorf("letter: find arrivals: %w", err)
	}
	out := make([]Arrival, len(rows))
	for i, r := range rows {
		out[i] = Arrival(r)
	}
	return out, int(n), nil
}

func listAnswers(ctx context.Context, q database.Querier, unitID ident.ID, ids []ident.ID) (map[ident.ID][]string, error) {
	found := map[ident.ID][]string{}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	for part := range slices.Chunk(ids, 500) {
		args := []any{unitID, Registered}
		for _, id := range part {
			args = append(args, id)
		}
		var rows []struct {
			To     ident.ID `db:"answers_id"`
			Symbol string   `db:"symbol"`
		}
		err := q.Select(ctx, &rows, `SELECT answers_id, symbol FROM letter WHERE issuer_id = $1 AND state = $2 AND answers_id IN (`+
			database.In(3, len(part))+`) ORDER BY registered_at`, args...)
		if err != nil {
			return nil, fmt.Errorf("letter: list answers: %w", err)
		}
		for _, r := range rows {
			found[r.To] = append(found[r.To], r.Symbol)
		}
	}
	return found, nil
}

func listWaiting(ctx context.Context, q database.Querier, unitID ident.ID, limit int) ([]Letter, error) {
	var rows []row
	err := q.Select(ctx, &rows, `SELECT `+listColumns+` FROM letter WHERE issuer_id = $1 AND state IN ($2, $3, $4)
		AND document IS NOT NULL ORDER BY updated_at DESC, id DESC LIMIT $5`, unitID, Draft, Submitted, Signed, limit)
	if err != nil {
		return nil, fmt.Errorf("letter: list waiting: %w", err)
	}
	return letters(rows), nil
}

// listSame returns the other letters that a unit entered under the same symbol and date, whoever typed them in.
func listSame(ctx context.Context, q database.Querier, l Letter, unitID ident.ID) ([]Letter, error) {
	if l.Symbol() == "" {
		return nil, nil
	}
	var rows []row
	err := q.Select(ctx, &rows, `SELECT `+listColumns+` FROM letter JOIN letter_arrival ON letter_arrival.letter_id = letter.id
		WHERE letter_arrival.unit_id = $1 AND symbol = $2 AND issued_on = $3 AND id <> $4 ORDER BY letter_arrival.arrived_at, id`,
		unitID, l.Symbol(), l.Fields.Date.String(), l.ID)
	if err != nil {
		return nil, fmt.Errorf("letter: look for the same letter: %w", err)
	}
	return letters(rows), nil
}

// reindex fills in up to limit letters and returns how many.
func reindex(ctx context.Context, db *database.DB, limit int) (int, error) {
	n := 0
	err := db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		var rows []row
		err := tx.Select(ctx, &rows, `SELECT `+columns+` FROM letter WHERE folded = '' LIMIT $1`, limit)
		if err != nil {
			return fmt.Errorf("letter: letters without index: %w", err)
		}
		for _, r := range rows {
			l := r.letter()
			if err := moveToSeries(ctx, tx, &l); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `UPDATE letter SET folded = $1, number_order = $2, type = $3, series = $4, term = $5 WHERE id = $6`,
				l.folded(), numberOrder(l.Fields.Number), l.Fields.Type, l.Series, l.term(), l.ID)
			if err != nil {
				return fmt.Errorf("letter: index %s: %w", l.ID, err)
			}
		}
		n = len(rows)
		return nil
	})
	return n, err
}
