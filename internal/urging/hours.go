package urging

import (
	"time"

	"sachhon/internal/calendar"
	"sachhon/internal/clock"
)

// Hours is when people are not to be written to: from Begin in the evening to End in the morning, as time since midnight,
// and on days on which offices do not work. The quiet hours go over midnight, so that they end before they begin.
type Hours struct {
	Begin, End time.Duration
}

// DefaultHours are 20:00 to 06:30.
var DefaultHours = Hours{Begin: 20 * time.Hour, End: 6*time.Hour + 30*time.Minute}

// Open tells whether people may be written to now.
func (h Hours) Open(now clock.Time, cal *calendar.Calendar) bool { return h.Opens(now, cal) == now }

// Opens returns the first moment from now on at which people may be written to: now itself when they may.
func (h Hours) Opens(now clock.Time, cal *calendar.Calendar) clock.Time {
	day := clock.DayOf(now.Time)
	if cal.Working(day) {
		switch since := now.Sub(day.Start().Time); {
		case since < h.End:
			return day.Start().Add(h.End)
		case since < h.Begin:
			return now
		}
	}
	return cal.AddWorkingDays(day, 1).Start().Add(h.End)
}

// after is the calendar's End, before its Ahead: a rule counts from what it says, and back from a day.
func after(cal *calendar.Calendar, t clock.Time, n int) clock.Time  { return cal.End(t, n) }
func before(cal *calendar.Calendar, t clock.Time, n int) clock.Time { return cal.Ahead(t, n) }

// workingDays counts the working days that have begun since t, that of t itself left out.
func workingDays(cal *calendar.Calendar, t, now clock.Time) int {
	return max(0, cal.WorkingDaysBetween(clock.DayOf(t.Time), clock.DayOf(now.Time)))
}
