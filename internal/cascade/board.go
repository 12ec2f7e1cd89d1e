package cascade

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Board shows a sending unit what became of a letter: who did what, by tier, and where time was lost.
type Board struct {
	Letter letter.Letter
	Sender unit.Unit
	At     clock.Time
	Rows   []Row  // the tree in depth-first order, areas before organisations, then by code
	Tiers  []Tier // by depth
}

// Row is one unit of the board.
type Row struct {
	Dispatch
	Unit       unit.Unit
	Tier       int // 1 for those the sender addressed itself
	DutiesDone int
	Duties     int
	Publicity  Summary
	Spent      Spent
	Late       []Late
}

// Summary adds up the publicity of one dispatch, or of several.
type Summary struct {
	Records   int
	People    int
	ByChannel map[letter.Channel]int // records
	First     clock.Time
	Last      clock.Time
}

// Spent is the time each step took; Waiting is how long the one that is not done has lasted. A step that is done has its
// duration, also zero; one that is not is absent.
type Spent struct {
	Steps   map[Step]time.Duration
	Waiting Step
	Since   clock.Time
}

// Tier sums the units at one depth below the sender.
type Tier struct {
	Depth      int
	Units      int
	ByState    map[State]int
	Publicised int
	Late       int
	Publicity  Summary
	Median     map[Step]time.Duration // over the units that did the step
}

// Board returns what became of a letter below a unit that sent it: the issuer or one that forwarded it.
func (s *Service) Board(ctx context.Context, actor person.Actor, letterID, senderID ident.ID) (Board, error) {
	if err := actor.Can(person.ActionCascadeWatch, person.On{Unit: senderID}); err != nil {
		return Board{}, err
	}
	l, err := s.letters.Load(ctx, s.db, letterID)
	if err != nil {
		return Board{}, err
	}
	all, err := loadByLetter(ctx, s.db, letterID)
	if err != nil {
		return Board{}, err
	}
	had := func(d Dispatch) bool { return d.ReceiverID == senderID }
	if l.IssuerID != senderID && !slices.ContainsFunc(all, had) {
		return Board{}, fault.NotFound.With("cascade.fault.notFound")
	}
	sums, err := sumPublicity(ctx, s.db, letterID)
	if err != nil {
		return Board{}, err
	}
	counts, err := countDuties(ctx, s.db, letterID)
	if err != nil {
		return Board{}, err
	}
	tree, err := s.units.Today(ctx)
	if err != nil {
		return Board{}, err
	}
	b := Board{Letter: l, At: clock.At(s.db.Clock().Now())}
	b.Sender, _ = tree.ByID(senderID)
	w := weaver{tree: tree, now: b.At, counts: counts, publicity: summaries(sums), children: map[ident.ID][]Dispatch{}}
	for _, d := range all {
		w.children[d.SenderID] = append(w.children[d.SenderID], d)
	}
	b.Rows = w.below(senderID, 1)
	b.Tiers = tiers(b.Rows)
	return b, nil
}

// weaver puts the rows of a board together.
type weaver struct {
	tree      *unit.Tree
	now       clock.Time
	counts    map[ident.ID]dutyCount
	publicity map[ident.ID]Summary
	children  map[ident.ID][]Dispatch // by sender; every unit has the letter once, so this is a tree
}

func (w weaver) below(senderID ident.ID, tier int) []Row {
	siblings := make([]Row, 0, len(w.children[senderID]))
	for _, d := range w.children[senderID] {
		siblings = append(siblings, w.row(d, tier))
	}
	slices.SortStableFunc(siblings, func(a, b Row) int {
		return cmp.Or(cmp.Compare(slices.Index(unit.Kinds, a.Unit.Kind), slices.Index(unit.Kinds, b.Unit.Kind)), cmp.Compare(a.Unit.Code, b.Unit.Code))
	})
	rows := make([]Row, 0, len(siblings))
	for _, r := range siblings {
		rows = append(append(rows, r), w.below(r.ReceiverID, tier+1)...)
	}
	return rows
}

