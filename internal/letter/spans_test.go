package letter

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/testkit/program"
)

// spanChecker looks at the spans of a reading of a text: each lies inside the lines of its field and on characters that are
// seen, none covers another of the same field, and the words there say what the field says.
type spanChecker struct {
	t       *testing.T
	lines   [][]rune
	missing []string // fields that were read from words and have none
}

func checkSpans(t *testing.T, text string, r Reading) *spanChecker {
	t.Helper()
	c := &spanChecker{t: t}
	for _, l := range SplitLines(Normal(text)) {
		c.lines = append(c.lines, []rune(l))
	}
	for name, f := range map[string]*Field[string]{
		"number": r.Number, "notation": r.Notation, "symbol": r.Symbol, "urgency": r.Urgency, "place": r.Place, "subject": r.Subject, "secretary": r.Secretary,
	} {
		if f != nil {
			c.says(name, f.Lines, f.Spans, f.Value)
		}
	}
	for name, f := range map[string]*Field[string]{"organ": r.Organ, "superior": r.Superior} {
		if f != nil { // its case and "UBND" are another matter
			c.yields(name, f.Lines, f.Spans, func(words string) bool { return squashedKey(organKey(words)) == squashedKey(organKey(f.Value)) })
		}
	}
	c.checkType(r)
	if f := r.Date; f != nil {
		c.yields("date", f.Lines, f.Spans, func(words string) bool { return isDay(words, f.Value, 0) })
	}
	if f := r.Period; f != nil {
		c.yields("period", f.Lines, f.Spans, func(words string) bool {
			m := rePeriod.FindStringSubmatch(key(words))
			return m != nil && strings.HasPrefix(m[0], "từ")
		})
	}
	for name, list := range map[string][]Field[string]{
		"addressees": r.Addressees, "attachments": r.Attachments, "links": r.Links, "recipients": r.Recipients,
	} {
		for i, f := range list {
			of := fmt.Sprintf("%s.%d", name, i)
			if name == "attachments" { // "PHỤ LỤC I" with its title below
				c.yields(of, f.Lines, f.Spans, func(words string) bool {
					return strings.ReplaceAll(squashedKey(words), ":", "") == strings.ReplaceAll(squashedKey(f.Value), ":", "")
				})
				continue
			}
			c.says(of, f.Lines, f.Spans, f.Value)
		}
	}
	for name, list := range map[string][]Field[Basis]{"bases": r.Bases, "references": r.References} {
		for i, f := range list {
			of := fmt.Sprintf("%s.%d", name, i)
			if f.Value.Symbol != "" {
				c.yields(of, f.Lines, f.Spans, func(words string) bool { return strings.Contains(squashedKey(words), squashedKey(f.Value.Symbol)) })
			}
			c.parts(of, f.Lines, f.Parts, map[string]string{"symbol": f.Value.Symbol, "organ": f.Value.Organ, "subject": f.Value.Subject})
		}
	}
	for i, f := range r.Duties {
		c.checkDuty(fmt.Sprintf("duties.%d", i), f, r.Date)
	}
	if f := r.Signer; f != nil {
		c.parts("signer", f.Lines, f.Parts, map[string]string{
			"capacity": strings.Join(f.Value.Capacity, "\n"), "position": f.Value.Position, "name": f.Value.Name,
		})
	}
	return c
}

func (c *spanChecker) checkType(r Reading) {
	f := r.Type
	if f == nil {
		return
	}
	if r.Warned("type") && f.Uncertain && f.Spans == nil { // taken from the notation
		return
	}
	c.yields("type", f.Lines, f.Spans, func(words string) bool {
		k := key(words)
		return squashedKey(k) == squashedKey(f.Value) || typeNamed(k) == f.Value ||
			f.Value == OfficialLetter && (reAbout.MatchString(k) || reSalutation.MatchString(k))
	})
}

