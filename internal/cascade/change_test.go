package cascade_test

import (
	"math"
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
)

// A letter is taken back where nobody began, and asked back where somebody did; then it is mended, and replaced on its path.
func TestALetterIsTakenBackMendedAndReplaced(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		superior, below := superiorWithSubordinates(t, d)
		other := d.Unit(t, "20011")
		l, sent := d.Sent(t, superior, other)
		byUnit := map[ident.ID]ident.ID{}
		for _, x := range sent {
			byUnit[x.ReceiverID] = x.ID
		}
		id, town := byUnit[superior.ID], d.Actor(person.Clerk, d.Town)
		clerk := d.Actor(person.Clerk, superior)
		of := must[cascade.Dispatch](t)
		got := of(d.Cascade.Receive(t.Context(), clerk, id))
		of(d.Cascade.Assign(t.Context(), clerk, id, got.Version, cascade.Instruction{Lead: "Nguyễn Văn Mẫu"}))
		forwarded := must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), clerk, cascade.ForwardInput{
			Dispatch: id, To: cascade.Recipients{Units: []ident.ID{below.ID}},
		}))
		d.Drain(t)

		_, err := d.Cascade.RecallLetter(t.Context(), clerk, cascade.ChangeInput{Letter: l.ID, Reason: "Nhầm"})
		faulttest.Is(t, err, fault.Forbidden, "fault.forbidden")
		_, err = d.Cascade.UpdateLetter(t.Context(), town, cascade.ChangeInput{Letter: l.ID, Reason: " "})
		faulttest.Is(t, err, fault.Invalid, "")
		update := must[cascade.ChangeResult](t)(d.Cascade.UpdateLetter(t.Context(), town, cascade.ChangeInput{Letter: l.ID, Reason: "Đổi giờ ra quân"}))
		if update.Reached != 3 || update.Asked != 3 {
			t.Errorf("update: %+v", update)
		}
		of(d.Cascade.Answer(t.Context(), clerk, id, update.Change.ID, true, ""))
		_, err = d.Cascade.Answer(t.Context(), d.Actor(person.Clerk, other), byUnit[other.ID], update.Change.ID, false, "Không")
		faulttest.Is(t, err, fault.Conflict, "cascade.fault.notBegun")

		recall := must[cascade.ChangeResult](t)(d.Cascade.RecallLetter(t.Context(), town, cascade.ChangeInput{ID: d.IDs.New(), Letter: l.ID, Reason: "Sai"}))
		if recall.Reached != 2 || recall.Asked != 1 { // those below the one who is asked wait for its answer
			t.Errorf("recall: %+v", recall)
		}
		_, err = d.Cascade.Start(t.Context(), clerk, id)
		faulttest.Is(t, err, fault.Conflict, "cascade.fault.frozen")
		_, err = d.Cascade.Answer(t.Context(), town, id, recall.Change.ID, true, "")
		faulttest.Is(t, err, fault.Forbidden, "fault.forbidden")
		back := of(d.Cascade.Answer(t.Context(), clerk, id, recall.Change.ID, false, "Đã phát thanh"))
		if back.State != cascade.Assigned || back.Frozen() {
			t.Errorf("refused to give it back: %+v", back)
		}
		if detail := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, id)); len(detail.Changes) != 2 || detail.Changes[0].State.Code() != "16" || detail.Changes[1].State.Code() != "15" {
			t.Errorf("changes: %+v", detail.Changes)
		}

		if x := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, forwarded.Dispatches[0].ID)); x.State != cascade.Arrived {
			t.Errorf("the letter was taken from those below one that keeps it: %s", x.State)
		}

		next := d.Registered(t, lettertest.Text("", "Một việc mới."))
		in := cascade.ChangeInput{ID: d.IDs.New(), Letter: l.ID, By: next.ID, Reason: "Thể lệ mới"}
		replaced := must[cascade.SendResult](t)(d.Cascade.ReplaceLetter(t.Context(), town, in))
		if len(replaced.Dispatches) != 2 { // the other was taken back
			t.Errorf("replaced: %+v", replaced)
		}
		again := must[cascade.SendResult](t)(d.Cascade.ReplaceLetter(t.Context(), town, in))
		if len(again.Dispatches) != 0 {
			t.Error("replacing twice sent twice")
		}
		old := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, id))
		if old.State != cascade.Replaced || old.ReplacedBy != replaced.Dispatches[0].ID {
			t.Errorf("the old one: %+v", old.Dispatch)
		}
		if x := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, forwarded.Dispatches[0].ID)); x.State != cascade.Replaced {
			t.Errorf("below: %s", x.State)
		}
		d.Drain(t)
	})
}

