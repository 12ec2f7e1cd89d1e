package progress

import (
	"context"
	"slices"

	"sachhon/internal/ident"
)

// expectAll lists what schedules ask, with those of letters that were typed in and are carried out under others: each reporter owes each
// report once, on the letter passed on to it or on the oldest of the unit's own.
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
	seen := map[owed]bool{}
	return slices.DeleteFunc(all, func(e Expectation) bool {
		o := owed{e.Letter.ID, e.Reporter.ID, e.Receiver.ID, e.DueRound}
		if of, ok := plan[e.Letter.ID]; ok {
			o.plan = of
		}
		twice := seen[o]
		seen[o] = true
		return twice
	}), nil
}
