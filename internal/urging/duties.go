package urging

import (
	"hash/fnv"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

// DutyFact is a duty that is not done and of which somebody can be late with it alone.
type DutyFact struct {
	Number   int
	Deadline clock.Time // zero when it has none of its own
	Given    clock.Time // when the unit was given it, which had the letter already
	Count    int        // what was done of it, here and below
	Quota    int        // how much is asked for, 0 when no number is; of one that recurs, in each period
	Of       string     // of what
	Often    int        // how often it is asked for in each turn, 0 for once
	Every    *letter.Recurrence
	Open     []cascade.Period // for which nothing was noted, in order; the last may not be over yet
	Parts    []cascade.Part   // of people, with a day and not done
}

// short tells whether fewer were done than are asked for altogether. What is asked for in each period is missed by the period.
func (d DutyFact) short() bool { return d.Every == nil && d.Count < d.Quota }

// About is what a matter of a single duty says beside its cause. A step keeps it as it was when it was taken, so that the
// log says what people were told; names are not kept.
type About struct {
	Duty   int         `json:"duty,omitempty"`
	Turn   string      `json:"turn,omitempty"`   // how a duty recurs: "day", "week", "sunday"…
	Times  int         `json:"times,omitempty"`  // that went by
	Missed []clock.Day `json:"missed,omitempty"` // the last of them
	Got    []int       `json:"got,omitempty"`    // what was counted in each of these, where a number is asked for in each
	Often  int         `json:"often,omitempty"`  // how often it is asked for in each, 0 for once
	Count  int         `json:"count,omitempty"`
	Quota  int         `json:"quota,omitempty"`
	Of     string      `json:"of,omitempty"`
	Until  clock.Day   `json:"until,omitempty"` // the last day there was time
	Part   ident.ID    `json:"part,omitempty"`

	Person ident.ID `json:"-"` // who has the part, if they have an account
	Name   string   `json:"-"`
	By     ident.ID `json:"-"` // who gave it
}

// missedShown is how many of the turns that went by are named.
const missedShown = 4

// lateDuties adds what is owed of single duties: turns that went by, numbers that were not reached, parts of people, and
// days of their own. A duty that asks for a number is urged for what is missing, with its day in the same sentence.
func (p Planner) lateDuties(f Facts, rules Rules, now clock.Time, add func(Matter)) {
	for _, duty := range f.Duties {
		p.missed(f.Dispatch, duty, rules.Of(MissedTurn), now, add)
	}
	for _, duty := range f.Duties {
		p.tooFew(f.Dispatch, duty, rules.Of(TooFew), add)
	}
	for _, duty := range f.Duties {
		p.partsLate(f.Dispatch, duty, rules.Of(PartLate), add)
	}
	for _, duty := range f.Duties {
		if duty.short() && rules.Of(TooFew).On {
			continue
		}
		from := p.upFrom(f.Dispatch, duty.Deadline)
		add(Matter{
			Cause: DutyLate, Number: duty.Number, From: from, Due: after(p.Calendar, from, rules.Of(DutyLate).Within),
			About: About{Duty: duty.Number},
		})
	}
}

// partsLate adds the parts of people. A unit that gets the letter again finds the parts that it gave before: nobody is told of
// them until it has received the letter, and they have the working day after that.
func (p Planner) partsLate(d cascade.Dispatch, duty DutyFact, rule Rule, add func(Matter)) {
	if d.ReceivedAt.IsZero() {
		return
	}
	for _, part := range duty.Parts {
		from := p.upFrom(d, part.Deadline)
		if part.CreatedAt.Before(d.ReceivedAt.Time) {
			from = later(from, after(p.Calendar, d.ReceivedAt, 1))
		}
		add(Matter{
			Cause: PartLate, Number: partNumber(part.ID), From: from, Due: after(p.Calendar, from, rule.Within),
			About: About{
				Duty: duty.Number, Until: lastDayOf(part.Deadline), Part: part.ID, Person: part.Person, Name: part.Name, By: part.CreatedBy,
			},
		})
	}
}

// upFrom is when the time until a day of the letter is up for a unit: one that gets the letter late, or again, or more of it when
// it was done, has the working day after that. It is zero when there is no such day.
func (p Planner) upFrom(d cascade.Dispatch, day clock.Time) clock.Time {
	if day.IsZero() {
		return day
	}
	return later(later(day, after(p.Calendar, d.ArrivedAt, 1)), d.Grace)
}

// missed adds the turns that went by since the unit received the letter, each for some weeks: who has not received it is asked
// for that, and what was over before, or before a unit that was done had time for more, cannot be made up. Days of a daily duty are urged together, by the week.
func (p Planner) missed(d cascade.Dispatch, duty DutyFact, rule Rule, now clock.Time, add func(Matter)) {
	if d.ReceivedAt.IsZero() {
		return
	}
	about := About{Duty: duty.Number, Turn: turnOf(duty.Every), Quota: duty.Quota, Of: duty.Of, Often: duty.Often}
	var turns []Matter
	for _, turn := range duty.Open {
		if !turn.Over.After(later(d.ReceivedAt, d.Grace).Time) || now.Before(turn.Over.Time) {
			continue
		}
		about.Times++
		about.Missed = append(about.Missed, dayOf(duty, turn))
		if duty.Quota > 1 || duty.Often > 1 {
			about.Got = append(about.Got, turn.Count)
		}
		m := Matter{Cause: MissedTurn, Number: turnNumber(duty, turn), From: turn.Over, Due: after(p.Calendar, turn.Over, rule.Within)}
		if n := len(turns); n == 0 || turns[n-1].Number != m.Number {
			turns = append(turns, m)
		}
	}
	about.Missed, about.Got = about.Missed[max(0, len(about.Missed)-missedShown):], about.Got[max(0, len(about.Got)-missedShown):]
	for _, m := range turns {
		if m.About = about; now.Before(after(p.Calendar, m.Due, afterlife).Time) {
			add(m)
		}
	}
}

// tooFew adds a number that is not reached, some days before it is asked for; whoever has just received the letter, or
// was given the duty, has a day.
func (p Planner) tooFew(d cascade.Dispatch, duty DutyFact, rule Rule, add func(Matter)) {
	until := duty.Deadline
	if until.IsZero() {
		until = d.FinishBy()
	}
	if !duty.short() || until.IsZero() {
		return
	}
	from := p.upFrom(d, until)
	due := from
	if ahead := later(before(p.Calendar, until, rule.Within), after(p.Calendar, later(d.ReceivedAt, duty.Given), 1)); !d.ReceivedAt.IsZero() && ahead.Before(due.Time) {
		due = ahead
	}
	add(Matter{Cause: TooFew, Number: duty.Number, From: from, Due: due, About: About{
		Duty: duty.Number, Count: duty.Count, Quota: duty.Quota, Of: duty.Of, Until: lastDayOf(until),
	}})
}

// Ahead tells whether the day of the matter is still to come.
func (m Matter) Ahead(now clock.Time) bool { return m.Cause.Ahead() && now.Before(m.From.Time) }

// Overdue is since when it is late.
func (m Matter) Overdue() clock.Time { return overdueSince(m.Cause, m.From, m.Due) }

func overdueSince(c Cause, from, due clock.Time) clock.Time {
	if c.Ahead() {
		return from
	}
	return due
}

// Dated tells whether its words name the days it is about.
func (c Cause) Dated() bool { return c == MissedTurn || c == TooFew || c == PartLate }

// topic is what people see as one: the turns of a duty that went by are told together.
func topic(k Key, a About) Key {
	if k.Cause == MissedTurn {
		k.Number = a.Duty
	}
	return k
}

// turnOf names how a duty recurs.
func turnOf(every *letter.Recurrence) string {
	switch {
	case every == nil:
		return ""
	case every.Step > 1:
		return "span"
	case every.Dated() && every.Until:
		return "until"
	case len(every.OnDays()) > 0:
		return "date"
	case len(every.OnWeekdays()) == 1:
		return weekdays[every.OnWeekdays()[0]%7]
	case len(every.OnWeekdays()) > 1:
		return "weekday"
	}
	return every.Period
}

var weekdays = [...]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// dayOf is the day by which a turn is named: its own, else the first of its period.
func dayOf(duty DutyFact, turn cascade.Period) clock.Day {
	if duty.Every != nil && duty.Every.Dated() {
		return turn.Day()
	}
	return clock.DayOf(turn.At.Time)
}

// byWeek tells whether the turns of a duty are so many that those of a week are urged as one.
func (d DutyFact) byWeek() bool {
	return d.Every != nil && (d.Every.Period == "day" || len(d.Every.OnWeekdays()) > 2)
}

// turnNumber names a turn of a duty among all matters: the duty, and the day on which it is due, where turns are many the week.
func turnNumber(duty DutyFact, turn cascade.Period) int {
	const days = 100_000_000
	day := dayOf(duty, turn)
	if duty.byWeek() {
		day = day.Plus(-((int(day.Start().Local().Weekday()) + 6) % 7))
	}
	return duty.Number*days + dayNumber(day)
}

// partNumber names a part among all parts, as a step keeps it: a part that is given anew is another one.
func partNumber(id ident.ID) int {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id)) // it never fails
	return int(h.Sum64() >> 1)
}

// lastDayOf is the last day of which there is time until t: of midnight the day before.
func lastDayOf(t clock.Time) clock.Day { return clock.DayOf(t.Time.Add(-time.Microsecond)) }
