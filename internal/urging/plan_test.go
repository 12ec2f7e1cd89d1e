package urging

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sachhon/internal/calendar"
	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

// off is a calendar on which offices do not work at week-ends and on the days named.
func off(days ...clock.Day) *calendar.Calendar {
	var entries []calendar.Entry
	for _, d := range days {
		entries = append(entries, calendar.Entry{Day: d, Kind: calendar.Off})
	}
	return calendar.New(entries...)
}

var tester = Planner{Calendar: off(), Hours: DefaultHours}

func june(day, hour, minute int) clock.Time { return clock.Date(2024, time.June, day, hour, minute) }

// arrived is a dispatch that came on Thursday 6 June at 09:00.
func arrived() Facts {
	return Facts{Publicises: true, Dispatch: cascade.Dispatch{ID: "d", SenderID: "town", State: cascade.Arrived, SentAt: june(6, 9, 0), ArrivedAt: june(6, 9, 0)}}
}

func causes(all []Matter) []Cause {
	var out []Cause
	for _, m := range all {
		out = append(out, m.Cause)
	}
	return out
}

// sundays is a duty of every Sunday for which nothing was noted on some days of June.
func sundays(days ...int) DutyFact {
	d := DutyFact{Number: 1, Every: &letter.Recurrence{Text: "sáng Chủ nhật hàng tuần", Period: "week", Weekdays: []int{0}}}
	for _, day := range days {
		d.Open = append(d.Open, cascade.Period{At: june(day, 0, 0), Over: june(day+1, 0, 0)})
	}
	return d
}

// works is a duty that asks for three works by 20 June.
func works(count int) DutyFact {
	return DutyFact{Number: 2, Deadline: june(21, 0, 0), Count: count, Quota: 3, Of: "tác phẩm"}
}

