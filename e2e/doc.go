// Package e2e plays the stories of the people this is made for, in a browser, against the demo as anybody starts it:
// a clerk acknowledges a letter, a team reports a clean-up, the board validates it, a visitor looks around.
//
// The stories are TypeScript in stories/; each gets the address, a screen width and its cast from here. They find
// things as people do, by role and text from the catalogues. Invariant: no story depends on a pause of fixed length,
// and none asks any other host for anything.
package e2e
