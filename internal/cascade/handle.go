package cascade

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

const (
	maxReason      = 1_000
	maxLead        = 200
	maxCooperators = 50
)

// Receive enters the letter into the receiver's register of arrivals; one that came on paper before keeps the number it has.
// Receiving twice changes nothing.
func (s *Service) Receive(ctx context.Context, actor person.Actor, id ident.ID) (Dispatch, error) {
	return s.change(ctx, actor, person.ActionCascadeReceive, id, func(ctx context.Context, tx *database.Tx, d *Dispatch) error {
		if d.State == Received {
			return errUnchanged
		}
		if err := d.step(Receive); err != nil {
			return err
		}
		arrival, err := s.letters.Arrive(ctx, tx, d.PaperID(), d.ReceiverID)
		if err != nil {
			return err
		}
		d.ReceivedAt, d.ArrivalYear, d.ArrivalNumber = tx.Now(), arrival.Year, arrival.Number
		return nil
	})
}

// Refuse sends the letter back with a reason, when it is not for this unit or not genuine.
func (s *Service) Refuse(ctx context.Context, actor person.Actor, id ident.ID, reason string) (Dispatch, error) {
	tree, err := s.units.Today(ctx)
	if err != nil {
		return Dispatch{}, err
	}
	return s.change(ctx, actor, person.ActionCascadeReceive, id, func(ctx context.Context, tx *database.Tx, d *Dispatch) error {
		if d.State == Refused {
			return errUnchanged
		}
		text, err := required("reason", reason)
		if err != nil {
			return err
		}
		if err := d.step(Refuse); err != nil {
			return err
		}
		d.EndedAt, d.Outcome = tx.Now(), text
		return s.tell(ctx, tx, tree, *d, d.SenderID, "cascade.mail.refused")
	})
}

// Present records that the clerk laid the letter before the leader.
func (s *Service) Present(ctx context.Context, actor person.Actor, id ident.ID) (Dispatch, error) {
	return s.change(ctx, actor, person.ActionCascadePresent, id, func(_ context.Context, tx *database.Tx, d *Dispatch) error {
		if d.State == Received && !d.PresentedAt.IsZero() {
			return errUnchanged
		}
		if err := d.step(Present); err != nil {
			return err
		}
		d.PresentedAt = tx.Now()
		return nil
	})
}

// Assign records the leader's instruction: who leads, who cooperates, by when. version is the one the person saw; a
// second instruction replaces the first.
func (s *Service) Assign(ctx context.Context, actor person.Actor, id ident.ID, version int64, in Instruction) (Dispatch, error) {
	in = in.clean()
	return s.change(ctx, actor, person.ActionCascadeAssign, id, func(ctx context.Context, tx *database.Tx, d *Dispatch) error {
		if d.Version != version {
			return fault.Conflict.With("cascade.fault.changed")
		}
		lead, err := s.lead(ctx, tx, *d, &in)
		if err != nil {
			return err
		}
		if err := in.check(tx.Now()); err != nil {
			return err
		}
		if err := d.step(Assign); err != nil {
			return err
		}
		before := d.LeadID
		d.Instruction = in
		if d.AssignedAt.IsZero() {
			d.AssignedAt = tx.Now()
		}
		if in.LeadID == before || in.LeadID == actor.ID {
			return nil
		}
		return s.tellLead(ctx, tx, *d, lead)
	})
}

// lead finds the colleague who is to lead, if one was chosen, and gives the instruction their name.
func (s *Service) lead(ctx context.Context, tx *database.Tx, d Dispatch, in *Instruction) (person.Person, error) {
	if in.LeadID == d.LeadID && in.Lead != "" && in.Lead != d.Lead { // a name was typed over the one chosen before
		in.LeadID = ""
	}
	if in.LeadID == "" {
		return person.Person{}, nil
	}
	holders, err := s.people.Holders(ctx, tx, d.ReceiverID, handlers...)
	if err != nil {
		return person.Person{}, err
	}
	i := slices.IndexFunc(holders, func(h person.Person) bool { return h.ID == in.LeadID })
	if i < 0 {
		return person.Person{}, fault.Invalid.With("cascade.fault.person").At("leadId")
	}
	in.Lead = holders[i].Name
	return holders[i], nil
}

func (in Instruction) clean() Instruction {
	out := Instruction{Lead: lang.Clean(in.Lead), LeadID: in.LeadID, Text: lang.CleanLines(in.Text), Deadline: in.Deadline, Cooperators: []string{}}
	for _, c := range in.Cooperators {
		if c = lang.Clean(c); c != "" {
			out.Cooperators = append(out.Cooperators, c)
		}
	}
	return out
}

