package units_test

import (
	"context"
	"strings"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/progress"
)

// TestTheDeskCountsReports: those to take in on the desk of the unit above, those that came back, and those that
// are due, on the desk of whoever wrote them.
func TestTheDeskCountsReports(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, sent := w.Sent(t, w.ward)
		today := clock.DayOf(w.Clock.Now())
		r, err := w.progress.Draft(t.Context(), w.people[wardClerk], progress.DraftInput{
			Unit: w.ward.ID, About: progress.Subject{Letter: sent[0].LetterID}, Round: progress.Final, Period: progress.Period{From: today, To: today}, Due: today,
		})
		if err != nil {
			t.Fatal(err)
		}
		const toTakeIn, back, due = "Báo cáo cần tiếp nhận", "Báo cáo bị trả lại", "Báo cáo đến hạn, đã lập nháp"
		for _, c := range []struct {
			state            progress.State
			town, clerk, due bool
		}{{progress.Draft, false, false, true}, {progress.Submitted, true, false, false}, {progress.Returned, false, true, false}, {progress.Accepted, false, false, false}} {
			err := w.DB.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
				_, err := tx.Exec(ctx, `UPDATE progress_report SET state = $1 WHERE id = $2`, c.state, r.ID)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(w.get(townClerk, "/don-vi").Body, toTakeIn); got != c.town {
				t.Errorf("%s: the town is told %t, want %t", c.state, got, c.town)
			}
			if got := strings.Contains(w.get(wardClerk, "/don-vi").Body, back); got != c.clerk {
				t.Errorf("%s: the ward is told %t, want %t", c.state, got, c.clerk)
			}
			if got := strings.Contains(w.get(wardClerk, "/don-vi").Body, due); got != c.due {
				t.Errorf("%s: the ward is told that it is due %t, want %t", c.state, got, c.due)
			}
		}
	})
}
