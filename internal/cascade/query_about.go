package cascade

import (
	"context"
	"errors"
	"fmt"

	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// About returns the dispatch by which a unit was asked to tell people of a challenge: of those that came with a letter about it
// and live on, the newest that asks to make something public, else the newest. A letter of urging is about the challenge too, and
// asks for other things. ok is false where none came.
func (s *Service) About(ctx context.Context, actor person.Actor, unitID, challenge ident.ID) (d Detail, ok bool, err error) {
	if err := actor.Can(person.ActionCascadeRead, person.On{Unit: unitID}); err != nil {
		return Detail{}, false, err
	}
	id, err := loadAbout(ctx, s.db, unitID, challenge)
	if errors.Is(err, database.ErrNotFound) {
		return Detail{}, false, nil
	}
	if err != nil {
		return Detail{}, false, fmt.Errorf("cascade: what came about a challenge: %w", err)
	}
	d, err = s.Get(ctx, actor, id)
	return d, err == nil, err
}