// Taking back one dispatch asks where work has begun, as taking back the letter does; asking twice asks once.
func TestRecallOfOneAsksWhoWorks(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		ward := d.Unit(t, "19996")
		_, sent := d.Sent(t, ward)
		id, clerk, town := sent[0].ID, d.Actor(person.Clerk, ward), d.Actor(person.Clerk, d.Town)
		d.Drain(t)
		of := must[cascade.Dispatch](t)
		assign := func(id ident.ID) {
			t.Helper()
			got := of(d.Cascade.Receive(t.Context(), clerk, id))
			of(d.Cascade.Assign(t.Context(), clerk, id, got.Version, cascade.Instruction{Lead: "Nguyễn Văn Mẫu"}))
		}
		assign(id)
		if _, err := d.Cascade.Recall(t.Context(), town, id, " "); faulttest.Keys(err)["reason"] == "" {
			t.Errorf("no reason: %v", err)
		}
		for range 2 {
			if got := of(d.Cascade.Recall(t.Context(), town, id, "Sai số liệu")); got.State != cascade.Assigned || !got.Frozen() {
				t.Errorf("work was taken away unasked: %+v", got)
			}
		}
		_, err := d.Cascade.UpdateLetter(t.Context(), town, cascade.ChangeInput{Letter: sent[0].LetterID, Reason: "Sửa ngày"})
		if fault.KindOf(err) != fault.Conflict {
			t.Errorf("a letter that is asked back is mended, and the question forgotten: %v", err)
		}
		detail := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, id))
		if len(detail.Changes) != 1 || detail.Changes[0].Reason != "Sai số liệu" {
			t.Fatalf("the receiver is asked: %+v", detail.Changes)
		}
		if got := of(d.Cascade.Answer(t.Context(), clerk, id, detail.Changes[0].ID, true, "")); got.State != cascade.Recalled {
			t.Errorf("given back: %+v", got)
		}
		_, was := d.Sent(t, ward)
		d.Drain(t)
		assign(was[0].ID)
		of(d.Cascade.Start(t.Context(), clerk, was[0].ID))
		of(d.Cascade.Complete(t.Context(), clerk, was[0].ID, "Đã xong"))
		if _, err := d.Cascade.Recall(t.Context(), town, was[0].ID, "Sai"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("what is completed is taken back: %v", err)
		}
	})
}

// Who gives a letter back gives it back for those it passed it on to.
func TestARecallGoesOnBelowWhoAgrees(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		superior, below := superiorWithSubordinates(t, d)
		_, sent := d.Sent(t, superior)
		id, clerk, town := sent[0].ID, d.Actor(person.Clerk, superior), d.Actor(person.Clerk, d.Town)
		d.Drain(t)
		of := must[cascade.Dispatch](t)
		got := of(d.Cascade.Receive(t.Context(), clerk, id))
		of(d.Cascade.Assign(t.Context(), clerk, id, got.Version, cascade.Instruction{Lead: "Nguyễn Văn Mẫu"}))
		child := must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), clerk, cascade.ForwardInput{
			Dispatch: id, To: cascade.Recipients{Units: []ident.ID{below.ID}},
		})).Dispatches[0].ID
		d.Drain(t)
		asked := of(d.Cascade.Recall(t.Context(), town, id, "Sai số liệu"))
		state := func() cascade.State {
			return must[cascade.Detail](t)(d.Cascade.Get(t.Context(), d.Actor(person.Clerk, below), child)).State
		}
		if state() != cascade.Arrived {
			t.Errorf("below one that is asked: %s", state())
		}
		of(d.Cascade.Answer(t.Context(), clerk, id, asked.Asked, true, ""))
		if state() != cascade.Recalled {
			t.Errorf("below one that agreed: %s", state())
		}
	})
}

