package urging

import (
	"slices"

	"sachhon/internal/calendar"
	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
)

// Facts is what is known of one dispatch when it is asked what its receiver owes.
type Facts struct {
	Dispatch   cascade.Dispatch
	Publicises bool       // the letter asks to make something public
	FirstAt    clock.Time // when the receiver first publicised
	Duties     []DutyFact
	Reports    []clock.Day    // due days of reports that were not sent
	Challenge  *ChallengeFact // nil for a letter about none
}

// ChallengeFact is what the challenge of the letter says about this unit.
type ChallengeFact struct {
	HalfTime clock.Time // of its period
	Closes   clock.Time // from here on nobody may register
	Ends     clock.Time // of its period: what was to be done before is not urged afterwards
	Entrants int        // of the unit's area
	Counts   bool       // entrants are expected of this unit
}

// Matter is one thing that a unit owes.
type Matter struct {
	Dispatch ident.ID
	Cause    Cause
	Number   int        // of the duty, its turn or its part; the day of a report; else 0
	From     clock.Time // since when the unit knows, or when its time was up
	Due      clock.Time // since when somebody is urged about it
	About    About
}

// Key names the matter among all.
type Key struct {
	Dispatch ident.ID // empty for what keeps its name when its unit gets the letter again
	Cause    Cause
	Number   int
}

// Key names the matter.
func (m Matter) Key() Key { return keyOf(m.Dispatch, m.Cause, m.Number) }

// keyOf leaves the dispatch out of the name of a part: with the work of the unit it moves on to the dispatch with which that
// gets the letter again, and what was said about it was said.
func keyOf(dispatch ident.ID, c Cause, number int) Key {
	if c.Inside() {
		dispatch = ""
	}
	return Key{dispatch, c, number}
}

// Taken is a step that was taken about a matter.
type Taken struct {
	Step Step
	At   clock.Time
}

// Planner decides what is due. It is a pure function of rules, calendar, hours, facts and what was done.
type Planner struct {
	Calendar *calendar.Calendar
	Hours    Hours
}

// afterlife is for how many working days after a challenge a unit is still reminded of deadlines.
const afterlife = 15

// Late returns what a unit is late with now, or about to be, by the rules of the letter, in the order of the causes. A dispatch that was
// recalled or refused owes nothing, nor does one that its sender asks back; one that is on its way owes nothing yet, and one
// that was completed only its reports. The steps of the way are those that the cascade counts; of a unit outside it is what
// the cascade expects of one.
func (p Planner) Late(f Facts, rules Rules, now clock.Time) []Matter {
	d := f.Dispatch
	if !d.State.Open() && d.State != cascade.Completed || d.State == cascade.Sent || d.ArrivedAt.IsZero() || d.Frozen() {
		return nil
	}
	var late []Matter
	matter := func(m Matter) {
		if rules.Of(m.Cause).On && !m.From.IsZero() && !now.Before(m.Due.Time) && !p.over(f, m.Cause, now) {
			m.Dispatch = d.ID
			late = append(late, m)
		}
	}
	add := func(c Cause, number int, from, due clock.Time) {
		matter(Matter{Cause: c, Number: number, From: from, Due: due})
	}
	count := func(c Cause, from clock.Time) clock.Time { return after(p.Calendar, from, rules.Of(c).Within) }
	if d.State == cascade.Completed {
		if d.ExpectsRecords() {
			p.lateReports(f, now, count, add)
		}
		return late
	}
	var deadline clock.Time
	for _, due := range p.dues(f, rules) {
		if due.Step == cascade.StepFinish {
			deadline = due.Due
			continue
		}
		add(causeOf[due.Step], 0, due.Since, due.Due)
	}
	if c := f.Challenge; c != nil && c.Counts && c.Entrants == 0 {
		from := later(c.HalfTime, d.ArrivedAt)
		add(NoEntrant, 0, from, count(NoEntrant, from))
	}
	if !d.ExpectsRecords() { // it cannot tell of one duty, but it can of the whole
		if deadline.IsZero() {
			deadline = p.upFrom(d, lastOf(f.Duties))
		}
		add(NotFinished, 0, deadline, count(NotFinished, deadline))
		return late
	}
	p.lateDuties(f, rules, now, matter)
	add(NotFinished, 0, deadline, count(NotFinished, deadline))
	p.lateReports(f, now, count, add)
	return late
}

