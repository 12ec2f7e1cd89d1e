package unit

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
)

// resolver puts the rows of a file over the units that are stored and finds what does not fit together.
type resolver struct {
	stored  []Unit
	rows    []row
	groups  []groupRow
	faults  []RowFault
	badCode map[string]bool // codes of rows refused so far, to tell "unknown" from "refused"
	below   map[ident.ID][]Unit

	// The units as they would be after the import, drawn again in each round.
	merged   map[ident.ID]Unit
	versions map[string][]Unit // by code
	inFile   map[ident.ID]bool
}

// newResolver gives each row its identifier: that of the stored unit with the same key, else a new one.
func newResolver(p *parser, stored []Unit, newID func() ident.ID) *resolver {
	v := &resolver{
		stored: stored, faults: slices.Clone(p.faults), groups: p.groups,
		badCode: map[string]bool{}, below: map[ident.ID][]Unit{},
	}
	for _, f := range p.faults {
		if f.Code != "" {
			v.badCode[f.Code] = true
		}
	}
	ids := map[string]ident.ID{}
	for _, u := range stored {
		ids[u.Code+" "+string(u.ValidFrom)] = u.ID
		v.below[u.AreaID] = append(v.below[u.AreaID], u)
		if u.SuperiorID != u.AreaID {
			v.below[u.SuperiorID] = append(v.below[u.SuperiorID], u)
		}
	}
	first := map[string]int{}
	for _, r := range p.rows {
		k := r.unit.Code + " " + string(r.unit.ValidFrom)
		if line, twice := first[k]; twice {
			v.refuse(r, "unit.fault.duplicate", "Line", line)
			continue
		}
		first[k] = r.line
		if r.unit.ID = ids[k]; r.unit.ID == "" {
			r.unit.ID = newID()
		}
		v.rows = append(v.rows, r)
	}
	return v
}

func (v *resolver) refuse(r row, key string, args ...any) {
	v.badCode[r.unit.Code] = true
	v.faults = append(v.faults, RowFault{Line: r.line, Code: r.unit.Code, Key: key, Args: args})
}

// run repeats the checks until no further row falls: a row whose parent is refused cannot stay. The depth limit
// bounds the number of rounds.
func (v *resolver) run() {
	for {
		v.merge()
		kept := slices.DeleteFunc(slices.Clone(v.rows), v.fails)
		if len(kept) == len(v.rows) {
			break
		}
		v.rows = kept
	}
	codes := map[string]bool{}
	v.groups = slices.DeleteFunc(v.groups, func(g groupRow) bool {
		twice := codes[g.group.Code]
		codes[g.group.Code] = true
		if twice {
			v.faults = append(v.faults, RowFault{g.line, g.group.Code, "unit.fault.groupTwice", nil})
		}
		return twice || v.groupFails(g)
	})
	slices.SortStableFunc(v.faults, func(a, b RowFault) int { return cmp.Compare(a.Line, b.Line) })
}

func (v *resolver) merge() {
	v.merged = make(map[ident.ID]Unit, len(v.stored)+len(v.rows))
	v.inFile = make(map[ident.ID]bool, len(v.rows))
	for _, u := range v.stored {
		v.merged[u.ID] = u
	}
	for _, r := range v.rows {
		v.merged[r.unit.ID] = r.unit
		v.inFile[r.unit.ID] = true
	}
	v.versions = map[string][]Unit{}
	for _, u := range slices.SortedFunc(maps.Values(v.merged), byKey) {
		v.versions[u.Code] = append(v.versions[u.Code], u)
	}
	for i := range v.rows { // references are resolved once every version is known
		r := &v.rows[i]
		r.unit.AreaID, r.unit.SuperiorID = v.find(r.area, r.unit.ValidFrom).ID, v.find(r.superior, r.unit.ValidFrom).ID
		v.merged[r.unit.ID] = r.unit
	}
}

// find returns the version of the code in force on the day, the zero Unit when there is none.
func (v *resolver) find(code string, day clock.Day) Unit {
	for _, u := range v.versions[code] {
		if u.InForce(day) {
			return u
		}
	}
	return Unit{}
}

