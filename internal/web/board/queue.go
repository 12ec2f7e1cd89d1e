package board

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"sachhon/internal/challenge"
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

// queuePage lists the reports of a pile, the one that waits longest first.
type queuePage struct {
	Page      ui.Page
	Challenge challenge.Challenge
	Pile      report.Pile // empty for all that wait
	Counts    map[report.Pile]int
	Items     []queued
	Next      string
}

// queued is a report in the queue.
type queued struct {
	report.Report
	Cleanup cleanup.Cleanup
	Entrant entrant.Entrant
	Claimed string // who is at it
}

func (p *pages) queue(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), web.ActorOf(r.Context())
	c, err := p.challenge(r, person.ActionReviewRead)
	if err != nil {
		return err
	}
	f := form.Query(r)
	in := report.QueueInput{Challenge: c.ID}
	page := queuePage{Page: p.page(r, ui.T(ctx, "board.queue")), Challenge: c}
	if pile := report.Pile(f.Value("pile")); slices.Contains(report.Piles, pile) {
		page.Pile, in.Piles = pile, []report.Pile{pile}
	}
	in.After, in.AfterAt = cursor(f)
	found, err := p.Reports.Queue(ctx, actor, in)
	if err != nil {
		return err
	}
	page.Counts = found.Counts
	if page.Items, err = p.items(r, found.Reports); err != nil {
		return err
	}
	if found.More {
		last := found.Reports[len(found.Reports)-1]
		query := r.URL.Query()
		query.Set("after", string(last.ID))
		query.Set("at", strconv.FormatInt(last.SubmittedAt.UnixMicro(), 10))
		page.Next = (&url.URL{Path: r.URL.Path, RawQuery: query.Encode()}).String()
	}
	return web.Render(w, r, http.StatusOK, queueView(page))
}

// cursor reads where the page before ended; a cursor that makes no sense starts from the beginning.
func cursor(f *form.Form) (ident.ID, clock.Time) {
	id, err := ident.Parse(f.Value("after"))
	micros, timeErr := strconv.ParseInt(f.Value("at"), 10, 64)
	if err != nil || timeErr != nil {
		return "", clock.Time{}
	}
	return id, clock.At(time.UnixMicro(micros))
}

// items completes reports with their place, their entrant and who works on them.
func (p *pages) items(r *http.Request, reports []report.Report) ([]queued, error) {
	ctx := r.Context()
	var claimed []ident.ID
	for _, one := range reports {
		if one.Claim.By != "" {
			claimed = append(claimed, one.Claim.By)
		}
	}
	names, err := p.People.Names(ctx, claimed...)
	if err != nil {
		return nil, err
	}
	items := make([]queued, 0, len(reports))
	for _, one := range reports {
		item := queued{Report: one}
		if item.Cleanup, err = p.Cleanups.Find(ctx, p.DB, one.Cleanup); err != nil {
			return nil, err
		}
		if item.Entrant, err = p.Entrants.Find(ctx, p.DB, one.Entrant); err != nil {
			return nil, err
		}
		if one.Claim.By != "" && p.now().Before(one.Claim.Until.Time) {
			item.Claimed = names[one.Claim.By]
		}
		items = append(items, item)
	}
	return items, nil
}
