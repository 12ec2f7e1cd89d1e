package cascade_test

import (
	"slices"
	"testing"
	"time"

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

// A unit that refused a letter gets it again with words of the sender: one dispatch more, one row on the board, one number
// in its register.
func TestALetterIsSentAgainToWhoRefusedIt(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		of := must[cascade.Dispatch](t)
		ward, other := d.Unit(t, "20017"), d.Unit(t, "20011")
		clerk, town := d.Clerk(t, "vanthu@ward.example", ward), d.Actor(person.Clerk, d.Town)
		l, sent := d.Sent(t, ward, other)
		id := sent[slices.IndexFunc(sent, func(x cascade.Dispatch) bool { return x.ReceiverID == ward.ID })].ID
		in := cascade.AgainInput{Dispatch: id, Words: "Phường vẫn thuộc địa bàn.\n"}
		_, err := d.Cascade.SendAgain(t.Context(), town, in)
		faulttest.Is(t, err, fault.Conflict, "cascade.fault.stillThere")
		of(d.Cascade.Refuse(t.Context(), clerk, id, "Gửi nhầm"))
		_, err = d.Cascade.SendAgain(t.Context(), clerk, in)
		faulttest.Is(t, err, fault.Forbidden, "fault.forbidden")
		_, err = d.Cascade.SendAgain(t.Context(), town, cascade.AgainInput{Dispatch: id, DueAt: clock.At(clk.Now().AddDate(0, 0, -1))})
		faulttest.Is(t, err, fault.Invalid, "")

		again := of(d.Cascade.SendAgain(t.Context(), town, in))
		if again.ID == id || again.State != cascade.Sent || again.Words != "Phường vẫn thuộc địa bàn." || again.ReceiverID != ward.ID {
			t.Errorf("sent again: %+v", again)
		}
		if twice := of(d.Cascade.SendAgain(t.Context(), town, in)); twice.ID != again.ID {
			t.Error("the same button pressed twice sent it twice")
		}
		d.Drain(t)
		if mails := d.Post.To("vanthu@ward.example"); len(mails) != 2 {
			t.Errorf("%d mails told the ward that the letter arrived", len(mails))
		}
		before := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, id))
		now := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, again.ID))
		if before.AgainID != again.ID || before.State != cascade.Refused || len(now.Duties) != len(before.Duties) || len(now.Duties) == 0 {
			t.Errorf("before %+v\nnow %+v", before, now)
		}
		board := must[cascade.Board](t)(d.Cascade.Board(t.Context(), town, l.ID, d.Town.ID))
		if len(board.Rows) != 2 || board.Tiers[0].Units != 2 || board.Tiers[0].ByState[cascade.Refused] != 0 {
			t.Errorf("the board: %+v", board)
		}
		if h := must[map[ident.ID]cascade.Handed](t)(d.Cascade.HandedOut(t.Context(), town, d.Town.ID, []ident.ID{l.ID})); h[l.ID].Units != 2 {
			t.Errorf("handed out: %+v", h)
		}
		result := must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), town, cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{ward.ID}}}))
		if len(result.Dispatches)+len(result.Ended) > 0 || !slices.Equal(result.Already, []ident.ID{ward.ID}) {
			t.Errorf("sent as usual: %+v", result)
		}
		if got := of(d.Cascade.Receive(t.Context(), clerk, again.ID)); got.ArrivalNumber != 1 {
			t.Errorf("received as number %d", got.ArrivalNumber)
		}
		drop := must[cascade.Board](t)(d.Cascade.Board(t.Context(), town, l.ID, d.Town.ID))
		d.Cascade.DropBoards()
		if fresh := must[cascade.Board](t)(d.Cascade.Board(t.Context(), town, l.ID, d.Town.ID)); len(fresh.Rows) != len(drop.Rows) || fresh.Rows[0].ID != drop.Rows[0].ID || fresh.Rows[1].ID != drop.Rows[1].ID {
			t.Error("the read model differs from one built anew")
		}

		clk.Advance(time.Hour)
		held := clock.At(clk.Now())
		public := cascade.PublicityInput{ID: d.IDs.New(), Dispatch: again.ID, Channel: letter.Meeting, At: held, Place: "Nhà văn hóa"}
		if _, err := d.Cascade.Publicise(t.Context(), clerk, public); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Cascade.FinishDuty(t.Context(), clerk, again.ID, 1, true, "Đã làm"); err != nil {
			t.Fatal(err)
		}
		clk.Advance(24 * time.Hour)
		of(d.Cascade.Recall(t.Context(), town, again.ID, "Sai phụ lục"))
		third := of(d.Cascade.SendAgain(t.Context(), town, cascade.AgainInput{Dispatch: again.ID}))
		if third.ID == again.ID {
			t.Error("what was taken back from one unit can not be sent again")
		}
		d.Drain(t)
		of(d.Cascade.Receive(t.Context(), clerk, third.ID))
		kept := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, third.ID))
		if len(kept.Publicity) != 1 || kept.Publicity[0].ID != public.ID || !kept.Duties[0].Done() || kept.Duties[0].Note != "Đã làm" {
			t.Errorf("what it did before it gave the letter back: %+v, %+v", kept.Publicity, kept.Duties)
		}
		public.ID, public.Dispatch = d.IDs.New(), third.ID // noted late, of the time when it had the letter first
		if _, err := d.Cascade.Publicise(t.Context(), clerk, public); err != nil {
			t.Errorf("what it did then can not be noted any more: %v", err)
		}
	})
}

