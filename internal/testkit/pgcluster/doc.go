// Package pgcluster starts a private PostgreSQL for tests from whatever binaries the machine has, and makes sure
// that it ends with the process that asked for it, however that ends.
package pgcluster
