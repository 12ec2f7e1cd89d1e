package cascade

import (
	"time"

	"sachhon/internal/clock"
)

// Step is one thing a unit does with a letter, in the order in which time is counted.
type Step string

// The steps.
const (
	StepReceive   Step = "receive"
	StepAssign    Step = "assign"
	StepPublicise Step = "publicise"
	StepFinish    Step = "finish" // by the leader's deadline, or the sender's
)

// patience is how many working days a step may take before a unit counts as late. The decree on documents asks for
// receipt and presentation on the same or the next working day; the rest is ours.
var patience = map[Step]int{StepReceive: 1, StepAssign: 2, StepPublicise: 5}

// endOfWorkingDay returns the end of the n-th working day after t, in the zone of the challenge. Saturdays and Sundays are
// none; public holidays are not known here.
func endOfWorkingDay(t clock.Time, n int) clock.Time {
	day := clock.DayOf(t.Time)
	for n > 0 {
		day = day.Next()
		if w := day.Start().Local().Weekday(); w != time.Saturday && w != time.Sunday {
			n--
		}
	}
	return day.Next().Start()
}

// Late is a step that is overdue.
type Late struct {
	Step Step
	Due  clock.Time
}

// lateness returns the steps of a dispatch that are overdue; first is when its receiver first publicised.
func lateness(d Dispatch, first, now clock.Time) []Late {
	if !d.State.Open() {
		return nil
	}
	var late []Late
	add := func(step Step, due clock.Time) {
		if !due.IsZero() && now.After(due.Time) {
			late = append(late, Late{step, due})
		}
	}
	switch d.State {
	case Arrived:
		add(StepReceive, endOfWorkingDay(d.ArrivedAt, patience[StepReceive]))
	case Received:
		add(StepAssign, endOfWorkingDay(d.ReceivedAt, patience[StepAssign]))
	default:
	}
	if first.IsZero() && !d.ArrivedAt.IsZero() {
		add(StepPublicise, endOfWorkingDay(d.ArrivedAt, patience[StepPublicise]))
	}
	due := d.Deadline
	if due.IsZero() {
		due = d.DueAt
	}
	add(StepFinish, due)
	return late
}
