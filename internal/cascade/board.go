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
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Board shows a sending unit what became of a letter: who did what, by tier, and where time was lost.
type Board struct {
	Letter letter.Letter
	Sender unit.Unit
	Papers []letter.Letter // the sender's own letters with which it passed it on, the oldest first; none where it did so as it stands
	At     clock.Time
	Rows   []Row  // the tree in depth-first order, areas before organisations, then by code
	Tiers  []Tier // by depth
	Days   int    // of the challenge, or of the period that the letter names; 0 when there is none
}

// Row is one unit of the board. Its dispatch comes without the words and the instruction.
type Row struct {
	Dispatch
	Unit       unit.Unit
	Tier       int // 1 for those the sender addressed itself
	DutiesDone int
	Duties     int
	Publicity  Summary
	Spent      Spent
	Lost       Lost
	Late       []Late
	Below      Sums // of the units it passed the letter on to, at every tier
}

// Summary adds up the publicity of one dispatch, or of several.
type Summary struct {
	Records   int
	People    int
	ByChannel map[letter.Channel]int // records
	First     clock.Time
	Last      clock.Time
}

// Sums counts units. Of those outside nothing but the status is known: whether they publicised is not.
type Sums struct {
	Units, Received, Publicised, Late, Outside int
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
	Lost       Lost                   // of the unit in the middle
	Worst      Lost                   // of the one that lost most
}

// BoardQuery chooses what of a board a page shows.
type BoardQuery struct {
	Letter, Sender ident.ID
	Below          ident.ID    // the unit whose own receivers are shown; those of the sender when empty
	Filter         BoardFilter // with it, an area or a search, units of every tier are shown
	Area           ident.ID
	Search         string
	Offset, Limit  int
}

// BoardFilter chooses rows.
type BoardFilter string

// The filters.
const (
	FilterLate        BoardFilter = "late"
	FilterNotReceived BoardFilter = "not_received"
	FilterRefused     BoardFilter = "refused" // the letter, or a change of it with which the sender has not dealt
	FilterUnconfirmed BoardFilter = "unconfirmed"
)

// BoardPage is a part of a board with the sums of all of it.
type BoardPage struct {
	Board              // its rows are those of this page: who is late, or has late ones below, first; then who has not received; then by code
	All    Sums        // everything below the sender
	Late   []Row       // those who are overdue longest, at most lateShown
	Total  int         // how many rows there are to page through
	Path   []Row       // from the sender down to the unit whose receivers are shown
	Areas  []unit.Unit // in which units of the board lie
	Period clock.Time  // when the period of Days begins
}

const lateShown = 8

// BoardPage returns what a page shows of the board. It is answered from the read model.
func (s *Service) BoardPage(ctx context.Context, actor person.Actor, q BoardQuery) (BoardPage, error) {
	v, err := s.view(ctx, actor, q.Letter, q.Sender)
	if err != nil {
		return BoardPage{}, err
	}
	p := BoardPage{Board: v.board(), Period: v.period.from, Areas: v.areas()}
	p.Tiers, p.All = v.tiers()
	if p.Papers, err = s.papers(ctx, v); err != nil {
		return BoardPage{}, err
	}
	first, last := v.first, v.last
	if q.Below != "" {
		i, ok := v.m.at[q.Below]
		if !ok || i < v.first || i >= v.last {
			return BoardPage{}, fault.NotFound.With("cascade.fault.notFound")
		}
		for up := i; up >= v.first; up = v.m.up[up] {
			p.Path = append(p.Path, v.row(up))
		}
		slices.Reverse(p.Path)
		first, last = i+1, v.m.end[i]
	}
	flat := q.Filter != "" || q.Area != "" || q.Search != ""
	wanted := lang.Fold(q.Search)
	var found []int
	for i := first; i < last; {
		next := i + 1
		if !flat {
			next = v.m.end[i] // those below are shown on the page of this one
		}
		if !flat || v.passes(i, q, wanted) {
			found = append(found, i)
		}
		i = next
	}
	slices.SortStableFunc(found, func(a, b int) int { return cmp.Compare(v.urgency(a), v.urgency(b)) })
	p.Total = len(found)
	from := min(q.Offset, p.Total)
	for _, i := range found[from:min(from+q.Limit, p.Total)] {
		p.Rows = append(p.Rows, v.row(i))
	}
	p.Late = v.latest(lateShown)
	return p, nil
}

// Board returns what became of a letter below a unit that sent it: the issuer or one that forwarded it.
func (s *Service) Board(ctx context.Context, actor person.Actor, letterID, senderID ident.ID) (Board, error) {
	v, err := s.view(ctx, actor, letterID, senderID)
	if err != nil {
		return Board{}, err
	}
	b := v.board()
	b.Tiers, _ = v.tiers()
	if b.Papers, err = s.papers(ctx, v); err != nil {
		return Board{}, err
	}
	b.Rows = make([]Row, 0, v.last-v.first)
	for i := v.first; i < v.last; i++ {
		b.Rows = append(b.Rows, v.row(i))
	}
	return b, nil
}

// papers are the sender's own letters with which it passed the letter on.
func (s *Service) papers(ctx context.Context, v *view) ([]letter.Letter, error) {
	own := map[ident.ID]bool{}
	for i := v.first; i < v.last; i = v.m.end[i] { // those that it addressed itself
		if id := v.m.nodes[i].Dispatch.UnderID; id != "" {
			own[id] = true
		}
	}
	if len(own) == 0 {
		return nil, nil
	}
	found, err := s.letters.LoadAll(ctx, s.db, slices.Collect(maps.Keys(own)))
	if err != nil {
		return nil, err
	}
	return slices.SortedFunc(maps.Values(found), func(a, b letter.Letter) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt.Time), cmp.Compare(a.ID, b.ID))
	}), nil
}

// LateRows returns the rows that are overdue with something, the longest overdue first.
func (b Board) LateRows() []Row {
	late := slices.DeleteFunc(slices.Clone(b.Rows), func(r Row) bool { return len(r.Late) == 0 })
	slices.SortStableFunc(late, func(x, y Row) int { return x.Late[0].Due.Compare(y.Late[0].Due.Time) })
	return late
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
	if o.Records == 0 {
		return s
	}
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
func spent(d Dispatch, p Publicising) Spent {
	s := Spent{Steps: map[Step]time.Duration{}}
	walk(d, p, func(step Step, took time.Duration) { s.Steps[step] = took }, func(step Step, since clock.Time) { s.Waiting, s.Since = step, since })
	return s
}

func walk(d Dispatch, p Publicising, did func(Step, time.Duration), waits func(Step, clock.Time)) {
	from, waiting := d.SentAt, false
	for _, step := range [3]struct {
		step Step
		at   clock.Time
	}{{StepReceive, d.ReceivedAt}, {StepAssign, d.AssignedAt}, {StepPublicise, p.First}} {
		if step.at.IsZero() {
			if step.step == StepPublicise && !p.Asked || !d.Expects(step.step) {
				continue
			}
			if !waiting && d.State.Open() {
				waiting = true
				waits(step.step, from)
			}
			continue
		}
		did(step.step, max(0, step.at.Sub(from.Time)))
		if step.at.After(from.Time) {
			from = step.at
		}
	}
}

// median is the middle duration, the mean of the two middle ones of an even number; all is not empty.
func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	n := len(all)
	return all[(n-1)/2] + (all[n/2]-all[(n-1)/2])/2
}
