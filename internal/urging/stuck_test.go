package urging_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/urging"
	"sachhon/internal/urging/urgingtest"
)

// stuckOf returns the row about a unit on the page of another with its group, none when it is not there.
func stuckOf(t *testing.T, d *urgingtest.Desk, who person.Actor, page, about unit.Unit) (urging.Why, urging.StuckRow) {
	t.Helper()
	st, err := d.Urging.Stuck(t.Context(), who, page.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range st.Groups {
		for _, r := range g.Rows {
			if r.Receiver.ID == about.ID {
				return g.Why, r
			}
		}
	}
	return "", urging.StuckRow{}
}

// A ward has done all that its letter asks, but not reported: it stands on the page of what is stuck, and is urged by hand, by
// night too.
func TestAnOverdueReportIsStuck(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		ward := d.Unit(t, "19996")
		d.Official(t, "clerk@example.vn", person.Clerk, ward)
		town := d.Official(t, "town@example.vn", person.Clerk, d.Town)
		sent := send(t, d, d.Letter(t), ward)[ward.ID]
		working(t, d, ward, sent.ID)
		clerk := d.Actor(person.Clerk, ward)
		if _, err := d.Cascade.Start(t.Context(), clerk, sent.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Cascade.Complete(t.Context(), clerk, sent.ID, "Đã thực hiện xong."); err != nil {
			t.Fatal(err)
		}
		in := urging.UrgeInput{ID: d.IDs.New(), Dispatches: []ident.ID{sent.ID}, Words: "Đề nghị gửi báo cáo trong sáng nay."}
		if _, err := d.Urging.Urge(t.Context(), town, in); fault.KindOf(err) != fault.Conflict {
			t.Errorf("who is done is urged: %v", err)
		}
		if choice, err := d.Urging.Choose(t.Context(), town, in.Dispatches); err != nil || len(choice.Chosen) != 0 || len(choice.Settled) != 1 {
			t.Errorf("who is done can be chosen: %+v, %v", choice, err)
		}
		d.Day(t, 10, 8)
		if why, _ := stuckOf(t, d, town, d.Town, ward); why != "" {
			t.Fatalf("stuck with nothing to report: %s", why)
		}
		d.Reports.List = []urging.OverdueReport{{Letter: sent.LetterID, Unit: ward.ID, Due: "2024-06-10"}}
		d.Clock.Set(clock.Date(2024, time.June, 11, 5, 0).Time)
		why, row := stuckOf(t, d, town, d.Town, ward)
		if why != urging.Why(urging.NotReported) || row.Action != urging.UrgeNow || !row.Choose {
			t.Fatalf("the report is not stuck: %s, %+v", why, row)
		}
		if n, err := d.Urging.Count(t.Context(), town, d.Town.ID); err != nil || n != 1 {
			t.Errorf("the desk counts %d, %v", n, err)
		}
		choice, err := d.Urging.Choose(t.Context(), town, []ident.ID{sent.ID, sent.ID, d.IDs.New()})
		if err != nil || len(choice.Chosen) != 1 || choice.Others != 1 {
			t.Errorf("chosen: %+v, %v", choice, err)
		}
		if r, err := d.Urging.Urge(t.Context(), town, in); err != nil || r.Told != 1 || !r.Later {
			t.Fatalf("urged: %+v, %v", r, err)
		}
		d.Day(t, 11, 8)
		got := digests(d, "clerk@example.vn")
		if len(got) != 1 {
			t.Fatalf("got %q", got)
		}
		want(t, "the digest", got[0], "Đề nghị gửi báo cáo trong sáng nay.", "chưa gửi báo cáo, hạn 10/6/2024")
		other := d.Unit(t, "20005")
		if why, _ := stuckOf(t, d, d.Actor(person.Clerk, other), other, ward); why != "" {
			t.Errorf("another ward sees %s", why)
		}
	})
}

