package clock

import (
	"fmt"
	"time"
)

// Day is a calendar day of the challenge's zone in its ISO form, 2024-06-06. Days compare as texts do; the empty Day
// means "none given", which every range here reads as open.
type Day string

// DayOf returns the day on which t falls in the challenge's zone.
func DayOf(t time.Time) Day { return Day(t.In(Zone).Format(time.DateOnly)) }

// ParseDay reads the ISO form; a day that the calendar does not have is refused.
func ParseDay(s string) (Day, error) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", fmt.Errorf("clock: %q is no day such as 2024-06-06", s)
	}
	return Day(s), nil
}

// Start returns the instant at which the day begins in the challenge's zone, zero for no day.
func (d Day) Start() Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), Zone)
	if err != nil {
		return Time{}
	}
	return At(t)
}

// Next returns the day after.
func (d Day) Next() Day { return d.Plus(1) }

// Plus returns the day n days later.
func (d Day) Plus(n int) Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return Day(t.AddDate(0, 0, n).Format(time.DateOnly))
}

// Within tells whether the day lies in the range from first to last, both included, each open when empty.
func (d Day) Within(first, last Day) bool { return d >= first && (last == "" || d <= last) }
