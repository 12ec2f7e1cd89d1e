package cascade_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

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

// plan is a letter of the province that the town received and a ward has straight from the province too.
type plan struct {
	letter      letter.Letter
	town, other ident.ID // the dispatches to the town, and the one to the ward
	clerk       person.Actor
	ward, fresh unit.Unit // who has the letter, and who does not
}

func planned(t *testing.T, d *cascadetest.Desk) plan {
	t.Helper()
	province := d.Unit(t, "46")
	above := d.Actor(person.Clerk, province)
	text := strings.ReplaceAll(lettertest.Text("7", "Thông báo trên bảng tin.", "Vẽ tranh tuyên truyền."), "THỊ XÃ HƯƠNG TRÀ", "TỈNH THỪA THIÊN HUẾ")
	l := must[letter.Letter](t)(d.Letters.Draft(t.Context(), above, letter.DraftInput{Issuer: province.ID, Text: text}))
	l = must[letter.Letter](t)(d.Letters.Register(t.Context(), above, l.ID))
	p := plan{letter: l, clerk: d.Actor(person.Clerk, d.Town), ward: d.Unit(t, "19996"), fresh: d.Unit(t, "20005")}
	sent := must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), above, cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{d.Town.ID, p.ward.ID}}})).Dispatches
	d.Drain(t)
	for _, x := range sent {
		if x.ReceiverID == d.Town.ID {
			p.town = x.ID
		} else {
			p.other = x.ID
		}
	}
	must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), p.clerk, p.town))
	return p
}

func (p plan) to(units ...unit.Unit) cascade.ForwardInput {
	in := cascade.ForwardInput{Dispatch: p.town}
	for _, u := range units {
		in.To.Units = append(in.To.Units, u.ID)
	}
	return in
}

// duties are those of a dispatch, as number and text.
func duties(t *testing.T, d *cascadetest.Desk, id ident.ID) map[int]string {
	t.Helper()
	out := map[int]string{}
	for _, duty := range must[cascade.Detail](t)(d.Cascade.Get(t.Context(), person.SystemActor, id)).Duties {
		out[duty.Number] = strings.TrimSuffix(duty.Text, ".")
	}
	return out
}

// A unit that has the first letter from elsewhere gets the sender's own one by itself, with what that asks, once.
func TestTheOwnLetterReachesWhoHasTheFirst(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		p := planned(t, d)
		own := d.Registered(t, lettertest.Text("", "Đọc thể lệ trên loa.", "Nộp 2 tranh về Phòng Văn hóa.", "Báo cáo số người dự."))
		in := p.to(p.ward, p.fresh)
		in.Under, in.Words = own.ID, "Kính chuyển."
		r := must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), p.clerk, in))
		if len(r.Dispatches) != 1 || r.Dispatches[0].ReceiverID != p.fresh.ID || len(r.Apart) != 1 || len(r.Already)+len(r.Ended) != 0 {
			t.Fatalf("passed on: %+v", r)
		}
		apart := r.Apart[0]
		if apart.LetterID != own.ID || apart.ParentID != "" || apart.UnderID != "" || apart.SenderID != d.Town.ID || apart.ReceiverID != p.ward.ID || apart.Words != "Kính chuyển." {
			t.Errorf("by itself: %+v", apart)
		}
		want := map[int]string{1: "Đọc thể lệ trên loa", 2: "Nộp 2 tranh về Phòng Văn hóa", 3: "Báo cáo số người dự"}
		if diff := cmp.Diff(want, duties(t, d, apart.ID)); diff != "" {
			t.Errorf("what it asks (-want +got)\n%s", diff)
		}
		if diff := cmp.Diff(map[int]string{1: "Thông báo trên bảng tin", 2: "Vẽ tranh tuyên truyền"}, duties(t, d, p.other)); diff != "" {
			t.Errorf("what the first letter asks (-want +got)\n%s", diff)
		}
		d.Drain(t)
		detail := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), p.clerk, apart.ID))
		if detail.State != cascade.Arrived || len(detail.Path) != 2 || detail.Path[0].Unit.ID != d.Town.ID || detail.Path[0].Paper.ID != own.ID {
			t.Errorf("on its way: %s, %+v", detail.State, detail.Path)
		}
		for name, of := range map[string]struct {
			letter, unit ident.ID
		}{"the first letter": {p.letter.ID, p.fresh.ID}, "the own letter": {own.ID, p.ward.ID}} {
			b := must[cascade.Board](t)(d.Cascade.Board(t.Context(), p.clerk, of.letter, d.Town.ID))
			if len(b.Rows) != 1 || b.Rows[0].ReceiverID != of.unit {
				t.Errorf("the town's board of %s: %+v", name, b.Rows)
			}
		}
		handed := must[map[ident.ID]cascade.Handed](t)(d.Cascade.HandedOut(t.Context(), p.clerk, d.Town.ID, []ident.ID{own.ID}))[own.ID]
		if diff := cmp.Diff([]cascade.Way{{With: p.letter.ID, Units: 1}, {With: own.ID, Units: 1}}, handed.Ways); diff != "" || handed.With != p.letter.ID || handed.Units != 2 {
			t.Errorf("handed out to %d with %s (-want +got)\n%s", handed.Units, handed.With, diff)
		}

		again := must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), p.clerk, in))
		if len(again.Dispatches)+len(again.Apart)+len(again.Ended) != 0 || len(again.Already) != 2 {
			t.Errorf("the same again: %+v", again)
		}
		mere := must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), p.clerk, p.to(p.ward)))
		if len(mere.Apart) != 0 || !slices.Equal(mere.Already, []ident.ID{p.ward.ID}) {
			t.Errorf("as it is: %+v", mere)
		}
		must[cascade.Dispatch](t)(d.Cascade.Refuse(t.Context(), d.Actor(person.Clerk, p.ward), apart.ID, "Đã có kế hoạch của tỉnh"))
		refused := must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), p.clerk, in))
		if !slices.Equal(refused.Ended, []ident.ID{p.ward.ID}) || len(refused.Apart) != 0 {
			t.Errorf("after it was refused: %+v", refused)
		}
		if back := must[cascade.Dispatch](t)(d.Cascade.SendAgain(t.Context(), p.clerk, cascade.AgainInput{Dispatch: apart.ID})); back.LetterID != own.ID {
			t.Errorf("sent again: %+v", back)
		}
	})
}

