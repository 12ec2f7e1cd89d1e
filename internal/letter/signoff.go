package letter

import (
	"context"
	"fmt"
	"regexp"
	"unicode/utf8"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// Step is one step of a composed letter on its way to the signature, or one by which the register was put right.
type Step struct {
	Event   Event       `db:"event"`
	Words   string      `db:"words"`
	OnPaper bool        `db:"on_paper"` // the signature stands on paper; By recorded it
	Signer  string      `db:"signer"`   // who signed on paper, by name
	By      ident.ID    `db:"by_id"`
	At      clock.Time  `db:"at"`
	Departs []Departure `db:"-"` // where it was signed although it departs from its form
}

// maxWords is how long the words of a step may be.
const maxWords = 1000

// Submit sends a composed draft to the leaders of the issuer for signature.
func (s *Service) Submit(ctx context.Context, actor person.Actor, id ident.ID, words string) (Letter, error) {
	return s.step(ctx, actor, person.ActionLetterRegister, id, Step{Event: Submit, Words: words}, func(l *Letter, _ *Step) error {
		if l.Document == nil {
			return fault.Conflict.With("letter.fault.readIn")
		}
		return s.checkReady(*l)
	})
}

// Withdraw takes a letter back before it was signed.
func (s *Service) Withdraw(ctx context.Context, actor person.Actor, id ident.ID) (Letter, error) {
	return s.step(ctx, actor, person.ActionLetterRegister, id, Step{Event: Withdraw}, nil)
}

// SendBack returns a letter to its writer, with the words that say what to change.
func (s *Service) SendBack(ctx context.Context, actor person.Actor, id ident.ID, words string) (Letter, error) {
	return s.step(ctx, actor, person.ActionLetterSign, id, Step{Event: SendBack, Words: words}, func(*Letter, *Step) error {
		if lang.CleanLines(words) == "" {
			return fault.Invalid.With("letter.fault.wordsMissing").At("words")
		}
		return nil
	})
}

// SignInput is how a letter was signed.
type SignInput struct {
	OnPaper bool   // a clerk records the signature on the paper
	Signer  string // of a signature on paper: whose
	Words   string
	Seen    int64    // the version that was read, which must still be the letter; 0 where whoever signs has just made it
	Departs []string // the marks of the departures from its form that were seen, with which it is signed all the same
}

// Sign records the signature: a leader's own decision here, or, by whoever handles the letters, one that stands on paper.
func (s *Service) Sign(ctx context.Context, actor person.Actor, id ident.ID, in SignInput) (Letter, error) {
	action, step := person.ActionLetterSign, Step{Event: Sign, Words: in.Words}
	if in.OnPaper {
		action, step.OnPaper, step.Signer = person.ActionLetterRegister, true, lang.Clean(in.Signer)
	}
	return s.step(ctx, actor, action, id, step, func(l *Letter, step *Step) error {
		switch n := utf8.RuneCountInString(step.Signer); {
		case in.OnPaper && n == 0:
			return fault.Invalid.With("letter.fault.signerMissing").At("signer")
		case n > maxPerson:
			return fault.Invalid.With("letter.fault.tooLong", "Length", n, "Limit", maxPerson).At("signer")
		}
		if in.Seen != 0 && in.Seen != l.Version { // withdrawn, rewritten and submitted again while somebody read
			return fault.Conflict.With("letter.fault.changed")
		}
		if err := s.checkReady(*l); err != nil {
			return err
		}
		step.Departs = s.Judged(*l).Departs
		return checkSeen(step.Departs, in.Departs)
	})
}

// Discard puts a draft aside that nobody needs: it was misread, or is not to be sent. Its letter is kept and can be fetched
// back with Restore.
func (s *Service) Discard(ctx context.Context, actor person.Actor, id ident.ID) (Letter, error) {
	return s.step(ctx, actor, person.ActionLetterRegister, id, Step{Event: Discard}, nil)
}

// Restore makes a discarded letter a draft again.
func (s *Service) Restore(ctx context.Context, actor person.Actor, id ident.ID) (Letter, error) {
	return s.step(ctx, actor, person.ActionLetterRegister, id, Step{Event: Restore}, nil)
}

// Steps returns the way of a letter to its signature, the first step first.
func (s *Service) Steps(ctx context.Context, actor person.Actor, id ident.ID) ([]Step, error) {
	if _, err := s.Get(ctx, actor, id); err != nil {
		return nil, err
	}
	return listSteps(ctx, s.db, id)
}

// step moves a letter along its life cycle and writes the step down; a step that was just taken is not taken
// twice.
func (s *Service) step(ctx context.Context, actor person.Actor, action person.Action, id ident.ID, step Step, allow func(*Letter, *Step) error) (Letter, error) {
	step.Words = lang.CleanLines(step.Words)
	if n := utf8.RuneCountInString(step.Words); n > maxWords {
		return Letter{}, fault.Invalid.With("letter.fault.tooLong", "Length", n, "Limit", maxWords).At("words")
	}
	note := func(t *trace) {
		for _, d := range step.Departs {
			t.Departs = append(t.Departs, d.Code)
		}
	}
	return s.changeNoting(ctx, actor, action, id, note, func(ctx context.Context, tx *database.Tx, l *Letter) error {
		steps, err := listSteps(ctx, tx, l.ID)
		if err != nil {
			return err
		}
		if again(steps, step, actor.ID, l.State) {
			return errUnchanged
		}
		switch aside := step.Event == Discard || step.Event == Restore; {
		case l.Document == nil && !aside: // what was read in bears its signature
			return fault.Conflict.With("letter.fault.readIn")
		case step.Event == Discard && s.needs != nil:
			needed, err := s.needs(ctx, tx, l.ID)
			if err != nil {
				return err
			}
			if needed {
				return fault.Conflict.With("letter.fault.needed")
			}
		}
		to, err := Lifecycle.Next(l.State, step.Event)
		if err != nil {
			return err
		}
		if allow != nil {
			if err := allow(l, &step); err != nil {
				return err
			}
		}
		l.State, step.By, step.At = to, actor.ID, tx.Now()
		return insertStep(ctx, tx, l.ID, len(steps)+1, step)
	})
}

// again tells whether the last step is the one that is asked for, sent a second time by the same person.
func again(steps []Step, step Step, by ident.ID, state State) bool {
	if len(steps) == 0 || Lifecycle.Can(state, step.Event) {
		return false
	}
	last := steps[len(steps)-1]
	return last.Event == step.Event && last.By == by && last.Words == step.Words && last.Signer == step.Signer
}

// Enter puts another organ's letter that was read in here into the unit's register of arrivals. What then does, if
// anything, happens in the same transaction, once.
func (s *Service) Enter(ctx context.Context, actor person.Actor, id ident.ID,
	then func(context.Context, *database.Tx, Letter, Arrival) error,
) (Letter, Arrival, error) {
	var a Arrival
	l, err := s.change(ctx, actor, person.ActionLetterRegister, id, func(ctx context.Context, tx *database.Tx, l *Letter) (err error) {
		if l.State == Entered {
			if a, err = loadArrival(ctx, tx, l.ID, l.IssuerID); err != nil {
				return err
			}
			return errUnchanged
		}
		to, err := Lifecycle.Next(l.State, Enter)
		if err != nil {
			return err
		}
		if l.Document != nil {
			return fault.Conflict.With("letter.fault.composed")
		}
		if err := l.Fields.check(); err != nil {
			return err
		}
		if err := l.Fields.checkArrival(); err != nil {
			return err
		}
		if a, err = s.arrive(ctx, tx, *l, l.IssuerID); err != nil {
			return err
		}
		if a.LetterID != l.ID {
			return enteredBefore(*l, a)
		}
		l.State, l.RegisteredBy, l.RegisteredAt = to, actor.ID, tx.Now()
		if then == nil {
			return nil
		}
		return then(ctx, tx, *l, a)
	})
	return l, a, err
}

// checkFilled notes the places of a template that nobody filled in.
func (d Document) checkFilled(bad *fault.Fields) {
	for i, b := range d.Blocks {
		if unfilled.MatchString(b.Text) {
			bad.Add(fmt.Sprintf("blocks.%d", i), "letter.fault.unfilled")
		}
	}
}

// unfilled is the place that a template leaves for what only people know: "Địa điểm: …". A trailing "v.v…" is none.
var unfilled = regexp.MustCompile(`(?:^|[\s:])…(?:$|[\s.,;])`)

// checkArrival notes what an arrival must have to be found again.
func (f Fields) checkArrival() error {
	var bad fault.Fields
	for _, t := range []struct{ name, text string }{{"organ", f.Organ}, {"subject", f.Subject}} {
		if t.text == "" {
			bad.Add(t.name, "letter.fault.missing")
		}
	}
	return bad.Err()
}
