package geo

import "math"

// Ring is a closed line: its last point equals its first.
type Ring []Point

// Polygon is an outer ring followed by the holes in it.
type Polygon []Ring

// Area is one or more polygons, such as the territory of a ward with its islands. The zero Area is nowhere.
type Area struct {
	polygons []Polygon
	boxes    []Box // of each polygon
	box      Box
}

// NewArea returns the area of polygons whose rings are closed and on the globe.
func NewArea(polygons ...Polygon) Area {
	a := Area{polygons: polygons, box: emptyBox}
	for _, p := range polygons {
		box := emptyBox
		for _, point := range p[0] {
			box = box.with(point)
			a.box = a.box.with(point)
		}
		a.boxes = append(a.boxes, box)
	}
	return a
}

// Empty tells whether the area is nowhere.
func (a Area) Empty() bool { return len(a.polygons) == 0 }

// Polygons returns the polygons; they are not to be changed.
func (a Area) Polygons() []Polygon { return a.polygons }

// Box returns the smallest box around the area; ok is false when the area is empty.
func (a Area) Box() (b Box, ok bool) {
	if a.Empty() {
		return Box{}, false
	}
	return a.box, true
}

// Contains tells whether the point lies in the area. Of two areas that share a border, a point on it lies in one.
func (a Area) Contains(p Point) bool {
	for i, polygon := range a.polygons {
		if a.boxes[i].Contains(p) && polygon.contains(p) {
			return true
		}
	}
	return false
}

// contains counts the edges that a ray to the east crosses: an odd number means inside, holes included.
func (g Polygon) contains(p Point) bool {
	inside := false
	for _, ring := range g {
		for i := 1; i < len(ring); i++ {
			a, b := ring[i-1], ring[i]
			if (a.Lat > p.Lat) == (b.Lat > p.Lat) {
				continue
			}
			// Both areas that share an edge must compute the same crossing, whichever way round they draw it.
			if a.Lat > b.Lat {
				a, b = b, a
			}
			if p.Lon < a.Lon+(p.Lat-a.Lat)/(b.Lat-a.Lat)*(b.Lon-a.Lon) {
				inside = !inside
			}
		}
	}
	return inside
}

// SquareMetres returns the size of the area, with a degree of longitude as long as in the middle of each polygon:
// right to a percent for the territory of a province.
func (a Area) SquareMetres() float64 {
	const metresPerDegree = earthRadius * math.Pi / 180
	total := 0.0
	for i, polygon := range a.polygons {
		scale := metresPerDegree * metresPerDegree * math.Cos(radians(a.boxes[i].Centre().Lat))
		for j, ring := range polygon {
			size := math.Abs(ring.signedSize()) * scale
			if j > 0 {
				size = -size
			}
			total += size
		}
	}
	return total
}

// signedSize is the shoelace sum in square degrees, taken around the first point to keep the digits.
func (r Ring) signedSize() float64 {
	sum := 0.0
	for i := 1; i < len(r); i++ {
		a, b := r[i-1], r[i]
		sum += (a.Lon-r[0].Lon)*(b.Lat-r[0].Lat) - (b.Lon-r[0].Lon)*(a.Lat-r[0].Lat)
	}
	return sum / 2
}
