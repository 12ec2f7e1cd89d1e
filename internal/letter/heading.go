package letter

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"sachhon/internal/lang"
)

// heading is the top of a letter, its two columns taken apart: everything above the salutation or the first basis.
type heading struct {
	organ   []cell
	symbol  []cell
	date    []cell
	kind    []cell // a line with the name of a type: KẾ HOẠCH
	subject []cell
	marks   []cell // urgency and secrecy
	end     int    // index of the first line that is not heading
	missing string // of the state's name, which a line broke off
}

// role is what a cell of the heading is.
type role int

const (
	roleOther role = iota
	roleNation
	roleRule
	roleSymbol
	roleDate
	roleSubject
	roleKind
	roleMark
	roleStamp // of arrival, which the receiver set on it
	roleSalutation
	roleEnd // the body has begun
)

const (
	nationKey    = "cộng hòa xã hội chủ nghĩa việt nam"
	partyKey     = "đảng cộng sản việt nam"
	youthKey     = "đoàn tncs hồ chí minh"
	maxHeadLines = 80
	columnGap    = 15 // columns of text by which what stands on the right begins behind what stands on the left
)

var (
	reRule       = regexp.MustCompile(`^[-–—_=*. ]+$`)
	reMotto      = regexp.MustCompile(`^độc lập\s*[-–—]\s*tự do`)
	reSymbol     = regexp.MustCompile(`^số\s*(:|\.|\d|/|-\p{L})`)
	reDateline   = regexp.MustCompile(`^[^,;:]{0,60},?\s*ngày\s*(?:\d{0,2}|(?:mồng |mùng )?(?:` + dayWords + `))\s*(tháng|[/.-])`)
	reSentence   = regexp.MustCompile(`^(?:\d{1,2}[.)]|[-–+*])\s|(?:^|\s)(?:trước|đến|từ|hết|vào|trong|của|sau)\s+ngày`) // a day in it is not the letter's
	reStamp      = regexp.MustCompile(`^(?:(?:công văn|văn bản|cv)\s+đến$|(?:số|ngày|giờ) đến\s*:|đến\s*(?:số|ngày|giờ)?\s*:|(?:giờ|ngày|chuyển|kính chuyển|lưu hồ sơ số|lưu hồ sơ|số và ký hiệu hs)\s*:)`)
	reAbout      = regexp.MustCompile(`^["“”'(]?\s*(v/v\b|về việc\b|v/v:)`)
	reEndsInYear = regexp.MustCompile(`\d{4}\s*$`)
	reRestOfDate = regexp.MustCompile(`^(?:(?:(?:tháng\s+)?\d{1,2}\s+)?năm\s+)?\d{4}$`) // the rest of a date that did not fit on its line
	reOpening    = regexp.MustCompile(`^(kính gửi|căn cứ|xét |thực hiện |theo |tiếp theo |trên cơ sở|nhằm |để |ngày |sau khi |qua |điều 1\b|i\. |i- |1\. |1\) |phần )`)
)

func roleOf(c cell) role {
	k := key(c.text)
	switch {
	case strings.Contains(k, nationKey), reMotto.MatchString(k), k == partyKey, k == youthKey, nationRest(k) != "":
		return roleNation
	case reRule.MatchString(k):
		return roleRule
	case reStamp.MatchString(k):
		return roleStamp
	case reSymbol.MatchString(k):
		return roleSymbol
	case reHourLine.MatchString(k):
		return roleMark
	case reAbout.MatchString(k):
		return roleSubject
	case reDateline.MatchString(k) && utf8.RuneCountInString(k) <= 110 && (strings.HasPrefix(k, "ngày") || !reOpening.MatchString(k)) && !reSentence.MatchString(k):
		return roleDate
	case reSalutation.MatchString(k):
		return roleSalutation
	case reOpening.MatchString(k):
		return roleEnd
	case lang.IsUpper(c.text) && (typeNamed(k) != "" || slices.Contains(legal, k)):
		return roleKind
	case marks[markOf(c.text)]:
		return roleMark
	}
	return roleOther
}

// nationRest is what is missing of the state's name in a key that breaks it off: in a narrow column it takes two lines.
func nationRest(k string) string {
	rest, ok := strings.CutPrefix(nationKey, k)
	if !ok || !strings.HasPrefix(k, "cộng hòa xã hội") {
		return ""
	}
	return strings.TrimSpace(rest)
}

// marks are the stamps of urgency and secrecy.
var marks = map[string]bool{
	"khẩn": true, "thượng khẩn": true, "hỏa tốc": true, "hỏa tốc hẹn giờ": true,
	"mật": true, "tối mật": true, "tuyệt mật": true,
}

