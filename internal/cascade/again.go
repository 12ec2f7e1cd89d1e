package cascade

import (
	"context"
	"errors"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// AgainInput is how a unit gets a letter again that it refused or that was taken back from it.
type AgainInput struct {
	Dispatch ident.ID   // the one that ended
	Words    string     // added to the letter, as an answer to the reason; may be empty
	DueAt    clock.Time // by when it should be done, may be zero
}

// SendAgain sends a letter once more to a unit that refused it, or from which alone it was taken back, on the same way and
// asking the same. What it passed on, and what it had done already, belongs to the new dispatch. Repeating it returns the one
// that was made. A unit outside can not be sent the same again: its system takes a letter once.
func (s *Service) SendAgain(ctx context.Context, actor person.Actor, in AgainInput) (Dispatch, error) {
	old, err := load(ctx, s.db, in.Dispatch)
	if err != nil {
		return Dispatch{}, err
	}
	if err := actor.Can(person.ActionCascadeSend, person.On{Unit: old.SenderID}); err != nil {
		return Dispatch{}, err
	}
	l, err := s.letters.Load(ctx, s.db, old.LetterID)
	if err != nil {
		return Dispatch{}, err
	}
	pattern := Dispatch{ParentID: old.ParentID, SenderID: old.SenderID, UnderID: old.UnderID, Words: in.Words, DueAt: in.DueAt}
	paper, err := s.letters.Load(ctx, s.db, old.PaperID())
	if err != nil {
		return Dispatch{}, err
	}
	whom, err := s.letters.Whom(ctx, paper)
	if err != nil {
		return Dispatch{}, err
	}
	to, err := s.prepare(ctx, actor, l, whom, pattern, Recipients{Units: []ident.ID{old.ReceiverID}})
	if err != nil {
		return Dispatch{}, err
	}
	d := to.pattern
	d.ID, d.ReceiverID = s.ids.New(), old.ReceiverID
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if old, err = lock(ctx, tx, in.Dispatch); err != nil {
			return err
		}
		if old.AgainID != "" {
			d, err = load(ctx, tx, old.AgainID)
			return err
		}
		if old.State != Refused && old.State != Recalled {
			return fault.Conflict.With("cascade.fault.stillThere")
		}
		if old.Outside {
			return fault.Conflict.With("cascade.fault.againOutside")
		}
		if d.ParentID, err = standing(ctx, tx, d.ParentID); err != nil {
			return err
		}
		if err := s.sendable(ctx, tx, l, d.ParentID); err != nil {
			return err
		}
		before := old
		old.AgainID = d.ID
		if err := s.save(ctx, tx, actor, person.ActionCascadeSend, before, &old); err != nil {
			return err
		}
		duties, err := loadDuties(ctx, tx, old.ID)
		if err != nil {
			return err
		}
		if _, err := s.send(ctx, tx, actor, l, &d, uncounted(duties)); err != nil {
			return err
		}
		if err := s.checkAgain(ctx, tx, d.ParentID, duties); err != nil {
			return err
		}
		if err := s.adopt(ctx, tx, actor, old, d, duties); err != nil {
			return err
		}
		return s.bringAlong(ctx, tx, to.today, actor, l, []Dispatch{d})
	})
	return d, err
}

// standing is the dispatch that stands for one now: itself, or the one with which its unit got the letter again.
func standing(ctx context.Context, q database.Querier, id ident.ID) (ident.ID, error) {
	for id != "" {
		d, err := load(ctx, q, id)
		if err != nil || d.AgainID == "" {
			return id, err
		}
		id = d.AgainID
	}
	return id, nil
}

// sendable tells why a letter may not go to anybody else: the sender does not have it any more, or it was taken back or
// replaced for all. Callers in a transaction thereby hold the dispatch from which it is passed on.
func (s *Service) sendable(ctx context.Context, tx *database.Tx, l letter.Letter, parent ident.ID) error {
	if parent != "" { // who did not give back what was recalled goes on with it
		return passable(ctx, tx, parent)
	}
	return s.inForce(ctx, tx, l)
}

// inForce tells why a letter is not in force any more: it was taken back or replaced for all.
func (s *Service) inForce(ctx context.Context, q database.Querier, l letter.Letter) error {
	changes, err := changesOf(ctx, q, l.ID)
	if err != nil {
		return err
	}
	for _, c := range changes {
		switch {
		case !c.Whole:
		case c.Kind == ChangeRecall:
			return fault.Conflict.With("cascade.fault.letterRecalled")
		case c.Kind == ChangeReplace:
			by, err := s.letters.Load(ctx, q, c.ByID)
			if err != nil {
				return err
			}
			return fault.Conflict.With("cascade.fault.letterReplaced", "Symbol", by.Symbol())
		}
	}
	return nil
}

