package exchange

import (
	"cmp"
	"context"
	"errors"

	"sachhon/internal/cascade"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// takeBack recalls what came before from the same organ: at once what nobody works on yet, else its receiver is asked. What is
// completed or was sent back stays, and its sender is told so.
func (s *Service) takeBack(ctx context.Context, m Message, parts []Part, reason string) (ident.ID, error) {
	letterID, targets, err := s.targets(ctx, m, parts)
	if err != nil {
		return "", err
	}
	_, err = s.cascade.RecallLetter(ctx, person.SystemActor, cascade.ChangeInput{ID: m.ID, Letter: letterID, Reason: reason, Only: dispatches(targets)})
	if err != nil {
		return "", err
	}
	return letterID, s.refuseEnded(ctx, targets)
}

// refuseEnded tells about those that can no longer be changed.
func (s *Service) refuseEnded(ctx context.Context, targets []Part) error {
	for _, p := range targets {
		d, err := s.cascade.Find(ctx, s.db, p.DispatchID)
		if err != nil {
			return err
		}
		if d.State != cascade.Completed && d.State != cascade.Refused || d.AgainID != "" {
			continue
		}
		if err := s.answer(ctx, p, edxml.StatusChangeRefused, lang.New("vi").T("exchange.words.notRecalled")); err != nil {
			return err
		}
	}
	return nil
}

// takeReplacement lets a letter that came take the place of one that came before.
func (s *Service) takeReplacement(ctx context.Context, m Message, parts []Part, by ident.ID) error {
	letterID, targets, err := s.targets(ctx, m, parts)
	if err != nil || letterID == by {
		return err
	}
	_, err = s.cascade.ReplaceLetter(ctx, person.SystemActor, cascade.ChangeInput{
		ID: m.ID, Letter: letterID, By: by, Only: dispatches(targets),
		Reason: cmp.Or(m.Words, lang.New("vi").T("exchange.words.replaced", "Symbol", m.Symbol)),
	})
	return err
}

// takeUpdate keeps a new version of a letter beside the first, whose files are on the page of the message, and asks the receivers
// to confirm it; their answers are told back.
func (s *Service) takeUpdate(ctx context.Context, m Message, parts []Part) (ident.ID, error) {
	letterID, targets, err := s.targets(ctx, m, parts)
	if err != nil {
		return "", err
	}
	_, err = s.cascade.UpdateLetter(ctx, person.SystemActor, cascade.ChangeInput{
		ID: m.ID, Letter: letterID, Reason: cmp.Or(m.Words, lang.New("vi").T("edxml.business.2")), Only: dispatches(targets),
	})
	if errors.Is(err, cascade.ErrRecallOpen) { // the receiver's answer to that comes first
		return "", fault.Unavailable.With("exchange.fault.recallOpen").Because(err)
	}
	if err != nil {
		return "", err
	}
	return letterID, s.refuseEnded(ctx, targets)
}

func dispatches(parts []Part) []ident.ID {
	ids := make([]ident.ID, len(parts))
	for i, p := range parts {
		ids[i] = p.DispatchID
	}
	return ids
}

// takeAnswer brings what a receiver outside answers to a change to the change. An answer from before the change is about an
// earlier one, and one that can no longer be given changes nothing.
func (s *Service) takeAnswer(ctx context.Context, m Message, id ident.ID) error {
	d, err := s.cascade.Find(ctx, s.db, id)
	if err != nil || d.Asked == "" {
		return err
	}
	c, err := s.cascade.ChangeOf(ctx, s.db, d.Asked)
	if err != nil || m.IssuedAt.Before(c.MadeAt.Time) {
		return err
	}
	words := cmp.Or(m.Words, lang.New("vi").T(m.Status.Key()))
	_, err = s.cascade.Answer(ctx, person.SystemActor, id, d.Asked, m.Status == edxml.StatusChangeAgreed, words)
	if fault.KindOf(err) == fault.Conflict {
		return nil
	}
	return err
}

// answer reports something about a dispatch that is no step of it.
func (s *Service) answer(ctx context.Context, p Part, status edxml.Status, words string) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		d, err := s.cascade.Find(ctx, tx, p.DispatchID)
		if err != nil {
			return err
		}
		return s.tellBack(ctx, tx, p, d, status, words)
	})
}

// targets are the dispatches that a change is about: of the letter it names, from the same organ, to the units it names.
func (s *Service) targets(ctx context.Context, m Message, parts []Part) (ident.ID, []Part, error) {
	came, err := cameAs(ctx, s.db, cmp.Or(m.About, m.DocumentID), m.FromOrgan)
	if err != nil {
		return "", nil, err
	}
	var letterID ident.ID
	var found []Part
	for _, before := range came {
		if before.ID == m.ID {
			continue
		}
		if before.State == Waiting { // it comes first
			return "", nil, fault.Unavailable.With("exchange.fault.firstWaiting")
		}
		all, err := loadParts(ctx, s.db, before.ID)
		if err != nil {
			return "", nil, err
		}
		for _, p := range all {
			for _, q := range parts {
				if p.DispatchID != "" && p.UnitID == q.UnitID {
					found, letterID = append(found, p), before.LetterID
				}
			}
		}
	}
	if len(found) == 0 {
		return "", nil, fault.Unavailable.With("exchange.fault.notCome", "Document", cut(cmp.Or(string(m.About), string(m.DocumentID))))
	}
	return letterID, found, nil
}

// isNotCome tells whether a change is about a letter that is not here, or not yet.
func isNotCome(err error) bool {
	f, ok := errors.AsType[*fault.Error](err)
	return ok && f.Key == "exchange.fault.notCome"
}
