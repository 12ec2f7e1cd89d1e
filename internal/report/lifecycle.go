package report

import "sachhon/internal/lifecycle"

// State is where a report stands.
type State string

// The states. Dismissed is the end of an appeal that failed.
const (
	Draft       State = "draft"
	Submitted   State = "submitted"
	SentBack    State = "sent_back"
	Resubmitted State = "resubmitted"
	Valid       State = "valid"
	Invalid     State = "invalid"
	Appealed    State = "appealed"
	Dismissed   State = "dismissed"
)

// Event is what happens to a report.
type Event string

// The events. Submit, Resubmit and Appeal are the entrant's, the others a reviewer's. Adjust changes no state.
const (
	Submit   Event = "submit"
	SendBack Event = "send_back"
	Resubmit Event = "resubmit"
	Accept   Event = "accept"
	Reject   Event = "reject"
	Appeal   Event = "appeal"
	Grant    Event = "grant"
	Dismiss  Event = "dismiss"
	Adjust   Event = "adjust"
)

// Lifecycle is the life of a report. Sending back what is already with the entrant gives it a new deadline, and
// rejecting it is how the board ends a report that was never mended.
var Lifecycle = lifecycle.Machine[State, Event]{Start: Draft, Steps: []lifecycle.Step[State, Event]{
	{From: Draft, Event: Submit, To: Submitted},
	{From: Submitted, Event: SendBack, To: SentBack},
	{From: SentBack, Event: Resubmit, To: Resubmitted},
	{From: Resubmitted, Event: SendBack, To: SentBack},
	{From: SentBack, Event: SendBack, To: SentBack},
	{From: Submitted, Event: Accept, To: Valid},
	{From: Resubmitted, Event: Accept, To: Valid},
	{From: Submitted, Event: Reject, To: Invalid},
	{From: Resubmitted, Event: Reject, To: Invalid},
	{From: SentBack, Event: Reject, To: Invalid},
	{From: Submitted, Event: Adjust, To: Submitted},
	{From: Resubmitted, Event: Adjust, To: Resubmitted},
	{From: Appealed, Event: Adjust, To: Appealed},
	{From: Valid, Event: Adjust, To: Valid},
	{From: Invalid, Event: Appeal, To: Appealed},
	{From: Appealed, Event: Grant, To: Valid},
	{From: Appealed, Event: Dismiss, To: Dismissed},
}}

// Editable tells whether the entrant may change figures and photos.
func (s State) Editable() bool { return s == Draft || s == SentBack }

// Awaiting tells whether the board is to decide.
func (s State) Awaiting() bool { return s == Submitted || s == Resubmitted || s == Appealed }
