package publicity

import (
	"context"
	"slices"

	"sachhon/internal/audit"
	"sachhon/internal/challenge"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// CampaignOf returns a unit's own campaign for a challenge, or a suggestion for one.
func (s *Service) CampaignOf(ctx context.Context, actor person.Actor, owner ident.ID, slug string) (Campaign, challenge.Challenge, error) {
	if err := actor.Can(person.ActionPublicityCampaign, person.On{Unit: owner}); err != nil {
		return Campaign{}, challenge.Challenge{}, err
	}
	c, err := s.challenges.BySlug(ctx, actor, slug)
	if err != nil {
		return Campaign{}, c, err
	}
	all, err := listCampaigns(ctx, s.db, c.ID)
	if err != nil {
		return Campaign{}, c, err
	}
	if i := slices.IndexFunc(all, func(c Campaign) bool { return c.OwnerID == owner }); i >= 0 {
		return all[i], c, nil
	}
	return Suggest(c, owner), c, nil
}

// SaveCampaign keeps a unit's campaign for a challenge. Version says which one was changed; 0 makes the first.
func (s *Service) SaveCampaign(ctx context.Context, actor person.Actor, c Campaign) (Campaign, error) {
	if err := actor.Can(person.ActionPublicityCampaign, person.On{Unit: c.OwnerID}); err != nil {
		return Campaign{}, err
	}
	if _, err := s.challenges.ByID(ctx, actor, c.ChallengeID); err != nil {
		return Campaign{}, err
	}
	if _, err := s.units.Unit(ctx, c.OwnerID); err != nil {
		return Campaign{}, err
	}
	c.tidy()
	if err := c.check(); err != nil {
		return Campaign{}, err
	}
	if c.ID == "" {
		c.ID = s.ids.New()
	}
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		before := c.Version
		c.UpdatedAt = tx.Now()
		var err error
		if before == 0 {
			var fresh bool
			c.CreatedBy, c.CreatedAt, c.Version = actor.ID, tx.Now(), 1
			if fresh, err = insertCampaign(ctx, tx, c); err == nil && !fresh {
				c, err = s.campaignAgain(ctx, tx, c)
				return err
			}
		} else {
			c.Version++
			err = updateCampaign(ctx, tx, c, before)
		}
		if err != nil {
			return err
		}
		return s.log.Record(ctx, tx, audit.Entry{
			Actor: actor.Identity(), Action: string(person.ActionPublicityCampaign), Kind: "campaign", Object: c.ID, Challenge: c.ChallengeID,
			After: map[string]any{"owner": c.OwnerID, "version": c.Version, "facts": len(c.Facts), "first": c.First, "last": c.Last},
		})
	})
	if err != nil {
		return Campaign{}, err
	}
	return c, nil
}

// campaignAgain returns the campaign that was sent before under the same identifier; a second one of the unit is refused.
func (s *Service) campaignAgain(ctx context.Context, tx *database.Tx, c Campaign) (Campaign, error) {
	all, err := listCampaigns(ctx, tx, c.ChallengeID)
	if err != nil {
		return Campaign{}, err
	}
	i := slices.IndexFunc(all, func(b Campaign) bool { return b.ID == c.ID && b.OwnerID == c.OwnerID })
	if i < 0 {
		return Campaign{}, fault.Conflict.With("publicity.fault.changed")
	}
	return all[i], nil
}
