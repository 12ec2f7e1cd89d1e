package cascade

import (
	"context"
	"slices"
	"strconv"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// IssueSigned makes a PDF that was signed elsewhere the version in force of a letter. Once others have the letter, they are told
// of the file, and it says what they hold: other words go to them as a change, which they answer.
func (s *Service) IssueSigned(ctx context.Context, actor person.Actor, id ident.ID, in letter.UploadInput) (letter.Issue, error) {
	tree, err := s.units.Today(ctx)
	if err != nil {
		return letter.Issue{}, err
	}
	return s.letters.IssueUploaded(ctx, actor, id, in, func(ctx context.Context, tx *database.Tx, l letter.Letter, i letter.Issue) error {
		sent, err := loadOn(ctx, tx, l)
		if err != nil {
			return err
		}
		if len(sent) > 0 && i.OtherWords {
			return fault.Conflict.With("cascade.fault.otherWords").At("file")
		}
		for _, d := range sent {
			if d.Outside { // the form said so: its system takes another text as an update, and no other file of the same
				continue
			}
			switch d.State {
			case Sent, Refused, Recalled, Replaced: // not there yet, or not theirs any more
				continue
			case Arrived, Received, Assigned, InProgress, Completed:
			}
			if d.UnderID != l.ID { // the first letter, which came with another one
				d.UnderID = ""
			}
			if err := s.tellAbout(ctx, tx, tree, d, d.ReceiverID, "cascade.mail.signed", strconv.Itoa(i.Number)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Gone tells whether a letter has gone to others, itself or with another one, and which of those that have it are outside: they are
// not sent a later file of it.
func (s *Service) Gone(ctx context.Context, l letter.Letter) (gone bool, outside []ident.ID, err error) {
	sent, err := loadOn(ctx, s.db, l)
	for _, d := range sent {
		back := d.State == Refused || d.State == Recalled || d.State == Replaced
		if d.Outside && d.AgainID == "" && !back && !slices.Contains(outside, d.ReceiverID) {
			outside = append(outside, d.ReceiverID)
		}
	}
	return len(sent) > 0, outside, err
}

// loadOn returns the dispatches that brought a letter: those of its own, and those of one that it was passed on with.
func loadOn(ctx context.Context, q database.Querier, l letter.Letter) ([]Dispatch, error) {
	return list(ctx, q, `WHERE (letter_id = $1 OR sender_id = $2 AND under_id = $1) AND sender_id IS NOT NULL ORDER BY sent_at, id`, l.ID, l.IssuerID)
}
