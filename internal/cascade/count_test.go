package cascade_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"sachhon/internal/calendar"
	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// countedDuties are asked in the letter of Thursday, 6 June 2024.
var countedDuties = []string{
	"Báo cáo kết quả trong 05 ngày làm việc kể từ ngày nhận được công văn này.",
	"Lập danh sách chậm nhất sau 10 ngày kể từ ngày ký.",
	"Phát thanh.",
}

// lastDays are the last days of the duties of a dispatch, "" where there is none.
func lastDays(t *testing.T, d *cascadetest.Desk, id ident.ID) string {
	t.Helper()
	var days []string
	for _, duty := range must[cascade.Detail](t)(d.Cascade.Get(t.Context(), person.SystemActor, id)).Duties {
		day := ""
		if !duty.Deadline.IsZero() {
			day = string(clock.DayOf(duty.Deadline.Add(-1).Time))
		}
		days = append(days, day)
	}
	return strings.Join(days, " ")
}

// TestATimeIsCountedFromArrival: what counts from receipt has its day when the dispatch arrives, in working days without holidays,
// what counts from the letter's day at once; whoever passes the letter on gives no more time than it has.
func TestATimeIsCountedFromArrival(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		off := "day,kind,name,source\n2024-06-12,off,Ngày hội Mẫu,Thông báo mẫu\n"
		must[calendar.Result](t)(calendar.NewService(db, d.Log, d.IDs).Import(t.Context(), person.SystemActor, strings.NewReader(off)))
		clerk, ward, other := d.Actor(person.Clerk, d.Town), d.Unit(t, "19996"), d.Unit(t, "20005")
		l := d.Registered(t, lettertest.Text("", countedDuties...))
		send := func(in cascade.SendInput) cascade.Dispatch {
			t.Helper()
			return must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), clerk, in)).Dispatches[0]
		}
		clk.Set(clock.Date(2024, time.June, 6, 9, 0).Time)
		sent := send(cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{ward.ID}}})
		if got, want := lastDays(t, d, sent.ID), " 2024-06-17 "; got != want {
			t.Errorf("on its way: %q, want %q", got, want)
		}
		clk.Set(clock.Date(2024, time.June, 7, 16, 0).Time)
		d.Drain(t)
		if got, want := lastDays(t, d, sent.ID), "2024-06-17 2024-06-17 "; got != want { // 12 June is off
			t.Errorf("arrived: %q, want %q", got, want)
		}
		clk.Set(clock.Date(2024, time.June, 10, 8, 0).Time)
		later := send(cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{other.ID}}})
		d.Drain(t)
		if got, want := lastDays(t, d, later.ID), "2024-06-18 2024-06-17 "; got != want {
			t.Errorf("arrived at another: %q, want %q", got, want)
		}
		issuer := must[cascade.DutyTree](t)(d.Cascade.LetterDuty(t.Context(), clerk, l.ID, 2))
		if got := clock.DayOf(issuer.Duty.Deadline.Add(-1).Time); got != "2024-06-17" {
			t.Errorf("as its issuer sees it: %s", got)
		}

		// sent again, it is counted from the second arrival
		refused := must[cascade.Dispatch](t)(d.Cascade.Refuse(t.Context(), d.Actor(person.Clerk, other), later.ID, "Không thuộc địa bàn."))
		clk.Set(clock.Date(2024, time.June, 13, 8, 0).Time)
		again := must[cascade.Dispatch](t)(d.Cascade.SendAgain(t.Context(), clerk, cascade.AgainInput{Dispatch: refused.ID}))
		if got, want := lastDays(t, d, again.ID), " 2024-06-17 "; got != want {
			t.Errorf("again on its way: %q, want %q", got, want)
		}
		d.Drain(t)
		if got, want := lastDays(t, d, again.ID), "2024-06-20 2024-06-17 "; got != want {
			t.Errorf("again arrived: %q, want %q", got, want)
		}

		// a system outside tells only that it took the letter on
		outside := send(cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{d.Unit(t, "20008").ID}}})
		told := cascade.Told{State: cascade.Received, ReceivedAt: clock.Date(2024, time.June, 14, 8, 0)}
		if err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			return d.Cascade.Tell(ctx, tx, d.Tree, outside.ID, told)
		}); err != nil {
			t.Fatal(err)
		}
		if got, want := lastDays(t, d, outside.ID), "2024-06-21 2024-06-17 "; got != want {
			t.Errorf("told: %q, want %q", got, want)
		}
	})
}

// TestATimeOnPaperIsCounted: a letter that is entered has arrived; who gets it from there has no more time than the unit itself, with
// a letter of the unit's own the time that this one says.
func TestATimeOnPaperIsCounted(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		clerk, ward, other := d.Actor(person.Clerk, d.Town), d.Unit(t, "19996"), d.Unit(t, "20005")
		text := strings.Replace(lettertest.Text("1518", countedDuties...), "ỦY BAN NHÂN DÂN\nTHỊ XÃ HƯƠNG TRÀ", "ỦY BAN NHÂN DÂN\nTỈNH MẪU", 1)
		paper := must[letter.Letter](t)(d.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: d.Town.ID, Text: text}))
		clk.Set(clock.Date(2024, time.June, 10, 8, 0).Time)
		_, came, err := d.Cascade.Enter(t.Context(), clerk, paper.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := lastDays(t, d, came.ID), "2024-06-17 2024-06-17 "; got != want {
			t.Errorf("entered: %q, want %q", got, want)
		}
		clk.Set(clock.Date(2024, time.June, 12, 8, 0).Time)
		passed := must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), clerk, cascade.ForwardInput{
			Dispatch: came.ID, To: cascade.Recipients{Units: []ident.ID{ward.ID}},
		})).Dispatches[0]
		d.Drain(t)
		if got, want := lastDays(t, d, passed.ID), "2024-06-17 2024-06-17 "; got != want {
			t.Errorf("passed on: %q, want %q", got, want)
		}
		fixed := must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), clerk, cascade.ForwardInput{
			Dispatch: came.ID, To: cascade.Recipients{Units: []ident.ID{other.ID}},
			Parts: []cascade.DutyPart{{Duty: 1, Deadline: clock.Date(2024, time.June, 15, 0, 0)}},
		})).Dispatches[0]
		d.Drain(t)
		if got, want := lastDays(t, d, fixed.ID), "2024-06-14"; got != want {
			t.Errorf("passed on with a day: %q, want %q", got, want)
		}
		own := d.Registered(t, lettertest.Text("", "Báo cáo kết quả trong 02 ngày làm việc kể từ ngày nhận."))
		under := must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), clerk, cascade.ForwardInput{
			Dispatch: came.ID, To: cascade.Recipients{Units: []ident.ID{d.Unit(t, "20008").ID}}, Under: own.ID,
		})).Dispatches[0]
		d.Drain(t)
		if got, want := lastDays(t, d, under.ID), "2024-06-14"; got != want {
			t.Errorf("with a letter of its own: %q, want %q", got, want)
		}
	})
}
