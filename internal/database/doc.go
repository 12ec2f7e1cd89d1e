// Package database opens either engine, SQLite (the default) or PostgreSQL, and offers one way to read and one way
// to write on both: plain SQL with $1 placeholders, rows scanned into structs by their db tags, transactions by
// closure.
//
// It knows no subject. Its main promises: every write happens in a Tx; what a Tx committed survives the end of the
// process; an engine's errors are told apart here and nowhere else.
package database
