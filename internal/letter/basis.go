package letter

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// A basis paragraph opens with one of these words, in this spelling or in capitals.
	reBasisOpening = regexp.MustCompile(`^[-–+*]?\s*(căn cứ|thực hiện|theo|xét|tiếp theo|trên cơ sở|tiếp nhận)\s`)
	// A citation names the kind of document, then its symbol: "Kế hoạch số 1518/KH-STTTT".
	reCitation = regexp.MustCompile(`((?:nghị quyết|quyết định|chỉ thị|quy chế|quy định|thông báo|thông tư liên tịch|thông tư|nghị định|luật|hướng dẫn|chương trình|kế hoạch|phương án|đề án|dự án|báo cáo|tờ trình|công văn|công điện|giấy mời|thông tri|kết luận|pháp lệnh|văn bản)\s+)?số\s*:?\s*(\d+[a-zđ]?(?:\s?[/-]\s?[\p{L}\d]+)+)`)
	// A law is cited by its name.
	reLaw        = regexp.MustCompile(`^[-–+*]?\s*(?:căn cứ|theo|thực hiện)\s+((?:luật|bộ luật|pháp lệnh)\s+[^;:.]{3,120}?)(?:\s+(?:số|ngày|năm)\s.*|[;:.].*|\s*)$`)
	reSubjectOf  = regexp.MustCompile(`(?:^|[\s,;])(?:về việc|v/v|về|quy định về|quy định)\s+|(?:^|[\s,;])(?:ban hành|phê duyệt|hướng dẫn|triển khai|sửa đổi)\s`)
	reSubjectEnd = regexp.MustCompile(`[;.](?:\s|$)|[.;/]*$|\)|,\s+(?:ủy ban|ubnd|sở|phòng|ban|hội|đoàn|trung tâm|trường|liên đoàn|văn phòng|tỉnh đoàn|thị đoàn|huyện đoàn|đảng ủy|tỉnh ủy|thị ủy|huyện ủy|chủ tịch|giám đốc|trưởng|thường trực|công an|thừa lệnh|đề nghị|yêu cầu|theo đó)|;`)
	reOfOrgan    = regexp.MustCompile(`(?:^|\s|,)của\s+`)
	reOrganAt    = regexp.MustCompile(`\scủa\s+(.+?)\s+tại\s*$`)
	reOrganEnd   = regexp.MustCompile(`\s(về việc|về|v/v|quy định|ban hành|hướng dẫn|phê duyệt|sửa đổi|triển khai|thông qua)\s|[;:.(]`)
)

const (
	maxBases = 50
	maxOrgan = 200
)

// readBases reads the documents cited by the paragraphs that open the body: symbol, date and organ of each.
func (rd *reader) readBases() {
	for _, p := range rd.body {
		if len(rd.out.Bases) >= maxBases {
			break
		}
		k := key(p.text)
		if reItem.MatchString(p.text) || reArticle.MatchString(p.text) {
			return // the bases stand before the first thing that is asked
		}
		if reBasisOpening.MatchString(k) {
			rd.out.Bases = rd.citations(rd.out.Bases, "bases", p, k)
			rd.law(p, k)
		}
	}
}

// readReferences reads the documents that the rest of the letter names, each once.
func (rd *reader) readReferences() {
	for _, p := range rd.body {
		if len(rd.out.References) >= maxBases {
			return
		}
		if len(p.text) > maxParagraph {
			continue
		}
		rd.out.References = rd.citations(rd.out.References, "references", p, key(p.text))
	}
}

// law adds a law, which is cited by its name and mostly without a symbol.
func (rd *reader) law(p paragraph, k string) {
	m := reLaw.FindStringSubmatchIndex(k)
	if m == nil || reCitation.MatchString(k) {
		return
	}
	b := Basis{Type: strings.Fields(k[m[2]:m[3]])[0], Subject: strings.Trim(original(p.text, k, m[2], m[3]), " ,")}
	if b.Type == "bộ" {
		b.Type = "bộ luật"
	}
	if d := reDay.FindStringSubmatch(k[m[3]:]); d != nil {
		b.Date, _ = dateFrom(d[1], d[2], d[3], 0)
	}
	rd.out.Bases = append(rd.out.Bases, Field[Basis]{Value: b, Lines: p.lines})
}

