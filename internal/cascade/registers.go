package cascade

import (
	"context"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// Handed is what became of a letter that a unit sent, on its own or with one that the unit passed on with it.
type Handed struct {
	With     ident.ID   // the letter that travels: itself, or the one passed on with it; the first of Ways
	First    clock.Time // when the letter was sent first
	Last     clock.Time // when it was sent last
	Units    int        // to how many
	Received int        // how many confirmed receipt
	Waiting  int        // how many have yet to confirm it, or to refuse
	Ways     []Way      // by itself and with others that were passed on, as it went first
}

// Way is a letter that travels, to how many units.
type Way struct {
	With  ident.ID
	Units int
}

// HandedOut sums the dispatches of a unit's letters; a letter that was never sent is absent.
func (s *Service) HandedOut(ctx context.Context, actor person.Actor, unitID ident.ID, letters []ident.ID) (map[ident.ID]Handed, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	return sumHanded(ctx, s.db, unitID, letters)
}

// Came returns the dispatch by which a letter came to a unit, as the one that travels or as the one it was passed on with,
// if the unit has it in hand.
func (s *Service) Came(ctx context.Context, actor person.Actor, unitID, letterID ident.ID) (Dispatch, bool, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: unitID}); err != nil {
		return Dispatch{}, false, err
	}
	all, err := listCame(ctx, s.db, unitID, letterID)
	if err != nil {
		return Dispatch{}, false, err
	}
	for _, d := range all {
		if d.takenOn() == nil {
			return d, true, nil
		}
	}
	return Dispatch{}, false, nil
}

// Duties returns what a dispatch asks of its receiver, in order, without asking permission: whoever has the dispatch asked.
func (s *Service) Duties(ctx context.Context, d Dispatch) ([]Duty, error) {
	return loadDuties(ctx, s.db, d.ID)
}

// CameBy returns the dispatches by which letters came to a unit, by letter.
func (s *Service) CameBy(ctx context.Context, actor person.Actor, unitID ident.ID, letters []ident.ID) (map[ident.ID]Dispatch, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	return loadCameBy(ctx, s.db, unitID, letters)
}
