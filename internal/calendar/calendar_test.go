package calendar

import (
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sachhon/internal/clock"
)

func TestDaysThatOfficesWork(t *testing.T) {
	c := Builtin()
	for day, want := range map[clock.Day]bool{
		"2024-06-06": true, "2024-06-08": false, "2024-06-09": false, // an ordinary week
		"2024-02-12": false, "2024-02-15": true, // Tết Giáp Thìn
		"2024-04-29": false, "2024-05-04": true, // swapped
		"2025-05-02": false, "2025-04-26": true,
		"2026-04-27": false, // given for a Sunday
		"2024-09-03": false, "2025-09-01": false,
		"": false, "2024-02-30": false,
	} {
		if got := c.Working(day); got != want {
			t.Errorf("Working(%s) = %t, want %t", day, got, want)
		}
	}
	for _, e := range c.Entries(0) {
		if e.Source == "" || e.Name == "" {
			t.Errorf("%s lacks its name or source", e.Day)
		}
		if w := e.Day.Start().Local().Weekday(); (e.Kind == Working) != (w == time.Saturday || w == time.Sunday) && e.Kind == Working {
			t.Errorf("%s is worked for another day and is a %s", e.Day, w)
		}
	}
	if got := c.AddWorkingDays("2024-04-26", 1); got != "2024-05-02" {
		t.Errorf("the working day after Friday 26 April 2024 is %s", got)
	}
	if got, want := c.End(clock.Date(2024, time.June, 7, 23, 59), 1), clock.Date(2024, time.June, 11, 0, 0); got != want {
		t.Errorf("End() = %s, want %s", got.Local(), want.Local())
	}
	var none *Calendar
	if !none.Working("2024-04-30") || none.Working("2024-05-04") || none.Entries(2024) != nil || none.Version() != 0 {
		t.Error("no calendar knows more than week-ends")
	}
}

// The embedded days agree with the labour code: four fixed days, the second day of the National Day beside the first, the
// first days of the lunar year, and the tenth of its third month, by the moon.
func TestHolidaysFollowTheLawAndTheMoon(t *testing.T) {
	c := Builtin()
	for year := 2024; year <= 2027; year++ {
		on := func(m time.Month, d int) clock.Day { return clock.DayOf(clock.Date(year, m, d, 12, 0).Time) }
		off := func(d clock.Day, what string) {
			if e, ok := c.Entry(d); !ok || e.Kind != Off {
				t.Errorf("%s, %s, is no holiday", d, what)
			}
		}
		off(on(1, 1), "New Year")
		off(on(4, 30), "30 April")
		off(on(5, 1), "1 May")
		off(on(9, 2), "National Day")
		if c.Working(on(9, 1)) == c.Working(on(9, 3)) && c.Working(on(9, 1)) {
			t.Errorf("%d: no day beside the National Day", year)
		}
		first, third := lunarMonths(year)
		for n := range 4 {
			if c.Working(first.Plus(n)) {
				t.Errorf("day %d of the lunar year %d, %s, is worked", n+1, year, first.Plus(n))
			}
		}
		if c.Working(first.Plus(-1)) {
			t.Errorf("the day before the lunar year %d is worked", year)
		}
		off(third.Plus(9), "the tenth of the third lunar month")
	}
}

// lunarMonths returns the first days of the first and the third lunar month in Vietnam's zone. The first begins with the
// new moon nearest to the sun's entry into 330°; there is no leap month before the third in these years.
func lunarMonths(year int) (first, third clock.Day) {
	k := math.Floor((float64(year) - 2000 + 0.05) * 12.3685)
	for ; ; k++ {
		if d := newMoon(k); d >= clock.Day(time.Date(year, 1, 21, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)) {
			return d, newMoon(k + 2)
		}
	}
}

