package challenge_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
)

func june(day, hour int) clock.Time { return clock.Date(2024, time.June, day, hour, 0) }

func sample(state challenge.State) challenge.Challenge {
	c := challenge.Challenge{
		State: state, Period: challenge.Days(june(6, 0).Time, june(29, 0).Time),
		Registration: challenge.Days(june(1, 0).Time, june(20, 0).Time), Parameters: challenge.DefaultParameters(),
	}
	c.ReportingUntil = c.Period.Until.Add(72 * time.Hour)
	return c
}

func TestDatesMoveAChallengeOn(t *testing.T) {
	for _, test := range []struct {
		stored challenge.State
		at     clock.Time
		want   challenge.State
	}{
		{challenge.Draft, june(15, 0), challenge.Draft},
		{challenge.Announced, clock.Date(2024, time.May, 31, 23, 59), challenge.Announced},
		{challenge.Announced, june(1, 0), challenge.RegistrationOpen},
		{challenge.Announced, june(6, 0), challenge.Running}, // two steps at once
		{challenge.RegistrationOpen, june(5, 23), challenge.RegistrationOpen},
		{challenge.Running, clock.Date(2024, time.July, 2, 23, 59), challenge.Running},
		{challenge.Announced, clock.Date(2024, time.July, 3, 0, 0), challenge.ReportingClosed},
		{challenge.Judging, clock.Date(2025, time.July, 3, 0, 0), challenge.Judging},
		{challenge.Archived, june(6, 0), challenge.Archived},
	} {
		if got := sample(test.stored).StateAt(test.at); got != test.want {
			t.Errorf("stored as %s, at %s it is %s, want %s", test.stored, test.at.Local(), got, test.want)
		}
	}
}

func TestTimeNeverMovesAChallengeBack(t *testing.T) {
	states := challenge.Lifecycle.States()
	rapid.Check(t, func(t *rapid.T) {
		c := sample(rapid.SampledFrom(states).Draw(t, "stored"))
		hours := rapid.SliceOfN(rapid.IntRange(0, 24*60), 2, 2).Draw(t, "hours")
		slices.Sort(hours)
		begin := clock.Date(2024, time.May, 25, 0, 0)
		early := c.StateAt(begin.Add(time.Duration(hours[0]) * time.Hour))
		late := c.StateAt(begin.Add(time.Duration(hours[1]) * time.Hour))
		if slices.Index(states, late) < slices.Index(states, early) || slices.Index(states, early) < slices.Index(states, c.State) {
			t.Fatalf("stored %s, then %s, later %s", c.State, early, late)
		}
	})
}

func TestWhenReportsAndRegistrationsAreTaken(t *testing.T) {
	c := sample(challenge.Announced)
	for _, test := range []struct {
		at                     clock.Time
		registrations, reports bool
	}{
		{clock.Date(2024, time.May, 31, 12, 0), false, false},
		{june(1, 0), true, false},
		{june(20, 23), true, true},
		{june(21, 0), false, true},
		{clock.Date(2024, time.July, 3, 0, 0), false, false},
	} {
		if got := c.AcceptsRegistrations(test.at); got != test.registrations {
			t.Errorf("%s: takes registrations %v", test.at.Local(), got)
		}
		if got := c.AcceptsReports(test.at); got != test.reports {
			t.Errorf("%s: takes reports %v", test.at.Local(), got)
		}
	}
	if got, want := c.ReportDue(june(10, 9)), june(13, 9); got != want {
		t.Errorf("due %s, want 72 hours after the end", got.Local())
	}
	c.ReportingUntil = june(12, 0)
	if got := c.ReportDue(june(10, 9)); got != c.ReportingUntil {
		t.Errorf("due %s, want the day reporting closes for all", got.Local())
	}
}

func TestDaysAreWhole(t *testing.T) {
	s := challenge.Days(june(1, 13).Time, june(29, 2).Time)
	if s.From != june(1, 0) || s.Until != june(30, 0) || !s.Contains(june(29, 23)) || s.Contains(june(30, 0)) {
		t.Errorf("from %s until %s", s.From.Local(), s.Until.Local())
	}
	if got := s.LastDay().Local().Day(); got != 29 {
		t.Errorf("the last day is the %dth", got)
	}
}

func TestPrizes(t *testing.T) {
	collective, _ := challenge.DefaultDivisions().Find(challenge.Collective)
	individual, _ := challenge.DefaultDivisions().Find(challenge.Individual)
	for rank, want := range map[int]int64{0: 0, 1: 3_000_000, 2: 2_000_000, 3: 2_000_000, 4: 1_500_000, 5: 1_500_000, 6: 1_000_000, 15: 1_000_000, 16: 0} {
		if p, _ := collective.PrizeFor(rank); p.Amount != want {
			t.Errorf("rank %d gets %d, want %d", rank, p.Amount, want)
		}
	}
	if got := collective.Total() + individual.Total(); got != 25_000_000 {
		t.Errorf("all prizes cost %d", got)
	}
}

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"Thế giới sạch hơn 2024":    "the-gioi-sach-hon-2024",
		"  Chủ nhật xanh – Đợt 3! ": "chu-nhat-xanh-dot-3",
		"<script>":                  "script",
		"🌱":                         "",
	} {
		if got := challenge.Slug(title); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := challenge.Slug(rapid.String().Draw(t, "title"))
		if len(s) > 80 || strings.HasPrefix(s, "-") || strings.HasSuffix(s, "-") || strings.Contains(s, "--") || challenge.Slug(s) != s {
			t.Fatalf("slug %q", s)
		}
	})
}

func TestTimelineNamesLastDays(t *testing.T) {
	c := sample(challenge.Announced)
	c.AnnouncedAt = clock.Date(2024, time.May, 31, 8, 0)
	var kinds []string
	for _, m := range c.Timeline() {
		kinds = append(kinds, m.Kind)
		if m.Kind == "period_ends" && (m.At.Local().Day() != 29 || !m.Last) {
			t.Errorf("the period ends on %s", m.At.Local())
		}
	}
	want := "announced registration period registration_ends period_ends reporting_ends"
	if got := strings.Join(kinds, " "); got != want {
		t.Errorf("timeline %s, want %s", got, want)
	}
}
