package letter

import (
	"regexp"
	"strings"
)

var (
	reSymbolLabel = regexp.MustCompile(`^số\s*[:.]?\s*`)
	// A number may carry a letter (02a) or, in party documents, be joined by a hyphen: 406-CV/BTGTU.
	reSymbolParts = regexp.MustCompile(`^(\d{1,11}[a-zA-ZđĐ]?)?\s*([/-])\s*([\p{L}\d&.]+(?:\s?[-–/]\s?[\p{L}\d&.]+)*)`)
	reJustNumber  = regexp.MustCompile(`^(\d{1,11}[a-zA-ZđĐ]?)\b`)
)

// readSymbol reads "Số: 1903/UBND-VH" into number and notation.
func (rd *reader) readSymbol() {
	if len(rd.head.symbol) == 0 {
		at := rd.headLines()
		rd.warn("numberMissing", "number", at)
		rd.warn("notationMissing", "notation", at)
		return
	}
	c := rd.head.symbol[0]
	at := Lines{c.no, c.no}
	text := trimLabel(c.text, reSymbolLabel)
	whole := c.from(len(c.text) - len(text))
	field := func(text string, from int) *Field[string] {
		return &Field[string]{Value: text, Lines: at, Spans: rd.spansIn([]cell{whole.from(from)}, text)}
	}
	m := reSymbolParts.FindStringSubmatchIndex(text)
	if m == nil {
		if number := reJustNumber.FindString(text); number != "" {
			rd.out.Number = field(number, 0)
		} else {
			rd.warn("numberMissing", "number", at)
		}
		rd.warn("notationMissing", "notation", at)
		return
	}
	notation := tight(text[m[6]:m[7]])
	rd.out.Notation = field(notation, m[6])
	if m[2] < 0 {
		rd.warn("numberMissing", "number", at)
	} else {
		number := text[m[2]:m[3]]
		rd.out.Number = field(number, 0)
		rd.out.Symbol = field(number+text[m[4]:m[5]]+notation, 0)
	}
	// A flattened cell may hold the subject on the same line.
	if rest := whole.from(m[1]); len(rd.head.subject) == 0 && reAbout.MatchString(key(rest.text)) {
		rd.head.subject = []cell{rest}
	}
}

// tight removes the spaces people type around the strokes of a notation, and makes dashes hyphens.
func tight(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), "–", "-")
	return strings.TrimRight(s, ".-/")
}

// headLines is the span of the heading, for warnings about what it lacks.
func (rd *reader) headLines() Lines { return Lines{1, max(1, rd.head.end)} }
