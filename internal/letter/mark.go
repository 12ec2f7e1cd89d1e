package letter

import "strings"

// readMarks reads the stamps: an urgent letter is handled on the day, a secret one has no place in this system.
func (rd *reader) readMarks() {
	for _, c := range rd.head.marks {
		at := Lines{c.no, c.no}
		k := key(c.text)
		if strings.HasSuffix(k, "mật") {
			rd.warn("secret", "marks", at, "Mark", c.text)
			continue
		}
		rd.out.Urgency = &Field[string]{Value: k, Lines: at}
	}
}
