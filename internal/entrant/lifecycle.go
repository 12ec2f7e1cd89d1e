package entrant

import "sachhon/internal/lifecycle"

// State is where an entrant stands.
type State string

// The states.
const (
	Submitted    State = "submitted"
	Approved     State = "approved"
	Refused      State = "refused"
	Withdrawn    State = "withdrawn"
	Disqualified State = "disqualified"
)

// States lists the states in the order in which people are shown them.
var States = Lifecycle.States()

// Event is what happens to an entrant.
type Event string

// The events. Withdrawing is the representative's, the others are the board's.
const (
	Approve    Event = "approve"
	Refuse     Event = "refuse"
	Withdraw   Event = "withdraw"
	Disqualify Event = "disqualify"
)

// Lifecycle is the life of an entrant.
var Lifecycle = lifecycle.Machine[State, Event]{Start: Submitted, Steps: []lifecycle.Step[State, Event]{
	{From: Submitted, Event: Approve, To: Approved},
	{From: Submitted, Event: Refuse, To: Refused},
	{From: Submitted, Event: Withdraw, To: Withdrawn},
	{From: Approved, Event: Withdraw, To: Withdrawn},
	{From: Approved, Event: Disqualify, To: Disqualified},
}}

// NeedsReason tells whether the event must be explained to the entrant.
func (e Event) NeedsReason() bool { return e == Refuse || e == Disqualify }

// Takes tells whether an entrant in the state takes part, or may yet: it stands in the way of registering again.
func (s State) Takes() bool { return s == Submitted || s == Approved }
