package cascade_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

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

// typedIn is a plan of the province that the town typed in, with the duties.
func typedIn(t *testing.T, d *cascadetest.Desk, number string, duties ...string) (letter.Letter, cascade.Dispatch) {
	t.Helper()
	clerk := d.Actor(person.Clerk, d.Town)
	text := strings.Replace(lettertest.Text(number, duties...), "ỦY BAN NHÂN DÂN\nTHỊ XÃ HƯƠNG TRÀ", "ỦY BAN NHÂN DÂN\nTỈNH MẪU", 1)
	plan := must[letter.Letter](t)(d.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: d.Town.ID, Text: text}))
	plan, came, err := d.Cascade.Enter(t.Context(), clerk, plan.ID)
	if err != nil {
		t.Fatal(err)
	}
	return plan, came
}

// carriedOut is a letter of the town's own that carries out these duties of a plan, one after the other.
func carriedOut(t *testing.T, d *cascadetest.Desk, plan ident.ID, from ...int) letter.Letter {
	t.Helper()
	texts := make([]string, len(from))
	for i := range from {
		texts[i] = "Mỗi đơn vị làm phần việc sau."
	}
	doc := lettertest.Document(texts...)
	for i := range doc.Blocks {
		if doc.Blocks[i].Kind == letter.DutyBlock {
			doc.Blocks[i].Duty, from = &letter.Duty{From: from[0]}, from[1:]
		}
	}
	return d.Answering(t, plan, doc)
}

// sentTo sends a letter of the town to units, which receive it.
func sentTo(t *testing.T, d *cascadetest.Desk, l letter.Letter, units ...ident.ID) map[ident.ID]cascade.Dispatch {
	t.Helper()
	r := must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), d.Actor(person.Clerk, d.Town), cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: units}}))
	d.Drain(t)
	by := map[ident.ID]cascade.Dispatch{}
	for _, one := range r.Dispatches {
		by[one.ReceiverID] = must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), d.Actor(person.Clerk, unitOf(d, one)), one.ID))
	}
	return by
}

// A unit that has two own letters of the town over one plan adds to each of its duties once: to one that both carry out with the
// letter that came first, to the others with that which carries them out.
func TestTwoOwnLettersCountOnce(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		clerk, both, one := d.Actor(person.Clerk, d.Town), d.Unit(t, "19996"), d.Unit(t, "20005")
		plan, came := typedIn(t, d, "1518", "Vận động ít nhất 3 tác phẩm.", "Vẽ ít nhất 9 tác phẩm.")
		first, second := carriedOut(t, d, plan.ID, 1), carriedOut(t, d, plan.ID, 1, 2)
		tick := func(dispatch cascade.Dispatch, duty, count int) {
			t.Helper()
			must[cascade.Tick](t)(d.Cascade.Tick(t.Context(), d.Actor(person.Clerk, unitOf(d, dispatch)), cascade.TickInput{Dispatch: dispatch.ID, Duty: duty, Count: count}))
		}
		older := sentTo(t, d, first, both.ID)
		clk.Advance(time.Hour)
		newer := sentTo(t, d, second, both.ID, one.ID)
		tick(older[both.ID], 1, 1)
		tick(newer[both.ID], 1, 1) // the same work, noted under both
		tick(newer[both.ID], 2, 4)
		tick(newer[one.ID], 1, 1)
		tick(newer[one.ID], 2, 5)
		want := func(when string, counts, parts [2]int) {
			t.Helper()
			duties := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, came.ID)).Duties
			followed := must[[]cascade.Followed](t)(d.Cascade.Follow(t.Context(), db, plan.ID))[0].Duties
			stood := must[[]cascade.Stood](t)(d.Cascade.StoodAt(t.Context(), db, plan.ID, clock.At(clk.Now())))[0].Duties
			for i := range counts {
				p, f, s := duties[i].Progress, followed[i].Progress, stood[i].Progress
				if p.Count != counts[i] || f.Count != counts[i] || s.Count != counts[i] || p.Parts != parts[i] {
					t.Errorf("%s: duty %d counts %d, followed %d, then %d, of %d parts; want %d of %d", when, i+1, p.Count, f.Count, s.Count, p.Parts, counts[i], parts[i])
				}
			}
			tree := must[cascade.DutyTree](t)(d.Cascade.DutyTree(t.Context(), clerk, came.ID, 1))
			if len(tree.Nodes) != parts[0] {
				t.Errorf("%s: %d units below the first duty", when, len(tree.Nodes))
			}
		}
		want("both", [2]int{2, 9}, [2]int{2, 2})
		must[cascade.Dispatch](t)(d.Cascade.Recall(t.Context(), clerk, older[both.ID].ID, "Thay bằng công văn sau"))
		want("with the older one taken back", [2]int{2, 9}, [2]int{2, 2})

		// one that was passed the plan itself, for one duty, adds to the other with the own letter
		must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), clerk, cascade.ForwardInput{
			Dispatch: came.ID, To: cascade.Recipients{Units: []ident.ID{one.ID}}, Parts: []cascade.DutyPart{{Duty: 1}},
		}))
		want("passed on too", [2]int{1, 9}, [2]int{2, 2})
	})
}

