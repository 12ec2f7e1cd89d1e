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
}

type order struct {
	text   string
	places []place
}

type place struct{ line, column int32 }

// maxSquashed bounds the lines in which single words are looked for; beyond it whole lines are shown.
const maxSquashed = 60_000

// spans returns where the words stand in the lines, nil when they cannot be found there.
func (rd *reader) spans(at Lines, written string) []Span {
	needle := squashedKey(written)
	if needle == "" || at[0] < 1 || at[1] > len(rd.raw) {
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
	if s == nil {
		return nil
	}
	if spans := s.across.find(needle); spans != nil {
		return spans
	}
	return s.down.find(needle)
}

func squashedKey(s string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		for _, r := range key(line) {
			if !unicode.IsSpace(r) {
				b.WriteRune(r)
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

func (b *builder) add(r rune, p place) {
	b.text.WriteRune(r)
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

func (o order) find(needle string) []Span {
	visit(len(o.text))
	at := strings.Index(o.text, needle)
	if at < 0 {
		return nil
	}
	from := utf8.RuneCountInString(o.text[:at])
	var spans []Span
	for _, p := range o.places[from : from+utf8.RuneCountInString(needle)] {
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

// locate finds the words of every component whose value is as it was written; recognisers of other values set their own.
func (rd *reader) locate() {
	for _, f := range []*Field[string]{
		rd.out.Type, rd.out.Number, rd.out.Notation, rd.out.Symbol, rd.out.Urgency, rd.out.Superior, rd.out.Organ, rd.out.Place, rd.out.Subject,
	} {
		if f != nil && f.Spans == nil {
			f.Spans = rd.spans(f.Lines, f.Value)
		}
	}
	for _, list := range [][]Field[string]{rd.out.Addressees, rd.out.Attachments, rd.out.Links, rd.out.Recipients} {
		for i := range list {
			list[i].Spans = rd.spans(list[i].Lines, list[i].Value)
		}
	}
	for _, list := range [][]Field[Basis]{rd.out.Bases, rd.out.References} {
		for i := range list {
			f := &list[i]
			f.Parts = rd.parts(f.Lines, f.Parts, map[string]string{"symbol": f.Value.Symbol, "organ": f.Value.Organ, "subject": f.Value.Subject})
		}
	}
	for i := range rd.out.Duties {
		rd.out.Duties[i].Spans = rd.spans(rd.out.Duties[i].Lines, rd.out.Duties[i].Value.Text)
	}
	if f := rd.out.Signer; f != nil {
		f.Parts = rd.parts(f.Lines, nil, map[string]string{
			"capacity": strings.Join(f.Value.Capacity, "\n"), "position": f.Value.Position, "name": f.Value.Name,
		})
	}
}

// parts finds the words of each part that was written.
func (rd *reader) parts(at Lines, parts map[string][]Span, written map[string]string) map[string][]Span {
	for name, text := range written {
		if spans := rd.spans(at, text); spans != nil {
			if parts == nil {
				parts = map[string][]Span{}
			}
			parts[name] = spans
		}
	}
	return parts
}
