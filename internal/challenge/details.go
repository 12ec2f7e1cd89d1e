package challenge

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
)

// Details is what the board writes of a challenge.
type Details struct {
	Slug           string // made from the title when empty
	Title          string
	Summary        string
	Organiser      ident.ID
	Area           ident.ID
	Box            geo.Box
	Period         Span
	Registration   Span
	ReportingUntil clock.Time // the period's end and the time to report, when zero
	Divisions      Divisions  // the defaults when empty
	Parameters     Parameters // the defaults when zero
	Synthetic      bool
}

// The limits of texts, in characters.
const (
	maxTitle   = 200
	maxSummary = 2000
	maxSlug    = 80
	maxRules   = 100_000
)

var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Slug returns a title as a part of an address: "Thế giới sạch hơn 2024" is the-gioi-sach-hon-2024.
func Slug(title string) string {
	var b strings.Builder
	for _, r := range lang.Fold(title) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	s := b.String()
	return strings.Trim(s[:min(len(s), maxSlug)], "-")
}

// complete tidies the texts, fills in the defaults, and reports everything that is wrong.
func (d *Details) complete() error {
	var f fault.Fields
	d.Title, d.Summary = lang.Clean(d.Title), lang.CleanLines(d.Summary)
	checkText(&f, "title", d.Title, maxTitle, true)
	checkText(&f, "summary", d.Summary, maxSummary, true)
	if d.Slug == "" {
		d.Slug = Slug(d.Title)
	}
	if d.Title != "" && (len(d.Slug) > maxSlug || !slugForm.MatchString(d.Slug)) {
		f.Add("slug", "challenge.fault.slug")
	}
	if d.Organiser == "" {
		f.Add("organiser", "challenge.fault.organiser")
	}
	if d.Area == "" {
		f.Add("area", "challenge.fault.area")
	}
	if d.Box != (geo.Box{}) && !d.Box.Valid() {
		f.Add("box", "geo.fault.box")
	}
	if len(d.Divisions) == 0 {
		d.Divisions = DefaultDivisions()
	}
	if d.Parameters == (Parameters{}) {
		d.Parameters = DefaultParameters()
	}
	d.Divisions.check(&f)
	d.Parameters.check(&f)
	d.checkDates(&f)
	return f.Err()
}

func (d *Details) checkDates(f *fault.Fields) {
	if d.Period.From.IsZero() || d.Period.Until.IsZero() {
		f.Add("period", "challenge.fault.period")
		return
	}
	if !d.Period.From.Before(d.Period.Until.Time) {
		f.Add("period", "challenge.fault.periodOrder")
		return
	}
	if d.Registration.From.IsZero() || !d.Registration.From.Before(d.Registration.Until.Time) {
		f.Add("registration", "challenge.fault.registrationOrder")
	} else if d.Registration.From.After(d.Period.From.Time) || d.Registration.Until.After(d.Period.Until.Time) {
		f.Add("registration", "challenge.fault.registrationPeriod")
	}
	if d.ReportingUntil.IsZero() {
		d.ReportingUntil = d.Period.Until.Add(d.Parameters.ReportWithin())
	}
	if d.ReportingUntil.Before(d.Period.Until.Time) {
		f.Add("reporting_until", "challenge.fault.reportingOrder")
	}
}

// checkText notes a text that is missing or longer than limit characters.
func checkText(f *fault.Fields, field, text string, limit int, required bool) {
	switch n := utf8.RuneCountInString(text); {
	case required && n == 0:
		f.Add(field, "challenge.fault.empty")
	case n > limit:
		f.Add(field, "challenge.fault.long", "Count", n, "Limit", limit)
	}
}

// details returns what the board wrote, to compare a change with.
func (c Challenge) details() Details {
	return Details{
		Slug: c.Slug, Title: c.Title, Summary: c.Summary, Organiser: c.Organiser, Area: c.Area, Box: c.Box,
		Period: c.Period, Registration: c.Registration, ReportingUntil: c.ReportingUntil,
		Divisions: c.Divisions, Parameters: c.Parameters, Synthetic: c.Synthetic,
	}
}

// with returns the challenge with the details written over its own.
func (c Challenge) with(d Details) Challenge {
	c.Slug, c.Title, c.Summary, c.Organiser, c.Area, c.Box = d.Slug, d.Title, d.Summary, d.Organiser, d.Area, d.Box
	c.Period, c.Registration, c.ReportingUntil = d.Period, d.Registration, d.ReportingUntil
	c.Divisions, c.Parameters, c.Synthetic = d.Divisions, d.Parameters, d.Synthetic
	return c
}
