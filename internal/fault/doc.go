// Package fault owns the errors that are somebody's business: what kind it is, which message a person should read
// (as a key with arguments, translated at the edge), and which fields of a form are meant.
//
// Any other error is internal: people see an identifier that also stands in the log, never its text.
package fault
