package cascade

import (
	"context"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// Followed is a dispatch with what tells how far its receiver has come.
type Followed struct {
	Dispatch
	Publicising Publicising
	Duties      []Duty
}

// Find returns a dispatch to another domain, which asks for permission itself.
func (s *Service) Find(ctx context.Context, q database.Querier, id ident.ID) (Dispatch, error) {
	return load(ctx, q, id)
}

// Follow returns the dispatches of a letter, in the order of their identifiers, to a domain that asks for permission itself.
func (s *Service) Follow(ctx context.Context, q database.Querier, letterID ident.ID) ([]Followed, error) {
	all, err := list(ctx, q, `WHERE letter_id = $1 ORDER BY id`, letterID)
	if err != nil {
		return nil, err
	}
	sums, err := sumPublicity(ctx, q, letterID, 0)
	if err != nil {
		return nil, err
	}
	duties, err := dutiesByLetter(ctx, q, letterID)
	if err != nil {
		return nil, err
	}
	first := summaries(sums)
	out := make([]Followed, len(all))
	for i, d := range all {
		out[i] = Followed{d, publicising(d, duties[d.ID], first[d.ID].First), duties[d.ID]}
	}
	return out, nil
}

// OpenLetters returns the letters of which somebody has still something to do, or which are on their way, in the order of their identifiers.
func (s *Service) OpenLetters(ctx context.Context, q database.Querier) ([]ident.ID, error) {
	return openLetters(ctx, q)
}

// Moves adds up what was written about letters: while the sum stays the same nothing has moved.
func (s *Service) Moves(ctx context.Context, q database.Querier, letters []ident.ID) (int64, error) {
	return sumSeq(ctx, q, letters)
}

// Sizes returns how many units have each of the letters.
func (s *Service) Sizes(ctx context.Context, q database.Querier, letters []ident.ID) (map[ident.ID]int, error) {
	return sizes(ctx, q, letters)
}

// Touching returns the letters that a unit sent or passed on, or that one of the others received, by identifier.
func (s *Service) Touching(ctx context.Context, q database.Querier, sender ident.ID, receivers []ident.ID) ([]ident.ID, error) {
	return touching(ctx, q, sender, receivers)
}
