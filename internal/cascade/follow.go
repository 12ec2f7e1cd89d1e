package cascade

import (
	"context"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// Followed is a dispatch with what tells how far its receiver has come.
type Followed struct {
	Dispatch
	Publicising Publicising
	Duties      []Duty // with the parts of people, and the progress of those that recur or ask for a number
}

// Find returns a dispatch without asking permission, to a domain that asks for it itself or asked for an object of its own.
func (s *Service) Find(ctx context.Context, q database.Querier, id ident.ID) (Dispatch, error) {
	return load(ctx, q, id)
}

// Follow returns the dispatches of a letter, in the order of their identifiers, to a domain that asks for permission itself.
func (s *Service) Follow(ctx context.Context, q database.Querier, letterID ident.ID) ([]Followed, error) {
	all, err := list(ctx, q, `WHERE letter_id = $1 ORDER BY id`, letterID)
	if err != nil {
		return nil, err
	}
	sums, err := sumPublicity(ctx, q, letterID, 0)
	if err != nil {
		return nil, err
	}
	duties, err := s.followDuties(ctx, q, letterID, all)
	if err != nil {
		return nil, err
	}
	return followed(all, duties, summaries(sums)), nil
}

func followed(all []Dispatch, duties map[ident.ID][]Duty, publicity map[ident.ID]Summary) []Followed {
	out := make([]Followed, len(all))
	for i, d := range all {
		out[i] = Followed{d, publicising(d, duties[d.ID], publicity[d.ID].First), duties[d.ID]}
	}
	return out
}

// followDuties returns the duties of a letter by dispatch. What was noted of them is only read when something is counted.
func (s *Service) followDuties(ctx context.Context, q database.Querier, letterID ident.ID, all []Dispatch) (map[ident.ID][]Duty, error) {
	duties, err := loadAllDuties(ctx, q, letterID)
	if err != nil {
		return nil, err
	}
	parts, err := listAllParts(ctx, q, letterID)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(duties, Duty.measured) {
		now := clock.At(s.db.Clock().Now())
		ticks, err := sumTicks(ctx, q, letterID, now)
		if err != nil {
			return nil, err
		}
		records, err := listDutyRecords(ctx, q, letterID)
		if err != nil {
			return nil, err
		}
		n, err := s.withOwn(ctx, q, letterID, noted{dispatches: all, duties: duties, parts: parts, ticks: ticks, records: records}, s.noted)
		if err != nil {
			return nil, err
		}
		f := n.forest(now)
		for i, d := range duties {
			if d.measured() {
				duties[i].Progress = f.progress(dutyKey{d.DispatchID, d.Number})
			}
		}
	}
	return dutiesOf(duties, parts), nil
}

// dutiesOf puts parts into their duties, and duties in the order of their numbers under their dispatches.
func dutiesOf(duties []Duty, parts []Part) map[ident.ID][]Duty {
	of := map[dutyKey][]Part{}
	for _, p := range parts {
		key := dutyKey{p.DispatchID, p.Duty}
		of[key] = append(of[key], p)
	}
	all := map[ident.ID][]Duty{}
	for _, d := range duties {
		d.Parts = of[dutyKey{d.DispatchID, d.Number}]
		all[d.DispatchID] = append(all[d.DispatchID], d)
	}
	return all
}

// FollowParts returns the dispatches to a unit of which some of its people have a part that is overdue, with the duties
// and parts that are not done, to a domain that asks for permission itself.
func (s *Service) FollowParts(ctx context.Context, q database.Querier, receiver ident.ID) ([]Followed, error) {
	now := clock.At(s.db.Clock().Now())
	parts, err := overdueParts(ctx, q, receiver, now)
	if err != nil || len(parts) == 0 {
		return nil, err
	}
	duties, err := overdueDuties(ctx, q, receiver, now)
	if err != nil {
		return nil, err
	}
	all, err := overdueDispatches(ctx, q, receiver, now)
	return followed(all, dutiesOf(duties, parts), nil), err
}

// OpenLetters returns the letters of which somebody has still something to do, or which are on their way, in the order of their identifiers.
func (s *Service) OpenLetters(ctx context.Context, q database.Querier) ([]ident.ID, error) {
	return openLetters(ctx, q)
}

// Sizes returns how many units have each of the letters.
func (s *Service) Sizes(ctx context.Context, q database.Querier, letters []ident.ID) (map[ident.ID]int, error) {
	return sizes(ctx, q, letters)
}

// SentAmong returns those of the letters that a unit sent to anybody or passed on, by identifier.
func (s *Service) SentAmong(ctx context.Context, q database.Querier, sender ident.ID, letters []ident.ID) ([]ident.ID, error) {
	return sentAmong(ctx, q, sender, letters)
}

// Touching returns the letters that a unit sent or passed on, or that one of the others received, by identifier.
func (s *Service) Touching(ctx context.Context, q database.Querier, sender ident.ID, receivers []ident.ID) ([]ident.ID, error) {
	return touching(ctx, q, sender, receivers)
}
