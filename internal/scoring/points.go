package scoring

import (
	"fmt"
	"strings"

	"sachhon/internal/lang"
)

// Points are thousandths of a point: 12500 is 12.5 points. Everything is counted in them, so nothing is ever
// rounded except where a line says so.
type Points int64

// Point is one whole point.
const Point Points = 1000

// String writes the points with a dot and no more decimals than needed: "12.5".
func (p Points) String() string {
	sign, v := "", int64(p)
	if v < 0 {
		sign, v = "-", -v
	}
	s := fmt.Sprintf("%d.%03d", v/int64(Point), v%int64(Point))
	return sign + strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// Text writes the points as people of the language write a number: "1.234,5".
func (p Points) Text(loc *lang.Localizer) string { return loc.Number(p) }
