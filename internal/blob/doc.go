// Package blob owns bytes that are too large for the database: original photos, their derivatives, documents.
//
// It refuses to know what they are. A blob appears whole or not at all, and once a write was acknowledged it
// survives a killed process and a power cut. Keys are checked, so that no key leaves the store.
package blob
