package report

import (
	"context"

	"sachhon/internal/database"
	"sachhon/internal/lang"
	"sachhon/internal/notify"
)

// templates are the messages that tell an entrant what a reviewer did, by event.
var templates = map[Event]string{
	Accept:   "report.notice.accepted",
	SendBack: "report.notice.sentBack",
	Reject:   "report.notice.rejected",
	Grant:    "report.notice.granted",
	Dismiss:  "report.notice.dismissed",
	Adjust:   "report.notice.adjusted",
}

// notice tells the entrant's contact about a decision, once for each step. An adjustment that comes before the
// decision is told with it: it is part of the same letter to the entrant.
func (s *Service) notice(ctx context.Context, tx *database.Tx, r Report, step Step) error {
	template, ok := templates[step.Event]
	if !ok || step.Event == Adjust && r.State != Valid {
		return nil
	}
	contact, err := s.entrants.ContactOf(ctx, tx, r.Entrant)
	if err != nil || contact.Email == "" {
		return err
	}
	event, err := s.cleanups.Find(ctx, tx, r.Cleanup)
	if err != nil {
		return err
	}
	who, err := s.entrants.Find(ctx, tx, r.Entrant)
	if err != nil {
		return err
	}
	speaker := lang.New(contact.Lang)
	return s.mail.Send(ctx, tx, notify.Message{
		Key: "report/" + string(step.ID), To: who.Representative, Email: contact.Email, Lang: contact.Lang, Template: template,
		Args: map[string]any{
			"Place": event.Place, "Date": speaker.Date(event.StartsAt), "Reason": step.Reason, "Deadline": step.Deadline,
			"Participants": speaker.Number(r.Effective().Participants), "Weight": speaker.Weight(r.Effective().Weights.Total()),
		},
	})
}
