package geo

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"sachhon/internal/testkit/shareddir"
)

// square returns a closed ring around (lat, lon).
func square(lat, lon, half float64) Ring {
	return Ring{{lat - half, lon - half}, {lat - half, lon + half}, {lat + half, lon + half}, {lat + half, lon - half}, {lat - half, lon - half}}
}

func TestAreaContains(t *testing.T) {
	island := Polygon{square(20, 110, 1)}
	mainland := Polygon{square(16, 107, 2), square(16, 107, 1)} // with a lake
	a := NewArea(mainland, island)
	for p, want := range map[Point]bool{
		{20, 110}:       true,
		{16, 107}:       false,
		{16, 108.5}:     true,
		{14.5, 105.5}:   true,
		{18.5, 107}:     false,
		{16, 200}:       false,
		{math.NaN(), 0}: false,
	} {
		if got := a.Contains(p); got != want {
			t.Errorf("contains %v: %v, want %v", p, got, want)
		}
	}
	if b, ok := a.Box(); !ok || b != (Box{105, 14, 111, 21}) {
		t.Errorf("box %v, %v", b, ok)
	}
	var nowhere Area
	if _, ok := nowhere.Box(); ok || nowhere.Contains(Point{}) || !nowhere.Empty() {
		t.Error("the zero area is somewhere")
	}
	whole := NewArea(Polygon{square(16, 107, 2)}).SquareMetres()
	lake := NewArea(Polygon{square(16, 107, 1)}).SquareMetres()
	if got := NewArea(mainland).SquareMetres(); math.Abs(got-(whole-lake)) > 1 || math.Abs(whole/lake-4) > 1e-9 {
		t.Errorf("sizes: whole %.0f, lake %.0f, without the lake %.0f", whole, lake, got)
	}
}

func TestNeighboursShareNoPoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Two triangles of one quadrilateral: each point of the middle line lies in exactly one of them.
		a, b := Point{16.3, 107.2}, Point{16.7, 107.9}
		west := NewArea(Polygon{Ring{a, b, {16.9, 107.0}, a}})
		east := NewArea(Polygon{Ring{b, a, {16.1, 108.0}, b}})
		s := rapid.Float64Range(0.001, 0.999).Draw(t, "share")
		p := Point{a.Lat + s*(b.Lat-a.Lat), a.Lon + s*(b.Lon-a.Lon)}
		if west.Contains(p) == east.Contains(p) {
			t.Fatalf("%v: west %v, east %v", p, west.Contains(p), east.Contains(p))
		}
	})
}

const wardJSON = `{"type":"FeatureCollection","features":[{"type":"Feature","id":7,"properties":{"name":"Phường A"},
"geometry":{"type":"Polygon","coordinates":[[[107,16],[108,16,5],[108,17],[107,17],[107,16]]]}}]}`

func TestReadFeatures(t *testing.T) {
	features, err := ReadFeatures(strings.NewReader(wardJSON))
	if err != nil || len(features) != 1 {
		t.Fatal(features, err)
	}
	f := features[0]
	if f.ID != "7" || f.Properties["name"] != "Phường A" || !f.Area.Contains(Point{16.5, 107.5}) {
		t.Errorf("got %+v", f)
	}
	one := wardJSON[strings.Index(wardJSON, `{"type":"Feature",`):strings.LastIndex(wardJSON, "]")]
	if features, err = ReadFeatures(strings.NewReader(one)); err != nil || len(features) != 1 {
		t.Errorf("a single feature: %v, %v", features, err)
	}
	for text, want := range map[string]string{
		"":                    "not GeoJSON",
		"[1]":                 "not GeoJSON",
		`{"type":"Topology"}`: `type is "Topology"`,
		strings.Replace(wardJSON, "[107,16]]]", "[107.1,16]]]", 1):                                                            "feature 1: polygon 1, ring 1: is not closed",
		strings.Replace(wardJSON, `"Polygon"`, `"Point"`, 1):                                                                  `the geometry is "Point"`,
		strings.ReplaceAll(wardJSON, "[107,16]", "[16,107]"):                                                                  "longitude comes first",
		strings.Replace(wardJSON, "[108,17],[107,17],", "", 1):                                                                "needs at least 4",
		strings.Replace(wardJSON, "[108,17]", "[108]", 1):                                                                     "point 3 has 1 numbers",
		strings.Replace(wardJSON, "[108,17]", "[1e999,17]", 1):                                                                "coordinates",
		`{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[]}}`:                                              "no polygon",
		`{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[[]]}}`:                                            "no ring",
		strings.Repeat(" ", MaxBytes+1):                                                                                       "longer than 8 MB",
		`{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[` + strings.Repeat("[1,1],", MaxPoints) + `[1,1]]]}}`: "more than 500000 points",
	} {
		if _, err := ReadFeatures(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: %v, want %q", text, err, want)
		}
	}
	if _, err := ReadFeatures(iotest.ErrReader(io.ErrUnexpectedEOF)); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a broken reader: %v", err)
	}
}

