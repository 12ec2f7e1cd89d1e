package cascade

import (
	"context"
	"fmt"
	"slices"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// refusedChanges returns by dispatch the newest change of the letters that its receiver refused.
func refusedChanges(ctx context.Context, q database.Querier, letters []ident.ID) (map[ident.ID]Change, error) {
	found := map[ident.ID]Change{}
	for some := range slices.Chunk(letters, touchingAtOnce) {
		var list []Change
		err := q.Select(ctx, &list, `SELECT `+changeColumns+`, x.dispatch_id, x.state, x.answer, x.answered_at
			FROM letter_change c JOIN dispatch_change x ON x.change_id = c.id
			WHERE x.state = $1 AND c.letter_id IN (`+database.In(2, len(some))+`) ORDER BY c.made_at, c.id`,
			append([]any{ChangeRefused}, database.Args(some)...)...)
		if err != nil {
			return nil, fmt.Errorf("cascade: changes that were refused: %w", err)
		}
		for _, c := range list {
			found[c.DispatchID] = c
		}
	}
	return found, nil
}

// overLetters are those of the letters that were taken back or replaced for all.
func overLetters(ctx context.Context, q database.Querier, letters []ident.ID) (map[ident.ID]bool, error) {
	over := map[ident.ID]bool{}
	for some := range slices.Chunk(letters, touchingAtOnce) {
		var list []Change
		err := q.Select(ctx, &list, `SELECT `+changeColumns+` FROM letter_change c WHERE c.kind IN ($1, $2)
			AND c.letter_id IN (`+database.In(3, len(some))+`)`, append([]any{ChangeRecall, ChangeReplace}, database.Args(some)...)...)
		if err != nil {
			return nil, fmt.Errorf("cascade: letters that are over: %w", err)
		}
		for _, c := range list {
			if c.Whole {
				over[c.LetterID] = true
			}
		}
	}
	return over, nil
}

// standingOf returns for dispatches those that stand for them now: themselves, or those with which their units got the letter again.
func standingOf(ctx context.Context, q database.Querier, ids []ident.ID) (map[ident.ID]Dispatch, error) {
	all, wanted := map[ident.ID]Dispatch{}, ids
	for len(wanted) > 0 {
		var next []ident.ID
		for some := range slices.Chunk(wanted, touchingAtOnce) {
			var rows []row
			err := q.Select(ctx, &rows, `SELECT `+columns+` FROM dispatch WHERE id IN (`+database.In(1, len(some))+`)`, database.Args(some)...)
			if err != nil {
				return nil, fmt.Errorf("cascade: dispatches that stand: %w", err)
			}
			for _, r := range rows {
				d := r.dispatch()
				all[d.ID] = d
				if _, known := all[d.AgainID]; d.AgainID != "" && !known {
					next = append(next, d.AgainID)
				}
			}
		}
		wanted = next
	}
	for _, id := range ids {
		d := all[id]
		for again, ok := all[d.AgainID]; ok && d.AgainID != ""; again, ok = all[d.AgainID] {
			d = again
		}
		all[id] = d
	}
	return all, nil
}
