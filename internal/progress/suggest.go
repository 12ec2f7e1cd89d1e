package progress

import (
	"context"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// Suggest returns the report that a unit will most likely want next on a subject: the first that it owes and has not sent, or that was
// sent back; else what was sent back without being owed; else what came since its last one; else everything until today.
func (s *Service) Suggest(ctx context.Context, actor person.Actor, unitID ident.ID, about Subject) (DueRound, error) {
	whole, err := s.Whole(ctx, actor, unitID, about)
	if err != nil {
		return DueRound{}, err
	}
	expected, err := s.Expected(ctx, actor, unitID)
	if err != nil {
		return DueRound{}, err
	}
	for _, e := range expected {
		if e.Letter.ID == about.Letter && about.Letter != "" && (e.Report == nil || e.Report.State == Returned) {
			return e.DueRound, nil
		}
	}
	reports, err := s.Reports(ctx, actor, unitID, maxReports)
	if err != nil {
		return DueRound{}, err
	}
	on := func(r Report) bool {
		return about.Letter != "" && r.Letter == about.Letter || about.Letter == "" && r.Letter == "" && r.Challenge == about.Challenge
	}
	if i := slices.IndexFunc(reports, on); i >= 0 && reports[i].State == Returned {
		return DueRound{reports[i].Round, reports[i].Period, reports[i].Due}, nil
	}
	next := DueRound{Round: OnDemand, Period: whole}
	last := clock.Day("")
	for _, r := range reports {
		if r.State != Returned && on(r) {
			last = max(last, r.To)
		}
	}
	today := clock.DayOf(s.db.Clock().Now())
	if last != "" && last < today && !slices.ContainsFunc(reports, func(r Report) bool { return r.State == Draft && r.To == last }) {
		next.From, next.To = last.Next(), today
	}
	return next, nil
}

// maxReports is how far back a suggestion looks.
const maxReports = 50
