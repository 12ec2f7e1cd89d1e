package letter_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// party drafts, and registers, a letter of the Party that was read in.
func party(t *testing.T, d *lettertest.Desk, kind, number, notation string, on letter.Date) (letter.Letter, error) {
	t.Helper()
	clerk := d.Actor(person.Clerk, d.Town)
	l, err := d.Letters.Draft(t.Context(), clerk, letter.DraftInput{ID: d.IDs.New(), Issuer: d.Town.ID, Text: lettertest.PartyText(kind, number, notation, on)})
	if err != nil {
		t.Fatal(err)
	}
	return d.Letters.Register(t.Context(), clerk, l.ID)
}

// symbolsOf are those of a unit's outgoing register of a year, in its order.
func symbolsOf(t *testing.T, d *lettertest.Desk, year int) []string {
	t.Helper()
	lines, n, err := d.Letters.Outgoing(t.Context(), d.Actor(person.Clerk, d.Town), d.Town.ID, letter.BookFilter{Year: year})
	if err != nil || n != len(lines) {
		t.Fatalf("%d lines of %d, %v", len(lines), n, err)
	}
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.Symbol()
	}
	return out
}

// TestThePartyCountsByTypeAndTerm: 64 writers at once, with letters of two types that were composed today or read in from the year
// before, and with letters of the State among them, some of whom fail after their number was drawn, leave each sequence
// whole: the types of the Party run through both years, the State's begins with the year.
func TestThePartyCountsByTypeAndTerm(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		clk.Set(clock.Date(2024, time.June, 6, 9, 0).Time)
		all := make([]letter.Letter, writers)
		for i := range all {
			var err error
			switch docs := []letter.Document{lettertest.PartyDocument(letter.OfficialLetter), lettertest.PartyDocument("kế hoạch"), lettertest.Document("Họp dân.")}; i % 4 {
			case 3:
				all[i], err = d.Letters.Draft(t.Context(), clerk, letter.DraftInput{
					ID: d.IDs.New(), Issuer: d.Town.ID, Text: lettertest.PartyText(letter.OfficialLetter, "", "CV/BTGTU", letter.Date{Year: 2023, Month: 11, Day: 9}),
				})
			default:
				if all[i], err = d.Letters.Compose(t.Context(), clerk, letter.ComposeInput{Issuer: d.Town.ID, Document: docs[i%4]}); err == nil {
					d.Sign(t, all[i])
				}
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		registerAtOnce(t, d, clerk, all)
		numbers := map[string][]int{}
		for _, year := range []int{2023, 2024} {
			for _, symbol := range symbolsOf(t, d, year) {
				var n int
				var rest string
				if _, err := fmt.Sscanf(symbol, "%d%s", &n, &rest); err != nil {
					t.Fatalf("%q: %v", symbol, err)
				}
				numbers[rest] = append(numbers[rest], n)
			}
		}
		for rest, want := range map[string]int{"-CV/BTGTU": writers / 2, "-KH/BTGTU": writers / 4, "/UBND-VH": writers / 4} {
			got := slices.Sorted(slices.Values(numbers[rest]))
			if len(got) != want || got[0] != 1 || got[len(got)-1] != want || len(slices.Compact(got)) != want {
				t.Errorf("numbers of %q: %v, want 1 to %d", rest, got, want)
			}
		}
		if missing, err := d.Letters.Missing(t.Context(), clerk, d.Town.ID, 2024); err != nil || len(missing) != 0 {
			t.Errorf("missing %v, %v", missing, err)
		}

		d.Letters.PrintWith(nil)
		clk.Set(clock.Date(2025, time.January, 15, 9, 0).Time)
		next := func(doc letter.Document) string { return d.Issued(t, doc).Symbol() }
		for want, doc := range map[string]letter.Document{
			"33-CV/BTGTU": lettertest.PartyDocument(letter.OfficialLetter), "17-KH/BTGTU": lettertest.PartyDocument("kế hoạch"), "01/UBND-VH": lettertest.Document("Một."),
		} {
			if got := next(doc); got != want {
				t.Errorf("in the next January: %s, want %s", got, want)
			}
		}
		clk.Set(clock.Date(2025, time.September, 1, 9, 0).Time)
		if got := next(lettertest.PartyDocument(letter.OfficialLetter)); got != "01-CV/BTGTU" {
			t.Errorf("in the next term: %s", got)
		}
		if got := next(lettertest.Document("Hai.")); got != "02/UBND-VH" {
			t.Errorf("the State in September: %s", got)
		}
	})
}

