package cascade_test

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// While a unit passes a letter on to many, one after the other, its sender mends it, takes it back or replaces it: whoever came
// first, in the end nobody below works on what was taken back or replaced, and no unit has a letter twice.
func TestChangesWhileOthersForward(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		union := d.Unit(t, "480.DTN")
		below := d.Tree.Subordinates(union.ID)
		clerk, town := d.Actor(person.Clerk, union), d.Actor(person.Clerk, d.Town)
		for round := range 6 {
			kind := []cascade.ChangeKind{cascade.ChangeRecall, cascade.ChangeUpdate, cascade.ChangeReplace}[round%3]
			l, sent := d.Sent(t, union)
			if _, err := d.Cascade.Receive(t.Context(), clerk, sent[0].ID); err != nil {
				t.Fatal(err)
			}
			next := d.Registered(t, lettertest.Text("", "Một việc mới."))
			var all sync.WaitGroup
			fail := make(chan error, len(below)+1)
			for _, u := range below {
				all.Go(func() {
					_, err := d.Cascade.Forward(t.Context(), clerk, cascade.ForwardInput{Dispatch: sent[0].ID, To: cascade.Recipients{Units: []ident.ID{u.ID}}})
					fail <- err
				})
			}
			all.Go(func() {
				in := cascade.ChangeInput{ID: d.IDs.New(), Letter: l.ID, Reason: "Có thay đổi"}
				var err error
				switch kind {
				case cascade.ChangeRecall:
					_, err = d.Cascade.RecallLetter(t.Context(), town, in)
				case cascade.ChangeUpdate:
					_, err = d.Cascade.UpdateLetter(t.Context(), town, in)
				case cascade.ChangeReplace:
					in.By = next.ID
					for range len(below) + 1 { // somebody forwarded meanwhile: the next attempt sees it
						if _, err = d.Cascade.ReplaceLetter(t.Context(), town, in); !errors.Is(err, fault.Conflict) {
							break
						}
					}
				}
				fail <- err
			})
			all.Wait()
			close(fail)
			for err := range fail { // whoever comes after the change is told so
				if err != nil && !errors.Is(err, fault.Conflict) {
					t.Errorf("%s: %v", kind, err)
				}
			}
			d.Drain(t)
			rows := func(id ident.ID) []cascade.Row {
				board := must[cascade.Board](t)(d.Cascade.Board(t.Context(), town, id, d.Town.ID))
				var receivers []ident.ID
				for _, r := range board.Rows {
					receivers = append(receivers, r.ReceiverID)
				}
				slices.Sort(receivers)
				if n := len(receivers); len(slices.Compact(receivers)) != n {
					t.Errorf("%s: a unit has it twice", kind)
				}
				return board.Rows
			}
			first := rows(l.ID)
			for _, r := range first {
				switch kind {
				case cascade.ChangeRecall:
					if r.State != cascade.Recalled {
						t.Errorf("taken back, and %s still has it as %s", r.Unit.FullName, r.State)
					}
				case cascade.ChangeReplace:
					if r.State != cascade.Replaced || r.ReplacedBy == "" {
						t.Errorf("replaced, and %s still has it as %s", r.Unit.FullName, r.State)
					}
				case cascade.ChangeUpdate:
					if r.ReceiverID == union.ID && r.Asked == "" {
						t.Error("the union was not asked to confirm")
					}
				}
			}
			if second := rows(next.ID); kind == cascade.ChangeReplace && len(second) != len(first) {
				t.Errorf("%d have the first, %d the one in its place", len(first), len(second))
			}
		}
	})
}
