package publicity

import (
	"cmp"
	"context"
	"io"
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// Proof is a photo or a PDF that shows that something was done; the zero Proof is none.
type Proof struct {
	File io.Reader
	Name string
}

// reportable tells whether there is a letter to report to, and whether the unit took it on.
func (p *Package) reportable() error {
	switch {
	case p.Dispatch.ID == "":
		return fault.Conflict.With("publicity.fault.noLetter")
	case p.Dispatch.State == cascade.Sent || p.Dispatch.State == cascade.Arrived:
		return fault.Conflict.With("cascade.fault.notReceived")
	}
	return nil
}

// Reportable is the message that says why nothing can be confirmed yet, "" when it can.
func (p *Package) Reportable() string {
	if p.Dispatch.ID == "" {
		return "publicity.fault.noLetter"
	}
	if p.reportable() != nil {
		return "cascade.fault.notReceived"
	}
	return ""
}

// Confirm records that a product was used. The input names everything but the dispatch.
func (s *Service) Confirm(ctx context.Context, actor person.Actor, unitID ident.ID, slug string, product Product, in cascade.PublicityInput) (cascade.Publicity, error) {
	p, err := s.Package(ctx, actor, unitID, slug)
	if err != nil {
		return cascade.Publicity{}, err
	}
	return s.confirm(ctx, actor, p, product, in)
}

func (s *Service) confirm(ctx context.Context, actor person.Actor, p *Package, product Product, in cascade.PublicityInput) (cascade.Publicity, error) {
	if err := p.reportable(); err != nil {
		return cascade.Publicity{}, err
	}
	if !slices.Contains(product.Channels(), in.Channel) {
		return cascade.Publicity{}, fault.Invalid.With("cascade.fault.channel").At("channel")
	}
	in.Dispatch, in.Duty = p.Dispatch.ID, cmp.Or(in.Duty, cascade.DutyOn(p.Dispatch.Duties, in.Channel))
	return s.cascade.Publicise(ctx, actor, in)
}