func (c *spanChecker) checkDuty(name string, f Field[Duty], issued *Field[Date]) {
	d, parts := f.Value, f.Parts
	row := cellsOf(1, string(c.lines[f.Lines[0]-1]))
	tabled := f.Lines[0] == f.Lines[1] && len(row) > 2 && reRowNumber.MatchString(row[0].text)
	at := f.Lines
	if len(f.Spans) > 0 && f.Spans[0][0] < at[0] { // what the line above a list says stands before each of its duties
		at[0] = f.Spans[0][0]
	}
	c.yields(name, at, f.Spans, func(words string) bool {
		if squashedKey(words) == squashedKey(d.Text) {
			return true
		}
		if head, text, ok := strings.Cut(d.Text, ": "); ok && at != f.Lines && squashedKey(words) == squashedKey(head+text) {
			return true
		}
		text := squashedKey(d.Text) // of the cells of a row, with the names of their columns between
		for _, s := range f.Spans {
			_, rest, ok := strings.Cut(text, squashedKey(string(c.lines[s[0]-1][s[1]:s[2]])))
			if text = rest; !ok {
				return false
			}
		}
		return tabled && text == ""
	})
	c.parts(name, f.Lines, parts, map[string]string{"proof": d.Proof})
	if len(d.For) > 0 {
		at := f.Lines
		if above := parts["for"]; len(above) > 0 && above[0][0] < at[0] { // for whom a list is stands once, above its bullets
			at = Lines{above[0][0], at[1]}
		}
		c.yields(name+".for", at, parts["for"], func(words string) bool {
			for _, who := range d.For {
				if !strings.Contains(squashedKey(words), squashedKey(who)) {
					return false
				}
			}
			return true
		})
	}
	if d.Force != "" { // the sentence that introduces a list may stand far above
		c.yields(name+".force", Lines{1, len(c.lines)}, parts["force"], func(words string) bool { return verbOf(words) == d.Force })
	}
	if len(d.Channels) > 0 {
		c.yields(name+".channels", f.Lines, parts["channels"], func(words string) bool { return namesAll(words, d.Channels) })
	}
	for part := range parts {
		if !slices.Contains(partsOfDuty, part) {
			c.t.Errorf("%s has a part %q that nothing looks at", name, part)
		}
	}
	if !d.Deadline.IsZero() {
		c.yields(name+".deadline", f.Lines, parts["deadline"], func(words string) bool {
			k, year := key(words), 0
			if issued != nil {
				year = issued.Value.Year
			}
			m := reDeadline.FindStringSubmatch(k)
			if m == nil && tabled {
				m = reBareDay.FindStringSubmatch(k)
			}
			if m == nil {
				return false
			}
			for _, y := range []int{year, year + 1} {
				if got, ok := dateFrom(m[1], m[2], m[3], y); ok && got == d.Deadline {
					return true
				}
			}
			return false
		})
	}
	if d.Within != nil {
		c.yields(name+".within", f.Lines, parts["within"], func(words string) bool { return squashedKey(words) == squashedKey(d.Within.Text) })
	}
	if d.Every != nil {
		c.yields(name+".every", f.Lines, parts["every"], func(words string) bool { return squashedKey(words) == squashedKey(d.Every.Text) })
	}
	if d.Quota != nil {
		c.yields(name+".quota", f.Lines, parts["quota"], func(words string) bool {
			return strings.Contains(squashedKey(words), squashedKey(d.Quota.Of))
		})
	}
}

var partsOfDuty = []string{"force", "channels", "for", "deadline", "within", "every", "quota", "proof"}

// verbOf is the force of a verb that stands alone; as everywhere here, spaces are not compared.
func verbOf(words string) Force {
	switch k := squashedKey(words); {
	case k == "giao", k == "phâncông":
		return Assigns
	case k == "yêucầu":
		return Requires
	case strings.HasSuffix(k, "đềnghị"):
		return Requests
	case strings.HasSuffix(k, "mời"):
		return Invites
	case k == "thôngbáo":
		return Informs
	}
	return ""
}

// namesAll tells whether words name every one of these channels.
func namesAll(words string, channels []Channel) bool {
	k := squashedKey(words)
	for _, c := range channelWords {
		if slices.Contains(channels, c.channel) && !slices.ContainsFunc(c.words, func(w string) bool { return strings.Contains(k, squashedKey(w)) }) {
			return false
		}
	}
	return true
}

func isDay(words string, want Date, year int) bool {
	m := reWholeDay.FindStringSubmatch(key(words))
	if m == nil {
		return false
	}
	got, ok := dateFrom(m[1], m[2], m[3], year)
	return ok && got == want
}

func (c *spanChecker) says(name string, at Lines, spans []Span, value string) {
	c.t.Helper()
	c.yields(name, at, spans, func(words string) bool { return squashedKey(words) == squashedKey(value) })
}

func (c *spanChecker) parts(name string, at Lines, parts map[string][]Span, values map[string]string) {
	c.t.Helper()
	for part, value := range values {
		if value != "" {
			c.says(name+"."+part, at, parts[part], value)
		} else if parts[part] != nil {
			c.t.Errorf("%s.%s has a place and no value", name, part)
		}
	}
}

