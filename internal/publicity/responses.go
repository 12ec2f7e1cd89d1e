package publicity

import (
	"context"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
)

// Response is what everybody may know of a unit that answered a challenge: it published an article, or recorded how it told
// people. Only what was done is here: no public page says what a unit has not done.
type Response struct {
	UnitID    ident.ID
	Published clock.Time // zero while it has no public article
	Told      []Told     // the last told first
}

// Told is how often a unit told people on one channel, and between which days.
type Told struct {
	Channel     letter.Channel
	First, Last clock.Day
	People      int64 // present at meetings, as they were counted
}

// ResponseQuery chooses among the units that responded.
type ResponseQuery struct {
	Search        string // in the name of the unit or of the area in which it lies, with or without accents
	Newest        bool   // those that did something last come first, instead of by their place in the tree
	Offset, Limit int
}

// Responses returns the chosen units with what they did, and how many there are in all. A challenge may ask all communes of a
// country: the database chooses and sorts, and no more than the asked ones are read, in two statements.
func (s *Service) Responses(ctx context.Context, c challenge.Challenge, q ResponseQuery) ([]Response, int, error) {
	if !c.Public() {
		return nil, 0, nil
	}
	q.Search = lang.Fold(q.Search)
	all, total, err := listResponses(ctx, s.db, c.ID, q)
	if err != nil || len(all) == 0 {
		return nil, total, err
	}
	units := make([]ident.ID, len(all))
	for i, r := range all {
		units[i] = r.UnitID
	}
	told, err := sumTold(ctx, s.db, c.ID, units)
	for i, r := range all {
		all[i].Told = told[r.UnitID]
	}
	return all, total, err
}
