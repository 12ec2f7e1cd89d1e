package cascade

import (
	"context"
	"errors"
	"slices"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// ChangeKind is what a sender does to a letter that is on its way; the exchange of documents numbers them 1, 2 and 3.
type ChangeKind string

// The kinds.
const (
	ChangeRecall  ChangeKind = "recall"
	ChangeUpdate  ChangeKind = "update"
	ChangeReplace ChangeKind = "replace"
	ChangeFollow  ChangeKind = "follow" // a further letter goes to all who have it; it stays as it is, and so has no number there
)

// ChangeState is how one receiver stands to a change.
type ChangeState string

// The states.
const (
	ChangeAsked     ChangeState = "asked"     // the receiver has to answer
	ChangeAgreed    ChangeState = "agreed"    // confirmed, or given back
	ChangeRefused   ChangeState = "refused"   // with a reason
	ChangeDone      ChangeState = "done"      // nobody had to be asked
	ChangeOvertaken ChangeState = "overtaken" // a later change came before the answer
)

// Code is the status in the exchange of documents between offices, "" where there is none.
func (s ChangeState) Code() string {
	switch s {
	case ChangeAgreed:
		return "15"
	case ChangeRefused:
		return "16"
	case ChangeAsked, ChangeDone, ChangeOvertaken:
	}
	return ""
}

// Change is one change of a letter, for one receiver where it is read with a dispatch.
type Change struct {
	ID         ident.ID    `db:"id"`
	LetterID   ident.ID    `db:"letter_id"`
	Kind       ChangeKind  `db:"kind"`
	ByID       ident.ID    `db:"by_id"` // the letter that mends or replaces it, if any
	Reason     string      `db:"reason"`
	MadeBy     ident.ID    `db:"made_by"`
	MadeAt     clock.Time  `db:"made_at"`
	Whole      bool        `db:"whole"` // it is about everybody who has the letter, so also about who gets it later
	DispatchID ident.ID    `db:"dispatch_id"`
	State      ChangeState `db:"state"`
	Answer     string      `db:"answer"`
	AnsweredAt clock.Time  `db:"answered_at"`
}

// ChangeInput is a change as the sender makes it.
type ChangeInput struct {
	ID     ident.ID // made by the client; repeating it changes nothing
	Letter ident.ID
	By     ident.ID   // the letter that mends it; of a recall empty
	Reason string     // shown to every receiver
	Only   []ident.ID // these dispatches and what was forwarded from them; all of the letter when it is empty
}

// ChangeResult tells how many receivers a change reached, and how many of them have to answer.
type ChangeResult struct {
	Change  Change
	Reached int
	Asked   int
}

// RecallLetter takes a letter back from everybody who has it, at every tier. Where work has begun the receiver is asked: the
// dispatch is frozen until it agrees or refuses. What is completed stays.
func (s *Service) RecallLetter(ctx context.Context, actor person.Actor, in ChangeInput) (ChangeResult, error) {
	if in.By != "" {
		return ChangeResult{}, fault.Invalid.With("cascade.fault.changeBy").At("by")
	}
	return s.changeLetter(ctx, actor, ChangeRecall, in, takenBack)
}

// takenBack tells which dispatches a recall touches, and of which the receiver is asked.
func takenBack(d Dispatch) (touched, ask bool) {
	switch d.State {
	case Sent, Arrived, Received:
		return true, false
	case Assigned, InProgress:
		return true, true
	case Refused, Completed, Recalled, Replaced:
	}
	return false, false
}

// UpdateLetter mends a letter, in words or by another letter of the issuer. Everybody who has it is told and has to confirm;
// who has begun to work may refuse with a reason.
func (s *Service) UpdateLetter(ctx context.Context, actor person.Actor, in ChangeInput) (ChangeResult, error) {
	return s.changeLetter(ctx, actor, ChangeUpdate, in, func(d Dispatch) (touched, ask bool) {
		live := d.State.counts()
		return live, live
	})
}

// changeLetter changes a letter for every dispatch that reach names, asking where it says so.
func (s *Service) changeLetter(ctx context.Context, actor person.Actor, kind ChangeKind, in ChangeInput, reach func(Dispatch) (touched, ask bool),
) (ChangeResult, error) {
	l, err := s.changeable(ctx, actor, &in)
	if err != nil {
		return ChangeResult{}, err
	}
	if err := s.mending(ctx, l, in.By); err != nil {
		return ChangeResult{}, err
	}
	return s.carry(ctx, actor, kind, l, in, reach)
}

// carry records a change and brings it to the dispatches.
func (s *Service) carry(ctx context.Context, actor person.Actor, kind ChangeKind, l letter.Letter, in ChangeInput,
	reach func(Dispatch) (touched, ask bool),
) (ChangeResult, error) {
	tree, err := s.units.Today(ctx)
	if err != nil {
		return ChangeResult{}, err
	}
	var result ChangeResult
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		result = ChangeResult{}
		if _, err := s.letters.Hold(ctx, tx, l.ID); err != nil {
			return err
		}
		all, err := lockAll(ctx, tx, l.ID)
		if err != nil {
			return err
		}
		c, fresh, err := s.record(ctx, tx, actor, kind, l, in)
		result.Change = c
		if err != nil || !fresh {
			return err
		}
		result.Reached, result.Asked, err = s.bring(ctx, tx, tree, actor, c, among(all, in.Only), reach)
		return err
	})
	return result, err
}

