package units

import (
	"context"
	"slices"
	"strings"

	"sachhon/internal/letter"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// dutyParts are the controls of what a duty says beside its text, and what they say in one line.
type dutyParts struct {
	Summary  string
	Open     bool // something in them has to be mended
	For      ui.Field
	Force    ui.Field
	Deadline ui.Field
	Within   ui.Field
	Every    ui.Field
	Count    ui.Field
	Of       ui.Field
	AtLeast  ui.Field
	Least    bool
	Proof    ui.Field
}

func viewDutyParts(ctx context.Context, f *form.Form, i int) dutyParts {
	field := func(part string, wide, hint bool) ui.Field {
		control := ui.Field{Name: at("duties", i, part), Label: ui.T(ctx, "units.duty."+part), Wide: wide}
		if hint {
			control.Hint = ui.T(ctx, "units.duty."+part+"Hint")
		}
		return f.Field(ctx, control)
	}
	p := dutyParts{
		For: field("for", true, true), Force: field("force", false, false), Deadline: field("deadline", false, false),
		Within: field("within", true, true),
		Every:  field("every", true, true), Count: field("count", false, false), Of: field("of", false, true), Proof: field("proof", true, false),
		AtLeast: ui.Field{Name: at("duties", i, "atleast"), Label: ui.T(ctx, "units.duty.atleast")},
		Least:   f.Has(at("duties", i, "atleast")),
	}
	var said []string
	for _, one := range []ui.Field{p.For, p.Deadline, p.Within, p.Every, p.Proof} {
		p.Open = p.Open || one.Error != ""
		value := one.Value
		if one.Name == p.Deadline.Name {
			if d, err := letter.ParseDate(value); err == nil && value != "" {
				value = ui.T(ctx, "units.dutyPage.endOf", "Date", dateText(ctx, d))
			}
		}
		if value != "" {
			said = append(said, value)
		}
	}
	if p.Count.Value != "" {
		said = append(said, p.Count.Value+" "+p.Of.Value)
	}
	p.Open = p.Open || p.Count.Error != "" || p.Of.Error != ""
	if p.Summary = strings.Join(said, " · "); p.Summary == "" {
		p.Summary = ui.T(ctx, "units.duty.nothing")
	}
	return p
}

// urgencyOptions are the stamps of urgency, with the one that stands there even if it is another.
func urgencyOptions(ctx context.Context, now string) []ui.Option {
	stamps := letter.Urgencies()
	if now != "" && !slices.Contains(stamps, now) {
		stamps = append(stamps, now)
	}
	options := []ui.Option{{Label: ui.T(ctx, "units.letter.ordinary")}}
	for _, s := range stamps {
		options = append(options, ui.Option{Value: s, Label: s})
	}
	return options
}

func forceOptions(ctx context.Context) []ui.Option {
	options := []ui.Option{{Label: ui.T(ctx, "units.duty.noForce")}}
	for _, force := range letter.Forces() {
		options = append(options, ui.Option{Value: string(force), Label: ui.T(ctx, "letter.force."+string(force))})
	}
	return options
}
