package entrants

import (
	"io"
	"net/http"
	"slices"

	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/reportview"
	"sachhon/internal/web/ui"
)

// reportPage is the report of a clean-up: a form while it may be changed, otherwise what was sent and decided.
type reportPage struct {
	Page ui.Page
	subject
	View     report.View
	Started  bool // somebody has begun it
	Editable bool // by the reader
	Appeals  bool // the reader may appeal
	Form     *form.Form
	Object   ident.ID // of the act that the form asks for
	Events   []ui.Event
	PhotoAt  reportview.Addresses
}

// report shows the report of a clean-up.
func (p *pages) report(w http.ResponseWriter, r *http.Request) error {
	s, err := p.subject(r, person.ActionReportRead)
	if err != nil {
		return err
	}
	view, err := p.Reports.ByCleanup(r.Context(), web.ActorOf(r.Context()), s.Cleanup.ID)
	if isNone(err) {
		return p.showReport(w, r, http.StatusOK, reportPage{subject: s, Form: form.New(nil)})
	}
	if err != nil {
		return err
	}
	f, err := p.storedForm(r, s, view)
	if err != nil {
		return err
	}
	return p.showReport(w, r, http.StatusOK, reportPage{subject: s, View: view, Started: true, Form: f})
}

func (p *pages) showReport(w http.ResponseWriter, r *http.Request, status int, page reportPage) error {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	page.Page = p.page(r, ui.T(ctx, "entrants.report.title"), page.way(), ui.Link{Text: page.Cleanup.Place, URL: cleanupPath(page.Cleanup.ID)})
	page.Page.Scripts = []ui.Script{ui.ScriptPhotos}
	page.Editable = actor.Can(person.ActionReportWrite, page.on()) == nil && (!page.Started || page.View.State.Editable())
	page.Appeals = page.View.State == report.Invalid && page.Challenge.PublishedAt.IsZero() &&
		actor.Can(person.ActionReportAppeal, page.on()) == nil
	if page.Object == "" {
		page.Object = p.IDs.New()
	}
	page.Events, page.PhotoAt = p.events(r, page), reportview.Under(photoBase)
	return web.Render(w, r, status, reportView(page))
}

// openReport begins the report of a clean-up, or leads to the one that there is.
func (p *pages) openReport(w http.ResponseWriter, r *http.Request) error {
	s, err := p.subject(r, person.ActionReportWrite)
	if err != nil {
		return err
	}
	if _, err := p.Reports.Open(r.Context(), web.ActorOf(r.Context()), report.OpenInput{Cleanup: s.Cleanup.ID}); err != nil {
		return err
	}
	return web.SeeOther(w, r, reportPath(s.Cleanup.ID))
}

// saveReport keeps what was filled in, takes photos that travelled with the form, gives up a photo, and sends the
// report in when asked to.
func (p *pages) saveReport(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	s, err := p.subject(r, person.ActionReportWrite) // before anything of a large body is read
	if err != nil {
		return err
	}
	view, err := p.Reports.Open(ctx, actor, report.OpenInput{Cleanup: s.Cleanup.ID})
	if err != nil {
		return err
	}
	arrived := form.New(nil)
	f, err := form.ReadFiles(r, func(input, name string, body io.Reader) error {
		return p.takePhoto(r, arrived, view.ID, input, name, body)
	})
	if err != nil {
		return err
	}
	step, err := f.ID("id")
	if err != nil {
		return err
	}
	aliases(f)
	err = p.keepReport(r, view.ID, f, arrived, step)
	view, viewErr := p.Reports.Get(ctx, actor, view.ID)
	switch {
	case viewErr != nil:
		return viewErr
	case sent(view, step): // now, or when the same form came before
		return web.Done(w, r, reportPath(s.Cleanup.ID), "entrants.report.sent")
	case err != nil || !f.OK():
		return refused(w, r, f, err, func(status int) error {
			f.Set("version", form.CountInput(view.Version))
			return p.showReport(w, r, status, reportPage{subject: s, View: view, Started: true, Form: f, Object: step})
		})
	}
	return web.Done(w, r, reportPath(s.Cleanup.ID), "entrants.report.saved")
}

func sent(view report.View, step ident.ID) bool {
	return slices.ContainsFunc(view.History, func(s report.Step) bool { return s.ID == step })
}

// removing tells whether the button of a photo was pressed.
func removing(r *http.Request) bool { return r.URL.Query().Get("remove") != "" }

// keepReport does what the form asks for, as far as nothing is wrong with it: figures that can be read are kept, and
// a report without faults is sent in when that is asked. Faults are noted in the form, those of photos and dates
// beside those of figures, so that all is seen at once.
func (p *pages) keepReport(r *http.Request, reportID ident.ID, f, arrived *form.Form, step ident.ID) error {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	changes := changes(f)
	if removing(r) {
		if err := p.removePhoto(r, reportID); err != nil {
			return err
		}
	}
	kept := f.OK()
	if kept {
		_, err := p.Reports.Save(ctx, actor, reportID, changes)
		if err != nil && fault.KindOf(err) != fault.Invalid {
			return err
		}
		kept = err == nil
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if err := f.Take(arrived.Err()); err != nil {
		return err
	}
	if f.Value("do") != "submit" || removing(r) {
		return nil
	}
	if f.OK() {
		_, err := p.Reports.Submit(ctx, actor, report.SubmitInput{ID: step, Report: reportID})
		return err
	}
	missing, err := p.Reports.Check(ctx, actor, reportID)
	if err != nil {
		return err
	}
	if !kept {
		missing = onlyUnread(missing)
	}
	return f.Take(missing.Err())
}

// onlyUnread keeps the faults that do not come from figures, since the stored figures are older than the form's.
func onlyUnread(missing fault.Fields) (kept fault.Fields) {
	for _, field := range missing {
		if field.Name == "due" || field.Name == "photos" || isPhotoInput(field.Name) {
			kept = append(kept, field)
		}
	}
	return kept
}