func TestWhatIsLate(t *testing.T) {
	received := func(f *Facts) { f.Dispatch.State, f.Dispatch.ReceivedAt = cascade.Received, june(7, 8, 0) }
	assigned := func(f *Facts) {
		received(f)
		f.Dispatch.State, f.Dispatch.AssignedAt = cascade.Assigned, june(10, 8, 0)
	}
	outside := func(f *Facts) { f.Dispatch.Outside = true }
	working := func(f *Facts) {
		f.Dispatch.State, f.Dispatch.ReceivedAt, f.FirstAt = cascade.InProgress, june(6, 10, 0), june(6, 11, 0)
	}
	cameLate := func(f *Facts) { f.Dispatch.ArrivedAt, f.Dispatch.ReceivedAt = june(7, 15, 0), june(7, 16, 0) } // on a Friday
	missed := DutyFact{Number: 2, Deadline: june(5, 0, 0), Quota: 3, Of: "tác phẩm"}
	weekly := func(count int, missed ...int) DutyFact { // two each Sunday until 20 June
		d := sundays(missed...)
		d.Deadline, d.Count, d.Quota, d.Of = june(21, 0, 0), count, 2, "lượt phát thanh"
		return d
	}
	part := DutyFact{Number: 2, Parts: []cascade.Part{{ID: "part", Person: "p", Deadline: june(12, 17, 0)}}}
	contest := ChallengeFact{HalfTime: june(16, 0, 0), Closes: june(29, 0, 0), Ends: june(30, 0, 0), Counts: true}
	for _, tt := range []struct {
		name string
		at   clock.Time
		with func(f *Facts)
		want []Cause
	}{
		{"the evening of the next working day", june(7, 23, 59), nil, nil},
		{"the morning after", june(8, 0, 0), nil, []Cause{NotReceived}},
		{"received on time", june(10, 8, 0), received, nil},
		{"two working days after receipt", june(12, 0, 0), received, []Cause{NotAssigned}},
		{"assigned and not begun", june(12, 8, 0), assigned, []Cause{NotStarted}},
		{"assigned yesterday", june(11, 23, 0), assigned, nil},
		{"five working days", june(14, 0, 0), assigned, []Cause{NotStarted, NotPublicised}},
		{"publicised", june(14, 0, 0), func(f *Facts) { assigned(f); f.FirstAt = june(8, 8, 0) }, []Cause{NotStarted}},
		{"nothing to publicise", june(14, 0, 0), func(f *Facts) { assigned(f); f.Publicises = false }, []Cause{NotStarted}},
		{"completed", june(28, 0, 0), func(f *Facts) { f.Dispatch.State = cascade.Completed }, nil},
		{"recalled", june(28, 0, 0), func(f *Facts) { f.Dispatch.State = cascade.Recalled }, nil},
		{"asked back", june(28, 0, 0), func(f *Facts) { assigned(f); f.Dispatch.AskedKind = cascade.ChangeRecall }, nil},
		{"refused", june(28, 0, 0), func(f *Facts) { f.Dispatch.State = cascade.Refused }, nil},
		{"on its way", june(28, 0, 0), func(f *Facts) { f.Dispatch.State, f.Dispatch.ArrivedAt = cascade.Sent, clock.Time{} }, nil},
		{"half-time without entrants", june(16, 0, 0), func(f *Facts) { assigned(f); f.FirstAt, f.Challenge = june(8, 8, 0), &contest }, []Cause{NotStarted, NoEntrant}},
		{"one entrant", june(16, 0, 0), func(f *Facts) {
			one := contest
			one.Entrants = 1
			assigned(f)
			f.FirstAt, f.Challenge = june(8, 8, 0), &one
		}, []Cause{NotStarted}},
		{"registration is closed, the period not over", june(29, 8, 0), func(f *Facts) { f.Challenge = &contest }, []Cause{NotReceived, NotPublicised}},
		{"the challenge is over", june(30, 0, 0), func(f *Facts) { f.Challenge = &contest }, nil},
		{"deadlines outlive it for some days", clock.Date(2024, 7, 10, 0, 0), func(f *Facts) {
			f.Challenge, f.Dispatch.DueAt = &contest, june(28, 17, 0)
			f.Duties = []DutyFact{{Number: 2, Deadline: june(20, 0, 0)}}
		}, []Cause{DutyLate, NotFinished}},
		{"a report that was not sent", june(25, 8, 0), func(f *Facts) {
			f.Dispatch.State, f.FirstAt, f.Reports = cascade.InProgress, june(8, 8, 0), []clock.Day{"2024-06-24", "2024-06-25"}
		}, []Cause{NotReported}},
		{"everything is done but the report", june(25, 8, 0), func(f *Facts) {
			f.Dispatch.State, f.Dispatch.DueAt, f.Reports = cascade.Completed, june(20, 0, 0), []clock.Day{"2024-06-24"}
			f.Duties = []DutyFact{{Number: 2, Deadline: june(20, 0, 0)}}
		}, []Cause{NotReported}},
		{"refused, and no report", june(25, 8, 0), func(f *Facts) {
			f.Dispatch.State, f.Reports = cascade.Refused, []clock.Day{"2024-06-24"}
		}, nil},
		{"a report of long ago", clock.Date(2024, 9, 1, 0, 0), func(f *Facts) {
			f.Dispatch.State, f.FirstAt, f.Reports = cascade.InProgress, june(8, 8, 0), []clock.Day{"2024-06-24"}
		}, nil},
		{"and then no more", clock.Date(2024, 8, 1, 0, 0), func(f *Facts) { f.Challenge, f.Dispatch.DueAt = &contest, june(28, 17, 0) }, nil},
		{"the leader's deadline counts before the sender's", june(12, 0, 0), func(f *Facts) {
			assigned(f)
			f.Dispatch.State, f.Dispatch.DueAt, f.Dispatch.Deadline = cascade.InProgress, june(11, 0, 0), june(13, 0, 0)
		}, nil},
		{"outside, not received", june(8, 0, 0), outside, []Cause{NotReceived}},
		{"outside, received and no more", june(28, 0, 0), func(f *Facts) { received(f); outside(f) }, nil},
		{"outside, what it cannot tell", june(28, 0, 0), func(f *Facts) {
			assigned(f)
			outside(f)
			f.Duties, f.Reports = []DutyFact{{Number: 2, Deadline: june(20, 0, 0)}, {Number: 3, Deadline: june(29, 0, 0)}}, []clock.Day{"2024-06-24"}
		}, nil},
		{"outside, the last of its duties", june(29, 0, 0), func(f *Facts) {
			assigned(f)
			outside(f)
			f.Duties = []DutyFact{{Number: 2, Deadline: june(20, 0, 0)}, {Number: 3, Deadline: june(29, 0, 0)}}
		}, []Cause{NotFinished}},
		{"outside, the sender's deadline", june(27, 0, 0), func(f *Facts) { received(f); outside(f); f.Dispatch.DueAt = june(27, 0, 0) }, []Cause{NotFinished}},
		{"outside, nobody of its area takes part", june(16, 0, 0), func(f *Facts) { received(f); outside(f); f.Challenge = &contest }, []Cause{NoEntrant}},
		{"outside, completed without a report", june(28, 0, 0), func(f *Facts) {
			outside(f)
			f.Dispatch.State, f.Reports = cascade.Completed, []clock.Day{"2024-06-24"}
		}, nil},
		{"a Sunday that is not over", june(9, 23, 59), func(f *Facts) { working(f); f.Duties = []DutyFact{sundays(9)} }, nil},
		{"a Sunday that went by", june(10, 0, 0), func(f *Facts) { working(f); f.Duties = []DutyFact{sundays(9)} }, []Cause{MissedTurn}},
		{"two of them", june(17, 0, 0), func(f *Facts) { working(f); f.Duties = []DutyFact{sundays(9, 16)} }, []Cause{MissedTurn, MissedTurn}},
		{"a Sunday before the letter was received", june(17, 0, 0), func(f *Facts) {
			working(f)
			f.Dispatch.ReceivedAt, f.Duties = june(12, 8, 0), []DutyFact{sundays(9, 16)}
		}, []Cause{MissedTurn}},
		{"who has not received owes that only", june(10, 0, 0), func(f *Facts) { f.Duties = []DutyFact{sundays(9)} }, []Cause{NotReceived}},
		{"a Sunday of long ago", clock.Date(2024, 7, 2, 0, 0), func(f *Facts) { working(f); f.Duties = []DutyFact{sundays(9)} }, nil},
		{"Sundays after the challenge", june(30, 0, 0), func(f *Facts) { working(f); f.Challenge, f.Duties = &contest, []DutyFact{sundays(16, 23)} }, nil},
		{"more than three working days before the number is due", june(16, 23, 59), func(f *Facts) { working(f); f.Duties = []DutyFact{works(1)} }, nil},
		{"three working days before", june(17, 0, 0), func(f *Facts) { working(f); f.Duties = []DutyFact{works(1)} }, []Cause{TooFew}},
		{"as many as are asked for", june(20, 0, 0), func(f *Facts) { working(f); f.Duties = []DutyFact{works(3)} }, nil},
		{"too few after the day", june(21, 0, 0), func(f *Facts) { working(f); f.Duties = []DutyFact{works(2)} }, []Cause{TooFew}},
		{"enough, but nobody said that it is done", june(21, 0, 0), func(f *Facts) { working(f); f.Duties = []DutyFact{works(3)} }, []Cause{DutyLate}},
		{"a duty of a letter that came late, on the next working day", june(10, 23, 59), func(f *Facts) { working(f); cameLate(f); f.Duties = []DutyFact{{Number: 2, Deadline: june(5, 0, 0)}} }, nil},
		{"and when that is over", june(11, 0, 0), func(f *Facts) { working(f); cameLate(f); f.Duties = []DutyFact{{Number: 2, Deadline: june(5, 0, 0)}} }, []Cause{DutyLate}},
		{"a number of a letter that came late", june(10, 23, 59), func(f *Facts) { working(f); cameLate(f); f.Duties = []DutyFact{missed} }, nil},
		{"and when a working day is over", june(11, 0, 0), func(f *Facts) { working(f); cameLate(f); f.Duties = []DutyFact{missed} }, []Cause{TooFew}},
		{"outside, a letter that came late", june(10, 23, 59), func(f *Facts) {
			working(f)
			cameLate(f)
			outside(f)
			f.Duties = []DutyFact{missed}
		}, nil},
		{"too few before the letter was received", june(18, 0, 0), func(f *Facts) { f.Duties = []DutyFact{works(0)} }, []Cause{NotReceived, NotPublicised}},
		{"too few, received yesterday", june(18, 12, 0), func(f *Facts) { working(f); f.Dispatch.ReceivedAt, f.Duties = june(17, 8, 0), []DutyFact{works(0)} }, nil},
		{"a number without a day of its own", june(13, 0, 0), func(f *Facts) {
			working(f)
			f.Dispatch.DueAt, f.Duties = june(14, 17, 0), []DutyFact{{Number: 2, Quota: 3}}
		}, []Cause{TooFew}},
		{"a number a week, and one was missed", june(24, 0, 0), func(f *Facts) { working(f); f.Duties = []DutyFact{weekly(1, 16)} }, []Cause{MissedTurn, DutyLate}},
		{"a number a week that is not reached altogether", june(19, 0, 0), func(f *Facts) { working(f); f.Duties = []DutyFact{weekly(1)} }, nil},
		{"a number without any day", june(28, 0, 0), func(f *Facts) { working(f); f.Duties = []DutyFact{{Number: 2, Quota: 3}} }, nil},
		{"a number outlives the challenge for some days", clock.Date(2024, 7, 10, 0, 0), func(f *Facts) { working(f); f.Challenge, f.Duties = &contest, []DutyFact{works(1)} }, []Cause{TooFew}},
		{"and then no more", clock.Date(2024, 8, 1, 0, 0), func(f *Facts) { working(f); f.Challenge, f.Duties = &contest, []DutyFact{works(1)} }, nil},
		{"the part of a person", june(12, 17, 0), func(f *Facts) { working(f); f.Duties = []DutyFact{part} }, []Cause{PartLate}},
		{"and before its day", june(12, 16, 59), func(f *Facts) { working(f); f.Duties = []DutyFact{part} }, nil},
		{"the part of a person in a letter that came again", june(17, 8, 0), func(f *Facts) { f.Dispatch.ArrivedAt, f.Duties = june(14, 8, 0), []DutyFact{part} }, nil},
		{"and was received again", june(17, 23, 59), func(f *Facts) {
			working(f)
			f.Dispatch.ArrivedAt, f.Dispatch.ReceivedAt, f.Duties = june(14, 8, 0), june(14, 9, 0), []DutyFact{part}
		}, nil},
		{"and when a working day is over", june(18, 0, 0), func(f *Facts) {
			working(f)
			f.Dispatch.ArrivedAt, f.Dispatch.ReceivedAt, f.Duties = june(14, 8, 0), june(14, 9, 0), []DutyFact{part}
		}, []Cause{PartLate}},
		{"all of it in a letter that is asked back", june(28, 0, 0), func(f *Facts) {
			working(f)
			f.Dispatch.AskedKind, f.Duties = cascade.ChangeRecall, []DutyFact{part, works(0), sundays(9, 16)}
		}, nil},
		{"all of it in a letter that was recalled", june(28, 0, 0), func(f *Facts) {
			f.Dispatch.State, f.Dispatch.ReceivedAt, f.Duties = cascade.Recalled, june(7, 8, 0), []DutyFact{part, works(0), sundays(9, 16)}
		}, nil},
	} {
		f := arrived()
		if tt.with != nil {
			tt.with(&f)
		}
		got := causes(tester.Late(f, DefaultRules(), tt.at))
		if len(got) != len(tt.want) {
			t.Errorf("%s: late with %v, want %v", tt.name, got, tt.want)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("%s: late with %v, want %v", tt.name, got, tt.want)
			}
		}
	}
}

