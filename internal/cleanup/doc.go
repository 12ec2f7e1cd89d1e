// Package cleanup owns the events of entrants: where and when a clean-up takes place, by the challenge's rules, and
// who came.
//
// It refuses to know what was collected. Invariant: whether a clean-up is under way or has ended follows from the
// clock alone, so it is right without any job having run; names of attendees leave only to those who act for it.
package cleanup
