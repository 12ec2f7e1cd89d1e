package letter

import (
	"context"
	"strconv"
	"unicode/utf8"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// Amendment is what the register should have said of a letter, and why it did not.
type Amendment struct {
	Type, Number, Notation, Organ, Place, Subject, Signer string
	Joint                                                 string // between number and notation when it is not "/"
	Date                                                  Date
	Reason                                                string
}

// AmendmentOf is what the register says of a letter now.
func AmendmentOf(l Letter) Amendment {
	f := l.Fields
	return Amendment{
		Type: f.Type, Number: f.Number, Joint: f.Joint, Notation: f.Notation, Organ: f.Organ, Place: f.Place, Subject: f.Subject, Signer: f.Signer.Name, Date: f.Date,
	}
}

// Amends tells whether a letter is one that Amend puts right.
func (l Letter) Amends() bool {
	return l.Document == nil && (l.State == Registered || l.State == Entered)
}

// Amend puts right what was mistyped when a letter that was read in was put into a register: the paper says otherwise. What
// it said before stays in the log, the reason beside the letter. What was composed and signed here does not change.
func (s *Service) Amend(ctx context.Context, actor person.Actor, id ident.ID, version int64, a Amendment) (Letter, error) {
	a.Reason = lang.CleanLines(a.Reason)
	return s.change(ctx, actor, person.ActionLetterRegister, id, func(ctx context.Context, tx *database.Tx, l *Letter) error {
		if !l.Amends() {
			return fault.Conflict.With("letter.fault.notAmended")
		}
		before := *l
		l.Fields = a.on(l.Fields).clean()
		said, says := AmendmentOf(before), AmendmentOf(*l)
		if said == says {
			return errUnchanged
		}
		if before.Version != version {
			return fault.Conflict.With("letter.fault.changed")
		}
		if err := l.checkAmended(a.Reason); err != nil {
			return err
		}
		if l.State == Entered {
			if said.Symbol() != says.Symbol() || said.Date != says.Date || said.Organ != says.Organ {
				if err := notEntered(ctx, tx, *l); err != nil {
					return err
				}
			}
		} else if err := s.renumber(ctx, tx, before, l); err != nil {
			return err
		}
		steps, err := listSteps(ctx, tx, l.ID)
		if err != nil {
			return err
		}
		return insertStep(ctx, tx, l.ID, len(steps)+1, Step{Event: Amend, Words: a.Reason, By: actor.ID, At: tx.Now()})
	})
}

// Symbol is the symbol that the amendment gives.
func (a Amendment) Symbol() string {
	return Fields{Number: a.Number, Joint: a.Joint, Notation: a.Notation}.Symbol()
}

func (a Amendment) on(f Fields) Fields {
	f.Type, f.Number, f.Joint, f.Notation, f.Organ, f.Place, f.Subject, f.Date = a.Type, a.Number, a.Joint, a.Notation, a.Organ, a.Place, a.Subject, a.Date
	f.Signer.Name = a.Signer
	return f
}

func (l Letter) checkAmended(reason string) error {
	var bad fault.Fields
	switch n := utf8.RuneCountInString(reason); {
	case n == 0:
		bad.Add("reason", "letter.fault.amendReason")
	case n > maxWords:
		bad.Add("reason", "letter.fault.tooLong", "Length", n, "Limit", maxWords)
	}
	if l.State == Registered && l.Fields.Number == "" {
		bad.Add("number", "letter.fault.missing")
	}
	if err := bad.Err(); err != nil {
		return err
	}
	if err := l.Fields.check(); err != nil {
		return err
	}
	if l.State == Entered {
		return l.Fields.checkArrival()
	}
	return l.Fields.checkComplete()
}

// renumber moves a letter of the outgoing register to another number, year or type. Where its old number was the last one
// given, the sequence goes on after the one before it: a slip of the finger leaves no hole that nobody can fill.
func (s *Service) renumber(ctx context.Context, tx *database.Tx, before Letter, l *Letter) error {
	was, err := sequenceOf(ctx, tx, before)
	if err != nil {
		return err
	}
	will, err := sequenceOf(ctx, tx, *l)
	if err != nil {
		return err
	}
	key := numberKey(before.Fields.Number)
	if was == will && key == numberKey(l.Fields.Number) {
		return nil
	}
	was = sequence{before.Series, before.Term}                                        // where it stands, which an older release may have chosen otherwise
	if err := raiseNumber(ctx, tx, l.IssuerID, was.term, was.book(), 0); err != nil { // takes the register's lock
		return err
	}
	given, err := numbersGiven(ctx, tx, l.IssuerID, was)
	if err != nil {
		return err
	}
	if n, err := strconv.ParseInt(key, 10, 64); err == nil && len(given) > 0 && given[len(given)-1] == n {
		var last int64
		if len(given) > 1 {
			last = given[len(given)-2]
		}
		if err := lowerNumber(ctx, tx, l.IssuerID, was.term, was.book(), n, last); err != nil {
			return err
		}
	}
	return s.number(ctx, tx, l)
}