// A letter about new rules reaches everybody who was sent the first, at every tier and on the same path; the board's model
// that followed every step is the one that is built afresh.
func TestALetterFollowsAnotherAtEveryTier(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		superior, below := superiorWithSubordinates(t, d)
		l, sent := d.Sent(t, superior)
		clerk, town := d.Actor(person.Clerk, superior), d.Actor(person.Clerk, d.Town)
		same := func(id ident.ID) {
			t.Helper()
			kept := must[string](t)(d.Cascade.Dump(t.Context(), id, d.Town.ID))
			d.Cascade.DropBoards()
			if fresh := must[string](t)(d.Cascade.Dump(t.Context(), id, d.Town.ID)); fresh != kept {
				t.Errorf("the model that was kept:\n%s\nbuilt afresh:\n%s", kept, fresh)
			}
		}
		same(l.ID)
		got := must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), clerk, sent[0].ID))
		same(l.ID)
		child := must[cascade.SendResult](t)(d.Cascade.Split(t.Context(), clerk, cascade.SplitInput{
			Dispatch: got.ID, Duty: 1, People: []cascade.PersonPart{{ID: d.IDs.New(), Name: "Nguyễn Văn Mẫu", Leads: true}},
			Units: []cascade.UnitPart{{Unit: below.ID, Quota: 2}},
		}))
		d.Drain(t)
		same(l.ID)
		lower := d.Actor(person.Clerk, below)
		of := must[cascade.Dispatch](t)
		of(d.Cascade.Receive(t.Context(), lower, child.Dispatches[0].ID))
		if _, err := d.Cascade.FinishDuty(t.Context(), lower, child.Dispatches[0].ID, 1, true, ""); err != nil {
			t.Fatal(err)
		}
		tick := cascade.TickInput{ID: d.IDs.New(), Dispatch: child.Dispatches[0].ID, Duty: 1, Count: 3}
		for range 2 {
			if _, err := d.Cascade.Tick(t.Context(), lower, tick); err != nil {
				t.Fatal(err)
			}
		}
		same(l.ID)
		top := must[cascade.DutyTree](t)(d.Cascade.DutyTree(t.Context(), town, got.ID, 1))
		if p := top.Duty.Progress; p.Count != 3 || p.Parts != 2 || p.PartsDone != 1 || len(top.Nodes) != 1 || p.Percent() != 50 {
			t.Errorf("what is seen from the top: %+v, %d units", p, len(top.Nodes))
		}

		next := d.Registered(t, lettertest.Text("", "Thể lệ mới."))
		r := must[cascade.SendResult](t)(d.Cascade.SendAfter(t.Context(), town, cascade.ChangeInput{Letter: l.ID, By: next.ID, Reason: "Thể lệ thay đổi"}))
		if len(r.Dispatches) != 2 || r.Dispatches[1].ParentID != r.Dispatches[0].ID || r.Dispatches[1].SenderID != superior.ID {
			t.Fatalf("sent after: %+v", r)
		}
		lowest := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), lower, child.Dispatches[0].ID))
		if c := lowest.Changes; len(c) != 1 || c[0].Kind != cascade.ChangeFollow || c[0].ByID != next.ID || lowest.Asked != "" || lowest.State != cascade.Received {
			t.Errorf("the first letter where it is lowest: %s, %+v", lowest.State, c)
		}
		page := must[cascade.BoardPage](t)(d.Cascade.BoardPage(t.Context(), town, cascade.BoardQuery{Letter: next.ID, Sender: d.Town.ID, Limit: 10}))
		beyond := must[cascade.BoardPage](t)(d.Cascade.BoardPage(t.Context(), town, cascade.BoardQuery{Letter: next.ID, Sender: d.Town.ID, Offset: math.MaxInt, Limit: 10}))
		if len(beyond.Rows) != 0 || beyond.Total != page.Total {
			t.Errorf("behind the last page: %d rows of %d", len(beyond.Rows), beyond.Total)
		}
		if page.Total != 1 || page.All.Units != 2 || page.Rows[0].Below.Units != 1 {
			t.Errorf("board: %+v", page)
		}
		deep := must[cascade.BoardPage](t)(d.Cascade.BoardPage(t.Context(), town, cascade.BoardQuery{Letter: next.ID, Sender: d.Town.ID, Below: superior.ID, Limit: 10}))
		if deep.Total != 1 || len(deep.Path) != 1 || deep.Rows[0].ReceiverID != below.ID {
			t.Errorf("below: %+v", deep)
		}
	})
}

