package decree

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
)

// Covers tells whether a letter is under the decree: those of the Party and of the Youth Union have a form of their own.
func Covers(source string, r letter.Reading) bool { return letter.FormOf(source, r).OfState() }

// CheckText finds the deviations of a letter from its text and what was read of it. What its text cannot show, type and
// margins and a signature that is a picture, is not judged, nor what the decree does not cover.
func CheckText(source string, r letter.Reading) []Deviation {
	if !Covers(source, r) {
		return nil
	}
	c := checker{lines: letter.SplitLines(lang.NFC(source)), r: r}
	for i, l := range c.lines {
		c.lines[i] = strings.Join(strings.Fields(l), " ")
	}
	c.nation()
	c.number()
	c.date()
	c.subject()
	c.addressees()
	c.bases()
	c.content()
	c.citations(source)
	c.recipients()
	c.appendices()
	c.signer()
	return c.sorted()
}

type checker struct {
	findings
	lines []string
	r     letter.Reading
}

// at is a source line, counted from 1; "" beyond the text.
func (c *checker) at(no int) string {
	if no < 1 || no > len(c.lines) {
		return ""
	}
	return c.lines[no-1]
}

// joined is the text of source lines.
func (c *checker) joined(at letter.Lines) string {
	var parts []string
	for no := at[0]; no <= at[1]; no++ {
		parts = append(parts, c.at(no))
	}
	return strings.Join(parts, " ")
}

func (c *checker) official() bool { return c.r.Type == nil || isOfficial(c.r.Type.Value) }

var (
	reNation = regexp.MustCompile(`(?i)cộng\s+ho[àa]̀?\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam|cộng\s+hòa\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam`)
	reMotto  = regexp.MustCompile(`(?i)độc\s+lập\s*[-–—]?\s*tự\s+do\s*[-–—]?\s*hạnh\s+phúc`)
)

// headEnd is how many lines are searched for the state's name.
const headEnd = 60

func (c *checker) nation() {
	nation, motto := false, false
	for i, l := range c.lines[:min(len(c.lines), headEnd)] {
		at := letter.Lines{i + 1, i + 1}
		if found := reNation.FindString(l); found != "" && !nation {
			nation = true
			switch {
			case !lang.IsUpper(found):
				c.add("nationCase", at, "Text", found)
			case strings.Contains(found, "HOÀ"):
				c.add("nationSpelling", at)
			}
		}
		if found := reMotto.FindString(l); found != "" && !motto {
			motto = true
			if found != Motto {
				c.add("mottoForm", at, "Text", found)
			}
		}
	}
	if !nation {
		c.add("nationMissing", letter.Lines{})
	}
	if !motto {
		c.add("mottoMissing", letter.Lines{})
	}
	if c.r.Organ == nil {
		c.add("organMissing", letter.Lines{})
	}
}

var (
	reNumberLine  = regexp.MustCompile(`(?:^|\s)Số\s*(:?)\s*(\d*)`)
	reSymbolSpace = regexp.MustCompile(`Số\s*:?\s*\d+\s*(?:\s/|/\s|/\S*\s-|/\S*-\s)\s*\p{Lu}`)
)

func (c *checker) number() {
	if c.r.Notation == nil {
		c.add("numberMissing", letter.Lines{})
		return
	}
	at := c.r.Notation.Lines
	line := c.joined(at)
	if m := reNumberLine.FindStringSubmatch(line); m != nil {
		if m[1] == "" {
			c.add("numberColon", at)
		}
		if len(m[2]) == 1 {
			c.add("numberPadding", at, "Number", m[2])
		}
	}
	if reSymbolSpace.MatchString(line) {
		c.add("symbolSpaces", at)
	}
	if c.r.Type != nil {
		checkNotation(&c.findings, c.r.Type.Value, c.r.Notation.Value, at)
	}
}

// checkNotation: the symbol of a named type begins with its abbreviation.
func checkNotation(f *findings, kind, notation string, at letter.Lines) {
	abbr := letter.Abbreviation(kind)
	if abbr == "" || notation == "" {
		return
	}
	if first, _, _ := strings.Cut(notation, "-"); first != abbr && !strings.Contains(notation, "/"+abbr+"-") {
		f.add("symbolType", at, "Type", kind, "Abbreviation", abbr)
	}
}

