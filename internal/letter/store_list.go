package letter

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
)

func search(ctx context.Context, q database.Querier, issuer ident.ID, f ListFilter) ([]Letter, int, error) {
	const where = ` FROM letter WHERE issuer_id = $1 AND state <> $8 AND ($2 = '' OR type LIKE $2 ESCAPE '\') AND ($3 = '' OR folded LIKE $3 ESCAPE '\')
		AND (issued_on >= $4 AND issued_on <= $5 OR issued_on = '' AND created_at >= $6 AND created_at < $7)`
	from, to := f.days()
	begun, before := f.moments()
	args := []any{issuer, f.typed(), f.worded(), from, to, begun, before, Entered}
	var n int64
	if err := q.Get(ctx, &n, `SELECT count(*)`+where, args...); err != nil {
		return nil, 0, fmt.Errorf("letter: count those of %s: %w", issuer, err)
	}
	var rows []row
	err := q.Select(ctx, &rows, `SELECT `+listColumns+where+` ORDER BY created_at DESC, id DESC LIMIT $9`, slices.Concat(args, []any{f.Limit})...)
	if err != nil {
		return nil, 0, fmt.Errorf("letter: search those of %s: %w", issuer, err)
	}
	return letters(rows), int(n), nil
}

func listCitable(ctx context.Context, q database.Querier, unitID ident.ID, pattern string, limit int) ([]Letter, error) {
	var rows []row
	err := q.Select(ctx, &rows, `SELECT `+listColumns+` FROM letter WHERE symbol <> '' AND ($2 = '%%' OR folded LIKE $2 ESCAPE '\')
		AND (issuer_id = $1 AND state = $3 OR id IN (SELECT letter_id FROM letter_arrival WHERE unit_id = $1))
		ORDER BY issued_on DESC, id DESC LIMIT $4`, unitID, pattern, Registered, limit)
	if err != nil {
		return nil, fmt.Errorf("letter: list what %s can cite: %w", unitID, err)
	}
	return letters(rows), nil
}

func loadChoices(ctx context.Context, q database.Querier, issuer ident.ID) (Choices, error) {
	var c Choices
	var years []string
	if err := q.Select(ctx, &years, `SELECT DISTINCT substr(issued_on, 1, 4) FROM letter WHERE issuer_id = $1 AND state <> $2 AND issued_on <> ''`, issuer, Entered); err != nil {
		return c, fmt.Errorf("letter: years of %s: %w", issuer, err)
	}
	for _, text := range years {
		if year, err := strconv.Atoi(text); err == nil {
			c.Years = append(c.Years, year)
		}
	}
	slices.Sort(c.Years)
	slices.Reverse(c.Years)
	if err := q.Select(ctx, &c.Types, `SELECT DISTINCT type FROM letter WHERE issuer_id = $1 AND state <> $2 AND type <> ''`, issuer, Entered); err != nil {
		return c, fmt.Errorf("letter: types of %s: %w", issuer, err)
	}
	slices.SortFunc(c.Types, lang.Compare)
	return c, nil
}
