package lang

import (
	"testing"
	"time"

	"sachhon/internal/clock"
)

func TestNumbers(t *testing.T) {
	vi, en := New("vi"), New("en")
	for _, tt := range []struct{ got, want string }{
		{vi.Number(1234567.5), "1.234.567,5"},
		{en.Number(1234567.5), "1,234,567.5"},
		{vi.Number(0), "0"},
		{vi.Number(-0.001), "0"},
		{vi.Number(999), "999"},
		{vi.Number(1000), "1.000"},
		{vi.Number(-51887), "−51.887"},
		{vi.Number(int32(2800)), "2.800"},
		{vi.Number(uint64(18446744073709551615)), "18.446.744.073.709.551.615"},
		{vi.Number(float32(0.5)), "0,5"},
		{vi.Number(2.005), "2"},
		{vi.Percent(0.989), "98,9 %"},
		{en.Percent(1), "100%"},
		{vi.Percent(0.0 / zero), "–"},
		{vi.Number(1 / zero), "–"},
		{vi.Weight(1234500), "1.234,5 kg"},
		{vi.Weight(80_000_000), "80.000 kg"},
		{vi.Weight(1), "0,001 kg"},
		{vi.Weight(0), "0 kg"},
		{vi.Weight(-1500), "−1,5 kg"},
		{en.Weight(1234500), "1,234.5 kg"},
		{vi.Money(3_000_000), "3.000.000 đồng"},
		{en.Money(3_000_000), "3,000,000 đồng"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

var zero = 0.0

func TestDates(t *testing.T) {
	vi, en := New("vi"), New("en")
	june := clock.Date(2024, time.June, 6, 7, 30)
	jan := clock.Date(2024, time.January, 3, 17, 5)
	// 23:00 UTC on the 5th is already the 6th for people here.
	utc := time.Date(2024, time.June, 5, 23, 0, 0, 0, time.UTC)
	for _, tt := range []struct{ got, want string }{
		{vi.Date(june), "06/6/2024"},
		{vi.Date(jan), "03/01/2024"},
		{vi.Date(clock.Date(2024, time.November, 23, 0, 0)), "23/11/2024"},
		{vi.Date(utc), "06/6/2024"},
		{en.Date(june), "6 Jun 2024"},
		{vi.DateLong(june), "ngày 06 tháng 6 năm 2024"},
		{vi.DateLong(jan), "ngày 03 tháng 01 năm 2024"},
		{en.DateLong(june), "6 June 2024"},
		{vi.Time(june), "07h30"},
		{en.Time(jan), "17:05"},
		{vi.DateTime(june), "07h30 ngày 06/6/2024"},
		{en.DateTime(june), "07:30, 6 Jun 2024"},
		{vi.Date(clock.Time{}), ""},
		{vi.DateLong(clock.Time{}), ""},
		{vi.Time(time.Time{}), ""},
		{vi.DateTime(time.Time{}), ""},
		{vi.Duration(0), "chưa đến 1 phút"},
		{vi.Duration(59 * time.Second), "chưa đến 1 phút"},
		{vi.Duration(90 * time.Minute), "1 giờ 30 phút"},
		{en.Duration(61 * time.Minute), "1 hour 1 minute"},
		{vi.Duration(51 * time.Hour), "2 ngày 3 giờ"},
		{vi.Duration(48*time.Hour + 5*time.Minute), "2 ngày"},
		{vi.Duration(-2 * time.Hour), "2 giờ"},
		{en.Duration(72*time.Hour + time.Hour + time.Minute), "3 days 1 hour"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}
