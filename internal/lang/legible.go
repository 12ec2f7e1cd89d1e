package lang

import (
	"strings"
	"unicode/utf8"
)

// Legible tells whether s is text at all: valid UTF-8 without NUL. Nothing that people type fails this, and a database
// keeps nothing else.
func Legible(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }
