package board

import (
	"net/http"

	"sachhon/internal/award"
	"sachhon/internal/challenge"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/scoring"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// resultsPage previews the results and publishes them.
type resultsPage struct {
	Page         ui.Page
	Challenge    challenge.Challenge
	State        challenge.State
	Preview      award.Preview
	Publications []award.Publication
	Tree         *unit.Tree
	Form         *form.Form
	Object       ident.ID
}

// shownRows is how much of a ranking the preview shows beyond the prizes.
const shownRows = 30

func (p *pages) results(w http.ResponseWriter, r *http.Request) error {
	return p.showResults(w, r, http.StatusOK, form.New(nil), p.IDs.New())
}

func (p *pages) showResults(w http.ResponseWriter, r *http.Request, status int, f *form.Form, object ident.ID) error {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	c, err := p.challenge(r, person.ActionAwardPublish)
	if err != nil {
		return err
	}
	page := resultsPage{Page: p.page(r, ui.T(ctx, "board.results")), Challenge: c, State: c.StateAt(p.now()), Form: f, Object: object}
	if page.Preview, err = p.Awards.Preview(ctx, actor, c.ID); err != nil {
		return err
	}
	if page.Publications, err = p.Awards.List(ctx, actor, c.ID); err != nil {
		return err
	}
	if page.Tree, err = p.Units.Today(ctx); err != nil {
		return err
	}
	return web.Render(w, r, status, resultsView(page))
}

func (p *pages) publish(w http.ResponseWriter, r *http.Request) error {
	c, err := p.challenge(r, person.ActionAwardPublish)
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
	_, err = p.Awards.Publish(r.Context(), web.ActorOf(r.Context()), award.PublishInput{ID: object, Challenge: c.ID, Reason: f.Text("reason")})
	if err != nil {
		return refused(f, err, func(status int) error { return p.showResults(w, r, status, f, object) })
	}
	return web.Done(w, r, challengePath(c.Slug, "ket-qua"), "board.results.published")
}

// judge closes the time of reports and begins the judging.
func (p *pages) judge(w http.ResponseWriter, r *http.Request) error {
	c, err := p.challenge(r, person.ActionChallengeAdvance)
	if err != nil {
		return err
	}
	if _, err := p.Challenges.Advance(r.Context(), web.ActorOf(r.Context()), c.ID, challenge.Judge); err != nil {
		f := form.New(nil)
		return refused(f, err, func(status int) error { return p.showResults(w, r, status, f, p.IDs.New()) })
	}
	return web.Done(w, r, challengePath(c.Slug, "ket-qua"), "board.results.judging")
}

// tied tells whether the tie rules decided the rank.
func tied(s scoring.Standing) bool {
	return s.Decided != scoring.First && s.Decided != scoring.ByPoints
}
