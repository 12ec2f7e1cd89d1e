package decree

import (
	"bytes"
	"cmp"
	"context"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/paper"
	"sachhon/internal/paper/docx"
	"sachhon/internal/paper/pdfform"
)

// Check finds the deviations of a letter that came as a file: in what it says, and where it is a DOCX or a PDF, in how it is
// set. source is its text as it was read. A file of another form has only a text to judge. An error says why how the file is
// set could not be seen; what its text shows is found all the same.
func Check(ctx context.Context, file []byte, source string, r letter.Reading) ([]Deviation, error) {
	if !Covers(source, r) {
		return nil, nil
	}
	found := &findings{list: CheckText(source, r)}
	form, err := formOf(ctx, file)
	if err == nil && len(form.Sheets) > 0 {
		found.list = append(found.list, CheckForm(source, r, form)...)
	}
	return found.sorted(), err
}

func formOf(ctx context.Context, file []byte) (paper.Form, error) {
	switch {
	case bytes.HasPrefix(file, []byte("PK\x03\x04")):
		return docx.ReadForm(file)
	case bytes.Contains(file[:min(len(file), 1024)], []byte("%PDF-")): // readers allow for something in front
		return pdfform.Read(ctx, file)
	}
	return paper.Form{}, nil
}

// CheckForm finds where a letter departs from the decree in how it is set: sheet, margins, page number, typeface, sizes
// and cuts of the components and where they stand, and the lines and paragraphs of its content.
func CheckForm(source string, r letter.Reading, form paper.Form) []Deviation {
	c := &formChecker{form: form, parts: parts(source, r, form)}
	c.sheets()
	c.pageNumber()
	c.typeface()
	c.components()
	c.rules()
	c.places()
	c.content()
	return c.sorted()
}

type formChecker struct {
	findings
	form  paper.Form
	parts []part
}

// part is a paragraph of which it is known what it is.
type part struct {
	paper.Set
	role string // one of looks, "" when it is not known
	line int    // of the source, 0 when it was not found there
}

func (p part) at() letter.Lines { return letter.Lines{p.line, p.line} }

// quoted is the beginning of a paragraph, to be recognised by.
func (p part) quoted() string {
	const most = 40
	text := strings.TrimSpace(p.Text)
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	cut := string([]rune(text)[:most])
	if i := strings.LastIndexByte(cut, ' '); i > most/2 {
		cut = cut[:i]
	}
	return cut + " …"
}

// figure writes a measure with at most one decimal, as documents do.
func figure(f float64) string {
	return strings.Replace(strconv.FormatFloat(math.Round(f*10)/10, 'f', -1, 64), ".", ",", 1)
}

func (c *formChecker) sheets() {
	sides := map[string]bool{}
	for _, s := range c.form.Sheets {
		w, h := s.Page.Width/paper.MM, s.Page.Height/paper.MM
		if w == 0 || h == 0 {
			continue // what the section does not say is not judged
		}
		turned := w > h
		if turned {
			w, h = h, w
		}
		if math.Abs(w-210) > 1 || math.Abs(h-297) > 1 {
			if !sides["sheet"] {
				c.add("sheetSize", letter.Lines{}, "Width", figure(w), "Height", figure(h))
			}
			sides["sheet"] = true
			continue
		}
		if turned { // of a sheet for a wide table the decree does not say which side is which
			continue
		}
		for _, m := range []struct {
			code        string
			value       float64
			least, most float64
		}{
			{"marginTop", s.Page.Top, 20, 25},
			{"marginBottom", s.Page.Bottom, 20, 25},
			{"marginLeft", s.Page.Left, 30, 35},
			{"marginRight", s.Page.Right, 15, 20},
		} {
			if mm := m.value / paper.MM; (mm < m.least-c.form.Ease || mm > m.most+c.form.Ease) && !sides[m.code] {
				sides[m.code] = true
				c.add(m.code, letter.Lines{}, "Value", figure(mm))
			}
		}
	}
}

// onePage is how many letters fit on a page with a heading and a signature, where the file does not say its pages.
const onePage = 3_000

// pageNumber is judged in the first section: appendices may be numbered as they like.
func (c *formChecker) pageNumber() {
	if len(c.form.Sheets) == 0 {
		return
	}
	letters := 0
	for _, p := range c.form.Paragraphs {
		letters += utf8.RuneCountInString(p.Text)
	}
	n, long := c.form.Sheets[0].Number, c.form.Pages > 1 || c.form.Pages == 0 && letters > onePage
	switch none := (letter.Lines{}); {
	case n.Size == 0 && !n.First:
		if long {
			c.add("pageNumberMissing", none)
		}
	case n.Bottom && !n.Top:
		c.add("pageNumberPlace", none)
	default:
		if !n.Center && n.Top {
			c.add("pageNumberCentre", none)
		}
		if n.First {
			c.add("pageNumberFirst", none)
		}
		if n.Size != 0 && (n.Size < 13 || n.Size > 14) {
			c.add("pageNumberSize", none, "Size", figure(n.Size))
		}
	}
}

// typeface judges by most of the letters: a symbol in another face is nobody's concern.
func (c *formChecker) typeface() {
	fonts, colors, all := map[string]int{}, map[string]int{}, 0
	for _, p := range c.form.Paragraphs {
		n := utf8.RuneCountInString(p.Text)
		fonts[p.Font], colors[p.Color], all = fonts[p.Font]+n, colors[p.Color]+n, all+n
	}
	foreign, most := 0, ""
	for name, n := range fonts {
		if isTimes(name) {
			continue
		}
		if foreign += n; most == "" || n > fonts[most] || n == fonts[most] && name < most {
			most = name
		}
	}
	if foreign*20 > all {
		c.add("typeface", letter.Lines{}, "Font", most)
	}
	if coloured := all - colors[""] - colors["000000"]; coloured*3 > all {
		c.add("color", letter.Lines{})
	}
}

