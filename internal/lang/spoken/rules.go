package spoken

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// rule says what a shape at the beginning of a word means; ok is false when it is something else after all.
type rule struct {
	shape *regexp.Regexp
	say   func(r *reader, m []string) (words string, ok bool)
	open  bool // letters may follow directly
}

// dash stands between two figures.
var dash = regexp.MustCompile(`^\s?[-–—]\s?\d`)

func re(s string) *regexp.Regexp { return regexp.MustCompile("^(?:" + s + ")") }

// The order counts: what is more particular comes first.
var rules = []rule{
	{shape: re(`[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6})`), say: sayMail},
	{shape: re(`(?i:https?://)(?:www\.)?([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,6})(?::\d+)?([/?#][^\s<>"“”]*)?`), say: sayAddress},
	{shape: re(`(?:www\.)?([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,5}\.(?:vn|com|org|net|edu|info|io))(/[^\s<>"“”]*)?`), say: sayAddress},
	{shape: re(`#?[A-Za-zĐđ]*#[\pL\pN_]+`), say: sayTag},
	{shape: re(`(?:[Ss]ố:?\s*)?(\d{1,6})(?:/(\d{4}))?([-/])([A-ZĐ][A-ZĐa-zđ]{0,11}(?:[-/&][A-ZĐ][A-ZĐa-zđ]{0,11}){0,3})`), say: saySymbol},
	{shape: re(`(\+84[ .-]?|0)[235789](?:[ .-]?\d){8,9}`), say: sayPhone},
	{shape: re(`(1[89]00)[ .-]?(\d{2,4})(?:[ .-]?(\d{2,4}))?`), say: sayHotline},
	{shape: re(`(\d{4})-(\d{2})-(\d{2})`), say: func(r *reader, m []string) (string, bool) { return sayDate(r, m[3], m[2], m[1]) }},
	{shape: re(`(\d{1,2})\s?[-–]\s?(\d{1,2})/(\d{1,2})(?:/(\d{4}))?`), say: sayDays},
	{shape: re(`(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})`), say: func(r *reader, m []string) (string, bool) { return sayDate(r, m[1], m[2], m[3]) }},
	{shape: re(`(\d{1,2})([-.])(\d{1,2})([-.])(\d{4})`), say: func(r *reader, m []string) (string, bool) {
		if m[2] != m[4] {
			return "", false
		}
		return sayDate(r, m[1], m[3], m[5])
	}},
	{shape: re(`24/7|24/24h?`), say: func(*reader, []string) (string, bool) { return "suốt ngày đêm", true }},
	{shape: re(`(\d{1,2})/(\d{4})`), say: sayMonth},
	{shape: re(`(\d{1,3})/(\d{1,3})`), say: sayDayOrShare},
	{shape: re(`(\d{1,2})\s?(?:giờ|[hg])(?:\s?(\d{2})(?:\s?(?:phút|ph|p|'))?)?`), say: sayTime},
	{shape: re(`(\d{1,2}):(\d{2})(?::(\d{2}))?`), say: sayTime},
	{shape: re(`([IVX]{1,6})`), say: sayRoman},
	{shape: re(`(\d{1,3}(?:\.\d{3}){1,5}(?:,\d+)?|\d+(?:[.,]\d+)?)\s?(kg/m3|km/h|km2|kg|km|cm|mm|m2|m3|ha|ml|vnđ|VNĐ|vnd|VND|đ|tr|°C|oC|[%‰°glmtp]|ph)`), say: sayUnit},
	{shape: re(`(\d{1,3}(?:\.\d{3}){1,5}(?:,\d+)?|\d+(?:[.,]\d+)?)`), say: sayFigure, open: true},
	{shape: re(`TT\s?[-–.]?\s?Huế`), say: func(*reader, []string) (string, bool) { return "Thừa Thiên Huế", true }},
	{shape: re(`\(([A-ZĐ][A-ZĐ&]{1,9})\)`), say: sayAgain, open: true},
	{shape: re(`(PGS|GS|TS|ThS|BS|KS)\.\s?`), say: sayTitle, open: true},
	{shape: re(`(TP|Tp|TX|Tx|TT|P|X|Q|H|T)\.\s?`), say: sayPlace, open: true},
	{shape: re(`v\.v\.{0,3}`), say: func(*reader, []string) (string, bool) { return "vân vân", true }},
	{shape: re(`[A-Za-zĐđ]{1,5}[-/&][A-Za-zĐđ0-9]{1,5}`), say: sayJoined},
}

func sayMail(_ *reader, m []string) (string, bool) {
	local, _, _ := strings.Cut(m[0], "@")
	return label(local) + " a còng " + host(m[1]), true
}

