// Package letter owns official letters: reading the text of one into its components, correcting what was read,
// registering it under the issuer's number and giving it an arrival number at each unit that receives it.
//
// Reading is pure: bytes in, a Reading out, with the source lines of every component and a warning for everything
// missing or doubtful; it never guesses silently. The package does not know where letters travel (cascade does).
// Invariant: numbers of one unit and year are unique, and arrival numbers have no gaps.
package letter
