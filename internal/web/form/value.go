package form

import (
	"math"
	"strconv"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/geo"
	"sachhon/internal/lang"
)

// Text returns one line, composed and tidied.
func (f *Form) Text(name string) string { return lang.Clean(f.Value(name)) }

// Lines returns a text of several lines, composed and tidied.
func (f *Form) Lines(name string) string { return lang.CleanLines(f.Value(name)) }

// Checked tells whether a box was ticked.
func (f *Form) Checked(name string) bool { return f.Value(name) != "" }

// Has tells whether anything was typed.
func (f *Form) Has(name string) bool { return f.Text(name) != "" }

// Count returns a whole number that is not negative, 0 when nothing was typed. Dots group thousands.
func (f *Form) Count(name string) int64 {
	text := f.Text(name)
	if text == "" {
		return 0
	}
	n, err := count(text)
	if err != nil {
		f.Add(name, "form.fault.count")
		return 0
	}
	return n
}

func count(text string) (int64, error) {
	digits := text
	if groups := strings.Split(text, "."); len(groups) > 1 {
		for i, g := range groups {
			if len(g) > 3 || i > 0 && len(g) != 3 || g == "" {
				return 0, strconv.ErrSyntax
			}
		}
		digits = strings.Join(groups, "")
	}
	if len(digits) > 9 || strings.Trim(digits, "0123456789") != "" {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseInt(digits, 10, 64)
}

// Int is Count for values that are kept as int.
func (f *Form) Int(name string) int { return int(f.Count(name)) }

// Weight returns grams, 0 when nothing was typed.
func (f *Form) Weight(name string) int64 {
	if !f.Has(name) {
		return 0
	}
	// The text is not cleaned first: an invisible sign inside a figure is a reason to ask, not to guess.
	grams, err := lang.ParseWeight(f.Value(name))
	f.refused(name, err)
	return grams
}

// Day returns a date, "" when nothing was typed.
func (f *Form) Day(name string) clock.Day {
	if !f.Has(name) {
		return ""
	}
	t, err := lang.ParseDate(f.Value(name))
	if f.refused(name, err) {
		return ""
	}
	return clock.DayOf(t)
}

// Moment returns a date with the time of day, zero when nothing was typed.
func (f *Form) Moment(name string) clock.Time {
	if !f.Has(name) {
		return clock.Time{}
	}
	t, err := lang.ParseDateTime(f.Value(name))
	if f.refused(name, err) {
		return clock.Time{}
	}
	return clock.At(t)
}

// refused notes why a text was not understood.
func (f *Form) refused(name string, err error) bool {
	if err == nil {
		return false
	}
	if f.faults.AddError(name, err) != nil { // not a message for people
		f.faults.Add(name, "fault.invalid")
	}
	f.note(fault.Invalid)
	return true
}

// Point returns a place from two inputs, nil when both are empty; faults are noted under name. A comma is a decimal
// mark too. What cannot be read is a point nowhere on the globe, which no service takes for a place.
func (f *Form) Point(name, lat, lon string) *geo.Point {
	if !f.Has(lat) && !f.Has(lon) {
		return nil
	}
	p := geo.Point{Lat: degrees(f.Text(lat)), Lon: degrees(f.Text(lon))}
	if math.IsNaN(p.Lat) || math.IsNaN(p.Lon) {
		f.Add(name, "form.fault.degrees")
	}
	return &p
}

func degrees(text string) float64 {
	text = strings.Replace(text, ",", ".", 1)
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(value, 0) || strings.ContainsAny(text, "xXpP_") {
		return math.NaN()
	}
	return value
}

// MomentInput writes an instant as the control for date and time takes it.
func MomentInput(t clock.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2006-01-02T15:04")
}

// CountInput writes a number for an input, nothing for 0.
func CountInput(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// WeightInput writes grams for an input, nothing for 0.
func WeightInput(grams int64) string {
	if grams == 0 {
		return ""
	}
	return lang.FormatWeightInput(grams)
}
