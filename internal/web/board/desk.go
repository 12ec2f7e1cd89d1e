package board

import (
	"net/http"

	"sachhon/internal/challenge"
	"sachhon/internal/entrant"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// deskPage says what waits, challenge by challenge.
type deskPage struct {
	Page  ui.Page
	Desks []desk
}

// desk is what waits in one challenge.
type desk struct {
	Challenge challenge.Challenge
	State     challenge.State
	Entrants  int // waiting for approval
	Approved  int
	Piles     map[report.Pile]int
}

// waiting is how many reports somebody has to look at.
func (d desk) waiting() (n int) {
	for _, pile := range report.Waiting {
		n += d.Piles[pile]
	}
	return n
}

func (p *pages) desk(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	challenges, err := p.Challenges.List(ctx, actor)
	if err != nil {
		return err
	}
	page := deskPage{Page: p.page(r, ui.T(ctx, "board.desk"))}
	page.Page.Crumbs = nil
	for _, c := range challenges {
		if actor.Can(person.ActionReviewRead, person.On{Unit: c.Organiser}) != nil {
			continue // another board's
		}
		d := desk{Challenge: c, State: c.StateAt(p.now())}
		counts, err := p.Entrants.Counts(ctx, p.DB, c.ID)
		if err != nil {
			return err
		}
		for _, n := range counts {
			switch n.State {
			case entrant.Submitted:
				d.Entrants += n.Entrants
			case entrant.Approved:
				d.Approved += n.Entrants
			}
		}
		queue, err := p.Reports.Queue(ctx, actor, report.QueueInput{Challenge: c.ID, Limit: 1})
		if err != nil {
			return err
		}
		d.Piles = queue.Counts
		page.Desks = append(page.Desks, d)
	}
	return web.Render(w, r, http.StatusOK, deskView(page))
}
