package person

import (
	"slices"

	"sachhon/internal/ident"
)

// Role is why somebody may do something.
type Role string

// The roles that are granted in a unit and hold within its subtree.
const (
	Administrator Role = "administrator" // runs the installation, or the accounts of a unit's subtree
	Board         Role = "board"         // organising board of the challenges of a unit
	Leader        Role = "leader"        // leads a unit
	Clerk         Role = "clerk"         // handles a unit's letters and helps its people
)

// The roles that follow from who somebody is.
const (
	Representative Role = "representative" // acts for an entrant
	Self           Role = "self"           // is the person it is about
	SignedIn       Role = "signed_in"      // anybody who has signed in
	Public         Role = "public"         // anybody
)

// Roles are all roles, in the order of the table's columns.
var Roles = []Role{Administrator, Board, Leader, Clerk, Representative, Self, SignedIn, Public}

// Granted are the roles that are granted in units.
var Granted = []Role{Administrator, Board, Leader, Clerk}

// grantable tells whether the role is one that is granted in units.
func (r Role) grantable() bool { return slices.Contains(Granted, r) }

// Grant is a role held in a unit. An empty UnitID is the whole installation.
type Grant struct {
	Role   Role
	UnitID ident.ID
}
