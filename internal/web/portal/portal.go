package portal

import (
	"context"
	"errors"
	"net/http"

	"sachhon/internal/award"
	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/publicity"
	"sachhon/internal/report"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// Deps are the services that the public site reads from.
type Deps struct {
	Clock      clock.Clock
	Units      *unit.Service
	Challenges *challenge.Service
	Cleanups   *cleanup.Service
	Reports    *report.Service
	Awards     *award.Service
	Letters    *letter.Service
	Insight    *insight.Service
	Publicity  *publicity.Service
	// RegisterURL is where one registers for a challenge; without it no page offers that.
	RegisterURL func(slug string) string
}

type portal struct {
	Deps
	site *web.Site
}

// everybody is for whom the pages are read.
var everybody person.Actor

// Register adds the public pages to the site.
func Register(site *web.Site, deps Deps) {
	p := &portal{Deps: deps, site: site}
	for pattern, h := range map[string]web.Handler{
		"GET /{$}":                           p.home,
		"GET /gioi-thieu":                    p.about,
		"GET /cuoc-thi/{slug}":               p.challenge,
		"GET /cuoc-thi/{slug}/cong-van/{id}": p.letter,
		"GET /cuoc-thi/{slug}/ra-quan":       p.cleanups,
		"GET /cuoc-thi/{slug}/huong-ung":     p.responses,
		"GET /cuoc-thi/{slug}/bang-xep-hang": p.standings,
		"GET /cuoc-thi/{slug}/thong-ke":      p.statistics,
		"GET /cuoc-thi/{slug}/ket-qua":       p.results,
		"GET /ra-quan/{id}":                  p.cleanup,
		"GET /tai-lieu/{id}":                 p.document,
		"GET /anh/{id}/{size}":               p.photo,
	} {
		site.Handle(pattern, web.Public, h)
	}
}

// edition is a challenge with all that its pages show of it.
type edition struct {
	challenge.Challenge
	now      clock.Time
	tree     *unit.Tree // of the first day of the challenge: names stay as they were then
	snapshot *insight.Snapshot
}

func (p *portal) edition(r *http.Request) (*edition, error) {
	c, err := p.Challenges.BySlug(r.Context(), everybody, r.PathValue("slug"))
	if err != nil {
		return nil, err
	}
	return p.editionOf(r.Context(), c)
}

func (p *portal) editionOf(ctx context.Context, c challenge.Challenge) (*edition, error) {
	e := &edition{Challenge: c, now: clock.At(p.Clock.Now())}
	var err error
	if e.tree, err = p.Units.Tree(ctx, clock.DayOf(c.Period.From.Time)); err != nil {
		return nil, err
	}
	e.snapshot, err = p.Insight.Get(ctx, everybody, c.ID)
	return e, err
}

func (e *edition) state() challenge.State { return e.StateAt(e.now) }

// page is the frame of a page about the challenge.
func (p *portal) page(r *http.Request, e *edition, section, title string) ui.Page {
	page := p.site.Page(r, title)
	page.Section = section
	page.Crumbs = []ui.Link{{Text: e.Title, URL: challengeURL(e.Slug)}}
	return page
}

// The addresses of the pages about a challenge.
func challengeURL(slug string) string { return "/cuoc-thi/" + slug }
func cleanupsURL(slug string) string  { return challengeURL(slug) + "/ra-quan" }
func standingsURL(slug string) string { return challengeURL(slug) + "/bang-xep-hang" }
func resultsURL(slug string) string   { return challengeURL(slug) + "/ket-qua" }
func cleanupURL(id ident.ID) string   { return "/ra-quan/" + string(id) }
func apiURL(slug, part string) string { return "/api/v1/challenges/" + slug + part }

func photoURL(id ident.ID, size report.Size) string {
	return "/anh/" + string(id) + "/" + string(size)
}

// pathID reads an identifier from the address; one that is none names nothing.
func pathID(r *http.Request, missing string) (ident.ID, error) {
	id, err := ident.Parse(r.PathValue("id"))
	if err != nil {
		return "", fault.NotFound.With(missing)
	}
	return id, nil
}

// entrantName is what everybody calls an entrant.
func entrantName(ctx context.Context, e insight.Entrant) string {
	if e.Name == "" {
		return ui.T(ctx, "entrant.hidden", "Number", e.Number)
	}
	return e.Name
}

// tonnes writes a large weight in tonnes and a small one in kilograms.
func tonnes(ctx context.Context, grams int64) (value, unit string) {
	if grams >= 10_000_000 {
		return ui.Number(ctx, float64(grams/100_000)/10), ui.T(ctx, "portal.tonnes")
	}
	return ui.Number(ctx, float64(grams)/1000), "kg"
}

// days writes a span as its first and last day.
func days(ctx context.Context, s challenge.Span) string {
	l := lang.From(ctx)
	return l.Date(s.From) + " – " + l.Date(s.LastDay())
}

// keyOf is the message of a fault, empty for any other error.
func keyOf(err error) string {
	if e, ok := errors.AsType[*fault.Error](err); ok {
		return e.Key
	}
	return ""
}
