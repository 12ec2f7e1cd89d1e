package drafting

import (
	"slices"
	"strings"

	"sachhon/internal/challenge"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
)

// Cited is a document that another one refers to.
type Cited struct {
	Type    string // "kế hoạch"
	Symbol  string // "1518/KH-STTTT"
	Date    letter.Date
	Organ   string
	Subject string
}

// CitedOf is how a letter is referred to.
func CitedOf(l letter.Letter) Cited {
	f := l.Fields
	return Cited{Type: f.Type, Symbol: f.Symbol(), Date: f.Date, Organ: f.Organ, Subject: f.Subject}
}

// planType is how a plan is called.
const planType = "kế hoạch"

// PlanOf is how the plan of a challenge is referred to: as the letter in which it was issued, else by the number that its
// document bears. ok is false where the challenge has none.
func PlanOf(letters []letter.Letter, documents []challenge.Document) (c Cited, ok bool) {
	for _, l := range letters {
		if l.Fields.Type == planType && l.Symbol() != "" {
			return CitedOf(l), true
		}
	}
	for _, d := range documents {
		if d.Kind != challenge.PlanDocument || d.Symbol == "" {
			continue
		}
		for _, l := range letters {
			if l.Symbol() == d.Symbol {
				return CitedOf(l), true
			}
		}
		subject := d.Title
		if rest, cut := strings.CutPrefix(lang.Small(subject), planType+" "); cut {
			subject = rest
		}
		return Cited{Type: planType, Symbol: d.Symbol, Subject: subject}, true
	}
	return Cited{}, false
}

// Citations writes references within one document: in full the first time, by type and number afterwards, as the decree
// asks. The zero value has cited nothing.
type Citations struct{ cited []Cited }

// Of returns the reference to use at this place.
func (c *Citations) Of(d Cited) string {
	if c.Has(d) {
		return d.Short()
	}
	c.cited = append(c.cited, d)
	return d.Full()
}

// Has tells whether a document was cited already.
func (c *Citations) Has(d Cited) bool { return slices.ContainsFunc(c.cited, d.Same) }

// Read takes note of what a text cites, whoever wrote it.
func (c *Citations) Read(text string) {
	for _, m := range letter.MentionsIn(text) {
		if d := CitedAs(m.Basis); !c.Has(d) {
			c.cited = append(c.cited, d)
		}
	}
}

// Same tells whether both are one document: of two organs that have one symbol in common the days differ.
func (d Cited) Same(other Cited) bool {
	if d.Symbol == "" || other.Symbol == "" {
		return d.Short() == other.Short()
	}
	return strings.EqualFold(d.Symbol, other.Symbol) && (d.Date == other.Date || d.Date.IsZero() || other.Date.IsZero())
}

// CitedAs is a document as another one refers to it.
func CitedAs(b letter.Basis) Cited {
	return Cited{Type: b.Type, Symbol: b.Symbol, Date: b.Date, Organ: b.Organ, Subject: b.Subject}
}

// Rests begins a basis: a document rests on a plan, and carries out a letter.
func (d Cited) Rests() string {
	if d.Type == letter.OfficialLetter {
		return "Thực hiện "
	}
	return "Căn cứ "
}

// Full is type, number, date, organ and abstract.
func (d Cited) Full() string {
	out := d.Short()
	if !d.Date.IsZero() {
		out += " ngày " + d.Date.LongDate()
	}
	if d.Organ != "" {
		out += " của " + d.Organ
	}
	if d.Subject != "" {
		out += " " + letter.About(d.Subject)
	}
	return out
}

// Short is type and number.
func (d Cited) Short() string {
	kind := d.Type
	if kind == "" {
		kind = "văn bản"
	}
	if d.Symbol == "" {
		return lang.Capital(kind)
	}
	return lang.Capital(kind) + " số " + d.Symbol
}