// A department of the province writes to the town, which passes the letter on to a ward. The department cannot urge the ward: it is
// offered to urge the town, and told that the town has a letter to sign, which it may not open.
func TestWhoMayUrge(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		department, ward := d.Unit(t, "46.STTTT"), d.Unit(t, "19996")
		officer := d.Official(t, "officer@example.vn", person.Clerk, department)
		town := d.Official(t, "town@example.vn", person.Clerk, d.Town)
		d.Official(t, "ward@example.vn", person.Clerk, ward)
		l, err := d.Letters.Compose(t.Context(), officer, letter.ComposeInput{Issuer: department.ID, Document: lettertest.Document("Thông báo rộng rãi.", "Gửi danh sách.")})
		if err != nil {
			t.Fatal(err)
		}
		d.Sign(t, l)
		if l, err = d.Letters.Register(t.Context(), officer, l.ID); err != nil {
			t.Fatal(err)
		}
		sent, err := d.Cascade.Send(t.Context(), officer, cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{d.Town.ID}}})
		if err != nil {
			t.Fatal(err)
		}
		d.Drain(t)
		first := sent.Dispatches[0]
		if _, err := d.Cascade.Receive(t.Context(), town, first.ID); err != nil {
			t.Fatal(err)
		}
		passed, err := d.Cascade.Forward(t.Context(), town, cascade.ForwardInput{Dispatch: first.ID, To: cascade.Recipients{Units: []ident.ID{ward.ID}}})
		if err != nil {
			t.Fatal(err)
		}
		d.Drain(t)
		last := passed.Dispatches[0]
		d.Day(t, 10, 8)
		if _, row := stuckOf(t, d, town, d.Town, ward); row.Action != urging.UrgeNow || !row.Choose {
			t.Errorf("the town may not urge its ward: %+v", row)
		}
		_, row := stuckOf(t, d, officer, department, ward)
		if row.Action != urging.UrgeAbove || row.Choose || row.Through.Dispatch != first.ID || row.Through.Unit.ID != d.Town.ID {
			t.Errorf("the department is offered %+v", row)
		}
		in := urging.UrgeInput{ID: d.IDs.New(), Dispatches: []ident.ID{last.ID}, Words: "Đề nghị thực hiện."}
		if _, err := d.Urging.Urge(t.Context(), officer, in); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("the department urges the ward: %v", err)
		}
		hand := urging.UrgeInput{ID: d.IDs.New(), Dispatches: []ident.ID{last.ID}, Words: "Đề nghị phường thực hiện."}
		if _, err := d.Urging.Urge(t.Context(), town, hand); err != nil {
			t.Fatal(err)
		}
		log, err := d.Urging.Sent(t.Context(), officer, l.ID)
		if err != nil || len(log.Steps) == 0 || log.Steps[0].Cause != urging.ByHand || log.Steps[0].Words != hand.Words || log.Steps[0].By != "" {
			t.Errorf("the issuer sees of what the town wrote to its ward: %+v, %v", log.Steps, err)
		}
		if _, err := d.Cascade.Get(t.Context(), officer, last.ID); (err == nil) != log.Steps[0].Opens {
			t.Errorf("and is led to what it is about: %t, %v", log.Steps[0].Opens, err)
		}
		choice, err := d.Urging.Choose(t.Context(), officer, []ident.ID{last.ID, first.ID})
		if err != nil || len(choice.Chosen) != 1 || choice.Chosen[0].Receiver.ID != d.Town.ID || choice.Others != 1 {
			t.Errorf("chosen: %+v, %v", choice, err)
		}
		in.Dispatches = []ident.ID{row.Through.Dispatch}
		if r, err := d.Urging.Urge(t.Context(), officer, in); err != nil || r.Told != 1 {
			t.Errorf("what is offered fails: %+v, %v", r, err)
		}

		for day := 11; day <= 18; day++ { // nobody leads the ward, and the town's letter is drafted
			d.Day(t, day, 8)
		}
		if _, row := stuckOf(t, d, town, d.Town, ward); row.Action != urging.OpenDraft || row.Draft == "" || row.Waits.ID != "" || !row.Choose {
			t.Errorf("the town is offered %+v", row)
		}
		if _, row := stuckOf(t, d, officer, department, ward); row.Action != urging.UrgeAbove || row.Draft != "" || row.Waits.ID != d.Town.ID {
			t.Errorf("while the town's letter waits the department is offered %+v", row)
		}
		for who, readable := range map[*person.Actor]bool{&officer: false, &town: true} {
			log, err := d.Urging.Sent(t.Context(), *who, l.ID)
			if err != nil || len(log.Drafts) != 1 || log.Drafts[0].Readable != readable {
				t.Errorf("readable %t: %+v, %v", readable, log.Drafts, err)
			}
			about, named := 0, 0 // the ward, whose people only those above it know
			for _, step := range log.Steps {
				if step.Unit.ID != ward.ID {
					continue
				}
				about++
				for _, to := range step.To {
					if to.Name != "" {
						named++
					}
					if to.Role == "" || to.Unit.ID == "" {
						t.Errorf("readable %t: told without a role: %+v", readable, to)
					}
				}
			}
			if about < 2 || (named > 0) != readable {
				t.Errorf("readable %t: %d steps about the ward, %d names", readable, about, named)
			}
		}
		if _, err := d.Cascade.Assign(t.Context(), town, first.ID, 3, cascade.Instruction{Lead: "Văn phòng"}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Cascade.Start(t.Context(), town, first.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Cascade.Complete(t.Context(), town, first.ID, "Xong phần của thị xã."); err != nil {
			t.Fatal(err)
		}
		if _, row := stuckOf(t, d, officer, department, ward); row.Action != urging.Refer || row.Sender.ID != d.Town.ID {
			t.Errorf("when the town is done the department is offered %+v", row)
		}
	})
}

