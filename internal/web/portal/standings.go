package portal

import (
	"context"
	"net/http"
	"strconv"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/insight"
	"sachhon/internal/scoring"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// standingsView is the ranking of one division.
type standingsView struct {
	Tabs       []ui.Tab
	Caption    string
	Final      bool
	AsOf       clock.Time
	Scheme     string
	SchemeURL  string
	Rows       []ui.StandingRow
	Ties       []string // why equals stand in this order
	Pager      ui.PagerProps
	ResultsURL string
	JSONURL    string
}

// rowsOnPage is how many ranks one page shows.
const rowsOnPage = 100

func (p *portal) standings(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	ed, err := p.edition(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	table, err := tableOf(ed, challenge.DivisionCode(q.Get("division")))
	if err != nil {
		return err
	}
	first := 0
	if from := q.Get("from"); from != "" {
		if first, err = strconv.Atoi(from); err != nil || first < 0 || first >= len(table.Rows) {
			return fault.Malformed.With("portal.fault.rank")
		}
	}
	page := p.page(r, ed, "standings", ui.T(ctx, "portal.standings"))
	return web.Render(w, r, http.StatusOK, standingsPage(page, newStandingsView(ctx, ed, table, first)))
}

// tableOf returns the standings of a division, of the first one when none is named.
func tableOf(ed *edition, division challenge.DivisionCode) (*insight.Standings, error) {
	if division == "" && len(ed.snapshot.Standings) > 0 {
		return &ed.snapshot.Standings[0], nil
	}
	table, ok := ed.snapshot.Table(division)
	if !ok {
		return nil, fault.NotFound.With("portal.fault.division")
	}
	return table, nil
}

func newStandingsView(ctx context.Context, ed *edition, table *insight.Standings, first int) standingsView {
	base := standingsURL(ed.Slug)
	address := func(d challenge.DivisionCode) string { return base + "?division=" + string(d) }
	v := standingsView{
		Caption: ui.T(ctx, "portal.standings") + " · " + divisionName(ctx, table.Division), Final: table.Final, AsOf: table.AsOf,
		Scheme: ui.T(ctx, "portal.standings.scheme", "Number", table.Scheme), SchemeURL: challengeURL(ed.Slug),
		JSONURL: apiURL(ed.Slug, "/standings?division="+string(table.Division)),
	}
	for _, t := range ed.snapshot.Standings {
		v.Tabs = append(v.Tabs, ui.Tab{
			Text: divisionName(ctx, t.Division), URL: address(t.Division), Count: ui.Number(ctx, len(t.Rows)), Current: t.Division == table.Division,
		})
	}
	if table.Final {
		v.ResultsURL = resultsURL(ed.Slug)
	}
	last := min(first+rowsOnPage, len(table.Rows))
	rows := table.Rows[first:last]
	v.Rows = standingRows(ctx, ed, rows)
	for _, row := range rows {
		if row.Decided != scoring.First && row.Decided != scoring.ByPoints {
			v.Ties = append(v.Ties, ui.T(ctx, "portal.standings.tie", "Rank", row.Rank, "Name", entrantName(ctx, row.Entrant), "Why", ui.T(ctx, "scoring.decided."+string(row.Decided))))
		}
	}
	if first > 0 {
		v.Pager.Previous = address(table.Division) + "&from=" + strconv.Itoa(max(0, first-rowsOnPage))
	}
	if last < len(table.Rows) {
		v.Pager.Next = address(table.Division) + "&from=" + strconv.Itoa(last)
	}
	if v.Pager != (ui.PagerProps{}) {
		v.Pager.Shown = ui.T(ctx, "portal.shown", "First", first+1, "Last", last, "All", ui.Number(ctx, len(table.Rows)))
	}
	return v
}
