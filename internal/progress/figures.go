package progress

import (
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
	"sachhon/internal/waste"
)

// Subject is what a report is about: a letter with what it asks, the challenge behind it, or a challenge alone.
type Subject struct {
	Letter    ident.ID `json:"letter,omitempty"`
	Challenge ident.ID `json:"challenge,omitempty"`
}

// Publicity is what was made public over one channel.
type Publicity struct {
	Records int64 `json:"records"`
	Times   int64 `json:"times"`  // played, posted, held; a record that does not say counts once
	People  int64 `json:"people"` // reached or present, as the units counted
}

func (p Publicity) plus(o Publicity) Publicity {
	return Publicity{p.Records + o.Records, p.Times + o.Times, p.People + o.People}
}

// ActivityFigures are what was done without the system, of one kind. They count in reports, never in the challenge.
type ActivityFigures struct {
	Records int64 `json:"records"`
	People  int64 `json:"people"`
	Grams   int64 `json:"grams,omitempty"` // as estimated
}

func (o ActivityFigures) plus(p ActivityFigures) ActivityFigures {
	return ActivityFigures{o.Records + p.Records, o.People + p.People, o.Grams + p.Grams}
}

// Channels holds publicity by channel, in the order of letter.Channels.
type Channels [channelCount]Publicity

const channelCount = 8

// Of returns what was done over one channel.
func (c Channels) Of(channel letter.Channel) Publicity {
	if i := slices.Index(letter.Channels(), channel); i >= 0 {
		return c[i]
	}
	return Publicity{}
}

// Total sums all channels.
func (c Channels) Total() Publicity {
	var sum Publicity
	for _, p := range c {
		sum = sum.plus(p)
	}
	return sum
}

// Activities holds what was done outside by kind, in the order of Kinds.
type Activities [kindCount]ActivityFigures

// Of returns what was done of one kind.
func (a Activities) Of(k Kind) ActivityFigures {
	if i := slices.Index(Kinds(), k); i >= 0 {
		return a[i]
	}
	return ActivityFigures{}
}

// Total sums all kinds.
func (a Activities) Total() ActivityFigures {
	var sum ActivityFigures
	for _, o := range a {
		sum = sum.plus(o)
	}
	return sum
}

// Counts are the figures of one unit, or of several together.
type Counts struct {
	Units      int64         `json:"units"`      // that were sent the letter
	Received   int64         `json:"received"`   // of these
	Completed  int64         `json:"completed"`  // of these
	Publicised int64         `json:"publicised"` // units that made something public, also outside the system
	Late       int64         `json:"late"`
	Absent     int64         `json:"absent"`             // units that were sent the letter and did nothing
	Followed   int64         `json:"followed,omitempty"` // of the units those outside, of which only the status is known
	Duties     int64         `json:"duties"`
	DutiesDone int64         `json:"duties_done"`
	Channels   Channels      `json:"channels"`
	Collective int64         `json:"collective"` // entrants
	Individual int64         `json:"individual"`
	Cleanups   int64         `json:"cleanups"` // announced
	Valid      int64         `json:"valid"`    // whose report was found valid
	People     int64         `json:"people"`   // who took part, of the valid ones
	Waste      waste.Weights `json:"waste_grams"`
	Activities Activities    `json:"outside"`
}

// Plus returns the sum.
func (c Counts) Plus(o Counts) Counts {
	c.Units += o.Units
	c.Received += o.Received
	c.Completed += o.Completed
	c.Publicised += o.Publicised
	c.Late += o.Late
	c.Absent += o.Absent
	c.Followed += o.Followed
	c.Duties += o.Duties
	c.DutiesDone += o.DutiesDone
	for i := range c.Channels {
		c.Channels[i] = c.Channels[i].plus(o.Channels[i])
	}
	c.Collective += o.Collective
	c.Individual += o.Individual
	c.Cleanups += o.Cleanups
	c.Valid += o.Valid
	c.People += o.People
	c.Waste = c.Waste.Plus(o.Waste)
	for i := range c.Activities {
		c.Activities[i] = c.Activities[i].plus(o.Activities[i])
	}
	return c
}

// Recording is how many of the units record here what they do.
func (c Counts) Recording() int64 { return max(c.Units-c.Followed, c.Publicised) }