// divideHeading walks the cells from the top. A cell of no role of its own continues what is open: the organ or the
// subject. It stops at the salutation or the first opening of the body, and ends after the last line that has a role.
// Lines of two columns need not stand at one height: one that holds only the right column's is known by where it begins.
func divideHeading(lines []line) heading {
	var h heading
	open, gap, last := &h.organ, false, 0
	stamped, named := false, false // a stamp of arrival stood above; the state or the party was named
	for i, l := range lines[:min(len(lines), maxHeadLines)] {
		if l.blank() {
			gap = true
			continue
		}
		for n, c := range l.cells {
			r := roleOf(c)
			if h.completes(c) {
				last = i + 1
				continue
			}
			if n == 0 && (r == roleNation || r == roleDate) && h.aside(lines, l) {
				n = 1
			}
			if r == roleOther && n == 0 && len(h.symbol)+len(h.date) > 0 && lang.IsUpper(c.text) {
				if name, _ := typeOpening(key(c.text)); name != "" {
					r = roleKind
				}
			}
			if r == roleEnd && open == &h.subject && len(h.subject) == 0 && opensSubject(c.text) {
				r = roleOther
			}
			if r == roleSalutation {
				h.end = i
				return h
			}
			if r == roleEnd && len(l.cells) == 1 {
				h.end = last
				return h
			}
			switch r {
			case roleNation:
				open, named = h.openAfterNation(open, n), true
				h.missing = cmp.Or(nationRest(key(c.text)), h.missing)
			case roleStamp:
				if stamped = true; !named && len(h.symbol) == 0 {
					h.organ, open = nil, &h.organ // whose stamp it is
				}
				continue
			case roleSymbol:
				if stamped && !reSymbolParts.MatchString(trimLabel(c.text, reSymbolLabel)) {
					continue // the number of arrival
				}
				h.symbol, open = append(h.symbol, c), nil
			case roleDate:
				h.date = append(h.date, c)
				if open != nil && n == 0 {
					open = h.openAfterNation(open, n)
				}
			case roleKind:
				h.openKind(c)
				open, gap = &h.subject, false
			case roleSubject:
				h.subject, open = append(h.subject, c), &h.subject
			case roleMark:
				h.marks = append(h.marks, c)
			case roleRule:
				continue
			default:
				if open == nil || n > 0 || !continues(*open, c, gap, open == &h.organ) {
					if n == 0 && open == &h.subject && len(h.subject) > 0 {
						open = nil
					}
					continue
				}
				*open = append(*open, c)
			}
			last = i + 1
		}
		gap = false
	}
	h.end = last
	return h
}

// aside tells whether a line that holds one cell belongs to the right column, since it begins far behind where the organ does.
func (h *heading) aside(lines []line, l line) bool {
	return len(l.cells) == 1 && len(h.organ) > 0 && l.indent > lines[h.organ[0].no-1].indent+columnGap
}

// completes takes a cell that is only the rest of the state's name or of the date, for which a narrow column had no room.
func (h *heading) completes(c cell) bool {
	k := key(c.text)
	switch {
	case h.missing != "" && k == h.missing:
		h.missing = ""
	case len(h.date) == 1 && !reEndsInYear.MatchString(h.date[0].text) && reRestOfDate.MatchString(k):
		h.date = append(h.date, c)
	default:
		return false
	}
	return true
}

// opensSubject tells whether the words below the name of a type are its subject though a basis could open so: "THỰC HIỆN phong
// trào …". A basis names a document, and goes on after a semicolon or comma.
func opensSubject(s string) bool {
	k := key(s)
	for _, w := range []string{"thực hiện ", "triển khai ", "nhằm ", "để "} {
		if strings.HasPrefix(k, w) {
			return utf8.RuneCountInString(s) <= 200 && !strings.ContainsAny(s[len(s)-1:], ".;:,") && !reCitation.MatchString(k)
		}
	}
	return false
}

// openAfterNation: the state's name in the left column means that the columns were written one after the other. The left
// one is complete then, unless it has yet to come.
func (h *heading) openAfterNation(open *[]cell, column int) *[]cell {
	if column > 0 {
		return open
	}
	if len(h.organ) == 0 {
		return &h.organ
	}
	return nil
}

// continues tells whether a cell belongs to the text that is open. After an empty line only the rest of a sentence does.
func continues(open []cell, c cell, gap, organ bool) bool {
	if utf8.RuneCountInString(c.text) > 600 {
		return false
	}
	if organ {
		return lang.IsUpper(c.text) && len(open) < 6
	}
	if len(open) == 0 {
		return true
	}
	if strings.HasSuffix(c.text, ":") { // the sentence that introduces what follows
		return false
	}
	if lang.IsUpper(c.text) != lang.IsUpper(open[len(open)-1].text) && lang.IsUpper(c.text) {
		return false
	}
	return !gap || startsLower(c.text)
}

// openKind takes the line with the type; what follows the name on the same line belongs to the subject.
func (h *heading) openKind(c cell) {
	h.kind = append(h.kind, c)
	if name, rest := typeOpening(key(c.text)); typeNamed(key(c.text)) == "" && name != "" {
		h.subject = append(h.subject, c.from(skipRunes(c.text, utf8.RuneCountInString(key(c.text))-utf8.RuneCountInString(rest))))
	}
}
