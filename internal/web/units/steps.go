package units

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// stepForm is a page with one form about a dispatch.
type stepForm struct {
	Over   string
	Lead   string
	Action string
	Back   string
	Button ui.ButtonProps
	Errors []ui.FieldError
	Hidden [][2]string
	Text   []textField // in the order of the form
}

// textField is a control of a simple form.
type textField struct {
	ui.Field
	Area    bool
	Moment  bool
	Options []ui.Option // to choose one of
}

// showStep shows a form about the dispatch of the address.
func (p *pages) showStep(w http.ResponseWriter, r *http.Request, d cascade.Detail, f *form.Form, title string, v stepForm) error {
	ctx := r.Context()
	page := p.page(r, title, ui.Link{Text: symbolOf(ctx, d.Letter), URL: dispatchURL(d.ID)})
	page.Narrow = true
	v.Over, v.Back, v.Errors = symbolOf(ctx, d.Letter), dispatchURL(d.ID), f.Errors(ctx)
	v.Action = r.URL.Path
	return web.Render(w, r, web.StatusOf(f.Err()), stepPage(page, v))
}

// reasonStep is a form that asks for one text, and what is done with it.
type reasonStep struct {
	title, lead, label, hint, button, done string // message keys
	input                                  string
	kind                                   ui.ButtonKind
	do                                     func(ctx context.Context, actor person.Actor, id ident.ID, text string) (cascade.Dispatch, error)
	optional                               bool
	action                                 person.Action // who may send the form,
	sends                                  bool          // for the sender of the dispatch instead of its receiver
	ready                                  func(may) bool
	outside                                func(ctx context.Context, d cascade.Detail) (string, error) // a hint for letters of other systems
}

// mayOpen refuses a form about a dispatch to whoever may not send it, in words that say who may.
func mayOpen(ctx context.Context, d cascade.Detail, action person.Action, sends bool) error {
	actor := web.ActorOf(ctx)
	if sends {
		return web.WhoMay(ctx, actor.Can(action, person.On{Unit: d.SenderID}), action, d.Sender)
	}
	return web.WhoMay(ctx, d.MayHandle(actor, action), action, d.Receiver)
}

// askReason shows the form to whoever may send it now; at another step the dispatch's page tells how it stands.
func (p *pages) askReason(w http.ResponseWriter, r *http.Request, s reasonStep) error {
	ctx := r.Context()
	d, err := p.detail(r)
	if err != nil {
		return err
	}
	if err := mayOpen(ctx, d, s.action, s.sends); err != nil {
		return err
	}
	if !s.ready(may{web.ActorOf(ctx), d.Dispatch}) {
		return p.told(w, r, d.ID, fault.Conflict.With("cascade.fault.state"))
	}
	return p.showReason(w, r, s, form.New(nil))
}

func (p *pages) showReason(w http.ResponseWriter, r *http.Request, s reasonStep, f *form.Form) error {
	ctx := r.Context()
	d, err := p.detail(r)
	if err != nil {
		return err
	}
	hint := ""
	if s.hint != "" {
		hint = ui.T(ctx, s.hint)
	}
	if s.outside != nil {
		if hint, err = s.outside(ctx, d); err != nil {
			return err
		}
	}
	return p.showStep(w, r, d, f, ui.T(ctx, s.title), stepForm{
		Lead: ui.T(ctx, s.lead, "Unit", d.Receiver.Organ()), Button: ui.ButtonProps{Kind: s.kind, Text: ui.T(ctx, s.button)},
		Text: []textField{{Area: true, Field: f.Field(ctx, ui.Field{
			Name: s.input, Label: ui.T(ctx, s.label), Hint: hint, Required: !s.optional, Wide: true, Rows: 4,
		})}},
	})
}

func (p *pages) takeReason(w http.ResponseWriter, r *http.Request, s reasonStep) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	d, err := s.do(r.Context(), web.ActorOf(r.Context()), id, f.Value(s.input))
	if fault.KindOf(err) == fault.Conflict { // while the step can still be taken, what was typed stays
		now, gone := p.Cascade.Get(r.Context(), web.ActorOf(r.Context()), id)
		if gone != nil || !s.ready(may{web.ActorOf(r.Context()), now.Dispatch}) {
			return p.told(w, r, id, err)
		}
	}
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		return p.showReason(w, r, s, f)
	}
	if d.Frozen() { // a recall, and work has begun there
		return web.Done(w, r, dispatchURL(id), "units.recall.asked")
	}
	return web.Done(w, r, dispatchURL(id), s.done)
}

func (p *pages) refuseStep() reasonStep {
	return reasonStep{
		title: "units.refuse.title", lead: "units.refuse.lead", label: "units.field.reason", hint: "units.refuse.hint",
		button: "units.refuse.title", done: "units.refuse.done", input: "reason", kind: ui.ButtonDanger, do: p.Cascade.Refuse,
		action: person.ActionCascadeReceive, ready: may.refuse,
	}
}

func (p *pages) refusePage(w http.ResponseWriter, r *http.Request) error {
	return p.askReason(w, r, p.refuseStep())
}

func (p *pages) refuse(w http.ResponseWriter, r *http.Request) error {
	return p.takeReason(w, r, p.refuseStep())
}

func (p *pages) recallStep() reasonStep {
	return reasonStep{
		title: "units.recall.title", lead: "units.recall.lead", label: "units.field.reason",
		button: "units.recall.title", done: "units.recall.done", input: "reason", kind: ui.ButtonDanger, do: p.Cascade.Recall,
		action: person.ActionCascadeSend, sends: true, ready: may.recall,
	}
}

func (p *pages) recallPage(w http.ResponseWriter, r *http.Request) error {
	return p.askReason(w, r, p.recallStep())
}