func (in Instruction) check(now clock.Time) error {
	var bad fault.Fields
	if in.Lead == "" {
		bad.Add("lead", "cascade.fault.leadMissing")
	}
	tooLong(&bad, "lead", in.Lead, maxLead)
	tooLong(&bad, "text", in.Text, maxWords)
	if len(in.Cooperators) > maxCooperators {
		bad.Add("cooperators", "cascade.fault.tooMany", "Limit", maxCooperators)
	}
	for i, c := range in.Cooperators {
		tooLong(&bad, fmt.Sprintf("cooperators.%d", i), c, maxLead)
	}
	if !in.Deadline.IsZero() && in.Deadline.Before(now.Time) {
		bad.Add("deadline", "cascade.fault.past")
	}
	return bad.Err()
}

// Start records that work has begun.
func (s *Service) Start(ctx context.Context, actor person.Actor, id ident.ID) (Dispatch, error) {
	return s.change(ctx, actor, person.ActionCascadeWork, id, func(_ context.Context, tx *database.Tx, d *Dispatch) error {
		if d.State == InProgress {
			return errUnchanged
		}
		return d.start(tx.Now())
	})
}

func (d *Dispatch) start(now clock.Time) error {
	if err := d.step(Start); err != nil {
		return err
	}
	d.StartedAt = now
	return nil
}

// Complete reports that the letter is done with. Duties that are still open need words about why.
func (s *Service) Complete(ctx context.Context, actor person.Actor, id ident.ID, outcome string) (Dispatch, error) {
	return s.change(ctx, actor, person.ActionCascadeWork, id, func(ctx context.Context, tx *database.Tx, d *Dispatch) error {
		if d.State == Completed {
			return errUnchanged
		}
		text := lang.CleanLines(outcome)
		duties, err := loadDuties(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		var bad fault.Fields
		tooLong(&bad, "outcome", text, maxReason)
		if n := countOpen(duties); n > 0 && text == "" {
			bad.Add("outcome", "cascade.fault.dutiesOpen", "Count", n)
		}
		if err := bad.Err(); err != nil {
			return err
		}
		if err := d.step(Complete); err != nil {
			return err
		}
		d.EndedAt, d.Outcome = tx.Now(), text
		return nil
	})
}

func countOpen(duties []Duty) int {
	n := 0
	for _, d := range duties {
		if !d.Done() {
			n++
		}
	}
	return n
}

// Recall takes one dispatch back from its receiver, and what was forwarded from it, as RecallLetter does for all of a letter:
// where work has begun the receiver is asked.
func (s *Service) Recall(ctx context.Context, actor person.Actor, id ident.ID, reason string) (Dispatch, error) {
	d, err := load(ctx, s.db, id)
	if err != nil {
		return Dispatch{}, err
	}
	if err := actor.Can(person.ActionCascadeSend, person.On{Unit: d.SenderID}); err != nil {
		return Dispatch{}, err
	}
	if d.State == Recalled || d.Frozen() {
		return d, nil
	}
	if reason, err = required("reason", reason); err != nil {
		return Dispatch{}, err
	}
	if !Lifecycle.Can(d.State, Recall) {
		return Dispatch{}, d.step(Recall)
	}
	l, err := s.letters.Load(ctx, s.db, d.LetterID)
	if err != nil {
		return Dispatch{}, err
	}
	in := ChangeInput{ID: s.ids.New(), Letter: d.LetterID, Reason: reason, Only: []ident.ID{id}}
	if _, err := s.carry(ctx, actor, ChangeRecall, l, in, takenBack); err != nil {
		return Dispatch{}, err
	}
	return load(ctx, s.db, id)
}

func (s *Service) recall(ctx context.Context, tx *database.Tx, tree *unit.Tree, d *Dispatch, reason string) error {
	seen := d.State != Sent // a letter that never arrived is taken back without a word
	if err := d.step(Recall); err != nil {
		return err
	}
	d.EndedAt, d.Outcome, d.Asked, d.AskedKind = tx.Now(), reason, "", ""
	if !seen {
		return nil
	}
	return s.tell(ctx, tx, tree, *d, d.ReceiverID, "cascade.mail.recalled")
}

// required cleans a text that must be given.
func required(field, text string) (string, error) {
	text = lang.CleanLines(text)
	var bad fault.Fields
	if text == "" {
		bad.Add(field, "cascade.fault.reasonMissing")
	}
	tooLong(&bad, field, text, maxReason)
	return text, bad.Err()
}

func tooLong(bad *fault.Fields, field, text string, limit int) {
	if n := utf8.RuneCountInString(text); n > limit {
		bad.Add(field, "cascade.fault.tooLong", "Length", n, "Limit", limit)
	}
}

// organ is the name under which a unit signs, "" when it is unknown.
func organ(tree *unit.Tree, id ident.ID) string {
	u, ok := tree.ByID(id)
	if !ok {
		return ""
	}
	return u.Organ()
}
