package publicity

import (
	"cmp"
	"context"

	"sachhon/internal/cascade"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// Correct puts a record right, and with it the line of the play log or the minutes that stand under its identifier: what is
// said twice is said alike, and is checked as it was when it was told first. Such a record keeps its channel.
func (s *Service) Correct(ctx context.Context, actor person.Actor, record ident.ID, in cascade.PublicityInput) (cascade.Publicity, error) {
	before, err := s.cascade.PublicityRecord(ctx, actor, record)
	if err != nil {
		return cascade.Publicity{}, err
	}
	play, played, err := loadPlay(ctx, s.db, record)
	if err != nil {
		return cascade.Publicity{}, err
	}
	kept, met, err := loadMinutes(ctx, s.db, record)
	if err != nil {
		return cascade.Publicity{}, err
	}
	if (played || met) && in.Channel != before.Channel {
		return cascade.Publicity{}, fault.Invalid.With("publicity.fault.channelFixed").At("channel")
	}
	switch {
	case in.At.IsZero(): // the record asks for it
	case played:
		in.Place, in.Note = lang.Clean(in.Place), lang.CleanLines(in.Note)
		err = s.correctsPlay(&in, actor, play)
	case met:
		in.Place, in.Note = lang.Clean(in.Place), cmp.Or(lang.CleanLines(in.Note), usualMeeting)
		err = s.correctsMeeting(&in, actor, kept)
	}
	if err != nil {
		return cascade.Publicity{}, err
	}
	return s.cascade.CorrectPublicity(ctx, actor, record, in)
}

// correctsPlay lets the correction of a record put the line of the play log right in the same transaction.
func (s *Service) correctsPlay(in *cascade.PublicityInput, actor person.Actor, play Play) error {
	before := play
	play.Ended, play.Started = in.At.Add(play.Ended.Sub(play.Started.Time)), in.At
	play.Device, play.Times, play.Note = in.Place, in.Times, in.Note
	if err := play.check(); err != nil {
		return renamed(err, map[string]string{"device": "place", "started": "at", "ended": "at"})
	}
	if play.Ended.After(s.db.Clock().Now()) {
		return fault.Invalid.With("cascade.fault.future").At("at")
	}
	in.Also = func(ctx context.Context, tx *database.Tx, _ cascade.Publicity) error {
		if play == before {
			return nil
		}
		if err := correctPlay(ctx, tx, play); err != nil {
			return err
		}
		return s.recordOf(ctx, tx, actor, play.CampaignID, play.UnitID, map[string]any{"play": play.ID, "result": play.Result, "times": play.Times})
	}
	return nil
}

// correctsMeeting does so with the minutes of a meeting.
func (s *Service) correctsMeeting(in *cascade.PublicityInput, actor person.Actor, kept protocol) error {
	held := kept.Held.V
	held.End, held.Begin = in.At.Add(held.End.Sub(held.Begin.Time)), in.At
	held.Place, held.Present, held.Name = in.Place, in.People, in.Note
	if err := held.check(); err != nil {
		return renamed(err, map[string]string{"begin": "at", "end": "at", "present": "people", "name": "note"})
	}
	if held.Place == "" {
		return fault.Invalid.With("cascade.fault.placeMissing").At("place")
	}
	in.Also = func(ctx context.Context, tx *database.Tx, record cascade.Publicity) error {
		if held == kept.Held.V {
			return nil
		}
		if err := correctMinutes(ctx, tx, record.ID, held); err != nil {
			return err
		}
		return s.recordOf(ctx, tx, actor, kept.CampaignID, kept.UnitID, map[string]any{"minutes": record.ID, "present": held.Present})
	}
	return nil
}

// Fixed tells whether a record belongs to a play or a meeting, so that its channel is what it is.
func (s *Service) Fixed(ctx context.Context, record ident.ID) (bool, error) {
	_, played, err := loadPlay(ctx, s.db, record)
	if err != nil || played {
		return played, err
	}
	_, met, err := loadMinutes(ctx, s.db, record)
	return met, err
}
