package legacy

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A text that lost its fonts no longer says which lines stood in a font of capitals (.VnTimeH). In an official letter these
// are the heading above the salutation and the authority and position above a signature.
const (
	nation     = "cộng hòa xã hội chủ nghĩa việt nam"
	nationOld  = "cộng hoà xã hội chủ nghĩa việt nam"
	party      = "đảng cộng sản việt nam"
	headLines  = 40
	shortRunes = 90
)

// capitals writes the lines in capitals that must have stood in such a font.
func capitals(text string) string {
	lines := strings.Split(text, "\n")
	heading, signing, subject := true, false, false
	for i, l := range lines {
		parts := columns(l)
		for j, part := range parts {
			part = shouted(part)
			parts[j] = part
			k := strings.TrimSpace(part)
			switch {
			case k == "":
				signing = signing && j > 0
			case strings.EqualFold(k, nation), strings.EqualFold(k, nationOld), strings.EqualFold(k, party):
				parts[j] = strings.ToUpper(part)
			case startsWith(k, "kính gửi", "căn cứ", "thực hiện", "1.") || i > headLines:
				heading = false
				signing = signing && small(k)
				if startsWith(k, "tm.", "kt.", "tl.", "tuq.", "q.") && small(k) {
					parts[j], signing = strings.ToUpper(part), true
				}
			case startsWith(k, "tm.", "kt.", "tl.", "tuq.", "q.") && small(k):
				parts[j], signing, heading = strings.ToUpper(part), true, false
			case startsWith(k, "v/v", "về việc"):
				subject = true
			case (heading && !subject || signing) && small(k):
				parts[j] = strings.ToUpper(part)
			default:
				subject = subject && small(k)
				signing = false
			}
		}
		lines[i] = strings.Join(parts, "")
	}
	return strings.Join(lines, "\n")
}

func startsWith(s string, words ...string) bool {
	lower := strings.ToLower(s)
	for _, w := range words {
		if strings.HasPrefix(lower, w) {
			return true
		}
	}
	return false
}

// small tells whether a short piece of text begins with a small letter and has no mark of a sentence or list.
func small(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r) && utf8.RuneCountInString(s) <= shortRunes && !strings.ContainsAny(s, ";:\"") &&
		!strings.HasSuffix(s, ".") && !strings.HasSuffix(s, ",")
}

// shouted mends words that were typed in capitals: the letters with a tone have none and stayed small, "THị Xã". Where most
// words of a part are such, all of it is meant.
func shouted(part string) string {
	words := strings.Fields(part)
	loud, quiet := 0, false
	for _, w := range words {
		if isLoud(w) {
			loud++
		}
		quiet = quiet || strings.ContainsFunc(w, func(r rune) bool { return r >= 'a' && r <= 'z' })
	}
	switch {
	case loud == 0:
		return part
	case !quiet && loud*2 >= len(words):
		return strings.ToUpper(part)
	}
	var b strings.Builder
	for _, w := range words {
		at := strings.Index(part, w)
		b.WriteString(part[:at])
		part = part[at+len(w):]
		if isLoud(w) {
			w = strings.ToUpper(w)
		}
		b.WriteString(w)
	}
	return b.String() + part
}

// isLoud tells whether all letters that have a capital in the encoding are capitals, two of them or one behind the first.
func isLoud(word string) bool {
	capitals := 0
	for i, r := range word {
		switch _, toned := toTCVN3[r]; {
		case unicode.IsDigit(r):
			return false // a symbol, 15/UBND-VX
		case unicode.IsUpper(r):
			if capitals++; i > 0 {
				capitals++
			}
		case unicode.IsLower(r) && (!toned || toTCVN3[unicode.ToUpper(r)] != 0):
			return false
		}
	}
	return capitals > 1
}

// columns cuts a line behind each tab and each gap of three spaces; joined, the parts are the line again.
func columns(l string) []string {
	var parts []string
	start, spaces := 0, 0
	for i := 0; i < len(l); i++ {
		switch l[i] {
		case ' ':
			spaces++
		case '\t':
			spaces = 3
		default:
			if spaces >= 3 {
				parts, start = append(parts, l[start:i]), i
			}
			spaces = 0
		}
	}
	return append(parts, l[start:])
}