var reDate = regexp.MustCompile(`(?i)^(.*?)(,?)\s*ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm`)

func (c *checker) date() {
	if c.r.Place == nil {
		c.add("placeMissing", letter.Lines{})
	}
	if c.r.Date == nil {
		c.add("dateMissing", letter.Lines{})
		return
	}
	at := c.r.Date.Lines
	m := reDate.FindStringSubmatch(c.joined(at))
	if m == nil {
		c.add("dateMissing", at)
		return
	}
	if c.r.Place != nil && m[2] == "" {
		c.add("dateComma", at)
	}
	day, month := m[3], m[4]
	switch {
	case len(day) == 1, month == "1", month == "2":
		c.add("datePadding", at, "Text", day+" tháng "+month)
	case len(month) == 2 && month[0] == '0' && month > "02":
		c.add("monthZero", at, "Text", "tháng "+month)
	}
}

var reAboutForm = regexp.MustCompile(`(?i)v/v\s*:|về việc\s*:`)

func (c *checker) subject() {
	switch {
	case c.r.Subject == nil && c.official():
		c.add("aboutMissing", letter.Lines{})
	case c.r.Subject == nil:
		c.add("subjectMissing", letter.Lines{})
	case c.official():
		line := c.joined(c.r.Subject.Lines)
		if !strings.Contains(line, "V/v") || reAboutForm.MatchString(line) {
			c.add("aboutForm", c.r.Subject.Lines)
		}
	}
}

// last is the last character of a text, and what it is called in a message.
func last(s string) string {
	r, n := utf8.DecodeLastRuneInString(strings.TrimSpace(s))
	if n == 0 || unicode.IsLetter(r) || unicode.IsDigit(r) {
		return "–"
	}
	return string(r)
}

var reSalutation = regexp.MustCompile(`(?i)kính gửi\s*(:?)`)

func (c *checker) addressees() {
	to := c.r.Addressees
	if len(to) == 0 {
		if c.r.Type == nil || addressed(c.r.Type.Value) {
			c.add("salutationMissing", letter.Lines{})
		}
		return
	}
	for i, l := range c.lines {
		if m := reSalutation.FindStringSubmatch(l); m != nil && strings.HasPrefix(lang.Fold(l), "kinh gui") {
			if m[1] == "" {
				c.add("salutationColon", letter.Lines{i + 1, i + 1})
			}
			break
		}
	}
	if len(to) == 1 {
		return
	}
	for i, a := range to {
		if i > 0 && a.Lines == to[i-1].Lines {
			c.add("addresseeDash", a.Lines)
			return
		}
	}
	for i, a := range to {
		first, end := c.at(a.Lines[0]), last(c.at(a.Lines[1]))
		switch {
		case !strings.HasPrefix(first, "-") && !strings.HasPrefix(first, "–"):
			c.add("addresseeDash", a.Lines)
		case i < len(to)-1 && end != ";":
			c.add("addresseeEnd", a.Lines, "Mark", end)
		case i == len(to)-1 && end != ".":
			c.add("addresseeLastEnd", a.Lines, "Mark", end)
		}
	}
}

var reBasis = regexp.MustCompile(`^(Căn cứ|Xét đề nghị|Xét Tờ trình|Theo đề nghị)\s`)

// bases are judged where they stand as a list: at the top of a named type, or several in a letter.
func (c *checker) bases() {
	type basis struct {
		at  letter.Lines
		end string
	}
	var list []basis
	for no := 1; no <= len(c.lines); no++ {
		if !reBasis.MatchString(c.at(no)) {
			if len(list) > 0 && c.at(no) != "" {
				break
			}
			continue
		}
		to := no
		for to < len(c.lines) && !strings.ContainsAny(last(c.at(to)), ";.:,") && c.at(to+1) != "" && !reBasis.MatchString(c.at(to+1)) {
			to++
		}
		list = append(list, basis{letter.Lines{no, to}, last(c.at(to))})
		no = to
	}
	if len(list) == 0 || c.official() && len(list) < 2 {
		return
	}
	for i, b := range list {
		switch {
		case i < len(list)-1 && b.end != ";":
			c.add("basisEnd", b.at, "Mark", b.end)
		case i == len(list)-1 && b.end != ".":
			c.add("basisLastEnd", b.at, "Mark", b.end)
		}
	}
}
