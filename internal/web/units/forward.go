package units

import (
	"context"
	"net/http"
	"net/url"

	"sachhon/internal/cascade"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// forwardPage passes a letter on: with the unit's own letter that the address names, or that carries it out.
func (p *pages) forwardPage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.detail(r)
	if err != nil {
		return err
	}
	if err := web.WhoMay(ctx, web.ActorOf(ctx).Can(person.ActionCascadeSend, person.On{Unit: d.ReceiverID}), person.ActionCascadeSend, d.Receiver); err != nil {
		return err
	}
	if !(may{web.ActorOf(ctx), d.Dispatch}).forward() {
		return p.told(w, r, d.ID, fault.Conflict.With("cascade.fault.notReceived"))
	}
	due, err := p.Cascade.DueBelow(ctx, d.Dispatch)
	if err != nil {
		return err
	}
	own, err := p.ownLetters(ctx, d.Dispatch)
	if err != nil {
		return err
	}
	under := r.URL.Query().Get("kem")
	if !r.URL.Query().Has("kem") && len(own) > 0 && carriesOut(own[0], d.Dispatch) && !d.Entered() {
		under = string(own[0].ID)
	}
	values, err := p.passing(ctx, d, under)
	if err != nil {
		return err
	}
	values.Set("due", form.MomentInput(due))
	return p.showForward(w, r, d, form.New(values))
}

// passing is the form that passes a letter on with another one, to those whom this one means.
func (p *pages) passing(ctx context.Context, d cascade.Detail, under string) (url.Values, error) {
	values := url.Values{}
	own, ok, err := p.under(ctx, d, under)
	if err != nil || !ok {
		return values, err
	}
	values.Set("under", under)
	a, err := p.addressed(ctx, own)
	a.tick(values)
	return values, err
}

// under loads the unit's own letter with which it passes another one on; ok is false where there is none that may go along.
func (p *pages) under(ctx context.Context, d cascade.Detail, text string) (l letter.Letter, ok bool, err error) {
	actor := web.ActorOf(ctx)
	if !(may{actor, d.Dispatch}).on(person.ActionLetterRead, d.ReceiverID) {
		return l, false, nil
	}
	if id, none := ident.Parse(text); none == nil {
		l, err = p.Letters.Get(ctx, actor, id)
	}
	switch fault.KindOf(err) {
	case "":
		return l, err == nil && l.IssuerID == d.ReceiverID && l.State == letter.Registered, err
	case fault.NotFound, fault.Forbidden: // choosing it is refused
		return l, false, nil
	}
	return l, false, err
}

func (p *pages) showForward(w http.ResponseWriter, r *http.Request, d cascade.Detail, f *form.Form) error {
	ctx := r.Context()
	if err := web.ActorOf(ctx).Can(person.ActionCascadeSend, person.On{Unit: d.ReceiverID}); err != nil {
		return err
	}
	own, err := p.ownLetters(ctx, d.Dispatch)
	if err != nil {
		return err
	}
	v, err := p.viewForward(ctx, d, f)
	if err != nil {
		return err
	}
	v.Over, v.Action, v.Back = symbolOf(ctx, d.Letter), dispatchURL(d.ID)+"/chuyen-tiep", dispatchURL(d.ID)
	if own := d.FinishBy(); !own.IsZero() {
		v.Due.Hint = ui.T(ctx, "units.forward.dueHint", "Time", lang.From(ctx).DateTime(own))
	}
	v.Under, v.Letters = underField(ctx, f), underOptions(ctx, own)
	shown := f.Value("under")
	v.Shown = &shown
	if web.ActorOf(ctx).Can(person.ActionLetterRegister, person.On{Unit: d.ReceiverID}) == nil && shown == "" {
		v.Draft = &draftView{Action: draftPath, ID: string(p.IDs.New()), Unit: string(d.ReceiverID), Dispatch: string(d.ID)}
	}
	v.SendButton = ui.ButtonProps{Kind: ui.ButtonPrimary, Text: ui.T(ctx, "units.forward.now"), Icon: ui.IconSend}
	page := p.page(r, ui.T(ctx, "units.forward.title"), ui.Link{Text: symbolOf(ctx, d.Letter), URL: dispatchURL(d.ID)})
	page.Narrow = true
	return web.Render(w, r, web.StatusOf(f.Err()), sendPage(page, v))
}

// viewForward offers whom the letter can be passed on to: as it is only to those below, with the unit's own letter as if this
// one were sent.
func (p *pages) viewForward(ctx context.Context, d cascade.Detail, f *form.Form) (sendView, error) {
	own, ok, err := p.under(ctx, d, f.Value("under"))
	if err != nil {
		return sendView{}, err
	}
	if !ok {
		tree, err := p.Units.Tree(ctx, treeDay(d.Letter, p.now()))
		v := viewSend(ctx, tree, tree.GroupsOf(d.ReceiverID), tree.Subordinates(d.ReceiverID), f)
		v.Lead = ui.T(ctx, "units.forward.lead", "Unit", d.Receiver.Organ())
		return v, err
	}
	a, err := p.addressed(ctx, own)
	if err != nil {
		return sendView{}, err
	}
	groups, units := a.offer(d.Receiver)
	v := viewSend(ctx, a.tree, groups, units, f)
	v.Asked, v.Tasked, v.Otherwise, v.Kept = viewAsked(ctx, f, a, groups, units)
	v.Lead = ui.T(ctx, "units.forward.ownLead", "Unit", d.Receiver.Organ(), "Symbol", symbolOf(ctx, own))
	return v, nil
}

func (p *pages) forward(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.detail(r)
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	under := f.Value("under")
	if shown := f.Values("shown"); len(shown) > 0 && shown[0] != under { // recipients were chosen by another letter
		return p.chooseAgain(w, r, d, f)
	}
	own, ok, err := p.under(ctx, d, under)
	if err != nil {
		return err
	}
	var a addressed
	if ok {
		if a, err = p.addressed(ctx, own); err != nil {
			return err
		}
	}
	in := cascade.ForwardInput{Dispatch: d.ID, Words: f.Value("words"), DueAt: f.Moment("due"), Under: ident.ID(under)}
	in.To, in.Said = chosen(f, own, a)
	if f.OK() {
		result, err := p.Cascade.Forward(ctx, web.ActorOf(ctx), in)
		if err := f.Take(err); err != nil {
			return err
		}
		if f.OK() {
			return sentTo(w, r, dispatchURL(d.ID), result)
		}
	}
	return p.showForward(w, r, d, f)
}

// chooseAgain shows the form with those whom the letter means that is to go along now; the rest stays as it was typed.
func (p *pages) chooseAgain(w http.ResponseWriter, r *http.Request, d cascade.Detail, f *form.Form) error {
	values, err := p.passing(r.Context(), d, f.Value("under"))
	if err != nil {
		return err
	}
	values["words"], values["due"] = f.Values("words"), f.Values("due")
	again := form.New(values)
	again.Add("under", "units.forward.chosenAgain")
	return p.showForward(w, r, d, again)
}
