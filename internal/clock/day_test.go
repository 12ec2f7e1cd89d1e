package clock_test

import (
	"testing"
	"time"

	"sachhon/internal/clock"
)

func TestDay(t *testing.T) {
	late := time.Date(2024, 6, 5, 18, 30, 0, 0, time.UTC) // half past one in the morning in Huế
	if got := clock.DayOf(late); got != "2024-06-06" {
		t.Errorf("DayOf(%v) = %s, want 2024-06-06", late, got)
	}
	if got := clock.Day("2024-02-28").Next().Next(); got != "2024-03-01" {
		t.Errorf("two days after 2024-02-28 is %s, want 2024-03-01", got)
	}
	if got, want := clock.Day("2024-06-06").Start(), clock.Date(2024, 6, 6, 0, 0); got != want {
		t.Errorf("Start() = %v, want %v", got, want)
	}
	for _, bad := range []string{"", "2024-02-30", "06/6/2024", "2024-6-6", "2024-06-06T00:00:00Z"} {
		if d, err := clock.ParseDay(bad); err == nil {
			t.Errorf("ParseDay(%q) = %s, want an error", bad, d)
		}
	}
}

func TestDayWithin(t *testing.T) {
	for _, tt := range []struct {
		first, last clock.Day
		want        bool
	}{
		{"", "", true},
		{"2024-06-06", "2024-06-06", true},
		{"2024-06-07", "", false},
		{"", "2024-06-05", false},
		{"2024-05-01", "2024-12-31", true},
	} {
		if got := clock.Day("2024-06-06").Within(tt.first, tt.last); got != tt.want {
			t.Errorf("Within(%q, %q) = %t, want %t", tt.first, tt.last, got, tt.want)
		}
	}
}
