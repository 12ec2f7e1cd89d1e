package lang

import (
	"fmt"
	"strings"
	"time"

	"sachhon/internal/clock"
)

// Instant is a point in time: a time.Time or a clock.Time. It is written in the challenge's zone, and as nothing
// at all when it is zero.
type Instant interface {
	In(*time.Location) time.Time
	IsZero() bool
}

// Date writes a day briefly, in Vietnamese as official letters do: the day always with two digits, the month only
// when it is January or February. "06/6/2024", "6 Jun 2024".
func (l *Localizer) Date(at Instant) string {
	if at.IsZero() {
		return ""
	}
	t := at.In(clock.Zone)
	if l.code == "en" {
		return t.Format("2 Jan 2006")
	}
	return fmt.Sprintf("%02d/%s/%d", t.Day(), officialMonth(t.Month()), t.Year())
}

// DayMonth writes a day without its year, where it is near: "06/6", "6 Jun".
func (l *Localizer) DayMonth(at Instant) string {
	if at.IsZero() {
		return ""
	}
	t := at.In(clock.Zone)
	if l.code == "en" {
		return t.Format("2 Jan")
	}
	return fmt.Sprintf("%02d/%s", t.Day(), officialMonth(t.Month()))
}

// DateLong writes a day in words: "ngày 06 tháng 6 năm 2024", "6 June 2024".
func (l *Localizer) DateLong(at Instant) string {
	if at.IsZero() {
		return ""
	}
	t := at.In(clock.Zone)
	if l.code == "en" {
		return t.Format("2 January 2006")
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", t.Day(), officialMonth(t.Month()), t.Year())
}

// Time writes the time of day: "07h30", "07:30".
func (l *Localizer) Time(at Instant) string {
	if at.IsZero() {
		return ""
	}
	t := at.In(clock.Zone)
	if l.code == "en" {
		return t.Format("15:04")
	}
	return fmt.Sprintf("%02dh%02d", t.Hour(), t.Minute())
}

// DateTime writes time and day: "07h30 ngày 06/6/2024", "07:30, 6 Jun 2024".
func (l *Localizer) DateTime(at Instant) string {
	if at.IsZero() {
		return ""
	}
	between := " ngày "
	if l.code == "en" {
		between = ", "
	}
	return l.Time(at) + between + l.Date(at)
}

// Duration writes a span of time in its two largest units, to the minute: "2 ngày 3 giờ".
func (l *Localizer) Duration(d time.Duration) string {
	if d < 0 {
		d = -d
	}
	d = d.Truncate(time.Minute)
	if d == 0 {
		return l.T("lang.duration.none")
	}
	units := []struct {
		length time.Duration
		key    string
	}{
		{24 * time.Hour, "lang.duration.days"},
		{time.Hour, "lang.duration.hours"},
		{time.Minute, "lang.duration.minutes"},
	}
	var parts []string
	for _, u := range units {
		n := d / u.length
		d -= n * u.length
		if n > 0 {
			parts = append(parts, l.T(u.key, "Count", int64(n)))
		}
		// "2 ngày 5 phút" would read as if the hours were forgotten, so only neighbours go together.
		if len(parts) == 2 || len(parts) == 1 && n == 0 {
			break
		}
	}
	return strings.Join(parts, " ")
}

// officialMonth pads January and February only, the months whose digit could be changed into 11 or 12.
func officialMonth(m time.Month) string {
	if m <= time.February {
		return fmt.Sprintf("%02d", m)
	}
	return fmt.Sprint(int(m))
}
