package urging_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/urging"
	"sachhon/internal/urging/urgingtest"
)

// working has the clerk and the leader of a unit take a letter on, so that what it owes from then on are its duties.
func working(t *testing.T, d *urgingtest.Desk, u unit.Unit, id ident.ID) {
	t.Helper()
	received, err := d.Cascade.Receive(t.Context(), d.Actor(person.Clerk, u), id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Cascade.Assign(t.Context(), d.Actor(person.Leader, u), id, received.Version, cascade.Instruction{Lead: "Công chức văn hóa"}); err != nil {
		t.Fatal(err)
	}
	_, err = d.Cascade.Publicise(t.Context(), d.Actor(person.Clerk, u), cascade.PublicityInput{
		ID: d.IDs.New(), Dispatch: id, Channel: letter.Loudspeaker, At: clock.At(d.Clock.Now()), Place: "Cụm loa", Times: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
}

// divided gives a part of the second duty to somebody of the unit, by its leader, who both get an address.
func divided(t *testing.T, d *urgingtest.Desk, u unit.Unit, id ident.ID, until clock.Time) (officer, leader person.Actor) {
	t.Helper()
	officer = d.Official(t, "officer."+u.Code+"@example.vn", person.Board, u)
	leader = d.Official(t, "giver."+u.Code+"@example.vn", person.Leader, u)
	_, err := d.Cascade.Split(t.Context(), leader, cascade.SplitInput{
		Dispatch: id, Duty: 2, People: []cascade.PersonPart{{Person: officer.ID, Text: "Sưu tầm tác phẩm", Deadline: until}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return officer, leader
}

// wardAtWork is a ward that has taken on a letter with Sundays, a number and a part of a person.
func wardAtWork(t *testing.T, d *urgingtest.Desk) (ward unit.Unit, sent cascade.Dispatch, officer person.Actor) {
	t.Helper()
	ward = d.Unit(t, "19996")
	d.Official(t, "clerk@example.vn", person.Clerk, ward)
	d.Official(t, "leader@example.vn", person.Leader, ward)
	d.Official(t, "town@example.vn", person.Leader, d.Town)
	sent = send(t, d, d.Counted(t), ward)[ward.ID]
	working(t, d, ward, sent.ID)
	officer, _ = divided(t, d, ward, sent.ID, clock.Date(2024, time.June, 12, 17, 0))
	return ward, sent, officer
}

// days sweeps twice on each day, in quiet hours too.
func days(t *testing.T, d *urgingtest.Desk, from, until int) {
	t.Helper()
	for day := from; day <= until; day++ {
		for _, hour := range []int{5, 8, 15, 21} {
			d.Day(t, day, hour)
		}
	}
}

// told are the lines of all digests to an address that are about duties, as they were new.
func told(d *urgingtest.Desk, email string) []string {
	var lines []string
	for _, text := range digests(d, email) {
		for line := range strings.SplitSeq(text, "\n- ") {
			what, rest, _ := strings.Cut(line, "\n")
			if strings.HasPrefix(strings.TrimSpace(rest), "https://") {
				_, what, _ = strings.Cut(what, ": ")
				lines = append(lines, what)
			}
		}
	}
	return lines
}

func expectTold(t *testing.T, d *urgingtest.Desk, email string, want ...string) {
	t.Helper()
	if got := told(d, email); !slices.Equal(got, want) {
		t.Errorf("%s was told\n%s\nwant\n%s", email, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A ward lets everything go by: each kind comes to each of its people once, in the day's one digest, and to the superior in
// the words of the letter, which says nothing of the part of a person.
func TestEachKindOfDutyIsUrgedOnce(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		ward, sent, _ := wardAtWork(t, d)
		days(t, d, 7, 28)
		expectTold(t, d, "officer.19996@example.vn", "phần việc của Nguyễn Văn Mẫu (nhiệm vụ 2) quá hạn 12/6, đã 1 ngày làm việc")
		expectTold(t, d, "clerk@example.vn",
			"nhiệm vụ 1 đã qua 1 Chủ nhật chưa thực hiện: 09/6",
			"nhiệm vụ 1 đã qua 2 Chủ nhật chưa thực hiện: 09/6, 16/6",
			"nhiệm vụ 2 mới có 0/3 tác phẩm, hạn 20/6, còn 3 ngày làm việc",
			"nhiệm vụ 1 đã qua 3 Chủ nhật chưa thực hiện: 09/6, 16/6, 23/6",
		)
		expectTold(t, d, "leader@example.vn",
			"nhiệm vụ 1 đã qua 1 Chủ nhật chưa thực hiện: 09/6 (đã nhắc bộ phận phụ trách)",
			"nhiệm vụ 1 đã qua 2 Chủ nhật chưa thực hiện: 09/6, 16/6 (đã nhắc bộ phận phụ trách)",
			"nhiệm vụ 2 mới có 0/3 tác phẩm, hạn 20/6, đã quá 3 ngày làm việc (đã nhắc bộ phận phụ trách)",
			"nhiệm vụ 1 đã qua 3 Chủ nhật chưa thực hiện: 09/6, 16/6, 23/6 (đã nhắc bộ phận phụ trách)",
		)
		if got := told(d, "giver.19996@example.vn"); len(got) != 5 || got[1] != "phần việc của Nguyễn Văn Mẫu (nhiệm vụ 2) quá hạn 12/6, đã 3 ngày làm việc (đã nhắc người được giao)" {
			t.Errorf("the leader who gave the part was told %q", got)
		}
		perDay(t, d)

		town := d.Actor(person.Leader, d.Town)
		log, err := d.Urging.Sent(t.Context(), town, sent.LetterID)
		if err != nil || len(log.Drafts) == 0 {
			t.Fatalf("drafts: %+v, %v", log.Drafts, err)
		}
		text := whole(t, d, log.Drafts[0]).Document.Text()
		want(t, "the letter of urging", text, ward.Organ(), "nhiệm vụ 1 đã qua 3 Chủ nhật chưa thực hiện: 09/6, 16/6, 23/6; nhiệm vụ 2 mới có 0/3 tác phẩm, hạn 20/6")
		if strings.Contains(text, "phần việc") || strings.Count(text, "nhiệm vụ 1") != 1 {
			t.Errorf("the letter names a part of a person, or Sundays twice:\n%s", text)
		}
		counts := map[urging.Cause][4]int{}
		for _, s := range log.Steps {
			n := counts[s.Cause]
			n[s.Step]++
			counts[s.Cause] = n
			if s.Cause == urging.PartLate && (s.About.Name != "" || len(s.To) != 1 || s.To[0].Name != "") {
				t.Errorf("the log tells the town of a part %+v", s)
			}
		}
		own, err := d.Urging.Sent(t.Context(), d.Actor(person.Leader, ward), sent.LetterID)
		if err != nil || len(own.Steps) != len(log.Steps) {
			t.Fatalf("the ward sees %d steps of %d, %v", len(own.Steps), len(log.Steps), err)
		}
		for _, s := range own.Steps {
			if s.Cause == urging.PartLate && (s.About.Name != "Nguyễn Văn Mẫu" || len(s.To) != 1 || s.To[0].Name == "") {
				t.Errorf("the log tells the ward of a part %+v", s)
			}
		}
		if counts[urging.MissedTurn] != [4]int{0, 3, 3, 2} || counts[urging.TooFew] != [4]int{0, 1, 1, 1} || counts[urging.PartLate] != [4]int{0, 1, 1, 0} ||
			counts[urging.DutyLate] != [4]int{} {
			t.Errorf("steps: %v", counts)
		}
	})
}

// What was done is urged no further: a Sunday that was noted, a number that was reached, a part that was finished.
func TestWhatIsDoneIsUrgedNoFurther(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		ward, sent, officer := wardAtWork(t, d)
		clerk := d.Actor(person.Clerk, ward)
		tick := func(duty, count, day, hour int) {
			t.Helper()
			_, err := d.Cascade.Tick(t.Context(), clerk, cascade.TickInput{Dispatch: sent.ID, Duty: duty, Count: count, At: clock.Date(2024, time.June, day, hour, 0)})
			if err != nil {
				t.Fatal(err)
			}
		}
		days(t, d, 7, 9)
		d.Clock.Set(clock.Date(2024, time.June, 9, 22, 0).Time)
		tick(1, 1, 9, 7)
		days(t, d, 10, 11)
		parts, err := d.Cascade.Tasks(t.Context(), officer)
		if err != nil || len(parts) != 1 {
			t.Fatalf("parts: %+v, %v", parts, err)
		}
		if _, err := d.Cascade.FinishPart(t.Context(), officer, parts[0].ID, true, ""); err != nil {
			t.Fatal(err)
		}
		days(t, d, 12, 17)
		tick(2, 3, 17, 9)
		tick(1, 1, 16, 7) // written down later
		days(t, d, 18, 21)
		expectTold(t, d, "officer.19996@example.vn")
		expectTold(t, d, "clerk@example.vn",
			"nhiệm vụ 1 đã qua 1 Chủ nhật chưa thực hiện: 16/6",
			"nhiệm vụ 2 mới có 0/3 tác phẩm, hạn 20/6, còn 3 ngày làm việc",
			"quá hạn nhiệm vụ 2, đã 1 ngày làm việc", // there are enough, and nobody said that it is done
		)
		expectTold(t, d, "leader@example.vn")
		if _, err := d.Cascade.FinishDuty(t.Context(), clerk, sent.ID, 2, true, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Cascade.FinishDuty(t.Context(), clerk, sent.ID, 1, true, ""); err != nil {
			t.Fatal(err)
		}
		days(t, d, 22, 28)
		expectTold(t, d, "leader@example.vn")
		st, err := d.Urging.Stuck(t.Context(), d.Actor(person.Leader, d.Town), d.Town.ID)
		if err != nil || len(st.Groups) != 0 {
			t.Errorf("stuck: %+v, %v", st.Groups, err)
		}
	})
}

// The page of what is stuck says what went by and how many there are; a number whose day is near is no reason to call a unit
// late, and the part of a person is seen by the unit alone.
func TestStuckDuties(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		ward, sent, officer := wardAtWork(t, d)
		town, leader := d.Actor(person.Leader, d.Town), d.Actor(person.Leader, ward)
		whys := func(who person.Actor, u unit.Unit) (all []urging.Why, units int, parts []urging.StuckPart) {
			t.Helper()
			st, err := d.Urging.Stuck(t.Context(), who, u.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range st.Groups {
				all = append(all, g.Why)
			}
			n, err := d.Urging.Count(t.Context(), who, u.ID)
			if err != nil || n != st.Units {
				t.Errorf("the desk counts %d of %d, %v", n, st.Units, err)
			}
			return all, st.Units, st.Parts
		}
		expect := func(when string, units int, want ...urging.Why) {
			t.Helper()
			if got, n, parts := whys(town, d.Town); !slices.Equal(got, want) || n != units || len(parts) != 0 {
				t.Errorf("%s: %v, %d units, %d parts; want %v, %d", when, got, n, len(parts), want, units)
			}
		}
		d.Day(t, 9, 15)
		expect("on Sunday", 0)
		d.Day(t, 10, 9)
		expect("after Sunday", 1, urging.Why(urging.MissedTurn))
		if _, err := d.Cascade.Tick(t.Context(), d.Actor(person.Clerk, ward), cascade.TickInput{Dispatch: sent.ID, Duty: 1, Count: 1, At: clock.Date(2024, time.June, 9, 7, 0)}); err != nil {
			t.Fatal(err)
		}
		expect("noted later", 0)
		d.Day(t, 13, 9)
		expect("the part of a person is late", 0)
		if _, _, parts := whys(leader, ward); len(parts) != 1 || parts[0].Matter.About.Name != "Nguyễn Văn Mẫu" || parts[0].Days != 1 || len(parts[0].Done) != 1 {
			t.Errorf("the ward sees %+v", parts)
		}
		other := d.Unit(t, "20005")
		if _, _, parts := whys(d.Actor(person.Leader, other), other); len(parts) != 0 {
			t.Errorf("another ward sees %+v", parts)
		}
		d.Clock.Set(clock.Date(2024, time.June, 16, 9, 0).Time)
		if _, err := d.Cascade.Tick(t.Context(), d.Actor(person.Clerk, ward), cascade.TickInput{Dispatch: sent.ID, Duty: 1, Count: 1}); err != nil {
			t.Fatal(err)
		}
		d.Day(t, 17, 9)
		expect("the day is near", 0, urging.SoonDue)
		d.Day(t, 21, 9)
		expect("the day has passed", 1, urging.Why(urging.TooFew))
		part, err := d.Cascade.Tasks(t.Context(), officer)
		if err != nil || len(part) != 1 {
			t.Fatalf("parts: %+v, %v", part, err)
		}
		if _, err := d.Cascade.FinishPart(t.Context(), officer, part[0].ID, true, ""); err != nil {
			t.Fatal(err)
		}
		if _, _, parts := whys(leader, ward); len(parts) != 0 {
			t.Errorf("a part that is done is still listed: %+v", parts)
		}
		if _, err := d.Cascade.Recall(t.Context(), town, sent.ID, "Gửi nhầm"); err != nil {
			t.Fatal(err)
		}
		d.Day(t, 28, 9)
		expect("asked back", 0)
	})
}

// A number is counted with what units below did, and a Sunday is done when everybody below did it; a part of somebody
// without an account is told to those who handle the unit's letters.
func TestDutiesThatWereDividedAreCountedBelow(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		union := d.Unit(t, "480.DTN")
		branch := d.Tree.Subordinates(union.ID)[0]
		clerk := d.Official(t, "union@example.vn", person.Clerk, union)
		below := d.Official(t, "branch@example.vn", person.Clerk, branch)
		sent := send(t, d, d.Counted(t), union)[union.ID]
		working(t, d, union, sent.ID)
		for duty := 1; duty <= 2; duty++ {
			if _, err := d.Cascade.Split(t.Context(), clerk, cascade.SplitInput{Dispatch: sent.ID, Duty: duty, Units: []cascade.UnitPart{{Unit: branch.ID}}}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := d.Cascade.Split(t.Context(), clerk, cascade.SplitInput{
			Dispatch: sent.ID, Duty: 1, People: []cascade.PersonPart{{Name: "Lê Văn Không", Deadline: clock.Date(2024, time.June, 11, 0, 0)}},
		}); err != nil {
			t.Fatal(err)
		}
		d.Drain(t)
		all, err := d.Cascade.Follow(t.Context(), d.DB, sent.LetterID)
		if err != nil || len(all) != 2 {
			t.Fatalf("%d dispatches, %v", len(all), err)
		}
		branchHas := all[slices.IndexFunc(all, func(f cascade.Followed) bool { return f.ReceiverID == branch.ID })].Dispatch
		working(t, d, branch, branchHas.ID)
		d.Clock.Set(clock.Date(2024, time.June, 9, 9, 0).Time)
		for duty, count := range map[int]int{1: 1, 2: 3} {
			if _, err := d.Cascade.Tick(t.Context(), below, cascade.TickInput{Dispatch: branchHas.ID, Duty: duty, Count: count}); err != nil {
				t.Fatal(err)
			}
		}
		days(t, d, 10, 12)
		expectTold(t, d, "branch@example.vn")
		expectTold(t, d, "union@example.vn", "phần việc của Lê Văn Không (nhiệm vụ 1) quá hạn 10/6, đã 1 ngày làm việc")
		days(t, d, 13, 18)
		for _, email := range []string{"union@example.vn", "branch@example.vn"} {
			if got := told(d, email); !slices.Contains(got, "nhiệm vụ 1 đã qua 1 Chủ nhật chưa thực hiện: 16/6") || strings.Contains(strings.Join(got, ""), "tác phẩm") {
				t.Errorf("%s was told %q", email, got)
			}
		}
	})
}

// What a unit did moves on to the dispatch with which it gets a letter again, with the parts of its people: nobody is told a
// second time of a part, nor before the unit has the letter; what was not told yet follows.
func TestAPartIsNotToldAgainWhenTheLetterIsSentAgain(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *urgingtest.Desk) {
		ward, sent, _ := wardAtWork(t, d)
		town, clerk := d.Actor(person.Clerk, d.Town), d.Actor(person.Clerk, ward)
		parts := func(id ident.ID) (steps []urging.Step) {
			t.Helper()
			log, err := d.Urging.Sent(t.Context(), town, sent.LetterID)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range slices.Backward(log.Steps) {
				if s.Cause == urging.PartLate && s.Issue == id {
					steps = append(steps, s.Step)
				}
			}
			return steps
		}
		again := func(id ident.ID) cascade.Dispatch {
			t.Helper()
			asked, err := d.Cascade.Recall(t.Context(), town, id, "Sai phụ lục")
			if err != nil {
				t.Fatal(err)
			}
			if asked.Asked != "" { // work has begun
				if _, err := d.Cascade.Answer(t.Context(), clerk, id, asked.Asked, true, ""); err != nil {
					t.Fatal(err)
				}
			}
			next, err := d.Cascade.SendAgain(t.Context(), town, cascade.AgainInput{Dispatch: id})
			if err != nil {
				t.Fatal(err)
			}
			d.Drain(t)
			return next
		}
		const reminded = "phần việc của Nguyễn Văn Mẫu (nhiệm vụ 2) quá hạn 12/6, đã 1 ngày làm việc"
		days(t, d, 7, 13)
		expectTold(t, d, "officer.19996@example.vn", reminded)

		second := again(sent.ID)
		days(t, d, 14, 18)
		if st, err := d.Urging.Stuck(t.Context(), d.Actor(person.Leader, ward), ward.ID); err != nil || len(st.Parts) != 0 {
			t.Errorf("a part of a letter that was not received: %+v, %v", st.Parts, err)
		}
		if got := parts(second.ID); len(got) != 0 {
			t.Errorf("steps about the part before the letter was received: %v", got)
		}
		if _, err := d.Cascade.Receive(t.Context(), clerk, second.ID); err != nil {
			t.Fatal(err)
		}
		days(t, d, 19, 24)
		if got := parts(second.ID); !slices.Equal(got, []urging.Step{urging.Escalate}) {
			t.Errorf("steps about the part with the second dispatch: %v", got)
		}
		st, err := d.Urging.Stuck(t.Context(), d.Actor(person.Leader, ward), ward.ID)
		if err != nil || len(st.Parts) != 1 || len(st.Parts[0].Done) != 2 || st.Parts[0].Dispatch.ID != second.ID {
			t.Errorf("the ward sees %+v, %v", st.Parts, err)
		}

		third := again(second.ID)
		if _, err := d.Cascade.Receive(t.Context(), clerk, third.ID); err != nil {
			t.Fatal(err)
		}
		days(t, d, 25, 28)
		if got := parts(third.ID); len(got) != 0 {
			t.Errorf("steps about the part with the third dispatch: %v", got)
		}
		expectTold(t, d, "officer.19996@example.vn", reminded)
		perDay(t, d)
	})
}
