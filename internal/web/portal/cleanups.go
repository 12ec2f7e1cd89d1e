package portal

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/lang"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// cleanupsView is the list of a challenge's clean-ups, or their map.
type cleanupsView struct {
	Action   string
	Clear    string // drops all filters; empty when there are none
	Filter   cleanupFilter
	Faults   map[string]string // by field
	Units    []ui.Option
	States   []ui.Option
	Tabs     []ui.Tab
	OnMap    bool
	Map      ui.MapProps
	Note     string // what the map leaves out
	Cards    []ui.CleanupCardProps
	Pager    ui.PagerProps
	Entrant  string // of whom alone these are
	Figures  string // how many and up to when
	AsOf     clock.Time
	Filtered bool
}

// cleanupFilter is what the address asks for, as it was written.
type cleanupFilter struct {
	Unit, State, From, To, Entrant, View, Cursor string
}

const (
	cardsOnPage = 24
	pointsOnMap = insight.MaxLimit
	viewMap     = "map"
)

func readFilter(q url.Values) cleanupFilter {
	return cleanupFilter{
		Unit: q.Get("unit"), State: q.Get("state"), From: q.Get("from"), To: q.Get("to"), Entrant: q.Get("entrant"), View: q.Get("view"),
		Cursor: q.Get("cursor"),
	}
}

