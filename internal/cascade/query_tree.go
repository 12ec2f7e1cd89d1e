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

// DutyTree is a duty with those who do parts of it, down to the lowest tier.
type DutyTree struct {
	Dispatch Dispatch // zero where the letter's issuer looks
	From     ident.ID // the unit as which somebody looks who is above on the letter's way and not of either side
	Unit     unit.Unit
	Letter   letter.Letter
	Duty     Duty // with its parts and progress
	Nodes    []DutyNode
	Hidden   int // units further below that are not among the nodes; those of each stand on its own page
}

// DutyNode is one unit below, in depth-first order.
type DutyNode struct {
	Depth    int // 1 for those directly below
	Dispatch Dispatch
	Unit     unit.Unit
	Duty     Duty
}

// maxNodes bounds the page of a duty's tree. Where there are more units only the tier directly below is shown.
const maxNodes = 500

// DutyTree returns a duty of a dispatch with all below it, to those of either side and to those above on the letter's way.
func (s *Service) DutyTree(ctx context.Context, actor person.Actor, id ident.ID, number int) (DutyTree, error) {
	d, from, err := s.seen(ctx, actor, id)
	if err != nil {
		return DutyTree{}, err
	}
	f, err := s.forest(ctx, d.LetterID)
	if err != nil {
		return DutyTree{}, err
	}
	key := dutyKey{id, number}
	if _, ok := f.duties[key]; !ok {
		return DutyTree{}, fault.NotFound.With("cascade.fault.duty")
	}
	ticks, err := listTicks(ctx, s.db, id)
	if err != nil {
		return DutyTree{}, err
	}
	out := DutyTree{Dispatch: d, From: from, Duty: f.full(key)}
	out.Duty.Ticks = slices.DeleteFunc(ticks, func(t Tick) bool { return t.Duty != number })
	paper := d.PaperID()
	if from != "" {
		paper = d.LetterID
	}
	if out.Letter, err = s.letters.Load(ctx, s.db, paper); err != nil {
		return DutyTree{}, err
	}
	return out, s.fill(ctx, &out, f, key, d.ReceiverID)
}

// LetterDuty returns a duty as its letter asks for it, with everybody who has it, to those who watch the letter for its issuer.
func (s *Service) LetterDuty(ctx context.Context, actor person.Actor, letterID ident.ID, number int) (DutyTree, error) {
	l, err := s.letters.Load(ctx, s.db, letterID)
	if err != nil {
		return DutyTree{}, err
	}
	if err := actor.Can(person.ActionCascadeWatch, person.On{Unit: l.IssuerID}); err != nil {
		return DutyTree{}, err
	}
	i := slices.IndexFunc(l.Fields.Duties, func(d letter.Duty) bool { return d.Number == number })
	if i < 0 {
		return DutyTree{}, fault.NotFound.With("cascade.fault.duty")
	}
	f, err := s.forest(ctx, letterID)
	if err != nil {
		return DutyTree{}, err
	}
	duty := dutyOf("", l.Fields.Duties[i])
	if w := duty.Within; w != nil && w.From == letter.FromDate && !l.Fields.Date.IsZero() { // the same day for all
		days, err := s.calendar(ctx)
		if err != nil {
			return DutyTree{}, err
		}
		duty = fresh([]Duty{duty})[0].endingBy(w.Last(days, clock.Day(l.Fields.Date.String())))
	}
	key := dutyKey{"", number}
	f.duties[key] = f.asked(duty, key)
	out := DutyTree{Letter: l, Duty: f.full(key)}
	return out, s.fill(ctx, &out, f, key, l.IssuerID)
}

// asked is a duty of a letter as its issuer sees it: the number is asked of each of those it was sent to.
func (f *forest) asked(d Duty, key dutyKey) Duty {
	of := f.children[key]
	done, sum := 0, 0
	for _, below := range of {
		one := f.duties[below]
		sum += one.quota()
		if one.Done() {
			done++
			d.DoneAt = one.DoneAt
		}
	}
	if done < len(of) {
		d.DoneAt = clock.Time{}
	}
	if d.Quota != nil {
		d.Quota = &letter.Quota{Count: sum, Of: d.Quota.Of, AtLeast: d.Quota.AtLeast}
	}
	return d
}

// fill adds who is below.
func (s *Service) fill(ctx context.Context, out *DutyTree, f *forest, key dutyKey, at ident.ID) error {
	tree, err := s.units.Today(ctx)
	if err != nil {
		return err
	}
	out.Unit, _ = tree.ByID(at)
	all := f.size(key)
	deepest := all
	if all > maxNodes {
		deepest = 1
	}
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
			if depth < deepest {
				walk(key, depth+1)
			}
		}
	}
	walk(key, 1)
	out.Hidden = all - len(out.Nodes)
	return nil
}

// size counts the duties below one.
func (f *forest) size(key dutyKey) int {
	n := 0
	for _, below := range f.children[key] {
		n += 1 + f.size(below)
	}
	return n
}

// full is a duty with its parts, files and progress.
func (f *forest) full(key dutyKey) Duty {
	d := f.duties[key]
	d.Parts, d.Progress, d.Files, d.Shown = f.parts[key], f.progress(key), f.files[key], f.shown[key]
	return d
}
