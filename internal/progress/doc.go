// Package progress owns reports upward: what a unit and those below it did about a letter or in a challenge, as figures,
// as the document of a report, and as the submission that the unit above receives.
//
// Figures are derived from dispatches, publicity, entrants, clean-ups and from what was done outside the system; nothing
// here is counted by hand. Every record belongs to one unit, and every unit to one place in the tree by which it reports,
// so that a total is the sum of its lines whoever has reported already. Only the figures of a report that was sent stay as
// they were. The package knows neither pages nor the form of a document.
package progress
