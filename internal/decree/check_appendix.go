package decree

import (
	"regexp"
	"strings"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
)

// reAppendix is the line that opens an appendix: alone, or with its title behind a mark. A sentence that names one goes on.
var reAppendix = regexp.MustCompile(`(?i)^phụ lục(?:\s+(?:số\s*)?(\d{1,2}|[a-hivxl]{1,6}))?(?:\s*[.:–-]\s*\S.*|\s*[.:]?)$`)

// appendices judges how the appendices that follow the letter are numbered: several in Roman figures, one after the other. A
// sole one needs no number.
func (c *checker) appendices() {
	from := c.foot()
	if from == 0 {
		return
	}
	type appendix struct {
		at     letter.Lines
		number string
	}
	var list []appendix
	for no := from + 1; no <= len(c.lines); no++ {
		m := reAppendix.FindStringSubmatch(c.at(no))
		if m == nil {
			continue
		}
		if n := len(list); n > 0 && m[1] != "" && list[n-1].number == m[1] {
			continue // repeated at the top of its next page
		}
		list = append(list, appendix{letter.Lines{no, no}, m[1]})
	}
	expected := 0
	for _, a := range list {
		expected++
		switch {
		case a.number == "" && len(list) > 1:
			c.add("appendixNumber", a.at, "Text", c.at(a.at[0]), "Number", lang.Roman(expected))
		case a.number == "":
		case strings.Trim(a.number, "IVXL") != "":
			c.add("appendixNumeral", a.at, "Text", a.number, "Number", lang.Roman(expected))
		case a.number != lang.Roman(expected):
			c.add("appendixOrder", a.at, "Text", a.number, "Number", lang.Roman(expected))
		}
	}
}