// Two types have one number in one year, one type has it again in the next term, and nowhere twice in one.
func TestNumbersOfThePartyEnteredByHand(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		enter := func(kind, number, notation string, on letter.Date) letter.Letter {
			t.Helper()
			l, err := party(t, d, kind, number, notation, on)
			if err != nil {
				t.Fatalf("%s-%s: %v", number, notation, err)
			}
			return l
		}
		enter("quyết định", "01", "QĐ/BTGTU", letter.Date{Year: 2024, Month: 1, Day: 8})
		enter(letter.OfficialLetter, "01", "CV/BTGTU", letter.Date{Year: 2024, Month: 1, Day: 9})
		enter(letter.OfficialLetter, "04", "CV/BTGTU", letter.Date{Year: 2025, Month: 1, Day: 9})
		d.Registered(t, lettertest.Text("01", "Một."))
		_, err := party(t, d, letter.OfficialLetter, "1", "CV/BTGTU", letter.Date{Year: 2025, Month: 2, Day: 1})
		faulttest.Is(t, err, fault.Conflict, "letter.fault.numberTakenInTerm")
		again := enter(letter.OfficialLetter, "01", "CV/BTGTU", letter.Date{Year: 2025, Month: 10, Day: 1})

		if got, want := symbolsOf(t, d, 2024), []string{"01/UBND-VH", "01-CV/BTGTU", "01-QĐ/BTGTU"}; !slices.Equal(got, want) {
			t.Errorf("the register: %q, want %q", got, want)
		}
		if got, want := symbolsOf(t, d, 2025), []string{"04-CV/BTGTU", "01-CV/BTGTU"}; !slices.Equal(got, want) {
			t.Errorf("the register of the congress's year: %q, want %q", got, want)
		}
		for year, want := range map[int][]letter.Numbers{2024: nil, 2025: {{First: 2, Last: 3, Series: "CV"}}} {
			if got, err := d.Letters.Missing(t.Context(), clerk, d.Town.ID, year); err != nil || !slices.Equal(got, want) {
				t.Errorf("missing of %d: %v, want %v, %v", year, got, want, err)
			}
		}
		found, err := d.Letters.ByNumber(t.Context(), db, d.Town.ID, again.Fields)
		if err != nil || found.ID != again.ID {
			t.Errorf("found %s by its number, %v", found.ID, err)
		}

		a := letter.AmendmentOf(again) // it was a decision of the term before
		a.Type, a.Notation, a.Number, a.Date, a.Reason = "quyết định", "QĐ/BTGTU", "01", letter.Date{Year: 2025, Month: 5, Day: 2}, "Đọc nhầm"
		_, err = d.Letters.Amend(t.Context(), clerk, again.ID, again.Version, a)
		faulttest.Is(t, err, fault.Conflict, "letter.fault.numberTakenInTerm")
		a.Number = "02"
		amended, err := d.Letters.Amend(t.Context(), clerk, again.ID, again.Version, a)
		if err != nil || amended.Series != "QĐ" || amended.Term != 2020 {
			t.Fatalf("amended to %s %d, %v", amended.Series, amended.Term, err)
		}
		clk.Set(clock.Date(2025, time.October, 2, 9, 0).Time)
		if got := d.Issued(t, lettertest.PartyDocument(letter.OfficialLetter)).Symbol(); got != "01-CV/BTGTU" {
			t.Errorf("after it was put right the term's first is %s", got)
		}
	})
}