// A part of a duty has the duty's day where whoever gave it named none.
func TestAPartHasTheDayOfItsDuty(t *testing.T) {
	duty := cascade.Duty{Number: 2, Deadline: june(14, 17, 0), Parts: []cascade.Part{
		{ID: "1", Name: "A"}, {ID: "2", Name: "B", Deadline: june(12, 17, 0)}, {ID: "3", Name: "C", DoneAt: june(11, 8, 0)},
	}}
	got := dutyFacts([]cascade.Duty{duty})
	if len(got) != 1 || len(got[0].Parts) != 2 || got[0].Parts[0].Deadline != june(14, 17, 0) || got[0].Parts[1].Deadline != june(12, 17, 0) {
		t.Errorf("%+v", got)
	}
	if duty.Deadline = (clock.Time{}); dutyFacts([]cascade.Duty{duty})[0].Parts[0].ID != "2" {
		t.Error("without any day nobody is late")
	}
}

func TestHolidaysAreNotCounted(t *testing.T) {
	p := Planner{Calendar: off("2024-06-07", "2024-06-10"), Hours: DefaultHours}
	if late := p.Late(arrived(), DefaultRules(), june(11, 23, 0)); len(late) != 0 {
		t.Errorf("late %v before the first working day is over", late)
	}
	if late := p.Late(arrived(), DefaultRules(), june(12, 0, 0)); len(late) != 1 {
		t.Errorf("late %v on the day after the first working day", late)
	}
}

