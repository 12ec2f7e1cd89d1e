// Package config owns the whole configuration: it is composed of the packages' own structs, read once from flags,
// environment and file (in this order of precedence), validated with all faults at once, and passed down by value.
//
// The rules, dates and prizes of a challenge are data, not configuration.
package config
