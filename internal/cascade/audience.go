package cascade

import (
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

// audience is whom a duty is for.
type audience struct {
	everybody bool
	units     map[ident.ID]bool
}

func (a audience) has(id ident.ID) bool { return a.everybody || a.units[id] }

// audienceOf finds those whom a duty names, as the addressees of its letter are found. A name that is not known makes it for
// everybody: asking too many is better than losing it.
func audienceOf(whom letter.Whom, names []string) audience {
	a := audience{everybody: len(names) == 0, units: map[ident.ID]bool{}}
	for _, r := range whom.Resolve(names) {
		a.everybody = a.everybody || !r.Known()
		for _, u := range r.All(whom.Tree) {
			a.units[u.ID] = true
		}
	}
	return a
}

// allotting tells which duties a receiver gets from a unit that passes the letter on, "" for its issuer.
type allotting func(passing, to ident.ID) []Duty

// allotment returns which duties each receiver gets; one for whom none is meant gets all, rather than a letter that asks
// for nothing. What is for the unit that passes the letter on is for all whom it asks to do it.
func allotment(whom letter.Whom, duties []given) allotting {
	audiences := make([]audience, len(duties))
	for i, g := range duties {
		audiences[i] = audienceOf(whom, g.duty.For)
	}
	return func(passing, to ident.ID) []Duty {
		var mine, all []Duty
		for i, g := range duties {
			a := audiences[i]
			switch {
			case g.only == to, g.only == "" && (a.has(to) || passing != "" && a.has(passing)):
				mine = append(mine, g.duty)
			case g.only == "":
				all = append(all, g.duty)
			}
		}
		if len(mine) == 0 {
			return all
		}
		return mine
	}
}
