package letter

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/paper"
	"sachhon/internal/paper/extract"
)

// An extract is a part of the text of its original, for which the unit that copies answers. What was typed or changed would
// go out under the seal as the words of another organ, so that each line is looked for in the original before it takes a
// number.

const maxQuoted = 120

// Lacks returns the first line of an excerpt that does not stand in the letter, "" when all do. Where its lines break, in the
// letter or in the excerpt, makes no difference.
func (l Letter) Lacks(excerpt string) string {
	text := l.Source
	if l.Document != nil {
		text = l.Document.Text()
	}
	var all, unnumbered []string
	for _, line := range SplitLines(text) {
		all = append(all, line)
		if !paper.IsPageNumber(line) {
			unnumbered = append(unnumbered, line)
		}
	}
	var texts []string // with what a line broke off after a hyphen put together, and apart
	for _, lines := range [][]string{all, unnumbered} {
		texts = append(texts, inOneLine(strings.Join(lines, " ")), inOneLine(rejoin(trimmed(lines))))
	}
	for line := range strings.SplitSeq(excerpt, "\n") {
		if want := inOneLine(line); want != "" && !slices.ContainsFunc(texts, func(text string) bool { return standsIn(text, want) }) {
			return lang.Clean(line)
		}
	}
	return ""
}

func trimmed(lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = strings.TrimSpace(line)
	}
	return out
}

// inOneLine is a text in one line; the bars between the cells of a table are only in how we write one.
func inOneLine(text string) string { return lang.Clean(strings.ReplaceAll(text, "|", " ")) }

// standsIn tells whether words stand in a text, and not only as parts of others.
func standsIn(text, words string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], words)
		if at < 0 {
			return false
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		first, size := utf8.DecodeRuneInString(words)
		last, _ := utf8.DecodeLastRuneInString(words)
		after, _ := utf8.DecodeRuneInString(text[at+len(words):])
		if !(isWord(before) && isWord(first)) && !(isWord(last) && isWord(after)) {
			return true
		}
		from = at + size
	}
}

func isWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r))
}

// legible tells whether what was read of a letter is all that it says: not a scan, no pages that are pictures or were left
// out, nothing that a machine recognised or that is in a broken encoding.
func (l Letter) legible() bool {
	if l.Document != nil {
		return true
	}
	return l.Source != "" && !slices.ContainsFunc(l.Reading.Warnings, func(w Field[Warning]) bool {
		switch extract.NoticeCode(w.Value.Code) {
		case scanned, extract.Pictures, extract.CutPages, extract.Recognised, extract.Mixed:
			return true
		}
		return false
	})
}

// Compared tells whether all of an extract was found in the letter: of one that is not legible it may have been accepted
// without. Other copies repeat pages, with nothing to be compared.
func (c Copy) Compared(l Letter) bool { return c.Kind != Extract || l.Lacks(c.Excerpt) == "" }

// checkExcerpt refuses an excerpt that says what the letter does not, as far as the letter can be read.
func checkExcerpt(l Letter, excerpt string) error {
	line := l.Lacks(excerpt)
	if line == "" || !l.legible() {
		return nil
	}
	if r := []rune(line); len(r) > maxQuoted {
		line = strings.TrimSpace(string(r[:maxQuoted])) + "…"
	}
	return fault.Invalid.With("letter.fault.excerptNotThere", "Text", line).At("excerpt")
}
