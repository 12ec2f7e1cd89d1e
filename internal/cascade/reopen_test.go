package cascade_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/ident"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// done takes a dispatch to its end, with all duties done but those that are named.
func done(t *testing.T, d *cascadetest.Desk, clerk person.Actor, id ident.ID, duties ...int) cascade.Dispatch {
	t.Helper()
	of := must[cascade.Dispatch](t)
	got := of(d.Cascade.Receive(t.Context(), clerk, id))
	got = of(d.Cascade.Assign(t.Context(), clerk, id, got.Version, cascade.Instruction{Lead: "Trần Thị Mẫu"}))
	of(d.Cascade.Start(t.Context(), clerk, got.ID))
	for _, n := range duties {
		must[cascade.Duty](t)(d.Cascade.FinishDuty(t.Context(), clerk, id, n, true, ""))
	}
	d.Clock.Advance(time.Hour)
	return of(d.Cascade.Complete(t.Context(), clerk, id, "Đã xong cả xã"))
}

// TestAPartThatIsOpenAgainReopensTheLetter: whoever still has something to do is reminded of it.
func TestAPartThatIsOpenAgainReopensTheLetter(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		ward := d.Unit(t, "20017")
		clerk := d.Actor(person.Clerk, ward)
		_, sent := d.Sent(t, ward)
		id, part := sent[0].ID, d.IDs.New()
		got := must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), clerk, id))
		must[cascade.Dispatch](t)(d.Cascade.Assign(t.Context(), clerk, id, got.Version, cascade.Instruction{Lead: "Văn phòng"}))
		must[cascade.SendResult](t)(d.Cascade.Split(t.Context(), clerk, cascade.SplitInput{
			Dispatch: id, Duty: 1, People: []cascade.PersonPart{{ID: part, Name: "Nguyễn Văn Mẫu"}},
		}))
		must[cascade.Part](t)(d.Cascade.FinishPart(t.Context(), clerk, part, true, ""))
		must[cascade.Dispatch](t)(d.Cascade.Complete(t.Context(), clerk, id, "Đã xong"))
		clk.Advance(time.Hour)
		must[cascade.Part](t)(d.Cascade.FinishPart(t.Context(), clerk, part, false, "Loa hỏng"))
		if got := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, id)); got.State != cascade.InProgress || len(got.Reopened) != 1 {
			t.Errorf("%s, %+v", got.State, got.Reopened)
		}
	})
}

// A unit that marks a duty as not done is not done with the letter either: the board says so, and what it had said is kept.
func TestADutyThatIsOpenAgainReopensTheLetter(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		ward := d.Unit(t, "20017")
		town, clerk := d.Actor(person.Clerk, d.Town), d.Actor(person.Clerk, ward)
		l, sent := d.Sent(t, ward)
		id := sent[0].ID
		first := done(t, d, clerk, id, 1)
		clk.Advance(time.Hour)
		between := clock.At(clk.Now())
		clk.Advance(time.Hour)

		must[cascade.Duty](t)(d.Cascade.FinishDuty(t.Context(), clerk, id, 2, false, "Chưa làm"))
		if got := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, id)); got.State != cascade.Completed || len(got.Reopened) != 0 {
			t.Errorf("a duty that was open before: %s, %+v", got.State, got.Reopened)
		}
		head := d.Log.Head()
		must[cascade.Duty](t)(d.Cascade.FinishDuty(t.Context(), clerk, id, 1, false, "Loa hỏng"))
		got := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, id))
		if got.State != cascade.InProgress || !got.EndedAt.IsZero() || got.Outcome != "" || got.StartedAt.IsZero() || d.Log.Head() != head+2 {
			t.Errorf("open again: %+v, %d audit entries", got.Dispatch, d.Log.Head()-head)
		}
		want := []cascade.Reopening{{DispatchID: id, CompletedAt: first.EndedAt, Outcome: "Đã xong cả xã", At: clock.At(clk.Now()), By: clerk.ID, Duty: 1}}
		for i := range got.Reopened {
			got.Reopened[i].ID = ""
		}
		if diff := cmp.Diff(want, got.Reopened); diff != "" {
			t.Errorf("its trail (-want +got)\n%s", diff)
		}
		board := must[cascade.Board](t)(d.Cascade.Board(t.Context(), town, l.ID, d.Town.ID))
		if board.Rows[0].State != cascade.InProgress || board.Rows[0].DutiesDone != 0 {
			t.Errorf("on the board: %s, %d done", board.Rows[0].State, board.Rows[0].DutiesDone)
		}
		for at, state := range map[clock.Time]cascade.State{between: cascade.Completed, clock.At(clk.Now()): cascade.InProgress} {
			stood := must[[]cascade.Stood](t)(d.Cascade.StoodAt(t.Context(), db, l.ID, at))
			if stood[0].State != state || (state == cascade.Completed) != (stood[0].Outcome == "Đã xong cả xã" && stood[0].EndedAt == first.EndedAt) {
				t.Errorf("as it stood at %v: %+v", at, stood[0].Dispatch)
			}
		}
		clk.Advance(time.Hour)
		if again := must[cascade.Dispatch](t)(d.Cascade.Complete(t.Context(), clerk, id, "Đã sửa loa")); again.State != cascade.Completed || again.Outcome != "Đã sửa loa" {
			t.Errorf("done again: %+v", again)
		}
	})
}

