// Package drafting owns the templates of letters: functions that turn a plan, a challenge and a unit into a complete
// letter.Document in correct official sentences, and the letterheads of the units.
//
// A template is plain code: the compiler checks it, the reader of letters reads its text back, and the checks of the decree
// find nothing in it. Invariant: a document drafted here asks those who do not answer to the unit and requires only those
// who do; it cites a document in full the first time and by type and number afterwards.
package drafting
