package units

import (
	"context"
	"net/url"
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
	"sachhon/internal/web/form"
)

// addressed is whom a letter means that is sent, or with which another one is passed on.
type addressed struct {
	tree   *unit.Tree        // of the letter's day
	found  []letter.Resolved // its addressees
	tasked []letter.Resolved // whom its duties name beside them
	groups []unit.Group      // meant by the addressees
	units  []unit.Unit       // meant by them, and of a letter of urging those that its table lists
}

func (p *pages) addressed(ctx context.Context, l letter.Letter) (addressed, error) {
	whom, err := p.Letters.Whom(ctx, l)
	if err != nil {
		return addressed{}, err
	}
	a := addressed{tree: whom.Tree, found: whom.Resolve(l.Fields.Addressees), tasked: whom.Resolve(l.Fields.Named())}
	for _, r := range a.found {
		a.groups, a.units = withGroups(a.groups, r.Groups), withUnits(a.units, r.Units)
	}
	late, err := p.Urging.Named(ctx, l.ID)
	a.units = withUnits(a.units, late)
	return a, err
}

// tick chooses those whom the letter means.
func (a addressed) tick(values url.Values) {
	for _, g := range a.groups {
		values.Add("groups", string(g.ID))
	}
	for _, u := range a.units {
		values.Add("units", string(u.ID))
	}
}

// offer lists whom a unit can send the letter to: its groups, the units around it, and whoever else is meant.
func (a addressed) offer(sender unit.Unit) ([]unit.Group, []unit.Unit) {
	return withGroups(a.tree.GroupsOf(sender.ID), a.groups), withUnits(around(a.tree, sender.ID), a.units)
}

// withGroups adds those that are not there yet.
func withGroups(groups, more []unit.Group) []unit.Group {
	for _, g := range more {
		if !slices.ContainsFunc(groups, func(o unit.Group) bool { return o.ID == g.ID }) {
			groups = append(groups, g)
		}
	}
	return groups
}

// withUnits adds those that are not there yet.
func withUnits(units, more []unit.Unit) []unit.Unit {
	for _, u := range more {
		if !slices.ContainsFunc(units, func(o unit.Unit) bool { return o.ID == u.ID }) {
			units = append(units, u)
		}
	}
	return units
}

// chosen reads who was chosen, and what was answered: who is said to be an addressee gets the letter too.
// Where it was said anew whom a name means, those whom only its old meaning had chosen are not meant any more.
func chosen(f *form.Form, l letter.Letter, a addressed) (cascade.Recipients, []letter.Said) {
	to, said := recipients(f), answers(f)
	a.unchoose(&to, said)
	for _, s := range said {
		if slices.Contains(l.Fields.Addressees, s.Text) {
			to.Units, to.Groups = append(to.Units, s.Means.Units...), append(to.Groups, s.Means.Groups...)
		}
	}
	return to, said
}

// unchoose takes out those whom the letter means only by what somebody once said of a name and says otherwise now.
func (a addressed) unchoose(to *cascade.Recipients, said []letter.Said) {
	stays, goes := letter.Resolved{}, letter.Resolved{}
	for _, r := range a.found {
		one := &stays
		if r.Said && slices.ContainsFunc(said, func(s letter.Said) bool { return s.Text == r.Text }) {
			one = &goes
		}
		one.Units, one.Groups = append(one.Units, r.Units...), append(one.Groups, r.Groups...)
	}
	to.Units = slices.DeleteFunc(to.Units, func(id ident.ID) bool {
		is := func(u unit.Unit) bool { return u.ID == id }
		return slices.ContainsFunc(goes.Units, is) && !slices.ContainsFunc(stays.Units, is)
	})
	to.Groups = slices.DeleteFunc(to.Groups, func(id ident.ID) bool {
		is := func(g unit.Group) bool { return g.ID == id }
		return slices.ContainsFunc(goes.Groups, is) && !slices.ContainsFunc(stays.Groups, is)
	})
}
