package cascade

import (
	"context"
	"fmt"
	"slices"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// Objected is what a unit refused, as its sender has to know it.
type Objected struct {
	Reason  string
	Refused ChangeKind // the change that it refused; empty for the letter
	Over    bool       // the letter cannot be sent to it again: it was taken back or replaced for all, or the sender itself does not have it any more
}

// Objected returns what the receivers of the dispatches refused, with as many statements for many as for few. One of which nothing was
// refused, since its sender has just dealt with it, is left out.
func (s *Service) Objected(ctx context.Context, q database.Querier, dispatches []Dispatch) (map[ident.ID]Objected, error) {
	letters, parents := idsOf(dispatches, Dispatch.letter), idsOf(dispatches, Dispatch.parent)
	answers, err := refusedChanges(ctx, q, letters)
	if err != nil {
		return nil, err
	}
	over, err := overLetters(ctx, q, letters)
	if err != nil {
		return nil, err
	}
	standing, err := standingOf(ctx, q, parents)
	if err != nil {
		return nil, err
	}
	found := make(map[ident.ID]Objected, len(dispatches))
	for _, d := range dispatches {
		o := Objected{Reason: d.Outcome, Over: over[d.LetterID]}
		if d.ParentID != "" {
			o.Over = standing[d.ParentID].takenOn() != nil
		}
		if d.State != Refused {
			c, ok := answers[d.ID]
			if !ok {
				continue
			}
			o.Reason, o.Refused = c.Answer, c.Kind
		}
		found[d.ID] = o
	}
	return found, nil
}

func (d Dispatch) letter() ident.ID { return d.LetterID }
func (d Dispatch) parent() ident.ID { return d.ParentID }

// idsOf returns what the dispatches have of the one kind, each once.
func idsOf(dispatches []Dispatch, of func(Dispatch) ident.ID) []ident.ID {
	var ids []ident.ID
	for _, d := range dispatches {
		if id := of(d); id != "" {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

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
