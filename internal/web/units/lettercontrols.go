package units

import (
	"context"

	"sachhon/internal/letter"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// letterForm is the form that corrects what was read. The controls of one component stand together with its source.
type letterForm struct {
	Action   string
	Register string
	Enter    string
	Foreign  bool // the letter seems to be another organ's
	Version  string
	Joint    string
	Errors   []ui.FieldError
	Source   source
	Type     ui.Field
	Types    []ui.Option
	Number   ui.Field
	Notation ui.Field
	Organ    ui.Field
	Place    ui.Field
	Date     ui.Field
	Subject  ui.Field
	To       ui.Field
	Bases    []basisControls
	Refs     []basisControls
	Urgency  ui.Field
	Urgent   []ui.Option
	Enclosed ui.Field
	Forces   []ui.Option
	From     ui.Field
	Until    ui.Field
	Duties   []dutyControls
	Channels []ui.Option
	Links    ui.Field
	Copies   ui.Field
	Capacity ui.Field
	Position ui.Field
	Name     ui.Field
}

type basisControls struct{ Symbol, Date, Organ, Type, Subject ui.Field }

type dutyControls struct {
	Number   ui.Field
	Text     ui.Field
	Channels ui.Field
	Values   []string
	Parts    dutyParts
	New      bool
}

// read is where a part of the duty was read, the duty itself for no part.
func (d dutyControls) read(s source, part string) ui.LetterField {
	if d.New {
		return ui.LetterField{}
	}
	return s.dutyPart(d.Number.Value, part)
}

func viewLetterForm(ctx context.Context, l letter.Letter, f *form.Form, s source) *letterForm {
	field := func(name, label string, change func(*ui.Field)) ui.Field {
		control := ui.Field{Name: name, Label: label, Required: true}
		if change != nil {
			change(&control)
		}
		return f.Field(ctx, control)
	}
	optional := func(c *ui.Field) { c.Required, c.Wide = false, true }
	part := func(c *ui.Field) { c.Required, c.Part, c.Wide = false, true, true }
	lines := func(n int) func(*ui.Field) {
		return func(c *ui.Field) { c.Required, c.Wide, c.Rows, c.Hint = false, true, n, ui.T(ctx, "units.perLine") }
	}
	v := &letterForm{
		Action: letterURL(l.ID), Register: letterURL(l.ID) + "/dang-ky", Enter: letterURL(l.ID) + "/vao-so-den", Version: f.Value("version"), Joint: f.Value("joint"),
		Errors: f.Errors(ctx), Source: s,
		Urgency:  field("urgency", ui.T(ctx, "units.letter.urgency"), optional),
		Enclosed: field("attachments", ui.T(ctx, "units.letter.attachments"), lines(2)),
		Type:     field("type", ui.T(ctx, "units.letter.type"), nil),
		Number:   field("number", ui.T(ctx, "units.letter.number"), func(c *ui.Field) { c.Required, c.Hint = false, ui.T(ctx, "units.letter.numberHint") }),
		Notation: field("notation", ui.T(ctx, "units.letter.notation"), nil),
		Organ:    field("organ", ui.T(ctx, "units.letter.organ"), func(c *ui.Field) { c.Wide = true }),
		Place:    field("place", ui.T(ctx, "units.letter.place"), optional),
		Date:     field("date", ui.T(ctx, "units.letter.date"), nil),
		Subject:  field("subject", ui.T(ctx, "units.letter.subject"), func(c *ui.Field) { c.Wide, c.Rows = true, 3 }),
		To:       field("addressees", ui.T(ctx, "units.letter.addressees"), lines(3)),
		From:     field("period.from", ui.T(ctx, "units.letter.from"), func(c *ui.Field) { c.Required = false }),
		Until:    field("period.to", ui.T(ctx, "units.letter.until"), func(c *ui.Field) { c.Required = false }),
		Links:    field("links", ui.T(ctx, "units.letter.links"), lines(2)),
		Copies:   field("recipients", ui.T(ctx, "units.letter.recipients"), lines(5)),
		Capacity: field("signer.capacity", ui.T(ctx, "units.letter.capacity"), lines(2)),
		Position: field("signer.position", ui.T(ctx, "units.letter.position"), optional),
		Name:     field("signer.name", ui.T(ctx, "units.letter.signerName"), optional),
	}
	v.Types = typeOptions(ctx)
	for _, c := range letter.Channels() {
		v.Channels = append(v.Channels, ui.Option{Value: string(c), Label: ui.T(ctx, "letter.channel."+string(c))})
	}
	cited := func(list string) (rows []basisControls) {
		for i := range count(f, list) {
			rows = append(rows, basisControls{
				Symbol:  field(at(list, i, "symbol"), ui.T(ctx, "units.letter.basisSymbol"), part),
				Date:    field(at(list, i, "date"), ui.T(ctx, "units.letter.date"), part),
				Organ:   field(at(list, i, "organ"), ui.T(ctx, "units.letter.organ"), part),
				Type:    field(at(list, i, "type"), ui.T(ctx, "units.letter.type"), part),
				Subject: field(at(list, i, "subject"), ui.T(ctx, "units.letter.subject"), part),
			})
		}
		return rows
	}
	v.Bases, v.Refs = cited("bases"), cited("references")
	v.Urgent, v.Forces = urgencyOptions(ctx, f.Value("urgency")), forceOptions(ctx)
	known := f.Int("duties")
	for i := range count(f, "duties") {
		label := ui.T(ctx, "units.letter.newDuty")
		if i < known {
			label = ui.T(ctx, "units.letter.duty", "Number", f.Value(at("duties", i, "number")))
		}
		v.Duties = append(v.Duties, dutyControls{
			New:    i >= known,
			Number: ui.Field{Name: at("duties", i, "number"), Value: f.Value(at("duties", i, "number"))},
			Text: field(at("duties", i, "text"), label, func(c *ui.Field) {
				c.Required, c.Wide, c.Rows = i < known, true, 4
			}),
			Channels: ui.Field{Name: at("duties", i, "channels"), Label: ui.T(ctx, "units.letter.channels")},
			Values:   f.Values(at("duties", i, "channels")),
			Parts:    viewDutyParts(ctx, f, i),
		})
	}
	return v
}

func typeOptions(ctx context.Context) []ui.Option {
	options := []ui.Option{{Label: ui.T(ctx, "units.letter.chooseType")}}
	for _, t := range letter.Types() {
		options = append(options, ui.Option{Value: t, Label: t})
	}
	return options
}
