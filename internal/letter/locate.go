package letter

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// squashed is a run of source lines without their spaces, in the form in which texts are compared, with the place of each
// character. Where lines have two columns, the columns follow each other in a second order.
type squashed struct {
	across, down order
	next         mark // in across, behind what was found last
}

type order struct {
	text   string
	places []place
}

type place struct{ line, column int32 }

// mark is a position in an order: by bytes of its text, and by characters.
type mark struct{ bytes, runes int }

// maxSquashed bounds the lines in which single words are looked for; beyond it whole lines are shown.
const maxSquashed = 60_000

// spans returns where the words stand in the lines, nil when they cannot be found there.
func (rd *reader) spans(at Lines, written string) []Span {
	if s := rd.squashedLines(at); s != nil {
		s.next = mark{}
		return s.find(squashedKey(written))
	}
	return nil
}

// spansNext is spans for words that follow those found last in the same lines: of a list each word is found at its own place,
// and no place is looked at twice.
func (rd *reader) spansNext(at Lines, written string) []Span {
	if s := rd.squashedLines(at); s != nil {
		return s.find(squashedKey(written))
	}
	return nil
}

// text is the key of a text with its place in the lines that it was read from, so that words of it are found where they were
// read, and not where the same words stand before.
type text struct {
	rd   *reader
	k    string
	at   Lines
	from int // in characters of the order of the lines; -1 when it does not stand there as it was read
}

func (rd *reader) textIn(at Lines, k string) text {
	t := text{rd: rd, k: k, at: at, from: -1}
	if s := rd.squashedLines(at); s != nil {
		needle := squashedKey(k)
		if _, next := s.across.find(needle, mark{}); next.runes > 0 {
			t.from = next.runes - utf8.RuneCountInString(needle)
		}
	}
	return t
}

// spans returns where the words at a place of the key stand.
func (t text) spans(words reach) []Span {
	if t.from < 0 {
		return t.rd.spans(t.at, t.k[words.from:words.to])
	}
	from := t.from + visibleRunes(t.k[:words.from])
	return runs(t.rd.found[t.at].across.places[from : from+visibleRunes(t.k[words.from:words.to])])
}

func (rd *reader) squashedLines(at Lines) *squashed {
	if at[0] < 1 || at[1] > len(rd.raw) {
		return nil
	}
	s, ok := rd.found[at]
	if !ok {
		s = rd.squash(at)
		if rd.found == nil {
			rd.found = map[Lines]*squashed{}
		}
		rd.found[at] = s
	}
	return s
}

// spansIn returns where the words stand in the cells they were read from, so that the same words in another column are not
// taken for them.
func (rd *reader) spansIn(cells []cell, written string) []Span {
	var b builder
	for _, c := range cells {
		raw := rd.raw[c.no-1]
		if len(raw) > maxSquashed {
			return nil
		}
		column, visible, end := int32(-1), 0, c.first+visibleRunes(c.text)
		for _, r := range key(raw) {
			column++
			if unicode.IsSpace(r) {
				continue
			}
			if visible >= c.first && visible < end {
				b.add(r, place{int32(c.no), column})
			}
			visible++
		}
	}
	spans, _ := b.order().find(squashedKey(written), mark{})
	return spans
}

func squashedKey(s string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		for _, r := range key(line) {
			if !unicode.IsSpace(r) {
				b.WriteRune(oneDash(r))
			}
		}
	}
	return b.String()
}

func (rd *reader) squash(at Lines) *squashed {
	size := 0
	for no := at[0]; no <= at[1]; no++ {
		size += len(rd.raw[no-1])
	}
	if size > maxSquashed {
		return nil
	}
	s := &squashed{}
	var across builder
	columns := make([]*builder, 0, 2)
	for no := at[0]; no <= at[1]; no++ {
		cells := rd.lines[no-1].cells
		cell, left := 0, 0
		if len(cells) > 0 {
			left = visibleRunes(cells[0].text)
		}
		column := int32(-1)
		for _, r := range key(rd.raw[no-1]) {
			column++
			if unicode.IsSpace(r) {
				continue
			}
			for left == 0 && cell+1 < len(cells) {
				cell++
				left = visibleRunes(cells[cell].text)
			}
			left--
			for len(columns) <= cell {
				columns = append(columns, &builder{})
			}
			p := place{int32(no), column}
			across.add(r, p)
			columns[cell].add(r, p)
		}
	}
	s.across = across.order()
	if len(columns) > 1 {
		var down builder
		for _, c := range columns {
			down.text.WriteString(c.text.String())
			down.places = append(down.places, c.places...)
		}
		s.down = down.order()
	}
	return s
}

