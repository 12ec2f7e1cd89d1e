package exchange

import (
	"context"

	"sachhon/internal/cascade"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

// changeOut is a change of a letter that went out: the package by which it went, the receiver, and how its dispatch stands.
type changeOut struct {
	first    Message
	part     Part
	dispatch cascade.Dispatch
}

func (c changeOut) parts() []Part {
	return []Part{{OrganCode: c.part.OrganCode, OrganName: c.part.OrganName, UnitID: c.part.UnitID, DispatchID: c.dispatch.ID}}
}

// askOut sends what the receiver is asked: to give the letter back, or to take its mended version.
func (s *Service) askOut(ctx context.Context, tx *database.Tx, out changeOut) error {
	c, err := s.cascade.ChangeOf(ctx, tx, out.dispatch.Asked)
	if err != nil {
		return err
	}
	dedup := "out|change|" + string(c.ID) + "|" + string(out.dispatch.ID)
	if c.Kind == cascade.ChangeRecall {
		return s.recallOut(ctx, tx, out, c.Reason, dedup)
	}
	m := s.outgoing(tx, LetterKind, out.first.Partner, out.first.UnitID)
	m.Business, m.LetterID, m.Symbol, m.Subject, m.Words, m.Dedup = edxml.BusinessUpdate, out.first.LetterID, out.first.Symbol, out.first.Subject, c.Reason, dedup
	if c.ByID != "" { // another letter mends it; what it mends is named
		by, err := s.letters.Load(ctx, tx, c.ByID)
		if err != nil {
			return err
		}
		m.LetterID, m.Symbol, m.Subject = by.ID, by.Symbol(), by.Fields.Subject
		if m.About, err = s.documentOf(ctx, tx, out.first); err != nil {
			return err
		}
	}
	return s.put(ctx, tx, m, out.parts())
}

func (s *Service) recallOut(ctx context.Context, tx *database.Tx, out changeOut, reason, dedup string) error {
	m := s.outgoing(tx, LetterKind, out.first.Partner, out.first.UnitID)
	m.Business, m.LetterID, m.Symbol, m.Subject, m.Words, m.Dedup = edxml.BusinessRecall, out.first.LetterID, out.first.Symbol, out.first.Subject, reason, dedup
	return s.put(ctx, tx, m, out.parts())
}

// replaceOut makes the package of the letter that came instead one that replaces the first. Where that was sent already, the
// first is recalled.
func (s *Service) replaceOut(ctx context.Context, tx *database.Tx, out changeOut) error {
	next, err := partsOfDispatch(ctx, tx, out.dispatch.ReplacedBy, Out)
	if err != nil {
		return err
	}
	for _, p := range next {
		m, err := lock(ctx, tx, p.MessageID)
		if err != nil {
			return err
		}
		if m.FileKey != "" || m.State != Waiting {
			continue
		}
		if m.About, err = s.documentOf(ctx, tx, out.first); err != nil {
			return err
		}
		m.Business, m.Words, m.Version, m.UpdatedAt = edxml.BusinessReplace, out.dispatch.Outcome, m.Version+1, tx.Now()
		return update(ctx, tx, m)
	}
	return s.recallOut(ctx, tx, out, out.dispatch.Outcome, "out|replaced|"+string(out.dispatch.ID))
}

// documentOf is the name under which a letter went out, or will go.
func (s *Service) documentOf(ctx context.Context, q database.Querier, m Message) (edxml.DocumentID, error) {
	if m.DocumentID != "" {
		return m.DocumentID, nil
	}
	l, err := s.letters.Load(ctx, q, m.LetterID)
	if err != nil {
		return "", err
	}
	issuer, err := s.issuerCode(ctx, q, l, m.UnitID)
	return nameOfDocument(l, issuer), err
}

// issuerCode is whose letter it is in packages: the letter keeps the name that its issuer gave it when another unit passes it on.
func (s *Service) issuerCode(ctx context.Context, q database.Querier, l letter.Letter, sender ident.ID) (string, error) {
	for _, id := range []ident.ID{l.IssuerID, sender} {
		if code, ok, err := codeOf(ctx, q, id); err != nil || ok {
			return code.OrganCode, err
		}
	}
	return "", nil
}
