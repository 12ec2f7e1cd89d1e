// Package calendar owns which days offices work: no Saturdays and Sundays, no public holidays of Vietnam, and the days
// that are swapped for one another.
//
// An embedded file names the days of some years with where each was published; an administrator adds later ones and
// corrects these, by import. Invariant: the end of n working days is always a working day, and counting back from there
// gives n again.
package calendar
