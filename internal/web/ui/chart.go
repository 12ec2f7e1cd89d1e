package ui

import (
	"context"
	"math"
	"strconv"
	"strings"

	"sachhon/internal/lang"
)

// ChartProps is what every chart says in words: its heading, and one sentence with what it shows.
type ChartProps struct {
	ID      string // unique on the page
	Title   string
	Summary string // "Rác xây dựng và rác khác chiếm 75 % khối lượng."
	Label   string // heading of the first column of the data table: "Loại rác"
	Unit    string // heading of the second: "kg"
	Amounts bool   // a legend says the amounts instead of their shares
}

// Datum is one value of a chart; Text is the value as people read it, with its unit.
type Datum struct {
	Label string
	Value int64
	Text  string
	Color int // 1 to 8, a place in the palette; 0 takes the place in the list
}

// Point is one value over time.
type Point struct {
	Label string // the day as people read it
	Value int64
	Text  string
}

func largest(data []Datum) int64 {
	var m int64
	for _, d := range data {
		m = max(m, d.Value)
	}
	return m
}

func sum(data []Datum) int64 {
	var s int64
	for _, d := range data {
		s += d.Value
	}
	return s
}

// color is the class of a datum's colour.
func color(d Datum, i int) string {
	n := d.Color
	if n == 0 {
		n = i%8 + 1
	}
	return "c" + strconv.Itoa(n)
}

// barWidth is a value's width in percent of the longest bar; what is there at all stays visible.
func barWidth(v, most int64) string {
	if v <= 0 || most <= 0 {
		return "0"
	}
	return decimal(max(100*float64(v)/float64(most), 0.4)) + "%"
}

// slice is one part of a stacked bar, in percent.
type slice struct {
	x, width string
	class    string
}

func partsOf(data []Datum) []slice {
	total := sum(data)
	if total <= 0 {
		return nil
	}
	out := make([]slice, 0, len(data))
	var before int64
	for i, d := range data {
		if d.Value > 0 {
			out = append(out, slice{
				x:     decimal(100*float64(before)/float64(total)) + "%",
				width: decimal(100*float64(d.Value)/float64(total)) + "%",
				class: color(d, i),
			})
		}
		before += d.Value
	}
	return out
}

// share writes a part in percent; what is there at all is never written as nothing.
func share(ctx context.Context, v, total int64) string {
	if total <= 0 {
		return "–"
	}
	part := float64(v) / float64(total)
	if v > 0 && part < 0.0005 {
		return "< " + lang.From(ctx).Percent(0.001)
	}
	return lang.From(ctx).Percent(part)
}

// pointData is a line chart's data as its table shows them.
func pointData(points []Point) []Datum {
	out := make([]Datum, len(points))
	for i, p := range points {
		out[i] = Datum{Label: p.Label, Value: p.Value, Text: p.Text}
	}
	return out
}

// A waffle has one square for each, but never more than a hundred; they stand in rows of twelve.
const waffleMost, waffleRow = 100, 12

func waffleSquares(whole int64) int64 { return max(0, min(whole, waffleMost)) }

func waffleBox(whole int64) string {
	rows := (waffleSquares(whole) + waffleRow - 1) / waffleRow
	return "0 0 " + strconv.Itoa(waffleRow*20-2) + " " + strconv.FormatInt(max(rows*20-2, 18), 10)
}

func waffleClass(i, part, whole int64) string {
	squares := waffleSquares(whole)
	// Rounded to the nearest square.
	if whole > 0 && i < (2*squares*part+whole)/(2*whole) {
		return "fill c1"
	}
	return "chart__ground"
}

// lineShape is a line chart in a box of 100 by 100, drawn to the chart's size by the browser.
type lineShape struct {
	line, area string
	dots       []lineDot
	ceiling    int64
}

type lineDot struct{ x, y, title string }

func shapeOf(points []Point) lineShape {
	var most int64
	for _, p := range points {
		most = max(most, p.Value)
	}
	s := lineShape{ceiling: ceiling(most)}
	var b strings.Builder
	for i, p := range points {
		x := 50.0
		if len(points) > 1 {
			x = 100 * float64(i) / float64(len(points)-1)
		}
		y := 100 - 100*float64(p.Value)/float64(s.ceiling)
		if i == 0 {
			b.WriteString("M")
		} else {
			b.WriteString(" L")
		}
		b.WriteString(decimal(x) + " " + decimal(y))
		s.dots = append(s.dots, lineDot{decimal(x) + "%", decimal(y) + "%", p.Label + ": " + p.Text})
	}
	s.line = b.String()
	if len(points) > 1 {
		s.area = s.line + " L100 100 L0 100Z"
	}
	return s
}

// ceiling is the next round number whose half is round too, for the axis.
func ceiling(v int64) int64 {
	if v <= 2 {
		return 2
	}
	base := int64(math.Pow10(len(strconv.FormatInt(v, 10)) - 1))
	for _, m := range []int64{1, 2, 4, 6, 8, 10} {
		if c := m * base; c >= v {
			return c
		}
	}
	return 10 * base
}

// decimal writes at most two decimals with a point, as SVG wants it.
func decimal(f float64) string { return strconv.FormatFloat(math.Round(f*100)/100, 'f', -1, 64) }
