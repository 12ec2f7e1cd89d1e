package cascade

import (
	"sachhon/internal/ident"
	"sachhon/internal/unit"
)

// audience is whom a duty is for.
type audience struct {
	everybody bool
	units     map[ident.ID]bool
}

func (a audience) has(id ident.ID) bool { return a.everybody || a.units[id] }

// audienceOf finds those whom a duty names: units and groups. When none of them is known it is for everybody: asking too
// many is better than losing it.
func audienceOf(tree *unit.Tree, names []string) audience {
	a := audience{everybody: true, units: map[ident.ID]bool{}}
	for _, name := range names {
		if u, ok := tree.Organ(name); ok {
			a.everybody, a.units[u.ID] = false, true
		}
		if g, ok := tree.GroupByName(name); ok {
			a.everybody = false
			for _, u := range tree.Expand(g) {
				a.units[u.ID] = true
			}
		}
	}
	return a
}