// ladder are the steps that are taken about facts in June, at a look every half hour.
func ladder(f Facts, rules Rules) []string {
	taken := map[Key][]Taken{}
	var got []string
	for now := june(6, 9, 0); now.Before(june(29, 0, 0).Time); now = now.Add(30 * time.Minute) {
		for _, due := range tester.Due(f, rules, taken, now) {
			got = append(got, now.Local().Format("2 15:04 ")+[]string{"", "reminded", "leader", "draft"}[due.Step])
			taken[due.Key()] = append(taken[due.Key()], Taken{due.Step, now})
		}
	}
	return got
}

func TestStepsFollowEachOther(t *testing.T) {
	unseen, working := arrived(), arrived()
	unseen.Publicises = false
	working.Publicises, working.Dispatch.State, working.Dispatch.ReceivedAt = false, cascade.InProgress, june(6, 9, 0)
	with := func(d DutyFact) Facts {
		f := working
		f.Duties = []DutyFact{d}
		return f
	}
	daily := DutyFact{Number: 1, Every: &letter.Recurrence{Text: "hằng ngày", Period: "day"}}
	for _, day := range []int{11, 12, 17} {
		daily.Open = append(daily.Open, cascade.Period{At: june(day, 0, 0), Over: june(day+1, 0, 0)})
	}
	onPaper := with(DutyFact{Number: 2, Deadline: june(4, 0, 0)})
	onPaper.Dispatch.SenderID = ""
	for _, tt := range []struct {
		what  string
		facts Facts
		want  []string
	}{
		{"nobody receives", unseen, []string{"10 06:30 reminded", "12 06:30 leader", "17 06:30 draft"}},
		{"two Sundays, each on its own", with(sundays(9, 16)), []string{
			"10 06:30 reminded", "13 06:30 leader", "17 06:30 reminded", "19 06:30 draft", "20 06:30 leader", "26 06:30 draft",
		}},
		{"days of a week together", with(daily), []string{"12 06:30 reminded", "17 06:30 leader", "18 06:30 reminded", "21 06:30 draft", "21 06:30 leader", "27 06:30 draft"}},
		{"a number ahead of its day", with(works(1)), []string{"17 06:30 reminded", "25 06:30 leader", "28 06:30 draft"}},
		{"a number that was due before the letter came", with(DutyFact{Number: 2, Deadline: june(4, 0, 0), Quota: 3}), []string{"10 06:30 reminded", "12 06:30 leader", "17 06:30 draft"}},
		{"a day of its own before the letter came", with(DutyFact{Number: 2, Deadline: june(4, 0, 0)}), []string{"10 06:30 reminded", "12 06:30 leader", "17 06:30 draft"}},
		{"typed in from paper: nobody above knows of it", onPaper, []string{"10 06:30 reminded", "12 06:30 leader"}},
		{"a part stays inside", with(DutyFact{Number: 2, Parts: []cascade.Part{{ID: "a", Deadline: june(12, 17, 0)}}}), []string{"12 17:00 reminded", "14 06:30 leader"}},
	} {
		if got := ladder(tt.facts, DefaultRules()); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.what, got, tt.want)
		}
	}
}

