package progress_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/notify"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/testkit"
)

// What a schedule drafted on the day is told to the unit's people once, in the hours in which they may be written to, and counts on
// their desk until it is sent; what somebody drafts himself, or is not due, is no news.
func TestAScheduledDraftIsTold(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := townInJune(t, db, clk)
		ctx, u := t.Context(), w.Of(ward)
		p, err := w.People.Create(ctx, person.SystemActor, person.Details{Name: "Nguyễn Văn Thư", Email: "thu@example.vn", HomeUnit: u.ID})
		w.Must(err)
		_, err = w.People.Grant(ctx, person.SystemActor, person.GrantInput{PersonID: p.ID, Role: person.Clerk, UnitID: u.ID})
		w.Must(err)
		clerk := w.Actor(person.Clerk, u)
		w.Notify.Keep(func(_ context.Context, now clock.Time) (clock.Time, error) {
			if now.Local().Hour() < 7 {
				return clock.DayOf(now.Time).Start().Add(7 * time.Hour), nil
			}
			return now, nil
		})
		_, err = w.Progress.Plan(ctx, w.Actor(person.Clerk, w.Town), progress.Schedule{
			Letter: w.Letter.ID, Unit: w.Town.ID, First: june.From, Last: june.To, FinalDay: "2024-07-05",
		})
		w.Must(err)
		told := func() (mails []notify.Letter) {
			w.Must(w.Queue.Drain(ctx))
			for _, one := range w.Mail.To("thu@example.vn") {
				if strings.Contains(one.Subject, "đã lập dự thảo") {
					mails = append(mails, one)
				}
			}
			return mails
		}
		due := func(want int) {
			t.Helper()
			waiting, err := w.Progress.Waiting(ctx, clerk, u.ID)
			w.Must(err)
			if waiting.Due != want {
				t.Errorf("%d drafts are due, want %d", waiting.Due, want)
			}
		}
		_, err = w.Progress.Draft(ctx, clerk, progress.DraftInput{
			Unit: u.ID, About: about(w), Round: progress.OnDemand, Period: progress.Period{From: "2024-06-01", To: "2024-06-07"},
		})
		w.Must(err)
		if got := told(); len(got) != 0 {
			t.Errorf("told of a draft of their own: %+v", got)
		}
		due(0)

		clk.Set(time.Date(2024, time.July, 5, 1, 0, 0, 0, clock.Zone))
		w.Must(w.Progress.DraftDue(ctx))
		if got := told(); len(got) != 0 {
			t.Errorf("told at night: %+v", got)
		}
		due(1)
		for _, hour := range []int{8, 9} {
			clk.Set(time.Date(2024, time.July, 5, hour, 0, 0, 0, clock.Zone))
			w.Must(w.Progress.DraftDue(ctx))
			got := told()
			if len(got) != 1 {
				t.Fatalf("at %d told %+v", hour, got)
			}
			reports, err := w.Progress.Reports(ctx, clerk, u.ID, 1)
			w.Must(err)
			for _, text := range []string{"05/7/2024", "/bao-cao/" + string(reports[0].ID), w.Town.Organ(), u.Organ()} {
				if !strings.Contains(got[0].Subject+got[0].Text, text) {
					t.Errorf("the mail lacks %q:\n%s\n%s", text, got[0].Subject, got[0].Text)
				}
			}
		}
		reports, err := w.Progress.Reports(ctx, clerk, u.ID, 1)
		w.Must(err)
		w.Issue(reports[0])
		_, err = w.Progress.Send(ctx, w.Actor(person.Leader, u), reports[0].ID)
		w.Must(err)
		due(0)
	})
}
