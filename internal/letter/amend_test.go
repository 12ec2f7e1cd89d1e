package letter_test

import (
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// A number or a date that was mistyped at registration is put right with a reason; the sequence goes on as if it had never
// been mistyped.
func TestAmendWhatWasMistypedAtRegistration(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		first := d.Registered(t, lettertest.Text("1902", "Một."))
		l := d.Registered(t, lettertest.Text("19033", "Hai."))
		right := letter.AmendmentOf(l)
		right.Number, right.Subject = "1903", "hưởng ứng ra quân"

		_, err := d.Letters.Amend(t.Context(), clerk, l.ID, l.Version, right)
		faulttest.Is(t, err, fault.Invalid, "fault.invalid")
		right.Reason = "Gõ thừa một chữ số"
		right.Number = "1902"
		_, err = d.Letters.Amend(t.Context(), clerk, l.ID, l.Version, right)
		faulttest.Is(t, err, fault.Conflict, "letter.fault.numberTaken")
		right.Number = ""
		_, err = d.Letters.Amend(t.Context(), clerk, l.ID, l.Version, right)
		faulttest.Is(t, err, fault.Invalid, "fault.invalid")
		right.Number = "1903"
		_, err = d.Letters.Amend(t.Context(), d.Actor(person.Leader, d.Town), l.ID, l.Version, right)
		faulttest.Is(t, err, fault.Forbidden, "fault.forbidden")

		amended, err := d.Letters.Amend(t.Context(), clerk, l.ID, l.Version, right)
		if err != nil || amended.Symbol() != "1903/UBND-VH" || amended.State != letter.Registered || amended.Fields.Subject != right.Subject {
			t.Fatalf("%s %s %q, %v", amended.Symbol(), amended.State, amended.Fields.Subject, err)
		}
		if again, err := d.Letters.Amend(t.Context(), clerk, l.ID, l.Version, right); err != nil || again.Version != amended.Version {
			t.Errorf("pressed twice: version %d, %v", again.Version, err)
		}
		other := right
		other.Place = "Tứ Hạ"
		_, err = d.Letters.Amend(t.Context(), clerk, l.ID, l.Version, other)
		faulttest.Is(t, err, fault.Conflict, "letter.fault.changed")
		steps, err := d.Letters.Steps(t.Context(), clerk, l.ID)
		if err != nil || len(steps) != 1 || steps[0].Event != letter.Amend || steps[0].Words != right.Reason {
			t.Errorf("steps %+v, %v", steps, err)
		}
		if next := d.Issued(t, lettertest.Document("Ba.")); next.Fields.Number != "1904" {
			t.Errorf("the next number is %s, want 1904", next.Fields.Number)
		}

		last := letter.AmendmentOf(first)
		last.Date.Year, last.Reason = last.Date.Year-1, "Sai năm"
		if _, err := d.Letters.Amend(t.Context(), clerk, first.ID, first.Version, last); err != nil {
			t.Fatal(err)
		}
		if book, n, err := d.Letters.Outgoing(t.Context(), clerk, d.Town.ID, letter.BookFilter{Year: last.Date.Year}); err != nil || n != 1 || book[0].ID != first.ID {
			t.Errorf("the register of the year before: %d, %v", n, err)
		}
		composed := d.Issued(t, lettertest.Document("Bốn."))
		wrong := letter.AmendmentOf(composed)
		wrong.Subject, wrong.Reason = "khác", "Sai"
		_, err = d.Letters.Amend(t.Context(), clerk, composed.ID, composed.Version, wrong)
		faulttest.Is(t, err, fault.Conflict, "letter.fault.notAmended")
	})
}

// A letter that was entered as arrival keeps its arrival number; it is not made the same as another one.
func TestAmendAnArrival(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		enter := func(number string) (letter.Letter, letter.Arrival) {
			l, err := d.Letters.Draft(t.Context(), clerk, letter.DraftInput{ID: d.IDs.New(), Issuer: d.Town.ID, Text: lettertest.Text(number, "Một.")})
			if err != nil {
				t.Fatal(err)
			}
			l, a, err := d.Letters.Enter(t.Context(), clerk, l.ID, nil)
			if err != nil {
				t.Fatal(err)
			}
			return l, a
		}
		first, _ := enter("77")
		l, arrival := enter("88")
		a := letter.AmendmentOf(l)
		a.Number, a.Reason = "77", "Đọc nhầm số"
		_, err := d.Letters.Amend(t.Context(), clerk, l.ID, l.Version, a)
		faulttest.Is(t, err, fault.Conflict, "letter.fault.enteredBefore")
		a.Number = "89"
		amended, err := d.Letters.Amend(t.Context(), clerk, l.ID, l.Version, a)
		if err != nil || amended.State != letter.Entered || amended.Fields.Number != "89" {
			t.Fatalf("%s %s, %v", amended.State, amended.Symbol(), err)
		}
		kept, err := d.Letters.ArrivalOf(t.Context(), clerk, d.Town.ID, l.ID)
		if err != nil || kept.Number != arrival.Number {
			t.Errorf("arrival number %d, want %d, %v", kept.Number, arrival.Number, err)
		}
		b := letter.AmendmentOf(first)
		b.Subject, b.Reason = "khác", "Sai trích yếu"
		if _, err := d.Letters.Amend(t.Context(), clerk, first.ID, first.Version, b); err != nil {
			t.Errorf("the subject alone: %v", err)
		}
	})
}
