package urging

import (
	"cmp"
	"maps"
	"slices"
)

// sortedKeys lists the keys of a map in order, so that two nodes lock rows alike and a replay draws the same identifiers.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
