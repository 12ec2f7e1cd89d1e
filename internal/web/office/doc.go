// Package office owns the pages on which officials write letters and keep their registers: the editor with its preview,
// the way to the signature and the number, copies, the three registers of Appendix IV, and the unit's letterhead.
//
// It decides nothing: what may follow is known to letter, what a template says to drafting, how paper looks to decree. Every
// page works without script; a script adds the live preview, saving by itself, and moving blocks by keyboard.
package office
