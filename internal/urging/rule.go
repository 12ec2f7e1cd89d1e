package urging

import (
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/fault"
)

// Cause is why a unit is urged: what it owes.
type Cause string

// The causes, in the order in which a unit comes to them.
const (
	NotReceived   Cause = "receive"
	NotAssigned   Cause = "assign"
	NotStarted    Cause = "start"
	NotPublicised Cause = "publicise"
	NoEntrant     Cause = "entrant" // nobody of the unit's area has registered at half-time of the challenge
	MissedTurn    Cause = "turn"    // a recurring duty: a Sunday went by and nothing was noted
	TooFew        Cause = "quota"   // a duty asks for so many, its day is near or over, and there are fewer
	PartLate      Cause = "part"    // the part of a duty that one person of the unit was given
	DutyLate      Cause = "duty"    // a duty with a deadline of its own
	NotFinished   Cause = "finish"  // the deadline of the whole
	NotReported   Cause = "report"  // a report upward whose day is over; its number is that day
	ByHand        Cause = "hand"    // somebody urged with words of their own; no rule
	NotDelivered  Cause = "deliver" // it has not reached the unit, which can do nothing about it; no rule
	Objected      Cause = "refused" // it refused the letter or a change of it: the turn is the sender's; no rule
)

// Causes are those that rules are about.
var Causes = []Cause{
	NotReceived, NotAssigned, NotStarted, NotPublicised, NoEntrant, MissedTurn, TooFew, PartLate, DutyLate, NotFinished, NotReported,
}

// Inside tells whether the matter stays inside the unit: it is between a person and the leader, and no letter urges.
func (c Cause) Inside() bool { return c == PartLate }

// Ahead tells whether the reminder comes before the day, and the other steps count from that day.
func (c Cause) Ahead() bool { return c == TooFew }

// Step is how far urging about one matter has come.
type Step int

// The steps, in their order.
const (
	Hand     Step = 0 // by somebody's own decision, beside the others
	Remind   Step = 1 // those who handle the unit's letters, or whoever has the part
	Escalate Step = 2 // the unit's leader
	Draft    Step = 3 // a letter drafted for the unit's superior organ
)

// Rule says after how many working days each step is due: Within counts from what the cause says (arrival, half-time,
// the deadline; back from the deadline where the reminder comes ahead), the others from the step before. A step after 0 days
// is left out.
type Rule struct {
	Cause    Cause `json:"cause"`
	On       bool  `json:"on"`
	Within   int   `json:"within"`
	Leader   int   `json:"leader"`
	Superior int   `json:"superior"`
}

// Rules has one rule for each cause, in the order of Causes.
type Rules []Rule

// maxDays bounds every pause: more is a slip of the finger.
const maxDays = 60

// DefaultRules are those of a letter whose sender says nothing. Receipt and assignment on the next days is what the decree
// on documents asks for; the others are ours.
func DefaultRules() Rules {
	return Rules{
		{NotReceived, true, 1, 1, 2},
		{NotAssigned, true, 2, 1, 2},
		{NotStarted, true, 3, 2, 3},
		{NotPublicised, true, 5, 2, 3},
		{NoEntrant, true, 0, 3, 3},
		{MissedTurn, true, 0, 2, 3},
		{TooFew, true, 3, 1, 2},
		{PartLate, true, 0, 1, 0},
		{DutyLate, true, 0, 1, 2},
		{NotFinished, true, 0, 1, 2},
		{NotReported, true, 0, 1, 2},
	}
}

// Of returns the rule for a cause; one that is missing is off.
func (r Rules) Of(c Cause) Rule {
	for _, rule := range r {
		if rule.Cause == c {
			return rule
		}
	}
	return Rule{Cause: c}
}

// complete returns one rule for each cause in their order, the defaults where one is missing: a cause that a later version
// of the program knows is urged by letters whose rules are older.
func (r Rules) complete() Rules {
	all := DefaultRules()
	for i, rule := range all {
		if n := slices.IndexFunc(r, func(o Rule) bool { return o.Cause == rule.Cause }); n >= 0 {
			all[i] = r[n]
		}
	}
	return all
}

// patience is how long the rules let each step of the way take, also a step about which nobody is reminded.
func (r Rules) patience() cascade.Patience {
	p := cascade.Patience{cascade.StepDeliver: cascade.DefaultPatience()[cascade.StepDeliver]}
	for step, cause := range causeOf {
		if rule := r.Of(cause); slices.Contains(Causes, cause) {
			p[step] = rule.Within
		}
	}
	return p
}

// check notes pauses that are none.
func (r Rules) check() error {
	var bad fault.Fields
	for _, rule := range r {
		if !slices.Contains(Causes, rule.Cause) {
			bad.Add("rules", "urging.fault.cause")
			continue
		}
		for _, one := range []struct {
			name string
			days int
		}{{"within", rule.Within}, {"leader", rule.Leader}, {"superior", rule.Superior}} {
			if one.days < 0 || one.days > maxDays {
				bad.Add(string(rule.Cause)+"."+one.name, "urging.fault.days", "Limit", maxDays)
			}
		}
		if rule.Cause.Inside() && rule.Superior > 0 {
			bad.Add(string(rule.Cause)+".superior", "urging.fault.inside")
		}
	}
	return bad.Err()
}

// pause is how many working days lie between the step before and this one; false when the step is left out.
func (r Rule) pause(s Step) (int, bool) {
	switch s {
	case Remind:
		return r.Within, true
	case Escalate:
		return r.Leader, r.Leader > 0
	case Draft:
		return r.Superior, r.Superior > 0 && !r.Cause.Inside()
	case Hand:
	}
	return 0, false
}
