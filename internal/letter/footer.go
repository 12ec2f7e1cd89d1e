package letter

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sachhon/internal/lang"
)

// footer is the bottom of a letter, its two columns taken apart.
type footer struct {
	lines      Lines
	recipients []cell
	signature  []cell
}

var (
	reRecipients    = regexp.MustCompile(`^nơi nhận\s*:?`)
	reCapacity      = regexp.MustCompile(`^(TM|KT|TL|TUQ|Q)\.\s*\S|^(TM|KT|TL|TUQ|T/M|K/T|T/L|T/UQ)\.?\s+\S`)
	reAppendix      = regexp.MustCompile(`^phụ lục\b`)
	reAppendixAlone = regexp.MustCompile(`^phụ lục(?:\s+(?:số\s+)?(?:[ivx]+|\d{1,2}))?$`)           // in small letters, as the decree has it
	reDrafter       = regexp.MustCompile(`^\p{Lu}[\p{L}\d]{0,7}\.?\s?\(\d{1,4}\)$|^\p{Lu}{1,6}\.$`) // who drafted it, and how many are printed: "PL.(30)"
	reFootnotes     = regexp.MustCompile(`^chú thích:$`)                                            // as a reader of documents writes it above them
	reTitle         = regexp.MustCompile(`^(?:(?:PGS|GS|TS|ThS|BS|BSCKI|BSCKII|KS|CN|LS)\.\s*)+`)
)

// maxSignatureLines is how far above "Nơi nhận" a signature can begin when the right column was written first.
const maxSignatureLines = 15

// maxSignature is how many bytes the authority or position beside an entry can have.
const maxSignature = 300

// footStart returns the index of the line where the footer begins: "Nơi nhận", or a signature near above it or, without
// recipients, near the end.
func footStart(lines []line) int {
	at, found := len(lines), false
	for i := range lines {
		if cellWhere(lines[i], func(c cell) bool { return reRecipients.MatchString(key(c.text)) }) {
			at, found = i, true
			break
		}
	}
	above := maxSignatureLines
	if !found {
		above = 3 * maxSignatureLines
	}
	for i := max(0, at-above); i < at; i++ {
		if cellWhere(lines[i], func(c cell) bool { return lang.IsUpper(c.text) && reCapacity.MatchString(c.text) }) {
			return i
		}
	}
	if !found {
		if i := signatureAlone(lines); i >= 0 {
			return i
		}
	}
	return at
}

// signatureAlone finds a position in capitals with nothing below it but a name: a letter to people lists no recipients.
func signatureAlone(lines []line) int {
	named := false
	for i := len(lines) - 1; i >= 0 && i >= len(lines)-maxSignatureLines; i-- {
		switch text := lines[i].text; {
		case text == "":
		case named:
			if lang.IsUpper(text) && namesPosition(text) {
				return i
			}
			return -1
		case isPersonName(withoutTitle(text)):
			named = true
		default:
			return -1
		}
	}
	return -1
}

func cellWhere(l line, is func(cell) bool) bool {
	for _, c := range l.cells {
		if is(c) {
			return true
		}
	}
	return false
}

// divideFooter sorts the cells into recipients and signature. Appendices that follow are left out.
func divideFooter(lines []line) footer {
	var f footer
	listing, gap := false, false
	for _, l := range lines {
		if l.blank() {
			gap = true
			continue
		}
		if lang.IsUpper(l.text) && reAppendix.MatchString(key(l.text)) || reAppendixAlone.MatchString(key(l.text)) || reFootnotes.MatchString(key(l.text)) {
			break
		}
		for _, c := range splitSignature(l.cells, len(f.signature) > 0) {
			switch {
			case reDrafter.MatchString(c.text):
			case reRecipients.MatchString(key(c.text)):
				listing = true
				f.recipients = append(f.recipients, c)
			case isSignature(c, f.signature):
				f.signature = append(f.signature, c)
			case listing && (isItem(c) || !gap && len(f.signature) == 0 || startsLower(c.text)):
				f.recipients = append(f.recipients, c)
			}
		}
		if f.lines == (Lines{}) {
			f.lines[0] = l.no
		}
		f.lines[1] = l.no
		gap = false
	}
	return f
}

// splitSignature parts what was flattened onto one line with nothing but a space between: "- Như trên; KT. CHỦ TỊCH".
func splitSignature(cells []cell, begun bool) []cell {
	var out []cell
	for _, c := range cells {
		at := len(c.text)
		if reBullet.MatchString(c.text) || reRecipients.MatchString(key(c.text)) {
			at = signatureIn(c.text, begun)
		}
		if rest := c.from(at); rest.text != "" {
			c.text = strings.TrimSpace(c.text[:at])
			out = append(out, c, rest)
			continue
		}
		out = append(out, c)
	}
	return out
}

// signatureIn is where capitals that name an authority, or behind the end of an entry a position, begin at the end of a text,
// else its length. A signature that has begun may go on with any words.
func signatureIn(s string, begun bool) int {
	authority, position := len(s), len(s)
	for i := strings.LastIndexByte(s, ' '); i > 0 && len(s)-i <= maxSignature && lang.IsUpper(s[i+1:]); i = strings.LastIndexByte(s[:i], ' ') {
		tail, before := s[i+1:], s[:i]
		switch {
		case reCapacity.MatchString(tail):
			authority = i + 1
		case position == len(s) && (endsItem(before) || reRecipients.MatchString(key(before))) &&
			(namesPosition(tail) || begun && strings.Contains(tail, " ") && !strings.ContainsAny(tail, ",;.")):
			position = i + 1
		}
	}
	if authority < len(s) {
		return authority
	}
	return position
}

func isItem(c cell) bool { return reBullet.MatchString(c.text) || endsItem(c.text) }

// isSignature tells whether a cell is part of the signature: the authority, the position in capitals, or below them a name.
func isSignature(c cell, before []cell) bool {
	if reBullet.MatchString(c.text) || endsItem(c.text) || utf8.RuneCountInString(c.text) > 200 {
		return false
	}
	if lang.IsUpper(c.text) {
		return len(before) > 0 || reCapacity.MatchString(c.text) || namesPosition(c.text)
	}
	return len(before) > 0 && isPersonName(withoutTitle(c.text))
}

// positionWords are the words that name a position, as keys.
var positionWords = []string{
	"chủ tịch", "giám đốc", "trưởng", "phó", "chánh", "bí thư", "chủ nhiệm", "cục trưởng", "thủ trưởng", "tổng", "bộ trưởng", "chủ tọa", "chủ trì", "thư ký",
}

func namesPosition(s string) bool {
	k := key(s)
	return slices.ContainsFunc(positionWords, func(w string) bool { _, ok := hasWord(k, w); return ok })
}

// isPersonName tells whether s looks like a name: two to six words of letters, each with one capital in front.
func isPersonName(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 6 {
		return false
	}
	for _, w := range words {
		for i, r := range w {
			if i == 0 && !unicode.IsUpper(r) || i > 0 && !unicode.IsLower(r) && !unicode.IsMark(r) {
				return false
			}
		}
	}
	return true
}

// withoutTitle drops the academic titles that an official signature should not have.
func withoutTitle(s string) string { return strings.TrimSpace(reTitle.ReplaceAllString(s, "")) }
