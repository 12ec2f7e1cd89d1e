package cleanup

import (
	"context"
	"errors"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/jobs"
	"sachhon/internal/lang"
	"sachhon/internal/notify"
)

// reminder asks for the report of a clean-up that has ended.
type reminder struct {
	Cleanup ident.ID `json:"cleanup"`
}

// Kind implements jobs.Args.
func (reminder) Kind() string { return "cleanup.remind" }

// scheduleReminder sets the reminder for the end of the clean-up. A clean-up that is moved gets another one, and the
// first finds that it has not ended.
func (s *Service) scheduleReminder(ctx context.Context, tx *database.Tx, c Cleanup) error {
	return s.queue.Insert(ctx, tx, reminder{c.ID}, jobs.At(c.EndsAt))
}

// remind sends the reminder, once, if the clean-up has ended without a report.
func (s *Service) remind(ctx context.Context, r reminder) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		c, err := get(ctx, tx, r.Cleanup)
		if err != nil {
			if errors.Is(err, fault.NotFound) {
				return jobs.Cancel(err)
			}
			return err
		}
		if c.StateAt(tx.Now()) != Ended {
			return nil
		}
		sub, err := s.of(ctx, tx, c.Entrant)
		if err != nil {
			return err
		}
		sub.cleanup = c
		return s.tell(ctx, tx, sub, "cleanup.mail.remind")
	})
}

// tell writes an e-mail about the clean-up to those who act for its entrant, once for each template.
func (s *Service) tell(ctx context.Context, tx *database.Tx, sub subject, template string) error {
	to, err := s.entrants.ContactOf(ctx, tx, sub.entrant.ID)
	if err != nil || to.Email == "" {
		return err
	}
	speaker := lang.New(to.Lang)
	date := func(t clock.Time) string { return speaker.DateTime(t) }
	return s.mail.Send(ctx, tx, notify.Message{
		Key: template + ":" + sub.cleanup.ID.String(), To: sub.entrant.Representative, Email: to.Email, Lang: to.Lang,
		Template: template,
		Args: map[string]any{
			"Name": to.FullName, "Entrant": sub.entrant.Name, "Challenge": sub.challenge.Title, "Place": sub.cleanup.Place,
			"StartsAt": date(sub.cleanup.StartsAt), "EndsAt": date(sub.cleanup.EndsAt), "Reason": sub.cleanup.Reason,
			"Due": date(sub.challenge.ReportDue(sub.cleanup.EndsAt)),
		},
	})
}
