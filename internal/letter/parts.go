package letter

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// maxParagraph is the size in bytes of the longest paragraph in which details are looked for: no sentence of a letter is as
// long, and searching one again and again would cost more than it is worth.
const maxParagraph = 32 << 10

// paragraph is a run of body lines that belong together.
type paragraph struct {
	text  string
	lines Lines
}

var (
	reSalutation = regexp.MustCompile(`^kính gửi\s*:?|^[^:]{3,120} điện\s*:$`) // who wires names himself first
	reAlsoTo     = regexp.MustCompile(`^(?:đồng kính gửi|đồng gửi)\s*:?`)
	reBullet     = regexp.MustCompile(`^([-–—+•*●▪]|[a-zđ]\))\s*`)
	reItem       = regexp.MustCompile(`^(\d{1,2})(?:\s*[.)]\s*|\s?[-–/]\s+)([^\d\s].*)$`)
	reArticle    = regexp.MustCompile(`^[Đđ]iều\s+(\d{1,3})\s*[.:]\s*(.*)$`)
	reBroken     = regexp.MustCompile(`[\p{L}\d]-$`)
	reSection    = regexp.MustCompile(`^([IVX]{1,5})\s*[.\-)]\s*(\S.*)$`)
	reClosing    = regexp.MustCompile(`^(nhận được|trên đây|đề nghị|yêu cầu|trong quá trình|rất mong|trân trọng|nơi nhận|trường hợp|kế hoạch này)`)
)

// divide cuts the letter into heading, salutation, body and footer.
func (rd *reader) divide() {
	rd.head = divideHeading(rd.lines)
	rest := rd.lines[rd.head.end:]
	body := footStart(rest)
	rd.foot = divideFooter(rest[body:])
	rest = rest[:body]
	n := salutationEnd(rest)
	rd.salutation = rest[:n]
	rest = rest[n:]
	if table, ok := tasksIn(rest); ok {
		rd.tasks = table
		rest = table.without(rest)
	}
	rd.body = paragraphs(rest)
}

// salutationEnd returns how many of the lines belong to "Kính gửi" and its list.
func salutationEnd(lines []line) int {
	first := 0
	for first < len(lines) && lines[first].blank() {
		first++
	}
	if first == len(lines) || !reSalutation.MatchString(key(lines[first].text)) {
		return 0
	}
	inline := trimLabel(lines[first].text, reSalutation) != ""
	end, listed, gap := first+1, inline, false
	prev := lines[first].text
	for i := first + 1; i < len(lines); i++ {
		l := lines[i]
		if l.blank() {
			gap = true
			continue
		}
		bullet := reBullet.MatchString(l.text)
		switch {
		case bullet && !strings.HasSuffix(prev, "."), reAlsoTo.MatchString(key(l.text)):
		case listed && !endsItem(prev) && (startsLower(l.text) || strings.HasSuffix(prev, ",")) && !gap:
		case !listed && !bullet && !reOpening.MatchString(key(l.text)):
		default:
			return end
		}
		end, listed, gap, prev = i+1, true, false, l.text
	}
	return end
}

// trimLabel removes a leading label, recognised in the key, and returns the rest.
func trimLabel(text string, label *regexp.Regexp) string {
	at := label.FindStringIndex(key(text))
	if at == nil {
		return text
	}
	return strings.TrimSpace(text[skipRunes(text, utf8.RuneCountInString(key(text)[:at[1]])):])
}

func endsItem(s string) bool { return strings.HasSuffix(s, ";") || strings.HasSuffix(s, ".") }

// trimItem removes a dash or bullet in front and the punctuation behind.
func trimItem(s string) string {
	s = strings.TrimSpace(s)
	if at := reBullet.FindString(s); at != "" {
		s = s[len(at):]
	}
	return strings.TrimSpace(strings.TrimRight(s, " ;.,/"))
}

func endsSentence(s string) bool {
	s = strings.TrimRight(s, `"”)» `)
	return s != "" && strings.ContainsAny(s[len(s)-1:], ".;:!?") || strings.HasSuffix(s, "…")
}

// paragraphs joins lines that a text editor wrapped and keeps apart those it did not. Where lines are long, each is a
// paragraph; where they are about equally short, a full line runs on into the next.
func paragraphs(lines []line) []paragraph {
	width := 0
	for _, l := range lines {
		width = max(width, utf8.RuneCountInString(l.text))
	}
	wrapped := width <= 140
	var out []paragraph
	gap, prev := true, ""
	var parts []string
	flush := func() {
		if len(parts) > 0 {
			out[len(out)-1].text = rejoin(parts)
			parts = nil
		}
	}
	for _, l := range lines {
		if l.blank() {
			gap = true
			continue
		}
		if !runsOn(prev, l.text, gap, wrapped, width) {
			flush()
			out = append(out, paragraph{lines: Lines{l.no, l.no}})
		}
		parts = append(parts, l.text)
		out[len(out)-1].lines[1] = l.no
		gap, prev = false, l.text
	}
	flush()
	return out
}

// rejoin puts the lines of a paragraph together. One that ends in a hyphen broke off inside a name: "số 12/UBND- / VX".
func rejoin(parts []string) string {
	var b strings.Builder
	for i, part := range parts {
		if i > 0 && !reBroken.MatchString(parts[i-1]) {
			b.WriteByte(' ')
		}
		b.WriteString(part)
	}
	return b.String()
}

// runsOn tells whether a line goes on with the paragraph of the line before it: an unfinished sentence does, and in wrapped
// text a line that was full does even where a sentence happens to end there.
func runsOn(prev, text string, gap, wrapped bool, width int) bool {
	switch {
	case prev == "" || startsBlock(text), strings.HasSuffix(prev, ":") && reAsking.MatchString(key(text)):
		return false
	case endsSentence(prev):
		return wrapped && !gap && !reOpening.MatchString(key(text)) && utf8.RuneCountInString(prev)*20 >= width*17
	case startsLower(text):
		return true
	}
	return wrapped && !gap && utf8.RuneCountInString(prev)*10 >= width*6
}

// startsBlock tells whether a line opens something new however the line before it ended.
func startsBlock(s string) bool {
	return reBullet.MatchString(s) || reItem.MatchString(s) || reArticle.MatchString(s) || reSection.MatchString(s) ||
		reClosing.MatchString(key(s)) && !startsLower(s)
}
