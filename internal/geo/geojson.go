package geo

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Limits of a GeoJSON text. A province with its wards needs a twentieth of them.
const (
	MaxBytes  = 8 << 20
	MaxPoints = 500_000
)

// Feature is an area with its GeoJSON properties.
type Feature struct {
	ID         string
	Properties map[string]any
	Area       Area
}

// ReadFeatures reads a GeoJSON FeatureCollection or a single Feature of polygons. A fault names the feature.
func ReadFeatures(r io.Reader) ([]Feature, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("geo: read GeoJSON: %w", err)
	}
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("geo: the GeoJSON text is longer than %d MB", MaxBytes>>20)
	}
	var top struct {
		Type     string        `json:"type"`
		Features []jsonFeature `json:"features"`
	}
	if err := json.Unmarshal(data, &top); err != nil {
		return nil, fmt.Errorf("geo: not GeoJSON: %w", err)
	}
	switch top.Type {
	case "FeatureCollection":
	case "Feature":
		var one jsonFeature
		if err := json.Unmarshal(data, &one); err != nil {
			return nil, fmt.Errorf("geo: not a GeoJSON feature: %w", err)
		}
		top.Features = []jsonFeature{one}
	default:
		return nil, fmt.Errorf("geo: the GeoJSON type is %q, not FeatureCollection or Feature", top.Type)
	}
	budget := MaxPoints
	features := make([]Feature, 0, len(top.Features))
	for i, f := range top.Features {
		area, err := f.Geometry.area(&budget)
		if err != nil {
			return nil, fmt.Errorf("geo: feature %d: %w", i+1, err)
		}
		features = append(features, Feature{ID: f.id(), Properties: f.Properties, Area: area})
	}
	return features, nil
}

// UnmarshalJSON reads a GeoJSON geometry of type Polygon or MultiPolygon; null is the empty area.
func (a *Area) UnmarshalJSON(data []byte) error {
	if len(data) > MaxBytes {
		return fmt.Errorf("geo: the geometry is longer than %d MB", MaxBytes>>20)
	}
	if bytes.Equal(data, []byte("null")) {
		*a = Area{}
		return nil
	}
	var g jsonGeometry
	if err := json.Unmarshal(data, &g); err != nil {
		return fmt.Errorf("geo: not a GeoJSON geometry: %w", err)
	}
	budget := MaxPoints
	area, err := g.area(&budget)
	if err != nil {
		return fmt.Errorf("geo: %w", err)
	}
	*a = area
	return nil
}

// MarshalJSON writes the area as a GeoJSON MultiPolygon, the empty one as null.
func (a Area) MarshalJSON() ([]byte, error) {
	if a.Empty() {
		return []byte("null"), nil
	}
	coordinates := make([][][][2]float64, len(a.polygons))
	for i, polygon := range a.polygons {
		coordinates[i] = make([][][2]float64, len(polygon))
		for j, ring := range polygon {
			positions := make([][2]float64, len(ring))
			for k, p := range ring {
				positions[k] = [2]float64{p.Lon, p.Lat}
			}
			coordinates[i][j] = positions
		}
	}
	return json.Marshal(map[string]any{"type": "MultiPolygon", "coordinates": coordinates})
}

type jsonFeature struct {
	ID         json.RawMessage `json:"id"`
	Properties map[string]any  `json:"properties"`
	Geometry   jsonGeometry    `json:"geometry"`
}

// id returns the identifier, a text or a number in GeoJSON, as a text.
func (f jsonFeature) id() string {
	var text string
	if json.Unmarshal(f.ID, &text) == nil {
		return text
	}
	return string(f.ID)
}

type jsonGeometry struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
}

// area checks and converts the geometry, and takes its points off the budget.
func (g jsonGeometry) area(budget *int) (Area, error) {
	var polygons [][][][]float64
	switch g.Type {
	case "MultiPolygon":
		if err := json.Unmarshal(g.Coordinates, &polygons); err != nil {
			return Area{}, fmt.Errorf("coordinates of a MultiPolygon: %w", err)
		}
	case "Polygon":
		polygons = make([][][][]float64, 1)
		if err := json.Unmarshal(g.Coordinates, &polygons[0]); err != nil {
			return Area{}, fmt.Errorf("coordinates of a Polygon: %w", err)
		}
	default:
		return Area{}, fmt.Errorf("the geometry is %q, not Polygon or MultiPolygon", g.Type)
	}
	if len(polygons) == 0 {
		return Area{}, errors.New("the geometry has no polygon")
	}
	converted := make([]Polygon, len(polygons))
	for i, rings := range polygons {
		if len(rings) == 0 {
			return Area{}, fmt.Errorf("polygon %d has no ring", i+1)
		}
		for j, positions := range rings {
			if *budget -= len(positions); *budget < 0 {
				return Area{}, fmt.Errorf("more than %d points", MaxPoints)
			}
			ring, err := convertRing(positions)
			if err != nil {
				return Area{}, fmt.Errorf("polygon %d, ring %d: %w", i+1, j+1, err)
			}
			converted[i] = append(converted[i], ring)
		}
	}
	return NewArea(converted...), nil
}

func convertRing(positions [][]float64) (Ring, error) {
	if len(positions) < 4 {
		return nil, fmt.Errorf("has %d points, a closed ring needs at least 4", len(positions))
	}
	ring := make(Ring, len(positions))
	for i, position := range positions {
		// A third number is the height, which nothing here uses.
		if len(position) < 2 || len(position) > 3 {
			return nil, fmt.Errorf("point %d has %d numbers instead of longitude and latitude", i+1, len(position))
		}
		p := Point{Lat: position[1], Lon: position[0]}
		if !p.onGlobe() {
			return nil, fmt.Errorf("point %d: longitude %v, latitude %v is not on the globe; longitude comes first", i+1, p.Lon, p.Lat)
		}
		ring[i] = p
	}
	if ring[0] != ring[len(ring)-1] {
		return nil, errors.New("is not closed: its last point differs from its first")
	}
	return ring, nil
}
