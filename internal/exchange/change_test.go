package exchange_test

import (
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/exchange"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/ident"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// TestChangesGoOutAndAreAnswered mends, recalls and replaces letters whose receivers are outside.
func TestChangesGoOutAndAreAnswered(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		town := w.Actor(person.Clerk, w.Town)
		l, sent := w.Sent(t, w.Ward, w.Other)
		letters, _ := w.Wire.messages(t)
		first := letters[0]
		later := func(status edxml.Status, organ, words string) {
			t.Helper()
			clk.Advance(time.Hour)
			w.accept(t, report(first, organ, status, clock.At(clk.Now()), words))
			w.Drain(t)
		}
		later("05", "000.01.00.H57", "")
		change := func(do func(in cascade.ChangeInput) error, in cascade.ChangeInput) []edxml.Letter {
			t.Helper()
			clk.Advance(time.Hour)
			before, _ := w.Wire.messages(t)
			in.ID, in.Letter = w.IDs.New(), l.ID
			for range 2 { // sent twice, changed once
				if err := do(in); err != nil {
					t.Fatal(err)
				}
				w.Drain(t)
			}
			after, _ := w.Wire.messages(t)
			return after[len(before):]
		}

		// Mended in words: both are asked, one refuses, the other agrees.
		out := change(func(in cascade.ChangeInput) error {
			_, err := w.Cascade.UpdateLetter(t.Context(), town, in)
			return err
		}, cascade.ChangeInput{Reason: "Đính chính thời gian"})
		if len(out) != 2 || out[0].Business.Kind != edxml.BusinessUpdate || out[0].Business.Reason != "Đính chính thời gian" || out[0].Business.For != first.DocumentID {
			t.Fatalf("updates: %+v", out)
		}
		later("16", "000.01.00.H57", "Đã phát hành xong")
		d := w.dispatch(t, sent[0].ID)
		if c, err := w.Cascade.ChangeOf(t.Context(), db, d.Asked); d.Asked != "" {
			t.Errorf("still asked: %+v, %v", c, err)
		}
		later("16", "000.01.00.H57", "Đã phát hành xong") // once more

		// Recalled: where work has begun the receiver decides, and nobody is sent the same twice.
		out = change(func(in cascade.ChangeInput) error {
			_, err := w.Cascade.RecallLetter(t.Context(), town, in)
			return err
		}, cascade.ChangeInput{Reason: "Ban hành nhầm"})
		if len(out) != 2 || out[0].Business.Kind != edxml.BusinessRecall || out[1].Business.Kind != edxml.BusinessRecall {
			t.Fatalf("recalls: %+v", out)
		}
		if d := w.dispatch(t, sent[0].ID); d.State != cascade.InProgress || d.AskedKind != cascade.ChangeRecall {
			t.Errorf("work had begun: %+v", d)
		}
		later("15", "000.01.00.H57", "")
		if d := w.dispatch(t, sent[0].ID); d.State != cascade.Recalled {
			t.Errorf("given back: %+v", d)
		}
		if all, _ := w.Wire.messages(t); len(all) != 5 {
			t.Errorf("%d packages, want the letter, two updates, two recalls", len(all))
		}
		if err := w.Log.Verify(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// TestAReplacementNamesWhatItReplaces sends one letter in the place of another.
func TestAReplacementNamesWhatItReplaces(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		l, _ := w.Sent(t, w.Ward)
		letters, _ := w.Wire.messages(t)
		next := w.Registered(t, lettertest.Text("1999", "Thông báo trên hệ thống truyền thanh."))
		_, err := w.Cascade.ReplaceLetter(t.Context(), w.Actor(person.Clerk, w.Town), cascade.ChangeInput{
			ID: w.IDs.New(), Letter: l.ID, By: next.ID, Reason: "Thay thể lệ",
		})
		if err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		after, _ := w.Wire.messages(t)
		if len(after) != 2 {
			t.Fatalf("%d packages", len(after))
		}
		got := after[1]
		if got.Business.Kind != edxml.BusinessReplace || got.Business.For != letters[0].DocumentID || got.Symbol() != next.Symbol() || len(got.Attachments) != 1 {
			t.Errorf("%+v", got)
		}
	})
}

// A unit outside that gets a letter late is told how it was mended, and can not be sent one that it refused: its system
// knows it already.
func TestALetterGoesOutLateWithItsMending(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		town := w.Actor(person.Clerk, w.Town)
		l, _ := w.Sent(t, w.Ward)
		if _, err := w.Cascade.UpdateLetter(t.Context(), town, cascade.ChangeInput{Letter: l.ID, Reason: "Đổi giờ ra quân"}); err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		before, _ := w.Wire.messages(t)
		clk.Advance(time.Hour)
		sent, err := w.Cascade.Send(t.Context(), town, cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{w.Other.ID}}})
		if err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		after, _ := w.Wire.messages(t)
		after = after[len(before):]
		if len(after) != 2 || after[0].Business.Kind != edxml.BusinessNew || after[1].Business.Kind != edxml.BusinessUpdate || after[1].Business.Reason != "Đổi giờ ra quân" {
			t.Fatalf("sent late: %+v", after)
		}
		clk.Advance(time.Hour)
		w.accept(t, report(after[0], after[0].To[0].ID, edxml.StatusRefused, clock.At(clk.Now()), "Gửi nhầm"))
		w.Drain(t)
		d := w.dispatch(t, sent.Dispatches[0].ID)
		if d.State != cascade.Refused {
			t.Fatalf("refused: %+v", d)
		}
		_, err = w.Cascade.SendAgain(t.Context(), town, cascade.AgainInput{Dispatch: d.ID})
		faulttest.Is(t, err, fault.Conflict, "cascade.fault.againOutside")
	})
}

