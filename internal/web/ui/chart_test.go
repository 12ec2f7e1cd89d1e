package ui

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCeiling(t *testing.T) {
	for v, want := range map[int64]int64{0: 2, 2: 2, 3: 4, 7: 8, 10: 10, 11: 20, 342: 400, 999: 1000, 80269: 100000} {
		if got := ceiling(v); got != want {
			t.Errorf("ceiling(%d) = %d, want %d", v, got, want)
		}
	}
}

func TestCeilingHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Int64Range(0, 1e15).Draw(t, "v")
		c := ceiling(v)
		if c < v || c > max(2, 10*v) || c%2 != 0 {
			t.Fatalf("ceiling(%d) = %d", v, c)
		}
	})
}

func TestPartsFillTheBar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(0, 1e12), 1, 12).Draw(t, "values")
		data := make([]Datum, len(values))
		for i, v := range values {
			data[i].Value = v
		}
		end := 0.0
		for _, p := range partsOf(data) {
			x, width := percent(t, p.x), percent(t, p.width)
			if x < end-0.02 {
				t.Fatalf("a part at %v overlaps the one before, which ends at %v", x, end)
			}
			end = x + width
		}
		if sum(data) > 0 && (end < 99.9 || end > 100.1) {
			t.Fatalf("the parts end at %v %%", end)
		}
	})
}

func percent(t *rapid.T, s string) float64 {
	f, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestWaffle(t *testing.T) {
	count := func(part, whole int64) (full int) {
		for i := range waffleSquares(whole) {
			if waffleClass(i, part, whole) == "fill c1" {
				full++
			}
		}
		return full
	}
	for _, tt := range []struct {
		part, whole int64
		want        int
	}{{65, 84, 65}, {0, 84, 0}, {84, 84, 84}, {1, 300, 0}, {2, 300, 1}, {300, 300, 100}, {0, 0, 0}} {
		if got := count(tt.part, tt.whole); got != tt.want {
			t.Errorf("%d of %d fills %d squares, want %d", tt.part, tt.whole, got, tt.want)
		}
	}
}

func TestLetterLines(t *testing.T) {
	l := LetterProps{
		Lines:  []string{"a", "b", "c"},
		Fields: []LetterField{{First: 2, Last: 9}, {First: 3, Last: 3, Doubts: []string{"?"}}, {First: 0, Last: 2}, {First: -4, Last: 1}},
	}
	got := make([]string, 0, 3)
	for _, line := range l.lines() {
		got = append(got, line.class())
	}
	want := "sheet__line,sheet__line sheet__line--source,sheet__line sheet__line--uncertain"
	if strings.Join(got, ",") != want {
		t.Errorf("got %v", got)
	}
}
