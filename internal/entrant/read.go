package entrant

import (
	"context"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Details is everything about an entrant, for its representative, the clerk of its unit and the board.
type Details struct {
	Entrant  Entrant
	Contact  Contact
	Consents []Consent
}

// Visible tells whether everybody may see the entrant: it takes part, or did.
func (p Public) Visible() bool { return p.State == Approved || p.State == Disqualified }

// Find returns an entrant to another domain; it asks for no permission.
func (s *Service) Find(ctx context.Context, q database.Querier, id ident.ID) (Entrant, error) {
	return get(ctx, q, id)
}

// ByID returns everything about an entrant to somebody who may read it.
func (s *Service) ByID(ctx context.Context, actor person.Actor, id ident.ID) (Details, error) {
	e, _, err := s.permitted(ctx, s.db, actor, person.ActionEntrantRead, id)
	if err != nil {
		return Details{}, err
	}
	d := Details{Entrant: e}
	if d.Contact, err = contact(ctx, s.db, id); err != nil {
		return Details{}, err
	}
	d.Consents, err = consents(ctx, s.db, id)
	return d, err
}

// ContactOf returns where to reach an entrant to another domain, for messages; it asks for no permission.
func (s *Service) ContactOf(ctx context.Context, q database.Querier, id ident.ID) (Contact, error) {
	return contact(ctx, q, id)
}

// PublicByID returns what everybody may see of an entrant that takes part.
func (s *Service) PublicByID(ctx context.Context, id ident.ID) (Public, error) {
	e, err := get(ctx, s.db, id)
	if err != nil {
		return Public{}, err
	}
	if p := e.Public(); p.Visible() {
		return p, nil
	}
	return Public{}, fault.NotFound.With("entrant.fault.none")
}

// PublicOf returns what everybody may see of the entrants, by ID, whatever their state; for lists of what they did.
func (s *Service) PublicOf(ctx context.Context, q database.Querier, ids []ident.ID) (map[ident.ID]Public, error) {
	found, err := byIDs(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	public := make(map[ident.ID]Public, len(found))
	for _, e := range found {
		public[e.ID] = e.Public()
	}
	return public, nil
}

// Mine returns the entrants that the actor registered, the newest first.
func (s *Service) Mine(ctx context.Context, actor person.Actor) ([]Entrant, error) {
	if actor.Anonymous() {
		return nil, fault.Unauthenticated.With("")
	}
	return byRepresentative(ctx, s.db, actor.Identity())
}

// RepresentedBy returns the entrants for which a person acts; whoever builds an Actor asks it.
func (s *Service) RepresentedBy(ctx context.Context, personID ident.ID) ([]ident.ID, error) {
	found, err := byRepresentative(ctx, s.db, personID)
	ids := make([]ident.ID, 0, len(found))
	for _, e := range found {
		ids = append(ids, e.ID)
	}
	return ids, err
}

// Duplicates returns the entrants that already take part under the name in the unit, for a warning in the form. Those
// whose name is hidden are left out: whoever guesses a child's name must not learn that it takes part.
func (s *Service) Duplicates(ctx context.Context, challengeID ident.ID, name string, unit ident.ID) ([]Public, error) {
	found, err := takingPart(ctx, s.db, challengeID, name, unit)
	public := make([]Public, 0, len(found))
	for _, e := range found {
		if !e.NameHidden {
			public = append(public, e.Public())
		}
	}
	return public, err
}

// Filter says which entrants of a challenge a list shows.
type Filter struct {
	Challenge ident.ID
	States    []State // all when empty
	Division  challenge.DivisionCode
	Unit      ident.ID // of the unit and everything in it or below it
	Query     string   // part of the name, however accented
	After     int      // the cursor of the page before: the number of its last entrant
	Limit     int      // DefaultLimit when it makes no sense
}

// The sizes of a page.
const (
	DefaultLimit = 50
	MaxLimit     = 200
)

// Page is one page of a list, the newest first. Next is the cursor of the following page, 0 on the last one.
type Page struct {
	Entrants []Entrant
	Next     int
}

// List returns entrants with their state to the board, and those of their units to leaders and clerks.
func (s *Service) List(ctx context.Context, actor person.Actor, f Filter) (Page, error) {
	c, err := s.challenges.ByID(ctx, actor, f.Challenge)
	if err != nil {
		return Page{}, err
	}
	if err := actor.Can(person.ActionEntrantRead, person.On{Unit: f.Unit, Organiser: c.Organiser}); err != nil {
		return Page{}, err
	}
	return s.page(ctx, c, f, func(u ident.ID) bool {
		return actor.Can(person.ActionEntrantRead, person.On{Unit: u, Organiser: c.Organiser}) == nil
	})
}

// ListPublic returns what everybody may see of those who take part.
func (s *Service) ListPublic(ctx context.Context, f Filter) (entrants []Public, next int, err error) {
	c, err := s.challenges.ByID(ctx, person.Actor{}, f.Challenge)
	if err != nil {
		return nil, 0, err
	}
	f.States = []State{Approved}
	f.Query = "" // a search would tell the hidden names
	page, err := s.page(ctx, c, f, func(ident.ID) bool { return true })
	for _, e := range page.Entrants {
		entrants = append(entrants, e.Public())
	}
	return entrants, page.Next, err
}

func (s *Service) page(ctx context.Context, c challenge.Challenge, f Filter, may func(unit ident.ID) bool) (Page, error) {
	if f.Limit < 1 || f.Limit > MaxLimit {
		f.Limit = DefaultLimit
	}
	q := query{
		challenge: f.Challenge, states: f.States, division: f.Division, folded: lang.Fold(f.Query), after: f.After,
		limit: f.Limit + 1,
	}
	if f.Unit != "" {
		tree, err := s.units.Tree(ctx, clock.DayOf(c.Period.From.Time))
		if err != nil {
			return Page{}, err
		}
		q.units = below(tree, f.Unit, may)
	}
	found, err := q.rows(ctx, s.db)
	if err != nil {
		return Page{}, err
	}
	page := Page{Entrants: found}
	if len(found) > f.Limit {
		page.Entrants = found[:f.Limit]
		page.Next = page.Entrants[f.Limit-1].Number
	}
	return page, nil
}

// below returns the unit and all that lies in it or answers to it, as far as the actor may look.
func below(tree *unit.Tree, top ident.ID, may func(ident.ID) bool) []ident.ID {
	units := []ident.ID{}
	for _, u := range tree.Units() {
		if (tree.Inside(u.ID, top) || tree.Within(u.ID, top)) && may(u.ID) {
			units = append(units, u.ID)
		}
	}
	return units
}

// Counts returns how many entrants of each division are in each state; figures, so anybody may have them.
func (s *Service) Counts(ctx context.Context, q database.Querier, challengeID ident.ID) ([]Count, error) {
	return counts(ctx, q, challengeID)
}
