package config

import "testing"

func TestQuietHours(t *testing.T) {
	for _, u := range []Urging{{}, {"21:00", "07:00"}, {"20:00", ""}} {
		if err := u.Validate(); err != nil {
			t.Errorf("%+v: %v", u, err)
		}
	}
	for _, u := range []Urging{{"8pm", ""}, {"20:00", "24:30"}, {"06:00", "20:00"}, {"06:30", "06:30"}} {
		if err := u.Validate(); err == nil {
			t.Errorf("%+v is accepted", u)
		}
	}
}
