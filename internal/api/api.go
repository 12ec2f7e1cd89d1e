package api

import (
	"net/http"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"sachhon/internal/audit"
	"sachhon/internal/award"
	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/exchange"
	"sachhon/internal/insight"
	"sachhon/internal/report"
	"sachhon/internal/unit"
	"sachhon/internal/web"
)

// Deps are the services that the API reads from.
type Deps struct {
	Clock      clock.Clock
	Log        *audit.Log
	Units      *unit.Service
	Challenges *challenge.Service
	Cleanups   *cleanup.Service
	Reports    *report.Service
	Awards     *award.Service
	Insight    *insight.Service
	Exchange   *exchange.Service // nil takes no packages
}

// api is the deps with the site that answers its faults.
type api struct {
	Deps
	site *web.Site
	huma huma.API
}

// replaceErrors makes huma describe and write its errors as every other part of the server does.
var replaceErrors = sync.OnceFunc(func() {
	huma.NewError = func(status int, _ string, _ ...error) huma.StatusError {
		return &problem{ProblemBody: web.ProblemBody{Status: status}}
	}
	huma.NewErrorWithContext = newProblem
})

// Register adds the API, its document and the log to the site. It fails when the document cannot be written.
func Register(site *web.Site, deps Deps) error {
	replaceErrors()
	a := &api{Deps: deps, site: site, huma: humago.New(door{site}, config())}
	a.registerChallenges()
	a.registerCleanups()
	a.registerUnits()
	document, err := a.huma.OpenAPI().MarshalJSON()
	if err != nil {
		return err
	}
	openapi := plain(document, "application/vnd.oai.openapi+json;version=3.1")
	site.Handle("GET /api/openapi.json", web.Public, func(w http.ResponseWriter, r *http.Request) error {
		openapi.write(w, r)
		return nil
	})
	a.registerLog()
	a.registerExchange()
	return nil
}

func config() huma.Config {
	c := huma.DefaultConfig("Sạch Hơn", "1")
	c.Info.Description = "Public data of clean-up challenges. Weights are whole grams, points are thousandths of a point, money is whole " +
		"đồng, instants are RFC 3339 in UTC. Every answer has an ETag; errors are problem documents (RFC 9457) in the language of Accept-Language."
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", "" // the document is served whole, below
	c.CreateHooks = nil                                   // no $schema links in answers
	c.Tags = []*huma.Tag{
		{Name: "challenges", Description: "The editions, their rules, figures and results."},
		{Name: "cleanups", Description: "The clean-ups and what they achieved."},
		{Name: "units", Description: "The administrative tree."},
	}
	return c
}

// door lets huma add its routes to the site, with the site's limits.
type door struct{ site *web.Site }

func (d door) HandleFunc(pattern string, h func(http.ResponseWriter, *http.Request)) {
	d.site.Handle(pattern, web.Public, func(w http.ResponseWriter, r *http.Request) error {
		h(w, r)
		return nil
	})
}

func (d door) ServeHTTP(w http.ResponseWriter, r *http.Request) { d.site.ServeHTTP(w, r) }
