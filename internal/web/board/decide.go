package board

import (
	"net/http"
	"strconv"

	"sachhon/internal/clock"
	"sachhon/internal/report"
	"sachhon/internal/waste"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
)

// claim takes the report for a while, so that two reviewers do not do the same work.
func (p *pages) claim(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	if _, err := p.Reports.Claim(r.Context(), web.ActorOf(r.Context()), id); err != nil {
		f := form.New(nil)
		return refused(f, err, func(status int) error { return p.showReview(w, r, status, reviewPage{Decision: f}) })
	}
	return web.Done(w, r, reportPath(id), "board.review.claimed")
}

// release gives it back.
func (p *pages) release(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	if _, err := p.Reports.Release(r.Context(), web.ActorOf(r.Context()), id); err != nil {
		return err
	}
	return web.Done(w, r, reportPath(id), "board.review.released")
}

// version is that of the report which the reviewer saw; a form without one saw none.
func version(f *form.Form) int64 {
	n, err := strconv.ParseInt(f.Value("version"), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// decide makes the reviewer's decision and leads back to the queue, where the next one waits.
func (p *pages) decide(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	id, err := web.PathID(r, "id")
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
	in := report.DecideInput{ID: step, Report: id, Version: version(f), Verdict: report.Verdict(f.Value("verdict")), Reason: f.Lines("reason")}
	if in.Verdict == report.Mend {
		in.Deadline = deadline(f)
	}
	err = f.Err()
	if err == nil {
		_, err = p.Reports.Decide(ctx, actor, in)
	}
	if err != nil {
		return refused(f, err, func(status int) error {
			return p.showReview(w, r, status, reviewPage{Decision: f, Deciding: step})
		})
	}
	decided, err := p.Reports.Get(ctx, actor, id)
	if err != nil {
		return err
	}
	c, err := p.Challenges.ByID(ctx, actor, decided.Challenge)
	if err != nil {
		return err
	}
	return web.Done(w, r, challengePath(c.Slug, "tham-dinh"), "board.review.decided")
}

// deadline is the end of the day that was chosen; without one the service takes the usual time.
func deadline(f *form.Form) clock.Time {
	day := f.Day("deadline")
	if day == "" {
		return clock.Time{}
	}
	return day.Next().Start()
}

// adjust puts corrected figures beside those of the team.
func (p *pages) adjust(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
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
	f.Alias("weights", "weight."+string(waste.Types()[0]))
	f.Alias("reason", "adjust_reason")
	in := report.AdjustInput{ID: step, Report: id, Version: version(f), Figures: figures(f), Reason: f.Lines("adjust_reason")}
	err = f.Err()
	if err == nil {
		_, err = p.Reports.Adjust(r.Context(), web.ActorOf(r.Context()), in)
	}
	if err != nil {
		return refused(f, err, func(status int) error {
			return p.showReview(w, r, status, reviewPage{Adjust: f, Adjusting: step})
		})
	}
	return web.Done(w, r, reportPath(id), "board.review.adjusted")
}

// figures reads the figures of the form; what cannot be understood is noted in it.
func figures(f *form.Form) (fig report.Figures) {
	fig.Participants, fig.Minutes = f.Count("participants"), f.Count("minutes")
	for i, t := range waste.Types() {
		fig.Weights[i], fig.Methods[i] = f.Weight("weight."+string(t)), waste.Method(f.Value("method."+string(t)))
	}
	return fig
}

func figuresForm(fig report.Figures) *form.Form {
	f := form.New(nil)
	f.Set("participants", form.CountInput(fig.Participants))
	f.Set("minutes", form.CountInput(fig.Minutes))
	for i, t := range waste.Types() {
		f.Set("weight."+string(t), form.WeightInput(fig.Weights[i]))
		f.Set("method."+string(t), string(fig.Methods[i]))
	}
	return f
}