// What a unit refused waits for its sender on the page of what is stuck, beside what it is late with, until it was answered; it
// does not count as late, and who may not answer is told who does.
func TestWhatWasRefusedIsStuck(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		ward := d.Unit(t, "19996")
		d.Official(t, "clerk@example.vn", person.Clerk, ward)
		town := d.Official(t, "town@example.vn", person.Clerk, d.Town)
		clerk := d.Actor(person.Clerk, ward)
		sent := send(t, d, d.Letter(t), ward)[ward.ID]
		if _, err := d.Cascade.Refuse(t.Context(), clerk, sent.ID, "Không thuộc địa bàn"); err != nil {
			t.Fatal(err)
		}
		why, row := stuckOf(t, d, town, d.Town, ward)
		if why != urging.Why(urging.Objected) || row.Action != urging.SendAgain || row.Reason != "Không thuộc địa bàn" || row.Choose || row.Refused != "" {
			t.Fatalf("the refused letter: %s, %+v", why, row)
		}
		if n, err := d.Urging.Count(t.Context(), town, d.Town.ID); err != nil || n != 0 {
			t.Errorf("who refused counts as late: %d, %v", n, err)
		}
		watcher := d.Actor(person.Leader, d.Town)
		if _, row := stuckOf(t, d, watcher, d.Town, ward); row.Action != urging.SendAgain && row.Action != urging.Refer {
			t.Errorf("a leader is offered %s", row.Action)
		}
		again, err := d.Cascade.SendAgain(t.Context(), town, cascade.AgainInput{Dispatch: sent.ID, Words: "Vẫn là địa bàn của phường"})
		if err != nil {
			t.Fatal(err)
		}
		d.Drain(t)
		if why, _ := stuckOf(t, d, town, d.Town, ward); why != "" {
			t.Errorf("sent again, and stuck: %s", why)
		}
		working(t, d, ward, again.ID)
		c, err := d.Cascade.UpdateLetter(t.Context(), town, cascade.ChangeInput{Letter: sent.LetterID, Reason: "Thêm việc"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Cascade.Answer(t.Context(), clerk, again.ID, c.Change.ID, false, "Đã làm xong theo bản cũ"); err != nil {
			t.Fatal(err)
		}
		d.Clock.Set(clock.Date(2024, time.June, 21, 8, 0).Time) // after the day of a duty
		st, err := d.Urging.Stuck(t.Context(), town, d.Town.ID)
		if err != nil || len(st.Groups) < 2 || st.Groups[0].Why != urging.Why(urging.Objected) || st.Units != 1 {
			t.Fatalf("refused and late: %+v, %v", st.Groups, err)
		}
		if row := st.Groups[0].Rows[0]; row.Action != urging.Settle || row.Refused != cascade.ChangeUpdate || row.Reason != "Đã làm xong theo bản cũ" || len(row.Also) != 0 {
			t.Errorf("the refused change: %+v", row)
		}
		if _, err := d.Cascade.Settle(t.Context(), town, again.ID); err != nil {
			t.Fatal(err)
		}
		if why, _ := stuckOf(t, d, town, d.Town, ward); why == urging.Why(urging.Objected) || why == "" {
			t.Errorf("settled: %q", why)
		}
	})
}

