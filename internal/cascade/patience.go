package cascade

import (
	"slices"

	"sachhon/internal/calendar"
	"sachhon/internal/clock"
)

// Step is one thing a unit does with a letter, in the order in which time is counted.
type Step string

// The steps.
const (
	StepDeliver   Step = "deliver" // by the system, or a partner: the receiver can do nothing about it
	StepReceive   Step = "receive"
	StepAssign    Step = "assign"
	StepPublicise Step = "publicise"
	StepFinish    Step = "finish" // by the leader's deadline, or the sender's
)

// patience is how many working days a step may take before a unit counts as late. The decree on documents asks for
// receipt and presentation on the same or the next working day; the rest is ours.
var patience = map[Step]int{StepDeliver: 1, StepReceive: 1, StepAssign: 2, StepPublicise: 5}

// Patience returns how many working days a step may take, 0 for one that has a deadline of its own.
func Patience(step Step) int { return patience[step] }

// Late is a step that is overdue.
type Late struct {
	Step Step
	Due  clock.Time
}

// Publicising is whether the receiver of a dispatch was asked to make something public, and when it first did.
type Publicising struct {
	Asked bool
	First clock.Time
}

// publicising tells it by the duties of a dispatch: who was given other parts only has nothing to make public.
func publicising(duties []Duty, first clock.Time) Publicising {
	return Publicising{slices.ContainsFunc(duties, func(d Duty) bool { return len(d.Channels) > 0 }), first}
}

// Dues returns the steps of a dispatch that are still to be done and have a limit, with when that ends.
func Dues(days *calendar.Calendar, d Dispatch, p Publicising) []Late {
	return duesBy(d, p, days.End)
}

func duesBy(d Dispatch, p Publicising, end func(clock.Time, int) clock.Time) []Late {
	if !d.State.Open() {
		return nil
	}
	var dues []Late
	switch d.State {
	case Sent:
		dues = append(dues, Late{StepDeliver, end(d.SentAt, patience[StepDeliver])})
	case Arrived:
		dues = append(dues, Late{StepReceive, end(d.ArrivedAt, patience[StepReceive])})
	case Received:
		dues = append(dues, Late{StepAssign, end(d.ReceivedAt, patience[StepAssign])})
	default:
	}
	if p.Asked && p.First.IsZero() && !d.ArrivedAt.IsZero() {
		dues = append(dues, Late{StepPublicise, end(d.ArrivedAt, patience[StepPublicise])})
	}
	due := d.Deadline
	if due.IsZero() {
		due = d.DueAt
	}
	if !due.IsZero() {
		dues = append(dues, Late{StepFinish, due})
	}
	return dues
}

// Lateness returns the steps of a dispatch that are overdue.
func Lateness(days *calendar.Calendar, d Dispatch, p Publicising, now clock.Time) []Late {
	return overdue(Dues(days, d, p), now)
}

func overdue(dues []Late, now clock.Time) []Late {
	var late []Late
	for _, due := range dues {
		if now.After(due.Due.Time) {
			late = append(late, due)
		}
	}
	return late
}