// A letter that says no duties of its own brings those of the first only where they are not asked for already; who has the first
// one from the same sender without it gets it too; and one that is not in force goes to nobody.
func TestALetterWithoutDutiesAsksNothingTwice(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		p := planned(t, d)
		must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), p.clerk, p.to(p.fresh)))
		cover := d.Registered(t, lettertest.Text(""))
		in := p.to(p.ward, p.fresh)
		in.Under = cover.ID
		r := must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), p.clerk, in))
		if len(r.Apart) != 2 || len(r.Dispatches) != 0 {
			t.Fatalf("passed on: %+v", r)
		}
		for _, x := range r.Apart {
			if got := duties(t, d, x.ID); len(got) != 0 {
				t.Errorf("asks twice: %v", got)
			}
		}
		old := d.Registered(t, lettertest.Text("", "Một việc."))
		must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), p.clerk, cascade.SendInput{Letter: old.ID, To: cascade.Recipients{Units: []ident.ID{p.fresh.ID}}}))
		must[cascade.ChangeResult](t)(d.Cascade.RecallLetter(t.Context(), p.clerk, cascade.ChangeInput{Letter: old.ID, Reason: "Sai"}))
		in.Under = old.ID
		_, err := d.Cascade.Forward(t.Context(), p.clerk, in)
		faulttest.Is(t, err, fault.Conflict, "cascade.fault.letterRecalled")
	})
}

// The part of a duty that is given to a unit stands where the unit has what is asked of it, or nothing is divided.
func TestNoPartIsLost(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		p := planned(t, d)
		split := func(in cascade.SplitInput, u unit.Unit, quota int) (cascade.SendResult, error) {
			in.Dispatch, in.Duty, in.Units = p.town, 2, []cascade.UnitPart{{Unit: u.ID, Quota: quota}}
			return d.Cascade.Split(t.Context(), p.clerk, in)
		}
		person1 := cascade.SplitInput{People: []cascade.PersonPart{{ID: d.IDs.New(), Name: "Nguyễn Văn Mẫu"}}}
		_, err := split(person1, p.ward, 2)
		faulttest.Is(t, err, fault.Invalid, "cascade.fault.partLost")
		if tree := must[cascade.DutyTree](t)(d.Cascade.DutyTree(t.Context(), p.clerk, p.town, 2)); len(tree.Duty.Parts) != 0 {
			t.Errorf("parts of a split that failed: %+v", tree.Duty.Parts)
		}

		own := d.Registered(t, lettertest.Text("", "Thông báo trên loa.", "Vẽ tranh tuyên truyền.", "Dọn bãi rác."))
		under := cascade.SplitInput{Under: own.ID}
		r := must[cascade.SendResult](t)(split(under, p.ward, 2))
		if len(r.Apart) != 1 || len(r.Dispatches) != 0 {
			t.Fatalf("with the own letter: %+v", r)
		}
		got := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), p.clerk, r.Apart[0].ID)).Duties
		if len(got) != 1 || got[0].Quota == nil || got[0].Quota.Count != 2 || got[0].From != 0 {
			t.Fatalf("the part: %+v", got)
		}
		if again := must[cascade.SendResult](t)(split(under, p.ward, 2)); len(again.Apart) != 0 || len(again.Already) != 1 {
			t.Errorf("the same again: %+v", again)
		}
		_, err = split(under, p.ward, 3) // a number that the letter which it has does not say
		faulttest.Is(t, err, fault.Invalid, "cascade.fault.partLost")

		// Who has the first letter from the town takes the part on this way, and the own letter beside it.
		in := p.to(p.fresh)
		in.Parts = []cascade.DutyPart{{Duty: 1}}
		child := must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), p.clerk, in)).Dispatches[0]
		r = must[cascade.SendResult](t)(split(under, p.fresh, 4))
		if len(r.Apart) != 1 || len(duties(t, d, r.Apart[0].ID)) != 0 || len(duties(t, d, child.ID)) != 2 {
			t.Errorf("where the way leads up: %+v, %v", r, duties(t, d, child.ID))
		}
		tree := must[cascade.DutyTree](t)(d.Cascade.DutyTree(t.Context(), p.clerk, p.town, 2))
		if len(tree.Nodes) != 1 || tree.Nodes[0].Unit.ID != p.fresh.ID || tree.Nodes[0].Duty.Quota.Count != 4 {
			t.Errorf("seen from above: %+v", tree.Nodes)
		}
	})
}

