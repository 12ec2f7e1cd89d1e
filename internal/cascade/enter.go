package cascade

import (
	"context"
	"slices"

	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Enter puts another organ's letter, which the unit typed in from paper or a file, into the register of arrivals and among what
// the unit has to do: with a dispatch that nobody here sent, received from the first, and the duties that the letter has for
// the unit. Entering twice changes nothing.
func (s *Service) Enter(ctx context.Context, actor person.Actor, letterID ident.ID) (letter.Letter, Dispatch, error) {
	l, err := s.letters.Get(ctx, actor, letterID)
	if err != nil {
		return letter.Letter{}, Dispatch{}, err
	}
	whom, err := s.letters.Whom(ctx, l)
	if err != nil {
		return letter.Letter{}, Dispatch{}, err
	}
	l, _, err = s.letters.Enter(ctx, actor, letterID, func(ctx context.Context, tx *database.Tx, l letter.Letter, a letter.Arrival) error {
		d := Dispatch{
			ID: s.ids.New(), LetterID: l.ID, ReceiverID: a.UnitID, State: Received, SentBy: actor.ID, Version: 1,
			ArrivedAt: a.At, ReceivedAt: a.At, ArrivalYear: a.Year, ArrivalNumber: a.Number,
		}
		_, err := s.insert(ctx, tx, actor, person.ActionCascadeReceive, l, &d, forUnit(whom, l, a.UnitID))
		return err
	})
	if err != nil {
		return letter.Letter{}, Dispatch{}, err
	}
	d, _, err := s.Came(ctx, actor, l.IssuerID, l.ID)
	return l, d, err
}

// forUnit are the duties that another organ's letter has for a unit or for anybody below it, to whom it passes them on, and those of
// which that may be so; all when none is.
func forUnit(whom letter.Whom, l letter.Letter, id ident.ID) []Duty {
	var mine, all []Duty
	for _, g := range named(l) {
		all = append(all, g.duty)
		if concern(whom, l, g.duty.For, id) != notConcerned {
			mine = append(mine, g.duty)
		}
	}
	if len(mine) == 0 {
		return all
	}
	return mine
}

// concerned is whether a duty of a letter that was typed in is one of a unit.
type concerned int

const (
	notConcerned concerned = iota
	perhapsConcerned
	surelyConcerned
)

// concern tells it by those whom the duty names, as whoever wrote the letter names them, else as the unit does itself. Who is not known
// may be somebody below the unit, unless the name says otherwise.
func concern(whom letter.Whom, l letter.Letter, names []string, id ident.ID) concerned {
	if len(names) == 0 {
		return surelyConcerned
	}
	own, said := whom.Resolve(names), notConcerned
	u, _ := whom.Tree.ByID(id)
	for i, r := range whom.Of(l.Fields.Organ).Resolve(names) {
		if !r.Known() {
			r = own[i]
		}
		if r.Covers(u) {
			return surelyConcerned
		}
		if !r.Known() && !r.Elsewhere(whom.Tree, id) {
			said = perhapsConcerned
		}
		for _, u := range r.All(whom.Tree) {
			if whom.Tree.Within(u.ID, id) || whom.Tree.Inside(u.ID, id) {
				return surelyConcerned
			}
		}
	}
	return said
}

// Meant is what a letter that was typed in says about whose its duties are, where that is not simply the unit's.
type Meant struct {
	Unclear map[int]bool  // duties of the dispatch, by number, which name somebody who is not known here, or others
	Others  []letter.Duty // those of the letter that are others' and that the dispatch does not have
}

// meant looks at the duties of a letter that was typed in.
func (s *Service) meant(ctx context.Context, d Detail) (Meant, error) {
	m := Meant{Unclear: map[int]bool{}}
	if !d.Entered() || !slices.ContainsFunc(d.Letter.Fields.Duties, func(one letter.Duty) bool { return len(one.For) > 0 }) {
		return m, nil
	}
	whom, err := s.letters.Whom(ctx, d.Letter)
	if err != nil {
		return m, err
	}
	for _, one := range d.Letter.Fields.Duties {
		switch {
		case !slices.ContainsFunc(d.Duties, func(o Duty) bool { return o.Number == one.Number }):
			m.Others = append(m.Others, one)
		case concern(whom, d.Letter, one.For, d.ReceiverID) != surelyConcerned:
			m.Unclear[one.Number] = true
		}
	}
	return m, nil
}

// senderOf is who sent a dispatch; of a letter that came on paper or as a file, the organ that the letter names.
func senderOf(tree *unit.Tree, d Dispatch, l letter.Letter) unit.Unit {
	if d.Entered() {
		return unit.Unit{FullName: l.Fields.Organ}
	}
	u, _ := tree.ByID(d.SenderID)
	return u
}
