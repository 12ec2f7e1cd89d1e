package app

import (
	"context"
	"errors"
	"strings"

	"sachhon/internal/api"
	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/notify"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/account"
	"sachhon/internal/web/asset"
	"sachhon/internal/web/board"
	"sachhon/internal/web/entrants"
	"sachhon/internal/web/office"
	"sachhon/internal/web/portal"
	"sachhon/internal/web/publicity"
	"sachhon/internal/web/reporting"
	"sachhon/internal/web/units"
)

// pages builds the site: what all pages share, then each audience's own.
func (a *App) pages(extra web.Frame) error {
	site, err := web.NewSite(a.Config.Web, a.Logger, visitors{a.Services}, &frame{a.Services, extra})
	if err != nil {
		return err
	}
	a.Site = site
	assets, err := asset.Handler()
	if err != nil {
		return err
	}
	site.HandleRaw("GET "+asset.Prefix, assets)
	site.Health(map[string]func(context.Context) error{
		"database": a.DB.Ping,
	})
	account.Register(site, account.Deps{
		IDs: a.IDs, Units: a.Units, People: a.People, Sessions: a.Sessions, Mails: a.readableMails(),
	})
	portal.Register(site, portal.Deps{
		Clock: a.Clock, Units: a.Units, Challenges: a.Challenges, Cleanups: a.Cleanups, Reports: a.Reports, Awards: a.Awards,
		Letters: a.Letters, Insight: a.Insight, Publicity: a.Publicity, RegisterURL: func(slug string) string { return "/cuoc-thi/" + slug + "/dang-ky" },
	})
	entrants.Register(site, entrants.Deps{
		Clock: a.Clock, IDs: a.IDs, Units: a.Units, People: a.People, Challenges: a.Challenges, Entrants: a.Entrants,
		Cleanups: a.Cleanups, Reports: a.Reports,
	})
	units.Register(site, units.Deps{
		DB: a.DB, Clock: a.Clock, IDs: a.IDs, Units: a.Units, Letters: a.Letters, Cascade: a.Cascade, Urging: a.Urging, Challenges: a.Challenges,
		Insight: a.Insight, Exchange: a.Exchange, Calendar: a.Calendar, Progress: a.Progress,
	})
	reporting.Register(site, reporting.Deps{
		DB: a.DB, Clock: a.Clock, IDs: a.IDs, Units: a.Units, Letters: a.Letters, Cascade: a.Cascade, Progress: a.Progress, Challenges: a.Challenges,
		Exchange: a.Exchange,
	})
	publicity.Register(site, publicity.Deps{
		Clock: a.Clock, IDs: a.IDs, Units: a.Units, People: a.People, Challenges: a.Challenges, Letters: a.Letters, Cascade: a.Cascade,
		Publicity: a.Publicity, Speech: a.Speech,
	})
	office.Register(site, office.Deps{
		DB: a.DB, Clock: a.Clock, IDs: a.IDs, Units: a.Units, People: a.People, Letters: a.Letters, Cascade: a.Cascade,
		Challenges: a.Challenges, Drafting: a.Drafting, Progress: a.Progress, Urging: a.Urging, Pictures: a.Pictures,
	})
	board.Register(site, board.Deps{
		DB: a.DB, Clock: a.Clock, IDs: a.IDs, Units: a.Units, People: a.People, Challenges: a.Challenges, Entrants: a.Entrants,
		Cleanups: a.Cleanups, Reports: a.Reports, Evidence: a.Evidence, Scores: a.Scoring, Awards: a.Awards,
	})
	return api.Register(site, api.Deps{
		Clock: a.Clock, Log: a.Log, Units: a.Units, Challenges: a.Challenges, Cleanups: a.Cleanups, Reports: a.Reports,
		Awards: a.Awards, Insight: a.Insight, Exchange: a.Exchange,
	})
}

// readableMails is the folder of mails that pages may show: only where people come without https, which is a machine
// for trying things out. Whoever reads it can sign in as anybody.
func (s *Services) readableMails() *notify.Folder {
	if s.Config.Web.Secure() {
		return nil
	}
	return s.Mails
}

// visitors tells the site who sends a request.
type visitors struct{ *Services }

// Visitor implements web.Sessions.
func (v visitors) Visitor(ctx context.Context, token string) (web.Visitor, error) {
	id, session, err := v.Sessions.Resolve(ctx, token)
	if errors.Is(err, fault.Unauthenticated) {
		return web.Visitor{}, nil
	}
	if err != nil {
		return web.Visitor{}, err
	}
	actor, err := v.People.Actor(ctx, id)
	if errors.Is(err, fault.NotFound) {
		return web.Visitor{}, nil
	}
	if err != nil {
		return web.Visitor{}, err
	}
	return web.Visitor{Actor: actor, Name: actor.Name, Role: v.role(ctx, actor), Session: session}, nil
}

// role says in words what somebody does here: the first role with its unit.
func (v visitors) role(ctx context.Context, actor person.Actor) string {
	l := lang.From(ctx)
	if len(actor.Grants) == 0 {
		if len(actor.Represents) > 0 {
			return l.T("person.role.representative")
		}
		return ""
	}
	g := actor.Grants[0]
	parts := []string{l.T("person.role." + string(g.Role))}
	if u, err := v.Units.Unit(ctx, g.UnitID); err == nil {
		parts = append(parts, u.FullName)
	}
	return strings.Join(parts, ", ")
}
