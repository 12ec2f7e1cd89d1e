package urging_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/challenge/challengetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/entrant/entranttest"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
	"sachhon/internal/urging"
	"sachhon/internal/urging/urgingtest"
)

func eachDesk(t *testing.T, f func(t *testing.T, d *urgingtest.Desk)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) { f(t, urgingtest.New(t, db, clk)) })
}

// digests are the messages to an address that urge.
func digests(d *urgingtest.Desk, email string) []string {
	var texts []string
	for _, l := range d.Post.To(email) {
		if !strings.HasPrefix(l.Subject, "Văn bản mới") {
			texts = append(texts, l.Text)
		}
	}
	return texts
}

func want(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s lacks %q:\n%s", what, part, text)
		}
	}
}

// send sends a letter to units on Thursday 6 June.
func send(t *testing.T, d *urgingtest.Desk, l letter.Letter, units ...unit.Unit) map[ident.ID]cascade.Dispatch {
	t.Helper()
	var to cascade.Recipients
	for _, u := range units {
		to.Units = append(to.Units, u.ID)
	}
	r, err := d.Cascade.Send(t.Context(), d.Actor(person.Clerk, d.Town), cascade.SendInput{Letter: l.ID, To: to})
	if err != nil {
		t.Fatal(err)
	}
	d.Drain(t)
	byUnit := map[ident.ID]cascade.Dispatch{}
	for _, one := range r.Dispatches {
		byUnit[one.ReceiverID] = one
	}
	return byUnit
}

