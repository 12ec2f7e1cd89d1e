package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/web/ui"
)

// Frame fills the parts of a page's frame that come from the domains: navigation, notice, demo bar.
type Frame interface {
	// Fill completes the page for the visitor; what it cannot find out it leaves empty.
	Fill(ctx context.Context, visitor Visitor, page *ui.Page)
}

// Site is one server: its configuration, what all routes share, and the routes.
type Site struct {
	*Router
	config   Config
	proxies  []netip.Prefix
	log      *slog.Logger
	sessions Sessions
	frame    Frame
	metrics  *metrics
	ids      *ident.Generator
}

// NewSite returns a server without pages.
func NewSite(config Config, log *slog.Logger, sessions Sessions, frame Frame) (*Site, error) {
	proxies, err := config.proxies()
	if err != nil {
		return nil, err
	}
	s := &Site{
		config: config, proxies: proxies, log: log, sessions: sessions, frame: frame,
		metrics: newMetrics(), ids: ident.NewGenerator(clock.System{}),
	}
	s.Router = NewRouter(config.Timeout, s.Problem)
	s.HandleRaw("GET /metrics", s.metrics.handler(config.Metrics))
	return s, nil
}

// Config returns how the server was configured.
func (s *Site) Config() Config { return s.config }

// Handler returns the routes inside the middleware.
func (s *Site) Handler() (http.Handler, error) { return s.wrap(s.Router) }

// Page returns the frame of a page for who asks.
func (s *Site) Page(r *http.Request, title string) ui.Page {
	ctx := r.Context()
	visitor := VisitorOf(ctx)
	page := ui.Page{
		Title: title, Path: r.URL.RequestURI(), Languages: languages(r), Flash: takeFlash(r),
		SignInURL: SignInPath + "?" + url.Values{"return": {r.URL.RequestURI()}}.Encode(),
	}
	if visitor.Actor.ID != "" {
		page.Person = &ui.Person{Name: visitor.Name, Role: visitor.Role, SignOut: "/dang-xuat"}
	}
	s.frame.Fill(ctx, visitor, &page)
	return page
}

func languages(r *http.Request) []ui.Language {
	names := map[string]string{"vi": "Tiếng Việt", "en": "English"}
	current := lang.From(r.Context()).Code()
	var out []ui.Language
	for _, tag := range lang.Languages {
		query := r.URL.Query()
		query.Set("lang", tag)
		target := url.URL{Path: r.URL.Path, RawQuery: query.Encode()}
		out = append(out, ui.Language{Tag: tag, Name: names[tag], URL: target.String(), Current: tag == current})
	}
	return out
}