// The word of completion is taken back with a reason, by whoever may give it.
func TestTheWordOfCompletionIsTakenBack(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		ward := d.Unit(t, "20017")
		town, clerk := d.Actor(person.Clerk, d.Town), d.Actor(person.Clerk, ward)
		_, sent := d.Sent(t, ward)
		id := sent[0].ID
		_, err := d.Cascade.Reopen(t.Context(), clerk, id, "Nhầm")
		faulttest.Is(t, err, fault.Conflict, "cascade.fault.state")
		done(t, d, clerk, id, 1, 2)
		_, err = d.Cascade.Reopen(t.Context(), clerk, id, " ")
		if diff := cmp.Diff(map[string]string{"reason": "cascade.fault.reasonMissing"}, faulttest.Keys(err)); diff != "" {
			t.Error(diff)
		}
		_, err = d.Cascade.Reopen(t.Context(), town, id, "Chưa xong")
		faulttest.Is(t, err, fault.Forbidden, "cascade.fault.senderActs")
		back := must[cascade.Dispatch](t)(d.Cascade.Reopen(t.Context(), clerk, id, "Bấm nhầm"))
		if back.State != cascade.InProgress || back.State.Code() != "05" {
			t.Errorf("taken back: %+v", back)
		}
		if again := must[cascade.Dispatch](t)(d.Cascade.Reopen(t.Context(), clerk, id, "Bấm nhầm")); again.Version != back.Version {
			t.Error("taking it back twice changed something")
		}
		got := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, id))
		if len(got.Reopened) != 1 || got.Reopened[0].Reason != "Bấm nhầm" || !got.Duties[0].Done() {
			t.Errorf("its trail: %+v", got.Reopened)
		}
	})
}

// A unit that is given another duty of a letter that it was done with is told, and is at work again.
func TestAnotherDutyReopensTheLetter(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		superior, below := superiorWithSubordinates(t, d)
		clerk, low := d.Actor(person.Clerk, superior), d.Clerk(t, "chidoan@example.vn", below)
		l := d.Registered(t, lettertest.Text("", "Thông báo trên loa.", "Vẽ tranh."))
		sent := must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), d.Actor(person.Clerk, d.Town), cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{superior.ID}}})).Dispatches
		d.Drain(t)
		must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), clerk, sent[0].ID))
		split := func(duty int) cascade.SendResult {
			return must[cascade.SendResult](t)(d.Cascade.Split(t.Context(), clerk, cascade.SplitInput{Dispatch: sent[0].ID, Duty: duty, Units: []cascade.UnitPart{{Unit: below.ID}}}))
		}
		child := split(1).Dispatches[0]
		d.Drain(t)
		done(t, d, low, child.ID, 1)
		split(1) // what it has done already
		if got := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), low, child.ID)); got.State != cascade.Completed {
			t.Errorf("given what it has: %s", got.State)
		}
		for range 2 {
			split(2)
		}
		d.Drain(t)
		got := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), low, child.ID))
		if got.State != cascade.InProgress || len(got.Duties) != 2 || len(got.Reopened) != 1 || !got.Reopened[0].Given || got.Reopened[0].Duty != 2 {
			t.Errorf("given another: %s, %+v", got.State, got.Reopened)
		}
		mails := d.Post.To("chidoan@example.vn")
		if len(mails) != 2 || !strings.Contains(mails[1].Subject, "Thêm nhiệm vụ") || !strings.Contains(mails[1].Text, "Vẽ tranh") {
			t.Errorf("mails: %+v", mails)
		}
	})
}
