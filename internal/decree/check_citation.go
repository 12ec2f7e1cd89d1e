package decree

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
)

// citations judges how other documents are cited, in the order of the text: in full the first time, by type and number afterwards.
// Words only tell so much, so what may be full is taken for full.
type citations struct {
	first   map[string]cited // by type and symbol
	symbols map[string]bool
}

// cited is how a document was cited first.
type cited struct {
	date letter.Date
	full bool
}

var (
	reDayCited = regexp.MustCompile(`(?i)(?:^|[^\p{L}])ngày\s*\d{1,2}\s*(?:[/.-]|tháng)\s*\d{1,2}\s*(?:[/.-]|,?\s*năm)\s*\d{4}`)
	// Words before a day by which something is due, or on which something else happens.
	reDayOfOther = regexp.MustCompile(`(?i)(?:trước|đến|từ|hết|hạn|nhất|vào|kể từ|sau)\s*$`)
	reOrganCited = regexp.MustCompile(`(?:^|[\s,(])(?:của|do)\s+\p{Lu}`)
	// Who issued it stands before it: "đề nghị của Sở Nội vụ tại Tờ trình số …", "Ủy ban nhân dân tỉnh đã ban hành Kế hoạch số …".
	reOrganBefore = regexp.MustCompile(`(?:Ủy ban|UBND|HĐND|Hội đồng|Hội|Đoàn|Sở|Bộ|Chính phủ|Thủ tướng|Quốc hội|Chủ tịch|Giám đốc|Văn phòng|Phòng|Ban|Cục|Chi cục|Công an|Trung tâm|Trường|Thanh tra|Mặt trận|Liên đoàn|\p{Lu}\p{Ll}+ ủy)(?:\s[^;]*)?\s(?:tại|có|gửi|ra|theo|ban hành|phát hành)(?:\s\p{L}+){0,2}\s*$`)
	// What it is about begins with a verb, or stands between quotation marks.
	reAboutCited = regexp.MustCompile(`(?:^|[\s,;(])(?:về|v/v|V/v|Về|quy định|ban hành|phê duyệt|hướng dẫn|triển khai|sửa đổi|bổ sung|thay thế|thi hành|tổ chức|thực hiện|công bố|công nhận|giao|điều chỉnh|thành lập|kiện toàn|thông qua|phát động|tăng cường|đẩy mạnh|tiếp tục|kết luận|nâng cao|hưởng ứng|tham gia|xử lý|quản lý|bổ nhiệm|phân công|phân cấp|phối hợp|ứng phó|phòng|chống|góp ý|đôn đốc|đề nghị|mời|khen thưởng|tuyên truyền|chấn chỉnh|kết quả|đánh giá|tổng kết|sơ kết|xây dựng|bảo vệ|phát triển|thu gom|làm)\s|["“«(]\s*\p{L}+\s+\p{L}+`)
	// A rule or a plan that a decision issued is called by its own name: "Quy chế … ban hành kèm theo Quyết định số …".
	reIssuedWith = regexp.MustCompile(`(?i)kèm(?:\s+theo)?\s*$`)
	reMeant      = regexp.MustCompile(`(?i)^[\s,]*(?:nêu trên|nói trên|trên đây|đã nêu|đã dẫn|này)`)
	// Between two that one organ or one abstract is given for.
	reAlongside = regexp.MustCompile(`^[\s,;]*(?:và|cùng|hoặc)?[\s,]*$`)
	reNext      = regexp.MustCompile(`(?:,|;|\.|:|(?:^|\s)(?:và|cùng|hoặc|với|theo|tại|căn cứ|trên cơ sở|kèm theo))\s*$`)
	reAsks      = regexp.MustCompile(`(?:^|\s)(?:yêu cầu|đề nghị|giao|báo cáo|thông báo|xây dựng|ban hành|kính|trân trọng|đăng ký|mời|triển khai|tổ chức|đã|ra)\s`)
)

