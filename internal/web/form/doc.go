// Package form reads what a person sent in a form: it turns texts into typed values, notes what is wrong beside the
// input it belongs to, and keeps everything as it was typed, so that a form that fails comes back filled in.
//
// It knows no subject and no page. Invariant: a value that could not be read is the zero value and has a fault; it is
// never guessed.
package form
