package units

import (
	"context"
	"maps"
	"slices"
	"strings"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/web/ui"
)

// source is where a component of a letter was read, and why a person should look at it.
type source map[string]ui.LetterField

// sourceOf lists the components with their lines in the text. Doubts are told of a draft, and only about components
// that nobody has corrected since.
func sourceOf(ctx context.Context, l letter.Letter) source {
	s := source{}
	was := l.Reading.Fields()
	doubts := map[string][]string{}
	if l.State == letter.Draft {
		for _, w := range l.Reading.Warnings {
			doubts[w.Value.Field] = append(doubts[w.Value.Field], ui.T(ctx, w.Value.Key(), w.Value.Pairs()...))
		}
	}
	add := func(name string, found bool, at origin, uncertain, same bool) {
		f := ui.LetterField{Name: name, Label: ui.T(ctx, "units.letter."+name)}
		if found {
			f.First, f.Last, f.Words = at.lines[0], at.lines[1], at.words
		}
		if same && l.State == letter.Draft {
			f.Doubts = doubts[name]
			if len(f.Doubts) == 0 && uncertain {
				f.Doubts = []string{ui.T(ctx, "units.letter.inferred")}
			}
		}
		s[name] = f
	}
	r, now := l.Reading, l.Fields
	text := func(name string, f *letter.Field[string], same bool) {
		one(add, name, f, same)
	}
	text("type", r.Type, now.Type == was.Type)
	text("number", r.Number, now.Number == was.Number)
	text("notation", r.Notation, now.Notation == was.Notation)
	text("urgency", r.Urgency, now.Urgency == was.Urgency)
	text("organ", r.Organ, now.Organ == was.Organ)
	text("place", r.Place, now.Place == was.Place)
	text("subject", r.Subject, now.Subject == was.Subject)
	one(add, "date", r.Date, now.Date == was.Date)
	one(add, "period", r.Period, now.Period == was.Period)
	one(add, "signer", r.Signer, now.Signer.Name == was.Signer.Name && now.Signer.Position == was.Signer.Position)
	many(add, "addressees", r.Addressees, slices.Equal(now.Addressees, was.Addressees))
	many(add, "links", r.Links, slices.Equal(now.Links, was.Links))
	many(add, "recipients", r.Recipients, slices.Equal(now.Recipients, was.Recipients))
	many(add, "bases", r.Bases, slices.Equal(now.Bases, was.Bases))
	many(add, "references", r.References, slices.Equal(now.References, was.References))
	many(add, "attachments", r.Attachments, slices.Equal(now.Attachments, was.Attachments))
	many(add, "duties", r.Duties, len(now.Duties) == len(was.Duties))
	compose := func(name string, parts []ui.LetterField) {
		f := s[name]
		f.Parts = parts
		s[name] = f
	}
	compose("duties", dutySources(ctx, r.Duties, now.Duties))
	compose("signer", signerSources(ctx, r.Signer, r.Secretary, now.Signer))
	return s
}

// origin is where a component stands in the text.
type origin struct {
	lines letter.Lines
	words []ui.LetterWords
}

// originOf takes the words of a field, those of its parts where it has no others.
func originOf[T any](f letter.Field[T]) origin {
	o := origin{lines: f.Lines}
	for _, s := range f.Spans {
		o.words = append(o.words, ui.LetterWords{Line: s[0], From: s[1], To: s[2]})
	}
	if len(f.Spans) > 0 {
		return o
	}
	for _, name := range slices.Sorted(maps.Keys(f.Parts)) {
		for _, s := range f.Parts[name] {
			o.words = append(o.words, ui.LetterWords{Line: s[0], From: s[1], To: s[2]})
		}
	}
	return o
}

type adder func(name string, found bool, at origin, uncertain, same bool)

func one[T any](add adder, name string, f *letter.Field[T], same bool) {
	if f == nil {
		add(name, false, origin{}, false, same)
		return
	}
	add(name, true, originOf(*f), f.Uncertain, same)
}

// many joins the lines of a list's entries.
func many[T any](add adder, name string, list []letter.Field[T], same bool) {
	var all origin
	uncertain, whole := false, false
	for i, f := range list {
		one := originOf(f)
		if i == 0 || f.Lines[0] < all.lines[0] {
			all.lines[0] = f.Lines[0]
		}
		all.lines[1] = max(all.lines[1], f.Lines[1])
		all.words, whole = append(all.words, one.words...), whole || len(one.words) == 0
		uncertain = uncertain || f.Uncertain
	}
	if whole { // of one entry only the lines are known
		all.words = nil
	}
	add(name, len(list) > 0, all, uncertain, same)
}

// seldom are components that most letters do not have.
var seldom = []string{"urgency", "references", "attachments"}

// order is how the components are shown.
var order = []string{
	"organ", "type", "number", "notation", "urgency", "place", "date", "subject", "addressees", "bases", "references", "period", "duties", "attachments", "links",
	"recipients", "signer",
}

// list returns the components in order, with their values in words; duties are shown by their parts.
func (s source) list(ctx context.Context, f letter.Fields) []ui.LetterField {
	values := map[string]string{
		"organ": f.Organ, "type": lang.Capital(f.Type), "number": f.Number, "notation": f.Notation, "urgency": f.Urgency, "place": f.Place,
		"date": dateText(ctx, f.Date), "subject": f.Subject, "addressees": lined(f.Addressees), "period": periodText(ctx, f.Period),
		"references": basesText(ctx, f.References), "attachments": lined(f.Attachments), "links": lined(f.Links), "recipients": lined(f.Recipients), "signer": signerText(f.Signer), "bases": basesText(ctx, f.Bases),
	}
	var fields []ui.LetterField
	for _, name := range order {
		field := s[name]
		field.Value = values[name]
		if field.Value == "" && slices.Contains(seldom, name) {
			continue // an ordinary letter says nothing about it
		}
		fields = append(fields, field)
	}
	return fields
}

// doubtful counts the components that a person should look at.
func (s source) doubtful() int {
	n := 0
	for _, f := range s {
		if len(f.Doubts) > 0 {
			n++
		}
	}
	return n
}

func periodText(ctx context.Context, p letter.Period) string {
	if p.From.IsZero() && p.To.IsZero() {
		return ""
	}
	return dateText(ctx, p.From) + " – " + dateText(ctx, p.To)
}

func signerText(s letter.Signer) string {
	var parts []string
	for _, part := range append(slices.Clone(s.Capacity), s.Position, s.Name) {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

func basesText(ctx context.Context, bases []letter.Basis) string {
	var texts []string
	for _, b := range bases {
		text := strings.TrimSpace(b.Type + " " + b.Symbol)
		if b.Symbol == "" {
			text = b.Subject
		}
		if date := dateText(ctx, b.Date); date != "" {
			text += ", " + date
		}
		if b.Organ != "" {
			text += ", " + b.Organ
		}
		texts = append(texts, text)
	}
	return lined(texts)
}
