package letter

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"sachhon/internal/lang"
)

const (
	maxAttachments    = 50
	maxAttachmentText = 300
)

var (
	reEnclosed = regexp.MustCompile(`(?:gửi|xin gửi)?\s*\(?(?:gửi kèm|đính kèm|kèm theo)(?: theo)?\s*(?:công văn|văn bản|kế hoạch|thông báo|quyết định|thư|giấy mời|báo cáo)? ?(?:này)?\s*:?\s*((?:các |bản |01 |02 |\d{1,2} )?(?:kế hoạch|thể lệ|phụ lục|danh sách|biểu mẫu|mẫu|đề cương|tài liệu|báo cáo|bảng|quyết định|công văn|chương trình|phiếu|hồ sơ|dự thảo|tờ trình|nội quy|hướng dẫn|lịch|sơ đồ|thông báo)[^.;()]{0,300})`)
	reWithIt   = regexp.MustCompile(`\(?\s*có\s+((?:các |bản )?[^.;()]{3,200}?)\s+(?:kèm theo|đính kèm|gửi kèm)`)
	reAppended = regexp.MustCompile(`^phụ lục(?:\s+(?:số\s+)?([ivx]+|\d{1,2}))?\s*[.:\-–]?\s*(.*)$`)
)

// readAttachments reads what the letter says is sent along, and the appendices that follow its signature.
func (rd *reader) readAttachments() {
	for _, p := range rd.body {
		if len(p.text) > maxParagraph || !strings.Contains(p.text, "kèm") {
			continue
		}
		k := key(p.text)
		for _, re := range []*regexp.Regexp{reEnclosed, reWithIt} {
			for _, m := range re.FindAllStringSubmatchIndex(k, maxAttachments) {
				if strings.HasSuffix(strings.TrimSpace(k[:m[0]]), "ban hành") {
					continue // what it was issued with, not what is sent
				}
				rd.attach(original(p.text, k, m[2], m[3]), p.lines, nil)
			}
		}
	}
	after := rd.foot.lines[1]
	if after == 0 {
		return
	}
	for i := after; i < len(rd.lines); i++ {
		l := rd.lines[i]
		m := reAppended.FindStringSubmatch(key(l.text))
		if m == nil || !lang.IsUpper(l.text) && m[2] != "" && m[1] == "" {
			continue
		}
		text, at := l.text, Lines{l.no, l.no}
		var spans []Span
		if m[2] == "" { // its title stands below
			for j := i + 1; j < len(rd.lines) && j < i+4; j++ {
				if next := rd.lines[j]; !next.blank() {
					if !strings.HasPrefix(next.text, "(") {
						spans = append(rd.spans(at, text), rd.spans(Lines{next.no, next.no}, strings.Trim(next.text, aroundAttachment))...)
						text, at[1] = text+": "+next.text, next.no
					}
					break
				}
			}
		}
		rd.attach(text, at, spans)
	}
}

// aroundAttachment is what may stand around the name of a thing.
const aroundAttachment = " ,;.:/()\"“”"

// attach adds one thing, unless it was named before. Without spans it stands in the lines as it is.
func (rd *reader) attach(text string, at Lines, spans []Span) {
	text = capitalise(strings.Trim(text, aroundAttachment))
	if text == "" || utf8.RuneCountInString(text) > maxAttachmentText || len(rd.out.Attachments) >= maxAttachments {
		return
	}
	for _, known := range rd.out.Attachments {
		if strings.Contains(key(known.Value), key(text)) {
			return
		}
	}
	rd.out.Attachments = append(rd.out.Attachments, Field[string]{Value: text, Lines: at, Spans: spans})
}
