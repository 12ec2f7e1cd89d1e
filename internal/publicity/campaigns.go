package publicity

import (
	"context"
	"slices"
	"unicode/utf8"

	"sachhon/internal/audit"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// CampaignOf returns a unit's own campaign for a challenge, or a suggestion for one: what it took back, if it did.
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
	if own, ok := ownOf(all, owner); ok {
		return own, c, nil
	}
	return Suggest(c, owner), c, nil
}

func ownOf(all []Campaign, owner ident.ID) (Campaign, bool) {
	i := slices.IndexFunc(all, func(c Campaign) bool { return c.OwnerID == owner })
	if i < 0 {
		return Campaign{}, false
	}
	return all[i], true
}

// SaveCampaign keeps a unit's campaign for a challenge. Version says which one was changed; 0 makes the first. Saving what it
// says already changes nothing, so that nobody below is told of a new draft.
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
	saved := c
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		saved = c // a transaction may run again, and begins with what was sent
		saved.UpdatedAt, saved.Version = tx.Now(), c.Version+1
		saved.RemovedAt, saved.RemovedBy, saved.Reason = clock.Time{}, "", ""
		if c.Version == 0 {
			saved.CreatedBy, saved.CreatedAt = actor.ID, tx.Now()
			fresh, err := insertCampaign(ctx, tx, saved)
			if err != nil {
				return err
			}
			if !fresh {
				saved, err = ownCampaign(ctx, tx, c)
				return err
			}
		} else {
			own, err := ownCampaign(ctx, tx, c)
			if err != nil {
				return err
			}
			if own.Version == c.Version && own.same(c) {
				saved = own
				return nil
			}
			saved.CreatedBy, saved.CreatedAt = own.CreatedBy, own.CreatedAt
			if err := updateCampaign(ctx, tx, saved, c.Version); err != nil {
				return err
			}
		}
		return s.recordCampaign(ctx, tx, actor, saved, map[string]any{"facts": len(saved.Facts), "priority": saved.Priority, "first": saved.First, "last": saved.Last})
	})
	if err != nil {
		return Campaign{}, err
	}
	return saved, nil
}

// ownCampaign returns the campaign as it is stored; another one of the unit is refused.
func ownCampaign(ctx context.Context, tx *database.Tx, c Campaign) (Campaign, error) {
	all, err := listCampaigns(ctx, tx, c.ChallengeID)
	if err != nil {
		return Campaign{}, err
	}
	own, ok := ownOf(all, c.OwnerID)
	if !ok || own.ID != c.ID {
		return Campaign{}, fault.Conflict.With("publicity.fault.changed")
	}
	return own, nil
}

func (s *Service) recordCampaign(ctx context.Context, tx *database.Tx, actor person.Actor, c Campaign, after map[string]any) error {
	after["owner"], after["version"] = c.OwnerID, c.Version
	return s.log.Record(ctx, tx, audit.Entry{
		Actor: actor.Identity(), Action: string(person.ActionPublicityCampaign), Kind: "campaign", Object: c.ID, Challenge: c.ChallengeID,
		After: after,
	})
}

// RemoveCampaign takes a unit's own campaign back, so that the one above it speaks to the unit and those below it again, or the
// challenge's own words do where there is none. Version says which one was seen. What was made of it stays as it was seen:
// wordings, plays, minutes and records of publicity.
func (s *Service) RemoveCampaign(ctx context.Context, actor person.Actor, owner ident.ID, slug string, version int64, reason string) error {
	own, c, err := s.CampaignOf(ctx, actor, owner, slug)
	if err != nil {
		return err
	}
	reason = lang.CleanLines(reason)
	var bad fault.Fields
	if reason == "" {
		bad.Add("reason", "publicity.fault.reasonMissing")
	}
	if utf8.RuneCountInString(reason) > maxReason {
		bad.Add("reason", "publicity.fault.long", "Limit", maxReason)
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		all, err := listCampaigns(ctx, tx, c.ID)
		if err != nil {
			return err
		}
		now, there := ownOf(all, owner)
		switch {
		case !there || now.Removed():
			return nil
		case now.ID != own.ID || now.Version != version:
			return fault.Conflict.With("publicity.fault.changed")
		}
		if err := bad.Err(); err != nil {
			return err
		}
		now.RemovedAt, now.RemovedBy, now.Reason = tx.Now(), actor.ID, reason
		now.UpdatedAt, now.Version = tx.Now(), version+1
		if err := updateCampaign(ctx, tx, now, version); err != nil {
			return err
		}
		return s.recordCampaign(ctx, tx, actor, now, map[string]any{"removed": true, "reason": reason})
	})
}

// Instead returns the unit whose campaign takes the place of one that is taken back; ok is false where none does and the
// challenge speaks for itself.
func (s *Service) Instead(ctx context.Context, c challenge.Challenge, own Campaign) (u unit.Unit, ok bool, err error) {
	tree, err := s.units.Tree(ctx, clock.DayOf(c.Period.From.Time))
	if err != nil {
		return unit.Unit{}, false, err
	}
	all, err := listCampaigns(ctx, s.db, c.ID)
	if err != nil {
		return unit.Unit{}, false, err
	}
	others := slices.DeleteFunc(all, func(c Campaign) bool { return c.OwnerID == own.OwnerID })
	next, ok := nearest(others, c, tree, own.OwnerID)
	if !ok {
		return unit.Unit{}, false, nil
	}
	u, ok = tree.ByID(next.OwnerID)
	return u, ok, nil
}
