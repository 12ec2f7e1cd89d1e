package cascade

import (
	"testing"
	"time"

	"sachhon/internal/calendar"
	"sachhon/internal/clock"
)

func TestThoseBelowAreAskedEarlier(t *testing.T) {
	at := func(day, hour int) clock.Time { return clock.Date(2024, time.June, day, hour, 0) }
	for _, tt := range []struct {
		name           string
		due, now, want clock.Time
	}{
		{"two working days before", at(28, 17), at(6, 9), at(26, 17)},
		{"over a week-end", at(24, 17), at(6, 9), at(20, 17)},
		{"no time for that", at(12, 17), at(10, 9), at(12, 17)},
		{"over already", at(5, 17), at(10, 9), at(5, 17)},
	} {
		if got := dueBelow(calendar.Builtin(), tt.due, tt.now); !got.Equal(tt.want.Time) {
			t.Errorf("%s: %v, want %v", tt.name, got.Local(), tt.want.Local())
		}
	}
}