// A unit that gets a letter again has those below that kept it.
func TestWhoKeptALetterAnswersToTheNewDispatch(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		of := must[cascade.Dispatch](t)
		superior, below := superiorWithSubordinates(t, d)
		town, clerk, low := d.Actor(person.Clerk, d.Town), d.Actor(person.Clerk, superior), d.Actor(person.Clerk, below)
		l, sent := d.Sent(t, superior)
		of(d.Cascade.Receive(t.Context(), clerk, sent[0].ID))
		child := must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), clerk, cascade.ForwardInput{
			Dispatch: sent[0].ID, To: cascade.Recipients{Units: []ident.ID{below.ID}},
		})).Dispatches[0]
		d.Drain(t)
		got := of(d.Cascade.Receive(t.Context(), low, child.ID))
		got = of(d.Cascade.Assign(t.Context(), low, child.ID, got.Version, cascade.Instruction{Lead: "Trần Thị Mẫu"}))
		of(d.Cascade.Start(t.Context(), low, got.ID))
		of(d.Cascade.Complete(t.Context(), low, got.ID, "Xong"))
		of(d.Cascade.Recall(t.Context(), town, sent[0].ID, "Nhầm"))
		again := of(d.Cascade.SendAgain(t.Context(), town, cascade.AgainInput{Dispatch: sent[0].ID}))
		d.Drain(t)
		detail := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), town, again.ID))
		if len(detail.Children) != 1 || detail.Children[0].ID != child.ID {
			t.Errorf("below the new dispatch: %+v", detail.Children)
		}
		path := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), low, child.ID)).Path
		if len(path) != 3 || path[0].Unit.ID != d.Town.ID || path[1].Unit.ID != superior.ID {
			t.Errorf("path: %+v", path)
		}
		if b := must[cascade.Board](t)(d.Cascade.Board(t.Context(), clerk, l.ID, superior.ID)); len(b.Rows) != 1 || b.Rows[0].State != cascade.Completed {
			t.Errorf("the superior's board: %+v", b.Rows)
		}
	})
}

