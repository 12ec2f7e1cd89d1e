// Package notify tells people something by e-mail: written in their language when it is decided, in the transaction
// that decides it, and sent by a job afterwards.
//
// It knows no subject: callers name a template, which is a pair of catalogue keys. One key is one message, sent at
// most once; what became of it is recorded. Addresses and texts are kept no longer than needed and never logged.
package notify