// fails tells whether the row does not fit, and notes the first reason.
func (v *resolver) fails(r row) bool {
	u := r.unit
	for _, other := range v.versions[u.Code] {
		if other.ID != u.ID && overlap(u, other) {
			key := "unit.fault.overlap"
			if other.ValidTo == "" {
				key = "unit.fault.overlapOpen"
			}
			v.refuse(r, key, "From", string(other.ValidFrom), "To", string(other.ValidTo))
			return true
		}
	}
	for _, parent := range []struct {
		code string
		id   ident.ID
		area bool
	}{{r.area, u.AreaID, true}, {r.superior, u.SuperiorID, false}} {
		if key := v.parentFault(u, parent.code, parent.id, parent.area); key != "" {
			v.refuse(r, key, "Parent", short(parent.code))
			return true
		}
	}
	for _, up := range []func(Unit) ident.ID{Unit.area, Unit.superior} {
		if v.circles(r, up) {
			return true
		}
	}
	return v.orphans(r)
}

func (v *resolver) parentFault(u Unit, code string, id ident.ID, area bool) string {
	if code == "" {
		return ""
	}
	parent := v.merged[id]
	switch {
	case id == "" && v.badCode[code]:
		return "unit.fault.parentRefused"
	case id == "":
		return "unit.fault.parentUnknown"
	case area && !parent.Kind.Area():
		return "unit.fault.parentKind"
	case parent.ValidTo != "" && (u.ValidTo == "" || u.ValidTo > parent.ValidTo):
		return "unit.fault.parentEnds"
	}
	return ""
}

// circles climbs from the row. Only a row that comes back to itself is refused for the circle; one that leads into it
// falls in the next round, with the parent.
func (v *resolver) circles(r row, up func(Unit) ident.ID) bool {
	path := []string{r.unit.Code}
	seen := []ident.ID{r.unit.ID}
	for id := up(r.unit); id != ""; id = up(v.merged[id]) {
		path = append(path, v.merged[id].Code)
		switch {
		case id == r.unit.ID:
			v.refuse(r, "unit.fault.cycle", "Path", strings.Join(path, " → "))
			return true
		case slices.Contains(seen, id):
			return false
		case len(path) > maxDepth:
			v.refuse(r, "unit.fault.depth", "Limit", maxDepth)
			return true
		}
		seen = append(seen, id)
	}
	return false
}

// orphans tells whether the row, a new state of a stored unit, ends before a stored unit below it does, or no longer
// is an area while others lie in it.
func (v *resolver) orphans(r row) bool {
	for _, child := range v.below[r.unit.ID] {
		if v.inFile[child.ID] {
			continue
		}
		ends := r.unit.ValidTo != "" && (child.ValidTo == "" || child.ValidTo > r.unit.ValidTo)
		if ends || child.AreaID == r.unit.ID && !r.unit.Kind.Area() {
			v.refuse(r, "unit.fault.orphan", "Child", child.Code)
			return true
		}
	}
	return false
}

func (v *resolver) groupFails(g groupRow) bool {
	known := func(codes ...string) (string, bool) {
		for _, code := range codes {
			if len(v.versions[code]) == 0 {
				return code, false
			}
		}
		return "", true
	}
	codes := slices.Concat([]string{g.group.Owner}, g.group.Members, g.group.Except)
	for _, rule := range g.group.Rules {
		codes = append(codes, rule.Of)
	}
	if code, ok := known(codes...); !ok {
		v.faults = append(v.faults, RowFault{g.line, g.group.Code, "unit.fault.groupUnit", []any{"Unit", short(code)}})
		return true
	}
	return false
}

// byKey orders units by code and first day.
func byKey(a, b Unit) int {
	return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.ValidFrom, b.ValidFrom))
}

func overlap(a, b Unit) bool {
	return (a.ValidTo == "" || b.ValidFrom <= a.ValidTo) && (b.ValidTo == "" || a.ValidFrom <= b.ValidTo)
}
