package progress_test

import (
	"testing"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/testkit"
)

// TestTwoRoundsOfOneDueDayAreTwo: the report of the Monday of Tết 2026 is due on the next Monday, which has a report of its own.
func TestTwoRoundsOfOneDueDayAreTwo(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		ctx := t.Context()
		w := townInJune(t, db, clk)
		clk.Set(time.Date(2026, time.February, 24, 8, 0, 0, 0, clock.Zone))
		u := w.Of(ward)
		clerk, town := w.Actor(person.Clerk, u), w.Actor(person.Clerk, w.Town)
		_, err := w.Progress.Plan(ctx, town, progress.Schedule{Letter: w.Letter.ID, Unit: w.Town.ID, First: "2026-02-02", Last: "2026-02-22", Weekday: 1})
		w.Must(err)
		const due = clock.Day("2026-02-23")
		before := progress.DueRound{Round: progress.Weekly, Period: progress.Period{From: "2026-02-09", To: "2026-02-15"}, Due: due}
		after := progress.DueRound{Round: progress.Weekly, Period: progress.Period{From: "2026-02-16", To: "2026-02-22"}, Due: due}
		r, err := w.Progress.Draft(ctx, clerk, progress.DraftInput{
			ID: w.IDs.New(), Unit: u.ID, About: about(w), Round: before.Round, Period: before.Period, Due: before.Due,
		})
		w.Must(err)
		w.Issue(r)
		_, err = w.Progress.Send(ctx, w.Actor(person.Leader, u), r.ID)
		w.Must(err)
		owed, err := w.Progress.Expected(ctx, clerk, u.ID)
		w.Must(err)
		met := map[progress.DueRound]bool{}
		for _, e := range owed {
			met[e.DueRound] = e.Met()
		}
		sent, there := met[before]
		next, too := met[after]
		if !there || !too || !sent || next {
			t.Errorf("what is owed: %+v", met)
		}
		for round, want := range map[progress.DueRound]int{before: 1, after: 0} {
			rec, err := w.Progress.Reception(ctx, town, w.Town.ID, w.Letter.ID, round)
			w.Must(err)
			if rec.DueRound != round || rec.Received != want {
				t.Errorf("%+v: %d received in %+v, want %d", round, rec.Received, rec.DueRound, want)
			}
		}
	})
}