func (w weaver) row(d Dispatch, tier int) Row {
	r := Row{Dispatch: d, Tier: tier, Publicity: w.publicity[d.ID], DutiesDone: w.counts[d.ID].Done, Duties: w.counts[d.ID].Total}
	r.Unit, _ = w.tree.ByID(d.ReceiverID)
	r.Spent = spent(d, r.Publicity.First)
	r.Late = lateness(d, r.Publicity.First, w.now)
	return r
}

func summaries(sums []channelSum) map[ident.ID]Summary {
	all := map[ident.ID]Summary{}
	for _, c := range sums {
		one := Summary{
			Records: c.Records, People: c.People, ByChannel: map[letter.Channel]int{c.Channel: c.Records}, First: c.First, Last: c.Last,
		}
		all[c.DispatchID] = all[c.DispatchID].plus(one)
	}
	return all
}

func (s Summary) plus(o Summary) Summary {
	by := maps.Clone(s.ByChannel)
	if by == nil {
		by = map[letter.Channel]int{}
	}
	for c, n := range o.ByChannel {
		by[c] += n
	}
	sum := Summary{Records: s.Records + o.Records, People: s.People + o.People, ByChannel: by, First: s.First, Last: s.Last}
	if sum.First.IsZero() || !o.First.IsZero() && o.First.Before(sum.First.Time) {
		sum.First = o.First
	}
	if o.Last.After(sum.Last.Time) {
		sum.Last = o.Last
	}
	return sum
}

// spent counts each step from the one before it. A unit that publicised before it was assigned lost no time there.
func spent(d Dispatch, first clock.Time) Spent {
	s := Spent{Steps: map[Step]time.Duration{}}
	from := d.SentAt
	for _, step := range []struct {
		step Step
		at   clock.Time
	}{{StepReceive, d.ReceivedAt}, {StepAssign, d.AssignedAt}, {StepPublicise, first}} {
		if step.at.IsZero() {
			if s.Waiting == "" && d.State.Open() {
				s.Waiting, s.Since = step.step, from
			}
			continue
		}
		s.Steps[step.step] = max(0, step.at.Sub(from.Time))
		if step.at.After(from.Time) {
			from = step.at
		}
	}
	return s
}

func tiers(rows []Row) []Tier {
	var out []Tier
	steps := map[int]map[Step][]time.Duration{}
	for _, r := range rows {
		for len(out) < r.Tier {
			depth := len(out) + 1
			out = append(out, Tier{Depth: depth, ByState: map[State]int{}, Median: map[Step]time.Duration{}})
			steps[depth] = map[Step][]time.Duration{}
		}
		t := &out[r.Tier-1]
		t.Units++
		t.ByState[r.State]++
		t.Publicity = t.Publicity.plus(r.Publicity)
		if r.Publicity.Records > 0 {
			t.Publicised++
		}
		if len(r.Late) > 0 {
			t.Late++
		}
		for step, took := range r.Spent.Steps {
			steps[r.Tier][step] = append(steps[r.Tier][step], took)
		}
	}
	for i := range out {
		for step, all := range steps[i+1] {
			out[i].Median[step] = median(all)
		}
	}
	return out
}

// median is the middle duration, the mean of the two middle ones of an even number; all is not empty.
func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	n := len(all)
	return all[(n-1)/2] + (all[n/2]-all[(n-1)/2])/2
}

// LateRows returns the rows that are overdue with something, the longest overdue first.
func (b Board) LateRows() []Row {
	late := slices.DeleteFunc(slices.Clone(b.Rows), func(r Row) bool { return len(r.Late) == 0 })
	slices.SortStableFunc(late, func(x, y Row) int { return x.Late[0].Due.Compare(y.Late[0].Due.Time) })
	return late
}