// A duty is divided as a whole: what units would get too much of leaves people without their part too.
func TestADutyIsSplitAsAWhole(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		superior, below := superiorWithSubordinates(t, d)
		doc := lettertest.Document("Vẽ 3 tranh tuyên truyền.")
		for i := range doc.Blocks {
			if doc.Blocks[i].Kind == letter.DutyBlock {
				doc.Blocks[i].Duty = &letter.Duty{Quota: &letter.Quota{Count: 3, Of: "tranh"}}
			}
		}
		sent := must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), d.Actor(person.Clerk, d.Town), cascade.SendInput{
			Letter: d.Issued(t, doc).ID, To: cascade.Recipients{Units: []ident.ID{superior.ID}},
		})).Dispatches
		d.Drain(t)
		clerk := d.Actor(person.Clerk, superior)
		got := must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), clerk, sent[0].ID))
		in := cascade.SplitInput{
			Dispatch: got.ID, Duty: 1, People: []cascade.PersonPart{{ID: d.IDs.New(), Name: "Nguyễn Văn Mẫu", Leads: true}},
			Units: []cascade.UnitPart{{Unit: below.ID, Quota: 4}},
		}
		_, err := d.Cascade.Split(t.Context(), clerk, in)
		faulttest.Is(t, err, fault.Invalid, "cascade.fault.shares")
		in.Units[0].Quota = 3
		tree := must[cascade.DutyTree](t)(d.Cascade.DutyTree(t.Context(), clerk, got.ID, 1))
		if len(tree.Duty.Parts) != 0 {
			t.Errorf("parts of a split that failed: %+v", tree.Duty.Parts)
		}
		result := must[cascade.SendResult](t)(d.Cascade.Split(t.Context(), clerk, in))
		again := must[cascade.SendResult](t)(d.Cascade.Split(t.Context(), clerk, in))
		tree = must[cascade.DutyTree](t)(d.Cascade.DutyTree(t.Context(), clerk, got.ID, 1))
		if len(result.Dispatches) != 1 || len(again.Already) != 1 || len(tree.Duty.Parts) != 1 {
			t.Errorf("%+v, then %+v, parts %+v", result, again, tree.Duty.Parts)
		}
	})
}

// What a unit did for a letter counts for the one that replaces it: nobody records a meeting twice.
func TestWhatWasDoneCountsForTheReplacement(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		ward := d.Unit(t, "20017")
		town, clerk := d.Actor(person.Clerk, d.Town), d.Actor(person.Clerk, ward)
		l := d.Registered(t, lettertest.Text("", "Thông báo trên loa.", "Treo băng rôn.", "Dọn bãi rác."))
		sent := must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), town, cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{ward.ID}}})).Dispatches[0]
		d.Drain(t)
		must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), clerk, sent.ID))
		clk.Advance(time.Hour)
		held := clock.At(clk.Now())
		note := func(dispatch ident.ID, duty int) (cascade.Publicity, error) {
			return d.Cascade.Publicise(t.Context(), clerk, cascade.PublicityInput{
				ID: d.IDs.New(), Dispatch: dispatch, Duty: duty, Channel: letter.Meeting, At: held, Place: "Nhà văn hóa", People: 40,
			})
		}
		for _, duty := range []int{1, 3} {
			must[cascade.Publicity](t)(note(sent.ID, duty))
		}
		must[cascade.Duty](t)(d.Cascade.FinishDuty(t.Context(), clerk, sent.ID, 2, true, "Đã treo"))
		must[cascade.Tick](t)(d.Cascade.Tick(t.Context(), clerk, cascade.TickInput{ID: d.IDs.New(), Dispatch: sent.ID, Duty: 3, Count: 2}))

		clk.Advance(time.Hour)
		next := d.Registered(t, lettertest.Text("", "Trồng cây.", "Treo  băng rôn.", "Thông báo trên loa."))
		in := cascade.ChangeInput{ID: d.IDs.New(), Letter: l.ID, By: next.ID, Reason: "Thay thế"}
		heir := must[cascade.SendResult](t)(d.Cascade.ReplaceLetter(t.Context(), town, in)).Dispatches[0]
		must[cascade.SendResult](t)(d.Cascade.ReplaceLetter(t.Context(), town, in))
		d.Drain(t)
		now := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, heir.ID))
		duties := map[int]int{}
		for _, p := range now.Publicity {
			duties[p.Duty]++
		}
		if len(now.Publicity) != 2 || duties[3] != 1 || duties[0] != 1 {
			t.Errorf("what was made public: %+v", now.Publicity)
		}
		if now.Duties[0].Done() || !now.Duties[1].Done() || now.Duties[1].Note != "Đã treo" || now.Duties[2].Done() {
			t.Errorf("duties: %+v", now.Duties)
		}
		before := must[cascade.DutyTree](t)(d.Cascade.DutyTree(t.Context(), clerk, sent.ID, 3))
		if len(before.Duty.Ticks) != 1 {
			t.Errorf("what the new letter does not ask for: %+v", before.Duty.Ticks)
		}
		board := must[cascade.Board](t)(d.Cascade.Board(t.Context(), town, next.ID, d.Town.ID))
		if board.Rows[0].Publicity.People != 80 || board.Rows[0].DutiesDone != 1 {
			t.Errorf("on the board: %+v", board.Rows[0])
		}
		must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), clerk, heir.ID))
		if _, err := note(heir.ID, 3); err != nil {
			t.Errorf("what was done before it was replaced can not be noted any more: %v", err)
		}
	})
}
