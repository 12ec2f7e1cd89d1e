package cascade

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"sachhon/internal/calendar"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// ForwardInput is what a receiving unit decides.
type ForwardInput struct {
	Dispatch ident.ID
	To       Recipients
	Words    string
	DueAt    clock.Time
	Under    ident.ID   // the unit's own registered letter with which it goes, empty for a mere pass
	Parts    []DutyPart // what of the duties whom; all of them go to everybody when there is none

	Said []letter.Said // whom names in the unit's own letter mean; remembered for its next letters
}

// DutyPart is a duty of the dispatch that is passed on, or a part of it.
type DutyPart struct {
	Unit     ident.ID // for whom; for everybody when empty
	Duty     int      // the number in the dispatch that is passed on
	Text     string   // instead of the duty's, may be empty
	Deadline clock.Time
	Quota    int // 0 fixes no number
}

// Forward passes a received letter on: as it is to units that answer to the receiver, directly or over others, or with a letter
// of the receiver's own to those whom this one addresses on its day. A unit that has the letter from this one already gets the
// duties that it lacks; one that has it without the own letter gets that by itself.
func (s *Service) Forward(ctx context.Context, actor person.Actor, in ForwardInput) (SendResult, error) {
	to, err := s.prepareForward(ctx, actor, in)
	if err != nil {
		return SendResult{}, err
	}
	return s.dispatch(ctx, actor, to)
}

func (s *Service) prepareForward(ctx context.Context, actor person.Actor, in ForwardInput) (sending, error) {
	parent, err := load(ctx, s.db, in.Dispatch)
	if err != nil {
		return sending{}, err
	}
	if err := actor.Can(person.ActionCascadeSend, person.On{Unit: parent.ReceiverID}); err != nil {
		return sending{}, err
	}
	l, err := s.letters.Load(ctx, s.db, parent.LetterID)
	if err != nil {
		return sending{}, err
	}
	own, err := s.ownLetter(ctx, in.Under, parent)
	if err != nil {
		return sending{}, err
	}
	duties, err := loadDuties(ctx, s.db, parent.ID)
	if err != nil {
		return sending{}, err
	}
	passed, err := pass(duties, drafted(own, parent), in.Parts, clock.At(s.db.Clock().Now()))
	if err != nil {
		return sending{}, err
	}
	paper, said := own, in.Said
	if own.ID == "" { // what another unit's letter means is not for this one to say
		paper, said = l, nil
	}
	whom, err := s.letters.Whom(ctx, paper, said...)
	if err != nil {
		return sending{}, err
	}
	pattern := Dispatch{ParentID: parent.ID, SenderID: parent.ReceiverID, UnderID: in.Under, Words: in.Words, DueAt: in.DueAt}
	to, err := s.prepare(ctx, actor, l, whom, pattern, in.To)
	if err != nil {
		return sending{}, err
	}
	if len(own.Fields.Duties) == 0 || len(in.Parts) > 0 { // whom the duties are for says the letter that brought them
		if whom, err = s.wordsOn(ctx, parent, paper.Fields.Date); err != nil {
			return sending{}, err
		}
		to.passing = parent.ReceiverID
	}
	to.duties, to.allot = passed, allotment(whom, passed)
	to.own, to.drafted, to.parts = own, drafted(own, parent), len(in.Parts) > 0
	return to, nil
}

// wordsOn returns whom the names in the letter of a dispatch mean among the units of a day.
func (s *Service) wordsOn(ctx context.Context, d Dispatch, day letter.Date) (letter.Whom, error) {
	l, err := s.letters.Load(ctx, s.db, d.PaperID())
	if err != nil {
		return letter.Whom{}, err
	}
	l.Fields.Date = day
	return s.letters.Whom(ctx, l)
}

// ahead is how many working days before its own deadline a unit asks those below to be done, so that it can put together
// what they did.
const ahead = 2

// DueBelow proposes by when those below should be done with a dispatch that is passed on: some working days before the unit
// itself has to be, or then when there is no time for that.
func (s *Service) DueBelow(ctx context.Context, d Dispatch) (clock.Time, error) {
	due := d.FinishBy()
	if due.IsZero() {
		return due, nil
	}
	days, err := s.calendar(ctx)
	if err != nil {
		return clock.Time{}, err
	}
	return dueBelow(days, due, clock.At(s.db.Clock().Now())), nil
}

// Earlier returns DueBelow for days, for letters that ask those below by a day.
func (s *Service) Earlier(ctx context.Context) (func(clock.Day) clock.Day, error) {
	days, err := s.calendar(ctx)
	if err != nil {
		return nil, err
	}
	now := clock.At(s.db.Clock().Now())
	return func(day clock.Day) clock.Day {
		return clock.DayOf(dueBelow(days, day.Next().Start().Add(-1), now).Time)
	}, nil
}

func dueBelow(days *calendar.Calendar, due, now clock.Time) clock.Time {
	day := clock.DayOf(due.Time)
	earlier := days.AddWorkingDays(day, -ahead).Start().Add(due.Sub(day.Start().Time))
	if earlier.Before(days.End(now, 1).Time) {
		return due
	}
	return earlier
}

