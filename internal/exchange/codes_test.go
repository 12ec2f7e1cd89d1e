package exchange_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/exchange"
	"sachhon/internal/fault"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// small is a package that writes a code in small letters.
func small(t *testing.T, m edxml.Message, code string) []byte {
	t.Helper()
	data, written := packed(t, m), []byte(">"+code+"<")
	if !bytes.Contains(data, written) {
		t.Fatalf("no %s in the package", code)
	}
	return bytes.ReplaceAll(data, written, bytes.ToLower(written))
}

func (w *world) acceptSmall(t *testing.T, m edxml.Message, code string) exchange.Answer {
	t.Helper()
	a, err := w.Exchange.Accept(t.Context(), w.Partner, small(t, m, code))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestAUnitIsKnownUnderSeveralCodes: a code of before a reform and one of after it, in small letters too, name one unit, whoever
// writes them and to whomever.
func TestAUnitIsKnownUnderSeveralCodes(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		ctx, admin := t.Context(), person.SystemActor
		file := "20008,000.08.00.H57\n20008,h57.08\n19996,000.01.00.H57,doi-tac\n19996,H57.01.01,doi-tac\n"
		result, err := w.Exchange.ImportCodes(ctx, admin, strings.NewReader(file))
		if err != nil || result.Changed != 2 || result.Unchanged != 2 {
			t.Fatalf("%+v, %v", result, err)
		}
		if again, err := w.Exchange.ImportCodes(ctx, admin, strings.NewReader(file)); err != nil || again.Changed != 0 || again.Unchanged != 4 {
			t.Errorf("%+v, %v", again, err)
		}

		// It comes to the other code of a unit here.
		in := incoming("90", "H57.08")
		if a := w.acceptSmall(t, edxml.Message{Letter: &in}, "H57.08"); a.Code != exchange.OK {
			t.Fatalf("%+v", a)
		}
		w.Drain(t)
		clerk := w.Clerk(t, "vanthu@huongvan.example", w.Inside)
		inbox, err := w.Cascade.Inbox(ctx, clerk, w.Inside.ID, 10)
		if err != nil || len(inbox.Items) != 1 {
			t.Fatalf("%d in the inbox, %v", len(inbox.Items), err)
		}

		// It goes out under the main code, and is reported on from the other.
		_, sent := w.Sent(t, w.Ward)
		letters, _ := w.Wire.messages(t)
		got := letters[len(letters)-1]
		if len(got.To) != 1 || got.To[0].ID != "000.01.00.H57" {
			t.Fatalf("to %+v", got.To)
		}
		if a := w.acceptSmall(t, report(got, "H57.01.01", "03", clock.At(clk.Now().Add(time.Hour)), ""), "H57.01.01"); a.Code != exchange.OK {
			t.Fatalf("%+v", a)
		}
		w.Drain(t)
		if d := w.dispatch(t, sent[0].ID); d.State != cascade.Received {
			t.Errorf("%s", d.State)
		}

		// What came from one code is taken back from the other, and nobody else speaks in its name.
		from := incoming("91", "000.08.00.H57")
		from.From = edxml.Organ{ID: "000.01.00.H57", Name: "Tên khác"}
		w.accept(t, edxml.Message{Letter: &from})
		w.Drain(t)
		back := from
		back.From.ID = "H57.01.01"
		back.DocumentID = "000.01.00.H57,2024/06/03,91/STN-VP"
		back.Business = edxml.Task{Kind: edxml.BusinessRecall, For: back.DocumentID, Reason: "Ban hành nhầm"}
		w.accept(t, edxml.Message{Letter: &back})
		w.Drain(t)
		for _, m := range w.all(t) {
			if m.Direction == exchange.In && m.State != exchange.Done {
				t.Errorf("%+v", m)
			}
		}
		stranger, _ := w.Exchange.Partner("la", "bi mat khac han nhau")
		other := incoming("92", "000.08.00.H57")
		other.From.ID = "H57.01.01"
		if a, err := w.Exchange.Accept(ctx, stranger, small(t, edxml.Message{Letter: &other}, "H57.01.01")); err != nil || a.Code != exchange.UnknownSender {
			t.Errorf("%+v, %v", a, err)
		}
	})
}

// TestAnUnknownOrganWithTheNameOfAUnitIsHeld: it becomes no second unit of that name, and is taken once its code is known to be
// the unit's.
func TestAnUnknownOrganWithTheNameOfAUnitIsHeld(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		ctx, admin := t.Context(), person.SystemActor
		tree := func() int {
			today, err := w.Units.Today(ctx)
			if err != nil {
				t.Fatal(err)
			}
			return len(today.Named(w.Other.FullName))
		}
		in := incoming("93", "000.08.00.H57")
		in.From = edxml.Organ{ID: "H57.02.09", Name: w.Other.FullName}
		a := w.accept(t, edxml.Message{Letter: &in})
		if a.Code != exchange.OK {
			t.Fatalf("it is held, and not refused: %+v", a)
		}
		w.Drain(t)
		d, err := w.Exchange.Get(ctx, admin, a.Message.ID)
		if err != nil || d.State != exchange.Failed || d.ErrorKey != "exchange.fault.organNamed" || d.ErrorArgs.V["Organ"] != "H57.02.09" || tree() != 1 {
			t.Fatalf("%+v, %v, %d units of the name", d.Message, err, tree())
		}

		// Given to a unit of this side it is still not the partner's to speak for.
		if err := w.Exchange.SetCodes(ctx, admin, w.Inside.ID, "", []string{"000.08.00.H57", "H57.02.09"}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Exchange.Retry(ctx, admin, a.Message.ID); err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		if d, err := w.Exchange.Get(ctx, admin, a.Message.ID); err != nil || d.ErrorKey != "exchange.fault.senderUnknown" {
			t.Fatalf("%+v, %v", d.Message, err)
		}
		if err := w.Exchange.SetCodes(ctx, admin, w.Other.ID, "doi-tac", []string{"000.02.00.H57", "h57.02.09"}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("two units with one code: %v", err)
		}
		if err := w.Exchange.SetCodes(ctx, admin, w.Inside.ID, "", []string{"000.08.00.H57"}); err != nil {
			t.Fatal(err)
		}
		if err := w.Exchange.SetCodes(ctx, admin, w.Other.ID, "doi-tac", []string{"000.02.00.H57", "h57.02.09"}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Exchange.Retry(ctx, admin, a.Message.ID); err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		d, err = w.Exchange.Get(ctx, admin, a.Message.ID)
		if err != nil || d.State != exchange.Done || tree() != 1 {
			t.Fatalf("%+v, %v", d.Message, err)
		}
		if l, err := w.Letters.Load(ctx, db, d.LetterID); err != nil || l.IssuerID != w.Other.ID {
			t.Errorf("of %s, %v", l.IssuerID, err)
		}
		if err := w.Exchange.SetCodes(ctx, w.Actor(person.Clerk, w.Inside), w.Inside.ID, "", nil); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a clerk sets codes: %v", err)
		}
		if err := w.Log.Verify(ctx); err != nil {
			t.Error(err)
		}
	})
}
