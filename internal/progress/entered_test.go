package progress_test

import (
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/testkit"
)

// Of a letter on paper the unit that typed it in has duties of its own; its report goes to its superior organ, since nobody
// here sent the letter.
func TestALetterOnPaperIsReported(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := townInJune(t, db, clk)
		commune, clerk := w.Of(ward), w.Actor(person.Clerk, w.Of(ward))
		l, err := w.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: commune.ID, Text: lettertest.Text("77", "Họp dân.", "Treo băng rôn.")})
		w.Must(err)
		_, came, err := w.Cascade.Enter(t.Context(), clerk, l.ID)
		w.Must(err)
		_, err = w.Cascade.FinishDuty(t.Context(), clerk, came.ID, 2, true, "")
		w.Must(err)
		days := progress.Period{From: june.From, To: clock.DayOf(clk.Now())}
		f, err := w.Progress.Figures(t.Context(), clerk, commune.ID, progress.Subject{Letter: l.ID}, days)
		w.Must(err)
		if len(f.Duties) != 2 || f.Duties[0].Asked != 1 || f.Duties[0].Done != 0 || f.Duties[1].Done != 1 || f.Own.DutiesDone != 1 || f.Own.Duties != 2 {
			t.Errorf("duties %+v, own %+v", f.Duties, f.Own)
		}
		r, err := w.Progress.Draft(t.Context(), clerk, progress.DraftInput{
			Unit: commune.ID, About: progress.Subject{Letter: l.ID}, Round: progress.OnDemand, Period: days,
		})
		w.Must(err)
		if r.Above != w.Town.ID {
			t.Errorf("the report goes to %s, want the town", r.Above)
		}
	})
}
