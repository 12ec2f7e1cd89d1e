package letter

import (
	"regexp"
	"slices"
	"strings"
)

// kind is a type of administrative document in Decree 30/2020 with its abbreviation in symbols.
type kind struct{ name, abbr string }

// Report is the type of reports, which go up by their own way.
const Report = "báo cáo"

// Plan is the type of the documents that found a challenge.
const Plan = "kế hoạch"

var kinds = []kind{
	{"nghị quyết", "NQ"},
	{"quyết định", "QĐ"},
	{"chỉ thị", "CT"},
	{"quy chế", "QC"},
	{"quy định", "QyĐ"},
	{"thông cáo", "TC"},
	{"thông báo", "TB"},
	{"hướng dẫn", "HD"},
	{"chương trình", "CTr"},
	{Plan, "KH"},
	{"phương án", "PA"},
	{"đề án", "ĐA"},
	{"dự án", "DA"},
	{Report, "BC"},
	{"biên bản", "BB"},
	{"tờ trình", "TTr"},
	{"hợp đồng", "HĐ"},
	{"công văn", "CV"},
	{"công điện", "CĐ"},
	{"bản ghi nhớ", "BGN"},
	{"bản thỏa thuận", "BTT"},
	{"giấy ủy quyền", "GUQ"},
	{"giấy mời", "GM"},
	{"giấy giới thiệu", "GGT"},
	{"giấy nghỉ phép", "GNP"},
	{"phiếu gửi", "PG"},
	{"phiếu chuyển", "PC"},
	{"phiếu báo", "PB"},
	{"thư công", ""},
}

// OfficialLetter is the type of a letter between public bodies, which has no heading of its own.
const OfficialLetter = "công văn"

// Types lists the names of all types of document.
func Types() []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.name
	}
	return names
}

// letterHeads are headings of a "thư công", which says in its heading what kind of one it is.
var letterHeads = []string{"thư khen", "thư cảm ơn", "thư chúc mừng", "thư ngỏ", "thư thăm hỏi", "thư chia buồn", "thư kêu gọi"}

// typeNamed returns the type whose name the key text is, or "".
func typeNamed(k string) string {
	k = strings.TrimRight(k, " :.")
	if slices.ContainsFunc(kinds, func(t kind) bool { return t.name == k }) {
		return k
	}
	if slices.Contains(letterHeads, k) {
		return "thư công"
	}
	return ""
}

// typeOpening returns the type that a line begins with and the rest of it: "KẾ HOẠCH TỔ CHỨC NGÀY CHỦ NHẬT XANH".
func typeOpening(k string) (name, rest string) {
	for _, t := range kinds {
		if after, ok := strings.CutPrefix(k, t.name+" "); ok && len(t.name) > len(name) {
			name, rest = t.name, after
		}
	}
	return name, rest
}

// typeAbbreviated returns the type whose abbreviation opens the notation, or "": what follows names the organ and who drafted
// the letter, as "TC" does in "UBND-TC".
func typeAbbreviated(notation string) string {
	if m := reYearOf.FindStringSubmatch(notation); m != nil {
		notation = m[1]
	}
	opening, _, _ := strings.Cut(strings.ReplaceAll(notation, "/", "-"), "-")
	for _, t := range kinds {
		if t.abbr != "" && t.abbr == opening {
			return t.name
		}
	}
	return ""
}

// reYearOf is the year in a symbol such as "01/2022/TT-BTTTT".
var reYearOf = regexp.MustCompile(`^\d{4}[/-](.+)$`)

// legal are documents that make law: their headings are known, but they are no type of administrative document.
var legal = []string{"thông tư liên tịch", "thông tư", "nghị định", "pháp lệnh", "luật"}

// readType takes the type from its heading line; without one the letter is a công văn, which has none, unless its
// notation says otherwise.
func (rd *reader) readType() {
	abbreviated := ""
	if rd.out.Notation != nil {
		abbreviated = typeAbbreviated(rd.out.Notation.Value)
	}
	if len(rd.head.kind) > 0 {
		c := rd.head.kind[0]
		if slices.Contains(legal, key(c.text)) {
			rd.warn("typeMissing", "type", Lines{c.no, c.no})
			return
		}
		name := typeNamed(key(c.text))
		if name == "" {
			name, _ = typeOpening(key(c.text))
		}
		rd.out.Type = &Field[string]{Value: name, Lines: Lines{c.no, c.no}, Spans: rd.spansIn([]cell{c}, name)}
		if rd.out.Type.Spans == nil { // a letter to people: "THƯ CẢM ƠN"
			rd.out.Type.Spans = rd.spansIn([]cell{c}, c.text)
		}
		if abbreviated != "" && abbreviated != name {
			rd.out.Type.Uncertain = true
			rd.warn("typeDiffers", "type", Lines{c.no, c.no}, "Heading", name, "Notation", abbreviated)
		}
		return
	}
	about, salutation := rd.aboutLines(), salutationLine(rd.salutation)
	switch {
	case abbreviated != "" && abbreviated != OfficialLetter:
		rd.out.Type = &Field[string]{Value: abbreviated, Lines: rd.out.Notation.Lines, Uncertain: true}
		rd.warn("typeInferred", "type", rd.out.Notation.Lines, "Type", abbreviated)
	case about != Lines{}:
		rd.out.Type = &Field[string]{Value: OfficialLetter, Lines: about, Spans: rd.spansIn(rd.head.subject[:1], rd.aboutLabel())}
	case salutation != Lines{}:
		rd.out.Type = &Field[string]{Value: OfficialLetter, Lines: salutation, Spans: rd.spans(salutation, "Kính gửi")}
	default:
		rd.warn("typeMissing", "type", rd.headLines())
	}
}

// aboutLines is where "V/v" opens the subject, which only a công văn has.
func (rd *reader) aboutLines() Lines {
	if s := rd.head.subject; len(s) > 0 && reAbout.MatchString(key(s[0].text)) {
		return Lines{s[0].no, s[0].no}
	}
	return Lines{}
}

// aboutLabel is the "V/v" or "Về việc" itself.
func (rd *reader) aboutLabel() string {
	text := rd.head.subject[0].text
	return original(text, key(text), 0, reAbout.FindStringIndex(key(text))[1])
}

func salutationLine(lines []line) Lines {
	for _, l := range lines {
		if !l.blank() {
			return Lines{l.no, l.no}
		}
	}
	return Lines{}
}

// Abbreviation is how a type is written in symbols, "KH" for a plan; a công văn and an unknown type have none.
func Abbreviation(name string) string {
	for _, t := range kinds {
		if t.name == name && name != OfficialLetter {
			return t.abbr
		}
	}
	return ""
}
