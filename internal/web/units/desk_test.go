package units_test

import (
	"context"
	"strings"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
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

// TestWhatWaitsForTheSignatureLiesOnTheDesk: a letter that was submitted is the first that its leader sees, and once it is signed
// the clerk sees that it waits for its number.
func TestWhatWaitsForTheSignatureLiesOnTheDesk(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		clerk, leader := w.people[wardClerk], w.people[wardLeader]
		var ids []ident.ID
		for _, subject := range []string{"Lịch thu gom rác cồng kềnh", "Họp tổ dân phố"} {
			doc := lettertest.Document("Họp dân.")
			doc.Subject = subject
			l, err := w.Letters.Compose(t.Context(), clerk, letter.ComposeInput{ID: w.IDs.New(), Issuer: w.ward.ID, Document: doc})
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, l.ID)
		}
		first := func(who, waits string) {
			t.Helper()
			desk := w.get(who, "/don-vi").Body
			subject, other := strings.Index(desk, "Lịch thu gom rác cồng kềnh"), strings.Index(desk, "Họp tổ dân phố")
			if subject < 0 || other < 0 || (subject < other) != (waits != "") {
				t.Errorf("%s: %q first: at %d, the other draft at %d", who, waits, subject, other)
			}
			if way := `href="/don-vi/soan-thao/` + string(ids[0]) + `"`; strings.Contains(desk, way) != (waits != "") {
				t.Errorf("%s: %q: the desk leads to the letter's next step %t", who, waits, waits == "")
			}
			for _, state := range []string{"Chờ ký", "Đã ký, chờ lấy số"} { // the number and the row
				if n, want := strings.Count(desk, state), map[bool]int{true: 2}[state == waits]; n != want {
					t.Errorf("%s: %q stands there %d times, want %d", who, state, n, want)
				}
			}
			if list := w.get(who, "/don-vi/cong-van?don-vi="+string(w.ward.ID)+"&xem=cho-ky").Body; strings.Contains(list, "Lịch thu gom") != (waits == "Chờ ký") {
				t.Errorf("%s: the list of what waits for the signature is wrong when %q", who, waits)
			}
		}
		first(wardLeader, "")
		if _, err := w.Letters.Submit(t.Context(), clerk, ids[0], ""); err != nil {
			t.Fatal(err)
		}
		first(wardLeader, "Chờ ký")
		if _, err := w.Letters.Sign(t.Context(), leader, ids[0], letter.SignInput{}); err != nil {
			t.Fatal(err)
		}
		first(wardClerk, "Đã ký, chờ lấy số")
	})
}