// What a duty of several days owes, day by day: two days of the week are told each on its own, more of them by the week; a
// day of the month is named by itself, and what is done too seldom with how often it was.
func TestTurnsOfSeveralDays(t *testing.T) {
	f := arrived()
	f.Publicises, f.Dispatch.State, f.Dispatch.ReceivedAt = false, cascade.InProgress, june(1, 10, 0)
	every := func(r letter.Recurrence, often int, turns ...cascade.Period) []Matter {
		f.Duties = []DutyFact{{Number: 1, Every: &r, Often: often, Open: turns}}
		return tester.Late(f, DefaultRules(), june(24, 9, 0))
	}
	turn := func(from, over, count int) cascade.Period {
		return cascade.Period{At: june(from, 0, 0), Over: june(over, 0, 0), Count: count}
	}
	for _, tt := range []struct {
		what    string
		late    []Matter
		numbers []int
		about   About
	}{
		{
			"Tuesdays and Thursdays", every(letter.Recurrence{Period: "week", Weekdays: []int{2, 4}}, 0, turn(11, 12, 0), turn(13, 14, 0), turn(27, 28, 0)),
			[]int{1_2024_06_11, 1_2024_06_13},
			About{Duty: 1, Turn: "weekday", Times: 2, Missed: []clock.Day{"2024-06-11", "2024-06-13"}},
		},
		{
			"working days", every(letter.Recurrence{Period: "week", Weekdays: []int{1, 2, 3, 4, 5}}, 0, turn(11, 12, 0), turn(13, 14, 0), turn(17, 18, 0)),
			[]int{1_2024_06_10, 1_2024_06_17},
			About{Duty: 1, Turn: "weekday", Times: 3, Missed: []clock.Day{"2024-06-11", "2024-06-13", "2024-06-17"}},
		},
		{
			"the 5th and the 20th", every(letter.Recurrence{Period: "month", Days: []int{5, 20}}, 0, turn(5, 6, 0), turn(20, 21, 0)),
			[]int{1_2024_06_05, 1_2024_06_20},
			About{Duty: 1, Turn: "date", Times: 2, Missed: []clock.Day{"2024-06-05", "2024-06-20"}},
		},
		{
			"until the 20th", every(letter.Recurrence{Period: "month", Days: []int{20}, Until: true}, 0, turn(1, 21, 0)),
			[]int{1_2024_06_20},
			About{Duty: 1, Turn: "until", Times: 1, Missed: []clock.Day{"2024-06-20"}},
		},
		{
			"a Friday at the latest", every(letter.Recurrence{Period: "week", Weekdays: []int{5}, Until: true}, 0, turn(10, 15, 0)),
			[]int{1_2024_06_14},
			About{Duty: 1, Turn: "until", Times: 1, Missed: []clock.Day{"2024-06-14"}},
		},
		{
			"every two weeks", every(letter.Recurrence{Period: "week", Step: 2}, 0, turn(3, 17, 0)),
			[]int{1_2024_06_03},
			About{Duty: 1, Turn: "span", Times: 1, Missed: []clock.Day{"2024-06-03"}},
		},
		{
			"twice a week", every(letter.Recurrence{Period: "week", Times: 2}, 2, turn(3, 10, 0), turn(10, 17, 1)),
			[]int{1_2024_06_03, 1_2024_06_10},
			About{Duty: 1, Turn: "week", Times: 2, Missed: []clock.Day{"2024-06-03", "2024-06-10"}, Got: []int{0, 1}, Often: 2},
		},
	} {
		var numbers []int
		for _, m := range tt.late {
			numbers = append(numbers, m.Number)
			if diff := cmp.Diff(tt.about, m.About); diff != "" {
				t.Errorf("%s (-want +got)\n%s", tt.what, diff)
			}
		}
		if !slices.Equal(numbers, tt.numbers) {
			t.Errorf("%s: matters %v, want %v", tt.what, numbers, tt.numbers)
		}
	}
}

