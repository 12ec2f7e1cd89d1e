package letter

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var (
	// A day until which something is to be done. "đến hết ngày" alone also ends a span of days, which is no deadline.
	reDeadline = regexp.MustCompile(`(?:trước|chậm nhất(?:\s+là)?(?:\s+(?:vào|trong|đến|trước))?|muộn nhất(?:\s+là)?|hạn(?:\s+(?:cuối|chót))?(?:\s+(?:là|đến|nộp|gửi))?|xong(?:\s+trước)?|hoàn thành\s+trong)\s*:?\s*(?:hết\s+)?(?:\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{2})?(?:\s*phút)?\s*,?\s*)?(?:ngày\s+)?` + dateExpr)

	numeral  = `(\d{1,5}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)`
	things   = `\s+([\p{L}]+(?:,? [\p{L}]+){0,5})`
	reQuota  = regexp.MustCompile(`(?:^|[\s(,;:])((?:ít nhất(?:\s+(?:là|có|được))?|tối thiểu(?:\s+(?:là|có))?|không dưới|không ít hơn)\s+` + numeral + things + `)`)
	reMore   = regexp.MustCompile(`(?:^|[\s(,;:])(từ\s+` + numeral + `\s+([\p{L}]+(?: [\p{L}]+){0,3}?)\s+trở lên)`)
	reEach   = regexp.MustCompile(`(?:^|[\s(,;:])(mỗi\s+(?:\p{L}+,?\s+){1,8}?` + numeral + things + `)`)
	reEachOf = regexp.MustCompile(`^mỗi\s+(?:ngày|tuần|tháng|quý|năm|buổi|sáng|chiều|tối|thứ|chủ nhật|lần|khi)(?:\s|$)`) // how often

	reProof    = regexp.MustCompile(`(?:^|[\s(,;:])((?:gửi|nộp|cung cấp|lập)\s+(?:các\s+)?(?:báo cáo|danh sách|hình ảnh|ảnh|biên bản|minh chứng|phiếu|kết quả|sản phẩm|tác phẩm|tin, bài|văn bản|file|bản đăng ký|đăng ký)[^.;:()]*|báo cáo\s+[^.;:()]*)`)
	reReported = regexp.MustCompile(`^báo cáo\s+(?:kết quả|tình hình|bằng|số liệu|tiến độ|nhanh|tổng hợp|sơ bộ|tổng kết|cụ thể)`)
	reEnd      = regexp.MustCompile(`\s(?:về|cho|qua|trước|chậm nhất|muộn nhất|đến|để|theo|trong|tới|vào|gửi|hàng|hằng|định kỳ|\(qua)(?:\s|$)|,`)
)

// stops end the name of what a quota counts.
var stops = map[string]bool{
	"dự": true, "tham": true, "trong": true, "trên": true, "để": true, "và": true, "vào": true, "với": true, "về": true, "cho": true,
	"của": true, "gửi": true, "trước": true, "mỗi": true, "trở": true, "tại": true, "theo": true, "được": true, "phục": true, "là": true,
	"đến": true, "từ": true, "hàng": true, "hằng": true, "một": true, "hưởng": true, "đăng": true, "có": true, "ra": true, "do": true, "hỗ": true,
}

// notCounted are measures of time, which say how long or how soon and not how much.
var notCounted = map[string]bool{"ngày": true, "giờ": true, "phút": true, "tháng": true, "năm": true, "tuần": true, "phần": true, "lần": true, "buổi": true}

// detail reads what a duty says beside what is to be done: for whom, how urgently it is asked, until when, how often, how
// much, and what is handed in. lead is the verb of the sentence that introduces it, year that of the letter.
func (rd *reader) detail(d *Duty, at Lines, lead Force) map[string][]Span {
	if len(d.Text) > maxParagraph {
		return nil
	}
	written := map[string]string{}
	d.For, written["for"] = whom(d.Text)
	d.Force = cmpForce(forceOf(d.Text), lead)
	k := key(d.Text)
	var further string
	if d.Deadline, written["deadline"], further = rd.deadline(k); further != "" {
		rd.warn("dutyDeadlines", "duties", at, "Number", d.Number, "Text", further)
	}
	if every, text, more := recurrence(d.Text, k); every != nil {
		d.Every, written["every"] = every, text
		if more != "" {
			rd.warn("dutyRecurrence", "duties", at, "Number", d.Number, "Text", more)
		}
	}
	if quota, text := quotaIn(d.Text, k); quota != nil {
		d.Quota, written["quota"] = quota, text
		if d.Every != nil && d.Every.Times > 1 && d.Every.Times != quota.Count { // the number is what counts in each period
			rd.warn("dutyRecurrence", "duties", at, "Number", d.Number, "Text", d.Every.Text)
		}
	}
	d.Proof = proofIn(d.Text, k)
	if often := written["every"]; often != "" {
		d.Proof, _, _ = strings.Cut(d.Proof, " "+often)
	}
	written["proof"] = d.Proof
	return rd.parts(at, written)
}

