package lang

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// style is how a language writes numbers.
type style struct {
	group, decimal string
	percent        string // what follows the figure
}

var styles = map[string]style{
	"vi": {group: ".", decimal: ",", percent: " %"},
	"en": {group: ",", decimal: ".", percent: "%"},
}

// Number writes any integer or floating-point number with digit groups, and at most two decimals: 1.234.567,5.
func (l *Localizer) Number(n any) string {
	switch v := n.(type) {
	case int:
		return l.figure(strconv.Itoa(v))
	case int64:
		return l.figure(strconv.FormatInt(v, 10))
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return "–"
		}
		return l.figure(trimZeros(strconv.FormatFloat(v, 'f', 2, 64)))
	case float32:
		return l.Number(float64(v))
	default:
		return l.figure(fmt.Sprint(n))
	}
}

// Percent writes a share of one with at most one decimal: 0.989 is "98,9 %".
func (l *Localizer) Percent(share float64) string {
	if math.IsNaN(share) || math.IsInf(share, 0) {
		return "–"
	}
	return l.figure(trimZeros(strconv.FormatFloat(share*100, 'f', 1, 64))) + l.style.percent
}

// Weight writes grams in kilograms, to the gram: "1.234,5 kg".
func (l *Localizer) Weight(grams int64) string { return l.figure(kilograms(grams)) + " kg" }

// Money writes an amount of đồng: "3.000.000 đồng".
func (l *Localizer) Money(dong int64) string {
	return l.figure(strconv.FormatInt(dong, 10)) + " đồng"
}

// figure writes a number given as digits with an optional "-" and "." in the language's style.
func (l *Localizer) figure(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "−", s[1:]
	}
	whole, fraction, hasFraction := strings.Cut(s, ".")
	var b strings.Builder
	b.WriteString(sign)
	for i, digit := range []byte(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(l.style.group)
		}
		b.WriteByte(digit)
	}
	if hasFraction {
		b.WriteString(l.style.decimal + fraction)
	}
	return b.String()
}

// kilograms writes grams as kilograms with a dot and no more decimals than needed.
func kilograms(grams int64) string {
	sign := ""
	whole, rest := grams/1000, grams%1000
	if grams < 0 {
		sign, whole, rest = "-", -whole, -rest
	}
	return sign + trimZeros(fmt.Sprintf("%d.%03d", uint64(whole), rest))
}

// trimZeros drops the zeros at the end of a decimal fraction, and the sign of a zero.
func trimZeros(s string) string {
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		return "0"
	}
	return s
}

// Roman writes a number below 400 in Roman figures: 4 is IV. Others, which nobody writes so, stay as they are.
func Roman(n int) string {
	if n <= 0 || n >= 400 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, f := range []struct {
		value int
		sign  string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= f.value; n -= f.value {
			b.WriteString(f.sign)
		}
	}
	return b.String()
}