// Turns of a duty that went by have the same words, and a part is told apart from every other one.
func TestWhatAMatterIsAbout(t *testing.T) {
	f := arrived()
	f.Publicises, f.Dispatch.State, f.Dispatch.ReceivedAt = false, cascade.InProgress, june(6, 10, 0)
	f.Duties = []DutyFact{sundays(9, 16)}
	f.Duties[0].Parts = []cascade.Part{{ID: "a", Person: "p", Name: "Nguyễn Văn Mẫu", CreatedBy: "l", Deadline: june(12, 0, 0)}, {ID: "b", Deadline: june(12, 0, 0)}}
	late := tester.Late(f, DefaultRules(), june(18, 9, 0))
	if len(late) != 4 {
		t.Fatalf("late with %+v", late)
	}
	for _, m := range late[:2] {
		if m.About.Times != 2 || !slices.Equal(m.About.Missed, []clock.Day{"2024-06-09", "2024-06-16"}) || m.About.Turn != "sunday" {
			t.Errorf("a turn is about %+v", m.About)
		}
	}
	if late[0].Number != 1_2024_06_09 || late[1].Number != 1_2024_06_16 || topic(late[0].Key(), late[0].About) != topic(late[1].Key(), late[1].About) {
		t.Errorf("turns %+v", late[:2])
	}
	if a, b := late[2], late[3]; a.Key() == b.Key() || a.About.Person != "p" || a.About.By != "l" || a.About.Until != "2024-06-11" || topic(a.Key(), a.About) == topic(b.Key(), b.About) {
		t.Errorf("parts %+v", late[2:])
	}
	many := arrived()
	many.Dispatch.State, many.Dispatch.ReceivedAt = cascade.InProgress, june(1, 0, 0)
	many.Duties = []DutyFact{sundays(2, 9, 16, 23)}
	many.Duties[0].Open = append(many.Duties[0].Open, cascade.Period{At: june(24, 0, 0), Over: june(25, 0, 0)})
	if a := tester.Late(many, DefaultRules(), june(25, 9, 0))[1].About; a.Times != 5 || len(a.Missed) != missedShown || a.Missed[0] != "2024-06-09" {
		t.Errorf("many turns are about %+v", a)
	}
}