func cmpForce(own, lead Force) Force {
	if own != "" {
		return own
	}
	return lead
}

// deadline returns the first day until which a text wants something, the words that say so, and those of a different day after
// it, if any.
func (rd *reader) deadline(k string) (first Date, written, further string) {
	var issued Date
	if rd.out.Date != nil {
		issued = rd.out.Date.Value
	}
	for _, m := range reDeadline.FindAllStringSubmatch(k, 4) {
		d, ok := dateFrom(m[1], m[2], m[3], issued.Year)
		if !ok {
			continue
		}
		if m[3] == "" && !issued.IsZero() && d.Before(issued) && issued.Month > 9 { // "trước ngày 15/01" in a letter of December
			if next, ok := dateFrom(m[1], m[2], "", issued.Year+1); ok {
				d = next
			}
		}
		switch {
		case first.IsZero():
			first, written = d, m[0]
		case d != first:
			return first, written, m[0]
		}
	}
	return first, written, ""
}

func quotaIn(text, k string) (*Quota, string) {
	for _, one := range []struct {
		re      *regexp.Regexp
		atLeast bool
	}{{reQuota, true}, {reMore, true}, {reEach, false}} {
		for _, m := range one.re.FindAllStringSubmatchIndex(k, 6) {
			n := numberOfWords(k[m[4]:m[5]])
			of := countedIn(original(text, k, m[6], m[7]))
			if n == 0 || of == "" || one.re == reEach && !counts(k[m[2]:m[4]], k[m[4]:m[5]]) {
				continue
			}
			end := m[6] + len(key(of))
			if one.re == reMore {
				end = m[3]
			}
			return &Quota{Count: n, Of: of, AtLeast: one.atLeast}, original(text, k, m[2], min(end, len(k)))
		}
	}
	return nil, ""
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

func proofIn(text, k string) string {
	for _, m := range reProof.FindAllStringSubmatchIndex(k, 4) {
		part := k[m[2]:m[3]]
		// The first word is the verb: "gửi danh sách" hands in a list, "báo cáo kết quả" a report.
		from := m[2]
		if !strings.HasPrefix(part, "báo cáo") {
			from += strings.IndexByte(part, ' ') + 1
		}
		rest := k[from:m[3]]
		if end := reEnd.FindStringIndex(rest); end != nil {
			rest = rest[:end[0]]
		}
		if rest = strings.TrimSpace(rest); strings.HasPrefix(part, "báo cáo") && !reReported.MatchString(rest) {
			continue // whom to report to, and not what
		}
		proof := strings.TrimSpace(original(text, k, from, from+len(rest)))
		if utf8.RuneCountInString(proof) <= 120 {
			return strings.Join(strings.Fields(proof), " ")
		}
	}
	return ""
}

// forceOf is the verb with which a text itself asks.
func forceOf(text string) Force {
	k := key(trimItem(text))
	for _, one := range forces {
		if slices.ContainsFunc(one.words, func(w string) bool { return strings.HasPrefix(k, w+" ") }) {
			return one.force
		}
	}
	return ""
}

var forces = []struct {
	force Force
	words []string
}{
	{Assigns, []string{"giao", "phân công"}},
	{Requires, []string{"yêu cầu"}},
	{Requests, []string{"đề nghị", "kính đề nghị", "trân trọng đề nghị"}},
	{Invites, []string{"mời", "kính mời", "trân trọng kính mời"}},
}

// leadForce is the last verb of asking in the sentence that introduces a list.
func leadForce(text string) Force {
	if len(text) > maxParagraph {
		return ""
	}
	k := key(text)
	best, at := Force(""), -1
	for _, one := range slices.Concat(forces, []struct {
		force Force
		words []string
	}{{Informs, []string{"thông báo"}}}) {
		for _, w := range one.words {
			for from := 0; ; {
				i, ok := hasWord(k[from:], w)
				if !ok {
					break
				}
				asks := !strings.HasPrefix(k[from+i+len(w):], " số") && !strings.HasPrefix(k[from+i+len(w):], " của") // "theo đề nghị của"; "Thông báo số 9" is a document
				if asks && from+i > at && (one.force != Informs || best == "") {
					best, at = one.force, from+i
				}
				from += i + len(w)
			}
		}
	}
	return best
}
