package cascade

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// view is a model as one sender sees it at one moment.
type view struct {
	m           *model
	letter      letter.Letter
	sender      ident.ID
	now         clock.Time
	period      period
	first, last int    // the range below the sender
	depth       int    // the sender's own tier
	late        []bool // by index, from first on
	below       []Sums // of those below each
}

// view looks at the model of a letter for a unit that sent it.
func (s *Service) view(ctx context.Context, actor person.Actor, letterID, senderID ident.ID) (*view, error) {
	if err := actor.Can(person.ActionCascadeWatch, person.On{Unit: senderID}); err != nil {
		return nil, err
	}
	l, err := s.letters.Load(ctx, s.db, letterID)
	if err != nil {
		return nil, err
	}
	m, err := s.model(ctx, letterID, l.IssuerID)
	if err != nil {
		return nil, err
	}
	v := &view{m: m, letter: l, sender: senderID, now: clock.At(s.db.Clock().Now())}
	if v.first, v.last, v.depth, err = m.subtree(l.IssuerID, senderID); err != nil {
		return nil, err
	}
	if v.period, err = s.periodOf(ctx, l); err != nil {
		return nil, err
	}
	v.add()
	return v, nil
}

// add sums up what is below each unit, from the lowest tier upwards.
func (v *view) add() {
	v.late, v.below = make([]bool, v.last-v.first), make([]Sums, v.last-v.first)
	for i := v.last - 1; i >= v.first; i-- {
		n := v.m.nodes[i]
		for _, due := range n.Dues {
			if v.now.After(due.Due.Time) {
				v.late[i-v.first] = true
				break
			}
		}
		if up := v.m.up[i]; up >= v.first {
			sum := v.one(i)
			own := v.below[i-v.first]
			above := &v.below[up-v.first]
			above.Units += sum.Units + own.Units
			above.Received += sum.Received + own.Received
			above.Publicised += sum.Publicised + own.Publicised
			above.Late += sum.Late + own.Late
			above.Outside += sum.Outside + own.Outside
		}
	}
}

// one counts the unit itself.
func (v *view) one(i int) Sums {
	n, s := v.m.nodes[i], Sums{Units: 1}
	if !n.Dispatch.ReceivedAt.IsZero() {
		s.Received = 1
	}
	if n.Publicity.Records > 0 {
		s.Publicised = 1
	}
	if v.late[i-v.first] {
		s.Late = 1
	}
	if n.Dispatch.Outside {
		s.Outside = 1
	}
	return s
}

func (v *view) board() Board {
	b := Board{Letter: v.letter, At: v.now, Days: v.period.days()}
	b.Sender, _ = v.m.tree.ByID(v.sender)
	return b
}

func (v *view) row(i int) Row {
	n := v.m.nodes[i]
	r := Row{
		Dispatch: n.Dispatch, Tier: v.m.tier[i] - v.depth, DutiesDone: n.Done, Duties: n.Duties, Publicity: n.Publicity,
		Spent: spent(n.Dispatch, n.publicising()), Late: overdue(n.Dues, v.now), Below: v.below[i-v.first],
	}
	if v.period.days() > 0 {
		r.Lost = v.period.lost(n.Dispatch, n.publicising(), v.now)
	}
	r.Unit, _ = v.m.tree.ByID(n.Dispatch.ReceiverID)
	return r
}

