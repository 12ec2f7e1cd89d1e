package entrant

import (
	"context"
	"unicode/utf8"

	"sachhon/internal/challenge"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// A reason is a sentence, not a word: whoever reads it wants to know what to mend.
const (
	minReason = 10
	maxReason = 2000
)

// Decide lets the board approve, refuse or disqualify an entrant, and tells the representative once. Nobody decides
// about an entrant of their own.
func (s *Service) Decide(ctx context.Context, actor person.Actor, id ident.ID, event Event, reason string) (Entrant, error) {
	action := person.ActionEntrantDecide
	switch event {
	case Disqualify:
		action = person.ActionEntrantDisqualify
	case Approve, Refuse:
	default:
		return Entrant{}, fault.Conflict.With("fault.state")
	}
	return s.change(ctx, actor, action, id, event, reason)
}

// Withdraw takes an entrant out of the challenge at the wish of those who act for it.
func (s *Service) Withdraw(ctx context.Context, actor person.Actor, id ident.ID, reason string) (Entrant, error) {
	return s.change(ctx, actor, person.ActionEntrantWithdraw, id, Withdraw, reason)
}

// mails are the templates of the events that people are told of.
var mails = map[Event]string{
	Approve: "entrant.mail.approved", Refuse: "entrant.mail.refused", Withdraw: "entrant.mail.withdrawn",
	Disqualify: "entrant.mail.disqualified",
}

func (s *Service) change(ctx context.Context, actor person.Actor, action person.Action, id ident.ID, event Event, reason string) (Entrant, error) {
	var e Entrant
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		var c challenge.Challenge
		var err error
		if e, c, err = s.permitted(ctx, tx, actor, action, id); err != nil {
			return err
		}
		if event != Withdraw && !actor.System && e.Representative == actor.Identity() {
			return fault.Forbidden.With("entrant.fault.own")
		}
		if reason, err = checkReason(event, reason); err != nil {
			return err
		}
		if frozen(c.State, event) {
			return fault.Conflict.With("entrant.fault.frozen")
		}
		next, err := Lifecycle.Next(e.State, event)
		if err != nil {
			return err
		}
		before := e.State
		if err := setState(ctx, tx, id, before, next, reason, actor.Identity()); err != nil {
			return err
		}
		if e, err = get(ctx, tx, id); err != nil {
			return err
		}
		to, err := contact(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.tell(ctx, tx, c, e, to, mails[event]); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "entrant."+string(event), e, before, next)
	})
	return e, err
}

// frozen tells whether the results of the challenge leave no room for the event. Who is found out after they were
// published can still be disqualified: it moves nothing by itself, and the board publishes a correction.
func frozen(state challenge.State, event Event) bool {
	return state == challenge.Archived || state == challenge.Published && event != Disqualify
}

// permitted returns the entrant and its challenge to an actor who may do this to it. Those who may not even see the
// entrant learn nothing of it.
func (s *Service) permitted(ctx context.Context, q database.Querier, actor person.Actor, action person.Action, id ident.ID) (Entrant, challenge.Challenge, error) {
	e, err := get(ctx, q, id)
	if err != nil {
		return Entrant{}, challenge.Challenge{}, err
	}
	c, err := s.challenges.Find(ctx, q, e.Challenge)
	if err != nil {
		return Entrant{}, c, err
	}
	if err := actor.Can(action, on(e, c)); err != nil {
		if !actor.Anonymous() && !e.Public().Visible() && actor.Can(person.ActionEntrantRead, on(e, c)) != nil {
			err = fault.NotFound.With("entrant.fault.none").Because(err)
		}
		return Entrant{}, c, err
	}
	return e, c, nil
}

func checkReason(event Event, reason string) (string, error) {
	reason = lang.CleanLines(reason)
	n := utf8.RuneCountInString(reason)
	switch {
	case event.NeedsReason() && n < minReason:
		return "", fieldFault("reason", "entrant.fault.reason", "Least", minReason)
	case n > maxReason:
		return "", fieldFault("reason", "entrant.fault.long", "Count", n, "Limit", maxReason)
	}
	return reason, nil
}

func fieldFault(field, key string, args ...any) error {
	var f fault.Fields
	f.Add(field, key, args...)
	return f.Err()
}
