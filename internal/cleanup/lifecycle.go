package cleanup

import (
	"sachhon/internal/clock"
	"sachhon/internal/lifecycle"
)

// State is how far a clean-up has come.
type State string

// The states. UnderWay and Ended are never stored: they are what an announced clean-up is at its hours.
const (
	Draft     State = "draft"
	Announced State = "announced"
	UnderWay  State = "under_way"
	Ended     State = "ended"
	Reported  State = "reported"
	Cancelled State = "cancelled"
)

// States lists the states in the order in which people are shown them.
var States = []State{Draft, Announced, UnderWay, Ended, Reported, Cancelled}

// Event is what happens to a clean-up.
type Event string

// The events; begin and end are the clock's.
const (
	Announce Event = "announce"
	Begin    Event = "begin"
	End      Event = "end"
	Report   Event = "report"
	Cancel   Event = "cancel"
)

// Lifecycle is the life of a clean-up.
var Lifecycle = lifecycle.Machine[State, Event]{Start: Draft, Steps: []lifecycle.Step[State, Event]{
	{From: Draft, Event: Announce, To: Announced},
	{From: Announced, Event: Begin, To: UnderWay},
	{From: UnderWay, Event: End, To: Ended},
	{From: Ended, Event: Report, To: Reported},
	{From: Draft, Event: Cancel, To: Cancelled},
	{From: Announced, Event: Cancel, To: Cancelled},
	{From: UnderWay, Event: Cancel, To: Cancelled},
	{From: Ended, Event: Cancel, To: Cancelled},
}}

// StateAt returns the state at the given time.
func (c Cleanup) StateAt(now clock.Time) State {
	switch {
	case c.State != Announced || now.Before(c.StartsAt.Time):
		return c.State
	case now.Before(c.EndsAt.Time):
		return UnderWay
	}
	return Ended
}

// stored returns the state that the table holds for a state.
func (s State) stored() State {
	if s == UnderWay || s == Ended {
		return Announced
	}
	return s
}
