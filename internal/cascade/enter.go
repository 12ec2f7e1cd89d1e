package cascade

import (
	"context"
	"maps"
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

// forUnit are the duties that another organ's letter has for a unit or for anybody below it, to whom it passes them on; all when
// none is.
func forUnit(whom letter.Whom, l letter.Letter, id ident.ID) []Duty {
	var mine, all []Duty
	for _, g := range named(l) {
		all = append(all, g.duty)
		a := audienceOf(whom, g.duty.For)
		below := func(u ident.ID) bool { return whom.Tree.Within(u, id) || whom.Tree.Inside(u, id) }
		if a.everybody || slices.ContainsFunc(slices.Collect(maps.Keys(a.units)), below) {
			mine = append(mine, g.duty)
		}
	}
	if len(mine) == 0 {
		return all
	}
	return mine
}

// senderOf is who sent a dispatch; of a letter that came on paper or as a file, the organ that the letter names.
func senderOf(tree *unit.Tree, d Dispatch, l letter.Letter) unit.Unit {
	if d.Entered() {
		return unit.Unit{FullName: l.Fields.Organ}
	}
	u, _ := tree.ByID(d.SenderID)
	return u
}
