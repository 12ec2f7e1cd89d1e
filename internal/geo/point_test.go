package geo

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"sachhon/internal/fault"
)

var (
	hueCitadel = Point{Lat: 16.4698, Lon: 107.5786}
	tuHa       = Point{Lat: 16.5309, Lon: 107.4713}
)

func anyPoint(t *rapid.T, label string) Point {
	return Point{
		Lat: rapid.Float64Range(-90, 90).Draw(t, label+" lat"),
		Lon: rapid.Float64Range(-180, 180).Draw(t, label+" lon"),
	}
}

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		p   Point
		key string
	}{
		{hueCitadel, ""},
		{Point{90, 180}, ""},
		{Point{0, 107}, ""},
		{Point{}, "geo.fault.nullIsland"},
		{Point{0.0004, -0.0009}, "geo.fault.nullIsland"},
		{Point{90.01, 0}, "geo.fault.range"},
		{Point{107.5, 16.4}, "geo.fault.range"}, // the two swapped
		{Point{0, 180.5}, "geo.fault.range"},
		{Point{math.NaN(), 1}, "geo.fault.range"},
		{Point{1, math.Inf(1)}, "geo.fault.range"},
	} {
		err := tt.p.Check()
		e, _ := errors.AsType[*fault.Error](err)
		if (err != nil) != (tt.key != "") || e != nil && e.Key != tt.key {
			t.Errorf("%v: %v, want %q", tt.p, err, tt.key)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		name string
		p, q Point
		want float64
	}{
		{"a degree of latitude", Point{16, 107}, Point{17, 107}, 111_195},
		{"a degree of longitude at 60°", Point{60, 10}, Point{60, 11}, 55_597},
		{"to the other side", Point{0, 0}, Point{0, 180}, math.Pi * earthRadius},
		{"over the 180th meridian", Point{0, 179.5}, Point{0, -179.5}, 111_195},
		{"from the citadel to Tứ Hạ", hueCitadel, tuHa, 13_310},
	} {
		if got := tt.p.Distance(tt.q); math.Abs(got-tt.want) > tt.want/500 {
			t.Errorf("%s: %.0f m, want %.0f", tt.name, got, tt.want)
		}
	}
}

func TestDistanceIsAMetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := anyPoint(t, "a"), anyPoint(t, "b"), anyPoint(t, "c")
		ab, ba := a.Distance(b), b.Distance(a)
		if a.Distance(a) != 0 || math.Abs(ab-ba) > 1e-6 || ab < 0 || ab > math.Pi*earthRadius+1 || math.IsNaN(ab) {
			t.Fatalf("%v to %v: %v and back %v", a, b, ab, ba)
		}
		if ab > a.Distance(c)+c.Distance(b)+1e-3 {
			t.Fatalf("the detour over %v is shorter", c)
		}
	})
}

func TestParseBox(t *testing.T) {
	b, err := ParseBox(" 107.4, 16.4 ,107.6,16.6")
	if want := (Box{West: 107.4, South: 16.4, East: 107.6, North: 16.6}); err != nil || b != want {
		t.Fatalf("got %v, %v", b, err)
	}
	for _, s := range []string{
		"", "1,2,3", "1,2,3,4,5", "a,b,c,d", "107.6,16.4,107.4,16.6", "107.4,16.6,107.6,16.4", "NaN,NaN,NaN,NaN",
		"-Inf,0,1,1", "0,0,181,1", "0,-91,1,1",
	} {
		if b, err := ParseBox(s); !errors.Is(err, fault.Malformed) {
			t.Errorf("ParseBox(%q) = %v, %v", s, b, err)
		}
	}
}

func FuzzParseBox(f *testing.F) {
	f.Add("107.4,16.4,107.6,16.6")
	f.Fuzz(func(t *testing.T, s string) {
		b, err := ParseBox(s)
		if err != nil {
			return
		}
		if !b.Valid() || !b.Contains(b.Centre()) {
			t.Fatalf("%q is %v", s, b)
		}
		if again, err := ParseBox(b.String()); err != nil || again != b {
			t.Fatalf("%q is %v, then %v, %v", s, b, again, err)
		}
	})
}

func TestBoxesMeet(t *testing.T) {
	b := Box{West: 1, South: 1, East: 3, North: 3}
	for _, tt := range []struct {
		o    Box
		want bool
	}{
		{Box{2, 2, 4, 4}, true},
		{Box{3, 3, 4, 4}, true},
		{Box{0, 0, 9, 9}, true},
		{Box{1.5, 1.5, 2, 2}, true},
		{Box{3.1, 1, 4, 3}, false},
		{Box{1, 3.1, 3, 4}, false},
	} {
		if b.Intersects(tt.o) != tt.want || tt.o.Intersects(b) != tt.want {
			t.Errorf("%v and %v: want %v", b, tt.o, tt.want)
		}
	}
	if got, ok := BoxOf(hueCitadel, tuHa); !ok || got != (Box{tuHa.Lon, hueCitadel.Lat, hueCitadel.Lon, tuHa.Lat}) {
		t.Errorf("BoxOf = %v, %v", got, ok)
	}
	if _, ok := BoxOf(); ok {
		t.Error("no points have a box")
	}
}

func TestCellsCoverTheBox(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyPoint(t, "corner"), anyPoint(t, "corner")
		if rapid.Bool().Draw(t, "small") {
			b = Point{min(a.Lat+0.05, 90), min(a.Lon+0.05, 180)}
		}
		box, _ := BoxOf(a, b)
		limit := rapid.IntRange(1, 40).Draw(t, "limit")
		share := rapid.Float64Range(0, 1)
		p := Point{
			Lat: min(box.South+share.Draw(t, "up")*(box.North-box.South), box.North),
			Lon: min(box.West+share.Draw(t, "right")*(box.East-box.West), box.East),
		}
		ranges := box.Cells(limit)
		if len(ranges) == 0 || len(ranges) > limit {
			t.Fatalf("%d ranges, the limit is %d", len(ranges), limit)
		}
		for _, r := range ranges {
			if c := Cell(p); r.First <= c && c <= r.Last {
				return
			}
		}
		t.Fatalf("the cell %d of %v is in none of %v", Cell(p), p, ranges)
	})
}

func TestCellsAreNarrow(t *testing.T) {
	box := Box{West: 107.46, South: 16.52, East: 107.48, North: 16.535}
	ranges := box.Cells(64)
	if len(ranges) != 2 || ranges[0].Last-ranges[0].First > 3 {
		t.Errorf("a small box has the ranges %v", ranges)
	}
	if Cell(tuHa) == Cell(hueCitadel) {
		t.Error("two towns share a cell")
	}
}
