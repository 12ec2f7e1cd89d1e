// Package jobs runs work outside the request that asked for it: inserted in the caller's transaction, so that it
// happens exactly when the transaction stands; retried with growing pauses; at a time; or at regular intervals.
//
// It hides River, which keeps the jobs in the application's database on both engines. It knows no subject. All its
// times are the database's clock, so that a replay and a demonstration live on their own day. A job runs at least
// once: its work must bear being repeated, or end with Complete in the transaction of its effect.
package jobs