// checkAgain keeps a share that was free meanwhile from being promised twice.
func (s *Service) checkAgain(ctx context.Context, tx *database.Tx, parent ident.ID, duties []Duty) error {
	if parent == "" {
		return nil
	}
	passed := make([]given, len(duties))
	for i, d := range duties {
		passed[i] = given{duty: d, part: true}
	}
	return s.checkPassed(ctx, tx, parent, passed)
}

// adopt gives what belongs to a dispatch to the one with which the unit has the letter now: what it did, which still counts,
// and what it passed on, also where that ended, so that each lies below one that stands.
func (s *Service) adopt(ctx context.Context, tx *database.Tx, actor person.Actor, old, again Dispatch, duties []Duty) error {
	if err := moveWork(ctx, tx, old.ID, again.ID); err != nil {
		return err
	}
	for _, d := range duties {
		if !d.Done() {
			continue
		}
		d.DispatchID = again.ID
		if err := updateDuty(ctx, tx, d); err != nil {
			return err
		}
	}
	children, err := loadChildren(ctx, tx, old.ID)
	if err != nil {
		return err
	}
	for _, d := range children {
		if err := setParent(ctx, tx, d.ID, again.ID); err != nil {
			return err
		}
		err := s.note(ctx, tx, actor, d, person.ActionCascadeSend, "dispatch", d.ID,
			map[string]any{"parent": old.ID}, map[string]any{"parent": again.ID})
		if err != nil {
			return err
		}
	}
	return nil
}

// bringAlong brings what was changed about a letter for all who had it to those who get it only now: they see how it was
// mended, and get the letters that follow it on the same path.
func (s *Service) bringAlong(ctx context.Context, tx *database.Tx, tree *unit.Tree, actor person.Actor, l letter.Letter, fresh []Dispatch,
	seen ...ident.ID,
) error {
	if len(fresh) == 0 || slices.Contains(seen, l.ID) {
		return nil
	}
	changes, err := changesOf(ctx, tx, l.ID)
	if err != nil {
		return err
	}
	slices.Reverse(changes) // as they were made
	for _, c := range changes {
		if !c.Whole || c.Kind != ChangeUpdate && c.Kind != ChangeFollow {
			continue
		}
		if c.Kind == ChangeUpdate {
			if err := s.mendedBefore(ctx, tx, tree, actor, c, fresh); err != nil {
				return err
			}
			continue
		}
		next, err := s.letters.Load(ctx, tx, c.ByID)
		if err != nil {
			return err
		}
		switch err := s.inForce(ctx, tx, next); {
		case errors.Is(err, fault.Conflict):
			continue // it was taken back since
		case err != nil:
			return err
		}
		whom, err := s.letters.Whom(ctx, next)
		if err != nil {
			return err
		}
		var made SendResult
		heirs, err := s.inherit(ctx, tx, actor, next, c.Reason, fresh, allotment(whom, named(next)), &made)
		if err != nil {
			return err
		}
		for _, d := range fresh {
			if heirs[d.ID] == "" {
				continue
			}
			if err := insertDispatchChange(ctx, tx, c.ID, d.ID, ChangeDone); err != nil {
				return err
			}
		}
		if err := s.bringAlong(ctx, tx, tree, actor, next, made.Dispatches, append(seen, l.ID)...); err != nil {
			return err
		}
	}
	return nil
}

// mendedBefore shows those who get a letter only now how it was mended. They have nothing to confirm; a unit outside is told
// as all others are, since it sees no page here.
func (s *Service) mendedBefore(ctx context.Context, tx *database.Tx, tree *unit.Tree, actor person.Actor, c Change, fresh []Dispatch) error {
	for _, d := range fresh {
		if d.Outside {
			now, err := load(ctx, tx, d.ID) // an earlier change may have been told in this transaction
			if err != nil {
				return err
			}
			if err := s.apply(ctx, tx, tree, actor, c, now, true); err != nil {
				return err
			}
			continue
		}
		if err := insertDispatchChange(ctx, tx, c.ID, d.ID, ChangeDone); err != nil {
			return err
		}
	}
	return nil
}

// firstSent is a dispatch with the time at which the unit was sent the letter first: what it did before it gave the letter
// back was done for it too.
func firstSent(ctx context.Context, q database.Querier, d Dispatch) (Dispatch, error) {
	for id := d.ID; ; {
		before, err := loadBefore(ctx, q, id)
		if errors.Is(err, fault.NotFound) {
			return d, nil
		}
		if err != nil {
			return Dispatch{}, err
		}
		id, d.SentAt = before.ID, before.SentAt
	}
}
