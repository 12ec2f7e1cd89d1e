package progress

import (
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/lifecycle"
)

// State is where a report stands.
type State string

// The states.
const (
	Draft     State = "draft"     // its document is written, signed and numbered as a letter
	Submitted State = "submitted" // sent up; its figures no longer change
	Accepted  State = "accepted"
	Returned  State = "returned" // sent back; another one takes its place
)

// Event moves a report on.
type Event string

// The events.
const (
	Submit Event = "submit"
	Accept Event = "accept"
	Return Event = "return"
)

// Lifecycle is the life cycle of a report.
var Lifecycle = lifecycle.Machine[State, Event]{
	Start: Draft,
	Steps: []lifecycle.Step[State, Event]{
		{From: Draft, Event: Submit, To: Submitted},
		{From: Submitted, Event: Accept, To: Accepted},
		{From: Submitted, Event: Return, To: Returned},
	},
}

// Round says which report of a unit it is: one of a week, the last one, or one that somebody wanted.
type Round string

// The rounds.
const (
	Weekly   Round = "weekly"
	Final    Round = "final"
	OnDemand Round = "on_demand"
)

// Report is one report of a unit. Its identifier is that of the letter that is its document.
type Report struct {
	ID    ident.ID
	Unit  ident.ID
	Above ident.ID // the unit it is sent up to
	Subject
	Round Round
	Period
	Due   clock.Day // none for one on demand
	State State

	Figures   Figures         // what the document was written from, frozen with it when it was sent
	Generated letter.Document // as it was written, before people changed it
	Edited    []string        // the tables that people had changed when it was sent, by caption

	Reason      string // why it was sent back, or words with the acceptance
	CreatedBy   ident.ID
	CreatedAt   clock.Time
	SubmittedBy ident.ID
	SubmittedAt clock.Time
	DecidedBy   ident.ID
	DecidedAt   clock.Time
	Version     int64
	UpdatedAt   clock.Time
}

// Late tells whether the report came after its day, or has not come and the day is over.
func (r Report) Late(today clock.Day) bool {
	if r.Due == "" {
		return false
	}
	if r.SubmittedAt.IsZero() {
		return today > r.Due
	}
	return clock.DayOf(r.SubmittedAt.Time) > r.Due
}