// whole is a drafted letter with its document.
func whole(t *testing.T, d *urgingtest.Desk, draft urging.DraftLetter) letter.Letter {
	t.Helper()
	l, err := d.Letters.Load(t.Context(), d.DB, draft.Letter.ID)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// firstIsDrafted sends a letter to one unit and some days later to another, until a letter of urging names the first.
// It returns the dispatch of that one.
func firstIsDrafted(t *testing.T, d *urgingtest.Desk, l letter.Letter, first, second unit.Unit) cascade.Dispatch {
	t.Helper()
	one := send(t, d, l, first)[first.ID]
	d.Day(t, 10, 9)
	send(t, d, l, second)
	for day := 11; day <= 17; day++ {
		d.Day(t, day, 8)
	}
	return one
}

// TestLadder follows three wards: one that never looks, one that receives after the reminder, and one that was on time.
func TestLadder(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		a, b, c := d.Unit(t, "19996"), d.Unit(t, "20005"), d.Unit(t, "20008")
		for _, u := range []unit.Unit{a, b, c} {
			d.Official(t, "clerk."+u.Code+"@example.vn", person.Clerk, u)
			d.Official(t, "leader."+u.Code+"@example.vn", person.Leader, u)
		}
		d.Official(t, "town@example.vn", person.Leader, d.Town)
		sent := send(t, d, d.Letter(t), a, b, c)
		for _, u := range []unit.Unit{c, b} {
			if u.ID == c.ID {
				if _, err := d.Cascade.Receive(t.Context(), d.Actor(person.Clerk, c), sent[c.ID].ID); err != nil {
					t.Fatal(err)
				}
			}
		}
		d.Day(t, 7, 19)
		if n := len(digests(d, "clerk.19996@example.vn")); n != 0 {
			t.Fatalf("%d digests before anything is due", n)
		}
		d.Day(t, 8, 9) // late, but a Saturday
		d.Day(t, 10, 5)
		if n := len(digests(d, "clerk.19996@example.vn")); n != 0 {
			t.Fatalf("%d digests in quiet hours", n)
		}
		d.Day(t, 10, 7)
		d.Day(t, 10, 15)
		for _, code := range []string{"19996", "20005"} {
			got := digests(d, "clerk."+code+"@example.vn")
			if len(got) != 1 {
				t.Fatalf("the clerk of %s got %d digests", code, len(got))
			}
			want(t, "reminder", got[0], "chưa tiếp nhận văn bản", "văn thư", "/ban-gui/", "/nhat-ky/")
		}
		if got := digests(d, "clerk.20008@example.vn"); len(got) != 0 {
			t.Errorf("who received was reminded: %q", got)
		}
		if _, err := d.Cascade.Receive(t.Context(), d.Actor(person.Clerk, b), sent[b.ID].ID); err != nil {
			t.Fatal(err)
		}
		d.Day(t, 12, 7)
		if got := digests(d, "leader.19996@example.vn"); len(got) != 1 {
			t.Fatalf("the leader got %q", got)
		}
		if got := digests(d, "leader.20005@example.vn"); len(got) != 0 {
			t.Errorf("the leader of a unit that received got %q", got)
		}
		for day := 13; day <= 28; day++ {
			d.Day(t, day, 8)
		}
		letters, err := d.Letters.List(t.Context(), d.Actor(person.Clerk, d.Town), d.Town.ID, 10)
		if err != nil {
			t.Fatal(err)
		}
		drafts := slices.DeleteFunc(letters, func(l letter.Letter) bool { return l.State != letter.Draft })
		if len(drafts) != 1 {
			t.Fatalf("%d drafted letters, want one for all late units", len(drafts))
		}
		l, err := d.Letters.Get(t.Context(), d.Actor(person.Clerk, d.Town), drafts[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		text := l.Document.Text()
		want(t, "the letter of urging", text, a.Organ(), b.Organ(), "chưa tiếp nhận văn bản", "chưa báo cáo kết quả tuyên truyền", "yêu cầu", l.Fields.Subject)
		if l.AnswersID != sent[a.ID].LetterID || l.IssuerID != d.Town.ID {
			t.Errorf("it answers %s and is issued by %s", l.AnswersID, l.IssuerID)
		}
		if got := digests(d, "town@example.vn"); len(got) == 0 {
			t.Error("nobody told the superior that a letter waits")
		} else {
			want(t, "the superior's digest", got[0], "Dự thảo công văn đôn đốc", "/soan-thao/"+string(l.ID))
		}
		perDay(t, d)
	})
}

// perDay checks that nobody got two digests on a day.
func perDay(t *testing.T, d *urgingtest.Desk) {
	t.Helper()
	seen := map[string]bool{}
	for _, l := range d.Post.Letters() {
		if !strings.HasPrefix(l.Key, "urging.digest/") {
			continue
		}
		key := l.To + " " + string(clock.DayOf(l.At))
		if seen[key] {
			t.Errorf("two digests: %s", key)
		}
		seen[key] = true
		if at := clock.At(l.At); !urging.DefaultHours.Open(at, nil) {
			t.Errorf("a digest in quiet hours: %v", at.Local())
		}
	}
}

// TestSettledWhileItWaited has a clerk who had today's digest already: what is due later waits for the next day, and is not
// told when it is done by then.
func TestSettledWhileItWaited(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		ward := d.Unit(t, "19996")
		d.Official(t, "clerk@example.vn", person.Clerk, ward)
		first := send(t, d, d.Letter(t), ward)[ward.ID]
		second := d.Letter(t)
		due := clock.Date(2024, time.June, 10, 12, 0)
		r, err := d.Cascade.Send(t.Context(), d.Actor(person.Clerk, d.Town), cascade.SendInput{Letter: second.ID, To: cascade.Recipients{Units: []ident.ID{ward.ID}}, DueAt: due})
		if err != nil {
			t.Fatal(err)
		}
		d.Drain(t)
		clerk := d.Actor(person.Clerk, ward)
		if _, err := d.Cascade.Receive(t.Context(), clerk, r.Dispatches[0].ID); err != nil {
			t.Fatal(err)
		}
		d.Day(t, 10, 7) // the first is not received
		d.Day(t, 10, 13)
		if n := len(digests(d, "clerk@example.vn")); n != 1 {
			t.Fatalf("%d digests on one day", n)
		}
		if _, err := d.Cascade.Refuse(t.Context(), clerk, first.ID, "Nhầm đơn vị"); err != nil {
			t.Fatal(err)
		}
		d.Day(t, 11, 7)
		got := digests(d, "clerk@example.vn")
		if len(got) != 2 {
			t.Fatalf("%d digests after two days", len(got))
		}
		want(t, "the second digest", got[1], "quá hạn hoàn thành")
		if strings.Contains(got[1], "chưa tiếp nhận") {
			t.Errorf("what was refused is still told:\n%s", got[1])
		}
	})
}

