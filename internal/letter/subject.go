package letter

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// maxSubject is the size of the field in the exchange format of official documents.
const maxSubject = 500

var reAboutLabel = regexp.MustCompile(`^["“”'(]?\s*(v/v|về việc)\s*:?\s*`)

// readSubject joins the lines of the subject and drops "V/v" or "Về việc".
func (rd *reader) readSubject() {
	cells := rd.head.subject
	if len(cells) == 0 {
		rd.warn("subjectMissing", "subject", rd.headLines())
		return
	}
	at := linesOf(cells)
	text := strings.TrimRight(trimLabel(joinCells(cells), reAboutLabel), " .;")
	if first, _ := utf8.DecodeRuneInString(cells[0].text); strings.ContainsRune(`"“”'(`, first) { // what is quoted as a whole
		text = strings.TrimRight(text, `"“”') .;`)
	}
	if text == "" {
		rd.warn("subjectMissing", "subject", at)
		return
	}
	rd.out.Subject = &Field[string]{Value: text, Lines: at, Spans: rd.spansIn(cells, text)}
	if n := utf8.RuneCountInString(text); n > maxSubject {
		rd.out.Subject.Uncertain = true
		rd.warn("subjectLong", "subject", at, "Length", n, "Limit", maxSubject)
	}
}