// A unit that gets one of the letters from the town and another over its superior adds once too, whichever came first.
func TestAnOwnLetterOverTwoWaysCountsOnce(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		superior, below := superiorWithSubordinates(t, d)
		for i, direct := range []bool{true, false} { // whether the unit gets the first letter from the town itself
			plan, came := typedIn(t, d, []string{"1518", "1519"}[i], "Vận động ít nhất 3 tác phẩm.")
			letters := []letter.Letter{carriedOut(t, d, plan.ID, 1), carriedOut(t, d, plan.ID, 1)}
			if !direct {
				letters[0], letters[1] = letters[1], letters[0]
			}
			straight := sentTo(t, d, letters[0], below.ID)[below.ID]
			over := sentTo(t, d, letters[1], superior.ID)[superior.ID]
			passed := must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), d.Actor(person.Clerk, superior), cascade.ForwardInput{
				Dispatch: over.ID, To: cascade.Recipients{Units: []ident.ID{below.ID}},
			})).Dispatches[0]
			d.Drain(t)
			theirs := d.Actor(person.Clerk, below)
			must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), theirs, passed.ID))
			for _, one := range []cascade.Dispatch{straight, passed} {
				must[cascade.Tick](t)(d.Cascade.Tick(t.Context(), theirs, cascade.TickInput{Dispatch: one.ID, Duty: 1, Count: 2}))
			}
			must[cascade.Tick](t)(d.Cascade.Tick(t.Context(), d.Actor(person.Clerk, superior), cascade.TickInput{Dispatch: over.ID, Duty: 1, Count: 1}))
			if p := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), d.Actor(person.Clerk, d.Town), came.ID)).Duties[0].Progress; p.Count != 3 {
				t.Errorf("straight first %v: %+v", direct, p)
			}
			if p := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), d.Actor(person.Clerk, superior), over.ID)).Duties[0].Progress; p.Count != 3 {
				t.Errorf("the superior's own page: %+v", p)
			}
		}
	})
}

// However the town's two letters over one plan carry out its duties, and whoever gets which and does what: to each duty of the plan
// every unit adds what it did under the oldest letter that asks it for that, and nothing else.
func TestWhateverTwoLettersCarryOutAddsOnce(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		clerk, number := d.Actor(person.Clerk, d.Town), 2000
		units := []ident.ID{d.Unit(t, "19996").ID, d.Unit(t, "20005").ID, d.Unit(t, "20008").ID}
		rapid.Check(t, func(rt *rapid.T) {
			number++
			plan, came := typedIn(t, d, strconv.Itoa(number), "Vận động ít nhất 3 tác phẩm.", "Vẽ ít nhất 9 tác phẩm.")
			asked, want := map[ident.ID]map[int]bool{}, map[int]int{}
			for range 2 {
				clk.Advance(time.Minute)
				from := rapid.SliceOfNDistinct(rapid.IntRange(1, 2), 1, 2, rapid.ID[int]).Draw(rt, "carries")
				to := rapid.SliceOfNDistinct(rapid.SampledFrom(units), 1, 3, rapid.ID[ident.ID]).Draw(rt, "to")
				for unit, one := range sentTo(t, d, carriedOut(t, d, plan.ID, from...), to...) {
					if asked[unit] == nil {
						asked[unit] = map[int]bool{}
					}
					for i, of := range from {
						n := rapid.IntRange(1, 5).Draw(rt, "done")
						must[cascade.Tick](t)(d.Cascade.Tick(t.Context(), d.Actor(person.Clerk, unitOf(d, one)), cascade.TickInput{Dispatch: one.ID, Duty: i + 1, Count: n}))
						if !asked[unit][of] {
							asked[unit][of] = true
							want[of] += n
						}
					}
				}
			}
			for _, one := range must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, came.ID)).Duties {
				if one.Progress.Count != want[one.Number] {
					rt.Fatalf("duty %d counts %d, want %d", one.Number, one.Progress.Count, want[one.Number])
				}
			}
		})
	})
}
