package portal

import (
	"context"
	"net/http"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/lang"
	"sachhon/internal/unit"
	"sachhon/internal/waste"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// statisticsView is the page of figures.
type statisticsView struct {
	Figures []ui.StatProps
	AsOf    clock.Time
	Valid   int64
	Created int64
	Shares  chartView
	Types   chartView
	Days    dayChart
	Units   chartView
	JSONURL string
}

// chartView is a chart with its data.
type chartView struct {
	ui.ChartProps
	Data []ui.Datum
}

type dayChart struct {
	ui.ChartProps
	Points []ui.Point
}

func (p *portal) statistics(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	ed, err := p.edition(r)
	if err != nil {
		return err
	}
	page := p.page(r, ed, "statistics", ui.T(ctx, "portal.statistics"))
	return web.Render(w, r, http.StatusOK, statisticsPage(page, newStatisticsView(ctx, ed)))
}

func newStatisticsView(ctx context.Context, ed *edition) statisticsView {
	s := ed.snapshot.Statistics
	return statisticsView{
		Figures: keyFigures(ctx, s), AsOf: ed.snapshot.AsOf, Valid: s.Cleanups.Valid, Created: s.Cleanups.Created,
		Shares: shareChart(ctx, s), Types: typeChart(ctx, s), Days: newDayChart(ctx, ed), Units: unitChart(ctx, ed),
		JSONURL: apiURL(ed.Slug, "/statistics"),
	}
}

// byWeight are the types as data, the heaviest first; a type keeps its colour everywhere.
func byWeight(ctx context.Context, w waste.Weights) []ui.Datum {
	var data []ui.Datum
	for i, t := range waste.Types() {
		data = append(data, ui.Datum{Label: ui.T(ctx, "waste."+string(t)), Value: w.Of(t), Text: ui.Weight(ctx, w.Of(t)), Color: i + 1})
	}
	slices.SortStableFunc(data, func(a, b ui.Datum) int { return int(min(1, max(-1, b.Value-a.Value))) })
	return data
}

func shareChart(ctx context.Context, s insight.Statistics) chartView {
	v := chartView{Data: byWeight(ctx, s.Waste), ChartProps: ui.ChartProps{
		ID: "shares", Title: ui.T(ctx, "portal.chart.shares"), Label: ui.T(ctx, "portal.waste"), Unit: ui.T(ctx, "portal.weight"),
	}}
	total := s.Waste.Total()
	if total == 0 {
		return v
	}
	first, second := v.Data[0], v.Data[1]
	v.Summary = ui.T(ctx, "portal.chart.sharesText", "First", first.Label, "Second", second.Label,
		"Percent", lang.From(ctx).Percent(float64(first.Value+second.Value)/float64(total)))
	return v
}

// typeChart compares the types. Beside tonnes of rubble a sack of plastic would not be seen: when the three heaviest
// weigh many times more than the others, it shows the others.
func typeChart(ctx context.Context, s insight.Statistics) chartView {
	data := byWeight(ctx, s.Waste)
	plastic := ui.Weight(ctx, s.Waste.Of(waste.Plastic))
	v := chartView{Data: data, ChartProps: ui.ChartProps{
		ID: "types", Title: ui.T(ctx, "portal.chart.types"), Label: ui.T(ctx, "portal.waste"), Unit: ui.T(ctx, "portal.weight"),
		Summary: ui.T(ctx, "portal.chart.typesText", "Plastic", plastic),
	}}
	const heavy, times = 3, 20
	if rest := data[heavy].Value; rest > 0 && data[heavy-1].Value > times*rest {
		v.Data, v.Title = data[heavy:], ui.T(ctx, "portal.chart.light")
		v.Summary = ui.T(ctx, "portal.chart.lightText", "First", data[0].Label, "Second", data[1].Label, "Third", data[2].Label, "Plastic", plastic)
	}
	return v
}

// newDayChart shows every day of the challenge up to now, also those on which nothing happened.
func newDayChart(ctx context.Context, ed *edition) dayChart {
	v := dayChart{ChartProps: ui.ChartProps{
		ID: "days", Title: ui.T(ctx, "portal.chart.days"), Label: ui.T(ctx, "portal.day"), Unit: ui.T(ctx, "portal.people"),
	}}
	byDay := map[string]int64{}
	for _, d := range ed.snapshot.Days.Days {
		byDay[d.Date] = d.Participants
	}
	last := clock.DayOf(ed.Period.LastDay().Time)
	if today := clock.DayOf(ed.now.Time); today < last {
		last = today
	}
	var most ui.Point
	for day := clock.DayOf(ed.Period.From.Time); day <= last && len(v.Points) < 400; day = day.Next() {
		n := byDay[string(day)]
		pt := ui.Point{Label: dayOf(ctx, day.Start()), Value: n, Text: ui.T(ctx, "portal.peopleCount", "Count", n)}
		if n > most.Value {
			most = pt
		}
		v.Points = append(v.Points, pt)
	}
	if most.Value > 0 {
		v.Summary = ui.T(ctx, "portal.chart.daysText", "Day", most.Label, "People", most.Text)
	}
	return v
}

// unitChart compares the parts of the challenge's area, in the order of their codes: it ranks nobody.
func unitChart(ctx context.Context, ed *edition) chartView {
	v := chartView{ChartProps: ui.ChartProps{
		ID: "units", Title: ui.T(ctx, "portal.chart.units"), Label: ui.T(ctx, "portal.filter.unit"), Unit: ui.T(ctx, "portal.people"),
		Summary: ui.T(ctx, "portal.chart.unitsText"),
	}}
	people := map[ident.ID]int64{}
	var parts []unit.Unit
	for _, u := range ed.snapshot.Units.Units {
		part, ok := partOf(ed, u.Unit)
		if !ok || u.Cleanups.Created == 0 {
			continue
		}
		if _, seen := people[part.ID]; !seen {
			parts = append(parts, part)
		}
		people[part.ID] += u.Participants
	}
	slices.SortFunc(parts, func(a, b unit.Unit) int { return lang.Compare(a.Code, b.Code) })
	for _, u := range parts {
		n := people[u.ID]
		v.Data = append(v.Data, ui.Datum{Label: u.FullName, Value: n, Text: ui.T(ctx, "portal.peopleCount", "Count", n), Color: 1})
	}
	return v
}

// partOf is the part of the challenge's area in which a unit lies: the first step below it.
func partOf(ed *edition, id ident.ID) (unit.Unit, bool) {
	path := ed.tree.AreaPath(id)
	for i, u := range path {
		if u.ID == ed.Area {
			return path[min(i+1, len(path)-1)], true
		}
	}
	return unit.Unit{}, false
}