// TestNobodyToTell has a union whose superior organ has no people here: its leader step is noted, no letter is drafted, and
// the sender sees that nobody can be told.
func TestNobodyToTell(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		union, empty := d.Unit(t, "480.DTN"), d.Unit(t, "480.PN")
		d.Official(t, "union@example.vn", person.Clerk, union)
		d.Official(t, "town@example.vn", person.Leader, d.Town)
		send(t, d, d.Letter(t), union, empty)
		for day := 7; day <= 21; day++ {
			d.Day(t, day, 8)
		}
		town := d.Actor(person.Leader, d.Town)
		st, err := d.Urging.Stuck(t.Context(), town, d.Town.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(st.Groups) != 1 || st.Groups[0].Why != urging.NobodyToTell || len(st.Groups[0].Rows) != 2 || st.Units != 2 {
			t.Fatalf("stuck: %+v", st.Groups)
		}
		for _, r := range st.Groups[0].Rows {
			switch r.Receiver.ID {
			case union.ID:
				if !r.SuperiorOut || r.Action == urging.TakeBack || len(r.Responsible) != 1 {
					t.Errorf("the union: %+v", r)
				}
			case empty.ID:
				if r.SuperiorOut || r.Action != urging.TakeBack || len(r.Responsible) != 0 {
					t.Errorf("the union without people: %+v", r)
				}
			}
		}
		if len(st.Drafts) != 0 {
			t.Errorf("the town got letters to unions that do not answer to it: %+v", st.Drafts)
		}
		if n, err := d.Urging.Count(t.Context(), town, d.Town.ID); err != nil || n != 2 {
			t.Errorf("counted %d, %v", n, err)
		}
		// As soon as somebody of the superior organ is there, the letter is drafted for it.
		d.Official(t, "province@example.vn", person.Leader, unitOf(d, union.SuperiorID))
		d.Day(t, 24, 8)
		d.Day(t, 25, 8)
		got := digests(d, "province@example.vn")
		if len(got) == 0 {
			t.Fatal("the superior organ was not told")
		}
		want(t, "its digest", got[0], "Dự thảo công văn đôn đốc")
	})
}

func unitOf(d *urgingtest.Desk, id ident.ID) unit.Unit {
	u, _ := d.Tree.ByID(id)
	return u
}

// TestPeopleFinishTheLetter has a clerk who works on the drafted letter: later units go into another one, and what the clerk
// wrote stays.
func TestPeopleFinishTheLetter(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		a, b := d.Unit(t, "19996"), d.Unit(t, "20005")
		for _, u := range []unit.Unit{a, b} {
			d.Official(t, "clerk."+u.Code+"@example.vn", person.Clerk, u)
		}
		town := d.Official(t, "town@example.vn", person.Clerk, d.Town)
		l := d.Letter(t)
		firstIsDrafted(t, d, l, a, b)
		sent, err := d.Urging.Sent(t.Context(), town, l.ID)
		if err != nil || len(sent.Drafts) != 1 || len(sent.Drafts[0].Units) != 1 || !sent.Drafts[0].Open() {
			t.Fatalf("drafts: %+v, %v", sent.Drafts, err)
		}
		draft := whole(t, d, sent.Drafts[0])
		doc := *draft.Document
		doc.Blocks = append(slices.Clone(doc.Blocks), letter.Block{Kind: letter.ParagraphBlock, Text: "Câu do văn thư viết thêm."})
		if _, err := d.Letters.Rewrite(t.Context(), town, draft.ID, draft.Version, doc); err != nil {
			t.Fatal(err)
		}
		for day := 18; day <= 28; day++ {
			d.Day(t, day, 8)
		}
		if sent, err = d.Urging.Sent(t.Context(), town, l.ID); err != nil || len(sent.Drafts) != 2 {
			t.Fatalf("drafts: %+v, %v", sent.Drafts, err)
		}
		want(t, "the clerk's letter", whole(t, d, sent.Drafts[0]).Document.Text(), "Câu do văn thư viết thêm.")
		want(t, "the other letter", whole(t, d, sent.Drafts[1]).Document.Text(), b.Organ())
		for i, units := range [][]unit.Unit{{a}, {a, b}} { // the first one owes something else by now
			if named, err := d.Urging.Named(t.Context(), sent.Drafts[i].Letter.ID); err != nil || !slices.EqualFunc(named, units, func(x, y unit.Unit) bool { return x.ID == y.ID }) {
				t.Errorf("letter %d is about %+v, %v", i+1, named, err)
			}
		}
		if named, err := d.Urging.Named(t.Context(), l.ID); err != nil || len(named) != 0 {
			t.Errorf("a letter that urges nobody is about %+v, %v", named, err)
		}
	})
}

