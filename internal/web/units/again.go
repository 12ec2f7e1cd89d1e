package units

import (
	"net/http"

	"sachhon/internal/cascade"
	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// The pages on which a sender answers a unit that refused: it sends the letter again, or leaves it at that.
const (
	againPath  = "/gui-lai"
	settlePath = "/khep-lai"
)

func (p *pages) againPage(w http.ResponseWriter, r *http.Request) error {
	d, err := p.detail(r)
	if err != nil {
		return err
	}
	if err := mayOpen(r.Context(), d, person.ActionCascadeSend, true); err != nil {
		return err
	}
	switch ended := d.State == cascade.Refused || d.State == cascade.Recalled; {
	case !ended:
		return p.told(w, r, d.ID, fault.Conflict.With("cascade.fault.stillThere"))
	case d.Outside:
		return p.told(w, r, d.ID, fault.Conflict.With("cascade.fault.againOutside"))
	case d.AgainID != "":
		return web.SeeOther(w, r, dispatchURL(d.AgainID))
	case !d.Again:
		return p.told(w, r, d.ID, fault.Conflict.With("cascade.fault.state"))
	}
	return p.showSendAgain(w, r, form.New(nil))
}

// showSendAgain asks for what the sender says when a unit gets a letter again.
func (p *pages) showSendAgain(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	ctx := r.Context()
	d, err := p.detail(r)
	if err != nil {
		return err
	}
	hint := ""
	if !d.DueAt.IsZero() {
		hint = ui.T(ctx, "units.again.dueHint", "Time", lang.From(ctx).DateTime(d.DueAt))
		if r.Method == http.MethodGet && d.DueAt.After(p.now().Time) {
			f.Set("due", form.MomentInput(d.DueAt))
		}
	}
	title := ui.T(ctx, "units.again.title")
	return p.showStep(w, r, d, f, title, stepForm{
		Lead: ui.T(ctx, "units.again.lead", "Unit", d.Receiver.Organ()), Button: ui.ButtonProps{Kind: ui.ButtonPrimary, Text: title, Icon: ui.IconSend},
		Text: []textField{
			{Area: true, Field: f.Field(ctx, ui.Field{Name: "words", Label: ui.T(ctx, "units.again.words"), Hint: ui.T(ctx, "units.again.wordsHint"), Wide: true, Rows: 3})},
			{Moment: true, Field: f.Field(ctx, ui.Field{Name: "due", Label: ui.T(ctx, "units.field.due"), Hint: hint})},
		},
	})
}

func (p *pages) again(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	in := cascade.AgainInput{Dispatch: id, Words: f.Value("words"), DueAt: f.Moment("due")}
	var d cascade.Dispatch
	if f.OK() {
		d, err = p.Cascade.SendAgain(r.Context(), web.ActorOf(r.Context()), in)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		return p.showSendAgain(w, r, f)
	}
	return web.Done(w, r, dispatchURL(d.ID), "units.again.done")
}

func (p *pages) settlePage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.detail(r)
	if err != nil {
		return err
	}
	if err := mayOpen(ctx, d, person.ActionCascadeSend, true); err != nil {
		return err
	}
	if d.ObjectedAt.IsZero() {
		return p.told(w, r, d.ID, fault.Conflict.With("cascade.fault.state"))
	}
	title := ui.T(ctx, "units.settle.title")
	return p.showStep(w, r, d, form.New(nil), title, stepForm{
		Lead: ui.T(ctx, "units.settle.lead", "Unit", d.Receiver.Organ()), Button: ui.ButtonProps{Kind: ui.ButtonPrimary, Text: title, Icon: ui.IconCheck},
	})
}

func (p *pages) settle(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	if _, err := p.Cascade.Settle(r.Context(), web.ActorOf(r.Context()), id); err != nil {
		return p.told(w, r, id, err)
	}
	return web.Done(w, r, dispatchURL(id), "units.settle.done")
}