// Several clerks press the same button at the same time, while another one sends the own letter by itself.
func TestTheOwnLetterGoesOnceHoweverOftenItIsSent(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		p := planned(t, d)
		own := d.Registered(t, lettertest.Text("", "Đọc thể lệ trên loa."))
		in := p.to(p.ward, p.fresh)
		in.Under = own.ID
		var wg sync.WaitGroup
		apart := make([]int, 6)
		for i := range apart {
			wg.Go(func() {
				if i == 0 {
					r, err := d.Cascade.Send(t.Context(), p.clerk, cascade.SendInput{Letter: own.ID, To: cascade.Recipients{Units: []ident.ID{p.ward.ID}}})
					if err != nil {
						t.Error(err)
					}
					apart[i] = len(r.Dispatches)
					return
				}
				r, err := d.Cascade.Forward(t.Context(), p.clerk, in)
				if err != nil {
					t.Error(err)
				}
				apart[i] = len(r.Apart)
			})
		}
		wg.Wait()
		sum := 0
		for _, n := range apart {
			sum += n
		}
		all := must[[]cascade.Dispatch](t)(d.Cascade.OfLetter(t.Context(), db, own.ID))
		if sum != 1 || len(all) != 1 || all[0].ReceiverID != p.ward.ID {
			t.Errorf("it went by itself %v times: %+v", apart, all)
		}
	})
}

// What a unit does under an own letter that went to it by itself stands on the sender's board of that letter, and adds nothing to the
// first one, which the unit has on another way.
func TestWorkUnderALetterSentApartStandsOnItsBoard(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		p := planned(t, d)
		own := d.Registered(t, lettertest.Text("", "Vẽ ít nhất 3 tác phẩm."))
		in := p.to(p.ward, p.fresh)
		in.Under = own.ID
		apart := must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), p.clerk, in)).Apart[0]
		d.Drain(t)
		theirs := d.Actor(person.Clerk, p.ward)
		must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), theirs, apart.ID))
		must[cascade.Tick](t)(d.Cascade.Tick(t.Context(), theirs, cascade.TickInput{Dispatch: apart.ID, Duty: 1, Count: 2}))
		must[cascade.Duty](t)(d.Cascade.FinishDuty(t.Context(), theirs, apart.ID, 1, true, ""))
		b := must[cascade.Board](t)(d.Cascade.Board(t.Context(), p.clerk, own.ID, d.Town.ID))
		if len(b.Rows) != 1 || b.Rows[0].ReceiverID != p.ward.ID || b.Rows[0].DutiesDone != 1 || b.Rows[0].Duties != 1 {
			t.Errorf("the board of the own letter: %+v", b.Rows)
		}
		tree := must[cascade.DutyTree](t)(d.Cascade.LetterDuty(t.Context(), p.clerk, own.ID, 1))
		if tree.Duty.Progress.Count != 2 || len(tree.Nodes) != 1 || tree.Nodes[0].Unit.ID != p.ward.ID {
			t.Errorf("its duty: %+v with %+v", tree.Duty.Progress, tree.Nodes)
		}
		for _, one := range must[cascade.Detail](t)(d.Cascade.Get(t.Context(), p.clerk, p.town)).Duties {
			if one.Progress.Count != 0 || one.Progress.PartsDone != 0 {
				t.Errorf("the town's duty of the first letter: %+v", one.Progress)
			}
		}
		above := d.Actor(person.Clerk, d.Unit(t, "46"))
		for n := 1; n <= 2; n++ {
			if got := must[cascade.DutyTree](t)(d.Cascade.LetterDuty(t.Context(), above, p.letter.ID, n)).Duty.Progress; got.Count != 0 || got.PartsDone != 0 {
				t.Errorf("the province's duty %d: %+v", n, got)
			}
		}
	})
}
