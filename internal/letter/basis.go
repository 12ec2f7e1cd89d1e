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
	reCitation = regexp.MustCompile(`((?:nghị quyết|quyết định|chỉ thị|quy chế|quy định|thông báo|thông tư|nghị định|luật|hướng dẫn|chương trình|kế hoạch|đề án|báo cáo|tờ trình|công văn|công điện|văn bản)\s+)?số\s*:?\s*(\d+[a-zđ]?(?:\s?[/-]\s?[\p{L}\d]+)+)`)
	reOfOrgan  = regexp.MustCompile(`(?:^|\s|,)của\s+`)
	reOrganAt  = regexp.MustCompile(`\scủa\s+(.+?)\s+tại\s*$`)
	reOrganEnd = regexp.MustCompile(`\s(về việc|về|v/v|quy định|ban hành|hướng dẫn|phê duyệt|sửa đổi|triển khai|thông qua)\s|[;:.(]`)
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
			rd.citations(p, k)
		}
	}
}

func (rd *reader) citations(p paragraph, k string) {
	hits := reCitation.FindAllStringSubmatchIndex(k, maxBases)
	start := 0
	for i, h := range hits {
		end := len(k)
		if i+1 < len(hits) {
			end = hits[i+1][0]
		}
		symbol := tight(original(p.text, k, h[4], h[5]))
		if seen(rd.out.Bases, symbol) {
			continue
		}
		b := Basis{Symbol: symbol}
		tail := k[h[1]:end]
		if d := reDay.FindStringSubmatch(tail); d != nil {
			b.Date, _ = dateFrom(d[1], d[2], d[3], 0)
		}
		if of := reOfOrgan.FindStringIndex(tail); of != nil {
			from := h[1] + of[1]
			b.Organ = organUpTo(original(p.text, k, from, end))
		}
		if b.Organ == "" {
			b.Organ = organBefore(original(p.text, k, start, h[0]))
		}
		start = h[1]
		f := Field[Basis]{Value: b, Lines: p.lines, Uncertain: b.Date.IsZero() || b.Organ == ""}
		if f.Uncertain {
			rd.warn("basisIncomplete", "bases", p.lines, "Symbol", symbol)
		}
		rd.out.Bases = append(rd.out.Bases, f)
	}
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
		if strings.EqualFold(b.Value.Symbol, symbol) {
			return true
		}
	}
	return false
}