// A step that was put into a draft while a node wrote it, and that the letter therefore does not name, goes into another
// letter when a person has changed this one.
func TestAStepThatCameWhileTheLetterWasWritten(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		a, b := d.Unit(t, "19996"), d.Unit(t, "20005")
		town := d.Official(t, "town@example.vn", person.Clerk, d.Town)
		l := d.Letter(t)
		byUnit := send(t, d, l, a, b)
		for day := 10; day <= 17; day++ {
			d.Day(t, day, 8)
		}
		drafts := func() []urging.DraftLetter {
			t.Helper()
			sent, err := d.Urging.Sent(t.Context(), town, l.ID)
			if err != nil {
				t.Fatal(err)
			}
			return sent.Drafts
		}
		first := whole(t, d, drafts()[0])
		doc := *first.Document
		doc.Blocks = append(slices.Clone(doc.Blocks), letter.Block{Kind: letter.ParagraphBlock, Text: "Câu do văn thư viết thêm."})
		if _, err := d.Letters.Rewrite(t.Context(), town, first.ID, first.Version, doc); err != nil {
			t.Fatal(err)
		}
		err := d.DB.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			if _, err := tx.Exec(ctx, `UPDATE urging_draft SET wanted = 2 WHERE id = $1`, first.ID); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `UPDATE urging_step SET draft_turn = 2 WHERE dispatch_id = $1 AND draft_id = $2`, byUnit[b.ID].ID, first.ID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		d.Day(t, 17, 9)
		d.Day(t, 17, 10)
		got := drafts()
		if len(got) != 2 || len(got[0].Units) != 1 || len(got[1].Units) != 1 {
			t.Fatalf("%d drafts, of %d units in the first", len(got), len(got[0].Units))
		}
		want(t, "the other letter", whole(t, d, got[1]).Document.Text(), b.Organ())
		if strings.Contains(whole(t, d, got[1]).Document.Text(), a.Organ()) {
			t.Error("who is named in the first letter is named again")
		}
	})
}

// A letter of urging that nobody wants to send is put aside; who is late later gets into another one.
func TestALetterOfUrgingIsDiscarded(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		a, b := d.Unit(t, "19996"), d.Unit(t, "20005")
		town := d.Official(t, "town@example.vn", person.Clerk, d.Town)
		l := d.Letter(t)
		firstIsDrafted(t, d, l, a, b)
		sent, err := d.Urging.Sent(t.Context(), town, l.ID)
		if err != nil || len(sent.Drafts) != 1 {
			t.Fatalf("drafts: %+v, %v", sent.Drafts, err)
		}
		if _, err := d.Letters.Discard(t.Context(), town, sent.Drafts[0].Letter.ID); err != nil {
			t.Fatal(err)
		}
		st, err := d.Urging.Stuck(t.Context(), town, d.Town.ID)
		if err != nil || len(st.Drafts) != 0 {
			t.Errorf("still waiting: %+v, %v", st.Drafts, err)
		}
		err = d.DB.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error { // as if it had waited for the next digest
			_, err := tx.Exec(ctx, `UPDATE urging_notice SET message_key = '', told_at = NULL WHERE recipient = $1`, town.ID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		told := len(digests(d, "town@example.vn"))
		d.Day(t, 18, 8)
		if n := len(digests(d, "town@example.vn")); n != told {
			t.Error("somebody is told that a letter waits which was put aside")
		}
		for day := 19; day <= 28; day++ {
			d.Day(t, day, 8)
		}
		if sent, err = d.Urging.Sent(t.Context(), town, l.ID); err != nil || len(sent.Drafts) != 2 || sent.Drafts[0].Open() || !sent.Drafts[1].Open() {
			t.Fatalf("drafts: %+v, %v", sent.Drafts, err)
		}
		want(t, "the other letter", whole(t, d, sent.Drafts[1]).Document.Text(), b.Organ())
	})
}

