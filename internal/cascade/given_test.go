package cascade_test

import (
	"slices"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// A unit that was done and is given a duty whose day is over has the working day after, for that one and for the letter, and is late
// then, also with what it asks to make public. The same given again changes nothing; a day that its giver names stands; what recurs is asked from then on.
func TestADutyGivenAfterItsDayHasADay(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		superior, below := superiorWithSubordinates(t, d)
		town, clerk, low := d.Actor(person.Clerk, d.Town), d.Actor(person.Clerk, superior), d.Actor(person.Clerk, below)
		day := func(month time.Month, day, hour int) { clk.Set(clock.Date(2024, month, day, hour, 0).Time) }
		day(time.June, 7, 9)
		l := d.Registered(t, lettertest.Text("", "Vẽ tranh.", "Treo băng rôn trước ngày 20/6/2024.", "Ra quân vào sáng Chủ nhật hàng tuần.", "Gửi danh sách trước ngày 20/6/2024."))
		sent := must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), town, cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{superior.ID}}})).Dispatches[0]
		d.Drain(t)
		must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), clerk, sent.ID))
		give := func(duty int, by, all clock.Time) cascade.SendResult {
			t.Helper()
			defer d.Drain(t)
			return must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), clerk, cascade.ForwardInput{
				Dispatch: sent.ID, To: cascade.Recipients{Units: []ident.ID{below.ID}}, DueAt: all,
				Parts: []cascade.DutyPart{{Unit: below.ID, Duty: duty, Deadline: by}},
			}))
		}
		whole := clock.Date(2024, time.June, 19, 17, 0)
		id := give(1, clock.Time{}, whole).Dispatches[0].ID
		day(time.June, 10, 9)
		done(t, d, low, id, 1)

		day(time.June, 28, 10) // a Friday
		until := clock.Date(2024, time.July, 2, 0, 0)
		give(2, clock.Time{}, clock.Time{})
		page := func() cascade.Detail { return must[cascade.Detail](t)(d.Cascade.Get(t.Context(), low, id)) }
		late := func() (steps []cascade.Step) {
			t.Helper()
			got := page().Late
			board := must[cascade.Board](t)(d.Cascade.Board(t.Context(), clerk, l.ID, superior.ID)).Rows[0].Late
			if len(got) != len(board) {
				t.Errorf("on the page late with %v, on the board with %v", got, board)
			}
			for _, one := range got {
				steps = append(steps, one.Step)
			}
			return steps
		}
		got := page()
		if got.State != cascade.InProgress || got.FinishBy() != until || !got.Graced() || got.DueAt != whole {
			t.Errorf("to be done by %v, state %s", got.FinishBy(), got.State)
		}
		if one := got.Duties[1]; one.Deadline != until || one.GivenAt != clock.At(clk.Now()) || one.Asked != clock.Date(2024, time.June, 20, 0, 0) && one.Asked != clock.Date(2024, time.June, 21, 0, 0) {
			t.Errorf("the duty %+v", one)
		}
		if steps := late(); len(steps) != 0 {
			t.Errorf("late at once with %v", steps)
		}
		give(2, clock.Time{}, clock.Time{})
		if again := page(); len(again.Duties) != 2 || again.Duties[1].Deadline != until {
			t.Errorf("given again: %+v", again.Duties)
		}
		day(time.July, 1, 23)
		if steps := late(); len(steps) != 0 {
			t.Errorf("on the working day after: late with %v", steps)
		}
		day(time.July, 2, 9)
		if steps := late(); !slices.Equal(steps, []cascade.Step{cascade.StepPublicise, cascade.StepDuty, cascade.StepFinish}) {
			t.Errorf("the day after that: late with %v", steps)
		}

		// one that is at work is given others: its other days stay as they are
		give(3, clock.Time{}, clock.Time{})
		give(4, clock.Date(2024, time.July, 5, 17, 0), clock.Time{})
		got = page()
		if steps := late(); !slices.Equal(steps, []cascade.Step{cascade.StepPublicise, cascade.StepDuty, cascade.StepFinish}) {
			t.Errorf("given more at work: late with %v", steps)
		}
		if one := got.Duties[2]; one.Every == nil || len(one.Progress.Due) != 0 {
			t.Errorf("Sundays before it was given are asked: %+v", one.Progress.Due)
		}
		if one := got.Duties[3]; one.Deadline != clock.Date(2024, time.July, 5, 17, 0) || !one.Asked.IsZero() {
			t.Errorf("with a day of its own: %+v", one)
		}

		// before it was given more, it had been late with nothing else than it was then
		for at, state := range map[clock.Time]cascade.State{clock.Date(2024, time.June, 27, 9, 0): cascade.Completed, clock.Date(2024, time.June, 29, 9, 0): cascade.InProgress} {
			for _, one := range must[[]cascade.Stood](t)(d.Cascade.StoodAt(t.Context(), db, l.ID, at)) {
				if one.ID == id && (one.State != state || one.Graced() != (state == cascade.InProgress) || len(one.Late) != 0) {
					t.Errorf("at %v: %s, late with %v, by %v", at, one.State, one.Late, one.FinishBy())
				}
			}
		}
	})
}
