// Package cascadetest sets up a desk from which letters are sent in tests: units, clerks with addresses, a queue and a
// post box that keeps what was mailed.
package cascadetest
