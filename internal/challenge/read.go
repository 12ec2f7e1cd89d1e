package challenge

import (
	"context"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// Find returns a challenge to another domain, in whatever state; it asks for no permission.
func (s *Service) Find(ctx context.Context, q database.Querier, id ident.ID) (Challenge, error) {
	return get(ctx, q, `id = $1`, id)
}

// ByID returns the challenge to somebody who may see it.
func (s *Service) ByID(ctx context.Context, actor person.Actor, id ident.ID) (Challenge, error) {
	return s.visible(ctx, actor, `id = $1`, id)
}

// BySlug returns the challenge at an address to somebody who may see it.
func (s *Service) BySlug(ctx context.Context, actor person.Actor, slug string) (Challenge, error) {
	return s.visible(ctx, actor, `slug = $1`, slug)
}

func (s *Service) visible(ctx context.Context, actor person.Actor, where string, arg any) (Challenge, error) {
	c, err := get(ctx, s.db, where, arg)
	if err != nil {
		return Challenge{}, err
	}
	if err := canSee(c, actor); err != nil {
		return Challenge{}, err
	}
	return c, nil
}

// canSee returns nil when the actor may see the challenge: everybody a public one, the board also a draft.
func canSee(c Challenge, actor person.Actor) error {
	action := person.ActionChallengeRead
	if !c.Public() {
		action = person.ActionChallengePrepare
	}
	if err := actor.Can(action, on(c)); err != nil {
		return hide(c, actor, err)
	}
	return nil
}

// List returns the challenges the actor may see, the newest first.
func (s *Service) List(ctx context.Context, actor person.Actor) ([]Challenge, error) {
	all, err := list(ctx, s.db)
	if err != nil {
		return nil, err
	}
	seen := all[:0]
	for _, c := range all {
		if canSee(c, actor) == nil {
			seen = append(seen, c)
		}
	}
	return seen, nil
}

// Feature makes a challenge the current one of this process, whatever runs beside it: a demonstration opens with the
// one it is about.
func (s *Service) Feature(id ident.ID) { s.featured.Store(&id) }

// Current returns the challenge that a visitor most likely means: the featured one, else one that runs, else one that
// is about to, else the last one. ok is false when none is public.
func (s *Service) Current(ctx context.Context) (c Challenge, ok bool, err error) {
	if id := s.featured.Load(); id != nil {
		c, err := s.Find(ctx, s.db, *id)
		return c, err == nil, err
	}
	all, err := list(ctx, s.db)
	if err != nil {
		return Challenge{}, false, err
	}
	now := clock.At(s.db.Clock().Now())
	best := -1
	for _, candidate := range all {
		if n := interest[candidate.StateAt(now)]; candidate.Public() && n > best {
			c, ok, best = candidate, true, n
		}
	}
	return c, ok, nil
}

// interest is how much a visitor of today cares for a challenge in a state. Among equals the newest is listed first.
var interest = map[State]int{
	Running: 5, RegistrationOpen: 4, Announced: 3, ReportingClosed: 2, Judging: 2, Published: 1, Archived: 0,
}

// Seed returns the seed of the last ties to another domain, also while it is still secret; it asks for no permission.
// It is empty before the challenge is announced.
func (s *Service) Seed(ctx context.Context, q database.Querier, id ident.ID) (string, error) {
	return readSeed(ctx, q, id)
}