// A letter that was refused, or taken back, may be sent once more with other files: its receiver gets it anew. While the receiver
// has it, another version is refused with the reason, and the same files packed anew are no other version.
func TestALetterComesAgainAfterItEnded(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		clerk := w.Clerk(t, "vanthu@huongvan.example", w.Inside)
		in := incoming("90", "000.08.00.H57")
		standing := func() cascade.Dispatch {
			t.Helper()
			inbox, err := w.Cascade.Inbox(t.Context(), clerk, w.Inside.ID, 10)
			if err != nil || len(inbox.Items) == 0 {
				t.Fatalf("%d in the inbox, %v", len(inbox.Items), err)
			}
			for _, it := range inbox.Items {
				if it.AgainID == "" {
					return it.Dispatch
				}
			}
			t.Fatal("all of them were sent again")
			return cascade.Dispatch{}
		}
		send := func(body string) exchange.Answer {
			t.Helper()
			clk.Advance(time.Hour)
			in.Attachments = []edxml.Attachment{{Name: "scan.pdf", Type: "application/pdf", Body: []byte(body)}}
			in.Trace = edxml.Trace{Hops: []edxml.Hop{{OrganID: in.From.ID, At: clock.At(clk.Now())}}} // each package is other bytes
			a := w.accept(t, edxml.Message{Letter: &in})
			w.Drain(t)
			return a
		}
		first := send("%PDF-1.4 one")
		d := standing()
		if again := send("%PDF-1.4 one"); again.Code != exchange.OK || again.Message.ID != first.Message.ID {
			t.Errorf("the same files once more: %+v", again)
		}
		other := send("%PDF-1.4 two")
		if other.Code != exchange.NotConforming || other.Fault == nil || other.Fault.Key != "exchange.fault.stillThere" || other.Message.State != exchange.Failed {
			t.Errorf("other files while the receiver has it: %+v, %v", other, other.Fault)
		}
		if got := standing(); got.ID != d.ID {
			t.Errorf("the receiver has it by %s, want %s", got.ID, d.ID)
		}

		if _, err := w.Cascade.Refuse(t.Context(), clerk, d.ID, "Thiếu phụ lục"); err != nil {
			t.Fatal(err)
		}
		second := send("%PDF-1.4 three")
		now := standing()
		if second.Code != exchange.OK || second.Message.ID == first.Message.ID || now.ID == d.ID || now.State != cascade.Arrived || now.LetterID != d.LetterID || now.Words == "" {
			t.Errorf("after a refusal: %+v, the receiver has %+v", second, now)
		}
		detail, err := w.Exchange.Get(t.Context(), clerk, second.Message.ID)
		if err != nil || detail.State != exchange.Done || detail.Parts[0].DispatchID != now.ID || string(detail.Reading.Letter.Attachments[0].Body) != "%PDF-1.4 three" {
			t.Errorf("the package of the new files: %+v, %v", detail.Message, err)
		}

		recall := in
		recall.Business = edxml.Task{Kind: edxml.BusinessRecall, Reason: "Ban hành nhầm"}
		w.accept(t, edxml.Message{Letter: &recall})
		w.Drain(t)
		if got := w.dispatch(t, now.ID); got.State != cascade.Recalled {
			t.Fatalf("taken back: %+v", got)
		}
		third := send("%PDF-1.4 four")
		if last := standing(); third.Code != exchange.OK || last.ID == now.ID || last.State != cascade.Arrived {
			t.Errorf("after it was taken back: %+v, the receiver has %+v", third, last)
		}
		told := map[edxml.Status]int{}
		_, reports := w.Wire.messages(t)
		for _, r := range reports {
			told[r.Status]++
		}
		if told[edxml.StatusArrived] != 3 || told[edxml.StatusRefused] != 1 || told[edxml.StatusChangeAgreed] != 1 || told[edxml.StatusChangeRefused] != 0 {
			t.Errorf("told %v", told)
		}
		if err := w.Log.Verify(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// A new version that comes while the receiver is asked to give the letter back waits until that is answered.
func TestAnUpdateWaitsForTheAnswerToARecall(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		in := incoming("84", "000.08.00.H57")
		w.accept(t, edxml.Message{Letter: &in})
		w.Drain(t)
		clerk := w.Actor(person.Clerk, w.Inside)
		inbox, err := w.Cascade.Inbox(t.Context(), clerk, w.Inside.ID, 10)
		if err != nil || len(inbox.Items) != 1 {
			t.Fatalf("%d in the inbox, %v", len(inbox.Items), err)
		}
		id := inbox.Items[0].ID
		if _, err := w.Cascade.Receive(t.Context(), clerk, id); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Cascade.Assign(t.Context(), clerk, id, w.dispatch(t, id).Version, cascade.Instruction{Lead: "Văn hóa"}); err != nil {
			t.Fatal(err)
		}
		recall, update := in, in
		recall.Business = edxml.Task{Kind: edxml.BusinessRecall, Reason: "Ban hành nhầm"}
		update.Business = edxml.Task{Kind: edxml.BusinessUpdate, Reason: "Bổ sung phụ lục"}
		w.accept(t, edxml.Message{Letter: &recall})
		w.Drain(t)
		asked := w.dispatch(t, id)
		if asked.AskedKind != cascade.ChangeRecall {
			t.Fatalf("not asked to give it back: %+v", asked)
		}
		a := w.accept(t, edxml.Message{Letter: &update})
		w.Drain(t)
		if m, err := w.Exchange.Get(t.Context(), clerk, a.Message.ID); err != nil || m.State != exchange.Waiting || w.dispatch(t, id).Asked != asked.Asked {
			t.Fatalf("the new version is %s (%s), %v", m.State, m.ErrorKey, err)
		}
		if _, err := w.Cascade.Answer(t.Context(), clerk, id, asked.Asked, false, "Đã triển khai"); err != nil {
			t.Fatal(err)
		}
		clk.Advance(time.Hour)
		w.Drain(t)
		if now := w.dispatch(t, id); now.AskedKind != cascade.ChangeUpdate {
			t.Errorf("the new version was lost: %+v", now)
		}
	})
}
