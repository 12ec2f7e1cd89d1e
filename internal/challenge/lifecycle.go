package challenge

import (
	"sachhon/internal/clock"
	"sachhon/internal/lifecycle"
)

// State is how far a challenge has come.
type State string

// The states, in order.
const (
	Draft            State = "draft"
	Announced        State = "announced"
	RegistrationOpen State = "registration_open"
	Running          State = "running"
	ReportingClosed  State = "reporting_closed"
	Judging          State = "judging"
	Published        State = "published" // results are frozen
	Archived         State = "archived"
)

// Event is what moves a challenge on.
type Event string

// The events. The board causes announce, judge, publish and archive; dates cause the others.
const (
	Announce         Event = "announce"
	OpenRegistration Event = "open_registration"
	Start            Event = "start"
	CloseReporting   Event = "close_reporting"
	Judge            Event = "judge"
	Publish          Event = "publish"
	Archive          Event = "archive"
)

// Lifecycle is the life of a challenge.
var Lifecycle = lifecycle.Machine[State, Event]{Start: Draft, Steps: []lifecycle.Step[State, Event]{
	{From: Draft, Event: Announce, To: Announced},
	{From: Announced, Event: OpenRegistration, To: RegistrationOpen},
	{From: RegistrationOpen, Event: Start, To: Running},
	{From: Running, Event: CloseReporting, To: ReportingClosed},
	{From: ReportingClosed, Event: Judge, To: Judging},
	{From: Judging, Event: Publish, To: Published},
	{From: Published, Event: Archive, To: Archived},
}}

// byClock are the events that happen when a date of the challenge has come.
var byClock = []struct {
	event Event
	date  func(Challenge) clock.Time
}{
	{OpenRegistration, func(c Challenge) clock.Time { return c.Registration.From }},
	{Start, func(c Challenge) clock.Time { return c.Period.From }},
	{CloseReporting, func(c Challenge) clock.Time { return c.ReportingUntil }},
}

// ByClock tells whether the event is caused by a date and by nobody.
func ByClock(e Event) bool {
	for _, step := range byClock {
		if step.event == e {
			return true
		}
	}
	return false
}
