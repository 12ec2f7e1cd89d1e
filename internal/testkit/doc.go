// Package testkit gives tests the real thing quickly: a migrated database of either engine, the clock that a test
// sets, and the whole application on a free port.
//
// Only tests import it.
package testkit