// What was refused by a unit below one that gave the letter back, or from which it was taken back, cannot be sent again: its sender is
// not offered to.
func TestWhatIsNotInForceIsNotSentAgain(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		union, below := d.Unit(t, "480.DTN"), d.Unit(t, "20011.DTN")
		clerk := d.Official(t, "clerk@example.vn", person.Clerk, union)
		town := d.Actor(person.Clerk, d.Town)
		sent := send(t, d, d.Letter(t), union)[union.ID]
		working(t, d, union, sent.ID)
		passed, err := d.Cascade.Forward(t.Context(), clerk, cascade.ForwardInput{Dispatch: sent.ID, To: cascade.Recipients{Units: []ident.ID{below.ID}}})
		if err != nil {
			t.Fatal(err)
		}
		d.Drain(t)
		if _, err := d.Cascade.Refuse(t.Context(), d.Actor(person.Clerk, below), passed.Dispatches[0].ID, "Không có đoàn viên"); err != nil {
			t.Fatal(err)
		}
		if _, row := stuckOf(t, d, clerk, union, below); row.Action != urging.SendAgain || row.Reason != "Không có đoàn viên" {
			t.Fatalf("what was refused: %+v", row)
		}
		asked, err := d.Cascade.Recall(t.Context(), town, sent.ID, "Gửi nhầm")
		if err != nil || !asked.Frozen() {
			t.Fatalf("%+v, %v", asked, err)
		}
		if _, row := stuckOf(t, d, clerk, union, below); row.Action != urging.Settle || row.Reason != "Không có đoàn viên" {
			t.Errorf("while the union is asked to give it back: %s, %q", row.Action, row.Reason)
		}
		_, err = d.Cascade.SendAgain(t.Context(), clerk, cascade.AgainInput{Dispatch: passed.Dispatches[0].ID})
		faulttest.Is(t, err, fault.Conflict, "cascade.fault.frozen")
	})
}