// tiers sums up the tiers, and everything.
func (v *view) tiers() ([]Tier, Sums) {
	var out []Tier
	var all Sums
	var steps []map[Step][]time.Duration
	var lost [][]Lost
	for i := v.first; i < v.last; i++ {
		n, depth := v.m.nodes[i], v.m.tier[i]-v.depth
		for len(out) < depth {
			out = append(out, Tier{Depth: len(out) + 1, ByState: map[State]int{}, Median: map[Step]time.Duration{}})
			steps, lost = append(steps, map[Step][]time.Duration{}), append(lost, nil)
		}
		t, one := &out[depth-1], v.one(i)
		t.Units++
		t.ByState[n.Dispatch.State]++
		t.Publicised += one.Publicised
		t.Late += one.Late
		t.Publicity.add(n.Publicity)
		all = Sums{all.Units + 1, all.Received + one.Received, all.Publicised + one.Publicised, all.Late + one.Late, all.Outside + one.Outside}
		walk(n.Dispatch, n.publicising(), func(step Step, took time.Duration) {
			steps[depth-1][step] = append(steps[depth-1][step], took)
		}, func(Step, clock.Time) {})
		if n.Dispatch.State.counts() && n.Dispatch.ExpectsRecords() && v.period.days() > 0 {
			lost[depth-1] = append(lost[depth-1], v.period.lost(n.Dispatch, n.publicising(), v.now))
		}
	}
	for i := range out {
		for step, took := range steps[i] {
			out[i].Median[step] = median(took)
		}
		out[i].Lost, out[i].Worst = middle(lost[i])
	}
	return out, all
}

// add is plus in place.
func (s *Summary) add(o Summary) {
	if s.ByChannel == nil {
		s.ByChannel = map[letter.Channel]int{}
	}
	if o.Records == 0 {
		return
	}
	s.Records, s.People = s.Records+o.Records, s.People+o.People
	for c, n := range o.ByChannel {
		s.ByChannel[c] += n
	}
	if s.First.IsZero() || o.First.Before(s.First.Time) {
		s.First = o.First
	}
	if o.Last.After(s.Last.Time) {
		s.Last = o.Last
	}
}

// passes tells whether a row is one that is looked for.
func (v *view) passes(i int, q BoardQuery, wanted string) bool {
	n := v.m.nodes[i]
	switch q.Filter {
	case FilterLate:
		if !v.late[i-v.first] {
			return false
		}
	case FilterNotReceived:
		if s := n.Dispatch.State; s != Sent && s != Arrived {
			return false
		}
	case FilterRefused:
		if n.Dispatch.State != Refused && n.Dispatch.ObjectedAt.IsZero() {
			return false
		}
	case FilterUnconfirmed:
		if n.Dispatch.Asked == "" {
			return false
		}
	}
	if q.Area != "" && !v.m.tree.Inside(n.Dispatch.ReceiverID, q.Area) {
		return false
	}
	return wanted == "" || strings.Contains(n.folded, wanted)
}

// urgency is smaller for whom somebody should look at sooner: who is late, or has late ones below, then who has not received.
func (v *view) urgency(i int) int {
	switch {
	case v.late[i-v.first]:
		return 0
	case v.below[i-v.first].Late > 0:
		return 1
	case v.m.nodes[i].Dispatch.ReceivedAt.IsZero() && v.m.nodes[i].Dispatch.State.Open():
		return 2
	}
	return 3
}

// latest returns the rows that are overdue longest.
func (v *view) latest(limit int) []Row {
	var late []int
	for i := v.first; i < v.last; i++ {
		if v.late[i-v.first] {
			late = append(late, i)
		}
	}
	due := func(i int) clock.Time {
		for _, d := range v.m.nodes[i].Dues {
			if v.now.After(d.Due.Time) {
				return d.Due
			}
		}
		return clock.Time{}
	}
	slices.SortStableFunc(late, func(a, b int) int { return due(a).Compare(due(b).Time) })
	rows := make([]Row, 0, min(limit, len(late)))
	for _, i := range late[:min(limit, len(late))] {
		rows = append(rows, v.row(i))
	}
	return rows
}

// maxAreas bounds the list of areas to choose from.
const maxAreas = 200

// areas returns the areas in which units of the board lie, by code.
func (v *view) areas() []unit.Unit {
	seen := map[ident.ID]bool{}
	var list []unit.Unit
	for i := v.first; i < v.last; i++ {
		u, _ := v.m.tree.ByID(v.m.nodes[i].Dispatch.ReceiverID)
		if u.AreaID == "" || seen[u.AreaID] {
			continue
		}
		seen[u.AreaID] = true
		if area, ok := v.m.tree.ByID(u.AreaID); ok {
			list = append(list, area)
		}
	}
	slices.SortFunc(list, func(a, b unit.Unit) int { return cmp.Compare(a.Code, b.Code) })
	return list[:min(len(list), maxAreas)]
}
