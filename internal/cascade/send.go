package cascade

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
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
}

// SendResult tells which dispatches were made, and which units had the letter already. Sending the same again therefore
// does no harm: all are in Already.
type SendResult struct {
	Dispatches []Dispatch
	Already    []ident.ID
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
	return s.dispatch(ctx, actor, l, Dispatch{SenderID: l.IssuerID, Words: in.Words, DueAt: in.DueAt}, in.To, named(l))
}

// ForwardInput is what a receiving unit decides.
type ForwardInput struct {
	Dispatch ident.ID
	To       Recipients
	Words    string
	DueAt    clock.Time
	Under    ident.ID   // the unit's own registered letter with which it goes, empty for a mere pass
	Parts    []DutyPart // what of the duties whom; all of them go to everybody when there is none
}

// DutyPart is a duty of the dispatch that is passed on, or a part of it.
type DutyPart struct {
	Unit     ident.ID // for whom; for everybody when empty
	Duty     int      // the number in the dispatch that is passed on
	Text     string   // instead of the duty's, may be empty
	Deadline clock.Time
	Quota    int // 0 fixes no number
}

// Forward passes a received letter on to units that answer to the receiver, directly or over others. A unit that has the
// letter from this one already gets the duties that it lacks.
func (s *Service) Forward(ctx context.Context, actor person.Actor, in ForwardInput) (SendResult, error) {
	parent, err := load(ctx, s.db, in.Dispatch)
	if err != nil {
		return SendResult{}, err
	}
	if err := actor.Can(person.ActionCascadeSend, person.On{Unit: parent.ReceiverID}); err != nil {
		return SendResult{}, err
	}
	l, err := s.letters.Load(ctx, s.db, parent.LetterID)
	if err != nil {
		return SendResult{}, err
	}
	own, err := s.ownLetter(ctx, in.Under, parent)
	if err != nil {
		return SendResult{}, err
	}
	duties, err := loadDuties(ctx, s.db, parent.ID)
	if err != nil {
		return SendResult{}, err
	}
	passed, err := pass(duties, own.Fields.Duties, in.Parts, clock.At(s.db.Clock().Now()))
	if err != nil {
		return SendResult{}, err
	}
	pattern := Dispatch{ParentID: parent.ID, SenderID: parent.ReceiverID, UnderID: in.Under, Words: in.Words, DueAt: in.DueAt}
	return s.dispatch(ctx, actor, l, pattern, in.To, passed)
}

// ownLetter loads the letter with which a unit passes another one on: one that it registered itself.
func (s *Service) ownLetter(ctx context.Context, id ident.ID, parent Dispatch) (letter.Letter, error) {
	if id == "" {
		return letter.Letter{}, nil
	}
	own, err := s.letters.Load(ctx, s.db, id)
	if err != nil {
		return letter.Letter{}, err
	}
	if own.IssuerID != parent.ReceiverID || own.State != letter.Registered || id == parent.LetterID {
		return letter.Letter{}, fault.Invalid.With("cascade.fault.under").At("under")
	}
	return own, nil
}

// given is a duty on its way to a receiver.
type given struct {
	duty Duty
	only ident.ID // for whom, everybody of the duty's audience when empty
	part bool     // a share of the duty, which must not promise more than it asks
}

// pass chooses what of the duties of a dispatch goes on: the parts that were named, else the duties of the unit's own letter,
// else all of them. A part without a number asks for no share of a quota; what is done counts above all the same.
func pass(duties []Duty, own []letter.Duty, parts []DutyPart, now clock.Time) ([]given, error) {
	var out []given
	var bad fault.Fields
	for i, part := range parts {
		n := slices.IndexFunc(duties, func(d Duty) bool { return d.Number == part.Duty })
		if n < 0 {
			return nil, fault.NotFound.With("cascade.fault.duty")
		}
		checkPart(&bad, fmt.Sprintf("units.%d", i), part.Text, part.Deadline, part.Quota, now)
		d := passed(duties[n])
		d.Text = cmp.Or(lang.CleanLines(part.Text), d.Text)
		if !part.Deadline.IsZero() {
			d.Deadline = part.Deadline
		}
		if part.Quota > 0 {
			d.Quota = &letter.Quota{Count: part.Quota}
			if above := duties[n].Quota; above != nil {
				d.Quota.Of, d.Quota.AtLeast = above.Of, above.AtLeast
			}
		}
		out = append(out, given{d, part.Unit, true})
	}
	if len(parts) > 0 {
		return out, bad.Err()
	}
	for i, one := range own {
		d := dutyOf("", one)
		d.Number = i + 1
		if n := slices.IndexFunc(duties, func(o Duty) bool { return sameWords(o.Text, one.Text) }); n >= 0 {
			d.From = duties[n].Number
		} else if len(own) == len(duties) {
			d.From = duties[i].Number // the same list in other words
		}
		out = append(out, given{duty: d})
	}
	if len(own) > 0 {
		return out, nil
	}
	for _, d := range duties {
		out = append(out, given{duty: passed(d)})
	}
	return out, nil
}

// sameWords compares what was read as lines with what was written as one block.
func sameWords(a, b string) bool {
	return slices.Equal(strings.Fields(lang.Fold(a)), strings.Fields(lang.Fold(b)))
}

// passed is a duty as the next tier has it.
func passed(d Duty) Duty {
	return Duty{
		Number: d.Number, From: d.Number, Text: d.Text, Channels: d.Channels, For: d.For, Force: d.Force, Deadline: d.Deadline,
		Every: d.Every, Proof: d.Proof,
	}
}

// named are the duties that a letter asks of those it is sent to.
func named(l letter.Letter) []given {
	var out []given
	for _, d := range l.Fields.Duties {
		out = append(out, given{duty: dutyOf("", d)})
	}
	return out
}