// What was taken back or replaced for all goes to nobody else.
func TestALetterThatIsNotInForceGoesToNobody(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		town := d.Actor(person.Clerk, d.Town)
		ward, other := d.Unit(t, "20017"), d.Unit(t, "20011")
		send := func(letter ident.ID, to unit.Unit) error {
			_, err := d.Cascade.Send(t.Context(), town, cascade.SendInput{Letter: letter, To: cascade.Recipients{Units: []ident.ID{to.ID}}})
			return err
		}
		l, sent := d.Sent(t, ward)
		must[cascade.ChangeResult](t)(d.Cascade.RecallLetter(t.Context(), town, cascade.ChangeInput{Letter: l.ID, Reason: "Sai"}))
		faulttest.Is(t, send(l.ID, other), fault.Conflict, "cascade.fault.letterRecalled")
		_, err := d.Cascade.SendAgain(t.Context(), town, cascade.AgainInput{Dispatch: sent[0].ID})
		faulttest.Is(t, err, fault.Conflict, "cascade.fault.letterRecalled")

		first, next := d.Registered(t, lettertest.Text("", "Một việc.")), d.Registered(t, lettertest.Text("", "Việc khác."))
		if err := send(first.ID, ward); err != nil {
			t.Fatal(err)
		}
		must[cascade.SendResult](t)(d.Cascade.ReplaceLetter(t.Context(), town, cascade.ChangeInput{Letter: first.ID, By: next.ID, Reason: "Mới"}))
		err = send(first.ID, other)
		faulttest.Is(t, err, fault.Conflict, "cascade.fault.letterReplaced")
		if err := send(next.ID, other); err != nil {
			t.Error(err)
		}
		_, err = d.Cascade.SendAfter(t.Context(), town, cascade.ChangeInput{Letter: next.ID, By: l.ID, Reason: "Kèm"})
		faulttest.Is(t, err, fault.Conflict, "cascade.fault.letterRecalled")
	})
}

// A unit that gets a letter late gets what followed it, on the same path, and sees how it was mended.
func TestWhoGetsALetterLateGetsWhatFollowedIt(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		of := must[cascade.Dispatch](t)
		superior, below := superiorWithSubordinates(t, d)
		late := d.Unit(t, "20011")
		town, clerk := d.Actor(person.Clerk, d.Town), d.Actor(person.Clerk, superior)
		l, sent := d.Sent(t, superior)
		of(d.Cascade.Receive(t.Context(), clerk, sent[0].ID))
		rules, more, only := d.Registered(t, lettertest.Text("", "Thể lệ.")), d.Registered(t, lettertest.Text("", "Bổ sung.")), d.Registered(t, lettertest.Text("", "Riêng."))
		must[cascade.ChangeResult](t)(d.Cascade.UpdateLetter(t.Context(), town, cascade.ChangeInput{Letter: l.ID, Reason: "Đổi giờ ra quân"}))
		must[cascade.SendResult](t)(d.Cascade.SendAfter(t.Context(), town, cascade.ChangeInput{Letter: l.ID, By: rules.ID, Reason: "Thể lệ mới"}))
		must[cascade.SendResult](t)(d.Cascade.SendAfter(t.Context(), town, cascade.ChangeInput{Letter: rules.ID, By: more.ID, Reason: "Bổ sung"}))
		must[cascade.SendResult](t)(d.Cascade.SendAfter(t.Context(), town, cascade.ChangeInput{Letter: l.ID, By: only.ID, Reason: "Chỉ một nơi", Only: []ident.ID{sent[0].ID}}))
		must[cascade.SendResult](t)(d.Cascade.SendAfter(t.Context(), town, cascade.ChangeInput{Letter: more.ID, By: l.ID, Reason: "Vòng"}))
		d.Drain(t)

		with := func(unitID ident.ID) map[ident.ID]cascade.Dispatch {
			got := map[ident.ID]cascade.Dispatch{}
			for _, id := range []ident.ID{l.ID, rules.ID, more.ID, only.ID} {
				for _, x := range must[[]cascade.Dispatch](t)(d.Cascade.OfLetter(t.Context(), db, id)) {
					if x.ReceiverID == unitID {
						got[id] = x
					}
				}
			}
			return got
		}
		must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), town, cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{late.ID}}}))
		got := with(late.ID)
		if len(got) != 3 || got[only.ID].ID != "" || got[rules.ID].SenderID != d.Town.ID {
			t.Errorf("sent late: %+v", got)
		}
		changes := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), town, got[l.ID].ID)).Changes
		if len(changes) != 2 || changes[1].Reason != "Đổi giờ ra quân" || changes[1].State != cascade.ChangeDone {
			t.Errorf("how it was mended: %+v", changes)
		}

		must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), clerk, cascade.ForwardInput{Dispatch: sent[0].ID, To: cascade.Recipients{Units: []ident.ID{below.ID}}}))
		got, above := with(below.ID), with(superior.ID)
		if len(got) != 3 || got[rules.ID].ParentID != above[rules.ID].ID || got[more.ID].ParentID != above[more.ID].ID || got[more.ID].SenderID != superior.ID {
			t.Errorf("forwarded late: %+v", got)
		}
	})
}

