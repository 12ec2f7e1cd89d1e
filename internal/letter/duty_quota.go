package letter

import (
	"regexp"
	"strconv"
	"strings"
)

// Numbers as letters write them, in keys: "02", "1.000", "hai mươi lăm", "một trăm linh năm". "năm" behind tens is a year
// and not a five, which is "lăm" there.
const (
	digitWords  = `một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín`
	tensWords   = `(?:(?:hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)\s+mươi|mười)(?:\s+(?:mốt|một|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín))?`
	belowWords  = `(?:` + tensWords + `|(?:linh|lẻ)\s+(?:` + digitWords + `|tư))`
	hundredWord = `(?:` + digitWords + `)\s+trăm(?:\s+` + belowWords + `)?`
	countWords  = `(?:` + digitWords + `)\s+(?:nghìn|ngàn)(?:\s+(?:không|` + digitWords + `)\s+trăm)?(?:\s+` + belowWords + `)?|` + hundredWord + `|` + tensWords + `|` + digitWords
	numeral     = `(\d{1,3}(?:\.\d{3})+|\d{1,7}|` + countWords + `)`
	thousandMay = `(\s+(?:nghìn|ngàn))?`                             // "3 nghìn người"
	inWordsMay  = `(?:\s*\(\s*(?:` + `([^()\d]{1,60}?)` + `)\s*\))?` // "02 (hai)"
	things      = `\s+([\p{L}]+(?:,? [\p{L}]+){0,5})`
	amount      = numeral + thousandMay + inWordsMay
	eachOne     = `mỗi\s+(?:\p{L}+,?\s+){1,8}?`
)

var (
	reQuota  = regexp.MustCompile(`(?:^|[\s(,;:])((?:ít nhất|tối thiểu|không dưới|không ít hơn)(?:\s+(?:là|có|được|đạt|từ|phải có))?\s*:?\s+(?:` + eachOne + `)?` + amount + things + `)`)
	reMore   = regexp.MustCompile(`(?:^|[\s(,;:])(từ\s+` + amount + `\s+([\p{L}]+(?: [\p{L}]+){0,3}?)\s+trở lên)`)
	reEach   = regexp.MustCompile(`(?:^|[\s(,;:])(` + eachOne + amount + things + `)`)
	reEachOf = regexp.MustCompile(`^mỗi\s+(?:ngày|tuần|tháng|quý|năm|buổi|sáng|chiều|tối|thứ|chủ nhật|lần|khi)(?:\s|$)`) // how often
)

// stops end the name of what a quota counts.
var stops = map[string]bool{
	"dự": true, "tham": true, "trong": true, "trên": true, "để": true, "và": true, "vào": true, "với": true, "về": true, "cho": true,
	"của": true, "gửi": true, "trước": true, "mỗi": true, "trở": true, "tại": true, "theo": true, "được": true, "phục": true, "là": true,
	"đến": true, "từ": true, "hàng": true, "hằng": true, "một": true, "hưởng": true, "đăng": true, "có": true, "ra": true, "do": true, "hỗ": true, "ký": true, "dọn": true,
}

// notCounted are measures of time, which say how long or how soon and not how much.
var notCounted = map[string]bool{"ngày": true, "giờ": true, "phút": true, "tháng": true, "năm": true, "tuần": true, "phần": true, "lần": true, "buổi": true}

// quotaIn reads how much a text asks for, with the words that say so and where they stand in its key.
func quotaIn(text, k string) (quota *Quota, written string, at reach) {
	for _, one := range []struct {
		re      *regexp.Regexp
		atLeast bool
	}{{reQuota, true}, {reMore, true}, {reEach, false}} {
		for _, m := range one.re.FindAllStringSubmatchIndex(k, 6) {
			n := countOf(k, m)
			of := countedIn(original(text, k, m[10], m[11]))
			if n == 0 || of == "" || one.re == reEach && !counts(k[m[2]:m[4]], k[m[4]:m[5]]) {
				continue
			}
			end := m[10] + len(key(of))
			if one.re == reMore {
				end = m[3]
			}
			at = reach{m[2], min(end, len(k))}
			return &Quota{Count: n, Of: of, AtLeast: one.atLeast}, original(text, k, at.from, at.to), at
		}
	}
	return nil, "", reach{}
}

// countOf is the number of a match, 0 for one that the words in brackets behind it contradict, or that is too large to count.
func countOf(k string, m []int) int {
	n := numberOfWords(k[m[4]:m[5]])
	if strings.Contains(k[m[4]:m[5]], ".") {
		n, _ = strconv.Atoi(strings.ReplaceAll(k[m[4]:m[5]], ".", ""))
	}
	if m[6] >= 0 {
		n *= 1000
	}
	if m[8] >= 0 {
		if said := numberOfWords(k[m[8]:m[9]]); said != 0 && said != n {
			return 0
		}
	}
	if n > maxQuota {
		return 0
	}
	return n
}

// counts tells whether the number behind "mỗi …" asks for so many: "mỗi tuần hai buổi" says how often, "mỗi người dân là một
// chiến sĩ" nothing, and "năm" is mostly a year.
func counts(before, number string) bool {
	return number != "năm" && !strings.HasSuffix(strings.TrimSpace(before), " là") && !reEachOf.MatchString(before)
}

// countedIn cuts the name of what is counted out of the words that follow a number.
func countedIn(s string) string {
	var words []string
	for w := range strings.FieldsSeq(s) {
		bare := key(strings.TrimRight(w, ","))
		if stops[bare] {
			break
		}
		if len(words) == 0 && notCounted[bare] {
			return ""
		}
		words = append(words, w)
		if len(words) == 4 {
			break
		}
	}
	return strings.TrimRight(strings.Join(words, " "), ",")
}
