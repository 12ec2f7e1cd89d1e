package portal

import (
	"context"
	"net/http"
	"strconv"

	"sachhon/internal/award"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// resultsView is the published results with what is needed to compute them again.
type resultsView struct {
	Lead    string
	Tables  []winnerTable
	Proof   []ui.Definition
	History []ui.Event // the publications, the newest first
	JSONURL string
	AsOf    clock.Time
}

type winnerTable struct {
	Division string
	Rows     [][]ui.Cell
	URL      string // the whole table
}

func (p *portal) results(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	ed, err := p.edition(r)
	if err != nil {
		return err
	}
	latest, err := p.Awards.Latest(ctx, everybody, ed.ID)
	if err != nil {
		return err
	}
	document, err := award.Read(latest.Document)
	if err != nil {
		return err
	}
	all, err := p.Awards.List(ctx, everybody, ed.ID)
	if err != nil {
		return err
	}
	page := p.page(r, ed, "standings", ui.T(ctx, "portal.results"))
	return web.Render(w, r, http.StatusOK, resultsPage(page, newResultsView(ctx, ed, latest, document, all)))
}

func newResultsView(ctx context.Context, ed *edition, latest award.Publication, d award.Document, all []award.Publication) resultsView {
	number := strconv.Itoa(latest.Number)
	v := resultsView{
		Lead: ui.T(ctx, "portal.results.lead", "Number", number, "At", latest.PublishedAt), AsOf: latest.PublishedAt,
		JSONURL: apiURL(ed.Slug, "/results/"+number),
		Proof: []ui.Definition{
			{Term: ui.T(ctx, "portal.results.sha"), Text: latest.SHA256},
			{Term: ui.T(ctx, "portal.results.scheme"), Text: strconv.Itoa(d.Scheme.Number)},
			{Term: ui.T(ctx, "portal.results.seed"), Text: d.Seed},
			{Term: ui.T(ctx, "portal.results.commitment"), Text: d.Commitment},
			{Term: ui.T(ctx, "portal.results.log"), Text: ui.Number(ctx, d.Log.Sequence)},
		},
	}
	entrants := make(map[ident.ID]insight.Entrant, len(d.Entrants))
	for _, e := range d.Entrants {
		entrants[e.ID] = insight.Entrant{ID: e.ID, Number: e.Number, Name: e.Name, Unit: e.Unit}
	}
	for _, t := range d.Tables {
		table := winnerTable{Division: divisionName(ctx, t.Division), URL: standingsURL(ed.Slug) + "?division=" + string(t.Division)}
		for _, row := range t.Rows {
			if row.Prize == nil {
				continue
			}
			table.Rows = append(table.Rows, []ui.Cell{
				{Text: ui.Number(ctx, row.Rank)},
				{Text: entrantName(ctx, entrants[row.Entrant])},
				{Text: row.Prize.Title},
				{Text: ui.Money(ctx, row.Prize.Amount)},
				{Text: points(ctx, row.Points)},
			})
		}
		v.Tables = append(v.Tables, table)
	}
	for _, p := range all {
		e := ui.Event{
			Title: ui.T(ctx, "portal.results.first"), At: p.PublishedAt, Text: p.Reason, Icon: ui.IconTrophy, Tone: ui.BadgeOfficial,
		}
		if p.Correction() {
			e.Title, e.Icon = ui.T(ctx, "portal.results.correction", "Number", strconv.Itoa(p.Number)), ui.IconPen
		}
		v.History = append(v.History, e)
	}
	return v
}
