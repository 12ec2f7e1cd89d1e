package entrant

import (
	"context"
	"errors"

	"sachhon/internal/audit"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/notify"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Service holds the use cases of entrants.
type Service struct {
	db         *database.DB
	log        *audit.Log
	ids        *ident.Generator
	units      *unit.Service
	challenges *challenge.Service
	mail       *notify.Service
}

// NewService returns the service.
func NewService(db *database.DB, log *audit.Log, ids *ident.Generator, units *unit.Service, challenges *challenge.Service,
	mail *notify.Service,
) *Service {
	return &Service{db: db, log: log, ids: ids, units: units, challenges: challenges, mail: mail}
}

// Register enters somebody in a challenge. Whoever registers represents the entrant.
func (s *Service) Register(ctx context.Context, actor person.Actor, in RegisterInput) (Entrant, error) {
	if err := mayRegister(actor, in); err != nil {
		return Entrant{}, err
	}
	if in.ID == "" {
		in.ID = s.ids.New()
	}
	if known, err := s.sentBefore(ctx, s.db, actor, in); known.ID != "" || err != nil {
		return known, err
	}
	c, err := s.challenges.ByID(ctx, actor, in.Challenge)
	if err != nil {
		return Entrant{}, err
	}
	now := clock.At(s.db.Clock().Now())
	if err := checkWindow(c, now); err != nil {
		return Entrant{}, err
	}
	r, err := s.checked(ctx, in, c, clock.DayOf(now.Time))
	if err != nil {
		return Entrant{}, err
	}
	r.entrant.Representative = actor.Identity()
	sent := r.entrant
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		r.entrant = sent // a transaction may run again, and begins with what was sent
		// The number comes first: it makes two registrations of one challenge wait for each other.
		if r.entrant.Number, err = nextNumber(ctx, tx, c.ID); err != nil {
			return err
		}
		if known, err := s.sentBefore(ctx, tx, actor, in); known.ID != "" || err != nil {
			r.entrant = known
			return err
		}
		return s.store(ctx, tx, actor, c, &r)
	})
	return r.entrant, err
}

// mayRegister asks for permission: anybody for themselves or their collective, a clerk for people of the unit.
func mayRegister(actor person.Actor, in RegisterInput) error {
	if err := actor.Can(person.ActionEntrantRegister, person.On{Unit: in.Unit}); err != nil || !in.Assisted {
		return err
	}
	return actor.Can(person.ActionPersonEnter, person.On{Unit: in.Unit})
}

// sentBefore returns the entrant that the same person made under the same ID; the ID of somebody else is refused.
func (s *Service) sentBefore(ctx context.Context, q database.Querier, actor person.Actor, in RegisterInput) (Entrant, error) {
	known, err := get(ctx, q, in.ID)
	switch {
	case errors.Is(err, fault.NotFound):
		return Entrant{}, nil
	case err != nil:
		return Entrant{}, err
	case known.Representative != actor.Identity() || known.Challenge != in.Challenge:
		return Entrant{}, fault.Forbidden.With("")
	}
	return known, nil
}

func checkWindow(c challenge.Challenge, now clock.Time) error {
	switch {
	case c.AcceptsRegistrations(now):
		return nil
	case now.Before(c.Registration.From.Time):
		return fault.Conflict.With("entrant.fault.notYet", "Challenge", c.Title)
	}
	return fault.Conflict.With("entrant.fault.closed", "Challenge", c.Title)
}

// checked checks the input against the challenge, the units of the day and the rules in force.
func (s *Service) checked(ctx context.Context, in RegisterInput, c challenge.Challenge, today clock.Day) (registration, error) {
	r, err := in.check(c, today)
	var f fault.Fields
	if invalid, ok := errors.AsType[*fault.Error](err); ok {
		f = invalid.Fields
	} else if err != nil {
		return r, err
	}
	if in.Unit != "" {
		tree, err := s.units.Tree(ctx, today)
		if err != nil {
			return r, err
		}
		if u, ok := tree.ByID(in.Unit); !ok || !u.InForce(today) {
			f.Add("unit", "entrant.fault.unit")
		} else if !tree.Inside(u.ID, c.Area) {
			f.Add("unit", "entrant.fault.unitArea", "Area", tree.Name(c.Area))
		}
	}
	rules, err := s.challenges.RulesAt(ctx, s.db, c.ID, clock.At(s.db.Clock().Now()))
	if err != nil {
		return r, err
	}
	switch in.Rules {
	case rules.Number:
	case 0:
		f.Add("rules", "entrant.fault.rules")
	default:
		f.Add("rules", "entrant.fault.rulesChanged", "Number", rules.Number)
	}
	return r, f.Err()
}

// store writes a new registration.
func (s *Service) store(ctx context.Context, tx *database.Tx, actor person.Actor, c challenge.Challenge, r *registration) error {
	e := &r.entrant
	if e.Division == challenge.Individual && !e.Assisted && !actor.System {
		n, err := individualOf(ctx, tx, c.ID, e.Representative)
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.Conflict.With("entrant.fault.already")
		}
	}
	same, err := takingPart(ctx, tx, c.ID, e.Name, e.Unit)
	if err != nil {
		return err
	}
	if len(same) > 0 {
		e.DuplicateOf = same[0].ID
	}
	if err := insert(ctx, tx, *e); err != nil {
		return err
	}
	if err := insertContact(ctx, tx, r.contact); err != nil {
		return err
	}
	for _, given := range r.consents {
		err := insertConsent(ctx, tx, Consent{Entrant: e.ID, Purpose: given.Purpose, Giver: given.Giver, Rules: e.Rules, GivenAt: tx.Now()})
		if err != nil {
			return err
		}
	}
	if err := s.tell(ctx, tx, c, *e, r.contact, "entrant.mail.submitted"); err != nil {
		return err
	}
	after := struct {
		Division challenge.DivisionCode
		Number   int
		Unit     ident.ID
		Rules    int
		State    State
	}{e.Division, e.Number, e.Unit, e.Rules, e.State}
	if err := s.record(ctx, tx, actor, "entrant.register", *e, nil, after); err != nil {
		return err
	}
	*e, err = get(ctx, tx, e.ID)
	return err
}

// tell writes an e-mail about the entrant, once for each template, if there is an address.
func (s *Service) tell(ctx context.Context, tx *database.Tx, c challenge.Challenge, e Entrant, to Contact, template string) error {
	if to.Email == "" {
		return nil
	}
	return s.mail.Send(ctx, tx, notify.Message{
		Key: template + ":" + e.ID.String(), To: e.Representative, Email: to.Email, Lang: to.Lang, Template: template,
		Args: map[string]any{"Name": to.FullName, "Entrant": e.Name, "Number": e.Number, "Challenge": c.Title, "Reason": e.Reason},
	})
}

func (s *Service) record(ctx context.Context, tx *database.Tx, actor person.Actor, action string, e Entrant, before, after any) error {
	return s.log.Record(ctx, tx, audit.Entry{
		Actor: actor.Identity(), Action: action, Kind: "entrant", Object: e.ID, Challenge: e.Challenge, Before: before, After: after,
	})
}

// on is what permissions about the entrant are asked for.
func on(e Entrant, c challenge.Challenge) person.On {
	return person.On{Unit: e.Unit, Organiser: c.Organiser, Entrant: e.ID}
}
