// Package board holds the pages of the organising board: the desk with what waits, registrations to approve, the queue
// of reports, one report beside its photos with everything that helps to judge it, and the results.
//
// It decides nothing: people do, through the services, which ask for permission and conflicts of interest again.
// Invariant: a check is shown as a reason to look, never as a verdict.
package board