func (c *spanChecker) yields(name string, at Lines, spans []Span, says func(words string) bool) {
	c.t.Helper()
	if len(spans) == 0 {
		c.missing = append(c.missing, name)
		return
	}
	var words []string
	taken := map[[2]int]bool{}
	for _, s := range spans {
		if s[0] < at[0] || s[0] > at[1] || s[1] < 0 || s[2] <= s[1] || s[2] > len(c.lines[s[0]-1]) {
			c.t.Errorf("%s: span %v outside of lines %v", name, s, at)
			return
		}
		run := c.lines[s[0]-1][s[1]:s[2]]
		if unicode.IsSpace(run[0]) || unicode.IsSpace(run[len(run)-1]) {
			c.t.Errorf("%s: span %v begins or ends in a space", name, s)
		}
		for column := s[1]; column < s[2]; column++ {
			if taken[[2]int{s[0], column}] {
				c.t.Errorf("%s: %v covers a character twice", name, spans)
				return
			}
			taken[[2]int{s[0], column}] = true
		}
		words = append(words, string(run))
	}
	if text := strings.Join(words, " "); !says(text) {
		c.t.Errorf("%s: the words at %v are %q", name, spans, text)
	}
}

// In the letters of the corpus every field that was written is found again in the lines it was read from.
func TestEveryFieldHasItsWords(t *testing.T) {
	program.Need(t, "pdftotext", "poppler-utils")
	for _, file := range corpus(t) {
		if strings.HasPrefix(nameOf(file), "s0") {
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, r, err := ReadFile(t.Context(), b, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if c := checkSpans(t, text, r); len(c.missing) > 0 {
			t.Errorf("%s: no words for %v", nameOf(file), c.missing)
		}
	}
}

// Words that stand in two places of a line are found where they were read.
func TestWordsAreFoundInTheirColumn(t *testing.T) {
	text := "ỦY BAN NHÂN DÂN XÃ HUẾ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 6/UBND\tHuế, ngày 06 tháng 6 năm 2024\nV/v họp\n" +
		"Kính gửi: Các thôn; Các thôn.\nTheo Công văn số 1/A-B ngày 01/6/2024 của Sở A; Công văn số 2/A-B ngày 02/6/2024 của Sở A,\nĐề nghị:\n1. Các thôn họp dân.\n" +
		"Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Chủ tịch;\tCHỦ TỊCH\n- Lê Văn Mẫu;\tLê Văn Mẫu\n"
	r := mustRead(t, text)
	checkSpans(t, text, r)
	second := strings.Split(text, "\n")[4]
	behind := utf8.RuneCountInString(second[:strings.LastIndex(second, "Sở A")])
	for what, c := range map[string]struct{ got, want []Span }{
		"number":          {r.Number.Spans, []Span{{2, 4, 5}}},
		"place":           {r.Place.Spans, []Span{{2, 11, 14}}},
		"second of two":   {r.Addressees[1].Spans, []Span{{4, 20, 28}}},
		"organ, cited":    {r.Bases[1].Parts["organ"], []Span{{5, behind, behind + 4}}},
		"signer.position": {r.Signer.Parts["position"], []Span{{9, 12, 20}}},
		"signer.name":     {r.Signer.Parts["name"], []Span{{10, 14, 24}}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", what, diff)
		}
	}
}

// The verb and the channels of a duty are found where they were read, and not where the same words stand before.
func TestPartsOfADutyAreFoundWhereTheyWereRead(t *testing.T) {
	text := "UBND XÃ HUẾ\nSố: 6/UBND\nHuế, ngày 06 tháng 6 năm 2024\nV/v họp\nKính gửi: Các thôn.\n" +
		"Theo đề nghị của Phòng Văn hóa, Ủy ban đề nghị các thôn:\n" +
		"1. Thông báo lịch họp trên bảng tin, hệ thống truyền thanh và trong cuộc họp thôn.\n" +
		"2. Yêu cầu các trưởng thôn họp dân trước ngày 10/6/2024.\n" +
		"Nơi nhận:\tCHỦ TỊCH\n- Như trên;\tLê Văn Mẫu\n"
	r := mustRead(t, text)
	checkSpans(t, text, r)
	place := func(no int, words string, skip int) Span {
		line := strings.Split(text, "\n")[no-1]
		at := strings.Index(line[skip:], words) + skip
		from := utf8.RuneCountInString(line[:at])
		return Span{no, from, from + utf8.RuneCountInString(words)}
	}
	lead := place(6, "đề nghị", len("Theo đề nghị của"))
	for what, c := range map[string]struct{ got, want []Span }{
		"the verb of the list": {r.Duties[0].Parts["force"], []Span{lead}},
		"its own verb":         {r.Duties[1].Parts["force"], []Span{place(8, "Yêu cầu", 0)}},
		"channels":             {r.Duties[0].Parts["channels"], []Span{place(7, "họp", 0), place(7, "bảng tin", 0), place(7, "truyền thanh", 0)}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", what, diff)
		}
	}
}
