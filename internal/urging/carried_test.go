package urging_test

import (
	"strings"
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/urging/urgingtest"
)

// planOnPaper has the town type in a plan that asks for three works by 21 June, take it on, and ask two wards for them in a letter of
// its own.
func planOnPaper(t *testing.T, d *urgingtest.Desk, below ...ident.ID) (plan, own letter.Letter, sent []cascade.Dispatch) {
	t.Helper()
	clerk := d.Official(t, "clerk@example.vn", person.Clerk, d.Town)
	text := strings.Replace(lettertest.Text("415", "Vận động ít nhất 3 tác phẩm dự thi trước ngày 21/6/2024."),
		"ỦY BAN NHÂN DÂN\nTHỊ XÃ HƯƠNG TRÀ", "ỦY BAN NHÂN DÂN\nTỈNH MẪU", 1)
	l, err := d.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: d.Town.ID, Text: text})
	if err != nil {
		t.Fatal(err)
	}
	plan, came, err := d.Cascade.Enter(t.Context(), clerk, l.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Cascade.Assign(t.Context(), d.Actor(person.Leader, d.Town), came.ID, came.Version, cascade.Instruction{Lead: "Phòng Văn hóa"}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Cascade.Start(t.Context(), clerk, came.ID); err != nil {
		t.Fatal(err)
	}
	doc := lettertest.Document("Mỗi đơn vị gửi tác phẩm dự thi.")
	doc.Blocks[len(doc.Blocks)-1].Duty = &letter.Duty{From: 1}
	own = d.Answering(t, plan.ID, doc)
	r, err := d.Cascade.Send(t.Context(), clerk, cascade.SendInput{Letter: own.ID, To: cascade.Recipients{Units: below}})
	if err != nil {
		t.Fatal(err)
	}
	d.Drain(t)
	return plan, own, r.Dispatches
}

// Whoever typed a plan in is not reminded of a number that those below reached under its own letter.
func TestWhatIsDoneUnderTheOwnLetterIsNotUrged(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		ward, other := d.Unit(t, "19996"), d.Unit(t, "20005")
		_, _, sent := planOnPaper(t, d, ward.ID, other.ID)
		tick := func(one cascade.Dispatch, count int) {
			t.Helper()
			u, _ := d.Tree.ByID(one.ReceiverID)
			clerk := d.Actor(person.Clerk, u)
			if _, err := d.Cascade.Receive(t.Context(), clerk, one.ID); err != nil {
				t.Fatal(err)
			}
			if _, err := d.Cascade.Tick(t.Context(), clerk, cascade.TickInput{Dispatch: one.ID, Duty: 1, Count: count}); err != nil {
				t.Fatal(err)
			}
		}
		d.Official(t, "leader@example.vn", person.Leader, d.Town)
		works := func(email string) (lines []string) {
			for _, line := range told(d, email) {
				if strings.Contains(line, "tác phẩm") {
					lines = append(lines, line)
				}
			}
			return lines
		}
		d.Day(t, 10, 8)
		tick(sent[0], 1)
		days(t, d, 11, 18)
		if got := works("clerk@example.vn"); len(got) != 1 || !strings.HasPrefix(got[0], "nhiệm vụ 1 mới có 1/3 tác phẩm, hạn 21/6") {
			t.Errorf("with one work of three the clerk is told %q", got)
		}
		stuck, err := d.Urging.Stuck(t.Context(), d.Actor(person.Leader, d.Town), d.Town.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range stuck.Groups {
			for _, row := range g.Rows {
				if row.Receiver.ID == d.Town.ID {
					t.Errorf("the town is stuck itself: %+v", row)
				}
			}
		}
		tick(sent[1], 2)
		days(t, d, 19, 28)
		if got := works("leader@example.vn"); len(got) != 0 {
			t.Errorf("with three works the leader is told %q", got)
		}
	})
}

// Whoever got a letter with that of the unit that passed it on is reminded of this one: the first stands in no register of theirs.
func TestPeopleAreRemindedOfTheLetterThatCame(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		ctx, union, below := t.Context(), d.Unit(t, "480.DTN"), d.Unit(t, "20011.DTN")
		d.Official(t, "below@example.vn", person.Clerk, below)
		clerk := d.Official(t, "union@example.vn", person.Clerk, union)
		d.Official(t, "leader@example.vn", person.Leader, union)
		first := d.Letter(t)
		came := send(t, d, first, union)[union.ID]
		working(t, d, union, came.ID)
		doc := lettertest.Document("Đưa tin.")
		doc.Notation = "DTN"
		own, err := d.Letters.Compose(ctx, clerk, letter.ComposeInput{Issuer: union.ID, Document: doc, Answers: first.ID})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Letters.Submit(ctx, clerk, own.ID, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Letters.Sign(ctx, clerk, own.ID, letter.SignInput{OnPaper: true, Signer: "Nguyễn Văn Mẫu"}); err != nil {
			t.Fatal(err)
		}
		if own, err = d.Letters.Register(ctx, clerk, own.ID); err != nil {
			t.Fatal(err)
		}
		passed, err := d.Cascade.Forward(ctx, clerk, cascade.ForwardInput{Dispatch: came.ID, To: cascade.Recipients{Units: []ident.ID{below.ID}}, Under: own.ID})
		if err != nil {
			t.Fatal(err)
		}
		d.Drain(t)
		days(t, d, 10, 21)
		reminded := strings.Join(digests(d, "below@example.vn"), "\n")
		want(t, "the digest of the unit below", reminded, own.Symbol(), "/ban-gui/"+string(passed.Dispatches[0].ID))
		if strings.Contains(reminded, first.Symbol()) {
			t.Errorf("the unit below is reminded of %s:\n%s", first.Symbol(), reminded)
		}
		want(t, "the digest of the union", strings.Join(digests(d, "union@example.vn"), "\n"), first.Symbol())
		stuck, err := d.Urging.Stuck(ctx, d.Actor(person.Leader, union), union.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(stuck.Groups) == 0 || stuck.Groups[0].Rows[0].Letter.ID != own.ID {
			t.Errorf("stuck %+v", stuck.Groups)
		}
		if len(stuck.Drafts) == 0 {
			t.Fatal("no letter of urging was drafted")
		}
		if drafted, err := d.Letters.Load(ctx, d.DB, stuck.Drafts[0].Letter.ID); err != nil || !strings.Contains(drafted.Document.Text(), own.Symbol()) {
			t.Errorf("the letter of urging does not name %s: %+v, %v", own.Symbol(), drafted.Document, err)
		}
	})
}