// sayAddress names the host and a short way behind it; a long one is found by the code on the sheet, not by ear.
func sayAddress(r *reader, m []string) (string, bool) {
	if strings.HasPrefix(m[0], "www.") || strings.Contains(m[0], "://") || strings.Contains(m[1], ".") {
		way := strings.Trim(strings.TrimRight(m[2], ".,;:!?)"), "/")
		said := host(m[1])
		if way != "" && len(way) <= 20 && !strings.ContainsAny(way, "/?#=&%") {
			said += " gạch chéo " + label(way)
		}
		if strings.HasSuffix(m[0], ".") || strings.HasSuffix(m[0], ",") {
			said += m[0][len(m[0])-1:]
		}
		return said, true
	}
	return "", false
}

var domains = map[string]string{"vn": "vi en", "com": "com", "gov": "gốp", "org": "o rờ gờ", "net": "nét", "edu": "e đu", "info": "in phô", "io": "i o"}

func host(s string) string {
	var parts []string
	for _, part := range strings.Split(strings.ToLower(s), ".") {
		if said, ok := domains[part]; ok {
			parts = append(parts, said)
		} else if part != "" {
			parts = append(parts, label(part))
		}
	}
	return strings.Join(parts, " chấm ")
}

// label says a part of an address: its letters as a word, its figures one by one. Letters among which there is no vowel are spelt.
func label(s string) string {
	var said []string
	word := ""
	end := func() {
		if word != "" && !strings.ContainsAny(word, "aeiouyăâêôơư") {
			word = spell(word)
		}
		said = append(said, word)
		word = ""
	}
	for _, r := range strings.ToLower(s) {
		name := ""
		switch {
		case unicode.IsLetter(r):
			word += string(r)
			continue
		case figure(r):
			name = digitNames[r-'0']
		case r == '-':
			name = "gạch ngang"
		case r == '.':
			name = "chấm"
		case r == '_':
			name = "gạch dưới"
		}
		end()
		said = append(said, name)
	}
	end()
	return strings.Join(strings.Fields(strings.Join(said, " ")), " ")
}

