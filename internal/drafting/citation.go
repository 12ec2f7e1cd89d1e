package drafting

import (
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

// Citations writes references within one document: in full the first time, by type and number afterwards, as the decree
// asks. The zero value has cited nothing.
type Citations struct{ cited map[string]bool }

// Of returns the reference to use at this place.
func (c *Citations) Of(d Cited) string {
	short := d.Short()
	if c.cited[short] {
		return short
	}
	if c.cited == nil {
		c.cited = map[string]bool{}
	}
	c.cited[short] = true
	return d.Full()
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
