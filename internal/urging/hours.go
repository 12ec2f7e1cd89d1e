package urging

import (
	"fmt"
	"time"

	"sachhon/internal/clock"
)

// Calendar tells on which days offices work.
type Calendar interface {
	Working(day clock.Day) bool
}

// Hours is when people are not to be written to: from Begin in the evening to End in the morning, as time since midnight,
// and on days on which offices do not work.
type Hours struct {
	Begin, End time.Duration
}

// DefaultHours are 20:00 to 06:30.
var DefaultHours = Hours{Begin: 20 * time.Hour, End: 6*time.Hour + 30*time.Minute}

// ParseHours reads "20:00" and "06:30". The quiet hours go over midnight, so that they end before they begin.
func ParseHours(begin, end string) (Hours, error) {
	b, err := parseClock(begin)
	if err != nil {
		return Hours{}, err
	}
	e, err := parseClock(end)
	if err != nil {
		return Hours{}, err
	}
	if e >= b {
		return Hours{}, fmt.Errorf("urging: quiet from %s until %s leaves no time of day to write", begin, end)
	}
	return Hours{Begin: b, End: e}, nil
}

func parseClock(s string) (time.Duration, error) {
	t, err := time.Parse("15:04", s)
	if err != nil {
		return 0, fmt.Errorf("urging: %q is no time of day such as 06:30", s)
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, nil
}

// Open tells whether people may be written to now.
func (h Hours) Open(now clock.Time, cal Calendar) bool {
	day := clock.DayOf(now.Time)
	since := now.Sub(day.Start().Time)
	return cal.Working(day) && since >= h.End && since < h.Begin
}

// after returns the end of the n-th working day after t; t itself for none.
func after(cal Calendar, t clock.Time, n int) clock.Time {
	if n <= 0 {
		return t
	}
	day := clock.DayOf(t.Time)
	for n > 0 {
		day = day.Next()
		if cal.Working(day) {
			n--
		}
	}
	return day.Next().Start()
}

// before returns the beginning of the n-th working day before the last day of which there is time until t; t itself for none.
func before(cal Calendar, t clock.Time, n int) clock.Time {
	if n <= 0 {
		return t
	}
	day := lastDayOf(t)
	for n > 0 {
		day = day.Plus(-1)
		if cal.Working(day) {
			n--
		}
	}
	return day.Start()
}

// WorkingDays counts the working days that have begun since t, that of t itself left out.
func WorkingDays(cal Calendar, t, now clock.Time) int {
	n := 0
	last := clock.DayOf(now.Time)
	for day := clock.DayOf(t.Time).Next(); day <= last; day = day.Next() {
		if cal.Working(day) {
			n++
		}
	}
	return n
}
