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

func TestAMistakenRecordIsCorrected(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		ward := d.Unit(t, "20011")
		clerk := d.Actor(person.Clerk, ward)
		l, sent := d.Sent(t, ward)
		must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), clerk, sent[0].ID))
		clk.Advance(time.Hour)
		in := cascade.PublicityInput{
			ID: d.IDs.New(), Dispatch: sent[0].ID, Channel: letter.NoticeBoard, At: clock.At(clk.Now()), Place: "Bảng tin", Times: 3, People: 40,
		}
		first := must[cascade.Publicity](t)(d.Cascade.Publicise(t.Context(), clerk, in))

		better := in
		better.People, better.Place = 400, "Bảng tin tổ 5"
		_, err := d.Cascade.CorrectPublicity(t.Context(), d.Actor(person.Clerk, d.Town), in.ID, better)
		faulttest.Is(t, err, fault.Forbidden, "cascade.fault.senderActs")
		wrong := better
		wrong.At = clock.At(clk.Now().Add(time.Hour))
		_, err = d.Cascade.CorrectPublicity(t.Context(), clerk, in.ID, wrong)
		faulttest.Is(t, err, fault.Invalid, "fault.invalid")
		for range 2 { // sent twice, corrected once
			p := must[cascade.Publicity](t)(d.Cascade.CorrectPublicity(t.Context(), clerk, in.ID, better))
			if p.People != 400 || p.Place != "Bảng tin tổ 5" || p.CreatedAt != first.CreatedAt {
				t.Errorf("corrected: %+v", p)
			}
		}
		board := must[cascade.Board](t)(d.Cascade.Board(t.Context(), d.Actor(person.Leader, d.Town), l.ID, d.Town.ID))
		if got := board.Rows[0].Publicity; got.Records != 1 || got.People != 400 {
			t.Errorf("the board tells %+v", got)
		}
		must[cascade.Removal](t)(d.Cascade.RemovePublicity(t.Context(), clerk, in.ID, "Nhầm"))
		_, err = d.Cascade.CorrectPublicity(t.Context(), clerk, in.ID, better)
		faulttest.Is(t, err, fault.NotFound, "cascade.fault.notFound")
		if err := d.Log.Verify(t.Context()); err != nil {
			t.Error(err)
		}
	})
}
