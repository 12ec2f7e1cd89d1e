package lang

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// The combining marks of Vietnamese that stand above the letter. They share one combining class, so Unicode keeps
// their order and composes ế only when the circumflex comes first.
const (
	grave, acute, tilde, hook = '\u0300', '\u0301', '\u0303', '\u0309'
	circumflex, breve         = '\u0302', '\u0306'
)

// NFC composes the text as it is stored and compared everywhere. Unlike plain NFC it also mends a tone that was
// typed before the circumflex or breve of its letter, so that every spelling of ế is the same ế.
func NFC(s string) string {
	if strings.ContainsRune(s, circumflex) || strings.ContainsRune(s, breve) {
		s = mendMarks(s)
	}
	return norm.NFC.String(s)
}

// mendMarks decomposes s and moves each circumflex or breve of a Vietnamese vowel before the tones.
func mendMarks(s string) string {
	runes := []rune(norm.NFD.String(s))
	base := -1
	for i, r := range runes {
		switch {
		case !unicode.Is(unicode.Mn, r):
			base = i
		case base >= 0 && shapes(runes[base], r):
			for j := i; j > base+1 && isTone(runes[j-1]); j-- {
				runes[j-1], runes[j] = runes[j], runes[j-1]
			}
		}
	}
	return string(runes)
}

// shapes tells whether the mark makes another letter of the vowel: â ê ô ă.
func shapes(vowel, mark rune) bool {
	switch mark {
	case circumflex:
		return strings.ContainsRune("aAeEoO", vowel)
	case breve:
		return vowel == 'a' || vowel == 'A'
	}
	return false
}

func isTone(r rune) bool { return r == grave || r == acute || r == tilde || r == hook }

// Clean prepares one line of text that a person typed or pasted: composed, without control, zero-width and
// direction characters, with single spaces and none at the ends.
func Clean(s string) string {
	return NFC(strings.Join(strings.Fields(visible(s)), " "))
}

// CleanLines does the same for a text of several lines and keeps its line breaks, at most one empty line in a row.
func CleanLines(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n").Replace(s)
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		line = Clean(line)
		if line == "" && (len(lines) == 0 || lines[len(lines)-1] == "") {
			continue
		}
		lines = append(lines, line)
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// visible drops what nobody can see and broken bytes, and makes every kind of space a plain one.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.In(r, unicode.Z):
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// Fold returns the key under which a text is searched: small letters, no tones and marks, đ as d, single spaces.
// Hương Vân and Hương Văn have the same key, so exact hits are to be ranked first.
func Fold(s string) string {
	s = norm.NFD.String(strings.ToLower(Clean(s)))
	s = strings.Map(func(r rune) rune {
		switch {
		case r == 'đ':
			return 'd'
		case unicode.Is(unicode.Mn, r):
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(strings.Join(strings.Fields(s), " "))
}

// Capital writes the first letter of a text as a capital.
func Capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// Small writes the first letter of a text small, for the inside of a sentence, unless it begins a name: the word after it is
// capitalised too, or the word itself is in capitals.
func Small(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	if !unicode.IsUpper(r) || unicode.IsUpper(second) {
		return s
	}
	if _, rest, ok := strings.Cut(s, " "); ok {
		if next, _ := utf8.DecodeRuneInString(rest); unicode.IsUpper(next) {
			return s
		}
	}
	return string(unicode.ToLower(r)) + s[size:]
}

// collators are kept because one is expensive to make and not safe for two goroutines.
var collators = sync.Pool{New: func() any { return collate.New(language.Vietnamese) }}

// Compare orders texts as a Vietnamese dictionary does (a ă â, d đ, tones last); texts that it holds equal are
// ordered by their bytes, so that the order is always the same.
func Compare(a, b string) int {
	c := collators.Get().(*collate.Collator)
	defer collators.Put(c)
	if order := c.CompareString(a, b); order != 0 {
		return order
	}
	return strings.Compare(a, b)
}

// SortBy sorts items by a text of theirs in the order of Compare.
func SortBy[T any](items []T, text func(T) string) {
	slices.SortStableFunc(items, func(a, b T) int { return Compare(text(a), text(b)) })
}

// IsUpper tells whether a text has letters, all of them capitals.
func IsUpper(s string) bool {
	letters := false
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		letters = letters || unicode.IsUpper(r)
	}
	return letters
}

// Short is a text of at most so many characters, with "…" behind one that was cut.
func Short(s string, most int) string {
	n := 0
	for i := range s {
		if n == most {
			return strings.TrimSpace(s[:i]) + "…"
		}
		n++
	}
	return s
}

// InvalidLine is the line of a text that is no UTF-8 in which that shows first.
func InvalidLine(b []byte) int {
	no := 1
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			return no
		}
		if r == '\n' {
			no++
		}
		b = b[size:]
	}
	return no
}
