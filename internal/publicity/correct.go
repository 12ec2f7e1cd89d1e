package publicity

import (
	"context"

	"sachhon/internal/cascade"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// Correct puts a record right, and with it the line of the play log or the minutes that stand under its identifier: what is
// said twice is said alike. Such a record keeps its channel.
func (s *Service) Correct(ctx context.Context, actor person.Actor, record ident.ID, in cascade.PublicityInput) (cascade.Publicity, error) {
	before, err := s.cascade.PublicityRecord(ctx, actor, record)
	if err != nil {
		return cascade.Publicity{}, err
	}
	play, played, err := loadPlay(ctx, s.db, record)
	if err != nil {
		return cascade.Publicity{}, err
	}
	held, met, err := heldAt(ctx, s.db, record)
	if err != nil {
		return cascade.Publicity{}, err
	}
	if (played || met) && in.Channel != before.Channel {
		return cascade.Publicity{}, fault.Invalid.With("publicity.fault.channelFixed").At("channel")
	}
	after, err := s.cascade.CorrectPublicity(ctx, actor, record, in)
	if err != nil {
		return cascade.Publicity{}, err
	}
	if !played && !met {
		return after, nil
	}
	return after, s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if played {
			play.Ended, play.Started = after.At.Add(play.Ended.Sub(play.Started.Time)), after.At
			play.Device, play.Times, play.Note = after.Place, after.Times, after.Note
			return correctPlay(ctx, tx, play)
		}
		held.End, held.Begin = after.At.Add(held.End.Sub(held.Begin.Time)), after.At
		held.Place, held.Present, held.Name = after.Place, after.People, after.Note
		return correctMinutes(ctx, tx, record, held)
	})
}

// Fixed tells whether a record belongs to a play or a meeting, so that its channel is what it is.
func (s *Service) Fixed(ctx context.Context, record ident.ID) (bool, error) {
	_, played, err := loadPlay(ctx, s.db, record)
	if err != nil || played {
		return played, err
	}
	_, met, err := heldAt(ctx, s.db, record)
	return met, err
}
