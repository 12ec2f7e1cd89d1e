package entrants

import (
	"net/http"

	"sachhon/internal/lang"
	"sachhon/internal/report"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/reportview"
	"sachhon/internal/web/ui"
)

// appeal asks for another reviewer of a report that was found invalid.
func (p *pages) appeal(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	id, err := web.PathID(r, "report")
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	step, err := f.ID("id")
	if err != nil {
		return err
	}
	view, err := p.Reports.Get(ctx, actor, id)
	if err != nil {
		return err
	}
	_, err = p.Reports.Appeal(ctx, actor, report.AppealInput{ID: step, Report: id, Reason: f.Lines("reason")})
	if err != nil {
		return refused(w, r, f, err, func(status int) error {
			s, err := p.subjectOf(r, view.Cleanup)
			if err != nil {
				return err
			}
			return p.showReport(w, r, status, reportPage{subject: s, View: view, Started: true, Form: f, Object: step})
		})
	}
	return web.Done(w, r, reportPath(view.Cleanup), "entrants.appealed")
}

// events tells the team what happened; the board speaks as one.
func (p *pages) events(r *http.Request, page reportPage) []ui.Event {
	ctx := r.Context()
	return reportview.Events(lang.From(ctx), page.View.History, func(s report.Step) string {
		if reportview.ByTeam(s.Event) {
			return page.Entrant.Name
		}
		return ui.T(ctx, "entrants.board")
	})
}
