package unit

import (
	"slices"

	"sachhon/internal/ident"
)

// Groups returns all groups, by code. The slice is shared: do not change it.
func (t *Tree) Groups() []Group {
	if t == nil {
		return nil
	}
	return t.groups
}

// Group returns the group.
func (t *Tree) Group(id ident.ID) (Group, bool) {
	for _, g := range t.Groups() {
		if g.ID == id {
			return g, true
		}
	}
	return Group{}, false
}

// GroupByName returns the group that goes by the name or one of its other wordings.
func (t *Tree) GroupByName(name string) (Group, bool) {
	wanted := nameKey(name)
	for _, g := range t.Groups() {
		if nameKey(g.Name) == wanted || slices.ContainsFunc(g.Aliases, func(a string) bool { return nameKey(a) == wanted }) {
			return g, true
		}
	}
	return Group{}, false
}

// GroupsOf returns the groups of one unit, by code.
func (t *Tree) GroupsOf(owner ident.ID) []Group {
	var groups []Group
	for _, g := range t.Groups() {
		if u, ok := t.ByCode(g.Owner); ok && u.ID == owner {
			groups = append(groups, g)
		}
	}
	return groups
}

// Expand returns the units that the group means on the tree's day, each once: first those named, then those of the
// rules, each by code. A code that is not in force on the day brings nothing.
func (t *Tree) Expand(g Group) []Unit {
	var units []Unit
	seen := map[ident.ID]bool{}
	for _, code := range g.Except {
		if u, ok := t.ByCode(code); ok {
			seen[u.ID] = true
		}
	}
	add := func(u Unit) {
		if !seen[u.ID] {
			seen[u.ID] = true
			units = append(units, u)
		}
	}
	for _, code := range g.Members {
		if u, ok := t.ByCode(code); ok {
			add(u)
		}
	}
	for _, rule := range g.Rules {
		t.expand(rule, add)
	}
	return units
}

func (t *Tree) expand(rule Rule, add func(Unit)) {
	of, ok := t.ByCode(rule.Of)
	if !ok {
		return
	}
	below := t.Children
	if rule.By == BySuperior {
		below = t.Subordinates
	}
	depth := 1
	if rule.Deep {
		depth = maxDepth
	}
	level := below(of.ID)
	for ; depth > 0 && len(level) > 0; depth-- {
		var next []Unit
		for _, u := range level {
			if len(rule.Kinds) == 0 || slices.Contains(rule.Kinds, u.Kind) {
				add(u)
			}
			next = append(next, below(u.ID)...)
		}
		level = next
	}
}
