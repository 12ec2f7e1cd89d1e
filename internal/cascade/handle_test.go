package cascade_test

import (
	"errors"
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// TestSenderDoesNotActForTheReceiver: the town's role reaches down to the ward, yet what the town measures is not the
// town's to fill in.
func TestSenderDoesNotActForTheReceiver(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		ward := d.Unit(t, "19996")
		_, dispatches := d.Sent(t, ward)
		id, ctx := dispatches[0].ID, t.Context()
		acts := map[string]func(person.Actor) error{
			"receive": func(a person.Actor) error { _, err := d.Cascade.Receive(ctx, a, id); return err },
			"publicise": func(a person.Actor) error {
				_, err := d.Cascade.Publicise(ctx, a, cascade.PublicityInput{
					Dispatch: id, Channel: letter.Loudspeaker, At: clock.At(clk.Now()), Place: "Tứ Hạ", Times: 1,
				})
				return err
			},
			"present": func(a person.Actor) error { _, err := d.Cascade.Present(ctx, a, id); return err },
			"work": func(a person.Actor) error {
				_, err := d.Cascade.FinishDuty(ctx, a, id, 1, true, "")
				return err
			},
		}
		for _, name := range []string{"receive", "publicise", "present", "work"} {
			for who, sender := range map[string]person.Actor{"clerk": d.Actor(person.Clerk, d.Town), "leader": d.Actor(person.Leader, d.Town)} {
				if err := acts[name](sender); !errors.Is(err, fault.Forbidden) {
					t.Errorf("%s by the town's %s: %v, want forbidden", name, who, err)
				}
			}
			if err := acts[name](d.Actor(person.Clerk, ward)); err != nil {
				t.Errorf("%s by the ward's clerk: %v", name, err)
			}
		}
	})
}
