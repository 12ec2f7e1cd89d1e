package geo

import "math"

// The grid has cells of a hundredth of a degree, about 1.1 km in Viet Nam. A cell's number is row·65536 + column,
// rows counted from the south pole and columns from 180° west, so that the cells of one row follow each other.
const (
	cellsPerDegree = 100
	rowStride      = 1 << 16
)

// Cell returns the number of the grid cell in which the point lies. A table keeps it in an indexed integer column,
// so that the points of a map box are found on every engine by a few ranges instead of by two separate B-trees.
// The point must be on the globe.
func Cell(p Point) int64 { return row(p.Lat)*rowStride + column(p.Lon) }

func row(lat float64) int64    { return int64(math.Floor((lat + 90) * cellsPerDegree)) }
func column(lon float64) int64 { return int64(math.Floor((lon + 180) * cellsPerDegree)) }

// CellRange is a run of cell numbers, both ends included.
type CellRange struct{ First, Last int64 }

// Cells returns ranges that cover every cell the box touches, at most limit of them: one per row, or a single one
// from the first row to the last when there are more rows. The ranges hold more than the box, so a query narrows by
// the coordinates too:
//
//	WHERE (cell BETWEEN $1 AND $2 OR cell BETWEEN $3 AND $4) AND lat BETWEEN $5 AND $6 AND lon BETWEEN $7 AND $8
func (b Box) Cells(limit int) []CellRange {
	south, north := row(b.South), row(b.North)
	west, east := column(b.West), column(b.East)
	if north-south >= int64(limit) {
		return []CellRange{{south*rowStride + west, north*rowStride + east}}
	}
	ranges := make([]CellRange, 0, north-south+1)
	for r := south; r <= north; r++ {
		ranges = append(ranges, CellRange{r*rowStride + west, r*rowStride + east})
	}
	return ranges
}
