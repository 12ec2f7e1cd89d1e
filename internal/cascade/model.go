package cascade

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"sachhon/internal/calendar"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/unit"
)

// boards keeps the read models of letters that were looked at, so many rows in all. They hold nothing that is not in the
// tables, and are told apart from them by the letter's number: a model reads only what moved since.
type boards struct {
	mu     sync.Mutex
	models map[ident.ID]*place
	turn   int64
}

// place is where the model of one letter is. Whoever holds its lock brings it up to date while the others wait.
type place struct {
	mu    sync.Mutex
	model *model
	rows  int
	used  int64
}

// maxModelRows bounds what is kept, at about one kilobyte a row.
const maxModelRows = 120_000

// node is one dispatch of a model. It does not change; a newer one takes its place.
type node struct {
	Dispatch  Dispatch
	Done      int
	Duties    int
	Asked     bool // to publicise
	Publicity Summary
	Dues      []Late
	folded    string // the unit's name, to search in
}

func (n *node) publicising() Publicising { return n.Dispatch.publicising(n.Asked, n.Publicity.First) }

// waits is by what a model tells who is late.
type waits struct {
	days     *calendar.Calendar
	patience Patience
}

func (w waits) same(o waits) bool {
	return o.days != nil && w.days.Version() == o.days.Version() && w.patience.same(o.patience)
}

// model is the tree of a letter's dispatches in depth-first order. It does not change.
type model struct {
	seq   int64
	waits waits
	tree  *unit.Tree
	nodes []*node
	tier  []int
	up    []int            // of the one above, -1 at the first tier
	end   []int            // behind the last one below
	at    map[ident.ID]int // by receiver
	index map[ident.ID]int // by dispatch
}

// model returns the letter's read model as it stands now.
func (s *Service) model(ctx context.Context, letterID ident.ID, issuer ident.ID) (*model, error) {
	days, err := s.calendar(ctx)
	if err != nil {
		return nil, err
	}
	tree, err := s.units.Today(ctx)
	if err != nil {
		return nil, err
	}
	patience, err := s.patience(ctx, s.db, letterID)
	if err != nil {
		return nil, err
	}
	now := waits{days, patience(letterID)}
	p := s.boards.place(letterID)
	p.mu.Lock()
	defer p.mu.Unlock()
	seq, err := readSeq(ctx, s.db, letterID)
	if err != nil {
		return nil, err
	}
	old := p.model
	if old == nil || !now.same(old.waits) {
		old = &model{}
	} else if old.tree == tree && old.seq == seq {
		return old, nil
	}
	moved, err := s.moved(ctx, letterID, old.seq, now)
	if err != nil {
		return nil, err
	}
	p.model = old.with(moved, seq, now, tree, issuer)
	s.boards.keep(letterID, p, len(p.model.nodes))
	return p.model, nil
}

func (b *boards) place(letterID ident.ID) *place {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.models == nil {
		b.models = map[ident.ID]*place{}
	}
	p := b.models[letterID]
	if p == nil {
		p = &place{}
		b.models[letterID] = p
	}
	b.turn++
	p.used = b.turn
	return p
}

// keep drops the models that were not looked at for longest until the rest fits.
func (b *boards) keep(letterID ident.ID, p *place, rows int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.models[letterID], p.rows = p, rows
	for {
		sum := 0
		var oldest ident.ID
		for id, o := range b.models {
			sum += o.rows
			if o != p && (oldest == "" || o.used < b.models[oldest].used) {
				oldest = id
			}
		}
		if sum <= maxModelRows || oldest == "" {
			return
		}
		delete(b.models, oldest)
	}
}

// DropBoards forgets all read models; the next look at a board builds its own again.
func (s *Service) DropBoards() {
	s.boards.mu.Lock()
	defer s.boards.mu.Unlock()
	s.boards.models = nil
}

// moved reads the dispatches of a letter that have changed since a number.
func (s *Service) moved(ctx context.Context, letterID ident.ID, since int64, w waits) ([]*node, error) {
	rows, err := loadMoved(ctx, s.db, letterID, since)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	sums, err := sumPublicity(ctx, s.db, letterID, since)
	if err != nil {
		return nil, err
	}
	counts, err := countDuties(ctx, s.db, letterID, since)
	if err != nil {
		return nil, err
	}
	publicity := summaries(sums)
	dues := dueCache{w, map[dueKey]clock.Time{}}
	nodes := make([]*node, len(rows))
	for i, d := range rows {
		c := counts[d.ID]
		n := &node{Dispatch: d, Done: d.DoneOf(c.Done, c.Total), Duties: c.Total, Asked: c.Publicise > 0, Publicity: publicity[d.ID]}
		n.Dues = dues.of(d, n.publicising(), c.By)
		nodes[i] = n
	}
	return nodes, nil
}