// ownLetter loads the letter with which a unit passes another one on: one that it registered itself.
func (s *Service) ownLetter(ctx context.Context, id ident.ID, parent Dispatch) (letter.Letter, error) {
	if id == "" {
		return letter.Letter{}, nil
	}
	own, err := s.letters.Load(ctx, s.db, id)
	if err != nil {
		return letter.Letter{}, err
	}
	if own.IssuerID != parent.ReceiverID || own.State != letter.Registered || id == parent.LetterID {
		return letter.Letter{}, fault.Invalid.With("cascade.fault.under").At("under")
	}
	return own, nil
}

// drafted are the duties of a unit's own letter; only one that carries out what the dispatch brought knows by number which of
// its duties it passes on.
func drafted(own letter.Letter, parent Dispatch) []letter.Duty {
	duties := slices.Clone(own.Fields.Duties)
	if own.AnswersID != parent.LetterID && own.AnswersID != parent.PaperID() {
		for i := range duties {
			duties[i].From = 0
		}
	}
	return duties
}

// pass chooses what of the duties of a dispatch goes on: the parts that were named, else the duties of the unit's own letter,
// else all of them. A part without a number asks for no share of a quota; what is done counts above all the same.
func pass(duties []Duty, own []letter.Duty, parts []DutyPart, now clock.Time) ([]given, error) {
	var out []given
	var bad fault.Fields
	for i, part := range parts {
		n := slices.IndexFunc(duties, func(d Duty) bool { return d.Number == part.Duty })
		if n < 0 {
			return nil, fault.NotFound.With("cascade.fault.duty")
		}
		checkPart(&bad, fmt.Sprintf("units.%d", i), part.Text, part.Deadline, part.Quota, now)
		d := passed(duties[n])
		d.Text = cmp.Or(lang.CleanLines(part.Text), wordsOf(own, d.From), d.Text)
		if !part.Deadline.IsZero() {
			d.Deadline, d.Within = part.Deadline, nil
		}
		if part.Quota > 0 {
			d.Quota = &letter.Quota{Count: part.Quota}
			if above := duties[n].Quota; above != nil {
				d.Quota.Of, d.Quota.AtLeast = above.Of, above.AtLeast
			}
		}
		out = append(out, given{d, part.Unit, true})
	}
	if len(parts) > 0 {
		return out, bad.Err()
	}
	for i, one := range own {
		d := dutyOf("", one)
		d.Number = i + 1
		switch {
		case slices.ContainsFunc(duties, func(o Duty) bool { return o.Number == one.From }):
			d.From = one.From // as it was drafted, whatever became of its words
		case slices.ContainsFunc(own, func(o letter.Duty) bool { return o.From > 0 }): // drafted, and this one was added
		default:
			if n := slices.IndexFunc(duties, func(o Duty) bool { return sameWords(o.Text, one.Text) }); n >= 0 {
				d.From = duties[n].Number
			} else if len(own) == len(duties) {
				d.From = duties[i].Number // the same list in other words
			}
		}
		out = append(out, given{duty: d})
	}
	if len(own) > 0 {
		return out, nil
	}
	for _, d := range duties {
		out = append(out, given{duty: passed(d)})
	}
	return out, nil
}

// wordsOf is how the unit's own letter says a duty that it passes on, "" when it says nothing of it.
func wordsOf(own []letter.Duty, from int) string {
	for _, d := range own {
		if d.From == from {
			return d.Text
		}
	}
	return ""
}

// sameWords compares what was read as lines with what was written as one block.
func sameWords(a, b string) bool {
	return slices.Equal(strings.Fields(lang.Fold(a)), strings.Fields(lang.Fold(b)))
}

// passed is a duty as the next tier has it.
func passed(d Duty) Duty {
	return Duty{
		Number: d.Number, From: d.Number, Text: d.Text, Channels: d.Channels, For: d.For, Force: d.Force, Deadline: d.Deadline,
		Within: d.Within, Every: d.Every, Proof: d.Proof,
	}
}

// passable tells whether a dispatch may be forwarded: the unit has taken the letter on and it was not recalled.
func passable(ctx context.Context, tx *database.Tx, parent ident.ID) error {
	if parent == "" {
		return nil
	}
	d, err := lock(ctx, tx, parent)
	if err != nil {
		return err
	}
	return d.takenOn()
}

// checkPassed keeps what was passed on from promising more than is asked for.
func (s *Service) checkPassed(ctx context.Context, tx *database.Tx, parent ident.ID, passed []given) error {
	if parent == "" {
		return nil
	}
	duties, err := loadDuties(ctx, tx, parent)
	if err != nil {
		return err
	}
	for _, d := range duties {
		if !slices.ContainsFunc(passed, func(g given) bool { return g.part && g.duty.From == d.Number && g.duty.Quota != nil }) {
			continue
		}
		if err := s.checkShares(ctx, tx, d); err != nil {
			return err
		}
	}
	return nil
}
