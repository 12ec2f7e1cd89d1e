package board

import (
	"net/http"
	"slices"

	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/entrant"
	"sachhon/internal/evidence"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/scoring"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/reportview"
	"sachhon/internal/web/ui"
)

// reviewPage is a report beside its photos, with everything that helps to judge it.
type reviewPage struct {
	Page      ui.Page
	View      report.View
	Cleanup   cleanup.Cleanup
	Entrant   entrant.Entrant
	Challenge challenge.Challenge
	Unit      string
	Came      int // as they were counted, 0 when nobody did
	Findings  []evidence.Finding
	Lines     scoring.Lines // what it would earn as it stands
	Barred    string        // why the reader may not decide, in words
	Mine      bool          // the reader has claimed it
	Claims    bool          // the reader may claim it
	Decides   bool
	Adjusts   bool
	Verdicts  []report.Verdict // that the state allows
	Decision  *form.Form
	Deciding  ident.ID // of the decision
	Adjust    *form.Form
	Adjusting ident.ID // of the adjustment
	Events    []ui.Event
	PhotoAt   reportview.Addresses
}

func (p *pages) review(w http.ResponseWriter, r *http.Request) error {
	return p.showReview(w, r, http.StatusOK, reviewPage{})
}

// showReview shows the report; a form that failed is kept as it was filled in.
func (p *pages) showReview(w http.ResponseWriter, r *http.Request, status int, page reviewPage) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	if page.View, err = p.Reports.Get(ctx, actor, id); err != nil {
		return err
	}
	if err := p.surroundings(r, &page); err != nil {
		return err
	}
	if page.Findings, err = p.Evidence.Findings(ctx, actor, id); err != nil {
		return err
	}
	if page.Lines, err = p.points(r, page.Challenge, page.View.Report); err != nil {
		return err
	}
	p.rights(r, &page)
	page.PhotoAt = reportview.Under(photoBase)
	for _, id := range []*ident.ID{&page.Deciding, &page.Adjusting} {
		if *id == "" {
			*id = p.IDs.New()
		}
	}
	if page.Decision == nil {
		page.Decision = form.New(nil)
	}
	if page.Adjust == nil {
		page.Adjust = figuresForm(page.View.Effective())
	}
	names, err := p.People.Names(ctx, append(reportview.Authors(page.View.History), page.View.Claim.By)...)
	if err != nil {
		return err
	}
	if page.View.Claim.Held(actor.Identity(), p.now()) {
		page.Barred = ui.T(ctx, "board.review.claimedBy", "Name", names[page.View.Claim.By], "Until", page.View.Claim.Until)
	}
	page.Events = reportview.Events(lang.From(ctx), page.View.History, func(s report.Step) string {
		if reportview.ByTeam(s.Event) {
			return page.Entrant.Name
		}
		return names[s.By]
	})
	return web.Render(w, r, status, reviewView(page))
}

// surroundings reads what the report belongs to, for somebody of its board.
func (p *pages) surroundings(r *http.Request, page *reviewPage) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	if page.Cleanup, err = p.Cleanups.Find(ctx, p.DB, page.View.Cleanup); err != nil {
		return err
	}
	if page.Entrant, err = p.Entrants.Find(ctx, p.DB, page.View.Entrant); err != nil {
		return err
	}
	if page.Challenge, err = p.Challenges.ByID(ctx, actor, page.View.Challenge); err != nil {
		return err
	}
	if err := actor.Can(person.ActionReviewRead, person.On{Unit: page.Entrant.Unit, Organiser: page.Challenge.Organiser}); err != nil {
		return err
	}
	if page.Came, _, err = p.Cleanups.Participants(ctx, p.DB, page.Cleanup.ID); err != nil {
		return err
	}
	tree, err := p.Units.Today(ctx)
	page.Unit = tree.Name(page.Entrant.Unit)
	page.Page = p.page(r, page.Cleanup.Place, ui.Link{Text: ui.T(ctx, "board.queue"), URL: challengePath(page.Challenge.Slug, "tham-dinh")})
	return err
}

// rights says what the reader may do, and in words why not.
func (p *pages) rights(r *http.Request, page *reviewPage) {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	state := page.View.State
	page.Mine = page.View.Claim.By == actor.Identity() && p.now().Before(page.View.Claim.Until.Time)
	open := state.Awaiting() || state == report.SentBack
	page.Adjusts = report.Lifecycle.Can(state, report.Adjust)
	if err := p.Reports.MayReview(ctx, actor, page.View.ID); err != nil {
		if open || page.Adjusts {
			page.Barred = form.Words(ctx, err)
		}
		page.Adjusts = false
		return
	}
	page.Decides = open
	page.Claims = state.Awaiting() || page.View.Overdue(p.now())
	page.Verdicts = []report.Verdict{report.Confirm, report.Mend, report.Refuse}
	page.Verdicts = slices.DeleteFunc(page.Verdicts, func(v report.Verdict) bool {
		switch state {
		case report.Appealed:
			return v == report.Mend
		case report.SentBack:
			return v == report.Confirm || v == report.Refuse && !page.View.Overdue(p.now())
		}
		return false
	})
}

// points returns what the report would earn under the scheme in force.
func (p *pages) points(r *http.Request, c challenge.Challenge, one report.Report) (scoring.Lines, error) {
	_, scheme, err := p.Scores.SchemeAt(r.Context(), p.DB, c.ID, p.now())
	if err != nil {
		return nil, err
	}
	return scoring.Score(scheme, scoring.NewFacts(one)), nil
}
