package publicity

import (
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/lang"
	"sachhon/internal/unit"
)

// Numbers are what a unit and everybody below it achieved, as of the last change that counts.
type Numbers struct {
	Entrants int64
	Cleanups int64 // with a valid result
	Planned  int64 // announced, valid ones included
	People   int64
	Grams    int64
	AsOf     clock.Time
}

// Any tells whether there is something to tell.
func (n Numbers) Any() bool { return n.Entrants > 0 || n.Planned > 0 }

// NumbersOf adds up the units that lie in the unit or answer to it.
func NumbersOf(s *insight.Snapshot, tree *unit.Tree, id ident.ID) Numbers {
	n := Numbers{AsOf: s.Units.AsOf}
	for _, u := range s.Units.Units {
		if !tree.Within(u.Unit, id) && !tree.Inside(u.Unit, id) {
			continue
		}
		n.Entrants += u.Registrations
		n.Cleanups += u.Cleanups.Valid
		n.Planned += u.Cleanups.Created
		n.People += u.Participants
		n.Grams += u.Waste.Total()
	}
	return n
}

// told are the numbers that are worth telling, each with its word; nobody is shown a nought.
func (n Numbers) told(vi *lang.Localizer) [][2]string {
	var out [][2]string
	for _, f := range []struct {
		value int64
		word  string
	}{
		{n.Entrants, "đội và cá nhân"}, {n.Cleanups, "buổi ra quân"}, {n.People, "lượt người"}, {n.Grams / 1000, "kg rác thu gom"},
	} {
		if f.value > 0 {
			out = append(out, [2]string{vi.Number(f.value), f.word})
		}
	}
	return out
}
