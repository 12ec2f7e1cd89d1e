package unit

import (
	"cmp"
	"slices"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
)

// maxDepth bounds every walk upwards. The import refuses cycles and deeper trees; the bound keeps a damaged table
// from hanging a request.
const maxDepth = 32

// Tree is an immutable picture of all units: ByID knows those of every day, everything else answers for one day. The
// nil Tree is empty.
type Tree struct {
	day          clock.Day
	byID         map[ident.ID]Unit
	byCode       map[string]Unit
	units        []Unit // in force, by code
	children     map[ident.ID][]Unit
	subordinates map[ident.ID][]Unit
	byName       map[string]Unit
	groups       []Group
}

// NewTree draws the picture of the day from all units and groups.
func NewTree(day clock.Day, units []Unit, groups []Group) *Tree {
	t := &Tree{
		day:          day,
		byID:         make(map[ident.ID]Unit, len(units)),
		byCode:       map[string]Unit{},
		children:     map[ident.ID][]Unit{},
		subordinates: map[ident.ID][]Unit{},
		byName:       map[string]Unit{},
		groups:       slices.SortedFunc(slices.Values(groups), func(a, b Group) int { return cmp.Compare(a.Code, b.Code) }),
	}
	for _, u := range units {
		t.byID[u.ID] = u
		if u.InForce(day) {
			t.units = append(t.units, u)
		}
	}
	slices.SortFunc(t.units, func(a, b Unit) int { return cmp.Compare(a.Code, b.Code) })
	ambiguous := map[string]bool{}
	for _, u := range t.units {
		t.byCode[u.Code] = u
		if u.AreaID != "" {
			t.children[u.AreaID] = append(t.children[u.AreaID], u)
		}
		if u.SuperiorID != "" {
			t.subordinates[u.SuperiorID] = append(t.subordinates[u.SuperiorID], u)
		}
		for _, name := range []string{nameKey(u.Organ()), nameKey(u.FullName)} {
			if other, taken := t.byName[name]; taken && other.ID != u.ID {
				ambiguous[name] = true
			}
			t.byName[name] = u
		}
	}
	for name := range ambiguous { // two communes Hương Phong: better no answer than the wrong one
		delete(t.byName, name)
	}
	return t
}

// Day returns the day the tree answers for.
func (t *Tree) Day() clock.Day {
	if t == nil {
		return ""
	}
	return t.day
}

// ByID returns the unit, also one that is no longer or not yet in force.
func (t *Tree) ByID(id ident.ID) (Unit, bool) {
	if t == nil {
		return Unit{}, false
	}
	u, ok := t.byID[id]
	return u, ok
}

// Name returns the full name of the unit, "" when it is unknown; for pages that only show it.
func (t *Tree) Name(id ident.ID) string {
	u, _ := t.ByID(id)
	return u.FullName
}

// ByCode returns the unit in force under the code.
func (t *Tree) ByCode(code string) (Unit, bool) {
	if t == nil {
		return Unit{}, false
	}
	u, ok := t.byCode[code]
	return u, ok
}

// Units returns all units in force, by code. The slice is shared: do not change it.
func (t *Tree) Units() []Unit {
	if t == nil {
		return nil
	}
	return t.units
}

// Named returns the units in force that bear a name, in full or as an organ; several where it is ambiguous.
func (t *Tree) Named(name string) []Unit {
	var named []Unit
	for _, u := range t.Units() {
		if key := nameKey(name); key == nameKey(u.Organ()) || key == nameKey(u.FullName) {
			named = append(named, u)
		}
	}
	return named
}

// Roots returns the units in force that lie in no area.
func (t *Tree) Roots() []Unit {
	var roots []Unit
	for _, u := range t.Units() {
		if u.AreaID == "" {
			roots = append(roots, u)
		}
	}
	return roots
}

// Children returns the units that lie directly in the area, areas and organisations, by code. The slice is shared.
func (t *Tree) Children(area ident.ID) []Unit {
	if t == nil {
		return nil
	}
	return t.children[area]
}

// Subordinates returns the units that answer directly to the organ, by code. The slice is shared.
func (t *Tree) Subordinates(superior ident.ID) []Unit {
	if t == nil {
		return nil
	}
	return t.subordinates[superior]
}

// Within tells whether the unit is the ancestor or answers to it, directly or over others. Roles reach this far.
func (t *Tree) Within(id, ancestor ident.ID) bool {
	return ancestor != "" && t.climbs(id, ancestor, Unit.superior)
}

// Inside tells whether the unit is the area or lies in it.
func (t *Tree) Inside(id, area ident.ID) bool {
	return area != "" && t.climbs(id, area, Unit.area)
}

func (u Unit) superior() ident.ID { return u.SuperiorID }
func (u Unit) area() ident.ID     { return u.AreaID }

func (t *Tree) climbs(id, goal ident.ID, up func(Unit) ident.ID) bool {
	for range maxDepth {
		if id == goal {
			return true
		}
		u, ok := t.ByID(id)
		if !ok {
			return false
		}
		id = up(u)
	}
	return false
}

// Path returns the chain of superiors from the root down to the unit itself.
func (t *Tree) Path(id ident.ID) []Unit { return t.path(id, Unit.superior) }

// AreaPath returns the chain of areas from the root down to the unit itself.
func (t *Tree) AreaPath(id ident.ID) []Unit { return t.path(id, Unit.area) }

func (t *Tree) path(id ident.ID, up func(Unit) ident.ID) []Unit {
	var path []Unit
	for range maxDepth {
		u, ok := t.ByID(id)
		if !ok {
			break
		}
		path = append(path, u)
		id = up(u)
	}
	slices.Reverse(path)
	return path
}

// Search finds up to limit units in force by part of their name or code. With or without accents it finds the same,
// but those whose accents match come first, then those that begin with what was typed.
func (t *Tree) Search(query string, limit int) []Unit {
	exact, loose := nameKey(query), lang.Fold(query)
	if loose == "" {
		return nil
	}
	type hit struct {
		unit Unit
		rank int
	}
	var hits []hit
	for _, u := range t.Units() {
		if !strings.Contains(u.Folded, loose) {
			continue
		}
		rank := 0
		switch name := nameKey(u.Name); {
		case name == exact || u.Code == query:
			rank = -3
		case strings.HasPrefix(name, exact):
			rank = -2
		case strings.Contains(nameKey(u.FullName), exact):
			rank = -1
		}
		hits = append(hits, hit{u, rank})
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(
			cmp.Compare(a.rank, b.rank),
			cmp.Compare(slices.Index(Kinds, a.unit.Kind), slices.Index(Kinds, b.unit.Kind)), // areas first
			lang.Compare(a.unit.Name, b.unit.Name),
		)
	})
	found := make([]Unit, 0, min(limit, len(hits)))
	for _, h := range hits[:min(limit, len(hits))] {
		found = append(found, h.unit)
	}
	return found
}

// Organ returns the unit that goes by the name, an area by its own or its People's Committee's, in any case and
// spelling of tones ("UỶ BAN NHÂN DÂN THỊ XÃ HƯƠNG TRÀ"). A name that two units share finds none.
func (t *Tree) Organ(name string) (Unit, bool) {
	if t == nil {
		return Unit{}, false
	}
	u, ok := t.byName[nameKey(name)]
	return u, ok
}

// Organs returns the names under which the units in force sign letters, by code.
func (t *Tree) Organs() []string {
	names := make([]string, 0, len(t.Units()))
	for _, u := range t.Units() {
		names = append(names, u.Organ())
	}
	return names
}