// The days on which terms began are a setting of the unit; what was numbered moves with them, and two letters never get one number.
func TestTermsOfACommittee(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		leader, clerk := d.Actor(person.Leader, d.Town), d.Actor(person.Clerk, d.Town)
		set := func(seen, days []clock.Day) error {
			return d.Letters.SetTerms(t.Context(), clerk, d.Town.ID, seen, days)
		}
		may, err := party(t, d, letter.OfficialLetter, "90", "CV/BTGTU", letter.Date{Year: 2025, Month: 5, Day: 20})
		if err != nil {
			t.Fatal(err)
		}
		august, err := party(t, d, letter.OfficialLetter, "01", "CV/BTGTU", letter.Date{Year: 2025, Month: 8, Day: 4})
		if err != nil {
			t.Fatal(err)
		}
		if may.Term != 2020 || august.Term != 2025 {
			t.Errorf("by custom: terms %d and %d", may.Term, august.Term)
		}
		for want, days := range map[string][]clock.Day{
			"letter.fault.date": {"2025-02-30"}, "letter.fault.termYear": {"2025-08-01", "2025-09-01"},
		} {
			faulttest.Is(t, set(nil, days), fault.Invalid, want)
		}
		faulttest.Is(t, d.Letters.SetTerms(t.Context(), d.Actor(person.Clerk, d.Unit(t, "20017")), d.Town.ID, nil, nil), fault.Forbidden, "fault.forbidden")

		first := []clock.Day{"2020-07-25", "2025-05-15"}
		if err := set(nil, []clock.Day{first[1], first[0]}); err != nil {
			t.Fatal(err)
		}
		if got, err := d.Letters.Terms(t.Context(), leader, d.Town.ID); err != nil || !slices.Equal(got, first) {
			t.Errorf("terms %v, %v", got, err)
		}
		if err := set(nil, first); err != nil {
			t.Errorf("pressed twice: %v", err)
		}
		faulttest.Is(t, set(nil, nil), fault.Conflict, "letter.fault.termsChanged")
		termOf := func(id ident.ID) int {
			l, err := d.Letters.Get(t.Context(), clerk, id)
			if err != nil {
				t.Fatal(err)
			}
			return l.Term
		}
		if termOf(may.ID) != 2025 || termOf(august.ID) != 2025 {
			t.Errorf("the congress was earlier: terms %d and %d", termOf(may.ID), termOf(august.ID))
		}
		if l, err := party(t, d, letter.OfficialLetter, "", "CV/BTGTU", letter.Date{Year: 2025, Month: 9, Day: 1}); err != nil || l.Symbol() != "91-CV/BTGTU" {
			t.Errorf("the next one is %s, %v", l.Symbol(), err)
		}
		if _, err := party(t, d, letter.OfficialLetter, "90", "CV/BTGTU", letter.Date{Year: 2025, Month: 5, Day: 10}); err != nil {
			t.Errorf("the same number in the term before: %v", err)
		}

		other := []clock.Day{"2020-07-25", "2025-07-30"} // then there would be two 90 in the term before
		faulttest.Is(t, set(first, other), fault.Conflict, "letter.fault.termNumbers")
		if got, err := d.Letters.Terms(t.Context(), leader, d.Town.ID); err != nil || !slices.Equal(got, first) || termOf(may.ID) != 2025 {
			t.Errorf("a refusal changed something: %v, %d, %v", got, termOf(may.ID), err)
		}
		if before, err := party(t, d, "kế hoạch", "7", "KH/BTGTU", letter.Date{Year: 2020, Month: 7, Day: 10}); err != nil || before.Term != 2015 {
			t.Errorf("before the first that is known: term %d, %v", before.Term, err)
		}
	})
}

// What an older release has registered in the year's sequence goes to that of its type when the program starts, where it may.
func TestReindexFindsTheSequencesOfTheParty(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		var all []letter.Letter
		for _, one := range []struct {
			number string
			year   int
		}{{"40", 2023}, {"41", 2024}, {"42", 2024}} {
			l, err := party(t, d, letter.OfficialLetter, one.number, "CV/BTGTU", letter.Date{Year: one.year, Month: 3, Day: 4})
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, l)
		}
		err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			for _, statement := range []string{
				`UPDATE letter SET series = '', term = 2024, folded = '' WHERE id IN ($1, $2)`,
				`UPDATE letter SET number_key = '40', number_order = number_order - 2 * 1048576, fields = replace(fields, '"number":"42"', '"number":"40"')
					WHERE id = $2 AND $1 <> ''`,
				`DELETE FROM letter_counter WHERE $1 <> $2`,
			} {
				if _, err := tx.Exec(ctx, statement, all[1].ID, all[2].ID); err != nil {
					return fmt.Errorf("%s: %w", statement, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := letter.Reindex(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		for i, want := range []string{"CV", "CV", ""} {
			l, err := d.Letters.Get(t.Context(), clerk, all[i].ID)
			if err != nil || l.Series != want {
				t.Errorf("%s of %d stands in %q, want %q, %v", l.Symbol(), l.Fields.Date.Year, l.Series, want, err)
			}
		}
		if l, err := party(t, d, letter.OfficialLetter, "", "CV/BTGTU", letter.Date{Year: 2024, Month: 5, Day: 4}); err != nil || l.Symbol() != "42-CV/BTGTU" {
			t.Errorf("the next one is %s, %v", l.Symbol(), err)
		}
	})
}
