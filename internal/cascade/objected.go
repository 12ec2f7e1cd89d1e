package cascade

import (
	"context"
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