func (p *pages) recall(w http.ResponseWriter, r *http.Request) error {
	return p.takeReason(w, r, p.recallStep())
}

func (p *pages) completeStep() reasonStep {
	return reasonStep{
		title: "units.complete.title", lead: "units.complete.lead", label: "units.field.outcome", hint: "units.complete.hint",
		button: "units.complete.title", done: "units.complete.done", input: "outcome", kind: ui.ButtonPrimary, do: p.Cascade.Complete,
		optional: true, action: person.ActionCascadeWork, ready: may.complete,
	}
}

func (p *pages) completePage(w http.ResponseWriter, r *http.Request) error {
	return p.askReason(w, r, p.completeStep())
}

func (p *pages) complete(w http.ResponseWriter, r *http.Request) error {
	return p.takeReason(w, r, p.completeStep())
}

// reopenPath takes back the word that a letter is done with.
const reopenPath = "/mo-lai"

func (p *pages) reopenStep() reasonStep {
	return reasonStep{
		title: "units.reopen.title", lead: "units.reopen.lead", label: "units.field.reason",
		button: "units.reopen.title", done: "units.reopen.done", input: "reason", kind: ui.ButtonPrimary, do: p.Cascade.Reopen,
		action: person.ActionCascadeWork, ready: may.reopen, outside: p.reopenOutside,
	}
}

func (p *pages) reopenPage(w http.ResponseWriter, r *http.Request) error {
	return p.askReason(w, r, p.reopenStep())
}

func (p *pages) reopen(w http.ResponseWriter, r *http.Request) error {
	return p.takeReason(w, r, p.reopenStep())
}

func (p *pages) assignPage(w http.ResponseWriter, r *http.Request) error {
	d, err := p.detail(r)
	if err != nil {
		return err
	}
	if err := mayOpen(r.Context(), d, person.ActionCascadeAssign, false); err != nil {
		return err
	}
	if !(may{web.ActorOf(r.Context()), d.Dispatch}).assign() {
		return p.told(w, r, d.ID, fault.Conflict.With("cascade.fault.state"))
	}
	return p.showAssign(w, r, d, form.New(url.Values{
		"version": {strconv.FormatInt(d.Version, 10)}, "lead": {d.Lead}, "leadId": {string(d.LeadID)}, "cooperators": {strings.Join(d.Cooperators, "\n")},
		"text": {d.Text}, "deadline": {form.MomentInput(d.FinishBy())},
	}))
}

func (p *pages) showAssign(w http.ResponseWriter, r *http.Request, d cascade.Detail, f *form.Form) error {
	ctx := r.Context()
	hands, err := p.Cascade.Colleagues(ctx, web.ActorOf(ctx), d.ID)
	if err != nil {
		return err
	}
	return p.showStep(w, r, d, f, ui.T(ctx, "units.assign.title"), viewAssign(ctx, hands, f))
}

// viewAssign asks who leads: one of the unit's people with an account, who is told of it, or a name.
func viewAssign(ctx context.Context, hands []person.Person, f *form.Form) stepForm {
	lead := ui.Field{Name: "lead", Label: ui.T(ctx, "units.field.lead"), Hint: ui.T(ctx, "units.assign.leadHint"), Required: len(hands) == 0, MaxLength: 200, Wide: true}
	var choice []textField
	if len(hands) > 0 {
		choice = []textField{{
			Field:   f.Field(ctx, ui.Field{Name: "leadId", Label: ui.T(ctx, "units.assign.person"), Hint: ui.T(ctx, "units.assign.personHint"), Wide: true}),
			Options: []ui.Option{{Label: ui.T(ctx, "units.assign.named")}},
		}}
		for _, h := range hands {
			choice[0].Options = append(choice[0].Options, ui.Option{Value: string(h.ID), Label: h.Name})
		}
	}
	return stepForm{
		Lead: ui.T(ctx, "units.assign.lead"), Button: ui.ButtonProps{Kind: ui.ButtonPrimary, Text: ui.T(ctx, "units.assign.title")},
		Hidden: [][2]string{{"version", f.Value("version")}},
		Text: append(choice, []textField{
			{Field: f.Field(ctx, lead)},
			{Area: true, Field: f.Field(ctx, ui.Field{Name: "cooperators", Label: ui.T(ctx, "units.field.cooperators"), Hint: ui.T(ctx, "units.perLine"), Rows: 3, Wide: true})},
			{Moment: true, Field: f.Field(ctx, ui.Field{Name: "deadline", Label: ui.T(ctx, "units.field.deadline")})},
			{Area: true, Field: f.Field(ctx, ui.Field{Name: "text", Label: ui.T(ctx, "units.field.instruction"), Rows: 3, Wide: true})},
		}...),
	}
}

func (p *pages) assign(w http.ResponseWriter, r *http.Request) error {
	d, err := p.detail(r)
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	in := cascade.Instruction{Lead: f.Value("lead"), LeadID: ident.ID(f.Value("leadId")), Cooperators: rows(f, "cooperators"), Text: f.Value("text"), Deadline: f.Moment("deadline")}
	aliasRows(f, "cooperators", len(in.Cooperators))
	version, err := strconv.ParseInt(f.Value("version"), 10, 64)
	if err != nil {
		return fault.Malformed.With("")
	}
	if f.OK() {
		done, err := p.Cascade.Assign(r.Context(), web.ActorOf(r.Context()), d.ID, version, in)
		in.Lead = done.Lead
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		f.Set("version", strconv.FormatInt(d.Version, 10)) // what somebody else did meanwhile was told; sending again replaces it
		return p.showAssign(w, r, d, f)
	}
	return web.Done(w, r, dispatchURL(d.ID), "units.assign.done", "Lead", in.Lead)
}
