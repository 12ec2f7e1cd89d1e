package units

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// askControls ask a person whom one addressee of a letter means. The answer is kept for the next letters.
type askControls struct {
	Name    string // of the hidden input with the addressee as written
	Text    string
	Choice  ui.Field
	Options []ui.Option
}

// What an answer can be, beside "not now".
const (
	answerGroup  = "group:"
	answerUnit   = "unit:"
	answerNobody = "nobody"
)

// maxAsked is how many addressees are asked about at once.
const maxAsked = 50

// proposed are the groups and units that the addressees mean, each once.
func proposed(found []letter.Resolved) (groups []unit.Group, units []unit.Unit) {
	for _, r := range found {
		for _, g := range r.Groups {
			if !slices.ContainsFunc(groups, func(o unit.Group) bool { return o.ID == g.ID }) {
				groups = append(groups, g)
			}
		}
		for _, u := range r.Units {
			if !slices.ContainsFunc(units, func(o unit.Unit) bool { return o.ID == u.ID }) {
				units = append(units, u)
			}
		}
	}
	return groups, units
}

// viewAsked returns a question for each addressee that is not known, those who may be meant first, and the addressees that
// are nobody here.
func viewAsked(ctx context.Context, f *form.Form, found []letter.Resolved, groups []unit.Group, units []unit.Unit) (asked []askControls, outside []string) {
	for _, r := range found {
		switch {
		case r.Nobody:
			outside = append(outside, r.Text)
			continue
		case r.Known() || len(asked) >= maxAsked:
			continue
		}
		name := "asked." + strconv.Itoa(len(asked))
		a := askControls{
			Name: name + ".text", Text: r.Text,
			Choice:  f.Field(ctx, ui.Field{Name: name, Label: r.Text, Hint: ui.T(ctx, "units.send.askHint"), Wide: true}),
			Options: []ui.Option{{Label: ui.T(ctx, "units.send.askLater")}},
		}
		seen := map[ident.ID]bool{}
		for _, u := range slices.Concat(r.Perhaps, units) {
			if !seen[u.ID] {
				seen[u.ID] = true
				a.Options = append(a.Options, ui.Option{Value: answerUnit + string(u.ID), Label: u.FullName})
			}
			if len(seen) == len(r.Perhaps) {
				for _, g := range groups {
					a.Options = append(a.Options, ui.Option{Value: answerGroup + string(g.ID), Label: g.Name})
				}
			}
		}
		if len(r.Perhaps) == 0 { // groups first, where nobody in particular fits
			groupsFirst := []ui.Option{a.Options[0]}
			for _, g := range groups {
				groupsFirst = append(groupsFirst, ui.Option{Value: answerGroup + string(g.ID), Label: g.Name})
			}
			a.Options = append(groupsFirst, a.Options[1:]...)
		}
		a.Options = append(a.Options, ui.Option{Value: answerNobody, Label: ui.T(ctx, "units.send.askNobody")})
		asked = append(asked, a)
	}
	return asked, outside
}

// answer is what a person said about one addressee.
type answer struct {
	text  string
	means letter.Meaning
}

// answers reads the questions that were answered; those left open are asked again with the next letter.
func answers(f *form.Form) []answer {
	var out []answer
	for i := range maxAsked {
		name := "asked." + strconv.Itoa(i)
		text, value := f.Text(name+".text"), f.Value(name)
		if text == "" || value == "" {
			continue
		}
		a := answer{text: text}
		if id, ok := strings.CutPrefix(value, answerGroup); ok {
			a.means.Groups = []ident.ID{ident.ID(id)}
		} else if id, ok := strings.CutPrefix(value, answerUnit); ok {
			a.means.Units = []ident.ID{ident.ID(id)}
		} else if value != answerNobody {
			f.Add(name, "cascade.fault.unit", "Unit", value)
			continue
		}
		out = append(out, a)
	}
	return out
}

// remember keeps the answers for the issuer's next letters. Only what is an addressee of this letter is taken.
func (p *pages) remember(ctx context.Context, l letter.Letter, chosen []answer) error {
	for _, a := range chosen {
		if !slices.Contains(l.Fields.Addressees, a.text) {
			continue
		}
		if err := p.Letters.Remember(ctx, web.ActorOf(ctx), l.IssuerID, a.text, a.means); err != nil {
			return err
		}
	}
	return nil
}
