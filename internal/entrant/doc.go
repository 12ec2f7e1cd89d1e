// Package entrant owns who takes part in a challenge: registration of collectives and individuals, consents, the
// accepted version of the rules, and the board's decision.
//
// It refuses to know what an entrant cleaned. Invariant: contact data, birth dates and the names of minors leave the
// package only for the representative and the board; everybody else is given a Public.
package entrant
