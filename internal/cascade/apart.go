package cascade

import (
	"context"
	"slices"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// having is what becomes of a letter at units that have it already. A unit has a letter once, on one way; whatever a sender adds
// with a letter of its own must reach it all the same.
type having struct {
	to         sending
	result     *SendResult
	first, own map[ident.ID]Dispatch // who has the letter, and who the sender's own one; nil until somebody asks
	lost       []ident.ID            // who can not be given their parts
}

// serve sees to a unit that has the letter. From the same sender it gets the duties that it lacks; and the sender's own letter,
// without which it has the letter, goes to it as a dispatch of that letter, with the duties that found no place.
func (s *Service) serve(ctx context.Context, tx *database.Tx, actor person.Actor, h *having, receiver ident.ID, duties []Duty) error {
	to := h.to
	if h.first == nil {
		var err error
		if h.first, err = receivers(ctx, tx, to.letter.ID); err != nil {
			return err
		}
	}
	has, ok := h.first[receiver]
	if !ok { // it was sent again meanwhile; the next attempt sees it
		return fault.Conflict.With("cascade.fault.changed")
	}
	with := to.own.ID == "" || has.PaperID() == to.own.ID
	left := duties
	if to.pattern.ParentID != "" && has.ParentID == to.pattern.ParentID && has.State.counts() && (with || to.passing != "") {
		var err error
		if left, err = s.supplement(ctx, tx, to.today, actor, has, duties); err != nil {
			return err
		}
	}
	if with || !has.State.counts() && !to.parts { // to whom it ended only SendAgain sends anything
		h.settle(has, left)
		return nil
	}
	if to.passing != "" && !to.parts && has.State.counts() { // what the letter asks of it already is not asked a second time
		asked, err := loadDuties(ctx, tx, has.ID)
		if err != nil {
			return err
		}
		left = slices.DeleteFunc(slices.Clone(left), func(d Duty) bool {
			return slices.ContainsFunc(asked, func(o Duty) bool { return sameWords(o.Text, d.Text) })
		})
	}
	return s.sendApart(ctx, tx, actor, h, receiver, to.alone(left))
}

// sendApart sends the sender's own letter by itself. There is no way up from it to the letter that it carries out: what the unit
// does for that one counts on the way on which the unit has it, and nothing counts twice.
func (s *Service) sendApart(ctx context.Context, tx *database.Tx, actor person.Actor, h *having, receiver ident.ID, duties []Duty) error {
	to := h.to
	if h.own == nil {
		if _, err := s.letters.Hold(ctx, tx, to.own.ID); err != nil {
			return err
		}
		if err := s.inForce(ctx, tx, to.own); err != nil {
			return err
		}
		var err error
		if h.own, err = receivers(ctx, tx, to.own.ID); err != nil {
			return err
		}
	}
	if has, ok := h.own[receiver]; ok {
		left := duties
		if has.ParentID == "" && has.State.counts() {
			var err error
			if left, err = s.supplement(ctx, tx, to.today, actor, has, duties); err != nil {
				return err
			}
		}
		h.settle(has, left)
		return nil
	}
	d := to.pattern
	d.ID, d.LetterID, d.ParentID, d.UnderID, d.ReceiverID = s.ids.New(), to.own.ID, "", "", receiver
	fresh, err := s.send(ctx, tx, actor, to.own, &d, duties)
	if err != nil {
		return err
	}
	if !fresh { // somebody sent it meanwhile
		return fault.Conflict.With("cascade.fault.changed")
	}
	h.result.Apart = append(h.result.Apart, d)
	return nil
}

// settle notes that nothing new was sent to a unit, and whether it thereby lacks its part.
func (h *having) settle(has Dispatch, left []Duty) {
	if h.to.parts && len(left) > 0 {
		h.lost = append(h.lost, has.ReceiverID)
	}
	if has.State.counts() {
		h.result.Already = append(h.result.Already, has.ReceiverID)
	} else {
		h.result.Ended = append(h.result.Ended, has.ReceiverID)
	}
}

// complain refuses to divide a duty when units would not get their part, since the rest would look as if it were all.
func (h *having) complain() error {
	if len(h.lost) == 0 {
		return nil
	}
	names := make([]string, len(h.lost))
	for i, id := range h.lost {
		names[i] = organ(h.to.today, id)
	}
	return fault.Invalid.With("cascade.fault.partLost", "Units", strings.Join(names, "; ")).At("units")
}

// receivers are those to whom a letter was sent, with the dispatch that stands.
func receivers(ctx context.Context, q database.Querier, letterID ident.ID) (map[ident.ID]Dispatch, error) {
	all, err := loadByLetter(ctx, q, letterID)
	if err != nil {
		return nil, err
	}
	by := make(map[ident.ID]Dispatch, len(all))
	for _, d := range all {
		if d.AgainID == "" {
			by[d.ReceiverID] = d
		}
	}
	return by, nil
}

// alone are duties as the sender's own letter asks for them by itself: under its own numbers, those that it does not name behind
// them, and as parts of nothing.
func (to sending) alone(duties []Duty) []Duty {
	out := slices.Clone(duties)
	for i, d := range out {
		if to.passing != "" { // they come from the letter that is passed on
			n := slices.IndexFunc(to.drafted, func(o letter.Duty) bool { return o.From == d.From })
			if out[i].Number = n + 1; n < 0 {
				out[i].Number = len(to.drafted) + d.From
			}
		}
		out[i].From = 0
	}
	return out
}

// supplement gives a dispatch the duties that it lacks, and returns those that it can not take: it asks something else in their
// place, or its unit has the letter in another system, which is told of nothing more.
func (s *Service) supplement(ctx context.Context, tx *database.Tx, tree *unit.Tree, actor person.Actor, d Dispatch, duties []Duty) (left []Duty, err error) {
	has, err := loadDuties(ctx, tx, d.ID)
	if err != nil {
		return nil, err
	}
	reached := clock.Time{}
	if !d.ArrivedAt.IsZero() { // the letter is there, and these reach the unit now
		reached = tx.Now()
	}
	counted, err := s.counted(ctx, tx, d, reached, fresh(duties))
	if err != nil {
		return nil, err
	}
	given := false
	soonest, err := s.soonest(ctx, tx)
	if err != nil {
		return nil, err
	}
	for i, one := range counted {
		place := func(o Duty) bool { return o.From == one.From && (one.From > 0 || o.Number == one.Number) }
		if slices.ContainsFunc(has, func(o Duty) bool { return place(o) && o.asks(one) }) {
			continue
		}
		if d.Outside || slices.ContainsFunc(has, place) {
			left = append(left, duties[i])
			continue
		}
		one.DispatchID, one.Number = d.ID, freeNumber(has, one.Number)
		if !reached.IsZero() {
			one = one.givenAt(reached, soonest)
		}
		if _, err := insertDuty(ctx, tx, one); err != nil {
			return nil, err
		}
		if has = append(has, one); d.State == Completed && !given {
			given = true
			if err := s.reopenGiven(ctx, tx, tree, actor, d, one, soonest); err != nil {
				return nil, err
			}
		}
		if err := s.note(ctx, tx, actor, d, person.ActionCascadeSend, "duty", d.ID, nil, map[string]any{"number": one.Number, "from": one.From}); err != nil {
			return nil, err
		}
	}
	return left, nil
}

// freeNumber is a number that no duty of a dispatch has: the one wished for, or the next after all.
func freeNumber(has []Duty, wished int) int {
	last, taken := 0, false
	for _, d := range has {
		last, taken = max(last, d.Number), taken || d.Number == wished
	}
	if taken {
		return last + 1
	}
	return wished
}

// asks tells whether a duty asks what another one does: in the same words, as much, and by the same day.
func (d Duty) asks(o Duty) bool {
	byDay := d.Within != nil && o.Within != nil || d.asked().Equal(o.asked().Time)
	return sameWords(d.Text, o.Text) && d.quota() == o.quota() && byDay
}
