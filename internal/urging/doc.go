// Package urging owns who is reminded of what and when: rules per letter, reminders to a unit's people and its leader, a
// drafted letter for the sign-off of its superior organ, and what is stuck and why.
//
// It knows dispatches and letters and decides nothing about them. Invariants: each step of a matter is taken once, never
// before its time and only after the one before it; a person gets at most one digest a day, outside quiet hours; what was
// settled is not urged any further; whom nobody can be told about is shown to the sender; what one person of a unit owes to its
// leader stays inside the unit.
package urging
