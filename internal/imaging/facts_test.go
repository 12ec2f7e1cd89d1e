package imaging

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"time"

	"sachhon/internal/clock"
)

func factsOf(t *testing.T, data []byte) Facts {
	t.Helper()
	return ReadFacts(bytes.NewReader(withEXIF(asJPEG(t, scene(1, 16, 16)), data)), JPEG)
}

func TestFactsOfAPhone(t *testing.T) {
	f := factsOf(t, phone(6))
	if want := clock.Date(2024, time.June, 15, 7, 30); f.Taken != want || !f.ZoneKnown {
		t.Errorf("taken %v (%v), want %v", f.Taken, f.ZoneKnown, want)
	}
	if !f.PlaceKnown || math.Abs(f.Place.Lat-16.5309) > 1e-4 || math.Abs(f.Place.Lon-107.4713) > 1e-4 {
		t.Errorf("place %v (%v)", f.Place, f.PlaceKnown)
	}
	if f.Orientation != 6 || f.Camera != "Sao A1" {
		t.Errorf("orientation %d, camera %q", f.Orientation, f.Camera)
	}
}

func TestTaken(t *testing.T) {
	for _, tt := range []struct {
		local, original, general string
		want                     time.Time
		zoneKnown                bool
	}{
		{"2024:06:15 07:30:00", "+07:00", "", time.Date(2024, 6, 15, 0, 30, 0, 0, time.UTC), true},
		{"2024:06:15 07:30:00", "-05:00", "+07:00", time.Date(2024, 6, 15, 12, 30, 0, 0, time.UTC), true},
		{"2024:06:15 07:30:00", "", "+09:00", time.Date(2024, 6, 14, 22, 30, 0, 0, time.UTC), true},
		{"2024:06:15 07:30:00", "Z", "", time.Date(2024, 6, 15, 7, 30, 0, 0, time.UTC), true},
		{"2024:06:15 07:30:00", "", "", time.Date(2024, 6, 15, 0, 30, 0, 0, time.UTC), false},
		{"2024:06:15 07:30:00", "nonsense", "", time.Date(2024, 6, 15, 0, 30, 0, 0, time.UTC), false},
		{"0000:00:00 00:00:00", "", "", time.Time{}, false},
		{"1980:01:01 00:00:00", "", "", time.Time{}, false},
		{"", "+07:00", "", time.Time{}, false},
	} {
		got, zoneKnown := taken(tt.local, tt.original, tt.general)
		if !got.Equal(tt.want) || zoneKnown != tt.zoneKnown {
			t.Errorf("%q %q %q: %v, %v; want %v, %v", tt.local, tt.original, tt.general, got, zoneKnown, tt.want, tt.zoneKnown)
		}
	}
}

func TestFactsThatMakeNoSenseAreLeftOut(t *testing.T) {
	south := []tag{{1, "S"}, {2, [][2]uint32{{33, 1}, {52, 1}, {0, 1}}}, {3, "W"}, {4, [][2]uint32{{70, 1}, {40, 1}, {0, 1}}}}
	if f := factsOf(t, exif(nil, nil, south)); !f.PlaceKnown || f.Place.Lat > -33 || f.Place.Lon > -70 {
		t.Errorf("south west is %+v", f.Place)
	}
	for name, position := range map[string][]tag{
		"null island":   {{1, "N"}, {2, [][2]uint32{{0, 1}, {0, 1}, {0, 1}}}, {3, "E"}, {4, [][2]uint32{{0, 1}, {0, 1}, {0, 1}}}},
		"off the globe": {{1, "N"}, {2, [][2]uint32{{91, 1}, {0, 1}, {0, 1}}}, {3, "E"}, {4, [][2]uint32{{107, 1}, {0, 1}, {0, 1}}}},
		"over zero":     {{1, "N"}, {2, [][2]uint32{{16, 0}, {0, 0}, {0, 0}}}, {3, "E"}, {4, [][2]uint32{{107, 1}, {0, 1}, {0, 1}}}},
		"half":          {{1, "N"}, {2, [][2]uint32{{16, 1}, {0, 1}, {0, 1}}}},
	} {
		if f := factsOf(t, exif(nil, nil, position)); f.PlaceKnown {
			t.Errorf("%s: place %v", name, f.Place)
		}
	}
	if f := factsOf(t, phone(9)); f.Orientation != 1 {
		t.Errorf("orientation 9 is read as %d", f.Orientation)
	}
	long := factsOf(t, exif([]tag{{0x010f, "Hãng"}, {0x0110, strings.Repeat("ế", 60)}}, nil, nil))
	if len(long.Camera) > 120 || !strings.HasPrefix(long.Camera, "Hãng ếế") {
		t.Errorf("camera %q", long.Camera)
	}
	plain := ReadFacts(bytes.NewReader(asPNG(t, scene(1, 16, 16))), PNG)
	if plain != (Facts{Orientation: 1}) {
		t.Errorf("a picture without EXIF has the facts %+v", plain)
	}
}
