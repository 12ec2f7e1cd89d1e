// Package evidence owns the automatic checks of a report: signals with their reasons, for the person who reviews it.
//
// It never decides: a finding asks for a second look and changes no state. The checks are pure functions of what was
// sent in, so they are computed when somebody looks and stored nowhere.
package evidence
