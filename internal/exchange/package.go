package exchange

import (
	"context"

	"sachhon/internal/edxml"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// Package returns a letter as a package of its issuer, to be handed over by hand: it names the units outside to which
// the letter was sent, or the issuer itself where it was sent to none.
func (s *Service) Package(ctx context.Context, actor person.Actor, id ident.ID) (data []byte, name string, err error) {
	l, err := s.letters.Get(ctx, actor, id)
	if err != nil {
		return nil, "", err
	}
	tree, err := s.units.Today(ctx)
	if err != nil {
		return nil, "", err
	}
	out, err := s.envelope(ctx, tree, l, l.IssuerID)
	if err != nil {
		return nil, "", err
	}
	dispatches, err := s.cascade.OfLetter(ctx, s.db, id)
	if err != nil {
		return nil, "", err
	}
	for _, d := range dispatches {
		code, ok, err := codeOf(ctx, s.db, d.ReceiverID)
		if err != nil {
			return nil, "", err
		}
		if ok && d.SenderID == l.IssuerID && d.AgainID == "" {
			out.To = append(out.To, organOf(tree, d.ReceiverID, code.OrganCode))
		}
	}
	if len(out.To) == 0 {
		out.To = []edxml.Organ{out.From}
	}
	out.Business = edxml.Task{Kind: edxml.BusinessNew, Reason: lang.New("vi").T("edxml.business.0"), Staff: edxml.Staff{Department: "Văn thư"}}
	out.Trace = edxml.Trace{ID: string(l.ID), Hops: []edxml.Hop{{OrganID: out.From.ID, At: l.RegisteredAt}}}
	data, err = edxml.Write(edxml.Message{Letter: &out})
	return data, fileNameOf(l) + ".edxml", err
}

// HasCode tells whether the unit is known to other systems, so that its letters can be packed for them.
func (s *Service) HasCode(ctx context.Context, unit ident.ID) (bool, error) {
	_, ok, err := codeOf(ctx, s.db, unit)
	return ok, err
}
