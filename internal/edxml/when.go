package edxml

import (
	"errors"
	"strings"
	"time"

	"sachhon/internal/clock"
)

// slashes writes a day as the regulation does, 2024/06/06.
func slashes(d clock.Day) string { return strings.ReplaceAll(string(d), "-", "/") }

// stamp writes an instant in the clock time of Vietnam, which is all the regulation has.
func stamp(t clock.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(stampLayout)
}

const stampLayout = "2006/01/02 15:04:05"

func toSecond(t clock.Time) clock.Time {
	if t.IsZero() {
		return clock.Time{}
	}
	return clock.At(t.Truncate(time.Second))
}

// The forms of dates that are in use besides the regulation's. A day before a month, as Vietnamese write it.
var (
	dayLayouts  = []string{"2006/1/2", "2006-1-2", "2/1/2006", "2-1-2006", "2.1.2006", "20060102"}
	timeLayouts = []string{
		stampLayout, "2006/1/2 15:4:5", "2006/1/2 15:4", "2006-1-2 15:4:5", "2006-1-2 15:4", "2006-1-2T15:4:5", "2006-1-2T15:4",
		"2/1/2006 15:4:5", "2/1/2006 15:4", "2/1/2006 3:4:5 PM", "2006/1/2 3:4:5 PM", "2-1-2006 15:4:5", "20060102150405",
	}
)

var errNoDate = errors.New("edxml: not a date")

// parseTime reads an instant; strict tells whether it was in the regulation's form.
func parseTime(s string) (t clock.Time, strict bool, err error) {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > 40 {
		return clock.Time{}, false, errNoDate
	}
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return sensible(t, false)
	}
	for i, layout := range append(timeLayouts, dayLayouts...) {
		if t, err := time.ParseInLocation(layout, s, clock.Zone); err == nil {
			return sensible(t, i == 0)
		}
	}
	return clock.Time{}, false, errNoDate
}

// parseDay reads a day; a time after it is passed over.
func parseDay(s string) (d clock.Day, strict bool, err error) {
	s = strings.TrimSpace(s)
	if t, err := time.Parse("2006/01/02", s); err == nil {
		at, _, err := sensible(t, true)
		return clock.Day(at.Format(time.DateOnly)), true, err
	}
	at, _, err := parseTime(s)
	if err != nil {
		return "", false, err
	}
	return clock.DayOf(at.Time), false, nil
}

// sensible refuses years that no letter of these systems has; .NET writes 0001/01/01 for "none".
func sensible(t time.Time, strict bool) (clock.Time, bool, error) {
	if t.Year() < 1945 || t.Year() > 2200 {
		return clock.Time{}, false, errNoDate
	}
	return clock.At(t), strict, nil
}