// A unit that refused what followed is passed over: those below it get it from the issuer.
func TestNothingFollowsBelowWhoRefusedIt(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		of := must[cascade.Dispatch](t)
		superior, below := superiorWithSubordinates(t, d)
		town, clerk := d.Actor(person.Clerk, d.Town), d.Actor(person.Clerk, superior)
		l, sent := d.Sent(t, superior)
		of(d.Cascade.Receive(t.Context(), clerk, sent[0].ID))
		next := d.Registered(t, lettertest.Text("", "Thể lệ."))
		after := must[cascade.SendResult](t)(d.Cascade.SendAfter(t.Context(), town, cascade.ChangeInput{Letter: l.ID, By: next.ID, Reason: "Thể lệ mới"}))
		d.Drain(t)
		of(d.Cascade.Refuse(t.Context(), clerk, after.Dispatches[0].ID, "Không thuộc đơn vị"))
		must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), clerk, cascade.ForwardInput{Dispatch: sent[0].ID, To: cascade.Recipients{Units: []ident.ID{below.ID}}}))
		all := must[[]cascade.Dispatch](t)(d.Cascade.OfLetter(t.Context(), db, next.ID))
		i := slices.IndexFunc(all, func(x cascade.Dispatch) bool { return x.ReceiverID == below.ID })
		if i < 0 || all[i].ParentID != "" || all[i].SenderID != d.Town.ID {
			t.Errorf("what followed: %+v", all)
		}
	})
}

// Who keeps a letter that was recalled for all, because work has begun, goes on with it, also below.
func TestWhoKeepsARecalledLetterMayPassItOn(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		of := must[cascade.Dispatch](t)
		superior, below := superiorWithSubordinates(t, d)
		refused := d.Unit(t, "20011")
		town, clerk := d.Actor(person.Clerk, d.Town), d.Actor(person.Clerk, superior)
		l, sent := d.Sent(t, superior, refused)
		at := slices.IndexFunc(sent, func(x cascade.Dispatch) bool { return x.ReceiverID == superior.ID })
		id, other := sent[at].ID, sent[1-at].ID
		of(d.Cascade.Refuse(t.Context(), d.Actor(person.Clerk, refused), other, "Nhầm"))
		if !must[cascade.Detail](t)(d.Cascade.Get(t.Context(), town, other)).Again {
			t.Error("it may not be sent again to who refused it")
		}
		got := of(d.Cascade.Receive(t.Context(), clerk, id))
		of(d.Cascade.Assign(t.Context(), clerk, id, got.Version, cascade.Instruction{Lead: "Trần Thị Mẫu"}))
		recall := must[cascade.ChangeResult](t)(d.Cascade.RecallLetter(t.Context(), town, cascade.ChangeInput{Letter: l.ID, Reason: "Sai"}))
		of(d.Cascade.Answer(t.Context(), clerk, id, recall.Change.ID, false, "Đã ra quân"))
		must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), clerk, cascade.ForwardInput{Dispatch: id, To: cascade.Recipients{Units: []ident.ID{below.ID}}}))
		if must[cascade.Detail](t)(d.Cascade.Get(t.Context(), town, other)).Again {
			t.Error("what was recalled for all is offered to be sent again")
		}
	})
}
