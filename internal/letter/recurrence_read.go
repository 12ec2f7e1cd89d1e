package letter

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Days as letters name them, in keys.
const (
	partOfDayExpr = `(?:sáng|chiều|tối)`
	weekdayExpr   = `(?:chủ nhật|cn|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7]))`
	onDayExpr     = `(?:các\s+)?(?:buổi\s+)?(?:` + partOfDayExpr + `\s+)?(?:các\s+)?(?:ngày\s+)?` + weekdayExpr
	ofMonthExpr   = `(?:\d{1,2}|cuối cùng|cuối)`
	jointExpr     = `\s*(?:,\s*(?:và|hoặc)?|;|và|hoặc|đến(?:\s+hết)?|tới|-|–)\s*`
	usualExpr     = `(?:sinh hoạt|đời sống|cuộc sống|thói quen|nhu cầu|tiêu dùng|giao tiếp|công việc|(?:kế hoạch|chương trình|kinh phí|ngân sách|dự toán)(?:\s+công tác)?)\s+`
	eachExpr      = `(?:hàng|hằng|mỗi|từng)`
)

// forms are the ways to say how often; of two that begin at the same word the earlier one says more. The groups by name are
// what a form says: until, days (of the week), dates (of the month), part, weekday, of (a week or a day of a period, which is
// not followed), step, period, times, rate (of things that are counted).
var forms = formsOf()

func formsOf() (forms []*regexp.Regexp) {
	const (
		days  = `(?P<days>` + onDayExpr + `(?:` + jointExpr + `(?:` + onDayExpr + `|(?:hai|ba|tư|năm|sáu|bảy|[2-7])))*)`
		first = `(?:mùng|mồng)\s+`
		dates = `(?P<dates>(?:các\s+)?(?:ngày\s+(?:` + first + `)?|` + first + `)` + ofMonthExpr +
			`(?:` + jointExpr + `(?:ngày\s+)?(?:` + first + `)?` + ofMonthExpr + `)*)`
		until = `(?P<until>trước|chậm nhất(?:\s+là)?(?:\s+(?:vào|trong|đến|trước))?|muộn nhất(?:\s+là)?(?:\s+vào)?|không quá|đến hết|hạn(?:\s+(?:cuối|chót))?(?:\s+là)?)\s+` +
			`(?:hết\s+)?(?:\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{2})?(?:\s*phút)?\s*,?\s*)?`
		maybeUntil = `(?:` + until + `)?`
		number     = `(?:\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)`
		times      = `(?P<times>` + number + `)\s+(?:lần|lượt|buổi|đợt)`
		maybeTimes = `(?:\s+` + times + `)?`
		step       = `(?P<step>` + number + `)\s+`
		maybeStep  = `(?:` + step + `)?`
		period     = `(?P<period>ngày|tuần|tháng|quý|năm)`
		at         = `(?:\s*\(\s*(?:vào\s+)?|(?:\s*,)?\s+vào\s+|\s+)`
		onward     = `(?:\s*,)?\s+vào\s+`
		atUntil    = `(?:(?:` + at + `|\s*,\s*)` + until + `|` + at + `)`
		of         = `\s*,?\s*(?:của\s+)?`
	)
	for _, form := range []string{
		maybeUntil + days + of + eachExpr + `\s+(?P<period>tuần)` + maybeTimes,
		eachExpr + `\s+(?P<period>tuần)` + maybeTimes + atUntil + days,
		`(?P<period>tuần)\s+` + times + onward + days,
		times + `\s*(?:/|mỗi|một)\s*(?P<period>tuần)` + onward + days,
		maybeUntil + dates + of + eachExpr + `\s+(?P<period>tháng)`,
		eachExpr + `\s+(?P<period>tháng)` + maybeTimes + atUntil + dates,
		maybeUntil + `(?P<dates>ngày\s+(?:cuối cùng|cuối))(?:\s+của)?\s+(?P<period>tháng)`,
		`mỗi\s+` + days + maybeTimes,
		times + `\s*(?:/|mỗi|một|trong một|trong mỗi)\s*` + maybeStep + period,
		maybeStep + period + `(?:\s*/\s*|\s+)` + times,
		step + period + `\s*/\s*lần`,
		eachExpr + `\s+` + period + `(?:\s+\p{L}+){0,4}?(?:\s+(?:ít nhất|tối thiểu|không dưới))?\s+` + times,
		`(?:(?P<part>` + partOfDayExpr + `)\s+)?(?:(?:ngày\s+)?(?P<weekday>` + weekdayExpr + `)\s*,?\s+)?(?:của\s+)?` +
			`(?P<of>(?:tuần|ngày)\s+(?:\d{1,2}|đầu|cuối|thứ \p{L}+)(?: tiên| cùng)?\s+(?:của\s+)?)?(?:hàng|hằng)\s+` + period,
		`(?:định kỳ|mỗi)\s+` + maybeStep + period + maybeTimes,
		`lần\s*(?:/|mỗi|một)\s*` + period,
		`(?P<rate>ít nhất|tối thiểu|không dưới)\s+\d{1,3}(?:\s*\([^()]{1,30}\))?(?:,?\s+\p{L}+){1,4}\s*/\s*` + period,
	} {
		forms = append(forms, regexp.MustCompile(form))
	}
	return forms
}

