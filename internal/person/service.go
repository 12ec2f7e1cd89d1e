package person

import (
	"context"
	"errors"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/unit"
)

// Service answers for people, their roles and their consent.
type Service struct {
	db    *database.DB
	log   *audit.Log
	ids   *ident.Generator
	units *unit.Service

	represented func(ctx context.Context, person ident.ID) ([]ident.ID, error)
}

// NewService returns the service.
func NewService(db *database.DB, log *audit.Log, ids *ident.Generator, units *unit.Service) *Service {
	return &Service{
		db: db, log: log, ids: ids, units: units,
		represented: func(context.Context, ident.ID) ([]ident.ID, error) { return nil, nil },
	}
}

// Represented says who knows for which entrants a person acts: entrants come after people, so whoever puts the
// services together connects the two, before the first request.
func (s *Service) Represented(by func(ctx context.Context, person ident.ID) ([]ident.ID, error)) {
	s.represented = by
}

// Actor returns the person as of now: roles in force, entrants, the tree of today. NotFound when there is nobody.
func (s *Service) Actor(ctx context.Context, id ident.ID) (Actor, error) {
	p, err := readPerson(ctx, s.db, id)
	if err != nil {
		return Actor{}, err
	}
	today := s.today()
	grants, err := readGrants(ctx, s.db, id, today)
	if err != nil {
		return Actor{}, err
	}
	entrants, err := s.represented(ctx, id)
	if err != nil {
		return Actor{}, err
	}
	tree, err := s.units.Tree(ctx, today)
	if err != nil {
		return Actor{}, err
	}
	return NewActor(Actor{
		ID: p.ID, Name: p.Name, Lang: p.Lang, HomeUnit: p.HomeUnit, Grants: grants, Represents: entrants,
	}, tree), nil
}

// ByEmail finds the account of an address, for signing in; it tells nothing to people.
func (s *Service) ByEmail(ctx context.Context, email string) (id ident.ID, lang string, ok bool, err error) {
	address := parseOrNone(email) // what is no address is nobody's
	if address == "" {
		return "", "", false, nil
	}
	p, err := readPersonByEmail(ctx, s.db, address.Key())
	if errors.Is(err, fault.NotFound) {
		return "", "", false, nil
	}
	return p.ID, p.Lang, err == nil, err
}

// SignUp makes an account for somebody who is not signed in, with their consent to it. When the address already has
// one nothing is changed and nothing is said: a code is mailed to the address either way, so that a stranger learns
// nothing.
func (s *Service) SignUp(ctx context.Context, in Details, agreed ConsentText) error {
	p, err := in.check(s.today(), true)
	if err != nil {
		return err
	}
	if err := s.checkUnit(ctx, p.HomeUnit); err != nil {
		return err
	}
	if NeedsGuardian(p.BirthDate, s.today()) {
		return fault.Invalid.With("person.fault.tooYoung", "Age", FullConsentAge).At("birth_date")
	}
	if agreed.Version == "" || agreed.Words == "" {
		return fault.Invalid.With("person.fault.consentMissing").At("consent")
	}
	if p.ID == "" {
		p.ID = s.ids.New()
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		fresh, err := insertPerson(ctx, tx, p)
		if err != nil || !fresh {
			return err
		}
		if err := s.record(ctx, tx, p.ID, ActionPersonRegister, "person", p.ID, nil, nil); err != nil {
			return err
		}
		_, err = s.giveConsent(ctx, tx, p.ID, p, ConsentInput{Purpose: PurposeAccount, Text: agreed})
		return err
	})
}

// Create enters a person on somebody's behalf; sending the same ID again returns who is there.
func (s *Service) Create(ctx context.Context, actor Actor, in Details) (Person, error) {
	if err := actor.Can(ActionPersonEnter, On{Unit: in.HomeUnit}); err != nil {
		return Person{}, err
	}
	p, err := in.check(s.today(), false)
	if err != nil {
		return Person{}, err
	}
	if err := s.checkUnit(ctx, p.HomeUnit); err != nil {
		return Person{}, err
	}
	if p.ID == "" {
		p.ID = s.ids.New()
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		fresh, err := insertPerson(ctx, tx, p)
		if err != nil {
			return err
		}
		if !fresh {
			return s.sameAgain(ctx, tx, &p)
		}
		p.CreatedAt, p.UpdatedAt = tx.Now(), tx.Now()
		return s.record(ctx, tx, actor.ID, ActionPersonEnter, "person", p.ID, nil, personState{HomeUnit: p.HomeUnit})
	})
	return p, err
}

