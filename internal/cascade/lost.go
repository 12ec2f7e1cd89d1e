package cascade

import (
	"cmp"
	"context"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/letter"
)

// Lost is where the days of a challenge went for one unit, from its beginning until the unit publicised. The parts add up
// to all its days.
type Lost struct {
	Before    int // the letter was still with the tiers above
	Receive   int
	Assign    int
	Publicise int
	Left      int // for people to take part, or still ahead
}

// Total is how many days passed before the unit acted.
func (l Lost) Total() int { return l.Before + l.Receive + l.Assign + l.Publicise }

// period is the days that count, by their numbers: from the first up to the one after the last.
type period struct {
	from        clock.Time
	first, last int64
}

func (p period) days() int { return int(p.last - p.first) }

const daySeconds = 24 * 60 * 60

// dayNumber counts days of the challenge's zone.
func dayNumber(t clock.Time) int64 {
	_, offset := t.In(clock.Zone).Zone()
	return (t.Unix() + int64(offset)) / daySeconds
}

// between is how many days of the period begin between two instants; of three instants the two parts add up.
func (p period) between(from, until clock.Time) int {
	a, b := p.first, p.first
	if !from.IsZero() {
		a = min(max(dayNumber(from), p.first), p.last)
	}
	if !until.IsZero() {
		b = min(max(dayNumber(until), p.first), p.last)
	}
	return int(max(0, b-a))
}

// lost divides the days of the period for one dispatch. A unit that publicised before it was assigned lost nothing after,
// nor did one that was assigned and had nothing to publicise.
func (p period) lost(d Dispatch, public Publicising, now clock.Time) Lost {
	first := public.First
	if first.IsZero() && !public.Asked {
		first = d.AssignedAt
	}
	acted := first
	if acted.IsZero() {
		acted = now
	}
	early := func(t clock.Time) clock.Time {
		if t.IsZero() || t.After(acted.Time) {
			return acted
		}
		return t
	}
	received := early(d.ReceivedAt)
	assigned := early(d.AssignedAt)
	if !first.IsZero() && d.AssignedAt.IsZero() || assigned.Before(received.Time) {
		assigned = received
	}
	sent := early(d.SentAt)
	l := Lost{
		Before: p.between(clock.Time{}, sent), Receive: p.between(sent, received), Assign: p.between(received, assigned),
		Publicise: p.between(assigned, acted),
	}
	l.Left = p.days() - l.Total()
	return l
}

// periodOf returns the days of the challenge that the letter is about, else those that the letter names.
func (s *Service) periodOf(ctx context.Context, l letter.Letter) (period, error) {
	var from, until clock.Time
	if s.rounds != nil && l.ChallengeID != "" {
		c, err := s.rounds.Find(ctx, s.db, l.ChallengeID)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return period{}, err
		}
		from, until = c.Period.From, c.Period.Until
	}
	if p := l.Fields.Period; from.IsZero() && !p.From.IsZero() && !p.To.IsZero() {
		from, until = clock.Day(p.From.String()).Start(), endOfDay(p.To)
	}
	if from.IsZero() || !until.After(from.Time) {
		return period{}, nil
	}
	p := period{from: from, first: dayNumber(from), last: dayNumber(until)}
	if !until.Equal(clock.DayOf(until.Time).Start().Time) {
		p.last++ // a day that has begun counts
	}
	return p, nil
}

// middle returns the days of the unit in the middle, and of the one that lost most.
func middle(all []Lost) (median, worst Lost) {
	if len(all) == 0 {
		return Lost{}, Lost{}
	}
	slices.SortFunc(all, func(a, b Lost) int {
		return cmp.Or(cmp.Compare(a.Total(), b.Total()), cmp.Compare(a.Before, b.Before), cmp.Compare(a.Receive, b.Receive), cmp.Compare(a.Assign, b.Assign))
	})
	return all[(len(all)-1)/2], all[len(all)-1]
}