// dueCache counts working days once for all dispatches of a day.
type dueCache struct {
	waits
	ends map[dueKey]clock.Time
}

type dueKey struct {
	day  int64
	days int
}

func (c dueCache) of(d Dispatch, p Publicising, dutyBy clock.Time) []Late {
	return Dues(d, p, dutyBy, c.patience, func(t clock.Time, n int) clock.Time {
		key := dueKey{dayNumber(t), n}
		end, ok := c.ends[key]
		if !ok {
			end = c.days.End(t, n)
			c.ends[key] = end
		}
		return end
	})
}

// with returns the model with nodes that moved in the place of their old ones.
func (m *model) with(moved []*node, seq int64, w waits, tree *unit.Tree, issuer ident.ID) *model {
	fresh := *m
	fresh.seq, fresh.waits, fresh.tree = seq, w, tree
	fresh.nodes = slices.Clone(m.nodes)
	grown := tree != m.tree
	for _, n := range moved {
		u, _ := tree.ByID(n.Dispatch.ReceiverID)
		n.folded = lang.Fold(u.FullName)
		if i, ok := m.index[n.Dispatch.ID]; ok {
			fresh.nodes[i] = n
			grown = grown || n.Dispatch.AgainID != "" // the one sent again stands in its place
			continue
		}
		if n.Dispatch.AgainID != "" {
			continue
		}
		fresh.nodes = append(fresh.nodes, n)
		grown = true
	}
	if grown {
		fresh.layOut(issuer)
	}
	return &fresh
}

// layOut puts the nodes in depth-first order: areas before organisations, then by code.
func (m *model) layOut(issuer ident.ID) {
	children := map[ident.ID][]*node{}
	units := make(map[ident.ID]unit.Unit, len(m.nodes))
	m.nodes = slices.DeleteFunc(m.nodes, func(n *node) bool { return n.Dispatch.AgainID != "" })
	for _, n := range m.nodes {
		children[n.Dispatch.SenderID] = append(children[n.Dispatch.SenderID], n)
		units[n.Dispatch.ReceiverID], _ = m.tree.ByID(n.Dispatch.ReceiverID)
	}
	rank := make(map[unit.Kind]int, len(unit.Kinds))
	for i, k := range unit.Kinds {
		rank[k] = i
	}
	for _, siblings := range children {
		slices.SortFunc(siblings, func(a, b *node) int {
			x, y := units[a.Dispatch.ReceiverID], units[b.Dispatch.ReceiverID]
			return cmp.Or(cmp.Compare(rank[x.Kind], rank[y.Kind]), cmp.Compare(x.Code, y.Code), cmp.Compare(a.Dispatch.ID, b.Dispatch.ID))
		})
	}
	total := len(m.nodes)
	m.nodes, m.tier, m.up, m.end = make([]*node, 0, total), make([]int, 0, total), make([]int, 0, total), make([]int, 0, total)
	m.at, m.index = make(map[ident.ID]int, total), make(map[ident.ID]int, total)
	var below func(sender ident.ID, above, tier int)
	below = func(sender ident.ID, above, tier int) {
		for _, n := range children[sender] {
			i := len(m.nodes)
			m.nodes, m.tier, m.up, m.end = append(m.nodes, n), append(m.tier, tier), append(m.up, above), append(m.end, i+1)
			m.at[n.Dispatch.ReceiverID], m.index[n.Dispatch.ID] = i, i
			below(n.Dispatch.ReceiverID, i, tier+1) // every unit has the letter once, so this ends
			m.end[i] = len(m.nodes)
		}
	}
	below(issuer, -1, 1)
}

// subtree returns the range of those below a unit, and its own tier.
func (m *model) subtree(issuer, sender ident.ID) (first, last, tier int, err error) {
	if sender == issuer {
		return 0, len(m.nodes), 0, nil
	}
	i, ok := m.at[sender]
	if !ok {
		return 0, 0, 0, fault.NotFound.With("cascade.fault.notFound")
	}
	return i + 1, m.end[i], m.tier[i], nil
}