// sameAgain puts the stored person into p when it is the one that was sent before.
func (s *Service) sameAgain(ctx context.Context, q database.Querier, p *Person) error {
	known, err := readPerson(ctx, q, p.ID)
	if errors.Is(err, fault.NotFound) || err == nil && known.Email.Key() != p.Email.Key() {
		return fault.Conflict.With("person.fault.emailTaken").At("email")
	}
	if err == nil && known.HomeUnit != p.HomeUnit { // permission was asked for the unit that was sent
		return fault.Conflict.With("")
	}
	*p = known
	return err
}

// personState is what the audit log keeps of a person: nothing that names or describes them.
type personState struct {
	HomeUnit ident.ID `json:"home_unit,omitempty"`
}

// Person returns somebody's personal data to whoever may see them; to others there is no such person.
func (s *Service) Person(ctx context.Context, actor Actor, id ident.ID) (Person, error) {
	return s.visible(ctx, actor, ActionPersonRead, id)
}

// visible reads the person and asks for permission; who may not learns nothing, not even that the person exists.
func (s *Service) visible(ctx context.Context, actor Actor, action Action, id ident.ID) (Person, error) {
	if actor.Anonymous() {
		return Person{}, fault.Unauthenticated.With("")
	}
	p, err := readPerson(ctx, s.db, id)
	if err != nil {
		return Person{}, err
	}
	if denied := actor.Can(action, On{Person: id, Unit: p.HomeUnit}); denied != nil {
		return Person{}, fault.NotFound.With("person.fault.unknown").Because(denied)
	}
	return p, nil
}

// Update corrects somebody's data. The address stays: it is how they sign in. Who holds a role cannot move to
// another home unit alone, since that unit decides what they may not review.
func (s *Service) Update(ctx context.Context, actor Actor, in Details) (Person, error) {
	old, err := s.visible(ctx, actor, ActionPersonEdit, in.ID)
	if err != nil {
		return Person{}, err
	}
	in.Email = string(old.Email)
	p, err := in.check(s.today(), false)
	if err != nil {
		return Person{}, err
	}
	if p.HomeUnit != old.HomeUnit {
		if actor.ID == old.ID && len(actor.Grants) > 0 {
			return Person{}, fault.Forbidden.With("person.fault.homeUnit").At("home_unit")
		}
		if err := s.checkUnit(ctx, p.HomeUnit); err != nil {
			return Person{}, err
		}
	}
	p.CreatedAt = old.CreatedAt
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		p.UpdatedAt = tx.Now()
		if err := updatePerson(ctx, tx, p); err != nil {
			return err
		}
		return s.record(ctx, tx, actor.ID, ActionPersonEdit, "person", p.ID,
			personState{HomeUnit: old.HomeUnit}, personState{HomeUnit: p.HomeUnit})
	})
	return p, err
}

// Names returns the names of people, by identifier; for pages of officials and for one's own.
func (s *Service) Names(ctx context.Context, ids ...ident.ID) (map[ident.ID]string, error) {
	people, err := readPeople(ctx, s.db, ids)
	names := make(map[ident.ID]string, len(people))
	for _, p := range people {
		names[p.ID] = p.Name
	}
	return names, err
}

// Contacts returns people with their addresses, for services that write to them; never for a page.
func (s *Service) Contacts(ctx context.Context, q database.Querier, ids ...ident.ID) ([]Person, error) {
	return readPeople(ctx, q, ids)
}

func (s *Service) checkUnit(ctx context.Context, id ident.ID) error {
	if id == "" {
		return nil
	}
	tree, err := s.units.Today(ctx)
	if err != nil {
		return err
	}
	if u, ok := tree.ByID(id); !ok || !u.InForce(tree.Day()) {
		return fault.Invalid.With("person.fault.unit").At("home_unit")
	}
	return nil
}

func (s *Service) today() clock.Day { return clock.DayOf(s.db.Clock().Now()) }

func (s *Service) record(ctx context.Context, tx *database.Tx, by ident.ID, action Action, kind string, id ident.ID, before, after any) error {
	return s.log.Record(ctx, tx, audit.Entry{
		Actor: by, Action: string(action), Kind: kind, Object: id, Before: before, After: after,
	})
}
