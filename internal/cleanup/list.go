package cleanup

import (
	"context"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// Filter says which public clean-ups of a challenge a list shows.
type Filter struct {
	Challenge ident.ID
	Box       *geo.Box   // only those with a point inside
	From, To  clock.Time // that begin from, and before; zero is open
	Unit      ident.ID   // in the unit and everything that lies in it
	Entrant   ident.ID
	State     State  // as of now
	Cursor    string // of the page before
	Limit     int    // DefaultLimit when it makes no sense
}

// The sizes of a page. A map asks for more than a list.
const (
	DefaultLimit = 50
	MaxLimit     = 500
)

// Page is one page of a list, the latest first. Next is the cursor of the following page, empty on the last one.
type Page struct {
	Cleanups []Cleanup
	Next     string
}

// List returns public clean-ups of a challenge, the latest first.
func (s *Service) List(ctx context.Context, f Filter) (Page, error) {
	c, err := s.challenges.ByID(ctx, person.Actor{}, f.Challenge)
	if err != nil {
		return Page{}, err
	}
	if f.Limit < 1 || f.Limit > MaxLimit {
		f.Limit = DefaultLimit
	}
	q := query{Filter: f, now: clock.At(s.db.Clock().Now())}
	if f.Cursor != "" {
		after, err := ParseCursor(f.Cursor)
		if err != nil {
			return Page{}, err
		}
		q.after = &after
	}
	if f.Unit != "" {
		tree, err := s.units.Tree(ctx, clock.DayOf(c.Period.From.Time))
		if err != nil {
			return Page{}, err
		}
		q.units = []ident.ID{f.Unit}
		for _, u := range tree.Units() {
			if u.ID != f.Unit && u.Kind.Area() && tree.Inside(u.ID, f.Unit) {
				q.units = append(q.units, u.ID)
			}
		}
	}
	found, err := q.rows(ctx, s.db)
	if err != nil {
		return Page{}, err
	}
	page := Page{Cleanups: found}
	if len(found) > f.Limit {
		page.Cleanups = found[:f.Limit]
		last := page.Cleanups[f.Limit-1]
		page.Next = Cursor{last.StartsAt, last.ID}.String()
	}
	return page, nil
}

// Latest returns the n public clean-ups of a challenge that begin last.
func (s *Service) Latest(ctx context.Context, challengeID ident.ID, n int) ([]Cleanup, error) {
	page, err := s.List(ctx, Filter{Challenge: challengeID, Limit: n})
	return page.Cleanups, err
}

// ByID returns a clean-up: a public one to everybody, a draft to those who act for its entrant.
func (s *Service) ByID(ctx context.Context, actor person.Actor, id ident.ID) (Cleanup, error) {
	c, err := get(ctx, s.db, id)
	if err != nil || c.Public() {
		return c, err
	}
	sub, err := s.permitted(ctx, s.db, actor, person.ActionCleanupEdit, id)
	if err != nil { // nobody else learns of a draft
		return Cleanup{}, fault.NotFound.With("cleanup.fault.none").Because(err)
	}
	return sub.cleanup, nil
}

// Mine returns every clean-up of an entrant, drafts included, to those who act for it; the latest first.
func (s *Service) Mine(ctx context.Context, actor person.Actor, entrantID ident.ID) ([]Cleanup, error) {
	sub, err := s.of(ctx, s.db, entrantID)
	if err != nil {
		return nil, err
	}
	if err := actor.Can(person.ActionCleanupEdit, sub.on()); err != nil {
		return nil, err
	}
	return ofEntrant(ctx, s.db, entrantID)
}

// Find returns a clean-up to another domain; it asks for no permission.
func (s *Service) Find(ctx context.Context, q database.Querier, id ident.ID) (Cleanup, error) {
	return get(ctx, q, id)
}

// AllPublic returns every public clean-up of a challenge to another domain, for read models; it asks for no permission.
func (s *Service) AllPublic(ctx context.Context, q database.Querier, challengeID ident.ID) ([]Cleanup, error) {
	return publicOf(ctx, q, challengeID)
}