// isTimes knows the face and those that were made to take its place letter by letter.
func isTimes(name string) bool {
	return slices.Contains([]string{"timesnewroman", "liberationserif", "tinos", "times"}, strings.ToLower(strings.ReplaceAll(name, " ", "")))
}

// want is the size and cut of a component in the table of section V.
type want struct {
	least, most  float64
	bold, italic bool
}

var looks = map[string]want{
	"nation": {12, 13, true, false}, "motto": {13, 14, true, false}, "superior": {12, 13, false, false}, "organ": {12, 13, true, false},
	"number": {13, 13, false, false}, "date": {13, 14, false, true}, "about": {12, 13, false, false}, "type": {13, 14, true, false},
	"abstract": {13, 14, true, false}, "salutation": {13, 14, false, false}, "signer": {13, 14, true, false},
	"recipientsLabel": {12, 12, true, true}, "recipientsList": {11, 11, false, false},
	"urgency": {13, 14, true, false}, "drafter": {11, 11, false, false}, "contact": {11, 12, false, false},
}

// components judges the first paragraph of each component that departs.
func (c *formChecker) components() {
	said := map[string]bool{}
	for _, p := range c.parts {
		w, known := looks[p.role]
		if !known {
			continue
		}
		size := p.Size < w.least || p.Size > w.most
		if !size && p.Bold == w.bold && p.Italic == w.italic || said[p.role] {
			continue
		}
		said[p.role] = true
		c.add(p.role+"Look", p.at(), "Text", p.quoted(), "Size", figure(p.Size), "Bold", flag(p.Bold), "Italic", flag(p.Italic))
	}
}

// paragraphEase is how many points the space between paragraphs may be short for each millimetre of ease.
const paragraphEase = 1.0 / 3

// minText is how long a paragraph must be for its lines to be judged: titles and short entries may be set otherwise.
const minText = 90

// content judges the running text by most of its paragraphs, and points to the first that departs.
func (c *formChecker) content() {
	type fault struct {
		code  string
		of    func(part) (bad bool, value string)
		count int
		first part
		value string
	}
	faults := []fault{
		{code: "bodySize", of: func(p part) (bool, string) { return p.Size < 13 || p.Size > 14, figure(p.Size) }},
		{code: "justified", of: func(p part) (bool, string) { return p.Align != paper.Justify, "" }},
		{code: "firstIndent", of: func(p part) (bool, string) {
			at := (p.Left + p.First) / paper.MM
			if strings.HasPrefix(p.Text, "\t") || p.Label {
				return false, "" // where a tab or a list begins its text depends on the program
			}
			return at < 10-c.form.Ease || at > 12.7+c.form.Ease, figure(at)
		}},
		{code: "lineSpacing", of: func(p part) (bool, string) { return p.Line < 0.97 || p.Line > 1.52, figure(p.Line) }},
	}
	all, gaps := 0, 0
	var tight part
	for i, p := range c.parts {
		if p.role != "body" || utf8.RuneCountInString(p.Text) < minText {
			continue
		}
		all++
		for n := range faults {
			if bad, value := faults[n].of(p); bad {
				if faults[n].count++; faults[n].count == 1 {
					faults[n].first, faults[n].value = p, value
				}
			}
		}
		if i > 0 && c.parts[i-1].role == "body" && max(c.parts[i-1].After, p.Before) < 6-paragraphEase*c.form.Ease {
			if gaps++; gaps == 1 {
				tight = p
			}
		}
	}
	for _, f := range faults {
		if f.count*2 > all {
			c.add(f.code, f.first.at(), "Text", f.first.quoted(), "Value", f.value)
		}
	}
	if gaps*2 > all {
		c.add("paragraphSpace", tight.at(), "Text", tight.quoted(), "Value", figure(tight.Before))
	}
}

// reColumns parts what stands in columns beside each other.
var reColumns = regexp.MustCompile(`\s{2,}`)

// parts finds each paragraph in the text that was read, and what it is there.
func parts(source string, r letter.Reading, form paper.Form) []part {
	lines := letter.SplitLines(lang.NFC(source))
	where := map[string][]int{}
	note := func(text string, no int) {
		if text = strings.Join(strings.Fields(text), " "); text != "" {
			where[text] = append(where[text], no)
		}
	}
	for i, l := range lines {
		note(l, i+1)
		if cells := strings.Split(l, "\t"); len(cells) > 1 {
			for _, cell := range cells {
				note(cell, i+1)
			}
		}
		if cells := reColumns.Split(l, -1); len(cells) > 1 { // as the pages of a PDF are written out
			for _, cell := range cells {
				note(cell, i+1)
			}
		}
		if _, rest, cut := strings.Cut(strings.TrimSpace(l), " "); cut { // a number that the list writes is no text of the paragraph
			note(rest, i+1)
		}
	}
	k := roles(lines, r)
	out := make([]part, 0, len(form.Paragraphs))
	last := 0
	for _, s := range form.Paragraphs {
		p := part{Set: s}
		text := strings.Join(strings.Fields(s.Text), " ")
		begins := cmp.Or(strings.Join(strings.Fields(s.Begins), " "), text)
		for _, no := range where[begins] {
			if p.line = no; no >= last { // a text that occurs again is the next one
				break
			}
		}
		if p.line > 0 {
			last = p.line
			p.role = k.of(text, p.line, s.InTable)
		}
		out = append(out, p)
	}
	return out
}
