// Package cascade owns how a letter travels down the tree of units: dispatches with their states, what each unit is asked
// to do, proof that it publicised, and where time is lost on the way.
//
// It knows letters and units but not what the letter is about. Invariants: a unit has a letter at most once, and from
// every dispatch exactly one path leads up to the issuer, or to the unit that typed the letter in. Boards that name late units are for officials.
package cascade
