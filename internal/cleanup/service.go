package cleanup

import (
	"context"
	"errors"

	"sachhon/internal/audit"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/fault"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
	"sachhon/internal/jobs"
	"sachhon/internal/lang"
	"sachhon/internal/notify"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Service holds the use cases of clean-ups.
type Service struct {
	db         *database.DB
	log        *audit.Log
	queue      *jobs.Queue
	ids        *ident.Generator
	units      *unit.Service
	challenges *challenge.Service
	entrants   *entrant.Service
	mail       *notify.Service
}

// NewService returns the service and registers its job with the queue.
func NewService(db *database.DB, log *audit.Log, queue *jobs.Queue, ids *ident.Generator, units *unit.Service,
	challenges *challenge.Service, entrants *entrant.Service, mail *notify.Service,
) *Service {
	s := &Service{db: db, log: log, queue: queue, ids: ids, units: units, challenges: challenges, entrants: entrants, mail: mail}
	jobs.Handle(queue, s.remind)
	return s
}

// CreateInput makes a clean-up. Sending the same ID again returns the one that exists.
type CreateInput struct {
	ID       ident.ID
	Entrant  ident.ID
	Announce bool // announce it at once instead of keeping a draft
	Plan
}

// subject is a clean-up with what it belongs to.
type subject struct {
	cleanup   Cleanup
	entrant   entrant.Entrant
	challenge challenge.Challenge
}

// on is what permissions about the clean-up are asked for.
func (sub subject) on() person.On {
	return person.On{Unit: sub.entrant.Unit, Organiser: sub.challenge.Organiser, Entrant: sub.entrant.ID}
}

// Create plans a clean-up of an entrant, and announces it if asked to.
func (s *Service) Create(ctx context.Context, actor person.Actor, in CreateInput) (Cleanup, error) {
	if actor.Anonymous() {
		return Cleanup{}, fault.Unauthenticated.With("")
	}
	sub, err := s.of(ctx, s.db, in.Entrant)
	if err != nil {
		return Cleanup{}, err
	}
	if err := actor.Can(person.ActionCleanupCreate, sub.on()); err != nil {
		return Cleanup{}, err
	}
	if in.ID == "" {
		in.ID = s.ids.New()
	}
	if known, err := sentBefore(ctx, s.db, in); known.ID != "" || err != nil {
		return known, err
	}
	if err := s.check(ctx, &in.Plan, sub.challenge, in.Announce); err != nil {
		return Cleanup{}, err
	}
	sub.cleanup = Cleanup{
		ID: in.ID, Challenge: sub.challenge.ID, Entrant: in.Entrant, State: Lifecycle.Start,
		CreatedBy: actor.Identity(),
	}.with(in.Plan)
	sent := sub.cleanup
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		sub.cleanup = sent // a transaction may run again, and begins with what was sent
		if err := lockAgenda(ctx, tx, in.Entrant); err != nil {
			return err
		}
		if known, err := sentBefore(ctx, tx, in); known.ID != "" || err != nil {
			sub.cleanup = known
			return err
		}
		if err := insert(ctx, tx, sub.cleanup); err != nil {
			return err
		}
		if err := s.record(ctx, tx, actor, "cleanup.create", sub.cleanup, nil, facts(sub.cleanup)); err != nil {
			return err
		}
		if in.Announce {
			if err := s.announce(ctx, tx, actor, sub); err != nil {
				return err
			}
		}
		sub.cleanup, err = get(ctx, tx, in.ID)
		return err
	})
	return sub.cleanup, err
}

// sentBefore returns the clean-up that was made for the same entrant under the same ID; another entrant's is refused.
func sentBefore(ctx context.Context, q database.Querier, in CreateInput) (Cleanup, error) {
	known, err := get(ctx, q, in.ID)
	switch {
	case errors.Is(err, fault.NotFound):
		return Cleanup{}, nil
	case err != nil:
		return Cleanup{}, err
	case known.Entrant != in.Entrant:
		return Cleanup{}, fault.Forbidden.With("")
	}
	return known, nil
}

// UpdateInput changes a clean-up that has not begun; Version is the one the person saw.
type UpdateInput struct {
	Version int64
	Plan
}

