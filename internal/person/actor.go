package person

import (
	"fmt"
	"slices"

	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/unit"
)

// Actor is whoever acts, as of one moment: who they are, which roles they hold, for whom they speak. The zero Actor
// is anonymous. Services take it as the first argument after the context.
type Actor struct {
	ID         ident.ID
	Name       string
	Lang       string
	HomeUnit   ident.ID
	Grants     []Grant
	Represents []ident.ID // entrants
	System     bool

	tree *unit.Tree
}

// SystemActor is the installation itself: jobs, replays and commands on its own machine. It may do everything.
var SystemActor = Actor{ID: "system", System: true}

// NewActor returns a with the tree in which its roles reach down. Without a tree a role holds in its own unit only.
func NewActor(a Actor, tree *unit.Tree) Actor {
	a.tree = tree
	return a
}

// On is the object of an action: the unit, entrant or person it belongs to.
type On struct {
	// Unit is the unit that the object belongs to: the home unit of an entrant, the receiver of a dispatch.
	Unit ident.ID
	// Organiser is the unit that holds the challenge, when that is another one: the board's role is asked there.
	Organiser ident.ID
	Entrant   ident.ID
	Person    ident.ID
}

// Identity is what the audit log keeps: the actor's person, "system" for the installation itself.
func (a Actor) Identity() ident.ID { return a.ID }

// Anonymous tells whether nobody has signed in.
func (a Actor) Anonymous() bool { return a.ID == "" }

// Can returns nil when the actor may do this to the object, and otherwise why not: Unauthenticated when signing in
// may help, Forbidden when it does not.
//
// A role granted in a unit counts when the object's unit is in that unit's subtree along the superior organs. An
// object without a unit belongs to the whole installation, and only a role granted there counts.
func (a Actor) Can(action Action, on On) error {
	return a.check(action, func(r Role) bool {
		switch r {
		case Representative:
			return on.Entrant != "" && slices.Contains(a.Represents, on.Entrant)
		case Self:
			return on.Person != "" && on.Person == a.ID
		}
		at := on.Unit
		if r == Board && on.Organiser != "" {
			at = on.Organiser
		}
		return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Role == r && a.reaches(g.UnitID, at) })
	})
}

// Might returns nil when there may be an object to which the actor may do this. It opens pages and shows menu
// entries; the service behind still asks Can with the object.
func (a Actor) Might(action Action) error {
	return a.check(action, func(r Role) bool {
		switch r {
		case Representative:
			return len(a.Represents) > 0
		case Self:
			return a.ID != ""
		}
		return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Role == r })
	})
}

// Permit is Can for packages that know no people.
func (a Actor) Permit(action string, unit ident.ID) error {
	return a.Can(Action(action), On{Unit: unit})
}

// Holds tells whether the actor holds the role at the unit or above it.
func (a Actor) Holds(role Role, at ident.ID) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Role == role && a.reaches(g.UnitID, at) })
}

// UnitsOf returns the units in which the actor was granted one of the roles, in the order of the grants; for the
// choice of which desk to sit at.
func (a Actor) UnitsOf(roles ...Role) []ident.ID {
	var units []ident.ID
	for _, g := range a.Grants {
		if g.UnitID != "" && slices.Contains(roles, g.Role) && !slices.Contains(units, g.UnitID) {
			units = append(units, g.UnitID)
		}
	}
	return units
}

// reaches tells whether a role granted in from counts for an object of at.
func (a Actor) reaches(from, at ident.ID) bool {
	return from == "" || from == at || a.tree.Within(at, from)
}

// check asks the table; holds says whether the actor has one of the roles that need an object.
func (a Actor) check(action Action, holds func(Role) bool) error {
	roles, known := allowed[action]
	switch {
	case a.System:
		return nil
	case !known:
		return fault.Forbidden.With("").Because(fmt.Errorf("person: the table has no action %q", action))
	case slices.Contains(roles, Public):
		return nil
	case a.ID == "":
		return fault.Unauthenticated.With("")
	case slices.Contains(roles, SignedIn), slices.ContainsFunc(roles, holds):
		return nil
	}
	return fault.Forbidden.With("").Because(fmt.Errorf("person: %s may not %s", a.ID, action))
}
