package spoken

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sachhon/internal/lang"
)

// Text returns s as it is read aloud. Its lines stay lines.
func Text(s string) string {
	lines := strings.Split(lang.CleanLines(norm.NFKC.String(squared.Replace(s))), "\n")
	for i, line := range lines {
		lines[i] = sayLine(line)
	}
	return lang.CleanLines(strings.Join(lines, "\n"))
}

// Syllables counts what is said; in Vietnamese each written word is one.
func Syllables(spoken string) int {
	n := 0
	for _, word := range strings.Fields(spoken) {
		if strings.ContainsFunc(word, unicode.IsLetter) {
			n++
		}
	}
	return n
}

// squared keeps the little figures of units on the line before compatibility forms would glue them to a number.
var squared = strings.NewReplacer("m²", "m2", "m³", "m3", "½", " một phần hai ", "¼", " một phần tư ", "℃", "°C", "№", "số ")

// reader walks over one line.
type reader struct {
	rest   string // what is still to be said
	out    strings.Builder
	before rune   // the sign before rest
	word   string // the last word that was written, in small letters
	shout  bool   // the whole line is in capitals, as a heading
}

func sayLine(line string) string {
	r := &reader{rest: line, shout: shouted(line)}
	for r.rest != "" {
		if !wordSign(r.before) && r.rule() {
			continue
		}
		if wordSign(r.first()) {
			r.plain()
		} else {
			r.sign()
		}
	}
	return tidy(line, r.out.String())
}

func (r *reader) first() rune {
	first, _ := utf8.DecodeRuneInString(r.rest)
	return first
}

// say writes words in place of the first n bytes.
func (r *reader) say(n int, words string) {
	r.before, _ = utf8.DecodeLastRuneInString(r.rest[:n])
	r.rest = r.rest[n:]
	if said := strings.TrimRight(r.out.String(), " ”’\")"); words != "" && said != "" && strings.ContainsAny(said[len(said)-1:], ".!?") {
		first, size := utf8.DecodeRuneInString(words) // what stood here could not show that a sentence begins
		words = string(unicode.ToUpper(first)) + words[size:]
	}
	r.out.WriteString(" " + words + " ")
	if fields := strings.Fields(words); len(fields) > 0 {
		r.word = strings.ToLower(fields[len(fields)-1])
	}
}

// rule tries the rules in their order; the first that fits is carried out.
func (r *reader) rule() bool {
	for _, rule := range rules {
		m := rule.shape.FindStringSubmatch(r.rest)
		if m == nil {
			continue
		}
		next, _ := utf8.DecodeRuneInString(r.rest[len(m[0]):])
		if wordSign(next) && !rule.open {
			continue
		}
		if words, ok := rule.say(r, m); ok {
			r.say(len(m[0]), words)
			r.span()
			return true
		}
	}
	return false
}

// span says the dash between two figures: "5-7" is "năm đến bảy".
func (r *reader) span() {
	if m := dash.FindString(r.rest); m != "" {
		r.say(len(m)-1, "đến") // the figure behind it stays
		r.before = ' '
	}
}

// plain writes a word that no rule knows, cut where letters meet figures.
func (r *reader) plain() {
	end := strings.IndexFunc(r.rest, func(c rune) bool { return !wordSign(c) })
	if end < 0 {
		end = len(r.rest)
	}
	word := r.rest[:end]
	if said, ok := abbreviations[word]; ok && !wordSign(r.before) {
		r.say(end, said)
		return
	}
	kind := figure(r.first())
	if cut := strings.IndexFunc(word, func(c rune) bool { return figure(c) != kind }); cut > 0 {
		word = word[:cut]
	}
	switch {
	case kind:
		r.say(len(word), decimal(word))
	case len([]rune(word)) == 1 && (wordSign(r.next(len(word))) || wordSign(r.before)): // A4, 3D
		r.say(len(word), spell(word))
	case !capitals(word):
		glued := wordSign(r.before)
		r.before, _ = utf8.DecodeLastRuneInString(word)
		r.rest = r.rest[len(word):]
		if glued {
			r.out.WriteString(" ")
		}
		r.out.WriteString(word)
		r.word = strings.ToLower(word)
	case r.shout || accented(word):
		r.say(len(word), strings.ToLower(word))
	default:
		r.say(len(word), expand(word))
	}
}

