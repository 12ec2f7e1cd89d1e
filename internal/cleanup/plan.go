package cleanup

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
)

// Plan is what the organiser of a clean-up writes.
type Plan struct {
	Unit        ident.ID   // proposed from the point when empty
	Place       string     // in words
	Description string     // optional
	Point       *geo.Point // optional
	Expected    int        // participants
	StartsAt    clock.Time
	EndsAt      clock.Time
}

// The limits of texts, in characters, and of a crowd.
const (
	maxPlace       = 300
	maxDescription = 2000
	maxExpected    = 10_000
)

// territory is where a challenge takes place, as far as it is known.
type territory struct {
	box  geo.Box  // the zero box is everywhere
	area geo.Area // the empty area is everywhere
}

func (t territory) contains(p geo.Point) bool {
	return (t.box == (geo.Box{}) || t.box.Contains(p)) && (t.area.Empty() || t.area.Contains(p))
}

// check tidies the plan and notes everything that is wrong with it by itself; drafts keep these rules too.
func (p *Plan) check(f *fault.Fields, c challenge.Challenge, where territory) error {
	p.Place, p.Description = lang.Clean(p.Place), lang.CleanLines(p.Description)
	switch n := utf8.RuneCountInString(p.Place); {
	case n == 0:
		f.Add("place", "cleanup.fault.place")
	case n > maxPlace:
		f.Add("place", "cleanup.fault.long", "Count", n, "Limit", maxPlace)
	case !strings.ContainsFunc(p.Place, unicode.IsLetter):
		f.Add("place", "cleanup.fault.place")
	}
	if n := utf8.RuneCountInString(p.Description); n > maxDescription {
		f.Add("description", "cleanup.fault.long", "Count", n, "Limit", maxDescription)
	}
	if p.Expected < 1 || p.Expected > maxExpected {
		f.Add("expected", "cleanup.fault.expected", "Most", maxExpected)
	}
	p.checkTimes(f, c)
	if p.Point == nil {
		return nil
	}
	if err := p.Point.Check(); err != nil {
		return f.AddError("point", err)
	}
	if !where.contains(*p.Point) {
		f.Add("point", "cleanup.fault.outside")
	}
	return nil
}

func (p *Plan) checkTimes(f *fault.Fields, c challenge.Challenge) {
	if p.StartsAt.IsZero() {
		f.Add("starts_at", "cleanup.fault.time")
	}
	if p.EndsAt.IsZero() {
		f.Add("ends_at", "cleanup.fault.time")
	}
	if p.StartsAt.IsZero() || p.EndsAt.IsZero() {
		return
	}
	switch length := p.EndsAt.Sub(p.StartsAt.Time); {
	case length <= 0:
		f.Add("ends_at", "cleanup.fault.endFirst")
	case length > c.Parameters.LongestCleanup():
		f.Add("ends_at", "cleanup.fault.tooLong", "Hours", c.Parameters.LongestCleanupHours)
	}
	period := []any{"From", vietnameseDate(c.Period.From), "Until", vietnameseDate(c.Period.LastDay())}
	if p.StartsAt.Before(c.Period.From.Time) || !p.StartsAt.Before(c.Period.Until.Time) {
		f.Add("starts_at", "cleanup.fault.period", period...)
	} else if p.EndsAt.After(c.Period.Until.Time) {
		f.Add("ends_at", "cleanup.fault.period", period...)
	}
}

// vietnameseDate writes a day in figures that both languages read.
func vietnameseDate(t clock.Time) string { return t.Local().Format("02/01/2006") }

// checkAhead notes when the clean-up begins too soon to be announced.
func (p *Plan) checkAhead(f *fault.Fields, c challenge.Challenge, now clock.Time) {
	if p.StartsAt.Before(now.Add(c.Parameters.AnnounceAhead()).Time) {
		f.Add("starts_at", "cleanup.fault.ahead", "Minutes", c.Parameters.AnnounceAheadMinutes)
	}
}

// clash returns the first of the entrant's other clean-ups that takes place at the same time.
func clash(c Cleanup, others []Cleanup) (Cleanup, bool) {
	i := slices.IndexFunc(others, func(o Cleanup) bool { return o.ID != c.ID && o.Overlaps(c) })
	if i < 0 {
		return Cleanup{}, false
	}
	return others[i], true
}

// plan returns what the organiser wrote.
func (c Cleanup) plan() Plan {
	return Plan{
		Unit: c.Unit, Place: c.Place, Description: c.Description, Point: c.Point, Expected: c.Expected,
		StartsAt: c.StartsAt, EndsAt: c.EndsAt,
	}
}

// with returns the clean-up with the plan written over its own.
func (c Cleanup) with(p Plan) Cleanup {
	c.Unit, c.Place, c.Description, c.Point, c.Expected = p.Unit, p.Place, p.Description, p.Point, p.Expected
	c.StartsAt, c.EndsAt = p.StartsAt, p.EndsAt
	return c
}
