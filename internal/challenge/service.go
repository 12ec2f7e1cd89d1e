package challenge

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"sync/atomic"

	"sachhon/internal/audit"
	"sachhon/internal/blob"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/jobs"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Service holds the use cases of challenges.
type Service struct {
	db    *database.DB
	log   *audit.Log
	ids   *ident.Generator
	units *unit.Service
	files blob.Store

	featured atomic.Pointer[ident.ID]
}

// NewService returns the service and registers its periodic job with the queue.
func NewService(db *database.DB, log *audit.Log, queue *jobs.Queue, ids *ident.Generator, units *unit.Service,
	files blob.Store,
) *Service {
	s := &Service{db: db, log: log, ids: ids, units: units, files: files}
	s.schedule(queue)
	return s
}

// CreateInput is what makes a challenge. Sending the same ID again returns the one that exists.
type CreateInput struct {
	ID ident.ID
	Details
}

// Create makes a draft.
func (s *Service) Create(ctx context.Context, actor person.Actor, in CreateInput) (Challenge, error) {
	if err := actor.Can(person.ActionChallengeCreate, person.On{Unit: in.Organiser}); err != nil {
		return Challenge{}, err
	}
	if err := s.check(ctx, &in.Details); err != nil {
		return Challenge{}, err
	}
	if in.ID == "" {
		in.ID = s.ids.New()
	}
	var c Challenge
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		c, err = s.Find(ctx, tx, in.ID)
		if err == nil {
			return actor.Can(person.ActionChallengeCreate, on(c))
		}
		if !errors.Is(err, fault.NotFound) {
			return err
		}
		if err := freeSlug(ctx, tx, in.Slug, in.ID); err != nil {
			return err
		}
		c = Challenge{ID: in.ID, Zone: Zone, State: Lifecycle.Start}.with(in.Details)
		if err := insert(ctx, tx, c); err != nil {
			return err
		}
		if c, err = s.Find(ctx, tx, in.ID); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "challenge.create", c.ID, nil, c.details())
	})
	return c, err
}

// UpdateInput changes the details of a challenge; Version is the one the person saw.
type UpdateInput struct {
	Version int64
	Details
}

// Update changes a challenge, as far as its state allows.
func (s *Service) Update(ctx context.Context, actor person.Actor, id ident.ID, in UpdateInput) (Challenge, error) {
	c, err := s.Find(ctx, s.db, id)
	if err != nil {
		return Challenge{}, err
	}
	if err := actor.Can(person.ActionChallengeEdit, on(c)); err != nil {
		return Challenge{}, hide(c, actor, err)
	}
	if c.Organiser != in.Organiser {
		if err := actor.Can(person.ActionChallengeCreate, person.On{Unit: in.Organiser}); err != nil {
			return Challenge{}, err
		}
	}
	if err := s.check(ctx, &in.Details); err != nil {
		return Challenge{}, err
	}
	return s.change(ctx, actor, person.ActionChallengeEdit, id, func(ctx context.Context, tx *database.Tx, c Challenge) error {
		if c.Version != in.Version {
			return fault.Conflict.With("")
		}
		if err := c.checkChange(in.Details, tx.Now()); err != nil {
			return err
		}
		if err := freeSlug(ctx, tx, in.Slug, id); err != nil {
			return err
		}
		before := c.details()
		c = c.with(in.Details)
		if err := update(ctx, tx, c); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "challenge.update", id, before, c.details())
	})
}

// Announce makes a challenge public. From here on its terms are fixed, and the seed for the last ties is committed to.
func (s *Service) Announce(ctx context.Context, actor person.Actor, id ident.ID) (Challenge, error) {
	return s.change(ctx, actor, person.ActionChallengeAnnounce, id, func(ctx context.Context, tx *database.Tx, c Challenge) error {
		if err := c.checkAnnounce(tx.Now()); err != nil {
			return err
		}
		seed := sha256.Sum256([]byte(s.ids.Code(64)))
		commitment := Commitment(seed[:])
		if err := setSeed(ctx, tx, id, hex.EncodeToString(seed[:]), commitment); err != nil {
			return err
		}
		if err := s.record(ctx, tx, actor, "challenge.seed", id, nil, commitment); err != nil {
			return err
		}
		return s.move(ctx, tx, actor, c, Announce)
	})
}

// Advance lets the board move a challenge on: to judging, and to the archive. What dates cause happens by itself, and
// results are published by award.
func (s *Service) Advance(ctx context.Context, actor person.Actor, id ident.ID, event Event) (Challenge, error) {
	if event != Judge && event != Archive {
		return Challenge{}, fault.Conflict.With("fault.state")
	}
	return s.change(ctx, actor, person.ActionChallengeAdvance, id, func(ctx context.Context, tx *database.Tx, c Challenge) error {
		return s.move(ctx, tx, actor, c, event)
	})
}

