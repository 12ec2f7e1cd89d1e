package unit

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"sachhon/internal/clock"
	"sachhon/internal/lang"
)

// check collects the faults of one row.
type check struct {
	*parser
	offset int
	code   string
	bad    bool
}

func (c *check) note(key string, args ...any) {
	c.bad = true
	c.parser.note(c.offset, c.code, key, args...)
}

var codeForm = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$`)

func (c *check) codeOf(code string) string {
	if !codeForm.MatchString(code) {
		c.note("unit.fault.code")
	}
	return code
}

// name checks a name. A sign that no name has is refused, since it means that something else went wrong before.
func (c *check) name(field, s string) string {
	s = lang.Clean(s)
	if n := utf8.RuneCountInString(s); n > MaxNameLength {
		c.note("unit.fault.nameLong", "Field", field, "Length", n, "Limit", MaxNameLength)
		return ""
	}
	if strings.IndexFunc(s, unicode.IsLetter) < 0 {
		c.note("unit.fault.name", "Field", field)
		return ""
	}
	for _, r := range s {
		if !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && !strings.ContainsRune(" .,;:-–'’\"“”()/&+", r) {
			c.note("unit.fault.nameSign", "Field", field, "Sign", string(r))
			return ""
		}
	}
	return s
}

// finish checks what areas and organisations have in common, and keeps the row when nothing was wrong.
func (c *check) finish(u Unit, email, from, to string, area, superior reference) {
	u.ValidFrom, u.ValidTo = c.day("valid_from", from, c.from), c.day("valid_to", to, c.to)
	switch {
	case c.bad:
	case u.ValidFrom == "":
		c.note("unit.fault.fromMissing")
	case u.ValidTo != "" && u.ValidTo < u.ValidFrom:
		c.note("unit.fault.range")
	}
	if email != "" {
		if local, domain, ok := strings.Cut(email, "@"); !ok || local == "" || !strings.Contains(domain, ".") ||
			len(email) > 254 || strings.ContainsAny(email, " <>,;\"\t\r\n") {
			c.note("unit.fault.email")
		}
		u.Email = email
	}
	if c.bad {
		return
	}
	u.Folded = folded(u)
	c.rows = append(c.rows, row{line: c.line(c.offset), unit: u, area: area.code, superior: superior.code})
}

func (c *check) day(field, s string, otherwise clock.Day) clock.Day {
	if s == "" {
		return otherwise
	}
	day, err := clock.ParseDay(s)
	if err != nil {
		c.note("unit.fault.day", "Field", field)
	}
	return day
}

// short keeps a message readable whatever stands in the file.
func short(s string) string { return lang.Short(lang.Clean(s), 40) }
