package letter

import (
	"context"

	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// Numbers are those from the first to the last, of the Party's those of a type.
type Numbers struct {
	First, Last int64
	Series      string // "" where all types are counted together
}

// Missing returns the numbers that no letter bears and after which one was given in a year, while some before them were given
// in the same sequence; by type and in order. Numbers given here leave none; a letter that came with a number of its own may:
// the ones before it are still to be entered, or it was mistyped.
func (s *Service) Missing(ctx context.Context, actor person.Actor, unitID ident.ID, year int) ([]Numbers, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	given, err := givenAround(ctx, s.db, unitID, BookFilter{Year: year})
	if err != nil {
		return nil, err
	}
	var missing []Numbers
	for i := 1; i < len(given); i++ {
		before, n := given[i-1], given[i]
		if before.Series == n.Series && before.Term == n.Term && n.Within && n.Number > before.Number+1 {
			missing = append(missing, Numbers{before.Number + 1, n.Number - 1, n.Series})
		}
	}
	return missing, nil
}
