package clock

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTimeIsReadAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := At(time.UnixMicro(rapid.Int64Range(-1<<50, 1<<50).Draw(t, "µs")))
		stored, err := want.Value()
		if err != nil {
			t.Fatal(err)
		}
		var got Time
		if err := got.Scan(stored); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Fatalf("read %v, wrote %v", got, want)
		}
	})
}

func TestZeroTimeIsNull(t *testing.T) {
	stored, err := Time{}.Value()
	if err != nil || stored != nil {
		t.Fatalf("zero time stored as %v, %v; want NULL", stored, err)
	}
	got := At(time.Unix(1, 0))
	if err := got.Scan(nil); err != nil || !got.IsZero() {
		t.Fatalf("NULL read as %v, %v; want the zero time", got, err)
	}
	if err := got.Scan("2024-06-06"); err == nil {
		t.Fatal("a text was read as an instant")
	}
}

func TestSwitchFollowsAndShifts(t *testing.T) {
	june := Date(2024, time.June, 6, 8, 0)
	c := NewSwitch(NewSet(june.Time))
	c.Shift(time.Hour)
	if got := At(c.Now()); got != june.Add(time.Hour) {
		t.Fatalf("shifted clock says %v, want %v", got, june.Add(time.Hour))
	}
	later := Date(2026, time.November, 23, 9, 0)
	c.Follow(NewSet(later.Time))
	if got := At(c.Now()); got != later {
		t.Fatalf("clock says %v after Follow, want %v", got, later)
	}
}