// A letter of urging that is written anew for units that came later no longer names one that owes nothing any more.
func TestALetterOfUrgingNamesWhoStillOwes(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		a, b := d.Unit(t, "19996"), d.Unit(t, "20005")
		for _, u := range []unit.Unit{a, b} {
			d.Official(t, "clerk."+u.Code+"@example.vn", person.Clerk, u)
		}
		town := d.Official(t, "town@example.vn", person.Clerk, d.Town)
		l := d.Letter(t)
		first := firstIsDrafted(t, d, l, a, b)
		text := func() string {
			t.Helper()
			sent, err := d.Urging.Sent(t.Context(), town, l.ID)
			if err != nil || len(sent.Drafts) != 1 {
				t.Fatalf("drafts: %+v, %v", sent.Drafts, err)
			}
			return whole(t, d, sent.Drafts[0]).Document.Text()
		}
		want(t, "the letter at first", text(), a.Organ())
		if _, err := d.Cascade.Refuse(t.Context(), d.Actor(person.Clerk, a), first.ID, "Nhầm đơn vị"); err != nil {
			t.Fatal(err)
		}
		for day := 18; day <= 28; day++ {
			d.Day(t, day, 8)
		}
		want(t, "the letter later", text(), b.Organ())
		if strings.Contains(text(), a.Organ()) {
			t.Errorf("who owes nothing is still named:\n%s", text())
		}
	})
}

// Where there is too much to look through the page says what it left out, and it is never the newest letter.
func TestOlderLettersAreLeftOut(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		ward := d.Unit(t, "19996")
		town := d.Official(t, "town@example.vn", person.Clerk, d.Town)
		var last letter.Letter
		for range 3 {
			last = d.Letter(t)
			send(t, d, last, ward, d.Unit(t, "20005"))
		}
		d.Day(t, 10, 9)
		for most, older := range map[int]int{6: 0, 5: 1, 4: 1, 2: 2, 1: 2} {
			d.Urging.LookAtMost(most)
			st, err := d.Urging.Stuck(t.Context(), town, d.Town.ID)
			if err != nil || st.Older != older || len(st.Groups) == 0 {
				t.Fatalf("at most %d: %d left out, %v", most, st.Older, err)
			}
			if most == 1 && st.Groups[0].Rows[0].Letter.ID != last.ID {
				t.Errorf("the newest letter is not looked through")
			}
		}
	})
}

func TestByHand(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		a, b := d.Unit(t, "19996"), d.Unit(t, "20005")
		d.Official(t, "clerk@example.vn", person.Clerk, a)
		l := d.Letter(t)
		sent := send(t, d, l, a, b)
		town := d.Official(t, "town@example.vn", person.Clerk, d.Town)
		in := urging.UrgeInput{ID: d.IDs.New(), Dispatches: []ident.ID{sent[a.ID].ID, sent[b.ID].ID}, Words: "Đề nghị xem ngay trong sáng nay."}
		for _, bad := range []urging.UrgeInput{
			{Dispatches: in.Dispatches, Words: " \n"}, {Words: "x"}, {Dispatches: in.Dispatches, Words: strings.Repeat("á", 2001)},
		} {
			if _, err := d.Urging.Urge(t.Context(), town, bad); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%d dispatches, %d bytes of words: %v", len(bad.Dispatches), len(bad.Words), err)
			}
		}
		if _, err := d.Urging.Urge(t.Context(), d.Actor(person.Clerk, a), in); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a ward urges in the town's name: %v", err)
		}
		r, err := d.Urging.Urge(t.Context(), town, in)
		if err != nil || r.Told != 1 || len(r.Nobody) != 1 || r.Later {
			t.Fatalf("urged: %+v, %v", r, err)
		}
		if r, err = d.Urging.Urge(t.Context(), town, in); err != nil || len(r.Already) != 2 {
			t.Fatalf("pressed again: %+v, %v", r, err)
		}
		d.Drain(t)
		got := digests(d, "clerk@example.vn")
		if len(got) != 1 {
			t.Fatalf("got %q", got)
		}
		want(t, "the message", got[0], "Đề nghị xem ngay trong sáng nay.", "Nguyễn Văn Mẫu")

		d.Clock.Set(clock.Date(2024, time.June, 6, 21, 0).Time) // in the evening it waits for the next digest, and the day counts
		if r, err = d.Urging.Urge(t.Context(), town, in); err != nil || len(r.Already) != 2 {
			t.Fatalf("in the evening: %+v, %v", r, err)
		}
		d.Clock.Set(clock.Date(2024, time.June, 7, 5, 0).Time)
		if r, err = d.Urging.Urge(t.Context(), town, in); err != nil || r.Told != 1 || !r.Later {
			t.Fatalf("before dawn: %+v, %v", r, err)
		}
		d.Drain(t)
		if got := digests(d, "clerk@example.vn"); len(got) != 1 {
			t.Fatalf("told in quiet hours: %q", got)
		}
		d.Day(t, 7, 7)
		if got := digests(d, "clerk@example.vn"); len(got) != 2 {
			t.Fatalf("not told in the morning: %q", got)
		}
		log, err := d.Urging.Sent(t.Context(), town, l.ID)
		if err != nil || len(log.Steps) != 4 || log.Steps[0].By != "Nguyễn Văn Mẫu" {
			t.Fatalf("log: %+v, %v", log.Steps, err)
		}
		own, err := d.Urging.Sent(t.Context(), d.Actor(person.Clerk, a), l.ID)
		if err != nil || len(own.Steps) != 2 || own.Steps[0].Unit.ID != a.ID {
			t.Errorf("the ward sees %+v, %v", own.Steps, err)
		}
		if _, err := d.Urging.Sent(t.Context(), d.Actor(person.Clerk, d.Unit(t, "20008")), l.ID); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a stranger reads the log: %v", err)
		}
		if _, err := d.Cascade.Recall(t.Context(), town, sent[a.ID].ID, "Gửi nhầm"); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Urging.Urge(t.Context(), town, in); fault.KindOf(err) != fault.Conflict {
			t.Errorf("what was recalled is urged: %v", err)
		}
	})
}

