package progress

import (
	"context"
	"fmt"
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

// carriedSchedule is a schedule of a letter that was typed in, as it holds for one of the unit's own by which that is carried out: on
// this one those below report, since it is what they have.
type carriedSchedule struct {
	Schedule
	Plan ident.ID `db:"plan_id"` // the letter that was typed in
}

// carriedSchedules returns them, the oldest letter first: those by which one unit reports, or all when it is empty. A letter that has a
// schedule of its own goes by that.
func carriedSchedules(ctx context.Context, q database.Querier, reporter ident.ID) ([]carriedSchedule, error) {
	var all []carriedSchedule
	err := q.Select(ctx, &all, `SELECT l.id AS letter_id, s.letter_id AS plan_id, s.unit_id, s.first_day, s.last_day, s.weekday, s.final_day,
			s.version, s.updated_by, s.updated_at
		FROM progress_schedule s JOIN letter l ON l.answers_id = s.letter_id AND l.issuer_id = s.unit_id AND l.state = $1
		WHERE EXISTS (SELECT 1 FROM dispatch d WHERE d.letter_id = s.letter_id AND d.receiver_id = s.unit_id AND d.sender_id IS NULL)
			AND EXISTS (SELECT 1 FROM dispatch d WHERE d.letter_id = l.id AND d.sender_id = s.unit_id AND d.state <> $2 AND (d.receiver_id = $3 OR $3 = ''))
			AND NOT EXISTS (SELECT 1 FROM progress_schedule o WHERE o.letter_id = l.id AND o.unit_id = s.unit_id)
		ORDER BY l.created_at, l.id`, letter.Registered, cascade.Recalled, string(reporter))
	if err != nil {
		return nil, fmt.Errorf("progress: list schedules of what carries out: %w", err)
	}
	return all, nil
}

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
