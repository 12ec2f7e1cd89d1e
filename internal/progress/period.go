package progress

import (
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
)

// Period is the days that a report covers, both included. What a report tells has one of two times: what was done counts when it
// was done on one of these days; how things stand is told for the last moment of the last day.
type Period struct {
	From clock.Day `json:"from"`
	To   clock.Day `json:"to"`
}

// check asks for two days in order, no longer apart than anybody reports on.
func (p Period) check() error {
	var bad fault.Fields
	if p.From.Start().IsZero() {
		bad.Add("from", "progress.fault.day")
	}
	if p.To.Start().IsZero() {
		bad.Add("to", "progress.fault.day")
	}
	if bad.Err() == nil && p.To < p.From {
		bad.Add("to", "progress.fault.periodReversed")
	}
	if bad.Err() == nil && p.From.Plus(maxDays) < p.To {
		bad.Add("to", "progress.fault.periodLong", "Limit", maxDays)
	}
	return bad.Err()
}

// maxDays is the longest period of a report.
const maxDays = 400

// end is the last moment of the period.
func (p Period) end() clock.Time { return p.To.Next().Start().Add(-time.Microsecond) }

// last is the last moment of the period, or now while it goes on.
func (p Period) last(now clock.Time) clock.Time {
	if p.end().Before(now.Time) {
		return p.end()
	}
	return now
}
