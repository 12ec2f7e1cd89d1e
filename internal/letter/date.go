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

// dateExpr matches a day in any of the written forms: 02/6/2024, 2-6-2024, "02 tháng 6 năm 2024", "mồng 2 tháng Sáu", "ngày
// hai mươi mốt tháng mười hai năm hai nghìn không trăm hai mươi tư". It has three groups: day, month, year; the year may be
// missing.
const (
	dateExpr = `(?:mồng\s+|mùng\s+)?(\d{1,2}|` + dayWords + `)\s*(?:[/.-]|tháng)\s*(\d{1,2}|giêng|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười một|mười hai|mười|chạp)` +
		`(?:(?:\s*[/.-]\s*|,?\s*năm\s*)(\d{4}|` + yearWords + `))?`
	unitWords = `mười|mốt|một|hai|ba|bốn|tư|lăm|năm|sáu|bảy|bẩy|tám|chín`
	dayWords  = `(?:ba mươi|hai mươi|mười)(?: (?:` + unitWords + `))?|` + unitWords
	yearWords = `(?:hai|một) (?:nghìn|ngàn)(?: (?:không|chín) trăm)?(?: (?:(?:hai|ba|bốn|năm|sáu|bảy|tám|chín) mươi|mười|linh|lẻ))?(?: (?:` + unitWords + `))?`
)

var (
	reDay    = regexp.MustCompile(`(?i)\bngày\s+` + dateExpr)
	monthFor = map[string]int{
		"giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
		"mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
	}
)

// dateFrom builds a date from the three groups of dateExpr; the year falls back to the one given.
func dateFrom(day, month, year string, fallback int) (Date, bool) {
	d := Date{Year: fallback}
	d.Day = numberOfWords(day)
	if m, ok := monthFor[strings.ToLower(month)]; ok {
		d.Month = m
	} else {
		d.Month, _ = strconv.Atoi(month)
	}
	if year != "" {
		d.Year = numberOfWords(year)
	}
	if !d.exists() {
		return Date{}, false
	}
	return d, true
}

var wordValues = map[string]int{
	"không": 0, "mốt": 1, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "lăm": 5, "nhăm": 5, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}

// numberOfWords reads figures, or a number in words below ten thousand: "hai mươi mốt", "hai nghìn không trăm hai mươi tư".
// What is no number is 0, which is no day and no year.
func numberOfWords(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	total, last := 0, 0
	for word := range strings.FieldsSeq(strings.ToLower(s)) {
		switch word {
		case "mười":
			total, last = total+10, 0
		case "mươi":
			total, last = total+10*last, 0
		case "trăm":
			total, last = total+100*last, 0
		case "nghìn", "ngàn":
			total, last = total+1000*last, 0
		case "linh", "lẻ":
		default:
			last = wordValues[word]
		}
	}
	return total + last
}
