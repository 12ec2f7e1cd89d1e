package cascade

import (
	"context"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// ReplaceLetter puts another registered letter of the issuer in the place of one: everybody who has the first, at every tier
// and on the same path, gets the second; what was not completed ends as replaced and leads to it.
func (s *Service) ReplaceLetter(ctx context.Context, actor person.Actor, in ChangeInput) (SendResult, error) {
	return s.follow(ctx, actor, in, ChangeReplace)
}

// SendAfter sends a letter to everybody who was sent an earlier one of the issuer, at every tier and on the same path, as
// for new rules of a challenge that is running. The earlier one stays as it is.
func (s *Service) SendAfter(ctx context.Context, actor person.Actor, in ChangeInput) (SendResult, error) {
	return s.follow(ctx, actor, in, ChangeFollow)
}

// follow sends in.By along the paths of in.Letter.
func (s *Service) follow(ctx context.Context, actor person.Actor, in ChangeInput, kind ChangeKind) (SendResult, error) {
	l, err := s.changeable(ctx, actor, &in)
	if err != nil {
		return SendResult{}, err
	}
	if in.By == "" {
		return SendResult{}, fault.Invalid.With("cascade.fault.changeBy").At("by")
	}
	if err := s.mending(ctx, l, in.By); err != nil {
		return SendResult{}, err
	}
	next, err := s.letters.Load(ctx, s.db, in.By)
	if err != nil {
		return SendResult{}, err
	}
	if err := checkSending(Dispatch{Words: in.Reason}, clock.At(s.db.Clock().Now())); err != nil {
		return SendResult{}, err
	}
	tree, err := s.units.Today(ctx)
	if err != nil {
		return SendResult{}, err
	}
	whom, err := s.letters.Whom(ctx, next)
	if err != nil {
		return SendResult{}, err
	}
	allot := allotment(whom, named(next))
	var result SendResult
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		result = SendResult{}
		if _, err := s.letters.Hold(ctx, tx, l.ID); err != nil {
			return err
		}
		all, err := lockAll(ctx, tx, l.ID)
		if err != nil {
			return err
		}
		all = among(all, in.Only)
		if err := s.sendable(ctx, tx, next, ""); err != nil {
			return err
		}
		c, _, err := s.record(ctx, tx, actor, kind, l, in)
		if err != nil {
			return err
		}
		heirs, err := s.inherit(ctx, tx, actor, next, in.Reason, all, allot, &result)
		if err != nil {
			return err
		}
		if kind == ChangeFollow {
			for _, d := range all {
				if heirs[d.ID] == "" {
					continue
				}
				if err := insertDispatchChange(ctx, tx, c.ID, d.ID, ChangeDone); err != nil {
					return err
				}
			}
			return nil
		}
		if err := s.replaceAll(ctx, tx, tree, actor, c, all, heirs); err != nil {
			return err
		}
		return s.handDown(ctx, tx, all, heirs, result.Dispatches)
	})
	return result, err
}

// downwards orders dispatches so that each comes after the one it was forwarded from.
func downwards(all []Dispatch) []Dispatch {
	below := map[ident.ID][]Dispatch{}
	for _, d := range all {
		below[d.ParentID] = append(below[d.ParentID], d)
	}
	out := slices.Clone(below[""])
	for i := 0; i < len(out); i++ {
		out = append(out, below[out[i].ID]...)
	}
	return out
}

// among keeps the dispatches that are named, all when none is, with all that was forwarded from them, from above downwards.
func among(all []Dispatch, only []ident.ID) []Dispatch {
	all = downwards(all)
	if len(only) == 0 {
		return all
	}
	var kept []Dispatch
	for _, d := range all {
		if slices.Contains(only, d.ID) || slices.ContainsFunc(kept, func(above Dispatch) bool { return above.ID == d.ParentID }) {
			kept = append(kept, d)
		}
	}
	return kept
}