// newMoon is the day of the k-th new moon since 2000, after Meeus, good to some minutes.
func newMoon(k float64) clock.Day {
	t := k / 1236.85
	jde := 2451550.09766 + 29.530588861*k + 0.00015437*t*t
	rad := func(x float64) float64 { return x * math.Pi / 180 }
	m := rad(2.5534 + 29.10535670*k)
	mm := rad(201.5643 + 385.81693528*k + 0.0107582*t*t)
	f := rad(160.7108 + 390.67050284*k - 0.0016118*t*t)
	jde += -0.40720*math.Sin(mm) + 0.17241*math.Sin(m) + 0.01608*math.Sin(2*mm) + 0.01039*math.Sin(2*f) +
		0.00739*math.Sin(mm-m) - 0.00514*math.Sin(mm+m) + 0.00208*math.Sin(2*m)
	return clock.DayOf(time.Unix(int64((jde-2440587.5)*86400)-69, 0))
}

func drawDay(t *rapid.T) clock.Day {
	return dayOf(rapid.IntRange(19_700, 21_200).Draw(t, "day")) // 2023 to early 2028
}

// The calendar counts back what it counted forth, never ends on a day off, and later days and more days never end earlier.
func TestWorkingDaysProperties(t *testing.T) {
	c := Builtin()
	rapid.Check(t, func(t *rapid.T) {
		d, n := drawDay(t), rapid.IntRange(-60, 60).Draw(t, "n")
		end := c.AddWorkingDays(d, n)
		if n != 0 && !c.Working(end) {
			t.Fatalf("%d working days from %s end on %s, a day off", n, d, end)
		}
		if got := c.WorkingDaysBetween(d, end); got != n {
			t.Fatalf("%d working days from %s end on %s, where %d are counted", n, d, end, got)
		}
		if c.Working(d) && c.AddWorkingDays(end, -n) != d {
			t.Fatalf("%s is not found back from %s", d, end)
		}
		if later := c.AddWorkingDays(d.Next(), n); later < end {
			t.Fatalf("%d working days end on %s from %s, and on %s from the day after", n, end, d, later)
		}
		if more := c.AddWorkingDays(d, n+1); more <= end && n != -1 {
			t.Fatalf("one more than %d days from %s ends on %s, not after %s", n, d, more, end)
		}
		at := d.Start().Add(time.Duration(rapid.IntRange(0, 24*60-1).Draw(t, "minute")) * time.Minute)
		stop, ahead := c.End(at, n), c.Ahead(at, n)
		if n <= 0 {
			if stop != at || ahead != at {
				t.Fatalf("%d days after %s are %s, before it %s", n, at, stop, ahead)
			}
			return
		}
		if !c.Working(clock.DayOf(stop.Add(-time.Microsecond).Time)) || !stop.After(at.Time) {
			t.Fatalf("the end %s lies on a day off, or before %s", stop, at)
		}
		if !c.Working(clock.DayOf(ahead.Time)) || !ahead.Before(at.Time) {
			t.Fatalf("%s is no working day before %s", ahead, at)
		}
		if back := c.Ahead(stop, n); c.Working(d) && clock.DayOf(back.Time) != d {
			t.Fatalf("%d working days before %s begin on %s, not on %s", n, stop, back, d)
		}
	})
}

// A calendar whose days are all off still answers.
func TestNoDayIsWorked(t *testing.T) {
	var entries []Entry
	for n := range 30_000 {
		entries = append(entries, Entry{Day: dayOf(19_000 + n), Kind: Off})
	}
	if d := newCalendar(1, entries).AddWorkingDays("2024-01-01", 3); d == "" {
		t.Error("no answer")
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		builtin, "day,kind,name,source\n2028-01-26,off,Tết,Thông báo\n", "\ufeffday,kind,name,source\n2028-01-26,off,\"Tết\nMậu Thân\",x\n",
		"day,kind,name,source\n2028-02-30,off,x,y\n2028-01-26,sing,x,y\n2028-01-26,off,x\n", "", "day;kind\n", "day,kind,name,source\n\"",
		"day,kind,name,source\n2028-01-26,off,x,y\n2028-01-26,off,x,y\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		entries, faults, err := read(strings.NewReader(s))
		if err != nil && (len(entries) > 0 || len(faults) > 0) {
			t.Error("a file that cannot be read has entries")
		}
		for _, e := range entries {
			if _, ok := number(e.Day); !ok || !e.Kind.Valid() || e.Name == "" || e.Source == "" {
				t.Errorf("accepted %+v", e)
			}
		}
		for _, bad := range faults {
			if bad.Key == "" {
				t.Error("a fault without a message")
			}
		}
	})
}
