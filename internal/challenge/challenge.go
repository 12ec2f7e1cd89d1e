package challenge

import (
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
)

// Span is a stretch of time that includes its beginning and not its end: a contest "until 29 June" ends as 30 June
// begins.
type Span struct {
	From  clock.Time `json:"from"`
	Until clock.Time `json:"until"`
}

// Days returns the span of whole days from the first to the last, both included, in the challenge's zone.
func Days(first, last time.Time) Span {
	y, m, d := first.In(clock.Zone).Date()
	from := clock.Date(y, m, d, 0, 0)
	y, m, d = last.In(clock.Zone).Date()
	return Span{From: from, Until: clock.Date(y, m, d+1, 0, 0)}
}

// Contains tells whether t lies in the span.
func (s Span) Contains(t clock.Time) bool { return !t.Before(s.From.Time) && t.Before(s.Until.Time) }

// LastDay returns an instant on the last day, for people, who say "until 29 June".
func (s Span) LastDay() clock.Time {
	if s.Until.IsZero() {
		return clock.Time{}
	}
	return s.Until.Add(-time.Microsecond)
}

// Zone names the zone in which every date of a challenge is meant.
const Zone = "Asia/Ho_Chi_Minh"

// Challenge is one edition: the contest that a plan founds.
type Challenge struct {
	ID      ident.ID
	Slug    string // in addresses: the-gioi-sach-hon-2024
	Title   string
	Summary string

	Organiser ident.ID // the unit whose board runs it
	Area      ident.ID // the unit in whose territory it takes place
	Box       geo.Box  // points of clean-ups lie inside; the zero box leaves them free

	Period         Span       // clean-ups begin and end inside
	Registration   Span       // entrants register inside
	ReportingUntil clock.Time // no report is accepted from here on
	Zone           string

	State      State // as stored; ask StateAt, which does not depend on a job having run
	Divisions  Divisions
	Parameters Parameters

	Rules  int // the number of the newest version of the rules, 0 when there is none
	Scheme int // the number of the newest version of the scoring scheme, 0 when there is none

	SeedCommitment string // SHA-256 of the seed that breaks the last ties, published before reporting closes
	Seed           string // the seed itself, empty until the results are published
	Synthetic      bool   // every page says that the entries are made up

	AnnouncedAt clock.Time
	JudgingAt   clock.Time
	PublishedAt clock.Time
	ArchivedAt  clock.Time
	CreatedAt   clock.Time
	UpdatedAt   clock.Time
	Version     int64 // grows with each change of the details; an update names the version it saw
}

// StateAt returns the state at the given time: the stored one, moved on by every date that has passed.
func (c Challenge) StateAt(now clock.Time) State {
	state := c.State
	for {
		next, moved := c.due(state, now)
		if !moved {
			return state
		}
		state = next
	}
}

// due makes one step that the dates ask for.
func (c Challenge) due(state State, now clock.Time) (State, bool) {
	for _, step := range byClock {
		at := step.date(c)
		if at.IsZero() || now.Before(at.Time) {
			continue
		}
		if next, err := Lifecycle.Next(state, step.event); err == nil {
			return next, true
		}
	}
	return state, false
}

// Public tells whether everybody may see the challenge.
func (c Challenge) Public() bool { return c.State != Draft }

// AcceptsRegistrations tells whether an entrant may register now.
func (c Challenge) AcceptsRegistrations(now clock.Time) bool {
	state := c.StateAt(now)
	return (state == RegistrationOpen || state == Running) && c.Registration.Contains(now)
}

// AcceptsReports tells whether reports may still be sent now.
func (c Challenge) AcceptsReports(now clock.Time) bool { return c.StateAt(now) == Running }

// ReportDue returns when the report of a clean-up that ended at the given time is due: so many hours after its end,
// but never later than the day reporting closes for all.
func (c Challenge) ReportDue(ended clock.Time) clock.Time {
	due := ended.Add(c.Parameters.ReportWithin())
	if !c.ReportingUntil.IsZero() && c.ReportingUntil.Before(due.Time) {
		return c.ReportingUntil
	}
	return due
}

// Milestone is a date of the challenge for its timeline.
type Milestone struct {
	Kind string // a key of the family challenge.milestone.
	At   clock.Time
	Last bool // At is the end of a last day: people are shown the day
}

// Timeline returns the dates that are known, in the order in which they are told.
func (c Challenge) Timeline() []Milestone {
	all := []Milestone{
		{Kind: "announced", At: c.AnnouncedAt},
		{Kind: "registration", At: c.Registration.From},
		{Kind: "period", At: c.Period.From},
		{Kind: "registration_ends", At: c.Registration.LastDay(), Last: true},
		{Kind: "period_ends", At: c.Period.LastDay(), Last: true},
		{Kind: "reporting_ends", At: lastBefore(c.ReportingUntil), Last: true},
		{Kind: "published", At: c.PublishedAt},
	}
	var known []Milestone
	for _, m := range all {
		if !m.At.IsZero() {
			known = append(known, m)
		}
	}
	return known
}

func lastBefore(t clock.Time) clock.Time { return Span{Until: t}.LastDay() }

// RulesVersion is one numbered text of the rules. Entrants accept a number; the text behind it never changes.
type RulesVersion struct {
	Challenge ident.ID   `db:"challenge_id"`
	Number    int        `db:"number"`
	Text      string     `db:"text"` // Markdown
	Since     clock.Time `db:"since"`
	CreatedBy ident.ID   `db:"created_by"`
	CreatedAt clock.Time `db:"created_at"`
}

// Scheme is one version of the scoring scheme: a JSON document that only scoring understands.
type Scheme struct {
	Challenge ident.ID   `db:"challenge_id"`
	Number    int        `db:"number"`
	Document  string     `db:"document"`
	Since     clock.Time `db:"since"`
	CreatedBy ident.ID   `db:"created_by"`
	CreatedAt clock.Time `db:"created_at"`
}
