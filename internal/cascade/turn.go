package cascade

import (
	"fmt"
	"strings"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/letter"
)

// Period is a turn of a recurring duty: one in which it was to be done.
type Period struct {
	Name string     // "2024-W23", and where there are several in a week or a month "2024-W23-2" for its Tuesday, "2024-06-15"
	At   clock.Time // from when on it is due
	Over clock.Time // from here on it is too late for it
	Done bool

	Count int // what was counted in it, of a duty that asks for a number in each
}

// Day is the last day on which the turn is not too late: the very day, where the duty names one.
func (p Period) Day() clock.Day { return clock.DayOf(p.Over.Time.Add(-time.Microsecond)) }

// maxPeriods bounds the periods of a duty, a daily one over two years.
const maxPeriods = 800

// PeriodOf names the turn of a recurring duty to which what was done at t belongs, "" when the duty does not recur. It need
// not be done on the very day: what is done on a Wednesday is late for Tuesday's turn, and on a Monday early. Of a duty that is
// asked for until some days it is done ahead of the next one; after the last of a month it is late for that.
func PeriodOf(every *letter.Recurrence, t clock.Time) string {
	if every == nil {
		return ""
	}
	s := spanOf(every, t)
	if !severalDays(every) {
		return s.name
	}
	turns := s.turns(every)
	name := turns[0].Name
	for i, turn := range turns {
		if every.Until && t.Before(turn.Over.Time) {
			return turn.Name
		}
		if i == 0 || every.Until || !t.Before(turn.At.Time) {
			name = turn.Name
		}
	}
	return name
}

// periodsOf returns the turns of a recurring duty from one instant to another in their order: those that are not over at the
// first and due before the second.
func periodsOf(every *letter.Recurrence, from, until clock.Time) []Period {
	var list []Period
	if every == nil || from.IsZero() {
		return nil
	}
	for s := spanOf(every, from); s.first.Before(until.Time); s = spanOf(every, s.next) {
		for _, turn := range s.turns(every) {
			if !turn.Over.After(from.Time) {
				continue
			}
			if turn.At.Before(from.Time) {
				turn.At = from
			}
			if !turn.At.Before(until.Time) || len(list) == maxPeriods {
				return list
			}
			list = append(list, turn)
		}
	}
	return list
}

// turnAbove is the turn of a duty to which a turn of a part of it belongs: where the part names several days of a period and the
// duty does not, the period.
func turnAbove(above, part *letter.Recurrence, name string) string {
	if above == nil || part == nil || above.Period != part.Period || severalDays(above) || !severalDays(part) {
		return name
	}
	return name[:max(0, strings.LastIndexByte(name, '-'))]
}

func severalDays(every *letter.Recurrence) bool {
	return max(len(every.OnWeekdays()), len(every.OnDays())) > 1
}

// span is a period of a recurrence, or as many as make one: it begins at first, and at next the one after it.
type span struct {
	name        string
	first, next clock.Time
}

// spanOf returns the span in which t lies. Where several periods make one they are counted from fixed days, so that a span has
// its name whenever a letter comes: two weeks from a Monday of January 1970, months from a January.
func spanOf(every *letter.Recurrence, t clock.Time) span {
	year, month, day := t.Local().Date()
	step := max(1, every.Step)
	today := int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60)) // days since 1970 began, on a Thursday
	days := func(back, length int) span {
		return span{first: clock.Date(year, month, day-back, 0, 0), next: clock.Date(year, month, day-back+length, 0, 0)}
	}
	months := func(length int) span {
		n := year*12 + int(month) - 1
		n -= n % length
		return span{first: clock.Date(0, time.Month(n+1), 1, 0, 0), next: clock.Date(0, time.Month(n+length+1), 1, 0, 0)}
	}
	var s span
	switch every.Period {
	case "day":
		s = days(today%step, step)
		s.name = s.first.Local().Format(time.DateOnly)
	case "month":
		s = months(step)
		s.name = s.first.Local().Format("2006-01")
	case "quarter":
		s = months(3 * step)
		s.name = fmt.Sprintf("%d-Q%d", s.first.Local().Year(), (int(s.first.Local().Month())+2)/3)
	case "year":
		s = months(12 * step)
		s.name = s.first.Local().Format("2006")
	default:
		s = days((today+3)%(7*step), 7*step) // weeks begin on Mondays
		year, week := s.first.Local().ISOWeek()
		s.name = fmt.Sprintf("%d-W%02d", year, week)
	}
	return s
}

// turns are those of a span: one for each day that the duty names, else the span itself. One that is asked for until a day
// begins when the one before it is over.
func (s span) turns(every *letter.Recurrence) []Period {
	year, month, first := s.first.Local().Date()
	var list []Period
	begin := s.first
	add := func(name string, day int) {
		turn := Period{Name: name, At: clock.Date(year, month, day, 0, 0), Over: clock.Date(year, month, day+1, 0, 0)}
		if every.Until {
			turn.At = begin
		}
		begin = turn.Over
		list = append(list, turn)
	}
	if weekdays := every.OnWeekdays(); len(weekdays) > 0 {
		for _, weekday := range weekdays {
			place, name := (weekday+6)%7, s.name
			if len(weekdays) > 1 {
				name = fmt.Sprintf("%s-%d", s.name, place+1)
			}
			add(name, first+place)
		}
		return list
	}
	if days := every.OnDays(); len(days) > 0 {
		last, before := s.next.Local().AddDate(0, 0, -1).Day(), 0
		for _, day := range days {
			if day = min(day, last); day == before { // the 30th and the 31st of February are one day
				continue
			}
			before = day
			name := s.name
			if len(days) > 1 {
				name = fmt.Sprintf("%s-%02d", s.name, day)
			}
			add(name, day)
		}
		return list
	}
	return []Period{{Name: s.name, At: s.first, Over: s.next}}
}
