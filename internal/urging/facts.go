package urging

import (
	"context"

	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
)

// dossier is a letter with all that is known about those who have it.
type dossier struct {
	Letter letter.Letter
	Rules  Rules
	Facts  []Facts // by dispatch
	Taken  map[Key][]Taken
	Past   []stepRow // all steps, the oldest first
}

// picture is what is read once for many letters, before any transaction: inside, a second connection could be waited for by
// everybody at once.
type picture struct {
	tree    *unit.Tree
	reports map[reporter][]clock.Day
}

type reporter struct{ letter, unit ident.ID }

func (s *Service) picture(ctx context.Context) (picture, error) {
	tree, err := s.Units.Today(ctx)
	if err != nil || s.Reports == nil {
		return picture{tree: tree}, err
	}
	overdue, err := s.Reports.Overdue(ctx)
	w := picture{tree, map[reporter][]clock.Day{}}
	for _, r := range overdue {
		k := reporter{r.Letter, r.Unit}
		w.reports[k] = append(w.reports[k], r.Due)
	}
	return w, err
}

// dossier reads what is known about a letter.
func (s *Service) dossier(ctx context.Context, q database.Querier, w picture, id ident.ID) (dossier, error) {
	var d dossier
	var err error
	if d.Letter, err = s.Letters.Load(ctx, q, id); err != nil {
		return d, err
	}
	row, err := loadLetter(ctx, q, id)
	if err != nil {
		return d, err
	}
	d.Rules = row.Rules.V.complete()
	all, err := s.Cascade.Follow(ctx, q, id)
	if err != nil {
		return d, err
	}
	contest, homes, err := s.contest(ctx, q, d.Letter.ChallengeID)
	if err != nil {
		return d, err
	}
	counts := entrantsBelow(w.tree, homes)
	for _, one := range all {
		f := factsOf(one)
		f.Reports = w.reports[reporter{id, one.ReceiverID}]
		if contest != nil {
			c := *contest
			u, _ := w.tree.ByID(one.ReceiverID)
			c.Counts, c.Entrants = u.Kind.Area() && s.Entrants != nil, counts[u.ID]
			f.Challenge = &c
		}
		d.Facts = append(d.Facts, f)
	}
	if d.Past, err = stepsOfLetter(ctx, q, id); err != nil {
		return d, err
	}
	d.Taken = map[Key][]Taken{}
	for _, step := range d.Past {
		d.Taken[step.key()] = append(d.Taken[step.key()], Taken{step.Step, step.At})
	}
	return d, nil
}

// contest is what the linked challenge says to everybody, with its entrants by home unit; nil when there is none, or it was
// never announced.
func (s *Service) contest(ctx context.Context, q database.Querier, id ident.ID) (*ChallengeFact, map[ident.ID]int, error) {
	if id == "" {
		return nil, nil, nil
	}
	c, err := s.Challenges.Find(ctx, q, id)
	if fault.KindOf(err) == fault.NotFound || err == nil && c.State == challenge.Draft {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	f := &ChallengeFact{HalfTime: halfTime(c.Period), Closes: c.Registration.Until, Ends: c.Period.Until}
	if s.Entrants == nil {
		return f, nil, nil
	}
	homes, err := s.Entrants.ByUnit(ctx, q, id)
	return f, homes, err
}

func halfTime(s challenge.Span) clock.Time {
	if s.From.IsZero() || s.Until.IsZero() {
		return clock.Time{}
	}
	return s.From.Add(s.Until.Sub(s.From.Time) / 2)
}

// entrantsBelow sums entrants over the areas in which their home units lie, the home unit itself among them.
func entrantsBelow(tree *unit.Tree, homes map[ident.ID]int) map[ident.ID]int {
	sums := map[ident.ID]int{}
	for home, n := range homes {
		for _, u := range tree.AreaPath(home) {
			sums[u.ID] += n
		}
	}
	return sums
}

func factsOf(one cascade.Followed) Facts {
	return Facts{Dispatch: one.Dispatch, Publicises: one.Publicising.Asked, FirstAt: one.Publicising.First, Duties: dutyFacts(one.Duties)}
}

// dutyFacts are the duties of a dispatch of which somebody can be late with one alone: they have a day of their own, recur,
// ask for a number, or were divided among people. What is done owes nothing.
func dutyFacts(duties []cascade.Duty) []DutyFact {
	var out []DutyFact
	for _, d := range duties {
		if d.Done() {
			continue
		}
		f := DutyFact{Number: d.Number, Deadline: d.Deadline, Given: d.GivenAt, Every: d.Every, Count: d.Progress.Count, Often: d.Progress.Times}
		if d.Quota != nil {
			f.Quota, f.Of = d.Progress.Quota, d.Quota.Of
		}
		for _, turn := range d.Progress.Due {
			if !turn.Done {
				f.Open = append(f.Open, turn)
			}
		}
		for _, part := range d.Parts {
			if part.Deadline.IsZero() { // until when the whole is to be done
				part.Deadline = d.Deadline
			}
			if !part.Done() && !part.Deadline.IsZero() {
				f.Parts = append(f.Parts, part)
			}
		}
		if !f.Deadline.IsZero() || f.Quota > 0 || len(f.Open) > 0 || len(f.Parts) > 0 {
			out = append(out, f)
		}
	}
	return out
}
