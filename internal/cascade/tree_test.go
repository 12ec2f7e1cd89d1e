package cascade_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

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

// However a letter is sent, forwarded, received, refused, recalled and sent again, and whoever is addressed several times, each unit has
// it at most once, exactly one path leads from each dispatch up to the issuer, and nobody forwards to a unit not below.
func TestEveryUnitOnceAndOnePathToTheSender(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		actor := person.SystemActor
		var units []ident.ID
		for _, u := range d.Tree.Units() {
			units = append(units, u.ID)
		}
		superior, subordinate := superiorWithSubordinates(t, d)
		number := 0
		rapid.Check(t, func(rt *rapid.T) {
			number++
			l := d.Registered(t, lettertest.Text(fmt.Sprint(number), "Một."))
			// Few units have subordinates, so that chance alone would hardly ever forward: each round begins with it.
			first, err := d.Cascade.Send(t.Context(), actor, cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{superior.ID}}})
			if err != nil {
				rt.Fatal(err)
			}
			if err := d.Queue.Drain(t.Context()); err != nil {
				rt.Fatal(err)
			}
			if _, err := d.Cascade.Receive(t.Context(), actor, first.Dispatches[0].ID); err != nil {
				rt.Fatal(err)
			}
			second, err := d.Cascade.Forward(t.Context(), actor, cascade.ForwardInput{
				Dispatch: first.Dispatches[0].ID, To: cascade.Recipients{Units: []ident.ID{subordinate.ID}},
			})
			if err != nil {
				rt.Fatal(err)
			}
			known := []ident.ID{first.Dispatches[0].ID, second.Dispatches[0].ID}
			to := func() cascade.Recipients {
				return cascade.Recipients{Units: rapid.SliceOfN(rapid.SampledFrom(units), 0, 4).Draw(rt, "units")}
			}
			// below addresses units that a unit may forward to, and now and then others.
			below := func(id ident.ID) cascade.Recipients {
				got, err := d.Cascade.Get(t.Context(), actor, id)
				if err != nil {
					rt.Fatal(err)
				}
				subordinates := d.Tree.Subordinates(got.ReceiverID)
				if len(subordinates) == 0 || rapid.IntRange(0, 3).Draw(rt, "others") == 0 {
					return to()
				}
				return cascade.Recipients{Units: []ident.ID{
					rapid.SampledFrom(subordinates).Draw(rt, "one").ID, rapid.SampledFrom(subordinates).Draw(rt, "another").ID,
				}}
			}
			ended := 0 // and sent again
			for range rapid.IntRange(1, 8).Draw(rt, "steps") {
				var err error
				var r cascade.SendResult
				action := rapid.SampledFrom([]string{"send", "forward", "forward", "receive", "receive", "refuse", "recall", "again", "again"}).Draw(rt, "action")
				if action == "send" {
					r, err = d.Cascade.Send(t.Context(), actor, cascade.SendInput{Letter: l.ID, To: to()})
				} else {
					id := rapid.SampledFrom(known).Draw(rt, "dispatch")
					switch action {
					case "forward":
						r, err = d.Cascade.Forward(t.Context(), actor, cascade.ForwardInput{Dispatch: id, To: below(id)})
					case "receive":
						if err := d.Queue.Drain(t.Context()); err != nil {
							rt.Fatal(err)
						}
						_, err = d.Cascade.Receive(t.Context(), actor, id)
					case "refuse":
						_, err = d.Cascade.Refuse(t.Context(), actor, id, "Nhầm")
					case "recall":
						_, err = d.Cascade.Recall(t.Context(), actor, id, "Sai")
					case "again":
						var again cascade.Dispatch
						if again, err = d.Cascade.SendAgain(t.Context(), actor, cascade.AgainInput{Dispatch: id}); err == nil && !slices.Contains(known, again.ID) {
							r.Dispatches, ended = append(r.Dispatches, again), ended+1
						}
					}
				}
				if err != nil && !errors.Is(err, fault.Conflict) && !errors.Is(err, fault.Invalid) {
					rt.Fatalf("%s: %v", action, err)
				}
				for _, x := range r.Dispatches {
					known = append(known, x.ID)
				}
			}
			board, err := d.Cascade.Board(t.Context(), actor, l.ID, d.Town.ID)
			if err != nil {
				rt.Fatal(err)
			}
			if len(board.Rows) != len(known)-ended {
				rt.Fatalf("%d dispatches stand, %d lie on a path from the issuer", len(known)-ended, len(board.Rows))
			}
			byID := map[ident.ID]cascade.Row{}
			var receivers []ident.ID
			for _, row := range board.Rows {
				byID[row.ID] = row
				receivers = append(receivers, row.ReceiverID)
			}
			slices.Sort(receivers)
			if n := len(receivers); len(slices.Compact(receivers)) != n || slices.Contains(receivers, d.Town.ID) {
				rt.Fatalf("a unit has the letter twice, or the issuer got its own")
			}
			for _, row := range board.Rows {
				up := row
				for steps := 0; up.ParentID != ""; steps++ {
					parent, ok := byID[up.ParentID]
					if !ok || parent.ReceiverID != up.SenderID || steps > len(byID) || !d.Tree.Within(up.ReceiverID, up.SenderID) {
						rt.Fatalf("the path from %s breaks at %s", row.ID, up.ID)
					}
					up = parent
				}
				if up.SenderID != d.Town.ID {
					rt.Fatalf("the path from %s ends at %s", row.ID, up.SenderID)
				}
			}
		})
	})
}
