package decree

import (
	"maps"
	"slices"
)

// Codes are the deviations that there are rules for.
func Codes() []string { return slices.Sorted(maps.Keys(rules)) }
