package cascade

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sachhon/internal/clock"
	"sachhon/internal/letter"
)

// anyRecurrence draws one of those that have one day at most, or of all.
func anyRecurrence(t *rapid.T) *letter.Recurrence {
	every := &letter.Recurrence{Period: rapid.SampledFrom([]string{"day", "week", "month", "quarter", "year"}).Draw(t, "period")}
	switch rapid.IntRange(0, 3).Draw(t, "form") {
	case 1:
		every.Weekdays = []int{rapid.IntRange(0, 6).Draw(t, "weekday")}
	case 2:
		every.Weekdays = []int{1, 2, 3, 4, 5, 6, 0}[rapid.IntRange(0, 3).Draw(t, "first weekday"):rapid.IntRange(4, 7).Draw(t, "after the last")]
		every.Days = rapid.SliceOfNDistinct(rapid.IntRange(1, 31), 1, 5, rapid.ID[int]).Draw(t, "days")
		slices.Sort(every.Days)
		every.Until = rapid.Bool().Draw(t, "until")
		every.Times = rapid.IntRange(0, 3).Draw(t, "times")
	case 3:
		every.Step = rapid.IntRange(0, 5).Draw(t, "step")
	}
	return every
}

func anyMoment(t *rapid.T, label string, from clock.Time, days int) clock.Time {
	return from.Add(time.Duration(rapid.IntRange(0, days*24*60-1).Draw(t, label)) * time.Minute)
}

// Turns follow each other, each under a name of its own that does not depend on where one begins to look; whatever is done
// belongs to one of them, and what is done on time to the one whose time it is.
func TestTurnsFollowEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		every := anyRecurrence(t)
		from := anyMoment(t, "from", clock.Date(2023, time.November, 1, 0, 0), 500)
		until := anyMoment(t, "until", from, 400)
		turns := periodsOf(every, from, until)
		names := map[string]bool{}
		for i, turn := range turns {
			switch {
			case names[turn.Name]:
				t.Fatalf("%s comes twice", turn.Name)
			case !turn.Over.After(turn.At.Time) || turn.At.Before(from.Time) || !turn.At.Before(until.Time) || !turn.Over.After(from.Time):
				t.Fatalf("%+v between %v and %v", turn, from.Local(), until.Local())
			case i > 0 && turns[i-1].Over.After(turn.At.Time):
				t.Fatalf("%+v is not over when %+v begins", turns[i-1], turn)
			case PeriodOf(every, turn.At) != turn.Name || PeriodOf(every, turn.Over.Add(-time.Microsecond)) != turn.Name:
				t.Fatalf("what is done in %+v belongs to %s, %s", turn, PeriodOf(every, turn.At), PeriodOf(every, turn.Over.Add(-time.Microsecond)))
			case turn.Day() < clock.DayOf(turn.At.Time):
				t.Fatalf("%+v is for %s", turn, turn.Day())
			}
			names[turn.Name] = true
		}

		later := anyMoment(t, "later", from, 400)
		var rest []string
		for _, turn := range turns {
			if turn.Over.After(later.Time) {
				rest = append(rest, turn.Name)
			}
		}
		var seen []string
		for _, turn := range periodsOf(every, later, until) {
			seen = append(seen, turn.Name)
		}
		if later.Before(until.Time) && !slices.Equal(rest, seen) {
			t.Fatalf("from %v on the turns are %v, want %v", later.Local(), seen, rest)
		}

		moment := anyMoment(t, "moment", from, 400)
		around := spanOf(every, moment)
		name, found := PeriodOf(every, moment), false
		for _, turn := range periodsOf(every, around.first, around.next) {
			found = found || turn.Name == name
			if !moment.Before(turn.At.Time) && moment.Before(turn.Over.Time) && turn.Name != name {
				t.Fatalf("%v is in %+v and belongs to %s", moment.Local(), turn, name)
			}
		}
		if !found {
			t.Fatalf("%v belongs to %q, which is no turn", moment.Local(), name)
		}
	})
}

