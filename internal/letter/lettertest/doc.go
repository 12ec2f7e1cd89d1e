// Package lettertest makes letters for tests: their text, the service with units of a real town behind it, and drafts
// and registered letters in one call.
package lettertest
