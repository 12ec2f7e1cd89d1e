package letter

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var (
	reProof    = regexp.MustCompile(`(?:^|[\s(,;:])((?:gửi|nộp|cung cấp|lập)\s+(?:các\s+)?(?:báo cáo|danh sách|hình ảnh|ảnh|biên bản|minh chứng|phiếu|kết quả|sản phẩm|tác phẩm|tin, bài|văn bản|file|bản đăng ký|đăng ký)[^.;:()\n]*|báo cáo[ \t]+[^.;:()\n]*)`)
	reReported = regexp.MustCompile(`^báo cáo\s+(?:kết quả|tình hình|bằng|số liệu|danh sách|tiến độ|nhanh|tổng hợp|sơ bộ|tổng kết|cụ thể)`)
	reEnd      = regexp.MustCompile(`\s(?:về|cho|qua|trước|chậm nhất|muộn nhất|đến|để|theo|trong|tới|vào|gửi|hàng|hằng|định kỳ|\(qua)(?:\s|$)|,`)
	reHowOften = regexp.MustCompile(`\s+(?:\d{1,2}|một|hai|ba)\s+lần$`)
)

// detail reads what a duty says beside what is to be done: through which channels, for whom, how urgently it is asked, until
// when, how often, how much, and what is handed in. lead is the verb of the sentence that introduces it.
func (rd *reader) detail(d *Duty, at Lines, lead asking) map[string][]Span {
	k := key(d.Text)
	names := channelNames(k)
	if d.Channels = channelsOf(names); len(d.Text) > maxParagraph {
		return nil
	}
	written := map[string]string{}
	d.For, written["for"] = whom(d.Text)
	own, verb := forceOf(d.Text)
	if d.Force = own; own == "" {
		d.Force = lead.force
	}
	until := rd.deadline(d.Text, k)
	read := until.at
	if d.Deadline, d.Within = until.day, until.within; d.Within != nil {
		written["within"] = until.written
	} else {
		written["deadline"] = until.written
	}
	if until.further != "" {
		rd.warn("dutyDeadlines", "duties", at, "Number", d.Number, "Text", until.further)
	}
	every, text, more, often := recurrence(d.Text, k)
	if every != nil {
		d.Every, written["every"], read = every, text, append(read, often)
	}
	if more != "" {
		rd.warn("dutyRecurrence", "duties", at, "Number", d.Number, "Text", more)
	}
	if quota, text, where := quotaIn(d.Text, k); quota != nil {
		d.Quota, written["quota"], read = quota, text, append(read, where)
		if d.Every != nil && d.Every.Times > 1 && d.Every.Times != quota.Count { // the number is what counts in each period
			rd.warn("dutyRecurrence", "duties", at, "Number", d.Number, "Text", d.Every.Text)
		}
	}
	for _, said := range unread(d.Text, k, read) {
		rd.warn("dutyUnread", "duties", at, "Number", d.Number, "Text", said)
	}
	d.Proof = proofIn(d.Text, k)
	if said := written["every"]; said != "" {
		d.Proof, _, _ = strings.Cut(d.Proof, " "+said)
		d.Proof = reHowOften.ReplaceAllString(d.Proof, "") // "mỗi tuần báo cáo số liệu 1 lần"
	}
	written["proof"] = d.Proof
	f := Field[any]{Parts: rd.parts(at, written)}
	if own == "" {
		f.put("force", rd.verb(lead))
	}
	if own == "" && len(names) == 0 {
		return f.Parts
	}
	whole := rd.textIn(at, k)
	if own != "" {
		f.put("force", whole.spans(verb))
	}
	var channels []Span
	for _, n := range names {
		channels = append(channels, whole.spans(n.at)...)
	}
	f.put("channels", channels)
	return f.Parts
}

// verb is where the verb stands with which a list is introduced; it is looked for once, and not for each entry.
func (rd *reader) verb(lead asking) []Span {
	if lead.force == "" {
		return nil
	}
	spans, ok := rd.verbs[lead.lines]
	if !ok {
		spans = rd.textIn(lead.lines, lead.k).spans(lead.at)
		if rd.verbs == nil {
			rd.verbs = map[Lines][]Span{}
		}
		rd.verbs[lead.lines] = spans
	}
	return spans
}

// asking is the verb of a sentence that introduces what is asked, and where it stands: in which lines, and where in their key.
type asking struct {
	force Force
	lines Lines
	k     string
	at    reach
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

// forceOf is the verb with which a text itself asks, and where it stands in its key.
func forceOf(text string) (Force, reach) {
	item := trimItem(text)
	k := key(item)
	for _, one := range forces {
		for _, w := range one.words {
			if strings.HasPrefix(k, w+" ") {
				from := len(key(text[:strings.Index(text, item)]))
				return one.force, reach{from, from + len(w)}
			}
		}
	}
	return "", reach{}
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
func leadForce(p paragraph) asking {
	if len(p.text) > maxParagraph {
		return asking{}
	}
	k := key(p.text)
	best := asking{lines: p.lines, k: k, at: reach{from: -1}}
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
				if asks && from+i > best.at.from && (one.force != Informs || best.force == "") {
					best.force, best.at = one.force, reach{from + i, from + i + len(w)}
				}
				from += i + len(w)
			}
		}
	}
	return best
}
