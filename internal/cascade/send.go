package cascade

import (
	"cmp"
	"context"
	"slices"
	"unicode/utf8"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Recipients are the units and groups a letter goes to. Groups mean the units in force on the letter's date.
type Recipients struct {
	Units  []ident.ID
	Groups []ident.ID
}

// SendInput is what the sender decides.
type SendInput struct {
	Letter ident.ID
	To     Recipients
	Words  string     // added to the letter, may be empty
	DueAt  clock.Time // by when it should be done, may be zero

	Said []letter.Said // whom names in the letter mean; remembered for the next letters
}

// SendResult tells which dispatches were made, and which units had the letter already. Sending the same again therefore
// does no harm: all are in Already.
type SendResult struct {
	Dispatches []Dispatch
	Apart      []Dispatch // of the sender's own letter by itself, to units that have the letter passed on without it
	Already    []ident.ID
	Ended      []ident.ID // who refused the letter or from whom it was taken back: only SendAgain sends it to them
}

const (
	maxRecipients = 5_000
	maxWords      = 2_000
)

// Send sends a registered letter in its issuer's name. Any unit in force may be addressed: a People's Committee writes
// to unions that it does not command.
func (s *Service) Send(ctx context.Context, actor person.Actor, in SendInput) (SendResult, error) {
	l, err := s.letters.Load(ctx, s.db, in.Letter)
	if err != nil {
		return SendResult{}, err
	}
	if err := actor.Can(person.ActionCascadeSend, person.On{Unit: l.IssuerID}); err != nil {
		return SendResult{}, err
	}
	if l.State != letter.Registered {
		return SendResult{}, fault.Conflict.With("cascade.fault.notRegistered")
	}
	whom, err := s.letters.Whom(ctx, l, in.Said...)
	if err != nil {
		return SendResult{}, err
	}
	sending, err := s.prepare(ctx, actor, l, whom, Dispatch{SenderID: l.IssuerID, Words: in.Words, DueAt: in.DueAt}, in.To)
	if err != nil {
		return SendResult{}, err
	}
	sending.duties = named(l)
	sending.allot = allotment(whom, sending.duties)
	return s.dispatch(ctx, actor, sending)
}

// given is a duty on its way to a receiver.
type given struct {
	duty Duty
	only ident.ID // for whom, everybody of the duty's audience when empty
	part bool     // a share of the duty, which must not promise more than it asks
}

// named are the duties that a letter asks of those it is sent to.
func named(l letter.Letter) []given {
	var out []given
	for _, d := range l.Fields.Duties {
		out = append(out, given{duty: dutyOf("", d)})
	}
	return out
}

// sending is all that is found out before the transaction in which a letter is sent.
type sending struct {
	letter  letter.Letter
	pattern Dispatch
	units   []ident.ID
	whom    letter.Whom // as whom names are known, and what was said of them
	duties  []given
	allot   allotting
	passing ident.ID // the unit that was asked by the first letter and passes it on, "" for an issuer
	today   *unit.Tree

	own     letter.Letter // the sender's own one with which the letter is passed on, none for a mere pass
	drafted []letter.Duty // its duties, and of which one of the letter each is made
	parts   bool          // duties are divided: whoever can not be given a part is named, and nobody gets any
}

// prepare finds out to whom a letter goes.
func (s *Service) prepare(ctx context.Context, actor person.Actor, l letter.Letter, whom letter.Whom, pattern Dispatch, to Recipients) (sending, error) {
	pattern.LetterID, pattern.SentBy, pattern.State, pattern.Version = l.ID, actor.ID, Lifecycle.Start, 1
	pattern.Words = lang.CleanLines(pattern.Words)
	if err := checkSending(pattern, clock.At(s.db.Clock().Now())); err != nil {
		return sending{}, err
	}
	units, err := expand(whom.Tree, l.IssuerID, pattern, to)
	if err != nil {
		return sending{}, err
	}
	today, err := s.units.Today(ctx)
	return sending{letter: l, pattern: pattern, units: units, whom: whom, today: today}, err
}

// dispatch makes one dispatch after the pattern for each recipient that does not have the letter yet.
func (s *Service) dispatch(ctx context.Context, actor person.Actor, to sending) (result SendResult, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		result, err = s.dispatchIn(ctx, tx, actor, to)
		return err
	})
	return result, err
}

