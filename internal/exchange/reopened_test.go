package exchange_test

import (
	"slices"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/exchange"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// TestALetterThatIsOpenAgainIsToldOutside: its sender gets 05 once more with the reason, and who opened it sees whether it did.
func TestALetterThatIsOpenAgainIsToldOutside(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		ctx := t.Context()
		w := newWorld(t, db, clk)
		in := incoming("77", "000.08.00.H57")
		w.accept(t, edxml.Message{Letter: &in})
		w.Drain(t)
		clerk := w.Clerk(t, "vanthu@huongvan.example", w.Inside)
		inbox, err := w.Cascade.Inbox(ctx, clerk, w.Inside.ID, 10)
		if err != nil || len(inbox.Items) != 1 {
			t.Fatalf("%d in the inbox, %v", len(inbox.Items), err)
		}
		id := inbox.Items[0].ID
		must := func(_ cascade.Dispatch, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			clk.Advance(time.Minute)
			w.Drain(t)
		}
		must(w.Cascade.Receive(ctx, clerk, id))
		must(w.Cascade.Assign(ctx, w.Actor(person.Leader, w.Inside), id, w.dispatch(t, id).Version, cascade.Instruction{Lead: "Văn hóa"}))
		must(w.Cascade.Start(ctx, clerk, id))
		must(w.Cascade.Complete(ctx, clerk, id, "Đã xong"))
		for range 2 { // pressed twice
			must(w.Cascade.Reopen(ctx, clerk, id, "Còn tổ dân phố 3"))
		}
		w.Wire.fail = &exchange.Refusal{Code: exchange.UnknownReceiver, Text: "chưa khai báo"}
		must(w.Cascade.Complete(ctx, clerk, id, "Đã xong cả tổ 3"))
		must(w.Cascade.Reopen(ctx, clerk, id, "Còn tổ dân phố 4"))

		_, reports := w.Wire.messages(t)
		var told []string
		for _, r := range reports {
			told = append(told, string(r.Status)+" "+r.Words)
		}
		if want := []string{"01 Đã đến", "03 Đã tiếp nhận", "04 Phân công", "05 Đang xử lý", "06 Đã xong", "05 Mở lại để làm tiếp: Còn tổ dân phố 3"}; !slices.Equal(told, want) {
			t.Errorf("told %q, want %q", told, want)
		}
		from, ok, err := w.Exchange.SenderOf(ctx, id)
		if err != nil || !ok || from.Name != "Sở Thử nghiệm" || from.Partner != "Trục thử" {
			t.Fatalf("%+v, %t, %v", from, ok, err)
		}
		d, err := w.Cascade.Get(ctx, clerk, id)
		if err != nil || len(d.Reopened) != 2 {
			t.Fatalf("%+v, %v", d.Reopened, err)
		}
		for i, want := range []exchange.State{exchange.Done, exchange.Failed} {
			if m, ok := from.Told(d.Reopened[i].At); !ok || m.State != want {
				t.Errorf("opened the %d. time, the package is %q (there is one: %t), want %s", i+1, m.State, ok, want)
			}
		}
		if _, ok := from.Told(d.Reopened[0].At.Add(time.Second)); ok {
			t.Error("a package is found for a moment at which nothing was opened")
		}
		_, sent := w.Sent(t, w.Inside)
		if _, ok, err := w.Exchange.SenderOf(ctx, sent[0].ID); ok || err != nil {
			t.Errorf("a letter of a unit here has a sender outside: %v", err)
		}
	})
}

// TestAReceiverOutsideThatIsAtWorkAgainIsSeen by the times at which it told so, whatever the order; the dispatch stays completed.
func TestAReceiverOutsideThatIsAtWorkAgainIsSeen(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		l, sent := w.Sent(t, w.Ward)
		letters, _ := w.Wire.messages(t)
		if len(letters) != 1 || letters[0].Symbol() != l.Symbol() {
			t.Fatalf("%+v", letters)
		}
		at, id := clock.At(clk.Now()), sent[0].ID
		for _, step := range []struct {
			status edxml.Status
			after  time.Duration
			words  string
			again  bool
		}{
			{"06", 3 * time.Hour, "Xong", false},
			{"05", time.Hour, "", false}, // came late, is from before
			{"05", 5 * time.Hour, "Còn việc", true},
			{"42", 6 * time.Hour, "", true},
			{"06", 7 * time.Hour, "Xong hẳn", false},
		} {
			w.accept(t, report(letters[0], "000.01.00.H57", step.status, at.Add(step.after), step.words))
			w.Drain(t)
			again, ok, err := w.Exchange.AgainAtWork(t.Context(), id)
			if err != nil || ok != step.again || ok && again.Words != "Còn việc" {
				t.Errorf("after %+v: %t with %+v, %v", step, ok, again, err)
			}
			if d := w.dispatch(t, id); d.State != cascade.Completed {
				t.Errorf("after %+v it is %s", step, d.State)
			}
		}
	})
}
