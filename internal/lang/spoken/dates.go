package spoken

import (
	"strconv"
	"strings"
)

func value(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// day says the day of a month; the first ten are "mồng".
func day(r *reader, n int) string {
	switch {
	case n <= 10:
		return "mồng " + cardinal(strconv.Itoa(n))
	case r.word == "ngày":
		return cardinal(strconv.Itoa(n))
	}
	return "ngày " + cardinal(strconv.Itoa(n))
}

// month says the name of a month, of which the fourth has its own.
func month(n int) string {
	return "tháng " + afterWord(n)
}

func sayDate(r *reader, d, m, y string) (string, bool) {
	if !isDay(d) || !isMonth(m) {
		return "", false
	}
	if len(y) == 2 {
		y = "20" + y
	}
	return day(r, value(d)) + " " + month(value(m)) + " năm " + cardinal(y), true
}

func isDay(s string) bool { return value(s) >= 1 && value(s) <= 31 }

func isMonth(s string) bool { return value(s) >= 1 && value(s) <= 12 }

// sayDays says "5-7/6": from one day to another of a month.
func sayDays(r *reader, m []string) (string, bool) {
	if !isDay(m[1]) || !isDay(m[2]) || !isMonth(m[3]) || value(m[1]) >= value(m[2]) {
		return "", false
	}
	first := day(r, value(m[1]))
	r.word = "ngày" // it was said
	said := first + " đến " + strings.TrimPrefix(day(&reader{}, value(m[2])), "ngày ") + " " + month(value(m[3]))
	if m[4] != "" {
		said += " năm " + cardinal(m[4])
	}
	return said, true
}

func sayMonth(r *reader, m []string) (string, bool) {
	if !isMonth(m[1]) {
		return cardinal(m[1]) + " trên " + cardinal(m[2]), true
	}
	said := month(value(m[1])) + " năm " + cardinal(m[2])
	if r.word == "tháng" {
		said = strings.TrimPrefix(said, "tháng ")
	}
	return said, true
}

func sayDayOrShare(r *reader, m []string) (string, bool) {
	rest := r.rest[len(m[0]):]
	date := r.word == "ngày"
	switch {
	case !date && value(m[1]) < value(m[2]) && (about[r.word] || measured.MatchString(rest)):
		return cardinal(m[1]) + " phần " + afterWord(value(m[2])), true
	case !isDay(m[1]) || !isMonth(m[2]) || len(m[1]) > 2 || len(m[2]) > 2 || addressed[r.word] || !date && counted.MatchString(rest):
		return cardinal(m[1]) + " trên " + cardinal(m[2]), true
	}
	return day(r, value(m[1])) + " " + month(value(m[2])), true
}

// afterWord says a number that names a part, a month or a place in an order, where the fourth has a name of its own.
func afterWord(n int) string {
	if n == 4 {
		return "tư"
	}
	return cardinal(strconv.Itoa(n))
}

func sayTime(r *reader, m []string) (string, bool) {
	hour := value(m[1])
	if hour > 24 || m[2] != "" && value(m[2]) > 59 {
		return "", false
	}
	said := cardinal(m[1]) + " giờ"
	if m[2] != "" && value(m[2]) > 0 {
		said += " " + cardinal(m[2]) + " phút"
	}
	if len(m) > 3 && m[3] != "" && value(m[3]) > 0 {
		said += " " + cardinal(m[3]) + " giây"
	}
	return said, true
}