// Update changes a draft, or an announced clean-up before its beginning. A new time is announced as long ahead as
// the first one was.
func (s *Service) Update(ctx context.Context, actor person.Actor, id ident.ID, in UpdateInput) (Cleanup, error) {
	sub, err := s.permitted(ctx, s.db, actor, person.ActionCleanupEdit, id)
	if err != nil {
		return Cleanup{}, err
	}
	moved := sub.cleanup.StartsAt != in.StartsAt
	if err := s.check(ctx, &in.Plan, sub.challenge, moved && sub.cleanup.State == Announced); err != nil {
		return Cleanup{}, err
	}
	return s.change(ctx, actor, id, func(ctx context.Context, tx *database.Tx, sub subject) error {
		old := sub.cleanup
		if state := old.StateAt(tx.Now()); state != Draft && state != Announced {
			return fault.Conflict.With("cleanup.fault.begun")
		}
		if old.Version != in.Version {
			return fault.Conflict.With("")
		}
		sub.cleanup = old.with(in.Plan)
		if old.State == Announced {
			if err := checkClash(ctx, tx, sub.cleanup); err != nil {
				return err
			}
		}
		if err := update(ctx, tx, sub.cleanup); err != nil {
			return err
		}
		if old.State == Announced && old.EndsAt != sub.cleanup.EndsAt {
			if err := s.scheduleReminder(ctx, tx, sub.cleanup); err != nil {
				return err
			}
		}
		return s.record(ctx, tx, actor, "cleanup.update", old, facts(old), facts(sub.cleanup))
	})
}

// Announce makes a draft public.
func (s *Service) Announce(ctx context.Context, actor person.Actor, id ident.ID) (Cleanup, error) {
	sub, err := s.permitted(ctx, s.db, actor, person.ActionCleanupEdit, id)
	if err != nil {
		return Cleanup{}, err
	}
	if sub.cleanup.State == Draft {
		// What was right when it was written may have become wrong.
		plan := sub.cleanup.plan()
		if err := s.check(ctx, &plan, sub.challenge, true); err != nil {
			return Cleanup{}, err
		}
	}
	return s.change(ctx, actor, id, func(ctx context.Context, tx *database.Tx, sub subject) error {
		return s.announce(ctx, tx, actor, sub)
	})
}

// announce makes the step; the entrant's agenda is locked and the plan was checked.
func (s *Service) announce(ctx context.Context, tx *database.Tx, actor person.Actor, sub subject) error {
	next, err := Lifecycle.Next(sub.cleanup.StateAt(tx.Now()), Announce)
	if err != nil {
		return err
	}
	if sub.entrant.State != entrant.Approved {
		return fault.Conflict.With("cleanup.fault.notApproved")
	}
	if err := checkClash(ctx, tx, sub.cleanup); err != nil {
		return err
	}
	if err := setAnnounced(ctx, tx, sub.cleanup.ID, sub.cleanup.State, next); err != nil {
		return err
	}
	if err := s.tell(ctx, tx, sub, "cleanup.mail.announced"); err != nil {
		return err
	}
	if err := s.scheduleReminder(ctx, tx, sub.cleanup); err != nil {
		return err
	}
	return s.record(ctx, tx, actor, "cleanup.announce", sub.cleanup, sub.cleanup.State, next)
}

// Cancel calls a clean-up off. One that was announced stays visible with the reason.
func (s *Service) Cancel(ctx context.Context, actor person.Actor, id ident.ID, reason string) (Cleanup, error) {
	if _, err := s.permitted(ctx, s.db, actor, person.ActionCleanupEdit, id); err != nil {
		return Cleanup{}, err
	}
	return s.change(ctx, actor, id, func(ctx context.Context, tx *database.Tx, sub subject) error {
		reason, err := checkReason(reason, sub.cleanup.Public())
		if err != nil {
			return err
		}
		before := sub.cleanup.StateAt(tx.Now())
		next, err := Lifecycle.Next(before, Cancel)
		if err != nil {
			return err
		}
		if err := setCancelled(ctx, tx, id, sub.cleanup.State, next, reason); err != nil {
			return err
		}
		if sub.cleanup.Public() && sub.entrant.Representative != actor.Identity() {
			sub.cleanup.Reason = reason
			if err := s.tell(ctx, tx, sub, "cleanup.mail.cancelled"); err != nil {
				return err
			}
		}
		return s.record(ctx, tx, actor, "cleanup.cancel", sub.cleanup, before, next)
	})
}

// Reported marks a clean-up as reported, in the transaction in which its report is sent. One that is reported
// already stays so: its report came back and is sent again.
func (s *Service) Reported(ctx context.Context, tx *database.Tx, actor person.Actor, id ident.ID) error {
	c, err := get(ctx, tx, id)
	if err != nil || c.State == Reported {
		return err
	}
	before := c.StateAt(tx.Now())
	next, err := Lifecycle.Next(before, Report)
	if err != nil {
		return fault.Conflict.With("cleanup.fault.notEnded").Because(err)
	}
	if err := setReported(ctx, tx, id, c.State, next); err != nil {
		return err
	}
	return s.record(ctx, tx, actor, "cleanup.report", c, before, next)
}

// change runs f on the clean-up under the lock of its entrant's agenda and returns what became of it. Permission was
// asked before.
func (s *Service) change(ctx context.Context, actor person.Actor, id ident.ID, f func(context.Context, *database.Tx, subject) error) (Cleanup, error) {
	var c Cleanup
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		entrantID, err := entrantOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := lockAgenda(ctx, tx, entrantID); err != nil {
			return err
		}
		sub, err := s.permitted(ctx, tx, actor, person.ActionCleanupEdit, id)
		if err != nil {
			return err
		}
		if err := f(ctx, tx, sub); err != nil {
			return err
		}
		c, err = get(ctx, tx, id)
		return err
	})
	return c, err
}

// of returns the entrant with its challenge.
func (s *Service) of(ctx context.Context, q database.Querier, entrantID ident.ID) (sub subject, err error) {
	if sub.entrant, err = s.entrants.Find(ctx, q, entrantID); err != nil {
		return sub, err
	}
	sub.challenge, err = s.challenges.Find(ctx, q, sub.entrant.Challenge)
	return sub, err
}

// permitted returns the clean-up to an actor who may do this to it. A draft of somebody else does not exist for them.
func (s *Service) permitted(ctx context.Context, q database.Querier, actor person.Actor, action person.Action, id ident.ID) (subject, error) {
	c, err := get(ctx, q, id)
	if err != nil {
		return subject{}, err
	}
	sub, err := s.of(ctx, q, c.Entrant)
	if err != nil {
		return subject{}, err
	}
	sub.cleanup = c
	if err := actor.Can(action, sub.on()); err != nil {
		if !c.Public() && !actor.Anonymous() {
			err = fault.NotFound.With("cleanup.fault.none").Because(err)
		}
		return subject{}, err
	}
	return sub, nil
}

// A reason is a sentence, not a word.
const (
	minReason = 10
	maxReason = 2000
)

func checkReason(reason string, required bool) (string, error) {
	var f fault.Fields
	reason = lang.CleanLines(reason)
	switch n := len([]rune(reason)); {
	case required && n < minReason:
		f.Add("reason", "cleanup.fault.reason", "Least", minReason)
	case n > maxReason:
		f.Add("reason", "cleanup.fault.long", "Count", n, "Limit", maxReason)
	}
	return reason, f.Err()
}

// facts are what the audit log keeps of a clean-up: no text that somebody could have written a name into.
func facts(c Cleanup) any {
	return struct {
		Entrant, Unit    ident.ID
		Point            *geo.Point
		StartsAt, EndsAt clock.Time
		State            State
	}{c.Entrant, c.Unit, c.Point, c.StartsAt, c.EndsAt, c.State}
}

func (s *Service) record(ctx context.Context, tx *database.Tx, actor person.Actor, action string, c Cleanup, before, after any) error {
	return s.log.Record(ctx, tx, audit.Entry{
		Actor: actor.Identity(), Action: action, Kind: "cleanup", Object: c.ID, Challenge: c.Challenge, Before: before, After: after,
	})
}
