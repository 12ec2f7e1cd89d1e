package letter

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// toned maps the vowel pairs whose tone mark has two places in an open syllable ("uỷ" and "ủy", "hoà" and "hòa") to the
// place this package compares by; both spellings are in use.
var toned = map[[2]rune][2]rune{}

func init() {
	for _, pair := range strings.Fields("oàòa oáóa oảỏa oãõa oạọa oèòe oéóe oẻỏe oẽõe oẹọe uỳùy uýúy uỷủy uỹũy uỵụy") {
		r := []rune(pair)
		toned[[2]rune(r[:2])] = [2]rune(r[2:])
	}
}

// visited, when a test sets it, is told of how many bytes a recogniser goes through: every text is looked at as a key, in
// which words are then looked for.
var visited func(bytes int)

func visit(bytes int) {
	if visited != nil {
		visited(bytes)
	}
}

// key is the form in which texts are compared: lower case, one place for tone marks, accents kept (Hương Vân and Hương
// Văn are two wards). It has as many characters as s.
func key(s string) string {
	visit(len(s))
	r := []rune(s)
	for i := range r {
		r[i] = unicode.ToLower(r[i])
	}
	for i := 1; i < len(r); i++ {
		if r[i] < 0x80 {
			continue // every second letter of the pairs is accented
		}
		closed := i+1 < len(r) && (unicode.IsLetter(r[i+1]) || unicode.IsMark(r[i+1]))
		afterQ := i > 1 && r[i-2] == 'q'
		if pair, ok := toned[[2]rune(r[i-1:i+1])]; ok && !closed && !afterQ {
			r[i-1], r[i] = pair[0], pair[1]
		}
	}
	return string(r)
}

// find returns the byte range of text whose key is needle.
func find(text, needle string) (from, to int, ok bool) {
	folded := key(text)
	at := strings.Index(folded, needle)
	if at < 0 {
		return 0, 0, false
	}
	from = skipRunes(text, utf8.RuneCountInString(folded[:at]))
	return from, from + skipRunes(text[from:], utf8.RuneCountInString(needle)), true
}

func skipRunes(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func capitalise(s string) string {
	if s == "" {
		return ""
	}
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// hasWord tells whether the key text contains the key word between word boundaries, and where.
func hasWord(text, word string) (int, bool) {
	visit(len(text))
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return 0, false
		}
		from, to := at+i, at+i+len(word)
		before, _ := utf8.DecodeLastRuneInString(text[:from])
		after, _ := utf8.DecodeRuneInString(text[to:])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return from, true
		}
		at = to
	}
}
