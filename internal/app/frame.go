package app

import (
	"context"
	"log/slog"
	"strings"

	"sachhon/internal/challenge"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// frame fills the navigation: the desks that the visitor might sit at, and the current challenge for everybody.
type frame struct {
	*Services
	extra web.Frame // of the demo; nil otherwise
}

// Fill implements web.Frame.
func (f *frame) Fill(ctx context.Context, visitor web.Visitor, page *ui.Page) {
	l := lang.From(ctx)
	for _, desk := range desks { // first, so that a phone shows them without pushing the row sideways
		if visitor.Actor.ID == "" || visitor.Actor.Might(desk.action) != nil {
			continue
		}
		page.Nav = append(page.Nav, ui.NavItem{Section: desk.section, Text: l.T(desk.key), URL: desk.url})
	}
	page.Nav = append(page.Nav, ui.NavItem{Section: "home", Text: l.T("app.nav.home"), URL: "/"})
	c, ok := f.challenge(ctx, visitor.Actor, page.Path)
	if ok {
		at := "/cuoc-thi/" + c.Slug
		page.Nav = append(page.Nav,
			ui.NavItem{Section: "challenge", Text: l.T("app.nav.challenge"), URL: at},
			ui.NavItem{Section: "cleanups", Text: l.T("app.nav.cleanups"), URL: at + "/ra-quan"},
			ui.NavItem{Section: "standings", Text: l.T("app.nav.standings"), URL: at + "/bang-xep-hang"},
			ui.NavItem{Section: "statistics", Text: l.T("app.nav.statistics"), URL: at + "/thong-ke"})
	}
	if page.Person != nil {
		page.Person.Links = append(page.Person.Links, ui.Link{Text: l.T("app.nav.sessions"), URL: "/tai-khoan"})
		if f.readableMails() != nil { // mails are not really sent: people can read them here
			page.Person.Links = append(page.Person.Links, ui.Link{Text: l.T("app.nav.mails"), URL: "/dev/mail"})
		}
	}
	if f.extra != nil {
		f.extra.Fill(ctx, visitor, page)
	}
}

// challenge is the one that the navigation leads to: that of the page, else the current one.
func (f *frame) challenge(ctx context.Context, actor person.Actor, path string) (challenge.Challenge, bool) {
	if rest, ok := strings.CutPrefix(path, "/cuoc-thi/"); ok {
		slug := rest
		if i := strings.IndexAny(rest, "/?"); i >= 0 {
			slug = rest[:i]
		}
		if c, err := f.Challenges.BySlug(ctx, actor, slug); err == nil {
			return c, true
		}
	}
	c, ok, err := f.Challenges.Current(ctx)
	if err != nil {
		f.Logger.ErrorContext(ctx, "navigation without challenge", slog.Any("error", err))
	}
	return c, ok
}

// desks are the places of those who work here, each for whoever might do what is done there.
var desks = []struct {
	section string
	action  person.Action
	key     string
	url     string
}{
	{"units", person.ActionCascadeRead, "app.nav.units", "/don-vi"},
	{"board", person.ActionReviewRead, "app.nav.board", "/ban-to-chuc"},
	{"teams", person.ActionReportSubmit, "app.nav.teams", "/doi"},
	{"calendar", person.ActionCalendarEdit, "app.nav.calendar", "/don-vi/lich-lam-viec"},
}
