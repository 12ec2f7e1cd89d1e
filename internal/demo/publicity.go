package demo

import (
	"context"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/publicity"
	"sachhon/internal/unit"
)

// campaign has the town say once what all its units will say.
func (s *sent) campaign(ctx context.Context) error {
	clerk, err := s.as(ctx, townClerk)
	if err != nil {
		return err
	}
	c, err := s.Challenges.ByID(ctx, clerk, s.challenge)
	if err != nil {
		return err
	}
	campaign := publicity.Suggest(c, s.issuer.ID)
	campaign.Contact = "Phòng Văn hóa và Thông tin thị xã Hương Trà"
	campaign.Phone = "0234 3550 000" // nobody's
	_, err = s.Publicity.SaveCampaign(ctx, clerk, campaign)
	return err
}

// loudspeakers has a ward that plays its bulletin keep the log, and publish its article.
func (s *sent) loudspeakers(u unit.Unit, clerk string, n int) {
	if u.Kind != unit.Ward && u.Kind != unit.Commune {
		return
	}
	for i, day := range []int{13 + n%3, 16, 20} {
		begin := at(day, 17, 5+n%10)
		result := publicity.Played
		if i == 2 && n%2 == 1 {
			result = publicity.Silent // a power cut
		}
		s.on(begin.Add(10*time.Minute), func(ctx context.Context) error {
			actor, err := s.as(ctx, clerk)
			if err != nil {
				return err
			}
			_, err = s.Publicity.LogPlay(ctx, actor, juneSlug, publicity.Play{
				ID: s.IDs.New(), UnitID: u.ID, Device: "Cụm loa nhà văn hóa, " + u.Lower(), Started: clock.At(begin), Ended: clock.At(begin.Add(2 * time.Minute)),
				Times: 1, Result: result,
			})
			return err
		})
	}
	s.on(at(14, 9, 0), func(ctx context.Context) error {
		actor, err := s.as(ctx, clerk)
		if err != nil {
			return err
		}
		return s.Publicity.Publish(ctx, actor, u.ID, juneSlug, true)
	})
}
