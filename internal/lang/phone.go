package lang

import (
	"regexp"
	"strings"

	"sachhon/internal/fault"
)

var (
	phoneMarks  = strings.NewReplacer(" ", "", ".", "", "-", "", "(", "", ")", "")
	phonePrefix = regexp.MustCompile(`^(?:\+84|0084|84|0)`)
	// Mobile numbers since the change of 2018, and landlines with their area code.
	phoneNumber = regexp.MustCompile(`^(?:[35789][0-9]{8}|2[0-9]{9})$`)
)

// ParsePhone reads a Vietnamese mobile or landline number, with or without +84, and returns it as +84….
func ParsePhone(s string) (string, error) {
	s = phoneMarks.Replace(Clean(s))
	number := s[len(phonePrefix.FindString(s)):]
	if number == s || !phoneNumber.MatchString(number) {
		return "", fault.New(fault.Invalid, "lang.fault.phone")
	}
	return "+84" + number, nil
}

// FormatPhone writes a number that ParsePhone returned as people in Viet Nam dial it: 0912 345 678.
func FormatPhone(e164 string) string {
	number, ok := strings.CutPrefix(e164, "+84")
	if !ok || !phoneNumber.MatchString(number) {
		return e164
	}
	number = "0" + number
	tail := len(number) - 3
	return number[:tail-3] + " " + number[tail-3:tail] + " " + number[tail:]
}
