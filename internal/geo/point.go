package geo

import (
	"math"

	"sachhon/internal/fault"
)

// Point is a place.
type Point struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// Check returns a fault when the point is not on the globe, or lies within a hundred metres of 0°, 0°, which is
// where devices that know no place say they are.
func (p Point) Check() error {
	if !p.onGlobe() {
		return fault.New(fault.Invalid, "geo.fault.range")
	}
	if math.Abs(p.Lat) < 0.001 && math.Abs(p.Lon) < 0.001 {
		return fault.New(fault.Invalid, "geo.fault.nullIsland")
	}
	return nil
}

// onGlobe is false for what is out of range and for what is no number.
func (p Point) onGlobe() bool {
	return p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180
}

// earthRadius is the mean radius in metres.
const earthRadius = 6_371_008.8

// Distance returns the way between two points over the globe in metres (haversine; right to half a percent).
func (p Point) Distance(q Point) float64 {
	lat1, lat2 := radians(p.Lat), radians(q.Lat)
	sinLat := math.Sin((lat2 - lat1) / 2)
	sinLon := math.Sin(radians(q.Lon-p.Lon) / 2)
	h := sinLat*sinLat + math.Cos(lat1)*math.Cos(lat2)*sinLon*sinLon
	// Rounding can lift h above one for opposite points.
	return 2 * earthRadius * math.Asin(math.Sqrt(math.Min(h, 1)))
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }
