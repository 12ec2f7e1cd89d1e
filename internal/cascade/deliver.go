package cascade

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/notify"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// deliverJob records that a dispatch has arrived, and tells the receiving unit.
type deliverJob struct {
	Dispatch ident.ID `json:"dispatch"`
}

// Kind implements jobs.Args.
func (deliverJob) Kind() string { return "cascade.deliver" }

// deliver may run more than once: a dispatch that is no longer on its way is left alone.
func (s *Service) deliver(ctx context.Context, job deliverJob) error {
	tree, err := s.units.Today(ctx)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		d, err := load(ctx, tx, job.Dispatch)
		if err != nil || d.State != Sent {
			return err
		}
		before := d
		if err := d.step(Deliver); err != nil {
			return err
		}
		d.ArrivedAt = tx.Now()
		if err := s.save(ctx, tx, person.SystemActor, person.ActionCascadeSend, before, &d); err != nil {
			return err
		}
		return s.tell(ctx, tx, tree, d, d.ReceiverID, "cascade.mail.arrived")
	})
}

// tell writes to those who handle a unit's letters and to its official mail box, once per dispatch and template. An
// address that is none must not hold up the letter. The tree was read before the transaction: inside, a second connection
// could be waited for by everybody at once.
func (s *Service) tell(ctx context.Context, tx *database.Tx, tree *unit.Tree, d Dispatch, to ident.ID, template string) error {
	contacts, err := s.contacts(ctx, tx, to)
	if err != nil {
		return err
	}
	if u, ok := tree.ByID(to); ok && u.Email != "" {
		contacts = append(contacts, Contact{Email: u.Email})
	}
	l, err := s.letters.Load(ctx, tx, d.LetterID)
	if err != nil {
		return err
	}
	args := map[string]any{
		"Symbol": l.Symbol(), "Subject": l.Fields.Subject, "Sender": organ(tree, d.SenderID), "Receiver": organ(tree, d.ReceiverID),
		"Reason": d.Outcome, "Page": s.page(d.ID),
	}
	for _, c := range contacts {
		err := s.mail.Send(ctx, tx, notify.Message{
			Key: fmt.Sprintf("%s/%s/%s", template, d.ID, c.key()), To: c.Person, Email: c.Email, Lang: c.Lang,
			Template: template, Args: args,
		})
		if errors.Is(err, fault.Invalid) {
			slog.WarnContext(ctx, "cascade: a contact has no usable address", "unit", to, "person", c.Person)
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// key tells the contacts of one unit apart without naming an address.
func (c Contact) key() string {
	if c.Person == "" {
		return "unit"
	}
	return string(c.Person)
}