// Publish marks the results as published and reveals the seed, in the transaction in which award froze them. A
// challenge whose results are published already is left alone: a correction publishes again.
func (s *Service) Publish(ctx context.Context, tx *database.Tx, actor person.Actor, id ident.ID) error {
	c, err := s.caughtUp(ctx, tx, id)
	if err != nil || c.State == Published {
		return err
	}
	if err := actor.Can(person.ActionAwardPublish, on(c)); err != nil {
		return err
	}
	return s.move(ctx, tx, actor, c, Publish)
}

// Commitment is the published SHA-256 of a secret seed, in hexadecimal.
func Commitment(seed []byte) string {
	sum := sha256.Sum256(seed)
	return hex.EncodeToString(sum[:])
}

// change runs f on the challenge, brought up to date, after asking for permission, and returns what became of it.
func (s *Service) change(ctx context.Context, actor person.Actor, action person.Action, id ident.ID,
	f func(context.Context, *database.Tx, Challenge) error,
) (Challenge, error) {
	var c Challenge
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		if c, err = s.Find(ctx, tx, id); err != nil {
			return err
		}
		if err := actor.Can(action, on(c)); err != nil {
			return hide(c, actor, err)
		}
		if c, err = s.caughtUp(ctx, tx, id); err != nil {
			return err
		}
		if err := f(ctx, tx, c); err != nil {
			return err
		}
		c, err = s.Find(ctx, tx, id)
		return err
	})
	return c, err
}

// move makes one step of the life cycle and records it.
func (s *Service) move(ctx context.Context, tx *database.Tx, actor person.Actor, c Challenge, event Event) error {
	next, err := Lifecycle.Next(c.State, event)
	if err != nil {
		return err
	}
	if err := setState(ctx, tx, c.ID, c.State, next); err != nil {
		return err
	}
	return s.record(ctx, tx, actor, "challenge."+string(event), c.ID, c.State, next)
}

// caughtUp makes and records the steps that dates ask for and that no job has made yet.
func (s *Service) caughtUp(ctx context.Context, tx *database.Tx, id ident.ID) (Challenge, error) {
	c, err := s.Find(ctx, tx, id)
	if err != nil {
		return c, err
	}
	for c.State != c.StateAt(tx.Now()) {
		for _, step := range byClock {
			if !Lifecycle.Can(c.State, step.event) {
				continue
			}
			if err := s.move(ctx, tx, person.SystemActor, c, step.event); err != nil {
				return c, err
			}
			break
		}
		if c, err = s.Find(ctx, tx, id); err != nil {
			return c, err
		}
	}
	return c, nil
}

// check completes the details and makes sure that the units exist.
func (s *Service) check(ctx context.Context, d *Details) error {
	if err := d.complete(); err != nil {
		return err
	}
	tree, err := s.units.Tree(ctx, clock.DayOf(d.Period.From.Time))
	if err != nil {
		return err
	}
	var f fault.Fields
	if _, ok := tree.ByID(d.Organiser); !ok {
		f.Add("organiser", "challenge.fault.organiser")
	}
	if area, ok := tree.ByID(d.Area); !ok || !area.Kind.Area() {
		f.Add("area", "challenge.fault.area")
	}
	return f.Err()
}

func freeSlug(ctx context.Context, q database.Querier, slug string, except ident.ID) error {
	taken, err := slugTaken(ctx, q, slug, except)
	if err == nil && taken {
		var f fault.Fields
		f.Add("slug", "challenge.fault.slugTaken", "Slug", slug)
		return f.Err()
	}
	return err
}

// on is what permissions about the challenge are asked for.
func on(c Challenge) person.On { return person.On{Unit: c.Organiser} }

// hide turns a refusal into "there is no such thing" for those who may not know of a draft.
func hide(c Challenge, actor person.Actor, refused error) error {
	if c.Public() || actor.Can(person.ActionChallengePrepare, on(c)) == nil {
		return refused
	}
	return fault.NotFound.With("challenge.fault.none").Because(refused)
}

func (s *Service) record(ctx context.Context, tx *database.Tx, actor person.Actor, action string, id ident.ID, before, after any) error {
	return s.log.Record(ctx, tx, audit.Entry{
		Actor: actor.Identity(), Action: action, Kind: "challenge", Object: id, Challenge: id, Before: before, After: after,
	})
}