var (
	reOften   = regexp.MustCompile(`hàng|hằng|mỗi|từng|lần|lượt|buổi|đợt|định kỳ|cuối|/\s*(?:ngày|tuần|tháng|quý|năm)`) // one of these is in every form
	reCounted = regexp.MustCompile(`(?:lần|lượt|buổi|đợt)\s*/`)
	reStop    = regexp.MustCompile(`[;\n]|\.\s`)

	// What makes something else of the words before it: a day of one month, a count of one time.
	reOneMonth = regexp.MustCompile(`^\s*(?:[/.\-–]\s*\d|(?:của\s+)?tháng\s+(?:\d|cuối|đầu|này|nay)|\d|này|nay|sau|tới|trước|đó)`)
	reOneTime  = regexp.MustCompile(`^\s+(?:thứ|đầu|này|nữa|trước|sau)(?:\s|$)`)
	reSeveral  = regexp.MustCompile(`(?:những|mấy|các)\s+$`)
	reEachOne  = regexp.MustCompile(eachExpr)

	// What is said beside a form and cannot be followed.
	reBefore = regexp.MustCompile(`(?:(?:` + weekdayExpr + `|ngày\s+\d{1,2}|rằm)\s*(?:,|;|và|hoặc)\s*(?:ngày\s+)?|rằm\s+|` +
		`ngày\s+\d{1,2}\s*(?:/|tháng)\s*\d{1,2}\s+(?:của\s+)?|ngày làm việc (?:cuối cùng|cuối|đầu tiên|đầu)\s+(?:của\s+)?)$`)
	reBehind = regexp.MustCompile(`^(?:\s*[,(]\s*vào\s+|\s+vào\s+|\s+)(?:(?:` + onDayExpr + `|ngày\s+` + ofMonthExpr + `)(?:` + jointExpr + onDayExpr + `)*|(?:của\s+)?tuần\s+(?:đầu|cuối|thứ)(?:\s+\p{L}+)?)`)
	reWeekOf = regexp.MustCompile(`^\s+(?:của\s+)?tuần\s+(?:đầu|cuối|thứ)(?:\s+\p{L}+)?`)

	// What is called of every day or year without being asked so often.
	reUsual       = regexp.MustCompile(usualExpr + `(?:hàng|hằng)\s+(?:ngày|tuần|tháng|quý|năm)`)
	reUsualBefore = regexp.MustCompile(`(?:^|[^\p{L}])` + usualExpr + `$`)

	reDayWord  = regexp.MustCompile(weekdayExpr + `|` + partOfDayExpr + `|hai|ba|tư|năm|sáu|bảy|[2-7]|đến|tới|-|–|hoặc`)
	reDateWord = regexp.MustCompile(`\d{1,2}|cuối|đến|tới|-|–|hoặc`)
)

