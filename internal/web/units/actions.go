package units

import (
	"context"
	"net/http"
	"strconv"

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
	page := p.page(r, symbolOf(ctx, d.Paper()), dispatchCrumb(ctx, d))
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
	before, err := p.Cascade.Find(r.Context(), p.DB, id)
	if err != nil {
		return err
	}
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
	now, err := p.Cascade.Find(r.Context(), p.DB, id)
	if err != nil {
		return err
	}
	if before.State == cascade.Completed && now.State != cascade.Completed {
		if _, outside, err := p.senderOutside(r.Context(), id); err != nil {
			return err
		} else if outside {
			return web.Done(w, r, dispatchURL(id)+"#duties", "units.reopen.byDutyOutside", "Number", number)
		}
		return web.Done(w, r, dispatchURL(id)+"#duties", "units.reopen.byDuty", "Number", number)
	}
	return web.Done(w, r, dispatchURL(id)+"#duties", "units.duty.reopened", "Number", number)
}
