package progress_test

import (
	"testing"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
)

// TestWhatNobodyPlannedIsReceivedToo: two wards report of themselves, on different days; their figures stand side by side and are
// added up. A plan whose day has not come does not hide them, one whose day has come goes first.
func TestWhatNobodyPlannedIsReceivedToo(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		ctx := t.Context()
		w := townInJune(t, db, clk)
		town := w.Actor(person.Clerk, w.Town)
		report := func(u unit.Unit, until clock.Day) progress.Report {
			t.Helper()
			next, err := w.Progress.Suggest(ctx, w.Actor(person.Clerk, u), u.ID, about(w))
			w.Must(err)
			if next.Round != progress.OnDemand {
				t.Fatalf("suggested: %+v", next)
			}
			r, err := w.Progress.Draft(ctx, w.Actor(person.Clerk, u), progress.DraftInput{
				ID: w.IDs.New(), Unit: u.ID, About: about(w), Round: next.Round, Period: progress.Period{From: next.From, To: min(next.To, until)},
			})
			w.Must(err)
			w.Issue(r)
			r, err = w.Progress.Send(ctx, w.Actor(person.Leader, u), r.ID)
			w.Must(err)
			return r
		}
		reception := func(wanted progress.DueRound, round progress.Round, received int) progress.Reception {
			t.Helper()
			rec, err := w.Progress.Reception(ctx, town, w.Town.ID, w.Letter.ID, wanted)
			w.Must(err)
			if rec.Round != round || rec.Received != received {
				t.Errorf("%d reports in %+v, want %d in %s; there are %+v", rec.Received, rec.DueRound, received, round, rec.Rounds)
			}
			return rec
		}
		reception(progress.DueRound{}, progress.Final, 0)
		one := report(w.Of(ward), "2024-06-27")
		two := report(w.Of(other), "2024-06-29")
		if one.To == two.To || one.From != two.From {
			t.Fatalf("one of %+v, one of %+v", one.Period, two.Period)
		}

		rec := reception(progress.DueRound{}, progress.OnDemand, 2)
		if want := one.Figures.Total.Plus(two.Figures.Total); rec.Reported.Channels.Total() != want.Channels.Total() || want.Channels.Total().Times == 0 {
			t.Errorf("the sum is %+v, want %+v", rec.Reported.Channels.Total(), want.Channels.Total())
		}
		if want := (progress.Period{From: one.From, To: two.To}); rec.Period != want {
			t.Errorf("of %+v, want %+v", rec.Period, want)
		}
		for _, round := range rec.Rounds { // each can be chosen by what its address says
			if got := reception(round, round.Round, map[progress.Round]int{progress.OnDemand: 2}[round.Round]); got.DueRound != round {
				t.Errorf("wanted %+v, got %+v", round, got.DueRound)
			}
		}

		today := clock.DayOf(clk.Now())
		plan := progress.Schedule{Letter: w.Letter.ID, Unit: w.Town.ID, First: one.From, Last: today.Plus(5), FinalDay: today.Plus(10)}
		_, err := w.Progress.Plan(ctx, town, plan)
		w.Must(err)
		reception(progress.DueRound{}, progress.OnDemand, 2)
		clk.Advance(20 * 24 * time.Hour)
		reception(progress.DueRound{}, progress.Final, 0)
	})
}
