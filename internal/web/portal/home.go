package portal

import (
	"context"
	"net/http"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/insight"
	"sachhon/internal/report"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// homeView is the home page.
type homeView struct {
	Hero      ui.HeroProps
	Status    ui.BadgeProps
	Actions   []action
	Figures   []ui.StatProps
	AsOf      clock.Time
	Latest    []ui.CleanupCardProps
	LatestURL string
	Upcoming  []ui.CleanupCardProps
	Division  string
	Top       []ui.StandingRow
	TopURL    string
	Final     bool
	Others    []ui.CardProps
}

// action is a button that leads somewhere.
type action struct {
	ui.ButtonProps
	URL string
}

// How much the home page shows of each.
const (
	homeLatest   = 6
	homeUpcoming = 3
	homeTop      = 5
)

func (p *portal) home(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	page := p.site.Page(r, "")
	page.Section = "home"
	current, ok, err := p.Challenges.Current(ctx)
	if err != nil {
		return err
	}
	if !ok {
		return web.Render(w, r, http.StatusOK, emptyHomePage(page))
	}
	ed, err := p.editionOf(ctx, current)
	if err != nil {
		return err
	}
	all, err := p.Challenges.List(ctx, everybody)
	if err != nil {
		return err
	}
	page.Bleed, page.Description = true, ed.Summary
	v := p.homeView(ctx, ed)
	for _, c := range all {
		if c.ID != ed.ID {
			v.Others = append(v.Others, ui.CardProps{
				Title: c.Title, URL: challengeURL(c.Slug), Over: days(ctx, c.Period), Text: c.Summary,
				Status: ui.StatusOf(ctx, ui.FamilyChallenge, string(c.StateAt(ed.now))),
			})
		}
	}
	return web.Render(w, r, http.StatusOK, homePage(page, v))
}

func (p *portal) homeView(ctx context.Context, ed *edition) homeView {
	v := homeView{
		Hero: ui.HeroProps{
			Over: ed.tree.Name(ed.Organiser) + " · " + days(ctx, ed.Period), Title: ed.Title, Lead: ed.Summary, Photo: heroPhoto(ctx, ed),
		},
		Status:    ui.StatusOf(ctx, ui.FamilyChallenge, string(ed.state())),
		Actions:   p.actions(ctx, ed),
		Figures:   keyFigures(ctx, ed.snapshot.Statistics),
		AsOf:      ed.snapshot.AsOf,
		LatestURL: cleanupsURL(ed.Slug) + "?state=valid",
	}
	v.Latest = cards(ctx, ed, insight.EventFilter{State: insight.PointValid, Limit: homeLatest})
	v.Upcoming = cards(ctx, ed, insight.EventFilter{State: insight.PointAnnounced, Limit: homeUpcoming})
	if len(ed.snapshot.Standings) > 0 {
		table := ed.snapshot.Standings[0]
		v.Division, v.Final = divisionName(ctx, table.Division), table.Final
		v.Top = standingRows(ctx, ed, table.Rows[:min(homeTop, len(table.Rows))])
		v.TopURL = standingsURL(ed.Slug) + "?division=" + string(table.Division)
	}
	return v
}

func cards(ctx context.Context, ed *edition, f insight.EventFilter) []ui.CleanupCardProps {
	events, _, err := ed.snapshot.Select(f, ed.now)
	if err != nil {
		return nil // only a cursor can be wrong, and there is none
	}
	out := make([]ui.CleanupCardProps, len(events))
	for i, e := range events {
		out[i] = card(ctx, ed, e)
	}
	return out
}

// heroPhoto is that of the valid clean-up with the most people, the latest among equals.
func heroPhoto(ctx context.Context, ed *edition) ui.Photo {
	var most *insight.Event
	for i := range ed.snapshot.Events {
		e := &ed.snapshot.Events[i]
		if e.Thumb != "" && (most == nil || e.Participants > most.Participants) {
			most = e
		}
	}
	if most == nil {
		return ui.Photo{}
	}
	thumb, large := photoURL(most.Thumb, report.Thumb), photoURL(most.Thumb, report.Large)
	return ui.Photo{
		URL: large, SrcSet: thumb + " 400w, " + large + " 1600w", Alt: ui.T(ctx, "portal.photoAfter", "Place", most.Place), Width: 1600, Height: 1200,
	}
}

// actions are what to do next, by how far the challenge has come.
func (p *portal) actions(ctx context.Context, ed *edition) []action {
	register := action{ui.ButtonProps{Kind: ui.ButtonPrimary, Text: ui.T(ctx, "portal.register"), Icon: ui.IconPlus}, ""}
	standings := action{ui.ButtonProps{Text: ui.T(ctx, "portal.standings"), Icon: ui.IconTrophy}, standingsURL(ed.Slug)}
	more := action{ui.ButtonProps{Text: ui.T(ctx, "portal.about"), Icon: ui.IconRight}, challengeURL(ed.Slug)}
	if p.RegisterURL != nil && ed.AcceptsRegistrations(ed.now) {
		register.URL = p.RegisterURL(ed.Slug)
		if ed.state() == challenge.Running {
			return []action{register, standings}
		}
		return []action{register, more}
	}
	switch ed.state() {
	case challenge.Announced, challenge.RegistrationOpen:
		more.Kind = ui.ButtonPrimary
		return []action{more}
	case challenge.Published, challenge.Archived:
		results := action{ui.ButtonProps{Kind: ui.ButtonPrimary, Text: ui.T(ctx, "portal.results"), Icon: ui.IconTrophy}, resultsURL(ed.Slug)}
		return []action{results, more}
	}
	standings.Kind = ui.ButtonPrimary
	return []action{standings, more}
}
