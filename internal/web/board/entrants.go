package board

import (
	"net/http"
	"net/url"
	"strconv"

	"sachhon/internal/challenge"
	"sachhon/internal/entrant"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// entrantsPage lists registrations.
type entrantsPage struct {
	Page      ui.Page
	Challenge challenge.Challenge
	Filter    *form.Form
	Entrants  []entrant.Entrant
	Tree      *unit.Tree
	Next      string
}

func (p *pages) entrants(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	c, err := p.challenge(r, person.ActionEntrantDecide)
	if err != nil {
		return err
	}
	f := form.Query(r)
	filter := entrant.Filter{
		Challenge: c.ID, Division: challenge.DivisionCode(f.Value("division")), Query: f.Text("q"),
		After: f.Int("after"),
	}
	if state := entrant.State(f.Value("state")); state != "" {
		filter.States = []entrant.State{state}
	}
	found, err := p.Entrants.List(ctx, actor, filter)
	if err != nil {
		return err
	}
	page := entrantsPage{Page: p.page(r, ui.T(ctx, "board.entrants")), Challenge: c, Filter: f, Entrants: found.Entrants}
	if page.Tree, err = p.Units.Today(ctx); err != nil {
		return err
	}
	if found.Next != 0 {
		page.Next = with(r.URL, "after", strconv.Itoa(found.Next))
	}
	return web.Render(w, r, http.StatusOK, entrantsView(page))
}

// with returns the address of the page with one more answer in its query.
func with(u *url.URL, name, value string) string {
	query := u.Query()
	query.Set(name, value)
	return (&url.URL{Path: u.Path, RawQuery: query.Encode()}).String()
}

// entrantPage is one registration with what decides about it.
type entrantPage struct {
	Page      ui.Page
	Challenge challenge.Challenge
	Details   entrant.Details
	Duplicate *entrant.Entrant // of the same name in the same unit
	Unit      string
	Form      *form.Form
	Events    []entrant.Event // that the board may cause now
}

func (p *pages) entrant(w http.ResponseWriter, r *http.Request) error {
	return p.showEntrant(w, r, http.StatusOK, form.New(nil))
}

func (p *pages) showEntrant(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	c, err := p.challenge(r, person.ActionEntrantDecide)
	if err != nil {
		return err
	}
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	details, err := p.Entrants.ByID(ctx, actor, id)
	if err != nil {
		return err
	}
	if details.Entrant.Challenge != c.ID {
		return fault.NotFound.With("entrant.fault.none")
	}
	page := entrantPage{
		Challenge: c, Details: details, Form: f,
		Page: p.page(r, details.Entrant.Name, ui.Link{Text: ui.T(ctx, "board.entrants"), URL: challengePath(c.Slug, "dang-ky")}),
	}
	page.Page.Narrow = true
	tree, err := p.Units.Today(ctx)
	if err != nil {
		return err
	}
	page.Unit = tree.Name(details.Entrant.Unit)
	if other := details.Entrant.DuplicateOf; other != "" {
		found, err := p.Entrants.Find(ctx, p.DB, other)
		if err != nil {
			return err
		}
		page.Duplicate = &found
	}
	for _, e := range []entrant.Event{entrant.Approve, entrant.Refuse, entrant.Disqualify} {
		if entrant.Lifecycle.Can(details.Entrant.State, e) {
			page.Events = append(page.Events, e)
		}
	}
	return web.Render(w, r, status, entrantView(page))
}

// decideEntrant approves, refuses or disqualifies. The same decision sent again finds it made.
func (p *pages) decideEntrant(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	event := entrant.Event(f.Value("do"))
	e, err := p.Entrants.Decide(ctx, actor, id, event, f.Lines("reason"))
	if err != nil && !p.decided(r, id, event) {
		return refused(f, err, func(status int) error { return p.showEntrant(w, r, status, f) })
	}
	return web.Done(w, r, challengePath(r.PathValue("slug"), "dang-ky")+"?state="+string(entrant.Submitted), "board.entrant."+string(event), "Name", e.Name)
}

// decided tells whether the actor made this very decision before.
func (p *pages) decided(r *http.Request, id ident.ID, event entrant.Event) bool {
	actor := web.ActorOf(r.Context())
	details, err := p.Entrants.ByID(r.Context(), actor, id)
	if err != nil || details.Entrant.DecidedBy != actor.Identity() {
		return false
	}
	for _, step := range entrant.Lifecycle.Steps {
		if step.Event == event && step.To == details.Entrant.State {
			return true
		}
	}
	return false
}