// Who leads is told so and reminded first that the letter is not begun; once they are gone those who handle letters are.
func TestWhoLeadsIsRemindedFirst(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		ward := d.Unit(t, "19996")
		d.Official(t, "clerk@example.vn", person.Clerk, ward)
		officer := d.Official(t, "officer@example.vn", person.Board, ward)
		stranger := d.Official(t, "stranger@example.vn", person.Clerk, d.Unit(t, "20005"))
		leader := d.Actor(person.Leader, ward)
		sent := send(t, d, d.Letter(t), ward)[ward.ID]
		got, err := d.Cascade.Receive(t.Context(), d.Actor(person.Clerk, ward), sent.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Cascade.Assign(t.Context(), leader, sent.ID, got.Version, cascade.Instruction{LeadID: stranger.ID}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("somebody of another unit leads: %v", err)
		}
		got, err = d.Cascade.Assign(t.Context(), leader, sent.ID, got.Version, cascade.Instruction{LeadID: officer.ID, Text: "Làm trong tuần"})
		if err != nil || got.Lead != "Nguyễn Văn Mẫu" || got.LeadID != officer.ID {
			t.Fatalf("assigned: %+v, %v", got.Instruction, err)
		}
		if _, err = d.Cascade.Assign(t.Context(), leader, sent.ID, got.Version, cascade.Instruction{LeadID: officer.ID, Text: "Làm ngay"}); err != nil {
			t.Fatal(err)
		}
		d.Drain(t)
		told := d.Post.To("officer@example.vn")
		if len(told) != 1 || !strings.Contains(told[0].Text, "Làm trong tuần") || !strings.Contains(told[0].Subject, "Bạn chủ trì") {
			t.Fatalf("who leads got %+v", told)
		}
		for day := 7; day <= 12; day++ {
			d.Day(t, day, 8)
		}
		about := func(email string) bool {
			return slices.ContainsFunc(digests(d, email), func(text string) bool { return strings.Contains(text, "chưa bắt đầu thực hiện") })
		}
		if !about("officer@example.vn") || about("clerk@example.vn") {
			t.Error("not who leads is reminded, or not only they")
		}
	})
}

// One message that was refused makes a unit unreachable only while none arrives, and only until it has received the letter.
func TestMailsThatWereRefused(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		two, one := d.Unit(t, "19996"), d.Unit(t, "20005")
		d.Official(t, "first@example.vn", person.Clerk, two)
		d.Official(t, "second@example.vn", person.Clerk, two)
		d.Official(t, "only@example.vn", person.Clerk, one)
		town := d.Official(t, "town@example.vn", person.Clerk, d.Town)
		for _, email := range []string{"first@example.vn", "only@example.vn"} {
			d.Post.Refuse(email, true)
		}
		sent := send(t, d, d.Letter(t), two, one)
		expect := func(when string, u unit.Unit, why urging.Why, action urging.Action) {
			t.Helper()
			if got, row := stuckOf(t, d, town, d.Town, u); got != why || row.Action != action {
				t.Errorf("%s: %s, %s; want %s, %s", when, got, row.Action, why, action)
			}
		}
		d.Clock.Set(clock.Date(2024, time.June, 10, 6, 0).Time)
		expect("one of two has it", two, urging.Why(urging.NotReceived), urging.UrgeNow)
		expect("nobody has it", one, urging.MailFailed, urging.Call)
		d.Day(t, 10, 8) // and the reminder is refused too
		expect("nobody was reminded", one, urging.MailFailed, urging.Call)
		d.Post.Refuse("only@example.vn", false)
		d.Clock.Advance(time.Hour)
		if r, err := d.Urging.Urge(t.Context(), town, urging.UrgeInput{ID: d.IDs.New(), Dispatches: []ident.ID{sent[one.ID].ID}, Words: "Đề nghị tiếp nhận."}); err != nil || r.Told != 1 {
			t.Fatalf("urged: %+v, %v", r, err)
		}
		d.Drain(t)
		d.Day(t, 11, 6)
		expect("a message arrived", one, urging.Why(urging.NotReceived), urging.UrgeNow)
		d.Post.Refuse("only@example.vn", true)
		send(t, d, d.Letter(t), one)
		d.Day(t, 12, 6)
		if _, err := d.Cascade.Receive(t.Context(), d.Actor(person.Clerk, one), sent[one.ID].ID); err != nil {
			t.Fatal(err)
		}
		d.Day(t, 17, 8)
		st, err := d.Urging.Stuck(t.Context(), town, d.Town.ID)
		if err != nil {
			t.Fatal(err)
		}
		whys := map[ident.ID]urging.Why{} // by letter
		for _, g := range st.Groups {
			for _, r := range g.Rows {
				if r.Receiver.ID == one.ID {
					whys[r.Letter.ID] = g.Why
				}
			}
		}
		if first := sent[one.ID].LetterID; len(whys) != 2 || whys[first] != urging.Why(urging.NotAssigned) {
			t.Errorf("who received the letter is stuck for %v", whys)
		}
		for id, why := range whys {
			if id != sent[one.ID].LetterID && why != urging.MailFailed {
				t.Errorf("the letter of which nobody knows: %s", why)
			}
		}
	})
}

