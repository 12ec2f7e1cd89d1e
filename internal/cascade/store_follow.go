package cascade

import (
	"context"
	"fmt"
	"slices"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

func dutiesByLetter(ctx context.Context, q database.Querier, letterID ident.ID) (map[ident.ID][]Duty, error) {
	var rows []dutyRow
	err := q.Select(ctx, &rows, `SELECT u.dispatch_id, u.number, u.text, u.channels, u.done_at, u.done_by, u.note
		FROM dispatch_duty u JOIN dispatch d ON d.id = u.dispatch_id WHERE d.letter_id = $1 ORDER BY u.dispatch_id, u.number`, letterID)
	if err != nil {
		return nil, fmt.Errorf("cascade: duties of a letter: %w", err)
	}
	duties := map[ident.ID][]Duty{}
	for _, r := range rows {
		duties[r.DispatchID] = append(duties[r.DispatchID], Duty{r.DispatchID, r.Number, r.Text, r.Channels.V, r.DoneAt, r.DoneBy, r.Note})
	}
	return duties, nil
}

// openStates are those in which the receiver has the letter and something to do.
var openStates = []any{Arrived, Received, Assigned, InProgress}

func openLetters(ctx context.Context, q database.Querier) ([]ident.ID, error) {
	var ids []ident.ID
	err := q.Select(ctx, &ids, `SELECT DISTINCT letter_id FROM dispatch WHERE state IN (`+database.In(1, len(openStates))+`)
		ORDER BY letter_id`, openStates...)
	if err != nil {
		return nil, fmt.Errorf("cascade: open letters: %w", err)
	}
	return ids, nil
}

// touchingAtOnce bounds the parameters of one statement.
const touchingAtOnce = 500

func touching(ctx context.Context, q database.Querier, sender ident.ID, receivers []ident.ID) ([]ident.ID, error) {
	var found []ident.ID
	ask := func(condition string, args ...any) error {
		var ids []ident.ID
		args = append(slices.Clone(openStates), args...)
		err := q.Select(ctx, &ids, `SELECT DISTINCT letter_id FROM dispatch WHERE state IN (`+database.In(1, len(openStates))+`) AND `+condition, args...)
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
		args := make([]any, len(some))
		for i, id := range some {
			args[i] = id
		}
		if err := ask("receiver_id IN ("+database.In(len(openStates)+1, len(some))+")", args...); err != nil {
			return nil, err
		}
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}
