package exchange

import (
	"context"
	"fmt"

	"sachhon/internal/cascade"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
)

// Carry implements cascade.Carrier: a dispatch to a unit outside joins the package of its letter to that partner. A
// dispatch that a package from outside makes is remembered, so that its receiver's steps are reported back.
func (s *Service) Carry(ctx context.Context, tx *database.Tx, d cascade.Dispatch) (bool, error) {
	came, err := partsOfLetter(ctx, tx, d.LetterID)
	if err != nil {
		return false, err
	}
	for _, p := range came {
		if p.UnitID == d.ReceiverID && p.DispatchID == "" {
			if err := setDispatch(ctx, tx, p, d.ID); err != nil {
				return false, err
			}
		}
	}
	code, ok, err := codeOf(ctx, tx, d.ReceiverID)
	if err != nil || !ok || !code.Outside() {
		return false, err
	}
	part := Part{OrganCode: code.OrganCode, UnitID: d.ReceiverID, DispatchID: d.ID}
	open, err := findOpen(ctx, tx, d.PaperID(), d.SenderID, code.Partner)
	if err != nil {
		return false, err
	}
	if open != "" {
		part.MessageID = open
		return true, addPart(ctx, tx, part)
	}
	l, err := s.letters.Load(ctx, tx, d.PaperID())
	if err != nil {
		return false, err
	}
	m := s.outgoing(tx, LetterKind, code.Partner, d.SenderID)
	m.Business, m.LetterID, m.Symbol, m.Subject, m.Words = edxml.BusinessNew, l.ID, l.Symbol(), l.Fields.Subject, d.Words
	m.Dedup = "out|" + string(m.ID)
	return true, s.put(ctx, tx, m, []Part{part})
}

// Changed implements cascade.Carrier: whoever sent a letter from outside is told how its receiver here deals with it and what it
// answers to a change; a receiver outside is told when its letter is recalled, mended or replaced.
func (s *Service) Changed(ctx context.Context, tx *database.Tx, before, after cascade.Dispatch) error {
	if before.State == after.State && before.Asked == after.Asked {
		return nil
	}
	came, err := partsOfDispatch(ctx, tx, after.ID, In)
	if err != nil {
		return err
	}
	if len(came) > 0 {
		return s.changedHere(ctx, tx, came[0], before, after)
	}
	went, err := partsOfDispatch(ctx, tx, after.ID, Out)
	if err != nil || len(went) == 0 {
		return err
	}
	first, err := load(ctx, tx, went[0].MessageID)
	if err != nil {
		return err
	}
	out := changeOut{first: first, part: went[0], dispatch: after}
	switch {
	case after.Asked != "" && after.Asked != before.Asked:
		return s.askOut(ctx, tx, out)
	case before.State == after.State:
		return nil
	case after.State == cascade.Replaced:
		return s.replaceOut(ctx, tx, out)
	case after.State == cascade.Recalled && before.State != cascade.Refused && before.AskedKind != cascade.ChangeRecall:
		return s.recallOut(ctx, tx, out, after.Outcome, "out|recall|"+string(after.ID))
	}
	return nil
}

// changedHere tells the sender outside what became of its letter.
func (s *Service) changedHere(ctx context.Context, tx *database.Tx, came Part, before, after cascade.Dispatch) error {
	switch {
	case before.State != after.State && (after.State == cascade.Recalled || after.State == cascade.Replaced):
		return s.tellBack(ctx, tx, came, after, edxml.StatusChangeAgreed, after.Outcome) // it was the sender who took it back
	case before.State == cascade.Completed && after.State == cascade.InProgress:
		why, err := lastReopening(ctx, tx, after.ID)
		if err != nil {
			return err
		}
		return s.tellBack(ctx, tx, came, after, edxml.StatusInProgress, why.words())
	case before.State != after.State:
		return s.tellBack(ctx, tx, came, after, edxml.Status(after.State.Code()), after.Outcome)
	case before.Asked == "" || after.Asked != "":
		return nil // it was asked; the answer is still to come
	}
	c, err := s.cascade.AnswerTo(ctx, tx, before.Asked, after.ID)
	if err != nil {
		return err
	}
	return s.tellBack(ctx, tx, came, after, edxml.Status(c.State.Code()), c.Answer)
}

// tellBack reports on a dispatch to the organ from which its letter came, once for each step.
func (s *Service) tellBack(ctx context.Context, tx *database.Tx, came Part, d cascade.Dispatch, status edxml.Status, words string) error {
	if status == "" {
		return nil
	}
	letter, err := load(ctx, tx, came.MessageID)
	if err != nil {
		return err
	}
	m := s.outgoing(tx, ReportKind, letter.Partner, d.ReceiverID)
	m.Status, m.About, m.Symbol, m.Subject, m.LetterID, m.Words = status, letter.DocumentID, letter.Symbol, letter.Subject, letter.LetterID, words
	m.Dedup = fmt.Sprintf("out|report|%s|%s|%d", d.ID, status, d.Version)
	return s.put(ctx, tx, m, []Part{{OrganCode: letter.FromOrgan, OrganName: letter.FromName, DispatchID: d.ID}})
}
