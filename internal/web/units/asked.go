package units

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// askControls ask a person whom one name in a letter means. The answer is kept for the next letters.
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
	answerForget = "forget"
)

// maxAsked is how many addressees are asked about at once.
const maxAsked = 50

// viewAsked returns a question for each addressee that is not known and for each other name in a duty that is not, those who may
// be meant first; the addressees that are nobody here; and each name whose meaning was said with an earlier letter, which can be
// said anew or forgotten.
func viewAsked(ctx context.Context, f *form.Form, a addressed, groups []unit.Group, units []unit.Unit) (asked, tasked []askControls, otherwise []string, kept []askControls) {
	for _, r := range a.found {
		if r.Nobody {
			otherwise = append(otherwise, r.Text)
		} else if !r.Known() && len(asked) < maxAsked {
			asked = append(asked, ask(ctx, f, len(asked), r, ui.T(ctx, "units.send.askHint"), groups, units))
		}
	}
	for _, r := range a.tasked {
		if n := len(asked) + len(tasked); !r.Known() && n < maxAsked {
			tasked = append(tasked, ask(ctx, f, n, r, "", groups, units))
		}
	}
	for _, r := range slices.Concat(a.found, a.tasked) {
		if n := len(asked) + len(tasked) + len(kept); r.Said && n < maxAsked {
			one := ask(ctx, f, n, r, "", groups, units)
			one.Options[0].Label = ui.T(ctx, "units.send.keep", "Meaning", meaning(ctx, r))
			one.Options = append(one.Options, ui.Option{Value: answerForget, Label: ui.T(ctx, "units.send.forget")})
			kept = append(kept, one)
		}
	}
	return asked, tasked, otherwise, kept
}

// meaning says whom a name means now.
func meaning(ctx context.Context, r letter.Resolved) string {
	if r.Nobody {
		return ui.T(ctx, "units.send.askNobody")
	}
	var names []string
	for _, g := range r.Groups {
		names = append(names, g.Name)
	}
	for _, u := range r.Units {
		names = append(names, u.FullName)
	}
	return strings.Join(names, ", ")
}

func ask(ctx context.Context, f *form.Form, number int, r letter.Resolved, hint string, groups []unit.Group, units []unit.Unit) askControls {
	name := "asked." + strconv.Itoa(number)
	a := askControls{
		Name: name + ".text", Text: r.Text,
		Choice:  f.Field(ctx, ui.Field{Name: name, Label: r.Text, Hint: hint, Wide: true}),
		Options: []ui.Option{{Label: ui.T(ctx, "units.send.askLater")}},
	}
	add := func(units []unit.Unit) {
		for _, u := range units {
			a.Options = append(a.Options, ui.Option{Value: answerUnit + string(u.ID), Label: u.FullName})
		}
	}
	add(r.Perhaps)
	for _, g := range groups {
		a.Options = append(a.Options, ui.Option{Value: answerGroup + string(g.ID), Label: g.Name})
	}
	add(slices.DeleteFunc(slices.Clone(units), func(u unit.Unit) bool {
		return slices.ContainsFunc(r.Perhaps, func(o unit.Unit) bool { return o.ID == u.ID })
	}))
	a.Options = append(a.Options, ui.Option{Value: answerNobody, Label: ui.T(ctx, "units.send.askNobody")})
	return a
}

// answers reads the questions that were answered; those left open are asked again with the next letter.
func answers(f *form.Form) []letter.Said {
	var out []letter.Said
	for i := range maxAsked {
		name := "asked." + strconv.Itoa(i)
		text, value := f.Text(name+".text"), f.Value(name)
		if text == "" || value == "" {
			continue
		}
		s := letter.Said{Text: text}
		if id, ok := strings.CutPrefix(value, answerGroup); ok {
			s.Means.Groups = []ident.ID{ident.ID(id)}
		} else if id, ok := strings.CutPrefix(value, answerUnit); ok {
			s.Means.Units = []ident.ID{ident.ID(id)}
		} else if value == answerForget {
			s.Forget = true
		} else if value != answerNobody {
			f.Add(name, "cascade.fault.unit", "Unit", value)
			continue
		}
		out = append(out, s)
	}
	return out
}
