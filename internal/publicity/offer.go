package publicity

import (
	"context"
	"errors"

	"sachhon/internal/cascade"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// Offer is a challenge for which a unit has a package ready.
type Offer struct {
	Slug, Title string
	Dispatch    ident.ID
	State       cascade.State
	Open        bool // nothing was publicised yet
}

// Offers returns the packages that wait for a unit: one for each challenge about which a letter came, whether or not somebody
// has written a campaign.
func (s *Service) Offers(ctx context.Context, actor person.Actor, unitID ident.ID) ([]Offer, error) {
	if err := actor.Can(person.ActionPublicityRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	in, err := s.cascade.Inbox(ctx, actor, unitID, mostLetters)
	if err != nil {
		return nil, err
	}
	var offers []Offer
	seen := map[ident.ID]bool{}
	for _, it := range in.Items {
		id := it.Letter.ChallengeID
		if id == "" || seen[id] || it.State == cascade.Refused || it.State == cascade.Recalled {
			continue
		}
		seen[id] = true
		c, err := s.challenges.ByID(ctx, actor, id)
		if errors.Is(err, fault.NotFound) || errors.Is(err, fault.Forbidden) {
			continue
		}
		if err != nil {
			return nil, err
		}
		d, err := s.cascade.Get(ctx, actor, it.ID)
		if err != nil {
			return nil, err
		}
		offers = append(offers, Offer{Slug: c.Slug, Title: c.Title, Dispatch: it.ID, State: it.State, Open: len(d.Publicity) == 0})
	}
	return offers, nil
}
