package cascade_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
)

// What units do under the letter by which a unit carries out a plan that it typed in stands below the plan's duties: of each the one
// that was drafted from it, whatever its number and words are; what the unit added to its letter is nobody's part.
func TestWhatIsDoneUnderTheOwnLetterFlowsUp(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		clerk, wards := d.Actor(person.Clerk, d.Town), []ident.ID{d.Unit(t, "19996").ID, d.Unit(t, "20005").ID}
		text := strings.Replace(lettertest.Text("1518", "Thông báo trên bảng tin.", "Vận động ít nhất 3 tác phẩm."),
			"ỦY BAN NHÂN DÂN\nTHỊ XÃ HƯƠNG TRÀ", "ỦY BAN NHÂN DÂN\nTỈNH MẪU", 1)
		plan := must[letter.Letter](t)(d.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: d.Town.ID, Text: text}))
		plan, came, err := d.Cascade.Enter(t.Context(), clerk, plan.ID)
		if err != nil {
			t.Fatal(err)
		}
		doc := lettertest.Document("Lập tổ thường trực.", "Mỗi xã, phường vẽ tranh dự thi.")
		duties := []*letter.Duty{{}, {From: 2, Quota: &letter.Quota{Count: 2, Of: "tranh", AtLeast: true}}}
		for i := range doc.Blocks {
			if doc.Blocks[i].Kind == letter.DutyBlock {
				doc.Blocks[i].Duty, duties = duties[0], duties[1:]
			}
		}
		own := d.Answering(t, plan.ID, doc)
		sent := must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), clerk, cascade.SendInput{Letter: own.ID, To: cascade.Recipients{Units: wards}})).Dispatches
		d.Drain(t)
		asked := clock.At(clk.Now())
		clk.Advance(time.Hour)
		for i, one := range sent {
			theirs := d.Actor(person.Clerk, unitOf(d, one))
			must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), theirs, one.ID))
			must[cascade.Tick](t)(d.Cascade.Tick(t.Context(), theirs, cascade.TickInput{Dispatch: one.ID, Duty: 2, Count: 1 + i}))
			must[cascade.Tick](t)(d.Cascade.Tick(t.Context(), theirs, cascade.TickInput{Dispatch: one.ID, Duty: 1, Count: 5}))
		}
		must[cascade.Duty](t)(d.Cascade.FinishDuty(t.Context(), d.Actor(person.Clerk, unitOf(d, sent[0])), sent[0].ID, 2, true, ""))

		want := func(where string, duties []cascade.Duty) {
			t.Helper()
			if p := duties[1].Progress; p.Count != 3 || p.Quota != 3 || p.Parts != 2 || p.PartsDone != 1 || p.Complete {
				t.Errorf("%s: the second duty of the plan %+v", where, p)
			}
			if p := duties[0].Progress; p.Count != 0 || p.Parts != 0 {
				t.Errorf("%s: the first duty of the plan %+v", where, p)
			}
		}
		want("page", must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, came.ID)).Duties)
		followed := must[[]cascade.Followed](t)(d.Cascade.Follow(t.Context(), db, plan.ID))
		if len(followed) != 1 {
			t.Fatalf("%d dispatches of the plan", len(followed))
		}
		if p := followed[0].Duties[1].Progress; p.Count != 3 {
			t.Errorf("who urges sees %+v", p)
		}
		for at, count := range map[clock.Time]int{asked: 0, clock.At(clk.Now()): 3} {
			stood := must[[]cascade.Stood](t)(d.Cascade.StoodAt(t.Context(), db, plan.ID, at))
			if len(stood) != 1 || stood[0].Duties[1].Progress.Count != count {
				t.Errorf("at %s: %+v, want %d", at, stood, count)
			}
		}
		tree := must[cascade.DutyTree](t)(d.Cascade.DutyTree(t.Context(), clerk, came.ID, 2))
		if len(tree.Nodes) != 2 || tree.Nodes[0].Unit.ID != wards[0] || tree.Nodes[0].Duty.Progress.Count == 0 || tree.Hidden != 0 {
			t.Errorf("below the duty of the plan: %+v", tree.Nodes)
		}

		// Who was passed the plan itself stands below it once, whatever else the town writes to it.
		must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), clerk, cascade.ForwardInput{Dispatch: came.ID, To: cascade.Recipients{Units: wards[:1]}}))
		if p := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, came.ID)).Duties[1].Progress; p.Parts != 2 {
			t.Errorf("passed on twice: %+v", p)
		}
	})
}

func TestCarries(t *testing.T) {
	asked := []cascade.Duty{{Number: 2, Text: "Thông báo."}, {Number: 3, Text: "Tạo  điều kiện."}}
	for name, c := range map[string]struct {
		own  []letter.Duty
		want []int
	}{
		"drafted":         {[]letter.Duty{{Number: 1, Text: "Khác", From: 3}, {Number: 2, Text: "Thông báo."}, {Number: 3, From: 7}}, []int{3, 0, 0}},
		"written by hand": {[]letter.Duty{{Number: 1, Text: "Tạo điều\nkiện."}, {Number: 2, Text: "Báo cáo."}}, []int{3, 0}},
	} {
		if got := cascade.Carries(c.own, asked); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func unitOf(d *cascadetest.Desk, one cascade.Dispatch) unit.Unit {
	u, _ := d.Tree.ByID(one.ReceiverID)
	return u
}
