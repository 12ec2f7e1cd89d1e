package progress

import (
	"cmp"
	"context"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

// tellJob tells a unit what became of a report: the one above that it was sent, the one that wrote it that it came back, or that a
// schedule drafted it and it waits for its people. It is a job because the tree of units is read before a transaction, and because what comes from outside decides in one of its own.
type tellJob struct {
	Report ident.ID `json:"report"`
	State  State    `json:"state"`
}

// Kind implements jobs.Args.
func (tellJob) Kind() string { return "progress.tell" }

// mails are what is written about a report that came into a state; of what is not in it nobody is told.
var mails = map[State]string{Draft: "progress.mail.drafted", Submitted: "progress.mail.submitted", Returned: "progress.mail.returned"}

// tell writes once. Of a report that has moved on meanwhile there is nothing left to do.
func (s *Service) tell(ctx context.Context, job tellJob) error {
	tree, err := s.units.Today(ctx)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		r, err := loadReport(ctx, tx, job.Report)
		if fault.KindOf(err) == fault.NotFound {
			return nil
		}
		template, ok := mails[job.State]
		if err != nil || !ok || r.State != job.State {
			return err
		}
		l, err := s.letters.Load(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		from, to, write := r.Unit, r.Above, s.cascade.WriteTo
		if job.State != Submitted {
			from, to = to, from
		}
		if job.State == Draft { // nobody did it: it came with the day
			write = s.cascade.WriteInHours
		}
		sender, _ := tree.ByID(from)
		receiver, _ := tree.ByID(to)
		return write(ctx, tx, tree, to, template+"/"+string(r.ID)+"/", template, map[string]any{
			"Symbol": l.Symbol(), "About": letter.About(l.Fields.Subject), "Sender": sender.Organ(), "Receiver": receiver.Organ(),
			"Reason": cmp.Or(r.Reason, "–"), "Day": date(r.Due.Start()), "Page": s.page(r.ID),
		})
	})
}
