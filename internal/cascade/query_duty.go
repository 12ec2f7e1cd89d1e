package cascade

import (
	"cmp"
	"context"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
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
	duties, err := loadDuties(ctx, s.db, d.ID)
	if err != nil {
		return nil, err
	}
	var f *forest
	if len(d.Children) > 0 {
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
				records = append(records, dutyRecord{p.DispatchID, p.Duty, p.At})
			}
		}
		f = newForest(clock.At(s.db.Clock().Now()), []Dispatch{d.Dispatch}, duties, parts, sums, records)
	}
	for i := range duties {
		duties[i].Progress = f.progress(dutyKey{d.ID, duties[i].Number})
		for _, p := range parts {
			if p.Duty == duties[i].Number {
				duties[i].Parts = append(duties[i].Parts, p)
			}
		}
		for _, t := range ticks {
			if t.Duty == duties[i].Number {
				duties[i].Ticks = append(duties[i].Ticks, t)
			}
		}
	}
	return duties, nil
}

// forest loads what the duties of a letter's dispatches add up from.
func (s *Service) forest(ctx context.Context, letterID ident.ID) (*forest, error) {
	dispatches, err := loadByLetter(ctx, s.db, letterID)
	if err != nil {
		return nil, err
	}
	duties, err := loadAllDuties(ctx, s.db, letterID)
	if err != nil {
		return nil, err
	}
	parts, err := listAllParts(ctx, s.db, letterID)
	if err != nil {
		return nil, err
	}
	ticks, err := sumTicks(ctx, s.db, letterID)
	if err != nil {
		return nil, err
	}
	records, err := listDutyRecords(ctx, s.db, letterID)
	if err != nil {
		return nil, err
	}
	return newForest(clock.At(s.db.Clock().Now()), dispatches, duties, parts, ticks, records), nil
}

// DutyTree is a duty with those who do parts of it, down to the lowest tier.
type DutyTree struct {
	Dispatch Dispatch
	Unit     unit.Unit
	Letter   letter.Letter
	Duty     Duty // with its parts and progress
	Nodes    []DutyNode
}

// DutyNode is one unit below, in depth-first order.
type DutyNode struct {
	Depth    int // 1 for those directly below
	Dispatch Dispatch
	Unit     unit.Unit
	Duty     Duty
}

// maxNodes bounds the page of a duty's tree; whoever wants more looks below one of its units.
const maxNodes = 500

// DutyTree returns a duty of a dispatch with all below it.
func (s *Service) DutyTree(ctx context.Context, actor person.Actor, id ident.ID, number int) (DutyTree, error) {
	d, err := s.readable(ctx, actor, id)
	if err != nil {
		return DutyTree{}, err
	}
	f, err := s.forest(ctx, d.LetterID)
	if err != nil {
		return DutyTree{}, err
	}
	tree, err := s.units.Today(ctx)
	if err != nil {
		return DutyTree{}, err
	}
	key := dutyKey{id, number}
	if _, ok := f.duties[key]; !ok {
		return DutyTree{}, fault.NotFound.With("cascade.fault.duty")
	}
	out := DutyTree{Dispatch: d, Duty: f.full(key)}
	if out.Letter, err = s.letters.Load(ctx, s.db, d.PaperID()); err != nil {
		return DutyTree{}, err
	}
	out.Unit, _ = tree.ByID(d.ReceiverID)
	var walk func(dutyKey, int)
	walk = func(above dutyKey, depth int) {
		below := slices.Clone(f.children[above])
		slices.SortFunc(below, func(a, b dutyKey) int {
			x, _ := tree.ByID(f.sent[a.dispatch].ReceiverID)
			y, _ := tree.ByID(f.sent[b.dispatch].ReceiverID)
			return cmp.Or(cmp.Compare(x.Code, y.Code), cmp.Compare(a.dispatch, b.dispatch), cmp.Compare(a.number, b.number))
		})
		for _, key := range below {
			if len(out.Nodes) >= maxNodes {
				return
			}
			node := DutyNode{Depth: depth, Dispatch: f.sent[key.dispatch], Duty: f.full(key)}
			node.Unit, _ = tree.ByID(node.Dispatch.ReceiverID)
			out.Nodes = append(out.Nodes, node)
			walk(key, depth+1)
		}
	}
	walk(key, 1)
	return out, nil
}

// full is a duty with its parts and progress.
func (f *forest) full(key dutyKey) Duty {
	d := f.duties[key]
	d.Parts, d.Progress = f.parts[key], f.progress(key)
	return d
}

// Receipt is the automatic notice to a sender that a letter arrived, as the decree asks for on the day of arrival.
type Receipt struct {
	Dispatch Dispatch
	Receiver unit.Unit
	SameDay  bool // it was sent on that day
}

// Receipts returns the notices that a unit got in a span of time as the sender of letters, the newest first.
func (s *Service) Receipts(ctx context.Context, actor person.Actor, sender ident.ID, from, until clock.Time) ([]Receipt, error) {
	if err := actor.Can(person.ActionCascadeWatch, person.On{Unit: sender}); err != nil {
		return nil, err
	}
	tree, err := s.units.Today(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := list(ctx, s.db, `WHERE sender_id = $1 AND receipt_at >= $2 AND receipt_at < $3 ORDER BY receipt_at DESC, id LIMIT 1000`, sender, from, until)
	if err != nil {
		return nil, err
	}
	receipts := make([]Receipt, len(rows))
	for i, d := range rows {
		receipts[i] = Receipt{Dispatch: d, SameDay: clock.DayOf(d.ArrivedAt.Time) == clock.DayOf(d.ReceiptAt.Time)}
		receipts[i].Receiver, _ = tree.ByID(d.ReceiverID)
	}
	return receipts, nil
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