func TestHours(t *testing.T) {
	for at, open := range map[clock.Time]bool{
		june(6, 6, 29): false, june(6, 6, 30): true, june(6, 19, 59): true, june(6, 20, 0): false, june(8, 10, 0): false, june(9, 10, 0): false,
	} {
		if DefaultHours.Open(at, nil) != open {
			t.Errorf("%v: open is not %t", at.Local(), open)
		}
	}
	for at, opens := range map[clock.Time]clock.Time{
		june(6, 3, 0): june(6, 6, 30), june(6, 9, 0): june(6, 9, 0), june(6, 20, 0): june(10, 6, 30), june(7, 23, 0): june(10, 6, 30), june(9, 10, 0): june(10, 6, 30),
	} {
		if got := DefaultHours.Opens(at, off("2024-06-07")); got != opens {
			t.Errorf("from %v it opens at %v, want %v", at.Local(), got.Local(), opens.Local())
		}
	}
}

func TestRulesAreChecked(t *testing.T) {
	if err := DefaultRules().check(); err != nil {
		t.Errorf("the defaults: %v", err)
	}
	for _, r := range []Rule{{Cause: "weather", On: true}, {NotReceived, true, -1, 1, 1}, {NotReceived, true, 1, 61, 1}, {NotReceived, true, 1, 1, 1000}, {PartLate, true, 1, 1, 1}} {
		if err := (Rules{r}).check(); err == nil {
			t.Errorf("%v is accepted", r)
		}
	}
	if all := (Rules{{NotReceived, false, 9, 9, 9}}).complete(); len(all) != len(Causes) || all[0].On || !all[1].On {
		t.Errorf("completed to %v", all)
	}
}

// drawFacts makes a dispatch in any state it may be in.
func drawFacts(t *rapid.T) Facts {
	minute := func(name string) clock.Time {
		return june(1, 0, 0).Add(time.Duration(rapid.IntRange(0, 40*24*60).Draw(t, name)) * time.Minute)
	}
	maybe := func(name string) clock.Time {
		if rapid.Bool().Draw(t, name+"?") {
			return minute(name)
		}
		return clock.Time{}
	}
	f := Facts{Publicises: rapid.Bool().Draw(t, "publicises"), FirstAt: maybe("first")}
	f.Dispatch = cascade.Dispatch{
		SenderID: "town", ID: ident.ID("d"), ArrivedAt: minute("arrived"), ReceivedAt: minute("received"), AssignedAt: minute("assigned"), DueAt: maybe("due"),
		State: rapid.SampledFrom([]cascade.State{cascade.Sent, cascade.Arrived, cascade.Received, cascade.Assigned, cascade.InProgress, cascade.Refused, cascade.Completed, cascade.Recalled}).Draw(t, "state"),
	}
	f.Dispatch.Deadline = maybe("deadline")
	for n := range rapid.IntRange(0, 3).Draw(t, "duties") {
		duty := DutyFact{Number: n + 1, Deadline: maybe("day"), Count: rapid.IntRange(0, 2).Draw(t, "count"), Quota: rapid.IntRange(0, 3).Draw(t, "quota")}
		for m := range rapid.IntRange(0, 4).Draw(t, "turns") {
			day := clock.Day("2024-06-02").Plus(7 * m)
			duty.Open = append(duty.Open, cascade.Period{At: day.Start(), Over: day.Next().Start()})
		}
		if rapid.Bool().Draw(t, "part") {
			duty.Parts = []cascade.Part{{ID: ident.ID(rune('A' + n)), Person: "p", Deadline: minute("part")}}
		}
		f.Duties = append(f.Duties, duty)
	}
	for range rapid.IntRange(0, 2).Draw(t, "reports") {
		f.Reports = append(f.Reports, clock.DayOf(minute("report").Time))
	}
	if rapid.Bool().Draw(t, "challenge") {
		f.Challenge = &ChallengeFact{minute("half"), minute("closes"), minute("ends"), rapid.IntRange(0, 1).Draw(t, "entrants"), rapid.Bool().Draw(t, "counts")}
	}
	return f
}