// FuzzReadFeatures: what is read lies on the globe, is found inside its own box only, and survives being written.
func FuzzReadFeatures(f *testing.F) {
	f.Add([]byte(wardJSON))
	f.Add([]byte(`{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		features, err := ReadFeatures(strings.NewReader(string(data)))
		if err != nil {
			return
		}
		for _, feature := range features {
			box, ok := feature.Area.Box()
			if !ok || !box.Valid() {
				t.Fatalf("%s: the box is %v, %v", data, box, ok)
			}
			if p := (Point{box.North, box.East + 0.1}); feature.Area.Contains(p) {
				t.Fatalf("%s contains %v, outside its box %v", data, p, box)
			}
			text, err := json.Marshal(feature.Area)
			if err != nil {
				t.Fatal(err)
			}
			var again Area
			if err := json.Unmarshal(text, &again); err != nil {
				t.Fatal(err)
			}
			if b, _ := again.Box(); b != box || again.Contains(box.Centre()) != feature.Area.Contains(box.Centre()) {
				t.Fatalf("%s became %s", data, text)
			}
		}
	})
}

func TestAreaNull(t *testing.T) {
	text, err := json.Marshal(Area{})
	if err != nil || string(text) != "null" {
		t.Fatalf("%s, %v", text, err)
	}
	a := NewArea(Polygon{square(1, 1, 1)})
	if err := json.Unmarshal(text, &a); err != nil || !a.Empty() {
		t.Errorf("null is read as %v, %v", a, err)
	}
	if err := json.Unmarshal([]byte(`{"type":"Point","coordinates":[1,2]}`), &a); err == nil {
		t.Error("a point was read as an area")
	}
}

func TestRealBoundaries(t *testing.T) {
	read := func(file string) []Feature {
		f, err := os.Open(shareddir.Path(t, file))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		features, err := ReadFeatures(f)
		if err != nil {
			t.Fatal(err)
		}
		return features
	}
	province := read("data/province.geojson")[0].Area
	for _, p := range []Point{hueCitadel, tuHa, {16.27, 107.23}} {
		if !province.Contains(p) {
			t.Errorf("%v is not in the province", p)
		}
	}
	for _, p := range []Point{{16.06, 108.22}, {21.03, 105.85}} { // Đà Nẵng, Hà Nội
		if province.Contains(p) {
			t.Errorf("%v is in the province", p)
		}
	}
	for _, ward := range read("data/wards_2025-07.geojson") {
		published, ok := ward.Properties["area_km2"].(float64)
		if got := ward.Area.SquareMetres() / 1e6; ok && math.Abs(got-published) > published/10+0.5 {
			t.Errorf("%v: %.2f km², published %.2f", ward.Properties["name"], got, published)
		}
	}
}

func BenchmarkContains(b *testing.B) {
	f, err := os.Open(shareddir.Path(b, "data/province.geojson"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	features, err := ReadFeatures(f)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		features[0].Area.Contains(hueCitadel)
	}
}
