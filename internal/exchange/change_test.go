package exchange_test

import (
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
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
