package web

import (
	"context"

	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// OwnUnits are the units in whose name somebody handles letters. A role for the whole installation has no desk.
func OwnUnits(actor person.Actor) []ident.ID {
	return actor.UnitsOf(person.Clerk, person.Leader, person.Board)
}

// UnitNamed returns the unit that an address names; without one it is the first in whose name the person handles letters.
func UnitNamed(ctx context.Context, units *unit.Service, text string) (unit.Unit, error) {
	if text == "" {
		if own := OwnUnits(ActorOf(ctx)); len(own) > 0 {
			text = string(own[0])
		}
	}
	id, err := ident.Parse(text)
	if err != nil {
		return unit.Unit{}, fault.NotFound.With("unit.fault.unknown")
	}
	return units.Unit(ctx, id)
}