var (
	weekdays = map[string]int{
		"chủ nhật": 0, "cn": 0, "thứ hai": 1, "thứ ba": 2, "thứ tư": 3, "thứ năm": 4, "thứ sáu": 5, "thứ bảy": 6,
		"thứ 2": 1, "thứ 3": 2, "thứ 4": 3, "thứ 5": 4, "thứ 6": 5, "thứ 7": 6,
	}
	dayParts = map[string]string{"sáng": "morning", "chiều": "afternoon", "tối": "evening"}
	periods  = map[string]string{"ngày": "day", "tuần": "week", "tháng": "month", "quý": "quarter", "năm": "year"}
)

// ParseRecurrence reads how often something is to be done from words: "sáng Chủ nhật hàng tuần", nil when they say nothing
// of the kind.
func ParseRecurrence(text string) *Recurrence {
	r, _, _, _ := recurrence(text, key(text))
	return r
}

// recurrence reads how often something is to be done from a text and its key, with the words that say so, what is said of it and
// not followed, as a key (a week of the month, a second rhythm, what may be no rhythm), and where the words stand.
func recurrence(text, k string) (r *Recurrence, written, more string, at reach) {
	look := maxOften
	f, ok := formIn(k, 0, &look)
	if !ok {
		return nil, "", strings.Join(strings.Fields(reUsual.FindString(k)), " "), reach{}
	}
	r, more = f.read(k)
	written, at = strings.TrimSpace(original(text, k, f.from, f.to)), reach{f.from, f.to}
	r.Text = strings.Join(strings.Fields(written), " ")
	if next, ok := formIn(k, f.to, &look); ok && more == "" {
		if other, _ := next.read(k); !sameRhythm(*r, *other) {
			more = k[next.from:next.to]
		}
	}
	return r, written, strings.Join(strings.Fields(more), " "), at
}

// sameRhythm tells whether the second of two recurrences asks for nothing that the first does not ask for.
func sameRhythm(a, b Recurrence) bool {
	return a.Period == b.Period && a.Step == b.Step && (b.Times == 0 || a.Times == b.Times) &&
		(len(b.Weekdays) == 0 || slices.Equal(a.Weekdays, b.Weekdays)) && (len(b.Days) == 0 || slices.Equal(a.Days, b.Days))
}

// form is a place in a key where it is said how often.
type form struct {
	from, to int
	said     map[string]string
}

// maxOften is how many bytes of sentences that hold a word of a form are gone through in a text: what says how often is short,
// and what was made to be slow is not.
const maxOften = 2 << 10

// formIn finds the first form from a byte of a key on. Only sentences that hold a word of one are gone through, and no more
// bytes of them than are left.
func formIn(k string, from int, left *int) (form, bool) {
	for from < len(k) && *left > 0 {
		end, next := len(k), len(k)
		if m := reStop.FindStringIndex(k[from:]); m != nil {
			end, next = from+m[0], from+m[1]
		}
		if reOften.MatchString(k[from:end]) {
			end = min(end, from+*left)
			*left -= end - from
			if f, ok := formAmong(k, from, end); ok {
				return f, true
			}
		}
		from = next
	}
	return form{}, false
}

func formAmong(k string, from, end int) (best form, ok bool) {
	for _, re := range forms {
		for at := from; at < end && (!ok || at < best.from); {
			m := re.FindStringSubmatchIndex(k[at:end])
			if m == nil {
				break
			}
			f := form{from: at + m[0], to: at + m[1], said: map[string]string{}}
			for i, name := range re.SubexpNames() {
				if name != "" && m[2*i] >= 0 {
					f.said[name] = k[at+m[2*i] : at+m[2*i+1]]
				}
			}
			if f.stands(k) {
				if !ok || f.from < best.from {
					best, ok = f, true
				}
				break
			}
			_, size := utf8.DecodeRuneInString(k[f.from:])
			at = f.from + size
		}
	}
	return best, ok
}

// shortBefore are the last words in front of a byte of a key.
func shortBefore(k string, at int) string { return k[max(0, at-80):at] }

