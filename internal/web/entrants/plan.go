package entrants

import (
	"net/http"
	"slices"
	"strconv"

	"sachhon/internal/cleanup"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// planPage announces a clean-up.
type planPage struct {
	Page ui.Page
	subject
	Form   *form.Form
	Object ident.ID
	Units  []ui.OptionGroup
	Map    ui.MapProps
}

func (p *pages) planForm(w http.ResponseWriter, r *http.Request) error {
	s, err := p.planner(r)
	if err != nil {
		return err
	}
	f := form.New(nil)
	if s.Entrant.Members > 0 {
		f.Set("expected", strconv.Itoa(s.Entrant.Members))
	}
	return p.showPlan(w, r, http.StatusOK, s, f, p.IDs.New())
}

// planner finds the entrant of the path for somebody who may announce its clean-ups.
func (p *pages) planner(r *http.Request) (s subject, err error) {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	id, err := web.PathID(r, "entrant")
	if err != nil {
		return s, err
	}
	details, err := p.Entrants.ByID(ctx, actor, id)
	if err != nil {
		return s, err
	}
	s.Entrant = details.Entrant
	if s.Challenge, err = p.Challenges.ByID(ctx, actor, s.Entrant.Challenge); err != nil {
		return s, err
	}
	return s, actor.Can(person.ActionCleanupCreate, s.on())
}

func (p *pages) showPlan(w http.ResponseWriter, r *http.Request, status int, s subject, f *form.Form, object ident.ID) error {
	ctx := r.Context()
	tree, err := p.Units.Today(ctx)
	if err != nil {
		return err
	}
	page := planPage{
		Page: p.page(r, ui.T(ctx, "entrants.plan.title"), s.way()), subject: s, Form: f, Object: object,
		Units: areas(tree, s.Challenge.Area),
		Map:   ui.MapProps{Label: ui.T(ctx, "entrants.plan.map"), PickLat: "f-lat", PickLon: "f-lon"},
	}
	page.Page.Scripts = []ui.Script{ui.ScriptMap}
	box := s.Challenge.Box
	if outline, ok, err := p.Units.Boundary(ctx, s.Challenge.Area); err != nil {
		return err
	} else if around, known := outline.Box(); ok && known && box == (geo.Box{}) {
		box = around
	}
	if box == (geo.Box{}) {
		box = country
	}
	config := p.site.Config()
	page.Map.Bounds = [4]float64{box.West, box.South, box.East, box.North}
	page.Map.Tiles, page.Map.Credit = config.Tiles, config.TileNote
	return web.Render(w, r, status, planView(page))
}

// country is where the map stays while nobody has said more: Viet Nam with its islands.
var country = geo.Box{West: 102, South: 6, East: 118, North: 24}

// plan announces a clean-up.
func (p *pages) plan(w http.ResponseWriter, r *http.Request) error {
	s, err := p.planner(r)
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	object, err := f.ID("id")
	if err != nil {
		return err
	}
	f.Alias("point", "lat")
	// The service is asked in any case: what could not be read is refused by it too, together with all the rest.
	c, err := p.Cleanups.Create(r.Context(), web.ActorOf(r.Context()), cleanup.CreateInput{
		ID: object, Entrant: s.Entrant.ID, Announce: true, Plan: cleanup.Plan{
			Unit: ident.ID(f.Text("unit")), Place: f.Text("place"), Description: f.Lines("description"),
			Point: f.Point("point", "lat", "lon"), Expected: f.Int("expected"),
			StartsAt: f.Moment("starts_at"), EndsAt: f.Moment("ends_at"),
		},
	})
	if err != nil {
		return refused(w, r, f, err, func(status int) error { return p.showPlan(w, r, status, s, f, object) })
	}
	return web.Done(w, r, cleanupPath(c.ID), "entrants.planned")
}

// areas lists the smallest areas inside the challenge's.
func areas(tree *unit.Tree, area ident.ID) []ui.OptionGroup {
	return grouped(tree, area, func(u unit.Unit) bool {
		return u.Kind.Area() && !slices.ContainsFunc(tree.Children(u.ID), func(c unit.Unit) bool { return c.Kind.Area() })
	})
}

// grouped lists the units inside an area that are wanted, under the areas they lie in.
func grouped(tree *unit.Tree, area ident.ID, wanted func(unit.Unit) bool) (groups []ui.OptionGroup) {
	byParent := map[ident.ID][]ui.Option{}
	var parents []unit.Unit
	for _, u := range tree.Units() {
		if !tree.Inside(u.ID, area) || !wanted(u) {
			continue
		}
		if _, ok := byParent[u.AreaID]; !ok {
			parent, _ := tree.ByID(u.AreaID)
			parents = append(parents, parent)
		}
		byParent[u.AreaID] = append(byParent[u.AreaID], ui.Option{Value: string(u.ID), Label: u.FullName})
	}
	lang.SortBy(parents, func(u unit.Unit) string { return u.Name })
	for _, parent := range parents {
		options := byParent[parent.ID]
		lang.SortBy(options, func(o ui.Option) string { return o.Label })
		groups = append(groups, ui.OptionGroup{Label: parent.FullName, Options: options})
	}
	return groups
}
