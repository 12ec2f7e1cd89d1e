package progress

import (
	"context"
	"slices"

	"sachhon/internal/ident"
)

// expectAll lists what schedules ask, with those of letters that were typed in and are carried out under others: each reporter owes each
// report once, on the letter passed on to it or on the oldest of the unit's own, unless it reports on a later one.
func (s *Service) expectAll(ctx context.Context, schedules []Schedule, reporter ident.ID, wanted func(Schedule) bool, want func(reporter ident.ID) bool,
) ([]Expectation, error) {
	carried, err := carriedSchedules(ctx, s.db, reporter)
	if err != nil {
		return nil, err
	}
	plan := map[ident.ID]ident.ID{}
	for _, c := range carried {
		if wanted(c.Schedule) {
			schedules, plan[c.Letter] = append(schedules, c.Schedule), c.Plan
		}
	}
	all, err := s.expect(ctx, schedules, want)
	if err != nil || len(plan) == 0 {
		return all, err
	}
	type owed struct {
		plan, reporter, receiver ident.ID
		DueRound
	}
	of := func(e Expectation) owed {
		o := owed{e.Letter.ID, e.Reporter.ID, e.Receiver.ID, e.DueRound}
		if p, ok := plan[e.Letter.ID]; ok {
			o.plan = p
		}
		return o
	}
	best := map[owed]Expectation{}
	for _, e := range all {
		if b, ok := best[of(e)]; !ok || e.Met() && !b.Met() || e.Report != nil && b.Report == nil {
			best[of(e)] = e
		}
	}
	return slices.DeleteFunc(all, func(e Expectation) bool { return best[of(e)].Letter.ID != e.Letter.ID }), nil
}