type builder struct {
	text   strings.Builder
	places []place
}

// oneDash makes dashes hyphens, as tight does in symbols.
func oneDash(r rune) rune {
	if r == '–' || r == '—' {
		return '-'
	}
	return r
}

func (b *builder) add(r rune, p place) {
	b.text.WriteRune(oneDash(r))
	b.places = append(b.places, p)
}

func (b *builder) order() order { return order{b.text.String(), b.places} }

func visibleRunes(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// find looks on from what was found last, then among the columns.
func (s *squashed) find(needle string) []Span {
	spans, next := s.across.find(needle, s.next)
	if spans != nil {
		s.next = next
		return spans
	}
	spans, _ = s.down.find(needle, mark{})
	return spans
}

// find returns the first place of the needle behind a mark, and the mark behind it.
func (o order) find(needle string, after mark) ([]Span, mark) {
	if needle == "" {
		return nil, after
	}
	text := o.text[after.bytes:]
	at := strings.Index(text, needle)
	if at < 0 {
		visit(len(text))
		return nil, after
	}
	visit(at + len(needle))
	from := after.runes + utf8.RuneCountInString(text[:at])
	next := mark{after.bytes + at + len(needle), from + utf8.RuneCountInString(needle)}
	return runs(o.places[from:next.runes]), next
}

// runs are the spans that characters make.
func runs(places []place) []Span {
	var spans []Span
	for _, p := range places {
		n := len(spans)
		// Characters that follow each other, with no more between them than the space of a word, are one run.
		if n > 0 && spans[n-1][0] == int(p.line) && int(p.column)-spans[n-1][2] <= 2 && int(p.column) >= spans[n-1][2] {
			spans[n-1][2] = int(p.column) + 1
			continue
		}
		spans = append(spans, Span{int(p.line), int(p.column), int(p.column) + 1})
	}
	return spans
}

// locate finds the words of every list whose entries are as they were written; other recognisers set their own.
func (rd *reader) locate() {
	for _, list := range [][]Field[string]{rd.out.Addressees, rd.out.Attachments, rd.out.Links, rd.out.Recipients} {
		for i := range list {
			if list[i].Spans == nil {
				list[i].Spans = rd.spansNext(list[i].Lines, list[i].Value)
			}
		}
	}
	for _, list := range [][]Field[Basis]{rd.out.Bases, rd.out.References} {
		for i := range list {
			rd.locateBasis(&list[i])
		}
	}
	for i := range rd.out.Duties {
		if f := &rd.out.Duties[i]; f.Spans == nil {
			f.Spans = rd.spans(f.Lines, f.Value.Text)
		}
	}
}

// locateBasis finds the words of the parts of a citation, on from where its symbol stands; an organ may stand before it.
func (rd *reader) locateBasis(f *Field[Basis]) {
	s := rd.squashedLines(f.Lines)
	if s == nil {
		return
	}
	s.next = mark{}
	f.put("symbol", s.find(squashedKey(f.Value.Symbol)))
	behind := s.next
	for name, text := range map[string]string{"organ": f.Value.Organ, "subject": f.Value.Subject} {
		s.next = behind
		spans := s.find(squashedKey(text))
		if spans == nil {
			s.next = mark{}
			spans = s.find(squashedKey(text))
		}
		f.put(name, spans)
	}
}

// put keeps where the words of a part stand, when they were found.
func (f *Field[T]) put(part string, spans []Span) {
	if spans == nil {
		return
	}
	if f.Parts == nil {
		f.Parts = map[string][]Span{}
	}
	f.Parts[part] = spans
}

// parts finds the words of each part that was written.
func (rd *reader) parts(at Lines, written map[string]string) map[string][]Span {
	var f Field[any]
	for name, text := range written {
		f.put(name, rd.spans(at, text))
	}
	return f.Parts
}
