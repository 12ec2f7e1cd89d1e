package lang

import (
	"strconv"
	"strings"

	"sachhon/internal/fault"
)

// MaxWeight is the heaviest weight that is read, in grams: 100,000 tonnes. A thousand of them still add up.
const MaxWeight int64 = 100_000_000_000

// ParseWeight reads kilograms as people in Viet Nam type them and returns grams. A comma is the decimal mark; a dot
// before exactly three digits groups thousands (1.500 is one and a half tonnes, as are 1.500,0 and 1500); any other
// dot is a decimal mark (12.5). After a zero a dot groups nothing, so 0.500 is half a kilogram. A figure that could
// mean two things (1234.567; 1,234.5) is refused rather than guessed. "kg" may follow.
func ParseWeight(s string) (grams int64, err error) {
	s = strings.TrimSpace(s)
	if n := len(s) - 2; n > 0 && strings.EqualFold(s[n:], "kg") {
		s = strings.TrimSpace(s[:n])
	}
	if s == "" {
		return 0, fault.New(fault.Invalid, "lang.fault.weightEmpty")
	}
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "−") {
		return 0, fault.New(fault.Invalid, "lang.fault.weightNegative")
	}
	if strings.ContainsFunc(s, notInFigure) || !isDigit(s[0]) || !isDigit(s[len(s)-1]) {
		return 0, fault.New(fault.Invalid, "lang.fault.weightNotNumber")
	}
	whole, fraction, ok := splitDecimal(s)
	if !ok {
		return 0, fault.New(fault.Invalid, "lang.fault.weightUnclear")
	}
	if len(fraction) > 3 {
		return 0, fault.New(fault.Invalid, "lang.fault.weightDecimals")
	}
	whole = strings.TrimLeft(whole, "0")
	if len(whole) > len("100000000") {
		return 0, fault.New(fault.Invalid, "lang.fault.weightTooLarge")
	}
	// At most twelve digits are left, which always fit.
	grams, err = strconv.ParseInt(whole+fraction+"000"[len(fraction):], 10, 64)
	if err != nil {
		return 0, fault.New(fault.Invalid, "lang.fault.weightNotNumber").Because(err)
	}
	if grams > MaxWeight {
		return 0, fault.New(fault.Invalid, "lang.fault.weightTooLarge")
	}
	return grams, nil
}

// splitDecimal separates the digits before and after the decimal mark and takes the thousands dots out. It is not
// ok when the marks do not tell which is which. s consists of digits and marks and begins and ends with a digit.
func splitDecimal(s string) (whole, fraction string, ok bool) {
	if before, after, found := strings.Cut(s, ","); found {
		if strings.ContainsAny(after, ".,") {
			return "", "", false
		}
		whole, ok = joinGroups(before)
		return whole, after, ok
	}
	before, after, found := strings.Cut(s, ".")
	if !found {
		return s, "", true
	}
	oneDot := !strings.Contains(after, ".")
	if oneDot && (len(after) != 3 || strings.Trim(before, "0") == "") {
		return before, after, true
	}
	whole, ok = joinGroups(s)
	return whole, "", ok
}

// joinGroups takes the dots out of 1.234.567; it is not ok when they do not stand before groups of three.
func joinGroups(s string) (digits string, ok bool) {
	groups := strings.Split(s, ".")
	if len(groups) == 1 {
		return s, true
	}
	if len(groups[0]) < 1 || len(groups[0]) > 3 || groups[0][0] == '0' {
		return "", false
	}
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func notInFigure(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' }

// FormatWeightInput writes grams for a form field, in kilograms with a comma and without digit groups, so that no
// dot is left to misread: "1234,5". ParseWeight reads it back as the same weight.
func FormatWeightInput(grams int64) string {
	return strings.Replace(kilograms(grams), ".", ",", 1)
}
