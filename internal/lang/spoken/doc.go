// Package spoken owns how a Vietnamese text is read aloud: figures, dates, times, telephone and document numbers, units,
// addresses on the net and the abbreviations of offices become words.
//
// It is for loudspeakers and synthetic voices, and for the person who reads from the sheet. Whatever the text is, what
// comes out is NFC, has no figure left, and nowhere two capitals in a row that a reader would have to guess.
package spoken
