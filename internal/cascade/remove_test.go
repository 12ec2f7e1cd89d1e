package cascade_test

import (
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

func TestAMistakenRecordIsTakenBack(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		ward := d.Unit(t, "20011")
		clerk := d.Actor(person.Clerk, ward)
		l, sent := d.Sent(t, ward)
		if _, err := d.Cascade.Receive(t.Context(), clerk, sent[0].ID); err != nil {
			t.Fatal(err)
		}
		clk.Advance(time.Hour)
		in := cascade.PublicityInput{ID: d.IDs.New(), Dispatch: sent[0].ID, Channel: letter.Loudspeaker, At: clock.At(clk.Now()), Place: "Cụm loa", Times: 3}
		if _, err := d.Cascade.Publicise(t.Context(), clerk, in); err != nil {
			t.Fatal(err)
		}
		_, err := d.Cascade.RemovePublicity(t.Context(), clerk, in.ID, " ")
		faulttest.Is(t, err, fault.Invalid, "fault.invalid")
		_, err = d.Cascade.RemovePublicity(t.Context(), d.Actor(person.Clerk, d.Town), in.ID, "Nhầm")
		faulttest.Is(t, err, fault.Forbidden, "cascade.fault.senderActs")

		removed, err := d.Cascade.RemovePublicity(t.Context(), clerk, in.ID, "Ghi nhầm ngày")
		if err != nil || removed.Record.Times != 3 || removed.RemovedBy != clerk.ID {
			t.Fatalf("%+v, %v", removed, err)
		}
		if again, err := d.Cascade.RemovePublicity(t.Context(), clerk, in.ID, "Khác"); err != nil || again.Reason != "Ghi nhầm ngày" {
			t.Errorf("again: %+v, %v", again, err)
		}
		_, err = d.Cascade.Publicise(t.Context(), clerk, in) // a phone that sends it once more
		faulttest.Is(t, err, fault.Conflict, "cascade.fault.removed")

		detail := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, sent[0].ID))
		board := must[cascade.Board](t)(d.Cascade.Board(t.Context(), d.Actor(person.Leader, d.Town), l.ID, d.Town.ID))
		if len(detail.Publicity) != 0 || board.Rows[0].Publicity.Records != 0 {
			t.Errorf("it still counts: %+v, %+v", detail.Publicity, board.Rows[0].Publicity)
		}
		if kept := must[[]cascade.Removal](t)(d.Cascade.Removed(t.Context(), clerk, sent[0].ID)); len(kept) != 1 || kept[0].Reason != "Ghi nhầm ngày" {
			t.Errorf("kept: %+v", kept)
		}
	})
}
