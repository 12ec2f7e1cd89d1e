package lang

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
)

var (
	dayFirst  = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$`)
	yearFirst = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)
	inWords   = regexp.MustCompile(`^ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})$`)

	timeOfDay = regexp.MustCompile(`^(\d{1,2})(?: ?(?:h|giờ) ?|:)(\d{2})?(?: phút)?(?::(\d{2}))?$`)
	timeFirst = regexp.MustCompile(`^(\S+?(?: giờ(?: \d+(?: phút)?)?)?),? ((?:ngày )?\d\S*|ngày .*)$`)
	timeLast  = regexp.MustCompile(`^(\d\S*[/.-]\S*?)(?:T| lúc |, ?| )(\d.*)$`)
)

// ParseDate reads a day as people write it (06/6/2024, 6-6-24, 06.6.2024, "ngày 06 tháng 6 năm 2024") or as a date
// field sends it (2024-06-06), and returns its beginning in the challenge's zone. A day that the calendar does not
// have, such as 31/02, is refused. A year of two digits lies between 1970 and 2069.
func ParseDate(s string) (time.Time, error) {
	s = Clean(s)
	var day, month, year string
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		year, month, day = m[1], m[2], m[3]
	} else if m := dayFirst.FindStringSubmatch(s); m != nil {
		day, month, year = m[1], m[2], m[3]
	} else if m := inWords.FindStringSubmatch(strings.ToLower(s)); m != nil {
		day, month, year = m[1], m[2], m[3]
	} else {
		return time.Time{}, fault.New(fault.Invalid, "lang.fault.date")
	}
	d, m, y := figure(day), figure(month), figure(year)
	if len(year) == 2 {
		y += 1900
		if y < 1970 {
			y += 100
		}
	}
	if y < 1800 || y > 2199 {
		return time.Time{}, fault.New(fault.Invalid, "lang.fault.date")
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, clock.Zone)
	if t.Day() != d || int(t.Month()) != m {
		return time.Time{}, fault.New(fault.Invalid, "lang.fault.dateNone")
	}
	return t, nil
}

// ParseDateTime reads a day with a time in the challenge's zone: as a field sends it (2024-06-06T07:30) or as
// people write it (07h30 ngày 06/6/2024, 06/6/2024 7:30, 7 giờ 30 ngày 6/6/2024).
func ParseDateTime(s string) (time.Time, error) {
	s = Clean(s)
	var date, clockTime string
	if m := timeLast.FindStringSubmatch(s); m != nil {
		date, clockTime = m[1], m[2]
	} else if m := timeFirst.FindStringSubmatch(s); m != nil {
		clockTime, date = m[1], m[2]
	} else {
		return time.Time{}, fault.New(fault.Invalid, "lang.fault.dateTime")
	}
	m := timeOfDay.FindStringSubmatch(strings.ToLower(clockTime))
	if m == nil || m[2] == "" && strings.Contains(clockTime, ":") {
		return time.Time{}, fault.New(fault.Invalid, "lang.fault.dateTime")
	}
	if strings.ContainsAny(date, "/.-") {
		date = strings.TrimPrefix(date, "ngày ")
	}
	day, err := ParseDate(date)
	if err != nil {
		return time.Time{}, err
	}
	hour, minute, second := figure(m[1]), figure(m[2]), figure(m[3])
	if hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, fault.New(fault.Invalid, "lang.fault.dateTime")
	}
	return time.Date(day.Year(), day.Month(), day.Day(), hour, minute, second, 0, clock.Zone), nil
}

// figure reads the one to four digits that an expression has matched; nothing is zero.
func figure(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
