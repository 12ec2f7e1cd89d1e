package letter

import (
	"strings"

	"sachhon/internal/lang"
)

// Mention is one place where a letter names another document by its number and symbol. What it does not say there is empty.
type Mention struct {
	Basis
	Before string // the words between the mention before it, or the beginning of its paragraph, and it
	After  string // the words up to the next one, or the end of the paragraph
	Lines  Lines  // of the source; zero in a text without lines

	from, to int // bytes of the paragraph's key that name it
}

// Mentions finds every document that the body of a letter names, as often as it is named.
func Mentions(source string) []Mention {
	raw := SplitLines(Normal(source))
	lines, err := tokenize(raw)
	if err != nil {
		return nil // longer than any letter that is read
	}
	rd := &reader{raw: raw, lines: lines, out: empty()}
	rd.divide()
	var out []Mention
	for _, p := range rd.body {
		if len(p.text) > maxParagraph {
			continue
		}
		for _, m := range mentions(p.text, key(p.text)) {
			m.Lines = p.lines
			out = append(out, m)
		}
	}
	return out
}

// MentionsIn is Mentions of one paragraph.
func MentionsIn(text string) []Mention {
	if len(text) > maxParagraph {
		return nil
	}
	text = lang.Clean(Normal(text))
	return mentions(text, key(text))
}

// mentions reads the citations of a paragraph of which k is the key.
func mentions(text, k string) []Mention {
	hits := reCitation.FindAllStringSubmatchIndex(k, maxBases)
	out := make([]Mention, 0, len(hits))
	start := 0
	for i, h := range hits {
		end := len(k)
		if i+1 < len(hits) {
			end = hits[i+1][0]
		}
		m := Mention{Before: original(text, k, start, h[0]), After: original(text, k, h[1], end), from: h[0], to: h[1]}
		m.Symbol = tight(original(text, k, h[4], h[5]))
		if h[2] >= 0 {
			m.Type = strings.TrimSpace(k[h[2]:h[3]])
		}
		tail := k[h[1]:end]
		if d := reDay.FindStringSubmatch(tail); d != nil {
			m.Date, _ = dateFrom(d[1], d[2], d[3], 0)
		}
		m.Subject = subjectIn(m.After)
		if of := reOfOrgan.FindStringIndex(tail); of != nil {
			m.Organ = organUpTo(original(text, k, h[1]+of[1], end))
		}
		if m.Organ == "" {
			m.Organ = organBefore(m.Before)
		}
		start = h[1]
		out = append(out, m)
	}
	return out
}