func TestTurnsByName(t *testing.T) {
	week := func(days ...int) letter.Recurrence { return letter.Recurrence{Period: "week", Weekdays: days} }
	month := func(days ...int) letter.Recurrence { return letter.Recurrence{Period: "month", Days: days} }
	until := func(r letter.Recurrence) letter.Recurrence { r.Until = true; return r }
	from := clock.Date(2024, time.February, 14, 9, 0) // a Wednesday
	for _, tt := range []struct {
		what  string
		every letter.Recurrence
		until clock.Time
		want  string // names, and days from and to
	}{
		{"a week", week(), clock.Date(2024, time.February, 26, 0, 0), "2024-W07 14-18, 2024-W08 19-25"},
		{"a weekday", week(0), clock.Date(2024, time.February, 26, 0, 0), "2024-W07 18-18, 2024-W08 25-25"},
		{"a weekday that has passed", week(2), clock.Date(2024, time.February, 26, 0, 0), "2024-W08 20-20"},
		{"two weekdays", week(2, 4), clock.Date(2024, time.February, 26, 0, 0), "2024-W07-4 15-15, 2024-W08-2 20-20, 2024-W08-4 22-22"},
		{"the end of the week", week(6, 0), clock.Date(2024, time.February, 25, 0, 0), "2024-W07-6 17-17, 2024-W07-7 18-18, 2024-W08-6 24-24"},
		{"until a weekday", until(week(5)), clock.Date(2024, time.February, 26, 0, 0), "2024-W07 14-16, 2024-W08 19-23"},
		{"a day of the month", month(15), clock.Date(2024, time.March, 16, 0, 0), "2024-02 15-15, 2024-03 15-15"},
		{"two days of the month", month(1, 15), clock.Date(2024, time.March, 2, 0, 0), "2024-02-15 15-15, 2024-03-01 1-1"},
		{"days that February has not", month(29, 30, 31), clock.Date(2024, time.March, 31, 0, 0), "2024-02-29 29-29, 2024-03-29 29-29, 2024-03-30 30-30"},
		{"the last day", month(31), clock.Date(2024, time.May, 1, 0, 0), "2024-02 29-29, 2024-03 31-31, 2024-04 30-30"},
		{"until a day of the month", until(month(20)), clock.Date(2024, time.March, 2, 0, 0), "2024-02 14-20, 2024-03 1-20"},
		{"until a day that has passed", until(month(10)), clock.Date(2024, time.March, 2, 0, 0), "2024-03 1-10"},
		{"until two days of the month", until(month(15, 31)), clock.Date(2024, time.March, 2, 0, 0), "2024-02-15 14-15, 2024-02-29 16-29, 2024-03-15 1-15"},
		{"two weeks", letter.Recurrence{Period: "week", Step: 2}, clock.Date(2024, time.March, 2, 0, 0), "2024-W07 14-25, 2024-W09 26-10"},
		{"half a year", letter.Recurrence{Period: "month", Step: 6}, clock.Date(2024, time.July, 2, 0, 0), "2024-01 14-30, 2024-07 1-31"},
		{"a weekday of a month, which is not followed", letter.Recurrence{Period: "month", Weekdays: []int{6}}, clock.Date(2024, time.March, 2, 0, 0), "2024-02 14-29, 2024-03 1-31"},
	} {
		var got []string
		for _, turn := range periodsOf(&tt.every, from, tt.until) {
			got = append(got, turn.Name+turn.At.Local().Format(" 2-")+turn.Day().Start().Local().Format("2"))
		}
		if list := strings.Join(got, ", "); list != tt.want {
			t.Errorf("%s: %s, want %s", tt.what, list, tt.want)
		}
	}
}

// What is done on another day than the one named belongs to a turn all the same: what is late to the last one, what is early to
// the next.
func TestWhatIsDoneOnAnotherDay(t *testing.T) {
	tuesdays := &letter.Recurrence{Period: "week", Weekdays: []int{2, 4}}
	middle := &letter.Recurrence{Period: "month", Days: []int{1, 15}}
	reports := &letter.Recurrence{Period: "month", Days: []int{10, 20}, Until: true}
	sunday := &letter.Recurrence{Period: "week", Weekdays: []int{0}}
	for _, tt := range []struct {
		every *letter.Recurrence
		day   int // of June 2024, which began on a Saturday
		want  string
	}{
		{tuesdays, 3, "2024-W23-2"},
		{tuesdays, 4, "2024-W23-2"},
		{tuesdays, 5, "2024-W23-2"},
		{tuesdays, 6, "2024-W23-4"},
		{tuesdays, 9, "2024-W23-4"},
		{middle, 1, "2024-06-01"},
		{middle, 14, "2024-06-01"},
		{middle, 15, "2024-06-15"},
		{middle, 30, "2024-06-15"},
		{reports, 1, "2024-06-10"},
		{reports, 10, "2024-06-10"},
		{reports, 11, "2024-06-20"},
		{reports, 20, "2024-06-20"},
		{reports, 25, "2024-06-20"},
		{sunday, 3, "2024-W23"},
		{sunday, 9, "2024-W23"},
		{nil, 3, ""},
	} {
		if got := PeriodOf(tt.every, clock.Date(2024, time.June, tt.day, 12, 0)); got != tt.want {
			t.Errorf("%+v on the %d: %s, want %s", tt.every, tt.day, got, tt.want)
		}
	}
}
