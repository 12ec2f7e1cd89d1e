package letter

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"sachhon/internal/calendar"
	"sachhon/internal/clock"
)

// Within is a deadline that is counted from a day and not named: "trong 05 ngày làm việc kể từ ngày nhận được công văn này".
type Within struct {
	Text    string `json:"text"` // as written
	Days    int    `json:"days"`
	Working bool   `json:"working,omitempty"` // only days on which offices work are counted
	From    Start  `json:"from"`
}

// Start is the day from which days are counted.
type Start string

// The starts.
const (
	FromReceipt Start = "receipt" // the day on which the letter reaches whom it is sent to
	FromDate    Start = "date"    // the day of the letter, on which it is signed
)

// MaxWithin is how many days a time that is counted may have.
const MaxWithin = 366

const daysOfAWeek = 7

func (w Within) valid() bool {
	return w.Days >= 1 && w.Days <= MaxWithin && (w.From == FromReceipt || w.From == FromDate)
}

// Last returns the last day of the time that begins on a day. As the Civil Code counts (articles 147, 148) the first day is not
// counted, and a time that would end on a day off ends on the next working day.
func (w Within) Last(days *calendar.Calendar, from clock.Day) clock.Day {
	if w.Working {
		return days.AddWorkingDays(from, w.Days)
	}
	last := from.Plus(w.Days)
	if !days.Working(last) {
		last = days.AddWorkingDays(last, 1)
	}
	return last
}

// How a time that is counted is written, in keys.
const (
	limitWords  = `(?:trong(?:\s+(?:vòng|thời hạn|thời gian|hạn))?|(?:chậm|muộn) nhất(?:\s+là)?(?:\s+(?:sau|trong(?:\s+(?:vòng|thời hạn))?))?|(?:trong\s+)?thời hạn(?:\s+(?:là|trong|hoàn thành|thực hiện|báo cáo|gửi|trả lời))?|hạn)`
	atMostMay   = `(?:\s*:?\s*(?:không quá|tối đa(?:\s+là)?))?`
	daysWords   = numeral + inWordsMay + `\s*(ngày làm việc|ngày|tuần làm việc|tuần)`
	sinceWords  = `,?\s*(?:\(\s*)?(?:(?:kể|tính)\s+(?:từ|sau)|từ|sau)(?:\s+(?:khi|lúc|ngày|thời điểm))*\s+`
	letterWords = `(?:công văn|văn bản|kế hoạch|thông báo|quyết định|chỉ thị|hướng dẫn|công điện|thông tri|giấy mời|thư)`
	ofThisMay   = `((?:\s+(?:được|các|bản)){0,3}(?:\s+` + letterWords + `)?(\s+(?:chỉ đạo\s+)?(?:này|nêu trên|nói trên))?)`
	startWords  = `(?:(nhận|tiếp nhận)|(?:ký,?\s+)?(?:ký|ban hành|phát hành)|` + letterWords + `\s+này\s+(?:được\s+)?(?:ký|ban hành|phát hành)|(?:có|của)\s+` + letterWords + `)` + ofThisMay
)

var (
	reWithin      = regexp.MustCompile(`(?:^|[\s(,;:])(` + limitWords + atMostMay + `\s*:?\s+` + daysWords + sinceWords + startWords + `)`)
	reGoesOn      = regexp.MustCompile(`^(?:để|về|phải|theo|gửi)\s`) // what is to be done by then
	reWithinWhole = regexp.MustCompile(`^((?:` + limitWords + `)?` + atMostMay + `\s*:?\s*` + daysWords + sinceWords + startWords + `)\s*[.;]?$`)
)

// ParseWithin reads a deadline that is counted from words that say nothing else: "05 ngày làm việc kể từ ngày nhận", nil when
// they are something else.
func ParseWithin(text string) *Within {
	k := key(text)
	m := reWithinWhole.FindStringSubmatchIndex(k)
	if m == nil {
		return nil
	}
	w := withinOf(k, m)
	if w == nil {
		return nil
	}
	w.Text = strings.Join(strings.Fields(original(text, k, m[2], m[3])), " ")
	return w
}

// withinOf makes a deadline of a match in a key, nil for one that counts from something else than the letter.
func withinOf(k string, m []int) *Within {
	w := Within{Days: numberOfWords(k[m[4]:m[5]]), From: FromDate}
	if m[6] >= 0 {
		if said := numberOfWords(k[m[6]:m[7]]); said != 0 && said != w.Days {
			return nil
		}
	}
	unit := k[m[8]:m[9]]
	w.Working = strings.HasSuffix(unit, "làm việc")
	if strings.HasPrefix(unit, "tuần") {
		if w.Days *= daysOfAWeek; w.Working {
			return nil // nobody knows how many days these are
		}
	}
	if m[10] >= 0 {
		w.From = FromReceipt
	}
	if !w.valid() || m[14] < 0 && !endsThere(k[m[3]:]) {
		return nil
	}
	return &w
}

// endsThere tells whether a phrase ends before the rest of a key: "kể từ ngày nhận" counts from the letter, "kể từ ngày nhận hồ
// sơ của người dân" does not.
func endsThere(rest string) bool {
	rest = strings.TrimLeft(rest, " ")
	r, _ := utf8.DecodeRuneInString(rest)
	return r == utf8.RuneError || !unicode.IsLetter(r) && !unicode.IsDigit(r) || reGoesOn.MatchString(rest)
}

// withinIn finds the first deadline of a text that is counted, and where it stands in its key.
func withinIn(text, k string) (w *Within, at reach) {
	for _, m := range reWithin.FindAllStringSubmatchIndex(k, 4) {
		if w = withinOf(k, m); w != nil {
			at = reach{m[2], m[3]}
			w.Text = strings.Join(strings.Fields(original(text, k, at.from, at.to)), " ")
			return w, at
		}
	}
	return nil, reach{}
}
