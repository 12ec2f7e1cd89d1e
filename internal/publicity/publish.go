package publicity

import (
	"context"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Story is what everybody may read of a unit: its article, with the numbers of now.
type Story struct {
	Matter
	Article   Text
	Published clock.Time
}

// Public returns the article of the unit with a code, if the unit made it public.
func (s *Service) Public(ctx context.Context, slug, code string) (*Story, error) {
	c, err := s.challenges.BySlug(ctx, person.Actor{}, slug)
	if err != nil {
		return nil, err
	}
	p, _, err := s.of(ctx, c, func(tree *unit.Tree) (unit.Unit, bool) { return tree.ByCode(code) })
	if err != nil {
		return nil, err
	}
	if p.Published.IsZero() {
		return nil, fault.NotFound.With("publicity.fault.none")
	}
	if err := s.addTexts(ctx, p); err != nil {
		return nil, err
	}
	return &Story{Matter: p.Matter, Article: p.Texts[Article], Published: p.Published}, nil
}