// stands tells whether the words are words of their own and mean every time.
func (f form) stands(k string) bool {
	before, _ := utf8.DecodeLastRuneInString(k[:f.from])
	if unicode.IsLetter(before) || unicode.IsDigit(before) {
		return false
	}
	if len(f.said) == 1 && f.said["period"] != "" && reUsualBefore.MatchString(shortBefore(k, f.from)) {
		return false // "rác thải sinh hoạt hàng ngày", "kế hoạch hàng năm": of what kind, and not how often
	}
	if f.said["rate"] != "" && reCounted.MatchString(k[f.from:f.to]) {
		return false // "ít nhất 2 lần/tuần" says how often, "ít nhất 2 tin/tuần" how much
	}
	switch behind := k[f.to:]; {
	case f.said["dates"] != "" && (strings.HasSuffix(k[:f.to], f.said["dates"]) || !reEachOne.MatchString(k[f.from:f.to])):
		return !reOneMonth.MatchString(behind) && !reSeveral.MatchString(shortBefore(k, f.from))
	case f.said["times"] != "":
		return !reOneTime.MatchString(behind)
	}
	return true
}

// read says what the form means, and what of it is not followed.
func (f form) read(k string) (r *Recurrence, more string) {
	r = &Recurrence{
		Period: periods[f.said["period"]], Until: f.said["until"] != "", Part: dayParts[f.said["part"]],
		Times: numberOfWords(f.said["times"]), Step: numberOfWords(f.said["step"]),
	}
	all := k[f.from:f.to]
	if name := f.said["weekday"]; name != "" {
		r.Weekdays = []int{weekdays[name]}
		if r.Period == "day" {
			r.Period = "week"
		}
	}
	either := false
	if days := f.said["days"]; days != "" {
		r.Period = "week"
		r.Weekdays, r.Part, either = daysOf(days)
	}
	if dates := f.said["dates"]; dates != "" {
		var span bool
		r.Days, span, either = datesOf(dates)
		r.Until = r.Until || span
		if len(r.Days) == 0 {
			more = all
		}
	}
	if either { // one of the days is enough, whichever
		r.Weekdays, r.Days, more = nil, nil, all
	}
	switch n := len(r.Weekdays) + len(r.Days); {
	case n > 1 && r.Times == n: // "tuần 2 lần vào thứ Ba và thứ Năm"
		r.Times = 0
	case n > 1 && r.Times > 1:
		more = all
		r.Times = 0
	}
	*r = r.clean()
	if f.said["of"] != "" || len(r.Weekdays) > 0 && !r.Dated() {
		more = all
	}
	behind := reWeekOf
	if !r.Dated() && r.Period != "day" {
		behind = reBehind
	}
	if m := behind.FindString(k[f.to:]); m != "" {
		more = all + m
	}
	if m := reBefore.FindString(shortBefore(k, f.from)); m != "" {
		more = m + all
	}
	return r, more
}

// daysOf reads weekdays and the part of the day, when it is the same of all; either when one of them is enough.
func daysOf(k string) (days []int, part string, either bool) {
	parts := map[string]bool{}
	span := false
	for _, word := range reDayWord.FindAllString(k, -1) {
		switch day, named := weekdays[word]; {
		case word == "hoặc":
			either = true
		case word == "đến" || word == "tới" || word == "-" || word == "–":
			span = true
		case dayParts[word] != "":
			parts[dayParts[word]] = true
		default:
			if !named {
				day = weekdays["thứ "+word]
			}
			if last := len(days) - 1; span && last >= 0 {
				for d := (days[last] + 1) % 7; d != day; d = (d + 1) % 7 {
					days = append(days, d)
				}
			}
			span = false
			days = append(days, day)
		}
	}
	if len(parts) == 1 {
		for part = range parts {
		}
	}
	return days, part, either
}

// datesOf reads days of the month: nil when one is none; a span of days is a time until its last.
func datesOf(k string) (days []int, span, either bool) {
	joined := false
	for _, word := range reDateWord.FindAllString(k, -1) {
		day := lastDay
		switch word {
		case "hoặc":
			either = true
			continue
		case "đến", "tới", "-", "–":
			joined, span = true, true
			continue
		case "cuối":
		default:
			day, _ = strconv.Atoi(word)
		}
		if day < 1 || day > lastDay {
			return nil, false, false
		}
		if last := len(days) - 1; joined && last >= 0 {
			days = days[:last]
		}
		joined = false
		days = append(days, day)
	}
	return days, span, either
}
