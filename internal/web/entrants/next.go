package entrants

import (
	"context"
	"slices"

	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/entrant"
	"sachhon/internal/ident"
	"sachhon/internal/report"
	"sachhon/internal/web/ui"
)

// step is the one thing that a team does next.
type step struct {
	Text   string // what, and until when
	Button string
	URL    string
	Post   bool // the button begins something instead of leading to it
	Urgent bool
}

// matter is an entrant with all that its next step follows from.
type matter struct {
	Entrant   entrant.Entrant
	Challenge challenge.Challenge
	Unit      string
	Cleanups  []cleanup.Cleanup
	Reports   map[ident.ID]report.Report // by clean-up
}

// next finds the one next step: what has the nearest deadline comes first, then what is going on, then what may begin.
func (m matter) next(ctx context.Context, now clock.Time) step {
	switch m.Entrant.State {
	case entrant.Approved:
	case entrant.Submitted:
		return step{Text: ui.T(ctx, "entrants.next.wait")}
	default:
		return step{Text: ui.T(ctx, "entrants.next.ended")}
	}
	if s, ok := m.due(ctx, now); ok {
		return s
	}
	for _, c := range m.byStart() {
		switch c.StateAt(now) {
		case cleanup.UnderWay:
			return step{Text: ui.T(ctx, "entrants.next.underWay", "Place", c.Place), Button: ui.T(ctx, "entrants.next.attend"), URL: cleanupPath(c.ID)}
		case cleanup.Announced:
			return step{Text: ui.T(ctx, "entrants.next.ahead", "Place", c.Place, "At", c.StartsAt), Button: ui.T(ctx, "entrants.next.see"), URL: cleanupPath(c.ID)}
		}
	}
	if m.mayAnnounce(now) {
		return step{Text: ui.T(ctx, "entrants.next.announce"), Button: ui.T(ctx, "entrants.next.announceButton"), URL: planPath(m.Entrant.ID)}
	}
	return step{Text: ui.T(ctx, "entrants.next.nothing")}
}

// due finds the report that has to be written or mended first.
func (m matter) due(ctx context.Context, now clock.Time) (s step, found bool) {
	var first clock.Time
	for _, c := range m.Cleanups {
		r, begun := m.Reports[c.ID]
		mending := begun && r.State == report.SentBack
		if c.StateAt(now) != cleanup.Ended && !mending {
			continue
		}
		until := m.Challenge.ReportDue(c.EndsAt)
		if mending {
			until = r.Deadline
		}
		if !now.Before(until.Time) || found && !until.Before(first.Time) {
			continue
		}
		first, found = until, true
		s = step{
			Text: ui.T(ctx, "entrants.next.report", "Place", c.Place, "At", until), Button: ui.T(ctx, "entrants.next.reportButton"),
			URL: reportPath(c.ID) + "/mo", Post: true, Urgent: true,
		}
		if mending {
			s.Text = ui.T(ctx, "entrants.next.mend", "Place", c.Place, "At", until, "Reason", r.Reason)
			s.Button, s.URL, s.Post = ui.T(ctx, "entrants.next.mendButton"), reportPath(c.ID), false
		}
	}
	return s, found
}

// mayAnnounce tells whether another clean-up can still be announced.
func (m matter) mayAnnounce(now clock.Time) bool {
	return m.Entrant.State == entrant.Approved &&
		now.Add(m.Challenge.Parameters.AnnounceAhead()).Before(m.Challenge.Period.Until.Time)
}

func (m matter) byStart() []cleanup.Cleanup {
	sorted := slices.Clone(m.Cleanups)
	slices.SortFunc(sorted, func(a, b cleanup.Cleanup) int { return a.StartsAt.Compare(b.StartsAt.Time) })
	return sorted
}

func planPath(entrant ident.ID) string { return "/doi/" + string(entrant) + "/ra-quan/moi" }
