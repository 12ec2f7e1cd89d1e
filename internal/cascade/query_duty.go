package cascade

import (
	"context"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// dutiesOf returns the duties of a dispatch with their parts and progress. What units below did is only looked for when
// there are such.
func (s *Service) dutiesOf(ctx context.Context, d Detail) ([]Duty, error) {
	parts, err := listParts(ctx, s.db, d.ID)
	if err != nil {
		return nil, err
	}
	ticks, err := listTicks(ctx, s.db, d.ID)
	if err != nil {
		return nil, err
	}
	files, err := listFiles(ctx, s.db, d.ID)
	if err != nil {
		return nil, err
	}
	duties, err := loadDuties(ctx, s.db, d.ID)
	if err != nil {
		return nil, err
	}
	var f *forest
	if len(d.Children) > 0 || d.Entered() {
		f, err = s.forest(ctx, d.LetterID)
		if err != nil {
			return nil, err
		}
	} else {
		var sums []tickSum
		for _, t := range ticks {
			sums = append(sums, tickSum{t.DispatchID, t.Duty, t.Period, t.Count})
		}
		var records []dutyRecord
		for _, p := range d.Publicity {
			if p.Duty > 0 {
				records = append(records, dutyRecord{p.DispatchID, p.Duty, p.At, min(1, len(p.FileKey))})
			}
		}
		f = newForest(clock.At(s.db.Clock().Now()), []Dispatch{d.Dispatch}, duties, parts, sums, records).proved(files)
	}
	for i := range duties {
		duties[i] = f.full(dutyKey{d.ID, duties[i].Number})
		for _, t := range ticks {
			if t.Duty == duties[i].Number {
				duties[i].Ticks = append(duties[i].Ticks, t)
			}
		}
	}
	return duties, nil
}

// forest loads what the duties of a letter's dispatches add up from, with what is carried out under letters of the unit that typed it in.
func (s *Service) forest(ctx context.Context, letterID ident.ID) (*forest, error) {
	n, err := s.noted(ctx, s.db, letterID)
	if err != nil {
		return nil, err
	}
	if n, err = s.withOwn(ctx, s.db, letterID, n, s.noted); err != nil {
		return nil, err
	}
	return n.forest(clock.At(s.db.Clock().Now())), nil
}

// ChangeView is a change of a letter with how its receivers stand to it.
type ChangeView struct {
	Change
	By      letter.Letter
	Answers map[ChangeState]int
}

// Changes returns what was changed about a letter, the newest first, for those who watch it.
func (s *Service) Changes(ctx context.Context, actor person.Actor, letterID ident.ID) ([]ChangeView, error) {
	l, err := s.letters.Load(ctx, s.db, letterID)
	if err != nil {
		return nil, err
	}
	if err := actor.Can(person.ActionCascadeWatch, person.On{Unit: l.IssuerID}); err != nil {
		return nil, err
	}
	changes, err := changesOf(ctx, s.db, letterID)
	if err != nil {
		return nil, err
	}
	counts, err := countAnswers(ctx, s.db, letterID)
	if err != nil {
		return nil, err
	}
	views := make([]ChangeView, len(changes))
	for i, c := range changes {
		views[i] = ChangeView{Change: c, Answers: map[ChangeState]int{}}
		for _, n := range counts {
			if n.ID == c.ID {
				views[i].Answers[n.State] = n.N
			}
		}
		if c.ByID != "" {
			if views[i].By, err = s.letters.Load(ctx, s.db, c.ByID); err != nil {
				return nil, err
			}
		}
	}
	return views, nil
}
