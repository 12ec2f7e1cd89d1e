// Package audit owns the append-only log of who did what: every write records an entry in its own transaction, and
// every entry is a leaf of an RFC 6962 Merkle tree whose signed checkpoints and tiles anybody may fetch (C2SP
// tlog-checkpoint and tlog-tiles) to see that nothing was changed or taken out later.
//
// It knows no subject. Entries name people and things by identifier only, since the log is public and forever.
// Numbers begin at 1 and have no gaps; the order of the numbers is the order of the commits.
package audit
