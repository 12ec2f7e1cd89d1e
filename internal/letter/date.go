package letter

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Date is a calendar day as a letter writes it, without time or zone; the zero Date means "not given".
type Date struct{ Year, Month, Day int }

// IsZero tells whether no date was given.
func (d Date) IsZero() bool { return d == Date{} }

// String returns the ISO form, or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// In returns the first instant of the day in a zone.
func (d Date) In(zone *time.Location) time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, zone)
}

// Before tells whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.In(time.UTC).Before(other.In(time.UTC)) }

// ParseDate reads the ISO form; "" is the zero Date.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("letter: not a date: %q", s)
	}
	d := Date{t.Year(), int(t.Month()), t.Day()}
	if !d.exists() {
		return Date{}, fmt.Errorf("letter: not a date: %q", s)
	}
	return d, nil
}

// MarshalJSON writes the ISO string, null for the zero Date.
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return []byte(strconv.Quote(d.String())), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (d *Date) UnmarshalJSON(b []byte) error {
	var s *string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s == nil {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(*s)
	*d = parsed
	return err
}

// exists tells whether there is such a day, in a year that a letter can mean.
func (d Date) exists() bool {
	if d.Year < 1945 || d.Year > 2200 {
		return false
	}
	t := d.In(time.UTC)
	return t.Year() == d.Year && int(t.Month()) == d.Month && t.Day() == d.Day
}

// dateExpr matches a day in any of the written forms: 02/6/2024, 2-6-2024, "02 tháng 6 năm 2024", "mồng 2 tháng Sáu".
// It has three groups: day, month, year; the year may be missing.
const dateExpr = `(?:mồng\s+|mùng\s+)?(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2}|giêng|hai|ba|tư|năm|sáu|bảy|tám|chín|mười một|mười hai|mười|chạp)(?:(?:\s*[/.-]\s*|,?\s*năm\s*)(\d{4}))?`

var (
	reDay    = regexp.MustCompile(`(?i)\bngày\s+` + dateExpr)
	monthFor = map[string]int{
		"giêng": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
		"mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
	}
)

// dateFrom builds a date from the three groups of dateExpr; the year falls back to the one given.
func dateFrom(day, month, year string, fallback int) (Date, bool) {
	d := Date{Year: fallback}
	d.Day, _ = strconv.Atoi(day)
	if m, ok := monthFor[strings.ToLower(month)]; ok {
		d.Month = m
	} else {
		d.Month, _ = strconv.Atoi(month)
	}
	if year != "" {
		d.Year, _ = strconv.Atoi(year)
	}
	if !d.exists() {
		return Date{}, false
	}
	return d, true
}