// ErrRecallOpen is why a letter cannot be mended yet: a unit is asked to give it back and has not answered.
var ErrRecallOpen = errors.New("cascade: a recall waits for its answer")

// bring applies a change to dispatches, from above downwards. Whoever is asked to give the letter back answers for those it passed it on to: what
// they have stays until then.
func (s *Service) bring(ctx context.Context, tx *database.Tx, tree *unit.Tree, actor person.Actor, c Change, all []Dispatch,
	reach func(Dispatch) (touched, ask bool),
) (reached, asked int, err error) {
	waits := map[ident.ID]bool{} // with what lies below
	for _, d := range all {
		if waits[d.ParentID] {
			waits[d.ID] = true
			continue
		}
		touched, ask := reach(d)
		if !touched {
			if err := s.forgive(ctx, tx, actor, c, d); err != nil {
				return 0, 0, err
			}
			continue
		}
		if c.Kind == ChangeUpdate && d.Frozen() { // its answer says first whether it keeps the letter at all
			return 0, 0, fault.Conflict.With("cascade.fault.recallOpen", "Unit", organ(tree, d.ReceiverID)).Because(ErrRecallOpen)
		}
		reached++
		if ask {
			asked++
			waits[d.ID] = c.Kind == ChangeRecall
		}
		if err := s.apply(ctx, tx, tree, actor, c, d, ask); err != nil {
			return 0, 0, err
		}
	}
	return reached, asked, nil
}

// bringBelow goes on with a recall below a unit that has agreed to it.
func (s *Service) bringBelow(ctx context.Context, tx *database.Tx, tree *unit.Tree, actor person.Actor, c Change, id ident.ID) error {
	all, err := lockAll(ctx, tx, c.LetterID)
	if err != nil {
		return err
	}
	below := slices.DeleteFunc(among(all, []ident.ID{id}), func(d Dispatch) bool { return d.ID == id })
	_, _, err = s.bring(ctx, tx, tree, actor, c, below, takenBack)
	return err
}