// citations adds the documents that a paragraph cites to a list, unless they are cited before. Of a further mention only the
// symbol is expected.
func (rd *reader) citations(list []Field[Basis], field string, p paragraph, k string) []Field[Basis] {
	for _, m := range mentions(p.text, k) {
		b := m.Basis
		if seen(rd.out.Bases, b.Symbol) || seen(list, b.Symbol) {
			continue
		}
		f := Field[Basis]{Value: b, Lines: p.lines}
		f.Spans = rd.spans(p.lines, original(p.text, k, m.from, m.to))
		if field == "bases" && (b.Date.IsZero() || b.Organ == "") {
			f.Uncertain = true
			rd.warn("basisIncomplete", "bases", p.lines, "Symbol", b.Symbol)
		}
		if list = append(list, f); len(list) >= maxBases {
			break
		}
	}
	return list
}

const maxCitedSubject = 300

// subjectIn takes what a document is about out of the words that follow its symbol.
func subjectIn(s string) string {
	k := key(s)
	at := reSubjectOf.FindStringIndex(k)
	if at == nil {
		return ""
	}
	rest := k[at[1]:]
	end := len(rest)
	if stop := reSubjectEnd.FindStringIndex(rest); stop != nil {
		end = stop[0]
	}
	from := at[1]
	if verb := strings.TrimSpace(k[at[0]:at[1]]); !strings.HasPrefix(verb, "v") && !strings.HasPrefix(verb, "quy định") {
		from = at[1] - len(verb) - 1 // what is done to something belongs to what it is about: "phê duyệt Đề án …"
	}
	about := strings.TrimSuffix(strings.TrimRight(original(s, k, from, at[1]+end), " ,"), " và") // another citation follows
	about, _, _ = strings.Cut(about, " (")                                                       // "(gửi kèm theo)"
	about = strings.Trim(about, " ,;.:/\"()")
	if strings.Count(about, "“") != strings.Count(about, "”") { // of quotes around all of it one may be left
		about = strings.Trim(about, "“”")
	}
	if utf8.RuneCountInString(about) > maxCitedSubject {
		return ""
	}
	return about
}

// original returns the part of text that corresponds to the byte range of its key.
func original(text, k string, from, to int) string {
	start := skipRunes(text, utf8.RuneCountInString(k[:from]))
	return text[start : start+skipRunes(text[start:], utf8.RuneCountInString(k[from:to]))]
}

// organBefore takes the organ out of "Xét đề nghị của Sở Nội vụ tại" in front of a citation.
func organBefore(s string) string {
	at := reOrganAt.FindStringSubmatchIndex(s)
	if at == nil {
		return ""
	}
	return organUpTo(s[at[2]:at[3]])
}

// organUpTo cuts the name of an organ out of the words that follow "của". A comma ends it unless a capital follows that
// does not open another organ, as in "Sở Văn hóa, Thể thao".
func organUpTo(s string) string {
	if at := reOrganEnd.FindStringIndex(strings.ToLower(s)); at != nil {
		s = s[:skipRunes(s, utf8.RuneCountInString(strings.ToLower(s)[:at[0]]))]
	}
	for i, r := range s {
		if r != ',' {
			continue
		}
		rest := strings.TrimLeft(s[i+1:], " ")
		if next, _ := utf8.DecodeRuneInString(rest); !unicode.IsUpper(next) || opensWith(key(rest), organWords) {
			s = s[:i]
			break
		}
	}
	s = strings.Trim(s, " ,;.")
	if utf8.RuneCountInString(s) > maxOrgan {
		return ""
	}
	return s
}

func seen(bases []Field[Basis], symbol string) bool {
	for _, b := range bases {
		if symbol != "" && strings.EqualFold(b.Value.Symbol, symbol) {
			return true
		}
	}
	return false
}
