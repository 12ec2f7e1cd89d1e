package exchange

import (
	"context"
	"fmt"
	"strings"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// concerns is the condition that a message concerns a unit: it sends it, receives it, or is told about its letter. The
// argument stands in the query once, as $n.
func concerns(n int) string {
	return strings.ReplaceAll(`(m.unit_id = $N OR m.direction = 'in' AND (
		EXISTS (SELECT 1 FROM exchange_part p WHERE p.message_id = m.id AND p.unit_id = $N)
		OR EXISTS (SELECT 1 FROM exchange_report r JOIN dispatch d ON d.id = r.dispatch_id WHERE r.message_id = m.id AND d.sender_id = $N)
		OR EXISTS (SELECT 1 FROM exchange_told t JOIN exchange_message o ON o.id = t.about_id WHERE t.message_id = m.id AND o.unit_id = $N)))`,
		"$N", fmt.Sprintf("$%d", n))
}

// list returns one message more than the limit when there are more.
func list(ctx context.Context, q database.Querier, f Filter) ([]Message, error) {
	where, args := []string{"1 = 1"}, []any{}
	add := func(condition string, arg any) {
		args = append(args, arg)
		where = append(where, strings.ReplaceAll(condition, "$N", fmt.Sprintf("$%d", len(args))))
	}
	if f.Unit != "" {
		args = append(args, f.Unit)
		where = append(where, concerns(len(args)))
	}
	if f.Direction != "" {
		add("m.direction = $N", f.Direction)
	}
	if f.State != "" {
		add("m.state = $N", f.State)
	}
	if f.Kind != "" {
		add("m.kind = $N", f.Kind)
	}
	if f.Before != "" {
		add("m.id < $N", f.Before)
	}
	args = append(args, f.Limit+1)
	var found []Message
	err := q.Select(ctx, &found, `SELECT `+columns+` FROM exchange_message m WHERE `+strings.Join(where, " AND ")+
		fmt.Sprintf(` ORDER BY m.id DESC LIMIT $%d`, len(args)), args...)
	if err != nil {
		return nil, fmt.Errorf("exchange: list: %w", err)
	}
	return found, nil
}

// listCameIn returns the packages about a letter that came for a unit from outside, the oldest first.
func listCameIn(ctx context.Context, q database.Querier, letter, unit ident.ID) ([]Message, error) {
	var found []Message
	err := q.Select(ctx, &found, `SELECT `+columns+` FROM exchange_message m WHERE m.direction = $1 AND m.kind = $2
		AND m.letter_id = $3 AND EXISTS (SELECT 1 FROM exchange_part p WHERE p.message_id = m.id AND p.unit_id = $4) ORDER BY m.id`,
		In, LetterKind, letter, unit)
	if err != nil {
		return nil, fmt.Errorf("exchange: packages about letter %s: %w", letter, err)
	}
	return found, nil
}

func count(ctx context.Context, q database.Querier, unit ident.ID) (map[State]int, error) {
	where, args := "1 = 1", []any{}
	if unit != "" {
		where, args = concerns(1), []any{unit}
	}
	var rows []struct {
		State State `db:"state"`
		N     int   `db:"n"`
	}
	if err := q.Select(ctx, &rows, `SELECT m.state AS state, count(*) AS n FROM exchange_message m WHERE `+where+` GROUP BY m.state`, args...); err != nil {
		return nil, fmt.Errorf("exchange: count: %w", err)
	}
	counts := map[State]int{}
	for _, r := range rows {
		counts[r.State] = r.N
	}
	return counts, nil
}

// sendersAbout are the units that sent the dispatches, or reported up, which a report is about.
func sendersAbout(ctx context.Context, q database.Querier, message ident.ID) ([]ident.ID, error) {
	var units []ident.ID
	err := q.Select(ctx, &units, `SELECT d.sender_id FROM exchange_report r JOIN dispatch d ON d.id = r.dispatch_id WHERE r.message_id = $1
		UNION SELECT o.unit_id FROM exchange_told t JOIN exchange_message o ON o.id = t.about_id WHERE t.message_id = $2`, message, message)
	if err != nil {
		return nil, fmt.Errorf("exchange: whose letter a report is about: %w", err)
	}
	return units, nil
}
