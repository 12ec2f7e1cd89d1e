package entrants

import (
	"errors"
	"net/http"

	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/entrant"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/reportview"
	"sachhon/internal/web/ui"
)

// Deps are the services behind the pages.
type Deps struct {
	Clock      clock.Clock
	IDs        *ident.Generator
	Units      *unit.Service
	People     *person.Service
	Challenges *challenge.Service
	Entrants   *entrant.Service
	Cleanups   *cleanup.Service
	Reports    *report.Service
}

// pages holds what all pages share.
type pages struct {
	Deps
	site *web.Site
}

// The sizes of uploads: one photo with script, and a whole form of them without.
const (
	photoLimit = 26 << 20
	formLimit  = 200 << 20
)

// photoBase is where the pages of teams find photos.
const photoBase = "/doi/anh/"

// Register adds the pages to the site.
func Register(site *web.Site, deps Deps) {
	p := &pages{Deps: deps, site: site}
	write, submit := web.Need(person.ActionReportWrite), web.Need(person.ActionReportSubmit)

	site.Handle("GET /doi", web.SignedIn, p.mine)
	site.Handle("GET /cuoc-thi/{slug}/dang-ky", web.Need(person.ActionEntrantRegister), p.enterForm)
	site.Handle("POST /cuoc-thi/{slug}/dang-ky", web.Need(person.ActionEntrantRegister), p.enter)
	site.Handle("GET /doi/{entrant}", web.Need(person.ActionEntrantRead), p.team)
	site.Handle("POST /doi/{entrant}/rut", web.Need(person.ActionEntrantWithdraw), p.withdraw)

	site.Handle("GET /doi/{entrant}/ra-quan/moi", web.Need(person.ActionCleanupCreate), p.planForm)
	site.Handle("POST /doi/{entrant}/ra-quan/moi", web.Need(person.ActionCleanupCreate), p.plan)
	site.Handle("GET /doi/ra-quan/{id}", web.Need(person.ActionCleanupAttend), p.cleanup)
	site.Handle("POST /doi/ra-quan/{id}/huy", web.Need(person.ActionCleanupEdit), p.cancel)
	site.Handle("POST /doi/ra-quan/{id}/diem-danh", web.Need(person.ActionCleanupAttend), p.attend)

	site.Handle("POST /doi/ra-quan/{id}/bao-cao/mo", write, p.openReport)
	site.Handle("GET /doi/ra-quan/{id}/bao-cao", web.Need(person.ActionReportRead), p.report)
	site.Handle("POST /doi/ra-quan/{id}/bao-cao", submit, p.saveReport, web.Upload(formLimit))
	site.Handle("PUT /doi/bao-cao/{report}/anh/{photo}", write, p.putPhoto, web.Upload(photoLimit))
	site.Handle("POST /doi/bao-cao/{report}/khieu-nai", web.Need(person.ActionReportAppeal), p.appeal)
	for _, size := range []report.Size{report.Thumb, report.Large, report.Original} {
		site.Handle("GET "+photoBase+"{photo}/"+string(size), web.Need(person.ActionReportRead), reportview.Serve(deps.Reports, size))
	}
}

// page returns the frame of a page of this audience.
func (p *pages) page(r *http.Request, title string, way ...ui.Link) ui.Page {
	page := p.site.Page(r, title)
	page.Section, page.NoIndex, page.Narrow = "teams", true, true
	page.Crumbs = append([]ui.Link{{Text: ui.T(r.Context(), "entrants.mine"), URL: "/doi"}}, way...)
	return page
}

// now is the challenge's time.
func (p *pages) now() clock.Time { return clock.At(p.Clock.Now()) }

// subject is a clean-up with all that its pages speak of.
type subject struct {
	Cleanup   cleanup.Cleanup
	Entrant   entrant.Entrant
	Challenge challenge.Challenge
}

// subject finds the clean-up of the path for somebody who may do the action for its entrant.
func (p *pages) subject(r *http.Request, action person.Action) (subject, error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return subject{}, err
	}
	s, err := p.subjectOf(r, id)
	if err != nil {
		return s, err
	}
	return s, web.ActorOf(r.Context()).Can(action, s.on())
}

// subjectOf reads what belongs to a clean-up. Its entrant is read with contacts, which only those may who have any
// business here.
func (p *pages) subjectOf(r *http.Request, id ident.ID) (s subject, err error) {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	if s.Cleanup, err = p.Cleanups.ByID(ctx, actor, id); err != nil {
		return s, err
	}
	details, err := p.Entrants.ByID(ctx, actor, s.Cleanup.Entrant)
	if err != nil {
		return s, err
	}
	s.Entrant = details.Entrant
	s.Challenge, err = p.Challenges.ByID(ctx, actor, s.Cleanup.Challenge)
	return s, err
}

func (s subject) on() person.On {
	return person.On{Unit: s.Entrant.Unit, Organiser: s.Challenge.Organiser, Entrant: s.Entrant.ID}
}

// way leads from the list to the clean-up's entrant.
func (s subject) way() ui.Link {
	return ui.Link{Text: s.Entrant.Name, URL: "/doi/" + string(s.Entrant.ID)}
}

func cleanupPath(id ident.ID) string { return "/doi/ra-quan/" + string(id) }

func reportPath(id ident.ID) string { return cleanupPath(id) + "/bao-cao" }

// refused renders a form again when a service refused what it said, with the status of the fault; any other error is
// returned.
func refused(w http.ResponseWriter, r *http.Request, f *form.Form, err error, show func(status int) error) error {
	if err := f.Take(err); err != nil {
		return err
	}
	return show(web.StatusOf(f.Err()))
}

// isNone tells whether something was not found.
func isNone(err error) bool { return errors.Is(err, fault.NotFound) }