// A desk says the same for some minutes, whatever moves, and what the page says once somebody has looked there.
func TestTheDeskCountsOnceInAWhile(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		a, b := d.Unit(t, "19996"), d.Unit(t, "20005")
		town := d.Official(t, "town@example.vn", person.Clerk, d.Town)
		sent := send(t, d, d.Letter(t), a, b)
		count := func(when string, want int) {
			t.Helper()
			if n, err := d.Urging.Count(t.Context(), town, d.Town.ID); err != nil || n != want {
				t.Errorf("%s: %d, %v; want %d", when, n, err, want)
			}
		}
		d.Clock.Set(clock.Date(2024, time.June, 10, 8, 0).Time)
		count("both are late", 2)
		if _, err := d.Cascade.Receive(t.Context(), d.Actor(person.Clerk, a), sent[a.ID].ID); err != nil {
			t.Fatal(err)
		}
		count("something moved", 2)
		d.Clock.Advance(4 * time.Minute)
		count("four minutes later", 2)
		d.Clock.Advance(time.Minute)
		count("five minutes later", 1)
		if _, err := d.Cascade.Receive(t.Context(), d.Actor(person.Clerk, b), sent[b.ID].ID); err != nil {
			t.Fatal(err)
		}
		if st, err := d.Urging.Stuck(t.Context(), town, d.Town.ID); err != nil || st.Units != 0 {
			t.Fatalf("the page: %d units, %v", st.Units, err)
		}
		count("somebody looked at the page", 0)
	})
}

// A digest that the mail server does not take in the evening is not tried at night, and goes before the next one: nobody gets two
// on a day.
func TestADigestKeepsTheHours(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		ward := d.Unit(t, "19996")
		d.Official(t, "clerk@example.vn", person.Clerk, ward)
		send(t, d, d.Letter(t), ward)
		d.Post.Down(true)
		d.Day(t, 10, 19)
		for minute := 30; minute < 60*(24-19); minute += 30 {
			d.Clock.Set(clock.Date(2024, time.June, 10, 19, minute).Time)
			d.Drain(t)
		}
		d.Post.Down(false)
		for minute := 0; minute < 6*60+30; minute += 30 {
			d.Clock.Set(clock.Date(2024, time.June, 11, 0, minute).Time)
			d.Drain(t)
			if got := digests(d, "clerk@example.vn"); len(got) != 0 {
				t.Fatalf("sent at %v: %q", d.Clock.Now(), got)
			}
		}
		other := d.Letter(t)
		if _, err := d.Cascade.Send(t.Context(), d.Actor(person.Clerk, d.Town), cascade.SendInput{
			Letter: other.ID, To: cascade.Recipients{Units: []ident.ID{ward.ID}}, DueAt: clock.Date(2024, time.June, 11, 6, 0),
		}); err != nil {
			t.Fatal(err)
		}
		for _, hour := range []int{7, 9, 15} {
			d.Day(t, 11, hour)
		}
		got := digests(d, "clerk@example.vn")
		if len(got) != 1 {
			t.Fatalf("%d digests on the next day: %q", len(got), got)
		}
		want(t, "the digest of the day before", got[0], "chưa tiếp nhận văn bản")
		d.Day(t, 13, 8)
		all := digests(d, "clerk@example.vn")
		if len(all) != 2 || slices.ContainsFunc(all[1:], func(text string) bool { return !strings.Contains(text, "chưa tiếp nhận") }) {
			t.Errorf("the digests in the end: %q", all)
		}
	})
}
