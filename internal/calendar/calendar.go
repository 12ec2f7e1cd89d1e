package calendar

import (
	_ "embed"
	"slices"
	"strings"
	"time"

	"sachhon/internal/clock"
)

// Kind says what differs from an ordinary week on a day.
type Kind string

// The kinds.
const (
	Off     Kind = "off"     // a holiday, or a day given for one
	Working Kind = "working" // a Saturday or Sunday worked for another day
	Usual   Kind = "usual"   // as the week has it: takes an entry back
)

// Valid tells whether k is one of the kinds.
func (k Kind) Valid() bool { return k == Off || k == Working || k == Usual }

// Entry is one day that differs from an ordinary week.
type Entry struct {
	Day    clock.Day `db:"day"`
	Kind   Kind      `db:"kind"`
	Name   string    `db:"name"`   // what is celebrated, or for which day it is swapped
	Source string    `db:"source"` // where it is published

	Unconfirmed bool `db:"unconfirmed"` // foreseen by the law, or announced, and the published document is still to be compared
}

// Calendar answers for every day. It does not change; the nil Calendar knows week-ends only.
type Calendar struct {
	version int64
	entries map[int]Entry // by the day's number
}

//go:embed days.csv
var builtin string

// Builtin returns the calendar of the embedded file.
func Builtin() *Calendar {
	entries, faults, err := read(strings.NewReader(builtin))
	if err != nil || len(faults) > 0 {
		panic("calendar: the embedded file is damaged")
	}
	return newCalendar(0, entries)
}

// New returns a calendar of the days given.
func New(entries ...Entry) *Calendar { return newCalendar(0, entries) }

func newCalendar(version int64, entries []Entry) *Calendar {
	c := &Calendar{version: version, entries: make(map[int]Entry, len(entries))}
	for _, e := range entries { // a later entry for the same day replaces an earlier one
		if n, ok := number(e.Day); ok {
			c.entries[n] = e
		}
	}
	return c
}

// Version grows with each change that an administrator makes; whoever keeps what follows from a calendar compares it.
func (c *Calendar) Version() int64 {
	if c == nil {
		return 0
	}
	return c.version
}

// number counts days from 1970 on, so that walking over them costs nothing.
func number(d clock.Day) (int, bool) {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return 0, false
	}
	return int(t.Unix() / secondsPerDay), true
}

const (
	secondsPerDay = 24 * 60 * 60
	daysPerWeek   = 7
	epochWeekday  = 4 // 1 January 1970 was a Thursday
)

func dayOf(n int) clock.Day {
	return clock.Day(time.Unix(int64(n)*secondsPerDay, 0).UTC().Format(time.DateOnly))
}

func (c *Calendar) working(n int) bool {
	if c != nil {
		switch c.entries[n].Kind {
		case Off:
			return false
		case Working:
			return true
		case Usual:
		}
	}
	w := time.Weekday(((n+epochWeekday)%daysPerWeek + daysPerWeek) % daysPerWeek)
	return w != time.Saturday && w != time.Sunday
}

// Working tells whether offices work on the day; no day is none.
func (c *Calendar) Working(d clock.Day) bool {
	n, ok := number(d)
	return ok && c.working(n)
}

// Entry returns what differs from an ordinary week on the day.
func (c *Calendar) Entry(d clock.Day) (Entry, bool) {
	n, ok := number(d)
	if !ok || c == nil {
		return Entry{}, false
	}
	e, ok := c.entries[n]
	return e, ok && e.Kind != Usual
}

// Entries returns the days of a year that differ from an ordinary week, in order; those of all years for 0.
func (c *Calendar) Entries(year int) []Entry {
	var list []Entry
	if c == nil {
		return nil
	}
	for _, e := range c.entries {
		if t := e.Day.Start(); e.Kind != Usual && (year == 0 || t.Local().Year() == year) {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b Entry) int { return strings.Compare(string(a.Day), string(b.Day)) })
	return list
}

// Years returns the years of which days are known that differ from an ordinary week, in order.
func (c *Calendar) Years() []int {
	var years []int
	for _, e := range c.Entries(0) {
		if year := e.Day.Start().Local().Year(); len(years) == 0 || years[len(years)-1] != year {
			years = append(years, year)
		}
	}
	return years
}

// maxWalk bounds every walk over days: a file that takes all days off must not hang a request.
const maxWalk = 20_000

// AddWorkingDays returns the n-th working day after the day, or before it when n is negative; the day itself for 0.
func (c *Calendar) AddWorkingDays(d clock.Day, n int) clock.Day {
	at, ok := number(d)
	if !ok {
		return ""
	}
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for walked := 0; n > 0 && walked < maxWalk; walked++ {
		at += step
		if c.working(at) {
			n--
		}
	}
	return dayOf(at)
}

// WorkingDaysBetween counts the working days after from up to and with until; negative when until lies before.
func (c *Calendar) WorkingDaysBetween(from, until clock.Day) int {
	a, ok := number(from)
	b, known := number(until)
	if !ok || !known {
		return 0
	}
	sign := 1
	if b < a { // what lies before is counted from its own side, so that adding it leads back
		sign, a, b = -1, b-1, a-1
	}
	count := 0
	for n := a + 1; n <= min(b, a+maxWalk); n++ {
		if c.working(n) {
			count++
		}
	}
	return sign * count
}

// End returns the end of the n-th working day after t, in the zone of the challenge: what is to be done within n working
// days is late from then on. What may take no day is late at once: for none it is t itself.
func (c *Calendar) End(t clock.Time, n int) clock.Time {
	if n <= 0 {
		return t
	}
	return c.AddWorkingDays(clock.DayOf(t.Time), n).Next().Start()
}

// Ahead returns the beginning of the n-th working day before the last day of which there is time until t, which until midnight is
// the day that ends then; t itself for none.
func (c *Calendar) Ahead(t clock.Time, n int) clock.Time {
	if n <= 0 {
		return t
	}
	return c.AddWorkingDays(clock.DayOf(t.Time.Add(-time.Microsecond)), -n).Start()
}
