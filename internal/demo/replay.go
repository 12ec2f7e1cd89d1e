package demo

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"sachhon/internal/app"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// seed is the one from which everything made up follows.
const seed = 1903

// step is something that somebody does at a time.
type step struct {
	at  time.Time
	seq int // of steps at the same time
	do  func(ctx context.Context) error
}

// replay carries out steps in the order of time on a set clock.
type replay struct {
	*app.Services
	clock  *clock.Set
	random *rand.Rand
	tree   *unit.Tree
	steps  []step
	added  int
	people map[string]ident.ID // accounts by their name in the demo
}

// on adds a step.
func (r *replay) on(at time.Time, do func(ctx context.Context) error) {
	r.added++
	r.steps = append(r.steps, step{at, r.added, do})
}

// run carries out all steps that were added, and the jobs that each leaves. A step may add later ones.
func (r *replay) run(ctx context.Context) error {
	for len(r.steps) > 0 {
		next := slices.MinFunc(r.steps, func(a, b step) int {
			return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.seq, b.seq))
		})
		r.steps = slices.DeleteFunc(r.steps, func(s step) bool { return s.seq == next.seq })
		r.clock.Set(next.at)
		if err := next.do(ctx); err != nil {
			return fmt.Errorf("demo: on %s: %w", next.at.Format("2 January 15:04"), err)
		}
		if err := r.Queue.Drain(ctx); err != nil {
			return err
		}
	}
	return nil
}

// as returns somebody as an actor, with the roles of the moment.
func (r *replay) as(ctx context.Context, name string) (person.Actor, error) {
	id, ok := r.people[name]
	if !ok {
		return person.Actor{}, fmt.Errorf("demo: there is nobody called %q", name)
	}
	return r.People.Actor(ctx, id)
}

// account makes a person.
func (r *replay) account(ctx context.Context, key string, d person.Details) error {
	p, err := r.People.Create(ctx, person.SystemActor, d)
	if err != nil {
		return fmt.Errorf("account %s: %w", key, err)
	}
	r.people[key] = p.ID
	return nil
}

// official makes a person who holds a role in a unit.
func (r *replay) official(ctx context.Context, key, name string, role person.Role, at ident.ID, home ident.ID) error {
	err := r.account(ctx, key, person.Details{Name: name, Email: address(key), Lang: "vi", HomeUnit: home})
	if err != nil {
		return err
	}
	_, err = r.People.Grant(ctx, person.SystemActor, person.GrantInput{ID: r.IDs.New(), PersonID: r.people[key], Role: role, UnitID: at})
	return err
}

// unit returns the unit with a code, which stands in the built-in file.
func (r *replay) unit(code string) (unit.Unit, error) {
	u, ok := r.tree.ByCode(code)
	if !ok {
		return u, fmt.Errorf("demo: no unit has the code %s", code)
	}
	return u, nil
}