func TestRulesOfALetter(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		ward := d.Unit(t, "19996")
		d.Official(t, "clerk@example.vn", person.Clerk, ward)
		town := d.Actor(person.Clerk, d.Town)
		l := d.Letter(t)
		got, err := d.Urging.Rules(t.Context(), town, l.ID)
		if err != nil || !slices.Equal(got.Rules, urging.DefaultRules()) {
			t.Fatalf("rules %+v, %v", got, err)
		}
		rules := slices.Clone(got.Rules)
		rules[0].Within = 3
		if err := d.Urging.SetRules(t.Context(), d.Actor(person.Clerk, ward), l.ID, got.Version, rules); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a receiver changes the rules: %v", err)
		}
		for range 2 {
			if err := d.Urging.SetRules(t.Context(), town, l.ID, got.Version, rules); err != nil {
				t.Fatal(err)
			}
		}
		rules[0].Within = 2
		if err := d.Urging.SetRules(t.Context(), town, l.ID, got.Version, rules); fault.KindOf(err) != fault.Conflict {
			t.Errorf("an older version: %v", err)
		}
		rules[0].Within = 99
		if err := d.Urging.SetRules(t.Context(), town, l.ID, 1, rules); fault.KindOf(err) != fault.Invalid {
			t.Errorf("99 days: %v", err)
		}
		send(t, d, l, ward)
		d.Day(t, 11, 8)
		if n := len(digests(d, "clerk@example.vn")); n != 0 {
			t.Errorf("%d digests before the letter's own rule", n)
		}
		d.Day(t, 12, 8)
		if n := len(digests(d, "clerk@example.vn")); n != 1 {
			t.Errorf("%d digests after the letter's own rule", n)
		}
	})
}

// TestReportsUpwardAreUrged has a unit that works and has not sent its report.
func TestReportsUpwardAreUrged(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		ward := d.Unit(t, "19996")
		d.Official(t, "clerk@example.vn", person.Clerk, ward)
		l := d.Letter(t)
		sent := send(t, d, l, ward)[ward.ID]
		if _, err := d.Cascade.Receive(t.Context(), d.Actor(person.Clerk, ward), sent.ID); err != nil {
			t.Fatal(err)
		}
		d.Reports.List = []urging.OverdueReport{{Letter: l.ID, Unit: ward.ID, Due: "2024-06-09"}}
		d.Day(t, 10, 8)
		got := digests(d, "clerk@example.vn")
		if len(got) != 1 {
			t.Fatalf("got %q", got)
		}
		want(t, "the digest", got[0], "chưa gửi báo cáo, hạn 9/6/2024")
	})
}

