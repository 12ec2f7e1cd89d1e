// Package challenge owns one edition of a clean-up challenge: its dates, divisions, prizes, parameters, the numbered
// versions of its rules, the versions of its scoring scheme, its documents, and its life cycle.
//
// It refuses to know who takes part and what they cleaned; a scoring scheme is a document to it, read by scoring.
// Invariant: what entrants and reviewers rely on (rules, schemes, parameters once announced) is only ever added to.
package challenge
