package letter

import (
	"strings"

	"sachhon/internal/lang"
)

// The marks of secrecy. Such a document has no place in a system that is connected to the public network.
var secret = map[string]bool{"mật": true, "tối mật": true, "tuyệt mật": true}

// readMarks reads the stamp of urgency: an urgent letter is handled on the day.
func (rd *reader) readMarks() {
	for _, c := range rd.head.marks {
		if k := markOf(c.text); marks[k] && !secret[k] { // not the hour of a scheduled one
			rd.out.Urgency = &Field[string]{Value: k, Lines: Lines{c.no, c.no}, Spans: rd.spansIn([]cell{c}, k)}
		}
	}
}

// markOf is the mark that a stamp shows, without frame and label: "[ MẬT ]", "Độ mật: Tối mật".
func markOf(text string) string {
	k := strings.Trim(key(text), " []()*|.:-–_")
	for _, label := range []string{"độ mật", "độ khẩn"} {
		if rest, ok := strings.CutPrefix(k, label); ok {
			k = strings.Trim(rest, " :")
		}
	}
	return k
}

// secrecy returns the mark of a secret document, wherever above or beside the beginning of the text it was stamped.
func (rd *reader) secrecy() string {
	for _, c := range rd.head.marks {
		if secret[markOf(c.text)] {
			return c.text
		}
	}
	for _, l := range rd.lines[:min(len(rd.lines), maxHeadLines)] {
		for _, c := range l.cells {
			if lang.IsUpper(c.text) && secret[markOf(c.text)] {
				return c.text
			}
		}
	}
	return ""
}