// changeable loads a letter for somebody who may send in its issuer's name, and cleans what they say.
func (s *Service) changeable(ctx context.Context, actor person.Actor, in *ChangeInput) (letter.Letter, error) {
	l, err := s.letters.Load(ctx, s.db, in.Letter)
	if err != nil {
		return letter.Letter{}, err
	}
	if err := actor.Can(person.ActionCascadeSend, person.On{Unit: l.IssuerID}); err != nil {
		return letter.Letter{}, err
	}
	if l.State != letter.Registered { // another organ's, which the unit only passed on
		return letter.Letter{}, fault.Conflict.With("cascade.fault.notRegistered")
	}
	if in.Reason, err = required("reason", in.Reason); err != nil {
		return letter.Letter{}, err
	}
	if in.ID == "" {
		in.ID = s.ids.New()
	}
	return l, nil
}

// mending checks the letter that mends or replaces another one: of the same issuer, registered, and not the same.
func (s *Service) mending(ctx context.Context, l letter.Letter, by ident.ID) error {
	if by == "" {
		return nil
	}
	other, err := s.letters.Load(ctx, s.db, by)
	if errors.Is(err, fault.NotFound) || err == nil && (other.IssuerID != l.IssuerID || other.State != letter.Registered || by == l.ID) {
		return fault.Invalid.With("cascade.fault.changeBy").At("by")
	}
	return err
}

// record stores a change with its audit entry, once.
func (s *Service) record(ctx context.Context, tx *database.Tx, actor person.Actor, kind ChangeKind, l letter.Letter, in ChangeInput,
) (Change, bool, error) {
	c := Change{ID: in.ID, LetterID: l.ID, Kind: kind, ByID: in.By, Reason: in.Reason, MadeBy: actor.ID, MadeAt: tx.Now(), Whole: len(in.Only) == 0}
	fresh, err := insertChange(ctx, tx, c)
	if err != nil {
		return Change{}, false, err
	}
	if !fresh {
		before, err := loadChange(ctx, tx, c.ID)
		if err == nil && (before.LetterID != l.ID || before.Kind != kind) {
			err = fault.Conflict.With("cascade.fault.idTaken")
		}
		return before, false, err
	}
	return c, true, s.log.Record(ctx, tx, audit.Entry{
		Actor: actor.Identity(), Action: string(person.ActionCascadeSend), Kind: "letter_change", Object: c.ID, Challenge: l.ChallengeID,
		After: map[string]any{"letter": l.ID, "kind": kind, "by": in.By},
	})
}

// apply brings a change to one dispatch: asks its receiver, or recalls it at once.
func (s *Service) apply(ctx context.Context, tx *database.Tx, tree *unit.Tree, actor person.Actor, c Change, d Dispatch, ask bool) error {
	if err := overtake(ctx, tx, d.ID); err != nil {
		return err
	}
	state := ChangeDone
	if ask {
		state = ChangeAsked
	}
	if err := insertDispatchChange(ctx, tx, c.ID, d.ID, state); err != nil {
		return err
	}
	before := d
	if !ask {
		if err := s.recall(ctx, tx, tree, &d, c.Reason); err != nil {
			return err
		}
		return s.save(ctx, tx, actor, person.ActionCascadeSend, before, &d)
	}
	d.Asked, d.AskedKind = c.ID, c.Kind
	if err := s.save(ctx, tx, actor, person.ActionCascadeSend, before, &d); err != nil {
		return err
	}
	if d.State == Sent { // it is told of when it arrives
		return nil
	}
	return s.tellChange(ctx, tx, tree, d, c)
}

// tellChange writes to the receiver once per change: a letter may be mended several times.
func (s *Service) tellChange(ctx context.Context, tx *database.Tx, tree *unit.Tree, d Dispatch, c Change) error {
	template := "cascade.mail.updated"
	switch c.Kind {
	case ChangeRecall:
		template = "cascade.mail.askedBack"
	case ChangeReplace:
		template = "cascade.mail.replaced"
	case ChangeUpdate, ChangeFollow:
	}
	d.Outcome = c.Reason
	return s.tellAbout(ctx, tx, tree, d, d.ReceiverID, template, string(c.ID))
}
