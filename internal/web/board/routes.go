package board

import (
	"net/http"

	"sachhon/internal/award"
	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/evidence"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/scoring"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/reportview"
	"sachhon/internal/web/ui"
)

// Deps are the services behind the pages.
type Deps struct {
	DB         *database.DB
	Clock      clock.Clock
	IDs        *ident.Generator
	Units      *unit.Service
	People     *person.Service
	Challenges *challenge.Service
	Entrants   *entrant.Service
	Cleanups   *cleanup.Service
	Reports    *report.Service
	Evidence   *evidence.Service
	Scores     *scoring.Service
	Awards     *award.Service
}

// pages holds what all pages share.
type pages struct {
	Deps
	site *web.Site
}

// photoBase is where the board's pages find photos.
const photoBase = "/ban-to-chuc/anh/"

// Register adds the pages to the site.
func Register(site *web.Site, deps Deps) {
	p := &pages{Deps: deps, site: site}
	read, decide := web.Need(person.ActionReviewRead), web.Need(person.ActionReviewDecide)

	site.Handle("GET /ban-to-chuc", read, p.desk)
	site.Handle("GET /ban-to-chuc/cuoc-thi/{slug}/dang-ky", web.Need(person.ActionEntrantDecide), p.entrants)
	site.Handle("GET /ban-to-chuc/cuoc-thi/{slug}/dang-ky/{id}", web.Need(person.ActionEntrantDecide), p.entrant)
	site.Handle("POST /ban-to-chuc/cuoc-thi/{slug}/dang-ky/{id}", web.Need(person.ActionEntrantDecide), p.decideEntrant)

	site.Handle("GET /ban-to-chuc/cuoc-thi/{slug}/tham-dinh", read, p.queue)
	site.Handle("GET /ban-to-chuc/bao-cao/{id}", read, p.review)
	site.Handle("POST /ban-to-chuc/bao-cao/{id}/nhan", decide, p.claim)
	site.Handle("POST /ban-to-chuc/bao-cao/{id}/tra", decide, p.release)
	site.Handle("POST /ban-to-chuc/bao-cao/{id}/ket-luan", decide, p.decide)
	site.Handle("POST /ban-to-chuc/bao-cao/{id}/dieu-chinh", decide, p.adjust)
	for _, size := range []report.Size{report.Thumb, report.Large, report.Original} {
		site.Handle("GET "+photoBase+"{photo}/"+string(size), read, reportview.Serve(deps.Reports, size))
	}

	site.Handle("GET /ban-to-chuc/cuoc-thi/{slug}/ket-qua", web.Need(person.ActionAwardPublish), p.results)
	site.Handle("POST /ban-to-chuc/cuoc-thi/{slug}/ket-qua", web.Need(person.ActionAwardPublish), p.publish)
	site.Handle("POST /ban-to-chuc/cuoc-thi/{slug}/cham", web.Need(person.ActionChallengeAdvance), p.judge)
}

// page returns the frame of a page of this audience.
func (p *pages) page(r *http.Request, title string, way ...ui.Link) ui.Page {
	page := p.site.Page(r, title)
	page.Section, page.NoIndex, page.Tone = "board", true, ui.ToneOfficial
	page.Crumbs = append([]ui.Link{{Text: ui.T(r.Context(), "board.desk"), URL: "/ban-to-chuc"}}, way...)
	return page
}

func (p *pages) now() clock.Time { return clock.At(p.Clock.Now()) }

// challenge finds the challenge of the path for somebody who may do the action for it.
func (p *pages) challenge(r *http.Request, action person.Action) (challenge.Challenge, error) {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	c, err := p.Challenges.BySlug(ctx, actor, r.PathValue("slug"))
	if err != nil {
		return c, err
	}
	return c, actor.Can(action, person.On{Unit: c.Organiser})
}

func challengePath(slug, page string) string { return "/ban-to-chuc/cuoc-thi/" + slug + "/" + page }

func reportPath(id ident.ID) string { return "/ban-to-chuc/bao-cao/" + string(id) }

// refused renders a form again when a service refused what it said, with the status of the fault; any other error is
// returned.
func refused(f *form.Form, err error, show func(status int) error) error {
	if err := f.Take(err); err != nil {
		return err
	}
	return show(web.StatusOf(f.Err()))
}
