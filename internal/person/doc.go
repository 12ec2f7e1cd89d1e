// Package person owns people, the roles they hold in units, whom they represent, their consent, and the one table
// that says who may do what.
//
// It knows no clean-up and no letter: an object is to it the unit, the entrant or the person it belongs to. A role
// never reaches outside the subtree of the unit it is held in, and silence is never consent.
package person
