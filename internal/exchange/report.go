package exchange

import (
	"slices"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/edxml"
)

// Report is what one receiver told once.
type Report struct {
	Status edxml.Status `db:"status"`
	At     clock.Time   `db:"at"`
	Words  string       `db:"words"`
}

// rank is the order in which the statuses outdo each other, whatever the order in which they come: a letter that was sent
// back after it had been received is sent back, one that was completed is completed. 15 and 16 answer a change and say
// nothing about the work; codes that are unknown here neither.
var rank = []edxml.Status{
	edxml.StatusArrived, edxml.StatusReceived, edxml.StatusAssigned, edxml.StatusInProgress, edxml.StatusRefused,
	edxml.StatusCompleted, edxml.StatusRecalled,
}

var states = map[edxml.Status]cascade.State{
	edxml.StatusArrived: cascade.Arrived, edxml.StatusReceived: cascade.Received, edxml.StatusAssigned: cascade.Assigned,
	edxml.StatusInProgress: cascade.InProgress, edxml.StatusRefused: cascade.Refused, edxml.StatusCompleted: cascade.Completed,
	edxml.StatusRecalled: cascade.Recalled,
}

// Sum adds up all reports about one dispatch. It depends on which reports there are and not on their order or how often
// each came: the highest in rank decides, and every step bears the earliest time at which it must have been taken.
func Sum(reports []Report) cascade.Told {
	told := cascade.Told{State: cascade.Sent}
	best := -1
	for _, r := range reports {
		at := slices.Index(rank, r.Status)
		if at < 0 {
			continue
		}
		step := func(t *clock.Time, from edxml.Status) {
			reached := r.Status != edxml.StatusRefused && r.Status != edxml.StatusRecalled || from == edxml.StatusArrived
			if reached && at >= slices.Index(rank, from) && (t.IsZero() || r.At.Before(t.Time)) {
				*t = r.At
			}
		}
		step(&told.ArrivedAt, edxml.StatusArrived)
		step(&told.ReceivedAt, edxml.StatusReceived)
		step(&told.AssignedAt, edxml.StatusAssigned)
		step(&told.StartedAt, edxml.StatusInProgress)
		ends := r.Status == edxml.StatusRefused || r.Status == edxml.StatusCompleted || r.Status == edxml.StatusRecalled
		switch {
		case at < best:
			continue
		case at > best:
			best, told.State, told.EndedAt, told.Outcome = at, states[r.Status], clock.Time{}, ""
			if ends {
				told.EndedAt, told.Outcome = r.At, r.Words
			}
		case ends && (r.At.Before(told.EndedAt.Time) || r.At == told.EndedAt && strings.Compare(r.Words, told.Outcome) < 0):
			told.EndedAt, told.Outcome = r.At, r.Words
		}
	}
	return told
}