// Entrants is how many registered.
func (c Counts) Entrants() int64 { return c.Collective + c.Individual }

// Meetings is how many meetings dealt with it, in the system and outside, and how many people were present.
func (c Counts) Meetings() (held, present int64) {
	in, out := c.Channels.Of(letter.Meeting), c.Activities.Of(MeetingHeld)
	return in.Times + out.Records, in.People + out.People
}

// idle tells whether a unit did nothing that stands in the figures.
func (c Counts) idle() bool {
	return c.DutiesDone == 0 && c.Completed == 0 && c.Channels.Total().Records == 0 && c.Entrants() == 0 && c.Cleanups == 0 &&
		c.Activities.Total().Records == 0
}

// Line is one unit in the figures of a unit above it.
type Line struct {
	Unit     ident.ID       `json:"unit"`
	Code     string         `json:"code"`
	Name     string         `json:"name"`
	Kind     unit.Kind      `json:"kind"`
	Depth    int            `json:"depth"` // 1 for those directly below
	Dispatch ident.ID       `json:"dispatch,omitempty"`
	State    cascade.State  `json:"state,omitempty"` // of the dispatch
	Late     []cascade.Step `json:"late,omitempty"`
	Absent   bool           `json:"absent,omitempty"`
	Followed bool           `json:"outside,omitempty"` // it is outside: only its status is known
	Own      Counts         `json:"own"`
	Total    Counts         `json:"total"` // with all that stand below it
}

// Figures are what a unit and those below it did about a subject in a period, and how they stood at its end. Counted are things
// done, in the period: publicity, entrants, clean-ups, activities outside, and who publicised. All else is as it stood at the end:
// states and duties, who is late and who had done nothing.
type Figures struct {
	Unit ident.ID `json:"unit"`
	Name string   `json:"name"`
	Subject
	Period
	End   clock.Time `json:"end"`   // for which it is told how things stand: the last moment of the period, or while it goes on that of the counting
	AsOf  clock.Time `json:"as_of"` // when it was counted
	Own   Counts     `json:"own"`
	Total Counts     `json:"total"`
	Lines []Line     `json:"lines"` // everybody below, each unit before those below it
	// Duties are what the letter asks, with how many of the units asked have done each.
	Duties []DutyLine `json:"duties,omitempty"`
}

// DutyLine is one thing the letter asks and how far it is done.
type DutyLine struct {
	Number int    `json:"number"`
	Text   string `json:"text"`
	Asked  int64  `json:"asked"`
	Done   int64  `json:"done"`
	// Of a duty that asks for a number: how many were counted, of how many of what. Of one that recurs: how many of the times so
	// far it was done. Sums over the units that were sent the letter; what they passed on is in theirs.
	Counted int64  `json:"counted,omitempty"`
	Quota   int64  `json:"quota,omitempty"`
	Of      string `json:"of,omitempty"`
	Met     int64  `json:"met,omitempty"`
	Turns   int64  `json:"turns,omitempty"`
}

// StandsAt is when things stood as the figures say. Those of reports from before it was told apart stood so when they were counted.
func (f Figures) StandsAt() clock.Time {
	if f.End.IsZero() {
		return f.AsOf
	}
	return f.End
}

// Over tells whether the period was over, so that things stand as they did at the end of its last day.
func (f Figures) Over() bool { return !f.End.IsZero() && f.End == f.Period.end() }

// Direct returns the lines of the units directly below.
func (f Figures) Direct() []Line {
	return f.filter(func(l Line) bool { return l.Depth == 1 })
}

// AbsentLines returns the units that did nothing.
func (f Figures) AbsentLines() []Line { return f.filter(func(l Line) bool { return l.Absent }) }

// LateLines returns the units that are overdue with something but did something.
func (f Figures) LateLines() []Line {
	return f.filter(func(l Line) bool { return !l.Absent && len(l.Late) > 0 })
}

// RefusedLines returns the units that sent the letter back.
func (f Figures) RefusedLines() []Line {
	return f.filter(func(l Line) bool { return l.State == cascade.Refused })
}

func (f Figures) filter(keep func(Line) bool) []Line {
	var lines []Line
	for _, l := range f.Lines {
		if keep(l) {
			lines = append(lines, l)
		}
	}
	return lines
}
