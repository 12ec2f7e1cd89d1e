package decree

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
)

// foot is the line of "Nơi nhận", or 0.
func (c *checker) foot() int {
	for i, l := range c.lines {
		if strings.Contains(lang.Fold(l), "noi nhan") && !strings.HasPrefix(lang.Fold(l), "kinh gui") && utf8.RuneCountInString(l) < 160 {
			return i + 1
		}
	}
	return 0
}

func (c *checker) content() {
	end := c.foot()
	if end == 0 {
		end = len(c.lines) + 1
	}
	closed, lastLine := false, 0
	for no := 1; no < end; no++ {
		l := c.at(no)
		if strings.HasSuffix(l, "./.") || strings.HasSuffix(l, ". /.") {
			closed = true
		}
		if l != "" && !lang.IsUpper(l) {
			lastLine = no
		}
	}
	if !closed {
		c.add("endMissing", letter.Lines{lastLine, lastLine})
	}
	for no := 1; no < end; no++ {
		if l := c.at(no); !lang.IsUpper(l) {
			checkCapitals(&c.findings, l, letter.Lines{no, no})
		}
	}
}

// citations judges how the body cites other documents.
func (c *checker) citations(source string) {
	var cites citations
	var list []letter.Mention
	flush := func() {
		cites.check(list, func(m letter.Mention, code string, args ...string) { c.add(code, m.Lines, args...) })
		list = nil
	}
	for _, m := range letter.Mentions(source) {
		if len(list) > 0 && list[0].Lines != m.Lines {
			flush()
		}
		list = append(list, m)
	}
	flush()
}

var (
	reUnitCapital = regexp.MustCompile(`[\p{Ll},;(]\s(Tỉnh|Thị xã|Phường|Xã|Huyện|Quận|Thị trấn|Thành phố)\s\p{Lu}\p{Ll}+(\s\p{Lu}\p{Ll}+)*`)
	reWeekday     = regexp.MustCompile(`(?:^|[\s(])(thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)(?:[\s,.;)]|$)`)
	reOrdinal     = regexp.MustCompile(`(?:lần|hạng|người|điều|tuần|quý|phần|giải|ngày|năm|nhóm|đợt)\s+thứ`)
)

// peopleOf are the words before which "nhân dân" is part of a name and not "Nhân dân".
var peopleOf = []string{"uy ban ", "hoi dong ", "toa an ", "vien kiem sat ", "cong an ", "quan doi ", "kiem sat ", "an ninh ", "quoc phong ", "vu trang "}

// checkCapitals looks for what Appendix II writes with or without a capital. Names of persons and events may follow a
// capital, so these are advice.
func checkCapitals(f *findings, text string, at letter.Lines) {
	for _, m := range reUnitCapital.FindAllStringSubmatch(text, 1) {
		name := strings.TrimLeft(m[0], " ,;(")
		_, found, _ := strings.Cut(name, " ")
		if !strings.Contains(m[0], "Thành phố Hồ Chí Minh") {
			f.add("unitCapital", at, "Text", strings.TrimSpace(found))
		}
	}
	for rest := text; ; {
		i := strings.Index(rest, "nhân dân")
		if i < 0 {
			break
		}
		before := lang.Fold(rest[:i]) + " "
		known := false
		for _, w := range peopleOf {
			known = known || strings.HasSuffix(before, w)
		}
		if !known {
			f.add("peopleCapital", at)
			break
		}
		rest = rest[i+len("nhân dân"):]
	}
	if m := reWeekday.FindStringSubmatchIndex(text); m != nil && !reOrdinal.MatchString(text[:m[3]]) && !strings.Contains(text[m[2]:m[3]], "thứ ba ") {
		f.add("weekdayCapital", at, "Text", text[m[2]:m[3]])
	}
}

var reRecipients = regexp.MustCompile(`(?i)nơi nhận\s*(:?)\s*(.*)`)

func (c *checker) recipients() {
	at := c.foot()
	if at == 0 {
		c.add("recipientsMissing", letter.Lines{})
		return
	}
	here := letter.Lines{at, at}
	m := reRecipients.FindStringSubmatch(c.at(at))
	if m != nil && m[1] == "" {
		c.add("recipientsColon", here)
	}
	list := c.r.Recipients
	if len(list) == 0 {
		return
	}
	texts, apart := make([]string, len(list)), true
	for i, f := range list {
		texts[i] = f.Value
		apart = apart && f.Lines[0] > at
	}
	archive := list[len(list)-1].Lines
	checkRecipients(&c.findings, c.official(), len(c.r.Addressees) > 0, texts, func(i int) letter.Lines { return list[i].Lines })
	// A reader takes the colon for part of the label, so that it is looked for in the source.
	if l := c.joined(archive); reArchiveBare.MatchString(l) {
		c.add("archiveColon", archive)
	}
	if !apart {
		c.add("recipientsInline", here)
		return
	}
	for i, f := range list {
		// Of two columns on one line only the left is the list's.
		entry := leftOf(c.at(f.Lines[1]), f.Value)
		switch end := last(entry); {
		case i < len(list)-1 && end != ";":
			c.add("recipientEnd", f.Lines, "Mark", end)
		case i == len(list)-1 && end != ".":
			c.add("recipientLastEnd", f.Lines, "Mark", end)
		}
	}
}

// leftOf is the part of a line up to the mark that ends an entry.
func leftOf(line, entry string) string {
	words := strings.Fields(entry)
	if len(words) == 0 {
		return line
	}
	end := words[len(words)-1]
	i := strings.LastIndex(line, end)
	if i < 0 {
		return line
	}
	cut := line[i+len(end):]
	if n := strings.IndexFunc(cut, func(r rune) bool { return r == ' ' }); n >= 0 {
		cut = cut[:n]
	}
	return line[:i+len(end)] + cut
}

var (
	reArchiveBare = regexp.MustCompile(`(?i)(?:^|[-–;]\s*)lưu\s+[^:\s]`)
	reOffice      = regexp.MustCompile(`(?i)^lưu\s*:?\s*vt\b`)
)

// checkRecipients judges what the list says, whether it was read or composed.
func checkRecipients(f *findings, official, addressed bool, list []string, at func(int) letter.Lines) {
	if official && addressed && !strings.HasPrefix(lang.Fold(list[0]), "nhu tren") && !strings.HasPrefix(lang.Fold(list[0]), "nhu kinh gui") {
		f.add("asAbove", at(0))
	}
	archive := -1
	for i, r := range list {
		if strings.HasPrefix(lang.Fold(r), "luu ") || strings.HasPrefix(lang.Fold(r), "luu:") {
			archive = i
		}
	}
	switch {
	case archive < 0:
		f.add("archiveMissing", at(len(list)-1))
	case archive < len(list)-1:
		f.add("archiveLast", at(archive))
	case !reOffice.MatchString(list[archive]):
		f.add("archiveOffice", at(archive), "Text", list[archive])
	}
}
