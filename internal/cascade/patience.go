package cascade

import (
	"context"
	"maps"
	"slices"

	"sachhon/internal/calendar"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// Step is one thing a unit does with a letter, in the order in which time is counted.
type Step string

// The steps.
const (
	StepDeliver   Step = "deliver" // by the system, or a partner: the receiver can do nothing about it
	StepReceive   Step = "receive"
	StepAssign    Step = "assign"
	StepStart     Step = "start"
	StepPublicise Step = "publicise"
	StepDuty      Step = "duty"   // by the day that the letter has for one of its duties
	StepFinish    Step = "finish" // by the leader's deadline, or the sender's
)

// Patience is how many working days a step may take before a unit counts as late. A step that is missing has no limit.
type Patience map[Step]int

// DefaultPatience is that of a letter whose sender says nothing. The decree on documents asks for receipt and presentation
// on the same or the next working day; the rest is ours.
func DefaultPatience() Patience {
	return Patience{StepDeliver: 1, StepReceive: 1, StepAssign: 2, StepStart: 3, StepPublicise: 5}
}

// Senders know the patience that the senders of letters have set.
type Senders interface {
	// Patience returns that of letters; one that is missing has the default.
	Patience(ctx context.Context, q database.Querier, letters ...ident.ID) (map[ident.ID]Patience, error)
}

// WaitAs makes lateness follow what senders have set: whoever keeps their rules comes after letters.
func (s *Service) WaitAs(senders Senders) { s.senders = senders }

// patience returns that of a function for letters.
func (s *Service) patience(ctx context.Context, q database.Querier, letters ...ident.ID) (func(letter ident.ID) Patience, error) {
	var set map[ident.ID]Patience
	if s.senders != nil {
		var err error
		if set, err = s.senders.Patience(ctx, q, letters...); err != nil {
			return nil, err
		}
	}
	usual := DefaultPatience()
	return func(id ident.ID) Patience {
		if own, ok := set[id]; ok {
			return own
		}
		return usual
	}, nil
}

func (p Patience) same(o Patience) bool { return maps.Equal(p, o) }

// Late is a step that is overdue.
type Late struct {
	Step  Step
	Since clock.Time // when the unit could begin with it, or its deadline
	Due   clock.Time
}

// Publicising is whether the receiver of a dispatch was asked to make something public, and when it first did.
type Publicising struct {
	Asked bool
	First clock.Time
}

// publicising tells it by the duties of a dispatch: who was given other parts only has nothing to make public.
func publicising(d Dispatch, duties []Duty, first clock.Time) Publicising {
	return d.publicising(slices.ContainsFunc(duties, func(d Duty) bool { return len(d.Channels) > 0 }), first)
}

func (d Dispatch) publicising(asked bool, first clock.Time) Publicising {
	return Publicising{asked && d.Expects(StepPublicise), first}
}

// Ends returns the end of the n-th working day after a time.
type Ends func(t clock.Time, n int) clock.Time

// dutyBy is by when the first of the duties that are not done was to be done, zero when none has a day of its own.
func dutyBy(duties []Duty) (first clock.Time) {
	for _, d := range duties {
		if !d.Done() && !d.Deadline.IsZero() && (first.IsZero() || d.Deadline.Before(first.Time)) {
			first = d.Deadline
		}
	}
	return first
}

// Dues returns the steps of a dispatch that are still to be done and have a limit, with when that ends, in the order of the
// steps. dutyBy is by when the first of its duties that are not done was to be done; whoever looks at each duty leaves it zero. Boards, reports and urging all judge by it. Who is asked to give a letter back owes nothing until it has answered.
func Dues(d Dispatch, p Publicising, dutyBy clock.Time, patience Patience, ends Ends) []Late {
	if !d.State.Open() || d.Frozen() {
		return nil
	}
	var dues []Late
	within := func(step Step, since, atLeast clock.Time) {
		days, limited := patience[step]
		if !limited || since.IsZero() || !d.Expects(step) {
			return
		}
		due := since
		if days > 0 {
			due = ends(since, days)
		}
		if atLeast.After(due.Time) {
			due = atLeast
		}
		dues = append(dues, Late{step, since, due})
	}
	switch d.State { // a unit owes its next step only
	case Sent:
		within(StepDeliver, d.SentAt, clock.Time{})
	case Arrived:
		within(StepReceive, d.ArrivedAt, clock.Time{})
	case Received:
		within(StepAssign, d.ReceivedAt, clock.Time{})
	case Assigned: // counted from arrival, but whoever was assigned yesterday has a day
		within(StepStart, d.ArrivedAt, ends(d.AssignedAt, 1))
	default:
	}
	if p.Asked && p.First.IsZero() {
		within(StepPublicise, d.ArrivedAt, d.Grace)
	}
	if !dutyBy.IsZero() && !d.ArrivedAt.IsZero() && d.Expects(StepDuty) { // whoever gets the letter, or more of it, late has a day
		due := dutyBy
		for _, day := range []clock.Time{ends(d.ArrivedAt, 1), d.Grace} {
			if day.After(due.Time) {
				due = day
			}
		}
		dues = append(dues, Late{StepDuty, dutyBy, due})
	}
	if due := d.FinishBy(); !due.IsZero() {
		dues = append(dues, Late{StepFinish, due, due})
	}
	return dues
}

// Lateness returns the steps of a dispatch that are overdue.
func Lateness(days *calendar.Calendar, d Dispatch, p Publicising, dutyBy clock.Time, patience Patience, now clock.Time) []Late {
	return overdue(Dues(d, p, dutyBy, patience, days.End), now)
}

func overdue(dues []Late, now clock.Time) []Late {
	var late []Late
	for _, due := range dues {
		if now.After(due.Due.Time) {
			late = append(late, due)
		}
	}
	return late
}
