package portal

import (
	"context"
	"net/http"
	"strconv"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/lang"
	"sachhon/internal/publicity"
	"sachhon/internal/scoring"
	"sachhon/internal/waste"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// challengeView is the page of a challenge: all that is fixed about it.
type challengeView struct {
	Over      string
	Summary   string
	Status    ui.BadgeProps
	Actions   []action
	Facts     []ui.Definition
	Timeline  []ui.Event
	Rules     string // safe HTML; empty when there are none
	Version   string // which rules, and since when
	Prizes    []prizeTable
	Documents []documentRow
	Letters   []letterRow
	Scheme    *schemeView
	APIURL    string
	Responses []responseCard // of the units that did something last
	AllUnits  ui.Link        // empty when they are all
}

type prizeTable struct {
	Division string
	Total    string
	Rows     [][]ui.Cell
}

type documentRow struct {
	Kind, Title string
	File        ui.StoredFile
}

// schemeView says how points are counted.
type schemeView struct {
	Title   string
	Basics  []ui.Definition
	Rows    [][]ui.Cell // per waste type
	JSONURL string
}

func (p *portal) challenge(w http.ResponseWriter, r *http.Request) error {
	ed, err := p.edition(r)
	if err != nil {
		return err
	}
	v, err := p.challengeView(r.Context(), ed)
	if err != nil {
		return err
	}
	page := p.page(r, ed, "challenge", ed.Title)
	page.Crumbs, page.Description = nil, ed.Summary
	return web.Render(w, r, http.StatusOK, challengePage(page, v))
}

func (p *portal) challengeView(ctx context.Context, ed *edition) (challengeView, error) {
	v := challengeView{
		Over: ed.tree.Name(ed.Organiser), Summary: ed.Summary, Status: ui.StatusOf(ctx, ui.FamilyChallenge, string(ed.state())),
		Actions: p.actions(ctx, ed)[:1], Facts: facts(ctx, ed), Timeline: timeline(ctx, ed), Prizes: prizes(ctx, ed.Divisions), APIURL: apiURL(ed.Slug, ""),
	}
	if v.Actions[0].URL == challengeURL(ed.Slug) {
		v.Actions = nil // it leads here
	}
	rules, err := p.Challenges.Rules(ctx, everybody, ed.ID)
	if err != nil {
		return v, err
	}
	if len(rules) > 0 {
		if v.Rules, err = renderMarkdown(rules[0].Text); err != nil {
			return v, err
		}
		v.Version = ui.T(ctx, "portal.rules.version", "Number", rules[0].Number, "Since", lang.From(ctx).Date(rules[0].Since))
	}
	documents, err := p.Challenges.Documents(ctx, everybody, ed.ID)
	if err != nil {
		return v, err
	}
	for _, d := range documents {
		v.Documents = append(v.Documents, newDocumentRow(ctx, d))
	}
	if v.Letters, err = p.letters(ctx, ed); err != nil {
		return v, err
	}
	responses, total, err := p.Publicity.Responses(ctx, ed.Challenge, publicity.ResponseQuery{Newest: true, Limit: responsesShown})
	if err != nil {
		return v, err
	}
	for _, r := range responses {
		u, _ := ed.tree.ByID(r.UnitID)
		v.Responses = append(v.Responses, viewResponse(ctx, ed, u, r))
	}
	if total > len(responses) {
		v.AllUnits = ui.Link{Text: ui.T(ctx, "publicity.responses.all", "Count", total), URL: responsesURL(ed.Slug)}
	}
	schemes, err := p.Challenges.Schemes(ctx, everybody, ed.ID)
	if err != nil {
		return v, err
	}
	if len(schemes) > 0 {
		v.Scheme, err = newSchemeView(ctx, ed.Slug, schemes[0])
	}
	return v, err
}

func facts(ctx context.Context, ed *edition) []ui.Definition {
	return []ui.Definition{
		{Term: ui.T(ctx, "portal.fact.organiser"), Text: ed.tree.Name(ed.Organiser)},
		{Term: ui.T(ctx, "portal.fact.area"), Text: ed.tree.Name(ed.Area)},
		{Term: ui.T(ctx, "portal.fact.period"), Text: days(ctx, ed.Period)},
		{Term: ui.T(ctx, "portal.fact.registration"), Text: days(ctx, ed.Registration)},
		{Term: ui.T(ctx, "portal.fact.report"), Text: ui.T(ctx, "portal.fact.reportText", "Count", ed.Parameters.ReportWithinHours)},
	}
}

// timeline marks the dates that are past; the next one is where the challenge stands.
func timeline(ctx context.Context, ed *edition) []ui.Event {
	var out []ui.Event
	for _, m := range ed.Timeline() {
		e := ui.Event{Title: ui.T(ctx, "challenge.milestone."+m.Kind), Icon: ui.IconDone, Tone: ui.BadgeGood}
		l := lang.From(ctx)
		if m.Last || m.At.Local().Hour() == 0 && m.At.Local().Minute() == 0 {
			e.Who = l.Date(m.At)
		} else {
			e.At = m.At
		}
		if ed.now.Before(m.At.Time) {
			e.Ahead, e.Icon, e.Tone = true, ui.IconCalendar, ui.BadgeNeutral
		}
		out = append(out, e)
	}
	return out
}

func prizes(ctx context.Context, divisions challenge.Divisions) []prizeTable {
	var out []prizeTable
	for _, d := range divisions {
		if len(d.Prizes) == 0 {
			continue
		}
		t := prizeTable{Division: divisionName(ctx, d.Code), Total: ui.T(ctx, "portal.prizes.total", "Amount", ui.Money(ctx, d.Total()))}
		for _, p := range d.Prizes {
			t.Rows = append(t.Rows, []ui.Cell{{Text: p.Title}, {Text: ui.Number(ctx, p.Count)}, {Text: ui.Money(ctx, p.Amount)}})
		}
		out = append(out, t)
	}
	return out
}

func newDocumentRow(ctx context.Context, d challenge.Document) documentRow {
	title := d.Title
	if d.Symbol != "" {
		title += " · " + d.Symbol
	}
	return documentRow{
		Kind: ui.T(ctx, "challenge.document."+string(d.Kind)), Title: title,
		File: ui.StoredFile{Name: d.FileName, URL: "/tai-lieu/" + string(d.ID), Size: fileSize(ctx, d.Size)},
	}
}

// fileSize writes bytes as people compare them.
func fileSize(ctx context.Context, n int64) string {
	if n >= 1_000_000 {
		return ui.Number(ctx, float64(n/100_000)/10) + " MB"
	}
	return ui.Number(ctx, max(1, n/1000)) + " KB"
}

func newSchemeView(ctx context.Context, slug string, stored challenge.Scheme) (*schemeView, error) {
	s, err := scoring.ParseScheme([]byte(stored.Document))
	if err != nil {
		return nil, err
	}
	v := &schemeView{
		Title:   ui.T(ctx, "portal.scheme.version", "Number", stored.Number, "Since", lang.From(ctx).Date(stored.Since)),
		JSONURL: apiURL(slug, ""),
		Basics: []ui.Definition{
			{Term: ui.T(ctx, "portal.scheme.event"), Text: ui.T(ctx, "portal.points", "Points", points(ctx, s.Event))},
			{Term: ui.T(ctx, "portal.scheme.participant"), Text: ui.T(ctx, "portal.scheme.participantText", "Points", points(ctx, s.Participant), "Count", s.Participants)},
			{Term: ui.T(ctx, "portal.scheme.weighed"), Text: ui.T(ctx, "portal.scheme.weighedText", "Percent", strconv.FormatInt(s.Weighed, 10))},
		},
	}
	for _, t := range waste.Types() {
		v.Rows = append(v.Rows, []ui.Cell{{Text: ui.T(ctx, "waste."+string(t))}, {Text: bands(ctx, s.Waste[t])}})
	}
	return v, nil
}

// bands says the rates of one waste type in a line.
func bands(ctx context.Context, list []scoring.Band) string {
	text := ""
	for i, b := range list {
		if i > 0 {
			text += "; "
		}
		rate := points(ctx, b.Rate)
		switch {
		case b.UpTo > 0:
			text += ui.T(ctx, "portal.scheme.upTo", "Points", rate, "Weight", ui.Weight(ctx, b.UpTo))
		case len(list) > 1:
			text += ui.T(ctx, "portal.scheme.beyond", "Points", rate)
		default:
			text += ui.T(ctx, "portal.scheme.rate", "Points", rate)
		}
	}
	return text
}

func points(ctx context.Context, p scoring.Points) string { return p.Text(lang.From(ctx)) }

// dayOf is an instant as a day, for people.
func dayOf(ctx context.Context, t clock.Time) string { return lang.From(ctx).Date(t) }
