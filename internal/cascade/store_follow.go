package cascade

import (
	"context"
	"fmt"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

// openStates are those in which the receiver has something to do, or the system has to bring it the letter.
var openStates = []any{Sent, Arrived, Received, Assigned, InProgress}

func openLetters(ctx context.Context, q database.Querier) ([]ident.ID, error) {
	var ids []ident.ID
	err := q.Select(ctx, &ids, `SELECT DISTINCT letter_id FROM dispatch WHERE state IN (`+database.In(1, len(openStates))+`)
		ORDER BY letter_id`, openStates...)
	if err != nil {
		return nil, fmt.Errorf("cascade: open letters: %w", err)
	}
	return ids, nil
}

// overduePart is which parts of people are overdue, of dispatches d to the unit $1 and duties u at the time $2.
const overduePart = `duty_part p JOIN dispatch d ON d.id = p.dispatch_id
	JOIN dispatch_duty u ON u.dispatch_id = p.dispatch_id AND u.number = p.duty_number
	WHERE d.receiver_id = $1 AND p.done_at IS NULL AND p.deadline <= $2 AND u.done_at IS NULL`

func overdueParts(ctx context.Context, q database.Querier, receiver ident.ID, now clock.Time) ([]Part, error) {
	var parts []Part
	if err := q.Select(ctx, &parts, `SELECT `+partColumns+` FROM `+overduePart+` ORDER BY p.created_at, p.id`, receiver, now); err != nil {
		return nil, fmt.Errorf("cascade: overdue parts: %w", err)
	}
	return parts, nil
}

func overdueDuties(ctx context.Context, q database.Querier, receiver ident.ID, now clock.Time) ([]Duty, error) {
	return listDuties(ctx, q, `FROM dispatch_duty u WHERE (u.dispatch_id, u.number) IN (SELECT p.dispatch_id, p.duty_number FROM `+
		overduePart+`) ORDER BY u.dispatch_id, u.number`, receiver, now)
}

func overdueDispatches(ctx context.Context, q database.Querier, receiver ident.ID, now clock.Time) ([]Dispatch, error) {
	return list(ctx, q, `WHERE id IN (SELECT p.dispatch_id FROM `+overduePart+`) ORDER BY id`, receiver, now)
}

// touchingAtOnce bounds the parameters of one statement.
const touchingAtOnce = 500

func touching(ctx context.Context, q database.Querier, sender ident.ID, receivers []ident.ID) ([]ident.ID, error) {
	var found []ident.ID
	ask := func(condition string, args ...any) error {
		var ids []ident.ID
		args = append(slices.Clone(openStates), args...)
		err := q.Select(ctx, &ids, `SELECT DISTINCT letter_id FROM dispatch WHERE (state IN (`+database.In(1, len(openStates))+`)
			OR objected_at IS NOT NULL) AND `+condition, args...)
		if err != nil {
			return fmt.Errorf("cascade: letters of a unit: %w", err)
		}
		found = append(found, ids...)
		return nil
	}
	if err := ask(fmt.Sprintf("letter_id IN (SELECT letter_id FROM dispatch WHERE sender_id = $%d)", len(openStates)+1), sender); err != nil {
		return nil, err
	}
	for some := range slices.Chunk(receivers, touchingAtOnce) {
		args := database.Args(some)
		if err := ask("receiver_id IN ("+database.In(len(openStates)+1, len(some))+")", args...); err != nil {
			return nil, err
		}
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

func sizes(ctx context.Context, q database.Querier, letters []ident.ID) (map[ident.ID]int, error) {
	all := make(map[ident.ID]int, len(letters))
	for some := range slices.Chunk(letters, touchingAtOnce) {
		args := database.Args(some)
		var rows []struct {
			ID    ident.ID `db:"letter_id"`
			Units int      `db:"units"`
		}
		err := q.Select(ctx, &rows, `SELECT letter_id, count(*) AS units FROM dispatch WHERE letter_id IN (`+database.In(1, len(some))+`) GROUP BY letter_id`, args...)
		if err != nil {
			return nil, fmt.Errorf("cascade: count dispatches: %w", err)
		}
		for _, r := range rows {
			all[r.ID] = r.Units
		}
	}
	return all, nil
}

func sentAmong(ctx context.Context, q database.Querier, sender ident.ID, letters []ident.ID) ([]ident.ID, error) {
	var found []ident.ID
	for some := range slices.Chunk(letters, touchingAtOnce) {
		var ids []ident.ID
		err := q.Select(ctx, &ids, `SELECT DISTINCT letter_id FROM dispatch WHERE sender_id = $1 AND letter_id IN (`+database.In(2, len(some))+`)`,
			append([]any{sender}, database.Args(some)...)...)
		if err != nil {
			return nil, fmt.Errorf("cascade: letters that a unit sent: %w", err)
		}
		found = append(found, ids...)
	}
	slices.Sort(found)
	return found, nil
}

// carriedBy returns the letters of a unit that carry out another one and were sent, the oldest first.
func carriedBy(ctx context.Context, q database.Querier, letterID, unitID ident.ID) ([]ident.ID, error) {
	var ids []ident.ID
	err := q.Select(ctx, &ids, `SELECT l.id FROM letter l WHERE l.answers_id = $1 AND l.issuer_id = $2 AND l.state = $3
		AND EXISTS (SELECT 1 FROM dispatch d WHERE d.letter_id = l.id) ORDER BY l.created_at, l.id`, letterID, unitID, letter.Registered)
	if err != nil {
		return nil, fmt.Errorf("cascade: what carries out %s: %w", letterID, err)
	}
	return ids, nil
}
