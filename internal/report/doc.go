// Package report owns what a clean-up achieved: participants, duration, grams per waste type, photos, the sending in,
// the review by the board, the appeal, and the history of all of it.
//
// It refuses to know points and ranks, and it never judges plausibility by itself; that is a person's decision.
// Invariants: one report per clean-up; what an entrant sent in is never overwritten, an adjusted figure stands beside
// it; a photo that was acknowledged is stored; nobody decides about themselves or their own unit.
package report