// lastOf is by when all duties that have a deadline of their own were to be done.
func lastOf(duties []DutyFact) (last clock.Time) {
	for _, d := range duties {
		last = later(last, d.Deadline)
	}
	return last
}

// causeOf is why a unit is urged that does not do a step.
var causeOf = map[cascade.Step]Cause{
	cascade.StepDeliver: NotDelivered, cascade.StepReceive: NotReceived, cascade.StepAssign: NotAssigned, cascade.StepStart: NotStarted,
	cascade.StepPublicise: NotPublicised,
}

func (p Planner) dues(f Facts, rules Rules) []cascade.Late {
	public := cascade.Publicising{Asked: f.Publicises, First: f.FirstAt}
	return cascade.Dues(f.Dispatch, public, clock.Time{}, rules.patience(), func(t clock.Time, n int) clock.Time { return after(p.Calendar, t, n) })
}

// Undelivered is a dispatch that has been on its way for too long: its receiver cannot do anything about it.
func (p Planner) Undelivered(f Facts, rules Rules, now clock.Time) (Matter, bool) {
	for _, due := range p.dues(f, rules) {
		if due.Step == cascade.StepDeliver && !now.Before(due.Due.Time) && !p.over(f, NotDelivered, now) {
			return Matter{Dispatch: f.Dispatch.ID, Cause: NotDelivered, From: due.Since, Due: due.Due}, true
		}
	}
	return Matter{}, false
}

// lateReports adds the reports that were not sent; the last one is mostly due when everything else is done.
func (p Planner) lateReports(f Facts, now clock.Time, count func(Cause, clock.Time) clock.Time, add func(c Cause, number int, from, due clock.Time)) {
	for i, day := range f.Reports {
		if slices.Contains(f.Reports[:i], day) { // a weekly and a last report of the same day are one matter
			continue
		}
		from := day.Next().Start()
		if due := count(NotReported, from); now.Before(after(p.Calendar, due, afterlife).Time) {
			add(NotReported, dayNumber(day), from, due)
		}
	}
}

// over tells whether it is too late to urge about the cause at all.
func (p Planner) over(f Facts, c Cause, now clock.Time) bool {
	if f.Challenge == nil {
		return false
	}
	end := f.Challenge.Ends
	switch c {
	case NotReported: // its own day says how long
		return false
	case NoEntrant:
		end = f.Challenge.Closes
	case TooFew, PartLate, DutyLate, NotFinished:
		end = after(p.Calendar, end, afterlife)
	default:
	}
	return !end.IsZero() && !now.Before(end.Time)
}

// Next returns the next step about a late matter and when it is due, given the steps taken; false when all were taken.
// Steps that the rule leaves out are passed over.
func (p Planner) Next(m Matter, rule Rule, taken []Taken) (Step, clock.Time, bool) {
	last, at := Hand, m.Due
	for _, t := range taken {
		if t.Step > last {
			last, at = t.Step, t.At
		}
	}
	for step := last + 1; step <= Draft; step++ {
		days, wanted := rule.pause(step)
		switch {
		case !wanted:
		case step == Remind:
			return step, m.Due, true // Due has waited for Within
		default: // at least a whole working day after the step before, and never before the matter is late
			return step, later(after(p.Calendar, later(at, m.From), days), m.Due), true
		}
	}
	return 0, clock.Time{}, false
}

// Due returns the steps to take now: at most one for each late matter, none in quiet hours.
func (p Planner) Due(f Facts, rules Rules, taken map[Key][]Taken, now clock.Time) []DueStep {
	if !p.Hours.Open(now, p.Calendar) {
		return nil
	}
	var due []DueStep
	for _, m := range p.Late(f, rules, now) {
		step, at, ok := p.Next(m, rules.Of(m.Cause), taken[m.Key()])
		if ok && step == Draft && f.Dispatch.Entered() { // its superior knows nothing of the letter
			continue
		}
		if ok && !now.Before(at.Time) {
			due = append(due, DueStep{m, step})
		}
	}
	return due
}

// DueStep is a step to take.
type DueStep struct {
	Matter
	Step Step
}

// dayNumber is a day as the number of a matter: 20240628.
func dayNumber(d clock.Day) int {
	t := d.Start().Local()
	return t.Year()*10_000 + int(t.Month())*100 + t.Day()
}

// later returns the later of two times.
func later(a, b clock.Time) clock.Time {
	if b.After(a.Time) {
		return b
	}
	return a
}