// sayTag says the words of a hashtag: #ChuNhatXanh is "Chu Nhat Xanh".
func sayTag(_ *reader, m []string) (string, bool) {
	var b strings.Builder
	last := ' '
	for _, r := range m[0] {
		switch {
		case figure(r):
			b.WriteString(" " + digitNames[r-'0'] + " ")
		case unicode.IsLetter(r):
			if unicode.IsUpper(r) && unicode.IsLower(last) {
				b.WriteByte(' ')
			}
			if unicode.IsUpper(r) && unicode.IsUpper(last) {
				r = unicode.ToLower(r)
			}
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
		last = r
	}
	return strings.Join(strings.Fields(b.String()), " "), true
}

// saySymbol says the number of a document: 1903/UBND-VH is "số một nghìn chín trăm linh ba, Ủy ban nhân dân, vê hát".
func saySymbol(r *reader, m []string) (string, bool) {
	if m[3] == "-" && !strings.Contains(m[4], "/") { // "5-A" is something else
		return "", false
	}
	parts := []string{cardinal(m[1])}
	if m[2] != "" {
		parts[0] += " năm " + cardinal(m[2])
	}
	for part := range strings.FieldsFuncSeq(m[4], func(c rune) bool { return c == '-' || c == '/' || c == '&' }) {
		parts = append(parts, expand(part))
	}
	said := strings.Join(parts, ", ")
	if r.word != "số" {
		said = "số " + said
	}
	if strings.HasPrefix(r.rest[len(m[0]):], " ngày ") { // the number is over
		said += ","
	}
	return said, true
}

// sayPhone says a telephone number figure by figure, in the groups in which it is written.
func sayPhone(_ *reader, m []string) (string, bool) {
	local := "0" + strings.TrimLeft(m[0][len(m[1]):], " ")
	groups := strings.FieldsFunc(local, func(r rune) bool { return !figure(r) })
	if len(groups) == 1 {
		if len(local) != 10 && len(local) != 11 {
			return "", false
		}
		groups = []string{local[:4], local[4:7], local[7:]}
	}
	var said []string
	for _, group := range groups {
		for len(group) > 5 {
			said, group = append(said, digits(group[:3])), group[3:]
		}
		said = append(said, digits(group))
	}
	return strings.Join(said, ", "), true
}

func sayHotline(_ *reader, m []string) (string, bool) {
	said := digits(m[1]) + ", " + digits(m[2])
	if m[3] != "" {
		said += ", " + digits(m[3])
	}
	return said, len(m[2])+len(m[3]) >= 4
}

// counted are words that stand behind a share: "5/9 xã" are five of nine.
var counted = re(`\s*(?:xã|phường|đơn vị|cơ quan|tổ|thôn|hộ|đội|khu|huyện|thị|tỉnh|người|trường|hội|chi|nội dung|phiếu|ủy viên|đại biểu|cụm|loa)(?:\s|[.,;:!?)]|$)`)

// measured are words that stand behind a fraction: "2/3 số hộ" are two thirds.
var measured = re(`\s*(?:chỉ tiêu|số|dân số|diện tích|khối lượng|lượng|tổng số|chặng|quãng|thời gian)(?:\s|[.,;:!?)]|$)`)

// about are words before a fraction, and addressed those before a number of a house.
var (
	about     = map[string]bool{"giảm": true, "tăng": true, "hơn": true, "khoảng": true, "gần": true, "chiếm": true, "đạt": true, "bằng": true}
	addressed = map[string]bool{"nhà": true, "kiệt": true, "hẻm": true, "ngõ": true, "ngách": true}
)

// numbered are the words behind which a Roman figure is a number.
var numbered = map[string]bool{
	"quý": true, "khóa": true, "khoá": true, "thứ": true, "phần": true, "mục": true, "chương": true, "kỳ": true, "cấp": true,
	"loại": true, "kỷ": true, "hội": true, "vực": true, "lục": true, "hạng": true, "giai": true, "đoạn": true, "": true,
}

func sayRoman(r *reader, m []string) (string, bool) {
	n := roman(m[1])
	if n == 0 || len(m[1]) == 1 && !numbered[r.word] { // two of these letters are hardly anything else
		return "", false
	}
	next, _ := utf8.DecodeRuneInString(r.rest[len(m[0]):])
	if r.word == "" && next != '.' && next != ')' { // at the beginning it must look like a number
		return "", false
	}
	return ordinal(r, m[1], n), true
}

// ordinal says a number behind "thứ", where two have names of their own.
func ordinal(r *reader, _ string, n int) string {
	if r.word == "thứ" && n == 1 {
		return "nhất"
	}
	if r.word == "thứ" || r.word == "tháng" {
		return afterWord(n)
	}
	return cardinal(strconv.Itoa(n))
}

func sayUnit(_ *reader, m []string) (string, bool) {
	said, ok := units[strings.ToLower(m[2])]
	if !ok {
		said, ok = abbreviations[m[2]]
	}
	return decimal(m[1]) + " " + said, ok
}

// called are the words behind which a short number is dialled.
var called = map[string]bool{"đài": true, "nóng": true, "gọi": true, "máy": true, "hotline": true, "thoại": true}

func sayFigure(r *reader, m []string) (string, bool) {
	whole := !strings.ContainsAny(m[1], ".,")
	n := 0
	if len(m[1]) <= 4 && whole {
		n = value(m[1])
	}
	switch {
	case whole && called[r.word] && len(m[1]) >= 3:
		return digits(m[1]), true
	case r.word == "ngày" && whole && n >= 1 && n <= 31 && len(m[1]) <= 2:
		return day(r, n), true
	case n > 0 && (r.word == "thứ" || r.word == "tháng"):
		return ordinal(r, m[1], n), true
	}
	next := r.next(len(m[0]))
	if unicode.IsLetter(next) { // 3D: the letters follow as such
		return decimal(m[1]), whole
	}
	return decimal(m[1]), true
}

// sayPlace says the type of a place before its name.
func sayPlace(r *reader, m []string) (string, bool) {
	next := r.next(len(m[0]))
	if !unicode.IsUpper(next) && !figure(next) {
		return "", false
	}
	return dotted[m[1]], true
}

// sayTitle says the degree of a person before the name or another one.
func sayTitle(r *reader, m []string) (string, bool) {
	if !unicode.IsUpper(r.next(len(m[0]))) {
		return "", false
	}
	return abbreviations[m[1]], true
}

// sayAgain leaves out an abbreviation in brackets behind what it stands for, which was just said: "Ban Tổ chức (BTC)".
func sayAgain(r *reader, m []string) (string, bool) {
	said := strings.ToLower(strings.Join(strings.Fields(r.out.String()), " "))
	return "", strings.HasSuffix(said, strings.ToLower(expand(m[1])))
}

// sayJoined says abbreviations that stand together: "HĐND-UBND", "đ/c", "Hue-S".
func sayJoined(_ *reader, m []string) (string, bool) {
	if said, ok := abbreviations[m[0]]; ok {
		return said, true
	}
	if !capitals(m[0]) {
		return "", false
	}
	var parts []string
	for part := range strings.FieldsFuncSeq(m[0], func(c rune) bool { return c == '-' || c == '/' || c == '&' }) {
		if strings.Trim(part, "0123456789") == "" {
			parts = append(parts, cardinal(part))
			continue
		}
		if strings.ContainsAny(part, "0123456789") || !capitals(part) && abbreviations[part] == "" {
			return "", false
		}
		parts = append(parts, expand(part))
	}
	return strings.Join(parts, ", "), true
}