// TestPlannerNeverHurries runs the planner over weeks in which facts change at will, and checks each step it takes: never in
// quiet hours, never before its time, never twice, only upwards, never about what is settled.
func TestPlannerNeverHurries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var holidays []clock.Day
		for range rapid.IntRange(0, 6).Draw(t, "holidays") {
			holidays = append(holidays, clock.DayOf(june(rapid.IntRange(1, 28).Draw(t, "holiday"), 0, 0).Time))
		}
		p := Planner{Calendar: off(holidays...), Hours: Hours{time.Duration(rapid.IntRange(17*60, 23*60).Draw(t, "begin")) * time.Minute, time.Duration(rapid.IntRange(0, 9*60).Draw(t, "end")) * time.Minute}}
		rules := DefaultRules()
		for i := range rules {
			rules[i].On, rules[i].Within = rapid.Bool().Draw(t, "on"), rapid.IntRange(0, 4).Draw(t, "within")
			rules[i].Leader, rules[i].Superior = rapid.IntRange(0, 3).Draw(t, "leader"), rapid.IntRange(0, 3).Draw(t, "superior")
		}
		taken := map[Key][]Taken{}
		now := june(1, 0, 0)
		f := drawFacts(t)
		for range rapid.IntRange(1, 80).Draw(t, "sweeps") {
			now = now.Add(time.Duration(rapid.IntRange(0, 30*60).Draw(t, "pause")) * time.Minute)
			if rapid.IntRange(0, 9).Draw(t, "change") == 0 {
				f = drawFacts(t)
			}
			late := map[Key]Matter{}
			for _, m := range p.Late(f, rules, now) {
				if now.Before(m.Due.Time) || m.Due.Before(m.From.Time) && m.Cause != NotStarted && !m.Cause.Ahead() {
					t.Fatalf("%v counts as late at %v", m, now)
				}
				late[m.Key()] = m
			}
			for _, due := range p.Due(f, rules, taken, now) {
				key, rule := due.Key(), rules.Of(due.Cause)
				if !p.Hours.Open(now, p.Calendar) {
					t.Fatalf("step in quiet hours, %v", now.Local())
				}
				owed := f.Dispatch.State.Open() || f.Dispatch.State == cascade.Completed && due.Cause == NotReported
				if _, ok := late[key]; !ok || !rule.On || !owed {
					t.Fatalf("step about %v, which is not late", due)
				}
				before := highest(taken[key])
				if due.Step <= before || due.Step > Draft {
					t.Fatalf("step %d after %d", due.Step, before)
				}
				if due.Step == Escalate && rule.Leader == 0 || due.Step == Draft && rule.Superior == 0 {
					t.Fatalf("step %d is left out by %v", due.Step, rule)
				}
				if due.Step > Remind && due.Ahead(now) || due.Step == Draft && due.Cause.Inside() {
					t.Fatalf("step %d about %v", due.Step, due)
				}
				for _, done := range taken[key] {
					if workingDays(p.Calendar, done.At, now) < 1 {
						t.Fatalf("two steps without a working day between: %v and %v", done.At.Local(), now.Local())
					}
				}
				taken[key] = append(taken[key], Taken{due.Step, now})
			}
		}
	})
}

// highest is the last step of the ladder that was taken, Hand for none.
func highest(taken []Taken) Step {
	if len(taken) == 0 {
		return Hand
	}
	return slices.MaxFunc(taken, func(a, b Taken) int { return int(a.Step - b.Step) }).Step
}
