package portal

import (
	"context"
	"errors"
	"net/http"

	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/insight"
	"sachhon/internal/lang"
	"sachhon/internal/report"
	"sachhon/internal/scoring"
	"sachhon/internal/waste"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// cleanupView is the page of one clean-up.
type cleanupView struct {
	Entrant     string
	Lead        string
	Status      ui.BadgeProps
	Before      ui.Photo // the first of each; without a URL there is none
	After       ui.Photo
	More        []ui.Photo
	Figures     []ui.StatProps
	AsOf        clock.Time
	Waste       [][]ui.Cell
	Adjusted    bool
	Lines       []string
	Points      string
	PointsNote  string
	Facts       []ui.Definition
	Description string
	Map         ui.MapProps
	History     []ui.Event
	Waiting     string // what is awaited while there is no result
}

func (p *portal) cleanup(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := pathID(r, "cleanup.fault.none")
	if err != nil {
		return err
	}
	c, err := p.Cleanups.ByID(ctx, everybody, id)
	if err != nil {
		return err
	}
	of, err := p.Challenges.ByID(ctx, everybody, c.Challenge)
	if err != nil {
		return err
	}
	ed, err := p.editionOf(ctx, of)
	if err != nil {
		return err
	}
	event, ok := ed.snapshot.Event(id)
	if !ok { // announced a moment ago, on another node
		return fault.NotFound.With("cleanup.fault.none")
	}
	v := p.cleanupView(ctx, ed, c, event)
	if event.State == insight.PointValid {
		result, err := p.Reports.Public(ctx, id)
		if err != nil && !errors.Is(err, fault.NotFound) { // found invalid a moment ago
			return err
		}
		if err == nil {
			if err := p.fillResult(ctx, ed, &v, event, result); err != nil {
				return err
			}
		}
	}
	page := p.page(r, ed, "cleanups", c.Place)
	page.Crumbs = append(page.Crumbs, ui.Link{Text: ui.T(ctx, "portal.cleanups"), URL: cleanupsURL(ed.Slug)})
	if c.Point != nil {
		page.Scripts = []ui.Script{ui.ScriptMap}
	}
	return web.Render(w, r, http.StatusOK, cleanupPage(page, v))
}

func (p *portal) cleanupView(ctx context.Context, ed *edition, c cleanup.Cleanup, e *insight.Event) cleanupView {
	l := lang.From(ctx)
	state := e.StateAt(ed.now)
	v := cleanupView{
		Entrant: entrantName(ctx, e.Entrant), Lead: placeName(ed.tree, e) + " · " + l.DateTime(c.StartsAt), Status: eventStatus(ctx, ed, e),
		AsOf: ed.snapshot.AsOf, Description: c.Description, History: history(ctx, c, ed.now),
		Facts: []ui.Definition{
			{Term: ui.T(ctx, "ui.standings.entrant"), Value: link(entrantName(ctx, e.Entrant), cleanupsURL(ed.Slug)+"?entrant="+string(e.Entrant.ID))},
			{Term: ui.T(ctx, "portal.fact.homeUnit"), Text: ed.tree.Name(e.Entrant.Unit)},
			{Term: ui.T(ctx, "portal.fact.place"), Text: c.Place},
			{Term: ui.T(ctx, "portal.fact.unit"), Text: placeName(ed.tree, e)},
			{Term: ui.T(ctx, "portal.fact.time"), Text: hours(l, c.StartsAt, c.EndsAt)},
			{Term: ui.T(ctx, "portal.fact.expected"), Text: ui.T(ctx, "portal.peopleCount", "Count", c.Expected)},
		},
	}
	switch state {
	case insight.PointValid:
	case insight.PointCancelled:
		v.Waiting = ui.T(ctx, "portal.waiting.cancelled")
	case insight.PointInvalid:
		v.Waiting = ui.T(ctx, "portal.waiting.invalid")
	case insight.PointReported:
		v.Waiting = ui.T(ctx, "portal.waiting.reported")
	case insight.PointEnded:
		v.Waiting = ui.T(ctx, "portal.waiting.ended", "Until", ed.ReportDue(c.EndsAt))
		if ed.unreported(e) {
			v.Waiting = ui.T(ctx, "portal.waiting.unreported")
		}
	default:
		v.Waiting = ui.T(ctx, "portal.waiting.announced")
	}
	if e.Point != nil {
		v.Map = ui.MapProps{Label: ui.T(ctx, "portal.map.one"), Points: []ui.MapPoint{mapPoint(ctx, ed, e)}}
		const room = 0.02 // degrees, some 2 km
		v.Map.Bounds = [4]float64{e.Point.Lon - room, e.Point.Lat - room, e.Point.Lon + room, e.Point.Lat + room}
		config := p.site.Config()
		v.Map.Tiles, v.Map.Credit = config.Tiles, config.TileNote
		v.Map.Points[0].URL = ""
	}
	return v
}

// history is the course of a clean-up as far as everybody may know it.
func history(ctx context.Context, c cleanup.Cleanup, now clock.Time) []ui.Event {
	out := []ui.Event{{Title: ui.T(ctx, "portal.history.announced"), At: c.AnnouncedAt, Icon: ui.IconHorn, Tone: ui.BadgeOpen}}
	if c.State == cleanup.Cancelled {
		return append(out, ui.Event{Title: ui.T(ctx, "portal.history.cancelled"), At: c.CancelledAt, Text: c.Reason, Icon: ui.IconRefuse})
	}
	out = append(out,
		ui.Event{Title: ui.T(ctx, "portal.history.began"), At: c.StartsAt, Icon: ui.IconBroom, Tone: ui.BadgeGood, Ahead: now.Before(c.StartsAt.Time)},
		ui.Event{Title: ui.T(ctx, "portal.history.ended"), At: c.EndsAt, Icon: ui.IconClock, Ahead: now.Before(c.EndsAt.Time)},
	)
	if !c.ReportedAt.IsZero() {
		out = append(out, ui.Event{Title: ui.T(ctx, "portal.history.reported"), At: c.ReportedAt, Icon: ui.IconSend, Tone: ui.BadgeOpen})
	}
	return out
}

func (p *portal) fillResult(ctx context.Context, ed *edition, v *cleanupView, e *insight.Event, result report.Public) error {
	f := result.Figures
	v.History = append(v.History, ui.Event{Title: ui.T(ctx, "portal.history.valid"), At: result.ValidAt, Icon: ui.IconDone, Tone: ui.BadgeGood})
	v.Adjusted = result.Adjusted
	v.Figures = []ui.StatProps{
		{Value: ui.Number(ctx, float64(f.Weights.Total())/1000), Unit: "kg", Label: ui.T(ctx, "portal.figure.waste")},
		{Value: ui.Number(ctx, f.Participants), Unit: ui.T(ctx, "portal.people"), Label: ui.T(ctx, "portal.figure.participants")},
		{Value: ui.Number(ctx, f.Minutes), Unit: ui.T(ctx, "portal.minutes"), Label: ui.T(ctx, "portal.figure.duration")},
	}
	for _, t := range waste.Types() {
		grams := f.Weights.Of(t)
		if grams == 0 {
			continue
		}
		cells := []ui.Cell{{Text: ui.T(ctx, "waste."+string(t))}, {Text: ui.Weight(ctx, grams)}, {}}
		if m := f.Methods.Of(t); m != "" {
			cells[2].Text = ui.T(ctx, "waste.method."+string(m))
		}
		v.Waste = append(v.Waste, cells)
	}
	v.photos(ctx, e.Place, result.Photos)
	return p.explain(ctx, ed, v, result)
}

// photos shows the first before beside the first after, and the others below.
func (v *cleanupView) photos(ctx context.Context, place string, photos []report.PublicPhoto) {
	for _, p := range photos {
		word := ui.T(ctx, "report.role."+string(p.Role))
		large := photoURL(p.ID, report.Large)
		shown := ui.Photo{
			URL: large, SrcSet: photoURL(p.ID, report.Thumb) + " 400w, " + large + " 1600w", Alt: word + ": " + place, Width: p.Width, Height: p.Height, Link: large,
		}
		switch {
		case p.Role == report.Before && v.Before.URL == "":
			v.Before = shown
		case p.Role == report.After && v.After.URL == "":
			v.After = shown
		default:
			shown.URL, shown.SrcSet, shown.Note = photoURL(p.ID, report.Thumb), "", word
			v.More = append(v.More, shown)
		}
	}
}

// explain tells where the points come from: as published, or by the scheme that the standings now follow.
func (p *portal) explain(ctx context.Context, ed *edition, v *cleanupView, result report.Public) error {
	lines, ok := ed.snapshot.PublishedLines(result.Report)
	if !ok {
		if len(ed.snapshot.Standings) == 0 || ed.snapshot.Standings[0].Final {
			return nil // it became valid after the results were published
		}
		schemes, err := p.Challenges.Schemes(ctx, everybody, ed.ID)
		if err != nil {
			return err
		}
		for _, stored := range schemes {
			if stored.Number != ed.snapshot.Standings[0].Scheme {
				continue
			}
			scheme, err := scoring.ParseScheme([]byte(stored.Document))
			if err != nil {
				return err
			}
			lines = scoring.Score(scheme, scoring.NewFacts(report.Report{ID: result.Report, Figures: result.Figures}))
		}
	}
	l := lang.From(ctx)
	for _, line := range lines {
		v.Lines = append(v.Lines, line.Text(l))
	}
	v.Points = lines.Total().Text(l)
	v.PointsNote = ui.T(ctx, "portal.points.provisional")
	if ok {
		v.PointsNote = ui.T(ctx, "portal.points.published")
	}
	return nil
}

// hours writes when a clean-up takes place, its day once.
func hours(l *lang.Localizer, from, until clock.Time) string {
	if clock.DayOf(from.Time) == clock.DayOf(until.Time) {
		return l.Time(from) + " – " + l.DateTime(until)
	}
	return l.DateTime(from) + " – " + l.DateTime(until)
}