func (s *Service) dispatchIn(ctx context.Context, tx *database.Tx, actor person.Actor, to sending) (result SendResult, err error) {
	if to.pattern.ParentID == "" { // whoever changes the letter for all waits, or is seen
		if _, err := s.letters.Hold(ctx, tx, to.letter.ID); err != nil {
			return SendResult{}, err
		}
	}
	if err := s.sendable(ctx, tx, to.letter, to.pattern.ParentID); err != nil {
		return SendResult{}, err
	}
	there := having{to: to, result: &result}
	for _, receiver := range to.units {
		d := to.pattern
		d.ID, d.ReceiverID = s.ids.New(), receiver
		duties := to.allot(to.passing, receiver)
		fresh, err := s.send(ctx, tx, actor, to.letter, &d, duties)
		if err != nil {
			return SendResult{}, err
		}
		if fresh {
			result.Dispatches = append(result.Dispatches, d)
			continue
		}
		if err := s.serve(ctx, tx, actor, &there, receiver, duties); err != nil {
			return SendResult{}, err
		}
	}
	if err := there.complain(); err != nil {
		return SendResult{}, err
	}
	if err := s.checkPassed(ctx, tx, to.pattern.ParentID, to.duties); err != nil {
		return SendResult{}, err
	}
	if err := s.letters.Remember(ctx, tx, actor, to.whom); err != nil {
		return SendResult{}, err
	}
	if err := s.bringAlong(ctx, tx, to.today, actor, to.letter, result.Dispatches); err != nil {
		return SendResult{}, err
	}
	return result, s.bringAlong(ctx, tx, to.today, actor, to.own, result.Apart)
}

// send stores a new dispatch with its duties and the audit entry and has it delivered, unless its unit has the letter.
func (s *Service) send(ctx context.Context, tx *database.Tx, actor person.Actor, l letter.Letter, d *Dispatch, duties []Duty,
) (fresh bool, err error) {
	if fresh, err = s.insert(ctx, tx, actor, person.ActionCascadeSend, l, d, duties); err != nil || !fresh {
		return false, err
	}
	if s.carrier != nil {
		if d.Outside, err = s.carrier.Carry(ctx, tx, *d); err != nil {
			return true, err
		}
		if d.Outside {
			return true, setOutside(ctx, tx, d.ID)
		}
	}
	return true, s.queue.Insert(ctx, tx, deliverJob{Dispatch: d.ID})
}

// insert stores a new dispatch with its duties and the audit entry, unless its unit has the letter.
func (s *Service) insert(ctx context.Context, tx *database.Tx, actor person.Actor, action person.Action, l letter.Letter, d *Dispatch, duties []Duty,
) (inserted bool, err error) {
	d.SentAt, d.UpdatedAt = tx.Now(), tx.Now()
	if d.Seq, err = s.seq(ctx, tx, d.LetterID); err != nil {
		return false, err
	}
	if inserted, err := insert(ctx, tx, *d); err != nil || !inserted {
		return false, err
	}
	if duties, err = s.counted(ctx, tx, *d, d.ArrivedAt, fresh(duties)); err != nil {
		return false, err
	}
	for _, duty := range duties {
		duty.DispatchID = d.ID
		if _, err := insertDuty(ctx, tx, duty); err != nil {
			return false, err
		}
	}
	return true, s.log.Record(ctx, tx, audit.Entry{
		Actor: actor.Identity(), Action: string(action), Kind: "dispatch", Object: d.ID, Challenge: l.ChallengeID, After: traceOf(*d),
	})
}

func checkSending(d Dispatch, now clock.Time) error {
	var bad fault.Fields
	if n := utf8.RuneCountInString(d.Words); n > maxWords {
		bad.Add("words", "cascade.fault.tooLong", "Length", n, "Limit", maxWords)
	}
	if !d.DueAt.IsZero() && d.DueAt.Before(now.Time) {
		bad.Add("due", "cascade.fault.past")
	}
	return bad.Err()
}

// expand returns the units meant, each once, in the order of their identifiers, so that two senders lock rows alike. The
// issuer and the sender themselves are left out when a group contains them. A mere pass goes only to units below; with a letter
// of its own a unit addresses whom it will, as if it sent that letter alone.
func expand(tree *unit.Tree, issuer ident.ID, pattern Dispatch, to Recipients) ([]ident.ID, error) {
	var bad fault.Fields
	var units []unit.Unit
	for _, id := range to.Units {
		u, ok := tree.ByID(id)
		if !ok || !u.InForce(tree.Day()) {
			bad.Add("units", "cascade.fault.unit", "Unit", cmp.Or(u.FullName, string(id)))
			continue
		}
		units = append(units, u)
	}
	for _, id := range to.Groups {
		g, ok := tree.Group(id)
		if !ok {
			bad.Add("groups", "cascade.fault.group")
			continue
		}
		units = append(units, tree.Expand(g)...)
	}
	var ids []ident.ID
	for _, u := range units {
		switch {
		case u.ID == issuer, u.ID == pattern.SenderID:
		case pattern.ParentID != "" && pattern.UnderID == "" && !tree.Within(u.ID, pattern.SenderID):
			bad.Add("units", "cascade.fault.notBelow", "Unit", u.FullName)
		default:
			ids = append(ids, u.ID)
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	switch {
	case len(bad) > 0:
	case len(ids) == 0:
		bad.Add("units", "cascade.fault.nobody")
	case len(ids) > maxRecipients:
		bad.Add("units", "cascade.fault.tooMany", "Limit", maxRecipients)
	}
	return ids, bad.Err()
}