// query writes the filter back, without what is empty.
func (f cleanupFilter) query(change func(*cleanupFilter)) string {
	change(&f)
	q := url.Values{}
	for name, value := range map[string]string{
		"unit": f.Unit, "state": f.State, "from": f.From, "to": f.To, "entrant": f.Entrant, "view": f.View, "cursor": f.Cursor,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// events is the filter as insight understands it, with everything that is wrong with it.
func (f cleanupFilter) events(tree *unit.Tree) (insight.EventFilter, fault.Fields) {
	out := insight.EventFilter{State: insight.PointState(f.State), Cursor: f.Cursor, Limit: cardsOnPage}
	var faults fault.Fields
	if f.View == viewMap {
		out.Limit = pointsOnMap
	}
	if f.State != "" && !slices.Contains(insight.PointStates, out.State) {
		faults.Add("state", "portal.fault.state")
	}
	if f.Unit != "" {
		area, ok := tree.ByID(ident.ID(f.Unit))
		if !ok {
			faults.Add("unit", "portal.fault.unit")
		}
		out.Inside = func(id ident.ID) bool { return tree.Inside(id, area.ID) }
	}
	if f.Entrant != "" {
		out.Entrant = ident.ID(f.Entrant)
	}
	day := func(name, text string) (day clock.Day) {
		if text == "" {
			return ""
		}
		t, err := lang.ParseDate(text)
		if err != nil {
			faults.Add(name, cmp.Or(keyOf(err), "lang.fault.date"))
			return ""
		}
		return clock.DayOf(t)
	}
	first, last := day("from", f.From), day("to", f.To)
	out.From = first.Start()
	if last != "" {
		out.To = last.Next().Start()
	}
	if first != "" && last != "" && last < first {
		faults.Add("to", "portal.fault.order")
	}
	return out, faults
}

func (p *portal) cleanups(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	ed, err := p.edition(r)
	if err != nil {
		return err
	}
	v, status, err := p.cleanupsView(ctx, ed, readFilter(r.URL.Query()))
	if err != nil {
		return err
	}
	page := p.page(r, ed, "cleanups", ui.T(ctx, "portal.cleanups"))
	if v.OnMap {
		page.Scripts = []ui.Script{ui.ScriptMap}
	}
	return web.Render(w, r, status, cleanupsPage(page, v))
}

func (p *portal) cleanupsView(ctx context.Context, ed *edition, f cleanupFilter) (cleanupsView, int, error) {
	v := cleanupsView{
		Action: cleanupsURL(ed.Slug), Filter: f, OnMap: f.View == viewMap, AsOf: ed.snapshot.AsOf, Faults: map[string]string{},
		Units: unitOptions(ctx, ed), States: stateOptions(ctx),
	}
	v.Tabs = []ui.Tab{
		{Text: ui.T(ctx, "portal.view.list"), URL: v.Action + f.query(func(f *cleanupFilter) { f.View, f.Cursor = "", "" }), Current: !v.OnMap},
		{Text: ui.T(ctx, "portal.view.map"), URL: v.Action + f.query(func(f *cleanupFilter) { f.View, f.Cursor = viewMap, "" }), Current: v.OnMap},
	}
	v.Filtered = f.Unit+f.State+f.From+f.To+f.Entrant != ""
	if v.Filtered {
		v.Clear = v.Action + cleanupFilter{View: f.View}.query(func(*cleanupFilter) {})
	}
	filter, faults := f.events(ed.tree)
	if len(faults) > 0 {
		for _, wrong := range faults {
			v.Faults[wrong.Name] = ui.T(ctx, wrong.Key, wrong.Args...)
		}
		return v, http.StatusUnprocessableEntity, nil
	}
	events, next, err := ed.snapshot.Select(filter, ed.now)
	if err != nil {
		return v, 0, err
	}
	if len(events) > 0 && f.Entrant != "" {
		v.Entrant = entrantName(ctx, events[0].Entrant)
	}
	if v.OnMap {
		p.fillMap(ctx, ed, &v, events, next != "")
		return v, http.StatusOK, nil
	}
	for _, e := range events {
		v.Cards = append(v.Cards, card(ctx, ed, e))
	}
	if next != "" {
		v.Pager.Next = v.Action + f.query(func(f *cleanupFilter) { f.Cursor = next })
	}
	if f.Cursor != "" {
		v.Pager.Previous = v.Action + f.query(func(f *cleanupFilter) { f.Cursor = "" })
	}
	return v, http.StatusOK, nil
}

func (p *portal) fillMap(ctx context.Context, ed *edition, v *cleanupsView, events []*insight.Event, more bool) {
	elsewhere := 0
	var places []geo.Point
	for _, e := range events {
		if e.Point == nil {
			elsewhere++
			continue
		}
		places = append(places, *e.Point)
		v.Map.Points = append(v.Map.Points, mapPoint(ctx, ed, e))
	}
	v.Map.Label = ui.T(ctx, "portal.map.label")
	v.Map.Bounds = bounds(ed, places)
	config := p.site.Config()
	v.Map.Tiles, v.Map.Credit = config.Tiles, config.TileNote
	if elsewhere > 0 {
		v.Note = ui.T(ctx, "portal.map.elsewhere", "Count", elsewhere)
	}
	if more {
		v.Note += " " + ui.T(ctx, "portal.map.more", "Count", pointsOnMap)
	}
}

func mapPoint(ctx context.Context, ed *edition, e *insight.Event) ui.MapPoint {
	pt := ui.MapPoint{
		Lat: e.Point.Lat, Lon: e.Point.Lon, Text: e.Place, URL: cleanupURL(e.ID),
		Note: placeName(ed.tree, e) + " · " + dayOf(ctx, e.StartsAt) + " · " + eventStatus(ctx, ed, e).Text,
	}
	switch e.StateAt(ed.now) {
	case insight.PointValid:
		pt.Kind = ui.MapValid
	case insight.PointAnnounced, insight.PointUnderWay:
		pt.Kind = ui.MapOpen
	}
	return pt
}

// bounds is the box of the challenge, or of its places with some room around them.
func bounds(ed *edition, places []geo.Point) [4]float64 {
	box := ed.Box
	if box == (geo.Box{}) {
		around, ok := geo.BoxOf(places...)
		if !ok {
			return [4]float64{}
		}
		const room = 0.05 // degrees, some 5 km
		box = geo.Box{West: around.West - room, South: around.South - room, East: around.East + room, North: around.North + room}
	}
	return [4]float64{box.West, box.South, box.East, box.North}
}

// unitOptions are the areas in which clean-ups took place, with those around them.
func unitOptions(ctx context.Context, ed *edition) []ui.Option {
	seen, places := map[ident.ID]bool{}, map[ident.ID]bool{}
	var found []unit.Unit
	for i := range ed.snapshot.Events {
		place := ed.snapshot.Events[i].Unit
		if places[place] {
			continue
		}
		places[place] = true
		for _, u := range ed.tree.AreaPath(place) {
			if !seen[u.ID] && u.ID != ed.Area && ed.tree.Inside(u.ID, ed.Area) {
				seen[u.ID] = true
				found = append(found, u)
			}
		}
	}
	lang.SortBy(found, func(u unit.Unit) string { return u.Name })
	options := []ui.Option{{Label: ui.T(ctx, "portal.filter.everywhere")}}
	for _, u := range found {
		options = append(options, ui.Option{Value: string(u.ID), Label: u.FullName})
	}
	return options
}

func stateOptions(ctx context.Context) []ui.Option {
	options := []ui.Option{{Label: ui.T(ctx, "portal.filter.everyState")}}
	for _, s := range insight.PointStates {
		options = append(options, ui.Option{Value: string(s), Label: statusOf(ctx, s).Text})
	}
	return options
}
