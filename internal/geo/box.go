package geo

import (
	"math"
	"strconv"
	"strings"

	"sachhon/internal/fault"
)

// Box is a rectangle of the map, its edges included. It does not cross the 180th meridian.
type Box struct {
	West, South, East, North float64
}

// ParseBox reads "west,south,east,north" in degrees, as maps ask for their points.
func ParseBox(s string) (Box, error) {
	parts := strings.Split(s, ",")
	if len(parts) != 4 || len(s) > 200 {
		return Box{}, fault.New(fault.Malformed, "geo.fault.box")
	}
	var edges [4]float64
	for i, part := range parts {
		v, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil {
			return Box{}, fault.New(fault.Malformed, "geo.fault.box").Because(err)
		}
		edges[i] = v
	}
	b := Box{West: edges[0], South: edges[1], East: edges[2], North: edges[3]}
	if !b.Valid() {
		return Box{}, fault.New(fault.Malformed, "geo.fault.box")
	}
	return b, nil
}

// Valid tells whether the edges are on the globe and in order.
func (b Box) Valid() bool {
	return Point{b.South, b.West}.onGlobe() && Point{b.North, b.East}.onGlobe() && b.South <= b.North && b.West <= b.East
}

// String writes the box as ParseBox reads it.
func (b Box) String() string {
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	return strings.Join([]string{number(b.West), number(b.South), number(b.East), number(b.North)}, ",")
}

// Contains tells whether the point lies in the box or on its edge.
func (b Box) Contains(p Point) bool {
	return p.Lat >= b.South && p.Lat <= b.North && p.Lon >= b.West && p.Lon <= b.East
}

// Intersects tells whether the boxes have a point in common.
func (b Box) Intersects(o Box) bool {
	return b.West <= o.East && o.West <= b.East && b.South <= o.North && o.South <= b.North
}

// Centre returns the middle of the box.
func (b Box) Centre() Point {
	return Point{Lat: b.South + (b.North-b.South)/2, Lon: b.West + (b.East-b.West)/2}
}

// BoxOf returns the smallest box around the points; ok is false when there are none.
func BoxOf(points ...Point) (b Box, ok bool) {
	b = emptyBox
	for _, p := range points {
		b = b.with(p)
	}
	return b, len(points) > 0
}

// emptyBox contains nothing and grows with each point.
var emptyBox = Box{West: math.Inf(1), South: math.Inf(1), East: math.Inf(-1), North: math.Inf(-1)}

func (b Box) with(p Point) Box {
	return Box{
		West: math.Min(b.West, p.Lon), South: math.Min(b.South, p.Lat),
		East: math.Max(b.East, p.Lon), North: math.Max(b.North, p.Lat),
	}
}
