package urging

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/drafting"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
)

// document drafts the letter by which a superior organ urges its late units, all in one table. It is dated as it was wanted,
// so that a node that takes over writes the same. Official letters are in Vietnamese.
func (s *Service) document(ctx context.Context, tree *unit.Tree, d draftRow, urged letter.Letter, rows []lateUnit, open openMatters) (letter.Document, error) {
	superior, _ := tree.ByID(d.SuperiorID)
	head, _, err := s.Drafting.HeadOf(ctx, tree, superior)
	if err != nil {
		return letter.Document{}, err
	}
	words := lang.New(lang.Languages[0])
	var data drafting.UrgingData
	for _, row := range rows {
		var what []string
		var due clock.Time
		for _, step := range row.Steps {
			what = append(what, What(words, step.Cause, step.Number, open.about(step)))
			if since := overdueSince(step.Cause, step.Since, step.Due); due.IsZero() || since.Before(due.Time) {
				due = since
			}
		}
		data.Late = append(data.Late, drafting.LateUnit{Unit: row.Unit, What: strings.Join(slices.Compact(what), "; "), Due: lastDay(due)})
	}
	return drafting.UrgingOf(drafting.Input{Unit: superior, Tree: tree, Head: head, On: &urged, Today: dateOf(d.WantedAt)}, data), nil
}

// lastDay is the day until which there was time: a matter that is late from midnight on was due the day before.
func lastDay(due clock.Time) letter.Date { return dateOf(due.Add(-1)) }

func dateOf(t clock.Time) letter.Date {
	day := t.Local()
	return letter.Date{Year: day.Year(), Month: int(day.Month()), Day: day.Day()}
}

// inOrder lists units as boards do: areas before organisations, then by code.
func inOrder(byUnit map[ident.ID]*lateUnit) []lateUnit {
	all := make([]lateUnit, 0, len(byUnit))
	for _, u := range byUnit {
		slices.SortStableFunc(u.Steps, func(a, b stepRow) int {
			return cmp.Or(cmp.Compare(slices.Index(Causes, a.Cause), slices.Index(Causes, b.Cause)), cmp.Compare(a.Number, b.Number))
		})
		all = append(all, *u)
	}
	slices.SortFunc(all, func(a, b lateUnit) int {
		return cmp.Or(cmp.Compare(slices.Index(unit.Kinds, a.Unit.Kind), slices.Index(unit.Kinds, b.Unit.Kind)),
			cmp.Compare(a.Unit.Code, b.Unit.Code))
	})
	return all
}
