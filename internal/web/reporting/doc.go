// Package reporting holds the pages of reports upward: what a unit owes and sent, the figures behind a report, what the
// units below reported side by side, and what was done outside the system.
//
// It shows what progress counts and decides nothing; the document of a report is edited on the pages of letters.
package reporting
