package spoken

import (
	"strconv"
	"strings"

	"sachhon/internal/lang"
)

var digitNames = [10]string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

// scales are the names of the groups of three figures; beyond a thousand million they repeat as "tỷ".
var scales = [...]string{"", " nghìn", " triệu", " tỷ", " nghìn tỷ", " triệu tỷ"}

// Number says a whole number: 2024 is "hai nghìn không trăm hai mươi tư".
func Number(n int64) string {
	if n < 0 {
		return "âm " + cardinal(strconv.FormatInt(n, 10)[1:])
	}
	return cardinal(strconv.FormatInt(n, 10))
}

// cardinal says a number given by its figures; one too long for the names of numbers is said figure by figure.
func cardinal(figures string) string {
	figures = strings.TrimLeft(figures, "0")
	if figures == "" {
		return digitNames[0]
	}
	if len(figures) > 3*len(scales) {
		return digits(figures)
	}
	var words []string
	for left := len(figures); left > 0; {
		size := (left-1)%3 + 1
		group := figures[len(figures)-left : len(figures)-left+size]
		left -= size
		if n, _ := strconv.Atoi(group); n > 0 {
			words = append(words, hundreds(n, len(words) > 0)+scales[left/3])
		}
	}
	return strings.Join(words, " ")
}

// hundreds says up to three figures; inside a number the places that are zero are said too.
func hundreds(n int, inside bool) string {
	var words []string
	hundred, rest := n/100, n%100
	if hundred > 0 || inside {
		words = append(words, digitNames[hundred], "trăm")
	}
	ten, one := rest/10, rest%10
	switch {
	case rest == 0:
	case ten == 0 && len(words) > 0:
		words = append(words, "linh", digitNames[one])
	case ten == 0:
		words = append(words, digitNames[one])
	case ten == 1:
		words = append(words, "mười")
	default:
		words = append(words, digitNames[ten], "mươi")
	}
	if ten > 0 && one > 0 {
		words = append(words, afterTen(ten, one))
	}
	return strings.Join(words, " ")
}

// afterTen is the last figure behind a ten, where three of them have names of their own.
func afterTen(ten, one int) string {
	switch {
	case one == 5:
		return "lăm"
	case one == 1 && ten > 1:
		return "mốt"
	case one == 4 && ten > 1:
		return "tư"
	}
	return digitNames[one]
}

// digits says figures one by one and leaves everything else out.
func digits(s string) string {
	var words []string
	for _, r := range s {
		if r >= '0' && r <= '9' {
			words = append(words, digitNames[r-'0'])
		}
	}
	return strings.Join(words, " ")
}

// decimal says a number as it is written in Viet Nam: dots group thousands, a comma is the decimal mark, and a dot that
// cannot be a group is one too.
func decimal(s string) string {
	whole, fraction, found := strings.Cut(s, ",")
	if !found {
		groups := strings.Split(s, ".")
		if len(groups) == 2 && (len(groups[1]) != 3 || strings.Trim(groups[0], "0") == "") {
			whole, fraction = groups[0], groups[1]
		}
	}
	whole = strings.ReplaceAll(whole, ".", "")
	var said string
	if len(whole) > 3 && whole[0] == '0' { // a code and no quantity
		said = digits(whole)
	} else {
		said = cardinal(whole)
	}
	switch {
	case fraction == "":
		return said
	case len(fraction) > 2 || fraction[0] == '0':
		return said + " phẩy " + digits(fraction)
	}
	return said + " phẩy " + cardinal(fraction)
}

// roman returns the value of a Roman figure up to 39, 0 for what is none.
func roman(s string) int {
	value := map[rune]int{'I': 1, 'V': 5, 'X': 10}
	n, last := 0, 0
	for _, r := range s {
		v := value[r]
		if v > last {
			n -= 2 * last
		}
		n, last = n+v, v
	}
	if n < 1 || n > 39 || lang.Roman(n) != s {
		return 0
	}
	return n
}
