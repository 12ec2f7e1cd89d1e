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

// act does one thing to the dispatch of the address and comes back to its page.
func (p *pages) act(w http.ResponseWriter, r *http.Request, done string,
	do func(context.Context, person.Actor, ident.ID) (cascade.Dispatch, error),
) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	if _, err := do(r.Context(), web.ActorOf(r.Context()), id); err != nil {
		return p.outrun(w, r, id, err)
	}
	return web.Done(w, r, dispatchURL(id), done)
}

// outrun tells kindly that somebody was faster: the dispatch's page shows how it stands now.
func (p *pages) outrun(w http.ResponseWriter, r *http.Request, id ident.ID, err error) error {
	if fault.KindOf(err) != fault.Conflict {
		return err
	}
	return p.told(w, r, id, err)
}

// told comes back to the dispatch's page with what was wrong: the small forms on it hold nothing that would be lost.
func (p *pages) told(w http.ResponseWriter, r *http.Request, id ident.ID, err error) error {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict:
	default:
		return err
	}
	f := form.New(nil)
	if err := f.Take(err); err != nil {
		return err
	}
	return p.showAgain(w, r, id, f)
}

// showAgain shows the dispatch's page with what was wrong with one of its small forms, which stays filled.
func (p *pages) showAgain(w http.ResponseWriter, r *http.Request, id ident.ID, f *form.Form) error {
	ctx := r.Context()
	d, err := p.Cascade.Get(ctx, web.ActorOf(ctx), id)
	if err != nil {
		return err
	}
	tree, err := p.Units.Today(ctx)
	if err != nil {
		return err
	}
	v, err := p.dispatchView(ctx, d, tree)
	if err != nil {
		return err
	}
	for i, duty := range d.Duties {
		if one := &v.Duties[i]; one.Attach != nil && f.Value("from") == one.Attach.From() {
			one.Attach, one.Note = attach(ctx, duty, one.Attach.From(), f), f.Value("note")
		}
	}
	page := p.page(r, symbolOf(ctx, d.Paper()), ui.Link{Text: d.Receiver.FullName, URL: inboxURL(d.ReceiverID)})
	page.Path = dispatchURL(id)
	for _, e := range f.Errors(ctx) {
		page.Flash = append(page.Flash, ui.Flash{Kind: ui.AlertWarning, Text: e.Text})
	}
	return web.Render(w, r, web.StatusOf(f.Err()), dispatchPage(page, v))
}

func (p *pages) receive(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	d, err := p.Cascade.Receive(r.Context(), web.ActorOf(r.Context()), id)
	if err != nil {
		return p.outrun(w, r, id, err)
	}
	return web.Done(w, r, dispatchURL(id), "units.receive.done", "Number", d.ArrivalNumber, "Year", strconv.Itoa(d.ArrivalYear))
}

func (p *pages) present(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "units.present.done", p.Cascade.Present)
}

func (p *pages) start(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "units.start.done", p.Cascade.Start)
}

func (p *pages) finishDuty(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(r.PathValue("number"))
	if err != nil {
		return fault.NotFound.With("cascade.fault.duty")
	}
	var s form.Spool
	defer s.Close()
	f, files, err := readProof(r, &s)
	if err != nil {
		return err
	}
	done := f.Value("done") == "1"
	_, err = p.Cascade.FinishDuty(r.Context(), web.ActorOf(r.Context()), id, number, done, f.Value("note"), files...)
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		return p.showAgain(w, r, id, f)
	}
	if done {
		return web.Done(w, r, dispatchURL(id)+"#duties", "units.duty.finished", "Number", number)
	}
	return web.Done(w, r, dispatchURL(id)+"#duties", "units.duty.reopened", "Number", number)
}

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
	Area   bool
	Moment bool
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
	}
}

func (p *pages) refusePage(w http.ResponseWriter, r *http.Request) error {
	return p.showReason(w, r, p.refuseStep(), form.New(nil))
}

func (p *pages) refuse(w http.ResponseWriter, r *http.Request) error {
	return p.takeReason(w, r, p.refuseStep())
}

func (p *pages) recallStep() reasonStep {
	return reasonStep{
		title: "units.recall.title", lead: "units.recall.lead", label: "units.field.reason",
		button: "units.recall.title", done: "units.recall.done", input: "reason", kind: ui.ButtonDanger, do: p.Cascade.Recall,
	}
}

func (p *pages) recallPage(w http.ResponseWriter, r *http.Request) error {
	return p.showReason(w, r, p.recallStep(), form.New(nil))
}

func (p *pages) recall(w http.ResponseWriter, r *http.Request) error {
	return p.takeReason(w, r, p.recallStep())
}

func (p *pages) completeStep() reasonStep {
	return reasonStep{
		title: "units.complete.title", lead: "units.complete.lead", label: "units.field.outcome", hint: "units.complete.hint",
		button: "units.complete.title", done: "units.complete.done", input: "outcome", kind: ui.ButtonPrimary, do: p.Cascade.Complete,
		optional: true,
	}
}

func (p *pages) completePage(w http.ResponseWriter, r *http.Request) error {
	return p.showReason(w, r, p.completeStep(), form.New(nil))
}

func (p *pages) complete(w http.ResponseWriter, r *http.Request) error {
	return p.takeReason(w, r, p.completeStep())
}

func (p *pages) assignPage(w http.ResponseWriter, r *http.Request) error {
	d, err := p.detail(r)
	if err != nil {
		return err
	}
	return p.showAssign(w, r, d, form.New(url.Values{
		"version": {strconv.FormatInt(d.Version, 10)}, "lead": {d.Lead}, "cooperators": {strings.Join(d.Cooperators, "\n")},
		"text": {d.Text}, "deadline": {form.MomentInput(d.FinishBy())},
	}))
}

func (p *pages) showAssign(w http.ResponseWriter, r *http.Request, d cascade.Detail, f *form.Form) error {
	ctx := r.Context()
	title := ui.T(ctx, "units.assign.title")
	return p.showStep(w, r, d, f, title, stepForm{
		Lead: ui.T(ctx, "units.assign.lead"), Button: ui.ButtonProps{Kind: ui.ButtonPrimary, Text: title},
		Hidden: [][2]string{{"version", f.Value("version")}},
		Text: []textField{
			{Field: f.Field(ctx, ui.Field{Name: "lead", Label: ui.T(ctx, "units.field.lead"), Hint: ui.T(ctx, "units.assign.leadHint"), Required: true, MaxLength: 200, Wide: true})},
			{Area: true, Field: f.Field(ctx, ui.Field{Name: "cooperators", Label: ui.T(ctx, "units.field.cooperators"), Hint: ui.T(ctx, "units.perLine"), Rows: 3, Wide: true})},
			{Moment: true, Field: f.Field(ctx, ui.Field{Name: "deadline", Label: ui.T(ctx, "units.field.deadline")})},
			{Area: true, Field: f.Field(ctx, ui.Field{Name: "text", Label: ui.T(ctx, "units.field.instruction"), Rows: 3, Wide: true})},
		},
	})
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
	in := cascade.Instruction{Lead: f.Value("lead"), Cooperators: rows(f, "cooperators"), Text: f.Value("text"), Deadline: f.Moment("deadline")}
	aliasRows(f, "cooperators", len(in.Cooperators))
	version, err := strconv.ParseInt(f.Value("version"), 10, 64)
	if err != nil {
		return fault.Malformed.With("")
	}
	if f.OK() {
		_, err = p.Cascade.Assign(r.Context(), web.ActorOf(r.Context()), d.ID, version, in)
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
