package entrants

import (
	"net/http"

	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/entrant"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// minePage lists one's entrants, each with its next step.
type minePage struct {
	Page    ui.Page
	Matters []card
	Open    []ui.Link // where one may register
}

// card is an entrant with its next step.
type card struct {
	matter
	Next step
}

func (p *pages) mine(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	entrants, err := p.Entrants.Mine(ctx, actor)
	if err != nil {
		return err
	}
	page := minePage{Page: p.page(r, ui.T(ctx, "entrants.mine"))}
	page.Page.Crumbs = nil
	for _, e := range entrants {
		m, err := p.matter(r, e)
		if err != nil {
			return err
		}
		page.Matters = append(page.Matters, card{m, m.next(ctx, p.now())})
	}
	challenges, err := p.Challenges.List(ctx, actor)
	if err != nil {
		return err
	}
	for _, c := range challenges {
		if c.AcceptsRegistrations(p.now()) {
			page.Open = append(page.Open, ui.Link{Text: c.Title, URL: "/cuoc-thi/" + c.Slug + "/dang-ky"})
		}
	}
	return web.Render(w, r, http.StatusOK, mineView(page))
}

// matter reads everything about an entrant that its pages show.
func (p *pages) matter(r *http.Request, e entrant.Entrant) (m matter, err error) {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	m = matter{Entrant: e, Reports: map[ident.ID]report.Report{}}
	if m.Challenge, err = p.Challenges.ByID(ctx, actor, e.Challenge); err != nil {
		return m, err
	}
	tree, err := p.Units.Today(ctx)
	if err != nil {
		return m, err
	}
	m.Unit = tree.Name(e.Unit)
	if m.Cleanups, err = p.Cleanups.Mine(ctx, actor, e.ID); err != nil {
		return m, err
	}
	reports, err := p.Reports.OfEntrant(ctx, actor, e.ID)
	for _, found := range reports {
		m.Reports[found.Cleanup] = found
	}
	return m, err
}

// teamPage is one entrant for those who act for it.
type teamPage struct {
	Page ui.Page
	matter
	Next      step
	Contact   entrant.Contact
	Now       clock.Time
	Announces bool
	Withdraws bool
	Form      *form.Form
}

func (p *pages) team(w http.ResponseWriter, r *http.Request) error {
	return p.showTeam(w, r, http.StatusOK, form.New(nil))
}

func (p *pages) showTeam(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	id, err := web.PathID(r, "entrant")
	if err != nil {
		return err
	}
	details, err := p.Entrants.ByID(ctx, actor, id)
	if err != nil {
		return err
	}
	page := teamPage{Contact: details.Contact, Form: f, Now: p.now()}
	if page.matter, err = p.matter(r, details.Entrant); err != nil {
		return err
	}
	on := subject{Entrant: page.Entrant, Challenge: page.Challenge}.on()
	page.Page = p.page(r, page.Entrant.Name)
	page.Next = page.next(ctx, page.Now)
	page.Announces = page.mayAnnounce(page.Now) && actor.Can(person.ActionCleanupCreate, on) == nil
	page.Withdraws = entrant.Lifecycle.Can(page.Entrant.State, entrant.Withdraw) && page.Challenge.PublishedAt.IsZero() &&
		actor.Can(person.ActionEntrantWithdraw, on) == nil
	return web.Render(w, r, status, teamView(page))
}

func (p *pages) withdraw(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "entrant")
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	if _, err := p.Entrants.Withdraw(r.Context(), web.ActorOf(r.Context()), id, f.Lines("reason")); err != nil {
		return refused(w, r, f, err, func(status int) error { return p.showTeam(w, r, status, f) })
	}
	return web.Done(w, r, "/doi/"+string(id), "entrants.withdrawn")
}

// history lists an entrant's clean-ups with where their reports stand.
func (m matter) history(now clock.Time) (rows []cleanupRow) {
	for _, c := range m.Cleanups {
		row := cleanupRow{Cleanup: c, State: c.StateAt(now)}
		if found, ok := m.Reports[c.ID]; ok {
			row.Report = &found
		}
		rows = append(rows, row)
	}
	return rows
}

type cleanupRow struct {
	Cleanup cleanup.Cleanup
	State   cleanup.State
	Report  *report.Report // nil while nobody has begun it
}