// TestOwnSuperiorUrges has a branch of a union that is late with a letter of the committee: the union urges it, not the committee.
func TestOwnSuperiorUrges(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		branch := d.Tree.Subordinates(d.Unit(t, "480.DTN").ID)[0]
		union := d.Unit(t, "480.DTN")
		d.Official(t, "union@example.vn", person.Leader, union)
		d.Official(t, "branch@example.vn", person.Clerk, branch)
		l := d.Letter(t)
		send(t, d, l, branch)
		for day := 7; day <= 20; day++ {
			d.Day(t, day, 8)
		}
		sent, err := d.Urging.Sent(t.Context(), person.SystemActor, l.ID)
		if err != nil || len(sent.Drafts) != 1 || sent.Drafts[0].Superior.ID != union.ID {
			t.Fatalf("the letter is not the union's: %+v, %v", sent.Drafts, err)
		}
		if got := digests(d, "union@example.vn"); len(got) == 0 {
			t.Error("the union's leader was not told")
		}
		st, err := d.Urging.Stuck(t.Context(), d.Actor(person.Leader, union), union.ID)
		if err != nil || len(st.Drafts) != 1 || st.Units != 1 {
			t.Errorf("the union sees %+v, %v", st, err)
		}
	})
}

// TestDutiesAsRecordsAreUrged has a union that passes one duty on with an earlier day of its own: its branch is urged by
// that day and for that duty only, not for the publicity that others were asked for.
func TestDutiesAsRecordsAreUrged(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		union := d.Unit(t, "480.DTN")
		branch := d.Tree.Subordinates(union.ID)[0]
		clerk := d.Official(t, "union@example.vn", person.Clerk, union)
		below := d.Official(t, "branch@example.vn", person.Clerk, branch)
		l := d.Letter(t)
		sent := send(t, d, l, union)[union.ID]
		if _, err := d.Cascade.Receive(t.Context(), clerk, sent.ID); err != nil {
			t.Fatal(err)
		}
		split, err := d.Cascade.Split(t.Context(), clerk, cascade.SplitInput{
			Dispatch: sent.ID, Duty: 2, Units: []cascade.UnitPart{{Unit: branch.ID, Text: "Gửi danh sách của chi đoàn.", Deadline: clock.Date(2024, time.June, 12, 0, 0)}},
		})
		if err != nil {
			t.Fatal(err)
		}
		d.Drain(t)
		if _, err := d.Cascade.Receive(t.Context(), below, split.Dispatches[0].ID); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Cascade.Assign(t.Context(), below, split.Dispatches[0].ID, 3, cascade.Instruction{Lead: "Nguyễn Văn Mẫu"}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Cascade.Start(t.Context(), below, split.Dispatches[0].ID); err != nil {
			t.Fatal(err)
		}
		d.Day(t, 11, 15)
		if got := digests(d, "branch@example.vn"); len(got) != 0 {
			t.Fatalf("urged before the day: %q", got)
		}
		d.Day(t, 12, 8)
		d.Day(t, 21, 8) // the union's own day is over too, and so are five working days without publicity
		got := digests(d, "branch@example.vn")
		if len(got) == 0 {
			t.Fatal("the branch was not urged")
		}
		want(t, "the digest", got[0], "nhiệm vụ 2")
		for _, one := range got {
			if strings.Contains(one, "tuyên truyền") {
				t.Errorf("urged for what others were asked for: %q", one)
			}
		}
		log, err := d.Urging.Sent(t.Context(), person.SystemActor, l.ID)
		if err != nil {
			t.Fatal(err)
		}
		causes := map[ident.ID][]urging.Cause{}
		for _, s := range log.Steps {
			if s.Step == urging.Remind {
				causes[s.Issue] = append(causes[s.Issue], s.Cause)
			}
		}
		if got := causes[split.Dispatches[0].ID]; !slices.Equal(got, []urging.Cause{urging.DutyLate}) {
			t.Errorf("the branch was urged for %v", got)
		}
		if got := causes[sent.ID]; !slices.Contains(got, urging.DutyLate) || !slices.Contains(got, urging.NotPublicised) {
			t.Errorf("the union was urged for %v", got)
		}
	})
}

