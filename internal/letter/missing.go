package letter

import (
	"context"

	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// Numbers are those from the first to the last.
type Numbers struct{ First, Last int64 }

// Missing returns the numbers of a year that lie between others of a unit's outgoing register and that no letter bears, in
// order. Numbers given here leave none; a letter that came with a number of its own may: the ones before it are still to be
// entered, or it was mistyped.
func (s *Service) Missing(ctx context.Context, actor person.Actor, unitID ident.ID, year int) ([]Numbers, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	given, err := numbersGiven(ctx, s.db, unitID, year)
	if err != nil {
		return nil, err
	}
	var missing []Numbers
	for i := 1; i < len(given); i++ {
		if before, n := given[i-1], given[i]; n > before+1 {
			missing = append(missing, Numbers{before + 1, n - 1})
		}
	}
	return missing, nil
}