func (r *reader) next(at int) rune {
	next, _ := utf8.DecodeRuneInString(r.rest[at:])
	return next
}

// signs are said; the others that are not punctuation are left out.
var signs = map[rune]string{'&': "và", '+': "cộng", '=': "bằng", '%': "phần trăm", '@': "a còng", '≥': "từ", '≤': "đến", '>': "trên", '<': "dưới", '×': "nhân"}

// each are the words behind which a stroke is "mỗi": "3 buổi/tuần".
var each = map[string]bool{
	"đồng": true, "buổi": true, "lần": true, "lượt": true, "người": true, "gam": true, "tấn": true, "mét": true, "vuông": true, "khối": true,
	"lít": true, "giờ": true, "phút": true, "ngày": true, "triệu": true, "nghìn": true, "tin": true, "đội": true, "bài": true, "phẩm": true,
}

// sign says a sign or leaves it out. A voice reads the names of signs, so that only those of punctuation stay: a dash between
// words is a pause, and so is a stroke between those that are to be chosen from.
func (r *reader) sign() {
	sign, size := utf8.DecodeRuneInString(r.rest)
	after := r.next(size)
	r.rest = r.rest[size:]
	switch {
	case signs[sign] != "":
		r.out.WriteString(" " + signs[sign] + " ")
	case sign == '/' && unicode.IsLetter(after) && each[r.word]:
		r.out.WriteString(" mỗi ")
	case sign == '/' && figure(r.before) && figure(after):
		r.out.WriteString(" trên ")
	case sign == '/' && wordSign(r.before) && wordSign(after), strings.ContainsRune("–—-", sign) && r.before == ' ' && after == ' ':
		r.out.WriteString(", ")
	case strings.ContainsRune(".,;:!?()\"“”'‘’… ", sign):
		r.out.WriteRune(sign)
	default:
		r.out.WriteByte(' ')
	}
	if strings.ContainsRune(".;:!?", sign) {
		r.word = ""
	}
	r.before = sign
}

// shouted tells whether a line is written in capitals: then its words are words.
func shouted(line string) bool {
	upper, lower := 0, 0
	for _, r := range line {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper > 8 && lower*5 < upper && strings.Contains(strings.TrimSpace(line), " ")
}

// capitals tells whether a word has two capitals in a row.
func capitals(word string) bool {
	last := false
	for _, r := range word {
		upper := unicode.IsUpper(r)
		if upper && last {
			return true
		}
		last = upper
	}
	return false
}

// accented tells whether a word carries a tone, which no abbreviation does.
func accented(word string) bool {
	return strings.ContainsFunc(norm.NFD.String(word), func(r rune) bool {
		return r == '\u0300' || r == '\u0301' || r == '\u0303' || r == '\u0309' || r == '\u0323'
	})
}

func figure(r rune) bool { return r >= '0' && r <= '9' }

func wordSign(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || figure(r)) }

// tidy drops doubled spaces and those before a punctuation, figures of other scripts, and begins the line as a
// sentence when it is one.
func tidy(line, said string) string {
	said = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.N, r) {
			return -1
		}
		return r
	}, said)
	said = strings.TrimLeft(strings.Join(strings.Fields(said), " "), "-–,;: ")
	for _, p := range []string{".", ",", ";", ":", "!", "?", ")", "”", "…"} {
		said = strings.ReplaceAll(said, " "+p, p)
	}
	said = strings.NewReplacer("( ", "(", "“ ", "“", "()", "", ",,", ",").Replace(said)
	first, size := utf8.DecodeRuneInString(said)
	begin, _ := utf8.DecodeRuneInString(strings.TrimLeft(line, "-–+•* \t"))
	sentence := figure(begin) && strings.ContainsAny(line[len(line)-1:], ".!?:;")
	if size > 0 && (unicode.IsUpper(begin) || sentence) {
		said = string(unicode.ToUpper(first)) + said[size:]
	}
	return twoCapitals(said)
}

// twoCapitals is the last guard: what still has two capitals in a row becomes small.
func twoCapitals(s string) string {
	if !capitals(s) {
		return s
	}
	words := strings.Split(s, " ")
	for i, w := range words {
		if capitals(w) {
			words[i] = strings.ToLower(w)
		}
	}
	if s = strings.Join(words, " "); capitals(s) {
		return strings.ToLower(s)
	}
	return s
}
