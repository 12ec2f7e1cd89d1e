package units

import (
	"context"
	"net/http"
	"net/url"

	"sachhon/internal/cascade"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// changeListed is how many letters of the issuer are offered.
const changeListed = 100

// changeView is the form that takes a letter back, mends or replaces it.
type changeView struct {
	Over, Action, Back string
	Errors             []ui.FieldError
	ID                 string
	Kind               ui.Field
	Kinds              []ui.Option
	By                 ui.Field
	Letters            []ui.Option
	Reason             ui.Field
	Button             ui.ButtonProps
	Past               []changedView
}

// changedView is a change that was made, with how many answered how.
type changedView struct {
	Title  string
	Text   string
	Event  ui.Event
	Counts string
}

func (p *pages) changePage(w http.ResponseWriter, r *http.Request) error {
	values := url.Values{"id": {string(p.IDs.New())}, "kind": {string(cascade.ChangeUpdate)}}
	if by, err := ident.Parse(r.URL.Query().Get("bang")); err == nil { // from the page on which that letter is to be sent
		values.Set("kind", string(cascade.ChangeFollow))
		values.Set("by", string(by))
	}
	return p.showChange(w, r, form.New(values))
}

func (p *pages) showChange(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	ctx := r.Context()
	l, err := p.letterOf(r)
	if err != nil {
		return err
	}
	if err := web.ActorOf(ctx).Can(person.ActionCascadeSend, person.On{Unit: l.IssuerID}); err != nil {
		return err
	}
	if l.State != letter.Registered {
		return fault.Conflict.With("cascade.fault.notRegistered")
	}
	letters, err := p.Letters.List(ctx, web.ActorOf(ctx), l.IssuerID, changeListed)
	if err != nil {
		return err
	}
	changes, err := p.Cascade.Changes(ctx, web.ActorOf(ctx), l.ID)
	if err != nil {
		return err
	}
	v := viewChange(ctx, l, letters, changes, f)
	page := p.page(r, ui.T(ctx, "units.change.title"), ui.Link{Text: symbolOf(ctx, l), URL: letterURL(l.ID)})
	page.Narrow = true
	return web.Render(w, r, web.StatusOf(f.Err()), changePage(page, v))
}

func viewChange(ctx context.Context, l letter.Letter, letters []letter.Letter, changes []cascade.ChangeView, f *form.Form) changeView {
	v := changeView{
		Over: symbolOf(ctx, l), Action: letterURL(l.ID) + "/thay-doi", Back: letterURL(l.ID), Errors: f.Errors(ctx), ID: f.Value("id"),
		Kind: f.Field(ctx, ui.Field{Name: "kind", Label: ui.T(ctx, "units.change.kind"), Required: true}),
		Kinds: []ui.Option{
			{Value: string(cascade.ChangeUpdate), Label: ui.T(ctx, "units.change.update"), Hint: ui.T(ctx, "units.change.updateHint")},
			{Value: string(cascade.ChangeReplace), Label: ui.T(ctx, "units.change.replace"), Hint: ui.T(ctx, "units.change.replaceHint")},
			{Value: string(cascade.ChangeFollow), Label: ui.T(ctx, "units.change.after"), Hint: ui.T(ctx, "units.change.afterHint")},
			{Value: string(cascade.ChangeRecall), Label: ui.T(ctx, "units.change.recall"), Hint: ui.T(ctx, "units.change.recallHint")},
		},
		By:      f.Field(ctx, ui.Field{Name: "by", Label: ui.T(ctx, "units.change.by"), Hint: ui.T(ctx, "units.change.byHint")}),
		Letters: []ui.Option{{Label: ui.T(ctx, "units.change.noLetter")}},
		Reason:  f.Field(ctx, ui.Field{Name: "reason", Label: ui.T(ctx, "units.change.reason"), Required: true, Rows: 4, Wide: true}),
		Button:  ui.ButtonProps{Kind: ui.ButtonPrimary, Text: ui.T(ctx, "units.change.now"), Icon: ui.IconSend},
	}
	for _, o := range letters {
		if o.ID != l.ID && o.State == letter.Registered {
			v.Letters = append(v.Letters, ui.Option{Value: string(o.ID), Label: symbolOf(ctx, o) + " · " + o.Fields.Subject})
		}
	}
	for _, c := range changes {
		one := changedView{Title: changeTitle(ctx, c.Kind), Text: c.Reason}
		if c.ByID != "" {
			one.Title += ": " + symbolOf(ctx, c.By)
		}
		one.Counts = ui.T(ctx, "units.change.counts", "Agreed", c.Answers[cascade.ChangeAgreed]+c.Answers[cascade.ChangeDone],
			"Refused", c.Answers[cascade.ChangeRefused], "Asked", c.Answers[cascade.ChangeAsked])
		one.Event = ui.Event{At: c.MadeAt}
		v.Past = append(v.Past, one)
	}
	return v
}

func changeTitle(ctx context.Context, kind cascade.ChangeKind) string {
	switch kind {
	case cascade.ChangeRecall:
		return ui.T(ctx, "units.change.recall")
	case cascade.ChangeReplace:
		return ui.T(ctx, "units.change.replace")
	case cascade.ChangeFollow:
		return ui.T(ctx, "units.change.after")
	case cascade.ChangeUpdate:
	}
	return ui.T(ctx, "units.change.update")
}

func (p *pages) change(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	change, err := f.ID("id")
	if err != nil {
		return err
	}
	actor := web.ActorOf(ctx)
	in := cascade.ChangeInput{ID: change, Letter: id, By: ident.ID(f.Value("by")), Reason: f.Value("reason")}
	board, reached := id, 0
	switch kind := f.Value("kind"); kind {
	case string(cascade.ChangeRecall), string(cascade.ChangeUpdate):
		do := p.Cascade.UpdateLetter
		if kind == string(cascade.ChangeRecall) {
			do, in.By = p.Cascade.RecallLetter, ""
		}
		var result cascade.ChangeResult
		result, err = do(ctx, actor, in)
		reached = result.Reached
	case string(cascade.ChangeReplace), string(cascade.ChangeFollow):
		var result cascade.SendResult
		board = in.By
		if kind == string(cascade.ChangeFollow) {
			result, err = p.Cascade.SendAfter(ctx, actor, in)
		} else {
			result, err = p.Cascade.ReplaceLetter(ctx, actor, in)
		}
		reached = len(result.Dispatches) + len(result.Already)
	default:
		f.Add("kind", "cascade.fault.changeKind")
	}
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		return p.showChange(w, r, f)
	}
	l, err := p.Letters.Get(ctx, actor, id)
	if err != nil {
		return err
	}
	return web.Done(w, r, boardURL(board, l.IssuerID), "units.change.done", "Count", reached)
}