// dispatch makes one dispatch after the pattern for each recipient that does not have the letter yet.
func (s *Service) dispatch(ctx context.Context, actor person.Actor, l letter.Letter, pattern Dispatch, to Recipients, duties []given,
) (SendResult, error) {
	pattern.LetterID, pattern.SentBy, pattern.State, pattern.Version = l.ID, actor.ID, Lifecycle.Start, 1
	pattern.Words = lang.CleanLines(pattern.Words)
	if err := checkSending(pattern, clock.At(s.db.Clock().Now())); err != nil {
		return SendResult{}, err
	}
	tree, err := s.units.Tree(ctx, clock.Day(l.Fields.Date.String()))
	if err != nil {
		return SendResult{}, err
	}
	units, err := expand(tree, l.IssuerID, pattern, to)
	if err != nil {
		return SendResult{}, err
	}
	allot := allotment(tree, duties)
	var result SendResult
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		result = SendResult{}
		if err := passable(ctx, tx, pattern.ParentID); err != nil {
			return err
		}
		for _, to := range units {
			d := pattern
			d.ID, d.ReceiverID = s.ids.New(), to
			fresh, err := s.send(ctx, tx, actor, l, &d, allot(to))
			if err != nil {
				return err
			}
			if fresh {
				result.Dispatches = append(result.Dispatches, d)
				continue
			}
			result.Already = append(result.Already, to)
			if pattern.ParentID != "" {
				if err := s.addDuties(ctx, tx, actor, pattern, to, allot(to)); err != nil {
					return err
				}
			}
		}
		return s.checkPassed(ctx, tx, pattern.ParentID, duties)
	})
	return result, err
}

// allotment returns which duties each receiver gets; one for whom none is meant gets all, rather than a letter that asks
// for nothing.
func allotment(tree *unit.Tree, duties []given) func(ident.ID) []Duty {
	audiences := make([]audience, len(duties))
	for i, g := range duties {
		audiences[i] = audienceOf(tree, g.duty.For)
	}
	return func(to ident.ID) []Duty {
		var mine, all []Duty
		for i, g := range duties {
			switch {
			case g.only == to, g.only == "" && audiences[i].has(to):
				mine = append(mine, g.duty)
			case g.only == "":
				all = append(all, g.duty)
			}
		}
		if len(mine) == 0 {
			return all
		}
		return mine
	}
}

// addDuties gives a unit that got the letter from the same sender before the duties that it lacks.
func (s *Service) addDuties(ctx context.Context, tx *database.Tx, actor person.Actor, pattern Dispatch, to ident.ID, duties []Duty) error {
	children, err := loadChildren(ctx, tx, pattern.ParentID)
	if err != nil {
		return err
	}
	for _, d := range children {
		if d.ReceiverID != to || !d.State.counts() {
			continue
		}
		for _, duty := range duties {
			duty.DispatchID = d.ID
			fresh, err := insertDuty(ctx, tx, duty)
			if err != nil {
				return err
			}
			if !fresh {
				continue
			}
			err = s.note(ctx, tx, actor, d, person.ActionCascadeSend, "duty", d.ID, nil, map[string]any{"number": duty.Number, "from": duty.From})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// checkPassed keeps what was passed on from promising more than is asked for.
func (s *Service) checkPassed(ctx context.Context, tx *database.Tx, parent ident.ID, passed []given) error {
	if parent == "" {
		return nil
	}
	duties, err := loadDuties(ctx, tx, parent)
	if err != nil {
		return err
	}
	for _, d := range duties {
		if !slices.ContainsFunc(passed, func(g given) bool { return g.part && g.duty.From == d.Number && g.duty.Quota != nil }) {
			continue
		}
		if err := s.checkShares(ctx, tx, d); err != nil {
			return err
		}
	}
	return nil
}

// send stores a new dispatch with its duties and the audit entry and has it delivered, unless its unit has the letter.
func (s *Service) send(ctx context.Context, tx *database.Tx, actor person.Actor, l letter.Letter, d *Dispatch, duties []Duty,
) (fresh bool, err error) {
	d.SentAt, d.UpdatedAt = tx.Now(), tx.Now()
	if d.Seq, err = s.seq(ctx, tx, d.LetterID); err != nil {
		return false, err
	}
	if fresh, err := insert(ctx, tx, *d); err != nil || !fresh {
		return false, err
	}
	for _, duty := range duties {
		duty.DispatchID = d.ID
		if _, err := insertDuty(ctx, tx, duty); err != nil {
			return false, err
		}
	}
	err = s.log.Record(ctx, tx, audit.Entry{
		Actor: actor.Identity(), Action: string(person.ActionCascadeSend), Kind: "dispatch", Object: d.ID,
		Challenge: l.ChallengeID, After: traceOf(*d),
	})
	if err != nil {
		return false, err
	}
	if s.carrier != nil {
		if outside, err := s.carrier.Carry(ctx, tx, *d); err != nil || outside {
			return true, err
		}
	}
	return true, s.queue.Insert(ctx, tx, deliverJob{Dispatch: d.ID})
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

// passable tells whether a dispatch may be forwarded: the unit has taken the letter on and it was not recalled.
func passable(ctx context.Context, tx *database.Tx, parent ident.ID) error {
	if parent == "" {
		return nil
	}
	d, err := lock(ctx, tx, parent)
	if err != nil {
		return err
	}
	return d.takenOn()
}

// expand returns the units meant, each once, in the order of their identifiers, so that two senders lock rows alike. The
// issuer and the sender themselves are left out when a group contains them. Whoever forwards may only address units below.
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
		case pattern.ParentID != "" && !tree.Within(u.ID, pattern.SenderID):
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
