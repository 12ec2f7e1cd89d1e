package scoring

import (
	"context"
	"fmt"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// Service applies the rules to what the other domains have stored. It stores nothing itself: schemes and seeds belong
// to the challenge, and points are computed whenever they are asked for.
type Service struct {
	db         *database.DB
	challenges *challenge.Service
}

// NewService returns the service.
func NewService(db *database.DB, challenges *challenge.Service) *Service {
	return &Service{db: db, challenges: challenges}
}

// Evidence is what a challenge's standings follow from.
type Evidence struct {
	Entrants []entrant.Public // approved, by number
	Reports  []Facts          // their valid reports, by identifier
}

// Ranked returns the entrants as Standings wants them.
func (e Evidence) Ranked() []Entrant {
	ranked := make([]Entrant, len(e.Entrants))
	for i, p := range e.Entrants {
		ranked[i] = Entrant{ID: p.ID, Division: p.Division}
	}
	return ranked
}

// Load reads the evidence for another domain; it asks for no permission.
func (s *Service) Load(ctx context.Context, q database.Querier, challenge ident.ID) (e Evidence, err error) {
	if e.Entrants, err = selectEntrants(ctx, q, challenge); err != nil {
		return Evidence{}, err
	}
	if e.Reports, err = selectFacts(ctx, q, challenge); err != nil {
		return Evidence{}, err
	}
	return e, nil
}

// SchemeAt returns the scheme in force at the given time and its number; it asks for no permission.
func (s *Service) SchemeAt(ctx context.Context, q database.Querier, challenge ident.ID, at clock.Time) (int, Scheme, error) {
	stored, err := s.challenges.SchemeAt(ctx, q, challenge, at)
	if err != nil {
		return 0, Scheme{}, err
	}
	scheme, err := ParseScheme([]byte(stored.Document))
	if err != nil {
		return 0, Scheme{}, fmt.Errorf("scoring: scheme %d of challenge %s: %w", stored.Number, challenge, err)
	}
	return stored.Number, scheme, nil
}

// AddScheme checks a scheme document and makes it the challenge's next version, in force from since on or at once.
// The same document sent again adds nothing.
func (s *Service) AddScheme(ctx context.Context, actor person.Actor, id ident.ID, document []byte, since clock.Time) (challenge.Scheme, error) {
	if err := s.maySetScheme(ctx, actor, id); err != nil {
		return challenge.Scheme{}, err
	}
	scheme, err := ParseScheme(document)
	if err != nil {
		return challenge.Scheme{}, err
	}
	canonical, err := scheme.Document()
	if err != nil {
		return challenge.Scheme{}, err
	}
	return s.challenges.AddScheme(ctx, actor, id, canonical, since)
}

// Explained is one valid report and where its points come from.
type Explained struct {
	Facts  Facts
	Lines  Lines
	Points Points
}

// Explain returns the valid reports of an entrant, the oldest first, each with its lines under the scheme now in
// force. Everybody may ask.
func (s *Service) Explain(ctx context.Context, actor person.Actor, challenge, entrant ident.ID) ([]Explained, error) {
	if err := actor.Can(person.ActionScoringRead, person.On{}); err != nil {
		return nil, err
	}
	if _, err := s.challenges.ByID(ctx, actor, challenge); err != nil {
		return nil, err
	}
	_, scheme, err := s.SchemeAt(ctx, s.db, challenge, clock.At(s.db.Clock().Now()))
	if err != nil {
		return nil, err
	}
	reports, err := selectFactsOf(ctx, s.db, challenge, entrant)
	if err != nil {
		return nil, err
	}
	explained := make([]Explained, len(reports))
	for i, f := range reports {
		lines := Score(scheme, f)
		explained[i] = Explained{Facts: f, Lines: lines, Points: lines.Total()}
	}
	return explained, nil
}

// Simulate says who would move where if the scheme of the document were in force. It changes nothing.
func (s *Service) Simulate(ctx context.Context, actor person.Actor, challenge ident.ID, document []byte) ([]Comparison, error) {
	if err := s.maySetScheme(ctx, actor, challenge); err != nil {
		return nil, err
	}
	other, err := ParseScheme(document)
	if err != nil {
		return nil, err
	}
	_, now, err := s.SchemeAt(ctx, s.db, challenge, clock.At(s.db.Clock().Now()))
	if err != nil {
		return nil, err
	}
	evidence, err := s.Load(ctx, s.db, challenge)
	if err != nil {
		return nil, err
	}
	return Simulate(now, other, evidence.Ranked(), evidence.Reports, nil), nil
}

// maySetScheme lets the board of the challenge's organiser pass.
func (s *Service) maySetScheme(ctx context.Context, actor person.Actor, challenge ident.ID) error {
	c, err := s.challenges.ByID(ctx, actor, challenge)
	if err != nil {
		return err
	}
	return actor.Can(person.ActionScoringScheme, person.On{Unit: c.Organiser})
}
