package cascade

import "sachhon/internal/lifecycle"

// State is where a dispatch stands.
type State string

// The states.
const (
	Sent       State = "sent"
	Arrived    State = "arrived" // delivered; nobody has looked yet
	Received   State = "received"
	Refused    State = "refused"
	Assigned   State = "assigned"
	InProgress State = "in_progress"
	Completed  State = "completed"
	Recalled   State = "recalled"
	Replaced   State = "replaced" // by another letter, with a dispatch of its own
)

// Code is the status in the exchange of documents between offices (QCVN 102:2016, edXML), "" before there is one.
func (s State) Code() string {
	switch s {
	case Arrived:
		return "01"
	case Refused:
		return "02"
	case Received:
		return "03"
	case Assigned:
		return "04"
	case InProgress:
		return "05"
	case Completed:
		return "06"
	case Recalled, Replaced: // what is replaced is taken back too
		return "13"
	case Sent:
	}
	return ""
}

// Open tells whether the receiver still has something to do.
func (s State) Open() bool { return s != Refused && s != Completed && s != Recalled && s != Replaced }

// Event moves a dispatch on.
type Event string

// The events.
const (
	Deliver  Event = "deliver"
	Receive  Event = "receive"
	Refuse   Event = "refuse"
	Present  Event = "present"
	Assign   Event = "assign"
	Start    Event = "start"
	Complete Event = "complete"
	Recall   Event = "recall"
	Replace  Event = "replace"
	Reopen   Event = "reopen"
)

// Lifecycle is the life cycle of a dispatch. Presenting to the leader is recorded but changes no state: an instruction
// may also come without it. Assigning again changes the instruction. A word of completion is taken back when a duty is open again.
var Lifecycle = lifecycle.Machine[State, Event]{
	Start: Sent,
	Steps: []lifecycle.Step[State, Event]{
		{From: Sent, Event: Deliver, To: Arrived},
		{From: Arrived, Event: Receive, To: Received},
		{From: Arrived, Event: Refuse, To: Refused},
		{From: Received, Event: Present, To: Received},
		{From: Received, Event: Assign, To: Assigned},
		{From: Assigned, Event: Assign, To: Assigned},
		{From: Assigned, Event: Start, To: InProgress},
		{From: InProgress, Event: Assign, To: InProgress},
		{From: InProgress, Event: Complete, To: Completed},
		{From: Completed, Event: Reopen, To: InProgress},
		{From: Sent, Event: Recall, To: Recalled},
		{From: Arrived, Event: Recall, To: Recalled},
		{From: Received, Event: Recall, To: Recalled},
		{From: Assigned, Event: Recall, To: Recalled},
		{From: InProgress, Event: Recall, To: Recalled},
		{From: Sent, Event: Replace, To: Replaced},
		{From: Arrived, Event: Replace, To: Replaced},
		{From: Received, Event: Replace, To: Replaced},
		{From: Assigned, Event: Replace, To: Replaced},
		{From: InProgress, Event: Replace, To: Replaced},
	},
}
