package config

import (
	"testing"
	"time"
)

func TestQuietHours(t *testing.T) {
	const evening, morning = 20 * time.Hour, 6*time.Hour + 30*time.Minute
	for u, want := range map[Urging][2]time.Duration{
		{}: {evening, morning}, {"21:00", "07:00"}: {21 * time.Hour, 7 * time.Hour}, {"20:00", ""}: {evening, morning},
	} {
		from, until, err := u.Quiet()
		if err != nil || from != want[0] || until != want[1] || u.Validate() != nil {
			t.Errorf("%+v: %v, %v, %v", u, from, until, err)
		}
	}
	for _, u := range []Urging{
		{"8pm", ""}, {"20", "06:30"}, {"25:00", "06:30"}, {"20:00", "24:30"}, {"06:00", "20:00"}, {"06:30", "06:30"},
	} {
		if err := u.Validate(); err == nil {
			t.Errorf("%+v is accepted", u)
		}
	}
}
