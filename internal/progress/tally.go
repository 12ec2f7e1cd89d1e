package progress

import (
	"cmp"
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
)

// deepest bounds the climb from a unit to the one it reports to.
const deepest = 64

// place is where a unit stands with the letter.
type place struct {
	sender   ident.ID // none for the issuer
	dispatch ident.ID
	state    cascade.State
	late     []cascade.Step
	begun    bool // by then it had done something about it, in the period or before
	public   bool // of this, something without the system that made the letter public
	outside  bool // it was sent the letter over another document system
}

// records are everything that the figures of a subject and a period are made of, by the unit it belongs to.
type records struct {
	tree   *unit.Tree
	places map[ident.ID]place // units that have the letter: the issuer and every receiver
	own    map[ident.ID]*Counts
	taken  []*cascade.Stood // the dispatches by which units have the letter
	also   []*cascade.Stood // further ones, which may ask a unit for duties that the first of its own does not

	letters map[ident.ID]letter.Letter // by which units carried it out in their own name
}

// add alters the figures of one unit.
func (r *records) add(id ident.ID, f func(*Counts)) {
	c := r.own[id]
	if c == nil {
		c = &Counts{}
		r.own[id] = c
	}
	f(c)
}

// of returns the figures of one unit.
func (r records) of(id ident.ID) Counts {
	if c := r.own[id]; c != nil {
		return *c
	}
	return Counts{}
}

// take gives the units the places that they have by the dispatches of one letter. A unit that has the letter already keeps its
// place; one whose sender does not have it has none either: its own letter was recalled.
func (r *records) take(stood []cascade.Stood) {
	waiting := make([]*cascade.Stood, 0, len(stood))
	for i := range stood {
		if stood[i].State != cascade.Recalled {
			waiting = append(waiting, &stood[i])
		}
	}
	for {
		var later []*cascade.Stood
		for _, d := range waiting {
			if d.Entered() { // the first unit typed it in: it has duties of its own
				r.place(d)
			} else if _, known := r.places[d.SenderID]; !known { // one that got the letter again comes after those it had passed it on to
				later = append(later, d)
			} else if _, has := r.places[d.ReceiverID]; !has {
				r.place(d)
			} else if d.State != cascade.Refused && d.State != cascade.Replaced {
				r.also = append(r.also, d)
			}
		}
		if len(later) == len(waiting) || len(later) == 0 {
			return
		}
		waiting = later
	}
}

func (r *records) place(d *cascade.Stood) {
	p := place{sender: d.SenderID, dispatch: d.ID, state: d.State, outside: d.Outside}
	for _, l := range d.Late {
		if l.Step != cascade.StepDeliver && !slices.Contains(p.late, l.Step) { // what never reached a unit is not its fault
			p.late = append(p.late, l.Step)
		}
	}
	r.places[d.ReceiverID] = p
	r.taken = append(r.taken, d)
	r.add(d.ReceiverID, func(c *Counts) {
		c.Units = 1
		if !d.ReceivedAt.IsZero() {
			c.Received = 1
		}
		if d.State == cascade.Completed {
			c.Completed = 1
		}
		if d.Outside {
			c.Followed = 1
		}
		for _, duty := range d.Duties {
			c.Duties++
			if d.DutyDone(duty) {
				c.DutiesDone++
			}
		}
	})
}

// above returns the unit that a unit's figures are added to. A unit that has the letter reports to whoever sent it; any
// other counts with the area or organ it belongs to. Both ways end: dispatches lead to the issuer, areas to a root.
func (r records) above(id ident.ID) ident.ID {
	if p, ok := r.places[id]; ok {
		return p.sender
	}
	u, _ := r.tree.ByID(id)
	return cmp.Or(u.AreaID, u.SuperiorID)
}

// below tells whether the unit's figures end up in the root's, and returns the path from below the root to the unit.
func (r records) below(id, root ident.ID) ([]ident.ID, bool) {
	var path []ident.ID
	for range deepest {
		if id == root {
			slices.Reverse(path)
			return path, true
		}
		if id == "" {
			return nil, false
		}
		path = append(path, id)
		id = r.above(id)
	}
	return nil, false
}

// node is a unit while the tree below the root is put together.
type node struct {
	unit  unit.Unit
	below []*node
}

// tally puts the figures of the root together. It is pure: the same records give the same figures, and each record is
// counted once, in the line of its unit.
func (r records) tally(root ident.ID) (own, total Counts, lines []Line) {
	top := &node{}
	nodes := map[ident.ID]*node{root: top}
	add := func(id ident.ID) {
		path, ok := r.below(id, root)
		if !ok {
			return
		}
		above := top
		for _, step := range path {
			n, known := nodes[step]
			if !known {
				n = &node{}
				n.unit, _ = r.tree.ByID(step)
				n.unit.ID = step // also of one that the tree does not know
				nodes[step], above.below = n, append(above.below, n)
			}
			above = n
		}
	}
	for id := range r.places {
		add(id)
	}
	for id := range r.own {
		add(id)
	}
	own = r.of(root)
	total = own
	lines = slices.Grow(lines, len(nodes)-1)
	for _, n := range top.sorted() {
		total = total.Plus(r.line(n, 1, &lines))
	}
	return own, total, lines
}

// line adds the line of a unit and then those below it, and returns their sum.
func (r records) line(n *node, depth int, lines *[]Line) Counts {
	u, p, own := n.unit, r.places[n.unit.ID], r.of(n.unit.ID)
	i := len(*lines)
	*lines = append(*lines, Line{
		Unit: u.ID, Code: u.Code, Name: u.FullName, Kind: u.Kind, Depth: depth, Dispatch: p.dispatch, State: p.state, Late: p.late,
		Absent: own.Absent > 0, Followed: p.outside, Own: own,
	})
	total := own
	for _, b := range n.sorted() {
		total = total.Plus(r.line(b, depth+1, lines))
	}
	(*lines)[i].Total = total
	return total
}

// sorted returns the units directly below: areas before organisations, then by code.
func (n *node) sorted() []*node {
	slices.SortFunc(n.below, func(a, b *node) int {
		return cmp.Or(
			cmp.Compare(slices.Index(unit.Kinds, a.unit.Kind), slices.Index(unit.Kinds, b.unit.Kind)),
			cmp.Compare(a.unit.Code, b.unit.Code), cmp.Compare(a.unit.ID, b.unit.ID))
	})
	return n.below
}

// judge says who publicised in the period, and who at its end was late and who had done nothing.
func (r *records) judge() {
	forwarded := map[ident.ID]bool{}
	for _, p := range r.places {
		forwarded[p.sender] = true
	}
	for id, c := range r.own {
		p := r.places[id]
		outside := int64(0)
		for kind := range channels {
			outside += c.Activities.Of(kind).Records
		}
		if c.Channels.Total().Records+outside > 0 {
			c.Publicised = 1
		}
		if p.public { // it did what it was asked to, only not here
			p.late = slices.DeleteFunc(p.late, func(step cascade.Step) bool { return step == cascade.StepPublicise })
			r.places[id] = p
		}
		if len(p.late) > 0 {
			if c.idle() && !p.begun && !forwarded[id] && !p.outside { // what one outside does is not seen here
				c.Absent = 1
			} else {
				c.Late = 1
			}
		}
	}
}
