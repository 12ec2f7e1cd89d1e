package urging

import (
	"context"
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

// StuckPart is an overdue part of a duty that somebody of the unit was given. Only the unit itself sees it.
type StuckPart struct {
	Dispatch cascade.Dispatch
	Letter   letter.Letter // by which it came
	Matter   Matter
	Days     int        // working days since it is late
	Done     []StepDone // the newest first
}

// stuckParts are the overdue parts of people of a unit, by the rules of the letters.
func (s *Service) stuckParts(ctx context.Context, unitID ident.ID) ([]StuckPart, error) {
	all, err := s.Cascade.FollowParts(ctx, s.DB, unitID)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	p, err := s.planner(ctx)
	if err != nil {
		return nil, err
	}
	var urged, papers, dispatches []ident.ID
	for _, one := range all {
		urged, papers, dispatches = append(urged, one.LetterID), append(papers, one.PaperID()), append(dispatches, one.ID)
	}
	letters, err := s.Letters.LoadAll(ctx, s.DB, slices.Compact(slices.Sorted(slices.Values(slices.Concat(urged, papers)))))
	if err != nil {
		return nil, err
	}
	rules, err := loadRules(ctx, s.DB, urged)
	if err != nil {
		return nil, err
	}
	done, err := s.partSteps(ctx, dispatches)
	if err != nil {
		return nil, err
	}
	contests := map[ident.ID]*ChallengeFact{}
	var out []StuckPart
	for _, one := range all {
		f, id := factsOf(one), letters[one.LetterID].ChallengeID
		contest, known := contests[id]
		if !known {
			if contest, _, err = s.contest(ctx, s.DB, id); err != nil {
				return nil, err
			}
			contests[id] = contest
		}
		f.Challenge = contest
		for _, m := range p.Late(f, rules[one.LetterID].complete(), s.now()) {
			if m.Cause == PartLate {
				out = append(out, StuckPart{one.Dispatch, letters[one.PaperID()], m, workingDays(p.Calendar, m.Due.Add(-1), s.now()), done[m.Key()]})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b StuckPart) int { return a.Matter.Due.Compare(b.Matter.Due.Time) })
	return out, nil
}

// partSteps are the steps that were taken about parts of people in dispatches.
func (s *Service) partSteps(ctx context.Context, dispatches []ident.ID) (map[Key][]StepDone, error) {
	rows, err := stepsAbout(ctx, s.DB, PartLate, dispatches)
	if err != nil {
		return nil, err
	}
	done := map[Key][]StepDone{}
	for _, step := range slices.Backward(rows) {
		done[step.key()] = append(done[step.key()], StepDone{step.Cause, step.Step, step.At})
	}
	return done, nil
}
