// Package urgingtest sets up desks that urge in tests, several over one database as nodes do.
package urgingtest
