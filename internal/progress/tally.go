package progress

import (
	"cmp"
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
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
	begun    bool // it did something about it that is no figure: it is at work, ticked, finished a part, handed in a proof
	outside  bool // it was sent the letter over another document system
}

// records are everything that the figures of a subject and a period are made of, by the unit it belongs to.
type records struct {
	tree   *unit.Tree
	places map[ident.ID]place // units that have the letter: the issuer and every receiver
	own    map[ident.ID]Counts
	// measured tells whether the letter asks for something that is counted while it is done.
	measured bool
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
	id    ident.ID
	below map[ident.ID]*node
}

// tally puts the figures of the root together. It is pure: the same records give the same figures, and each record is
// counted once, in the line of its unit.
func (r records) tally(root ident.ID) (own, total Counts, lines []Line) {
	top := &node{id: root, below: map[ident.ID]*node{}}
	add := func(id ident.ID) {
		path, ok := r.below(id, root)
		if !ok {
			return
		}
		n := top
		for _, step := range path {
			if n.below[step] == nil {
				n.below[step] = &node{id: step, below: map[ident.ID]*node{}}
			}
			n = n.below[step]
		}
	}
	for id := range r.places {
		add(id)
	}
	for id := range r.own {
		add(id)
	}
	own = r.own[root]
	total = own
	for _, n := range r.sorted(top) {
		sum, below := r.line(n, 1)
		total = total.Plus(sum)
		lines = append(lines, below...)
	}
	return own, total, lines
}

func (r records) line(n *node, depth int) (Counts, []Line) {
	u, _ := r.tree.ByID(n.id)
	p := r.places[n.id]
	l := Line{
		Unit: n.id, Code: u.Code, Name: u.FullName, Kind: u.Kind, Depth: depth, Dispatch: p.dispatch, State: p.state, Late: p.late, Outside: p.outside,
		Own: r.own[n.id], Total: r.own[n.id],
	}
	l.Absent = l.Own.Absent > 0
	var under []Line
	for _, b := range r.sorted(n) {
		sum, lines := r.line(b, depth+1)
		l.Total = l.Total.Plus(sum)
		under = append(under, lines...)
	}
	return l.Total, append([]Line{l}, under...)
}

// sorted returns the units directly below: areas before organisations, then by code.
func (r records) sorted(n *node) []*node {
	nodes := make([]*node, 0, len(n.below))
	for _, b := range n.below {
		nodes = append(nodes, b)
	}
	slices.SortFunc(nodes, func(a, b *node) int {
		x, _ := r.tree.ByID(a.id)
		y, _ := r.tree.ByID(b.id)
		return cmp.Or(
			cmp.Compare(slices.Index(unit.Kinds, x.Kind), slices.Index(unit.Kinds, y.Kind)),
			cmp.Compare(x.Code, y.Code), cmp.Compare(a.id, b.id))
	})
	return nodes
}