// check judges the mentions of one paragraph and reports each with what its document is called and, of a first one, what it lacks.
func (c *citations) check(list []letter.Mention, report func(m letter.Mention, code string, args ...string)) {
	if c.first == nil {
		c.first, c.symbols = map[string]cited{}, map[string]bool{}
	}
	lacks := make([]lack, len(list))
	for i := len(list) - 1; i >= 0; i-- {
		lacks[i] = lackOf(list[i])
		if i+1 < len(list) && reAlongside.MatchString(reDayCited.ReplaceAllString(list[i].After, "")) {
			lacks[i] = lacks[i].and(lacks[i+1])
		}
	}
	for i, m := range list {
		if m.Type == "" || namedOnly(m.Type) {
			continue
		}
		name := lang.Capital(m.Type) + " số " + m.Symbol
		k := lang.Fold(name)
		if m.Type == anyDocument && c.symbols[m.Symbol] { // "văn bản số …" is one that was called by its type
			continue
		}
		c.symbols[m.Symbol] = true
		before, known := c.first[k]
		if known && (before.date.IsZero() || m.Date.IsZero() || before.date == m.Date) { // two organs may have one symbol
			if before.full && lackOf(m).none() {
				report(m, "citationAgain", "Document", name)
			}
			continue
		}
		within := i > 0 && !reNext.MatchString(m.Before) // of what the one before is about, which is copied as it is
		c.first[k] = cited{m.Date, lacks[i].none()}
		if within || lacks[i].none() || reMeant.MatchString(m.After) {
			continue
		}
		report(m, "citationShort", append([]string{"Document", name}, lacks[i].args()...)...)
	}
}

// anyDocument is what a document of any type is called.
const anyDocument = "văn bản"

// namedOnly tells whether documents of a type are cited by their name, without number, day and organ.
func namedOnly(kind string) bool {
	return kind == "luật" || kind == "bộ luật" || kind == "pháp lệnh"
}

// lack is what a citation does not give.
type lack struct{ date, organ, about bool }

func (l lack) none() bool { return l == lack{} }

func (l lack) and(other lack) lack {
	return lack{l.date && other.date, l.organ && other.organ, l.about && other.about}
}

func (l lack) args() []string {
	return []string{"Date", flag(l.date), "Organ", flag(l.organ), "About", flag(l.about)}
}

func lackOf(m letter.Mention) lack {
	said := itsOwn(m.After)
	l := lack{date: true, organ: !reOrganCited.MatchString(said), about: !reAboutCited.MatchString(said)}
	for _, at := range reDayCited.FindAllStringIndex(said, -1) {
		l.date = l.date && reDayOfOther.MatchString(said[:at[0]])
	}
	if before := sentenceEnd(m.Before); reOrganBefore.MatchString(before) {
		l.organ = false
		l.date = l.date && !reDayCited.MatchString(before) // "Ngày 06 tháng 6 năm 2024, … đã ban hành …"
	}
	l.about = l.about && !reIssuedWith.MatchString(m.Before)
	return l
}

// itsOwn is as much of the words after a citation as may belong to it: to the end of the sentence, or to the comma after which the
// organ that writes begins to speak.
func itsOwn(after string) string {
	end := sentence(after)
	said := after[:end]
	for i, r := range said {
		if r != ',' {
			continue
		}
		rest := strings.TrimSpace(said[i+1:])
		about := strings.Index(rest, "về ")
		if reSpeaker.MatchString(rest) && (about < 0 || reAsks.MatchString(rest[:about])) {
			return said[:i]
		}
	}
	return said
}

// reSpeaker is an organ that goes on to say something.
var reSpeaker = regexp.MustCompile(`^(?:Ủy ban|UBND|HĐND|Hội đồng|Hội|Đoàn|Sở|Bộ|Chủ tịch|Giám đốc|Văn phòng|Phòng|Ban|Cục|Chi cục|Công an|Trung tâm|Trường|Thanh tra|Mặt trận|Liên đoàn)\s`)

// sentence is where the first sentence of a text ends. A full stop after an abbreviation, "TP. Huế", does not end it.
func sentence(s string) int {
	for i, r := range s {
		switch {
		case r == ';':
			return i
		case r == '.' && (i+1 == len(s) || s[i+1] == ' '):
			word := s[strings.LastIndexAny(s[:i], " .")+1 : i]
			if utf8.RuneCountInString(word) > 2 {
				return i
			}
		}
	}
	return len(s)
}

// sentenceEnd is the part of a text that belongs to the sentence it ends in.
func sentenceEnd(s string) string {
	for {
		end := sentence(s)
		if end == len(s) {
			return s
		}
		s = s[end+1:]
	}
}
