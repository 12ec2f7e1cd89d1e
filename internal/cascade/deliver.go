package cascade

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
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
		d, err := lock(ctx, tx, job.Dispatch)
		if err != nil || d.State != Sent {
			return err
		}
		before := d
		if err := d.step(Deliver); err != nil {
			return err
		}
		d.ArrivedAt, d.ReceiptAt = tx.Now(), tx.Now() // the decree asks for notice of receipt on the same day
		if err := s.save(ctx, tx, person.SystemActor, person.ActionCascadeSend, before, &d); err != nil {
			return err
		}
		if err := s.reached(ctx, tx, d); err != nil {
			return err
		}
		return s.tell(ctx, tx, tree, d, d.ReceiverID, "cascade.mail.arrived")
	})
}

// tellAbout writes about a dispatch, once per dispatch, template and subject.
func (s *Service) tellAbout(ctx context.Context, tx *database.Tx, tree *unit.Tree, d Dispatch, to ident.ID, template, about string) error {
	l, err := s.letters.Load(ctx, tx, d.PaperID())
	if err != nil {
		return err
	}
	return s.WriteTo(ctx, tx, tree, to, mailKey(template, d, about), template, map[string]any{
		"Symbol": l.Symbol(), "About": letter.About(l.Fields.Subject), "Sender": organ(tree, d.SenderID), "Receiver": organ(tree, d.ReceiverID),
		"Reason": d.Outcome, "Page": s.page(d.ID),
	})
}

// WriteTo writes to those who handle a unit's letters and to its official mail box, or to its leaders where there is neither; key
// begins the keys of the messages, and each is sent once. The tree was read before the transaction: inside, a second connection
// could be waited for by everybody at once.
func (s *Service) WriteTo(ctx context.Context, tx *database.Tx, tree *unit.Tree, to ident.ID, key, template string, args map[string]any) error {
	return s.writeTo(ctx, tx, tree, to, key, notify.Message{Template: template, Args: args})
}

// WriteInHours is WriteTo for what nobody did just now: it waits for the hours in which people may be written to.
func (s *Service) WriteInHours(ctx context.Context, tx *database.Tx, tree *unit.Tree, to ident.ID, key, template string, args map[string]any) error {
	return s.writeTo(ctx, tx, tree, to, key, notify.Message{Template: template, Args: args, Patient: true})
}

func (s *Service) writeTo(ctx context.Context, tx *database.Tx, tree *unit.Tree, to ident.ID, key string, as notify.Message) error {
	var messages []notify.Message
	inRole := func(role person.Role) error {
		all, err := s.people.Holders(ctx, tx, to, role)
		for _, p := range all {
			if p.Email != "" {
				messages = append(messages, notify.Message{Key: key + string(p.ID), To: p.ID, Email: string(p.Email), Lang: p.Lang})
			}
		}
		return err
	}
	if err := inRole(person.Clerk); err != nil {
		return err
	}
	if u, ok := tree.ByID(to); ok && u.Email != "" {
		messages = append(messages, notify.Message{Key: key + "unit", Email: u.Email})
	}
	if len(messages) == 0 {
		if err := inRole(person.Leader); err != nil {
			return err
		}
	}
	for _, one := range messages {
		one.Template, one.Args, one.Patient = as.Template, as.Args, as.Patient
		if err := s.mailOne(ctx, tx, to, one); err != nil {
			return err
		}
	}
	return nil
}

// mailOne sends one message. An address that is none must not hold up what it tells of.
func (s *Service) mailOne(ctx context.Context, tx *database.Tx, unitID ident.ID, m notify.Message) error {
	err := s.mail.Send(ctx, tx, m)
	if errors.Is(err, fault.Invalid) {
		slog.WarnContext(ctx, "cascade: a contact has no usable address", slog.String("unit", string(unitID)), slog.String("person", string(m.To)))
		return nil
	}
	return err
}

// tellPart writes to somebody about a part of a duty that another one gave.
func (s *Service) tellPart(ctx context.Context, tx *database.Tx, d Dispatch, duty Duty, p Part, to person.Person) error {
	if to.Email == "" || to.ID == p.CreatedBy {
		return nil
	}
	l, err := s.letters.Load(ctx, tx, d.PaperID())
	if err != nil {
		return err
	}
	return s.mailOne(ctx, tx, d.ReceiverID, notify.Message{
		Key: "cascade.mail.part/" + string(p.ID), To: to.ID, Email: string(to.Email), Lang: to.Lang, Template: "cascade.mail.part",
		Args: map[string]any{
			"Name": to.Name, "Duty": duty.Number, "Symbol": l.Symbol(), "About": letter.About(l.Fields.Subject),
			"Text": cmp.Or(p.Text, duty.Text), "Page": fmt.Sprintf("%s/nhiem-vu/%d", s.page(d.ID), duty.Number),
		},
	})
}

// tellLead writes to somebody who is to lead the work on a letter, once for each instruction that says so.
func (s *Service) tellLead(ctx context.Context, tx *database.Tx, d Dispatch, to person.Person) error {
	if to.Email == "" {
		return nil
	}
	l, err := s.letters.Load(ctx, tx, d.PaperID())
	if err != nil {
		return err
	}
	return s.mailOne(ctx, tx, d.ReceiverID, notify.Message{
		Key: fmt.Sprintf("cascade.mail.lead/%s/%d", d.ID, d.Version), To: to.ID, Email: string(to.Email), Lang: to.Lang, Template: "cascade.mail.lead",
		Args: map[string]any{
			"Name": to.Name, "Symbol": l.Symbol(), "About": letter.About(l.Fields.Subject), "Text": d.Text, "Page": s.page(d.ID),
		},
	})
}

// tell writes about a dispatch once per template.
func (s *Service) tell(ctx context.Context, tx *database.Tx, tree *unit.Tree, d Dispatch, to ident.ID, template string) error {
	return s.tellAbout(ctx, tx, tree, d, to, template, "")
}

// mailKey begins the keys of the messages about a dispatch, so that each is sent once.
func mailKey(template string, d Dispatch, about string) string {
	key := template + "/" + string(d.ID) + "/"
	if about != "" {
		key += about + "/"
	}
	return key
}
