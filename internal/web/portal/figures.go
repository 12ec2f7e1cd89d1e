package portal

import (
	"context"

	"sachhon/internal/challenge"
	"sachhon/internal/insight"
	"sachhon/internal/report"
	"sachhon/internal/scoring"
	"sachhon/internal/unit"
	"sachhon/internal/web/ui"
)

// keyFigures are the numbers that tell a challenge in one line.
func keyFigures(ctx context.Context, s insight.Statistics) []ui.StatProps {
	waste, unit := tonnes(ctx, s.Waste.Total())
	exact := ui.T(ctx, "portal.figure.participantsNote")
	if unit != "kg" {
		exact = ui.T(ctx, "portal.figure.wasteNote", "Weight", ui.Weight(ctx, s.Waste.Total()))
	}
	return []ui.StatProps{
		{
			Value: waste, Unit: unit, Label: ui.T(ctx, "portal.figure.waste"), Note: exact,
		},
		{
			Value: ui.Number(ctx, s.Participants), Unit: ui.T(ctx, "portal.people"), Label: ui.T(ctx, "portal.figure.participants"),
			Note: ui.T(ctx, "portal.figure.participantsNote"),
		},
		{
			Value: ui.Number(ctx, s.Cleanups.Valid), Unit: ui.T(ctx, "portal.times"), Label: ui.T(ctx, "portal.figure.valid"),
			Note: ui.T(ctx, "portal.figure.validNote", "Count", s.Cleanups.Created),
		},
		{
			Value: ui.Number(ctx, s.Registrations.Total), Unit: ui.T(ctx, "portal.registrations"), Label: ui.T(ctx, "portal.figure.entrants"),
			Note: ui.T(ctx, "portal.figure.entrantsNote", "Collective", ui.Number(ctx, s.Registrations.Collective), "Individual", ui.Number(ctx, s.Registrations.Individual)),
		},
	}
}

// statusOf is the badge of a clean-up: of its report once there is one, else of the event.
func statusOf(ctx context.Context, s insight.PointState) ui.BadgeProps {
	switch s {
	case insight.PointReported:
		return ui.StatusOf(ctx, ui.FamilyReport, string(report.Submitted))
	case insight.PointValid, insight.PointInvalid:
		return ui.StatusOf(ctx, ui.FamilyReport, string(s))
	}
	return ui.StatusOf(ctx, ui.FamilyCleanup, string(s))
}

// eventStatus is the badge of a clean-up of the challenge. After its time to report nobody awaits anything any more.
func eventStatus(ctx context.Context, ed *edition, e *insight.Event) ui.BadgeProps {
	if ed.unreported(e) {
		return ui.BadgeProps{Text: ui.T(ctx, "portal.status.unreported"), Icon: ui.IconCircle, Tone: ui.BadgeNeutral}
	}
	return statusOf(ctx, e.StateAt(ed.now))
}

// unreported tells whether the clean-up ended and no report came in time.
func (e *edition) unreported(event *insight.Event) bool {
	return event.StateAt(e.now) == insight.PointEnded && !e.now.Before(e.ReportDue(event.EndsAt).Time)
}

// card shows a clean-up in a list.
func card(ctx context.Context, ed *edition, e *insight.Event) ui.CleanupCardProps {
	c := ui.CleanupCardProps{
		Title: e.Place, URL: cleanupURL(e.ID), Place: placeName(ed.tree, e), Entrant: entrantName(ctx, e.Entrant), Start: e.StartsAt,
		Status: eventStatus(ctx, ed, e),
	}
	if e.State == insight.PointValid {
		c.People = ui.T(ctx, "portal.peopleCount", "Count", e.Participants)
		c.Weight = ui.Weight(ctx, e.Grams)
	}
	if e.Thumb != "" {
		c.Photo = ui.Photo{URL: photoURL(e.Thumb, report.Thumb), Alt: ui.T(ctx, "portal.photoAfter", "Place", e.Place), Width: 400, Height: 300}
	}
	return c
}

func placeName(tree *unit.Tree, e *insight.Event) string { return tree.Name(e.Unit) }

// standingRows shows the first rows of a table; decided rows of equal points are marked.
func standingRows(ctx context.Context, ed *edition, rows []insight.Row) []ui.StandingRow {
	out := make([]ui.StandingRow, len(rows))
	for i, r := range rows {
		out[i] = ui.StandingRow{
			Rank: r.Rank, Tied: r.Decided == scoring.Shared || i+1 < len(rows) && rows[i+1].Decided == scoring.Shared,
			Name: entrantName(ctx, r.Entrant), URL: cleanupsURL(ed.Slug) + "?entrant=" + string(r.Entrant.ID), Unit: ed.tree.Name(r.Entrant.Unit),
			Points: points(ctx, r.Points), Weight: ui.Weight(ctx, r.Grams), Events: ui.Number(ctx, r.Reports),
		}
		if r.Prize != nil {
			out[i].Prize = r.Prize.Title + " · " + ui.Money(ctx, r.Prize.Amount)
		}
	}
	return out
}

func divisionName(ctx context.Context, d challenge.DivisionCode) string {
	return ui.T(ctx, "challenge.division."+string(d))
}
