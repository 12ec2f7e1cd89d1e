package cascade

import (
	"context"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// counted gives duties of a dispatch whose time is counted the day on which it ends: from the day of the letter that brings them,
// and from the day on which they reach the unit, once they have. The day that a duty names beside that, or that whoever passes it
// on has, stays the latest. The calendar is read in the transaction: asking for a second connection could make everybody wait.
func (s *Service) counted(ctx context.Context, tx *database.Tx, d Dispatch, reached clock.Time, duties []Duty) ([]Duty, error) {
	if !slices.ContainsFunc(duties, func(one Duty) bool { return one.Within != nil }) {
		return duties, nil
	}
	days, err := s.calendarIn(ctx, tx)
	if err != nil {
		return nil, err
	}
	paper, err := s.letters.Load(ctx, tx, d.PaperID())
	if err != nil {
		return nil, err
	}
	duties = slices.Clone(duties)
	for i, one := range duties {
		if one.Within == nil {
			continue
		}
		from := clock.Day(paper.Fields.Date.String())
		if one.Within.From == letter.FromReceipt {
			from = dayReached(reached)
		}
		if from == "" {
			continue
		}
		duties[i] = one.endingBy(one.Within.Last(days, from))
	}
	return duties, nil
}

// endingBy is a duty whose counted time has the last day, unless it ends before.
func (d Duty) endingBy(last clock.Day) Duty {
	d.Deadline = last.Next().Start()
	if !d.Latest.IsZero() && d.Latest.Before(d.Deadline.Time) {
		d.Deadline = d.Latest
	}
	return d
}

// fresh are duties as they are given, before anything was counted: their day is the latest.
func fresh(duties []Duty) []Duty {
	duties = slices.Clone(duties)
	for i, d := range duties {
		if d.Within != nil {
			duties[i].Latest = d.Deadline
		}
	}
	return duties
}

// uncounted are duties of a dispatch as its letter asks for them.
func uncounted(duties []Duty) []Duty {
	duties = slices.Clone(duties)
	for i, d := range duties {
		duties[i].Deadline, duties[i].Asked, duties[i].GivenAt = d.asked(), clock.Time{}, clock.Time{}
		if d.Within != nil {
			duties[i].Deadline = d.Latest
		}
	}
	return duties
}

// dayReached is the day of an arrival, "" for none yet.
func dayReached(t clock.Time) clock.Day {
	if t.IsZero() {
		return ""
	}
	return clock.DayOf(t.Time)
}

// reached counts the time of the duties of a dispatch from its arrival on.
func (s *Service) reached(ctx context.Context, tx *database.Tx, d Dispatch) error {
	before, err := loadDuties(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	at := d.ArrivedAt
	if at.IsZero() { // a system outside may tell only that it took the letter on
		at = d.ReceivedAt
	}
	after, err := s.counted(ctx, tx, d, at, before)
	if err != nil {
		return err
	}
	for i, duty := range after {
		if duty.Deadline == before[i].Deadline {
			continue
		}
		if err := updateDeadline(ctx, tx, duty); err != nil {
			return err
		}
		err := s.note(ctx, tx, person.SystemActor, d, person.ActionCascadeSend, "duty", d.ID,
			map[string]any{"number": duty.Number, "deadline": before[i].Deadline}, map[string]any{"number": duty.Number, "deadline": duty.Deadline})
		if err != nil {
			return err
		}
	}
	return nil
}
