package cascade_test

import (
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
)

// A letter that comes on paper and by dispatch has one arrival number, whichever is there first and however its organ is written.
func TestTheSameLetterHasOneArrivalNumber(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		first, other := d.Unit(t, "19996"), d.Unit(t, "20005")
		text := lettertest.Text("1518", "Họp dân.")
		onPaper := func(u unit.Unit, organ, number string) (letter.Letter, error) {
			t.Helper()
			clerk := d.Actor(person.Clerk, u)
			l, err := d.Letters.Draft(t.Context(), clerk, letter.DraftInput{ID: d.IDs.New(), Issuer: u.ID, Text: text})
			if err != nil {
				t.Fatal(err)
			}
			l.Fields.Number = number
			if organ != "" {
				l.Fields.Organ = organ
			}
			if l, err = d.Letters.Correct(t.Context(), clerk, l.ID, l.Version, l.Fields); err != nil {
				t.Fatal(err)
			}
			_, _, err = d.Cascade.Enter(t.Context(), clerk, l.ID)
			return l, err
		}
		if _, err := onPaper(first, "UBND thị xã Hương Trà", "1518"); err != nil {
			t.Fatal(err)
		}
		l := d.Registered(t, text)
		sent, err := d.Cascade.Send(t.Context(), d.Actor(person.Clerk, d.Town), cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{first.ID, other.ID}}})
		if err != nil {
			t.Fatal(err)
		}
		d.Drain(t)
		for _, x := range sent.Dispatches {
			clerk := d.Actor(person.Clerk, first)
			if x.ReceiverID == other.ID {
				clerk = d.Actor(person.Clerk, other)
			}
			for range 2 {
				if got, err := d.Cascade.Receive(t.Context(), clerk, x.ID); err != nil || got.State != cascade.Received || got.ArrivalNumber != 1 {
					t.Errorf("received under %d, %v", got.ArrivalNumber, err)
				}
			}
		}
		again, err := onPaper(other, "UBND thị xã Hương Trà", "1518")
		faulttest.Is(t, err, fault.Conflict, "letter.fault.enteredBefore")
		a, found, err := d.Letters.EnteredAs(t.Context(), d.Actor(person.Clerk, other), again)
		if err != nil || !found || a.LetterID != l.ID || a.Number != 1 {
			t.Errorf("it is said to stand under %+v, %v, %v", a, found, err)
		}
		if _, err := onPaper(other, "Ủy ban nhân dân thị xã Hương Thủy", "1518"); err != nil {
			t.Errorf("another organ's letter of the same symbol: %v", err)
		}
		if _, err := onPaper(other, "", "1519"); err != nil {
			t.Errorf("another number: %v", err)
		}
		for u, lines := range map[ident.ID]int{first.ID: 1, other.ID: 3} {
			all, _, err := d.Letters.Incoming(t.Context(), person.SystemActor, u, letter.BookFilter{Year: clk.Now().Year()})
			if err != nil || len(all) != lines {
				t.Errorf("the register has %d lines, want %d: %v", len(all), lines, err)
			}
		}
	})
}