// inherit makes a dispatch of the next letter for each live one of the first, and returns them by what they follow. The
// path stays as it was; below one that refused it, or from which it was taken back, it leads to the issuer.
func (s *Service) inherit(ctx context.Context, tx *database.Tx, actor person.Actor, next letter.Letter, words string, all []Dispatch,
	allot allotting, result *SendResult,
) (map[ident.ID]ident.ID, error) {
	had, err := loadByLetter(ctx, tx, next.ID)
	if err != nil {
		return nil, err
	}
	there := map[ident.ID]Dispatch{}
	for _, d := range had {
		if d.AgainID == "" {
			there[d.ReceiverID] = d
		}
	}
	heirs := map[ident.ID]ident.ID{}
	for _, old := range all {
		if !old.ObjectedAt.IsZero() && old.State == Refused { // who refused the first one is not sent the next: the matter is over
			if err := s.settle(ctx, tx, actor, &old); err != nil {
				return nil, err
			}
		}
		if old.State == Refused || old.State == Recalled {
			continue
		}
		if d, ok := there[old.ReceiverID]; ok {
			heirs[old.ID] = d.ID
			result.Already = append(result.Already, old.ReceiverID)
			continue
		}
		d := Dispatch{
			ID: s.ids.New(), LetterID: next.ID, SenderID: next.IssuerID, ReceiverID: old.ReceiverID, State: Lifecycle.Start, Words: words,
			SentBy: actor.ID, Version: 1,
		}
		if parent, ok := there[old.SenderID]; ok && old.ParentID != "" && parent.State.counts() {
			d.ParentID, d.SenderID = parent.ID, old.SenderID
		}
		passing := ident.ID("")
		if d.ParentID != "" {
			passing = d.SenderID
		}
		duties := allot(passing, d.ReceiverID)
		if passing != "" {
			duties = slices.Clone(duties)
			for i := range duties {
				duties[i].From = duties[i].Number
			}
		}
		fresh, err := s.send(ctx, tx, actor, next, &d, duties)
		if err != nil {
			return nil, err
		}
		if !fresh { // somebody sent it meanwhile; the next attempt sees it
			return nil, fault.Conflict.With("cascade.fault.changed")
		}
		heirs[old.ID], there[d.ReceiverID] = d.ID, d
		result.Dispatches = append(result.Dispatches, d)
	}
	return heirs, nil
}

// replaceAll ends what is not completed and leads to what came instead.
func (s *Service) replaceAll(ctx context.Context, tx *database.Tx, tree *unit.Tree, actor person.Actor, c Change, all []Dispatch,
	heirs map[ident.ID]ident.ID,
) error {
	for _, d := range all {
		heir, ok := heirs[d.ID]
		if !ok || d.State == Replaced {
			continue
		}
		if err := overtake(ctx, tx, d.ID); err != nil {
			return err
		}
		if err := insertDispatchChange(ctx, tx, c.ID, d.ID, ChangeDone); err != nil {
			return err
		}
		before := d
		d.ReplacedBy, d.Asked, d.AskedKind = heir, "", ""
		if Lifecycle.Can(d.State, Replace) {
			if err := d.step(Replace); err != nil {
				return err
			}
			d.EndedAt, d.Outcome = tx.Now(), c.Reason
		}
		if err := s.save(ctx, tx, actor, person.ActionCascadeSend, before, &d); err != nil {
			return err
		}
		if before.State != Sent {
			if err := s.tellChange(ctx, tx, tree, d, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// handDown gives the new dispatches what was done for those that they replaced: all that was made public, and what was noted
// of duties that both letters ask for in the same words. The rest stays to be read with the letter that ended.
func (s *Service) handDown(ctx context.Context, tx *database.Tx, all []Dispatch, heirs map[ident.ID]ident.ID, fresh []Dispatch) error {
	for _, old := range all {
		heir := heirs[old.ID]
		if !Lifecycle.Can(old.State, Replace) || !slices.ContainsFunc(fresh, func(d Dispatch) bool { return d.ID == heir }) {
			continue
		}
		before, err := loadDuties(ctx, tx, old.ID)
		if err != nil {
			return err
		}
		now, err := loadDuties(ctx, tx, heir)
		if err != nil {
			return err
		}
		for _, d := range before {
			i := slices.IndexFunc(now, func(o Duty) bool { return sameWords(o.Text, d.Text) })
			if i < 0 {
				continue
			}
			if err := moveDuty(ctx, tx, old.ID, heir, d.Number, now[i].Number); err != nil {
				return err
			}
			if !d.Done() {
				continue
			}
			d.DispatchID, d.Number = heir, now[i].Number
			if err := updateDuty(ctx, tx, d); err != nil {
				return err
			}
		}
		if err := movePublicity(ctx, tx, old.ID, heir); err != nil {
			return err
		}
	}
	return nil
}
