package letter

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Hours and days of the week that stand before a day, in keys: "16h00' chiều thứ Sáu, ngày".
const (
	hourMay    = `(?:\d{1,2}\s*(?:giờ|h|g|:)\s*(?:\d{2})?\s*(?:phút|p|['’′])?\s*,?\s*)?`
	weekdayMay = `(?:` + partOfDayExpr + `\s*,?\s+)?(?:` + weekdayExpr + `\s*(?:,|\(|-|–)?\s*)?(?:` + partOfDayExpr + `\s*,?\s+)?`
)

// reDeadline is a day until which something is to be done. "đến hết ngày" alone also ends a span of days, which is no deadline.
var reDeadline = regexp.MustCompile(`(?:trước|chậm nhất(?:\s+là)?(?:\s+(?:vào|trong|đến|trước))?|muộn nhất(?:\s+là)?|hạn(?:\s+(?:cuối|chót))?(?:\s+(?:là|đến|nộp|gửi))?|xong(?:\s+trước)?|hoàn thành\s+trong)\s*:?\s*(?:hết\s+)?` +
	hourMay + weekdayMay + `(?:ngày\s+)?` + dateExpr)

// reach is where something stands in a key, in bytes.
type reach struct{ from, to int }

// until is what a text says about by when: a day, or days that are counted, and what differs from that after it.
type until struct {
	day     Date
	within  *Within
	written string
	further string
	at      []reach // all that was read
}

// deadline returns the first day until which a text wants something, or the first time that it counts, whichever stands first.
func (rd *reader) deadline(text, k string) until {
	out := rd.dayIn(k)
	w, at := withinIn(text, k)
	switch {
	case w == nil:
	case len(out.at) == 0 || at.from < out.at[0].from:
		if further := out.written; further != "" {
			out.further = further
		}
		out.day, out.within, out.written, out.at = Date{}, w, original(text, k, at.from, at.to), append(out.at, at)
	default:
		if out.further == "" {
			out.further = w.Text
		}
		out.at = append(out.at, at)
	}
	return out
}

// dayIn returns the first day until which a text wants something, the words that say so, and those of a different day after
// it, if any. A day before the letter is none by which something could still be done.
func (rd *reader) dayIn(k string) (out until) {
	var issued Date
	if rd.out.Date != nil {
		issued = rd.out.Date.Value
	}
	for _, m := range reDeadline.FindAllStringSubmatchIndex(k, 4) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return k[m[2*i]:m[2*i+1]]
		}
		d, ok := dateFrom(group(1), group(2), group(3), issued.Year)
		if !ok {
			continue
		}
		if group(3) == "" && !issued.IsZero() && d.Before(issued) && issued.Month > 9 { // "trước ngày 15/01" in a letter of December
			if next, ok := dateFrom(group(1), group(2), "", issued.Year+1); ok {
				d = next
			}
		}
		switch {
		case d.Before(issued):
			continue
		case out.day.IsZero():
			out.day, out.written = d, group(0)
		case d != out.day && out.further == "":
			out.further = group(0)
		}
		out.at = append(out.at, reach{m[0], m[1]})
	}
	return out
}

// reLimiting are words that say how much or by when something is asked, and what follows "trước" where it is a time.
var reLimiting = regexp.MustCompile(`(?:ít nhất|tối thiểu|không dưới|không ít hơn|(?:chậm|muộn) nhất|hạn (?:chót|cuối)|trong thời hạn|` +
	`trong vòng\s+(?:` + numeral + `)|trước\s+(?:hết\s+)?(?:\d|ngày|thứ\s|chủ nhật|giờ|tháng|quý|tuần|` + partOfDayExpr + `\s|cuối|đầu|tết)|` +
	`(?:` + numeral + `)` + inWordsMay + `\s+(?:giờ|ngày làm việc|ngày|tuần|tháng)\s*,?\s*(?:kể|tính)\s+từ)`)

// notLimiting is what makes something else of the words behind it or before it: "giảm tối thiểu", "tối thiểu hóa".
var (
	notLimitingBefore = regexp.MustCompile(`(?:giảm|hạn chế)\s+$`)
	notLimitingBehind = regexp.MustCompile(`^\s+(?:hóa|hoá)(?:\s|[,.;:]|$)`)
)

const (
	maxUnread = 3  // warnings about one duty
	besideFor = 14 // bytes between such a word and what was read of it: "ít nhất là", "trước hết"
	maxSaid   = 60 // characters of the words that are quoted
)

// unread returns the words of a text that limit something of which nothing was read.
func unread(text, k string, read []reach) []string {
	var out []string
	for _, m := range reLimiting.FindAllStringIndex(k, -1) {
		from, to := m[0], m[1]
		if r, _ := utf8.DecodeLastRuneInString(k[:from]); unicode.IsLetter(r) || unicode.IsDigit(r) {
			continue
		}
		if notLimitingBefore.MatchString(k[max(0, from-20):from]) || notLimitingBehind.MatchString(k[to:]) {
			continue
		}
		if slices.ContainsFunc(read, func(r reach) bool { return from < r.to && r.from < to+besideFor }) {
			continue
		}
		end := to + quotedTo(k[to:])
		said := strings.Join(strings.Fields(original(text, k, from, end)), " ")
		read = append(read, reach{from, end})
		if out = append(out, said); len(out) == maxUnread {
			break
		}
	}
	return out
}

// quotedTo is how many bytes of a key are quoted behind a word: up to the end of what it belongs to.
func quotedTo(k string) int {
	count := 0
	for i, r := range k {
		if strings.ContainsRune(";\n", r) || strings.ContainsRune(".,:", r) && strings.HasPrefix(k[i+1:]+" ", " ") {
			return i
		}
		if count++; count > maxSaid && unicode.IsSpace(r) {
			return i
		}
	}
	return len(k)
}
