package person

import (
	"log/slog"
	"net/mail"
	"strings"
	"unicode"

	"sachhon/internal/fault"
	"sachhon/internal/lang"
)

// Email is an address as its owner writes it. Logs do not show it.
type Email string

// Phone is a number in international form, +84912345678. Logs do not show it.
type Phone string

// LogValue implements slog.LogValuer.
func (Email) LogValue() slog.Value { return slog.StringValue("[e-mail]") }

// LogValue implements slog.LogValuer.
func (Phone) LogValue() slog.Value { return slog.StringValue("[phone]") }

// maxEmail is the longest address that mail servers take.
const maxEmail = 254

// parseOrNone is ParseEmail for whoever does not care why something is no address.
func parseOrNone(s string) Email {
	address, err := ParseEmail(s)
	if err != nil {
		return ""
	}
	return address
}

// ParseEmail checks an address; nothing is no address and no fault.
func ParseEmail(s string) (Email, error) {
	s = lang.Clean(s)
	if s == "" {
		return "", nil
	}
	a, err := mail.ParseAddress(s)
	if err != nil || a.Name != "" || a.Address != s || len(s) > maxEmail || strings.ContainsAny(s, `"\`) {
		return "", fault.Invalid.With("person.fault.email")
	}
	_, domain, _ := strings.Cut(s, "@")
	if !strings.Contains(strings.Trim(domain, "."), ".") || strings.IndexFunc(s, unicode.IsSpace) >= 0 {
		return "", fault.Invalid.With("person.fault.email")
	}
	return Email(s), nil
}

// Key is the form under which an address is unique: mail boxes that differ by capitals only are one person's.
func (e Email) Key() string { return strings.ToLower(lang.NFC(string(e))) }

// ParsePhone checks a number; nothing is no number and no fault.
func ParsePhone(s string) (Phone, error) {
	if strings.TrimSpace(s) == "" {
		return "", nil
	}
	number, err := lang.ParsePhone(s)
	return Phone(number), err
}