// TestNobodyTakesPartAtHalfTime follows wards that did what the letter asks until the challenge it is about is half over: the one
// where nobody registered, but for another challenge, is reminded, once, and so is the one whose only entrant withdrew. The one in
// whose area a union registered is not, nor is a union, which has no area.
func TestNobodyTakesPartAtHalfTime(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		c := challengetest.World{
			DB: d.DB, Clock: d.Clock, IDs: d.IDs, Log: d.Log, Queue: d.Queue, Units: d.Units, Tree: d.Tree, Challenges: d.Challenges, TB: t,
		}
		c.Board = c.Person(challengetest.Province, person.Board)
		w := entranttest.World{
			World: &c, Challenge: c.Announced(), Mail: d.Mail, Postbox: d.Post,
			Entrants: entrant.NewService(d.DB, d.Log, d.IDs, d.Units, d.Challenges, d.Mail),
		}
		d.Urging.Config.Entrants = w.Entrants

		alone, joined, left, union := d.Unit(t, "19996"), d.Unit(t, "20005"), d.Unit(t, "20008"), d.Unit(t, "480.PN")
		units := []unit.Unit{alone, joined, left, union}
		l := d.Letter(t)
		if _, err := d.Letters.Link(t.Context(), d.Actor(person.Clerk, d.Town), l.ID, letter.Link{Challenge: w.Challenge.ID}); err != nil {
			t.Fatal(err)
		}
		sent := send(t, d, l, units...)
		for _, u := range units {
			d.Official(t, "clerk."+u.Code+"@example.vn", person.Clerk, u)
			d.Official(t, "leader."+u.Code+"@example.vn", person.Leader, u)
			id, clerk := sent[u.ID].ID, d.Actor(person.Clerk, u)
			received, err := d.Cascade.Receive(t.Context(), clerk, id)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := d.Cascade.Assign(t.Context(), d.Actor(person.Leader, u), id, received.Version, cascade.Instruction{Lead: "Công chức văn hóa"}); err != nil {
				t.Fatal(err)
			}
			_, err = d.Cascade.Publicise(t.Context(), clerk, cascade.PublicityInput{
				ID: d.IDs.New(), Dispatch: id, Duty: 1, Channel: letter.Loudspeaker, At: clock.At(d.Clock.Now()), Place: "Cụm loa", Times: 1,
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		w.Registered(func(in *entrant.RegisterInput) { in.Unit = d.Unit(t, "20005.DTN").ID })
		other := c.Announced(func(in *challenge.Details) { in.Title, in.Slug = "Cuộc thi khác", "cuoc-thi-khac" })
		w.Registered(func(in *entrant.RegisterInput) {
			in.Challenge, in.Unit, in.Email = other.ID, alone.ID, "doi3@example.org"
		})
		e, who := w.Registered(func(in *entrant.RegisterInput) { in.Unit, in.Email = left.ID, "doi2@example.org" })
		if _, err := w.Entrants.Withdraw(t.Context(), who, e.ID, ""); err != nil {
			t.Fatal(err)
		}

		for day := 7; day <= 17; day++ { // half-time is the first moment of the 18th
			d.Day(t, day, 15)
		}
		for _, u := range units {
			if got := digests(d, "clerk."+u.Code+"@example.vn"); len(got) != 0 {
				t.Errorf("%s is reminded before half-time: %q", u.FullName, got)
			}
		}
		for day := 18; day <= 20; day++ {
			for _, hour := range []int{8, 15} {
				d.Day(t, day, hour)
			}
		}
		for _, u := range units {
			got := digests(d, "clerk."+u.Code+"@example.vn")
			if u.ID == joined.ID || u.ID == union.ID {
				if len(got) != 0 {
					t.Errorf("%s is reminded: %q", u.FullName, got)
				}
				continue
			}
			if len(got) != 1 {
				t.Errorf("%s got %d reminders, want one: %q", u.FullName, len(got), got)
				continue
			}
			want(t, "reminder to "+u.FullName, got[0], "chưa có tập thể, cá nhân nào đăng ký dự thi", string(sent[u.ID].ID))
		}
	})
}
