// Package exchange owns what goes to and comes from other document systems: a dispatch to a unit that is reached outside
// becomes a package (edxml), what receivers report moves the dispatch, a package from outside becomes a letter that has
// arrived at the unit it names, and how that unit deals with it is reported back.
//
// It knows letters and dispatches, and of the ways only the interface Transport; the ways are in carry. Invariants: what
// was acknowledged to a partner is kept as it came; the same package or report, however often and in whatever order it
// comes, ends in the same state; nobody outside speaks in the name of a unit inside or of another partner's unit.
package exchange
