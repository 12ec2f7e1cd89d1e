// Package legacy owns the two encodings in which Vietnamese was typed before Unicode and still arrives: TCVN3 (the "ABC"
// fonts, .VnTime) and VNI-Windows. Both put Vietnamese letters on the places of Western European ones, so that a text looks
// like "céng hßa x· héi" or "coäng hoøa" until it is converted.
//
// Invariant: what is Vietnamese in Unicode, English or anything else than a text in one of the two comes back untouched.
package legacy
