// Package units owns the pages of officials: what waits for a unit, a dispatch beside its letter, reading, registering
// and sending letters, and the board on which a sending unit sees what became of one.
//
// It decides nothing: which step may follow and who may take it is known to cascade, letter and person. Invariant: no
// page of it is public, because boards that name late units are for officials.
package units
