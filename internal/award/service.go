package award

import (
	"context"
	"errors"
	"slices"
	"unicode/utf8"

	"sachhon/internal/audit"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/scoring"
)

// Service publishes results and shows them.
type Service struct {
	db         *database.DB
	log        *audit.Log
	ids        *ident.Generator
	challenges *challenge.Service
	reports    *report.Service
	scores     *scoring.Service
}

// NewService returns the service.
func NewService(db *database.DB, log *audit.Log, ids *ident.Generator, challenges *challenge.Service,
	reports *report.Service, scores *scoring.Service,
) *Service {
	return &Service{db: db, log: log, ids: ids, challenges: challenges, reports: reports, scores: scores}
}

// PublishInput is what a publication needs from the board. Sending the same ID again returns the one that exists.
type PublishInput struct {
	ID        ident.ID
	Challenge ident.ID
	Reason    string // of a correction; the first publication needs none
}

// The limits of a reason, in characters.
const (
	minReason = 10
	maxReason = 2_000
)

// Publish freezes the standings as they are now and gives out the prizes; the first time it ends the judging and
// reveals the seed. Publishing again corrects what was published, needs a reason, and leaves the earlier
// publication as it is.
func (s *Service) Publish(ctx context.Context, actor person.Actor, in PublishInput) (Publication, error) {
	if in.ID == "" {
		in.ID = s.ids.New()
	}
	in.Reason = lang.Clean(in.Reason)
	var p Publication
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		c, err := s.challenges.Find(ctx, tx, in.Challenge)
		if err != nil {
			return err
		}
		previous, err := latest(ctx, tx, c.ID)
		first := errors.Is(err, fault.NotFound)
		if err != nil && !first {
			return err
		}
		action := person.ActionAwardCorrect
		if first {
			action = person.ActionAwardPublish
		}
		if err := actor.Can(action, person.On{Unit: c.Organiser}); err != nil {
			return err
		}
		p, err = get(ctx, tx, `id = $1 AND challenge_id = $2`, in.ID, c.ID)
		if !errors.Is(err, fault.NotFound) {
			return err // sent twice, or a real error
		}
		if err := s.mayPublish(ctx, tx, first, in); err != nil {
			return err
		}
		if err := s.challenges.Publish(ctx, tx, actor, c.ID); err != nil {
			return err
		}
		p, err = s.make(ctx, tx, c, previous, in)
		if err != nil {
			return err
		}
		p.PublishedBy = actor.Identity()
		if err := insert(ctx, tx, p); err != nil {
			return err
		}
		return s.record(ctx, tx, string(action), p, previous)
	})
	return p, err
}

// mayPublish refuses a first publication while a report can still become valid, and a correction that nobody explains.
func (s *Service) mayPublish(ctx context.Context, tx *database.Tx, first bool, in PublishInput) error {
	if first {
		n, err := s.reports.Undecided(ctx, tx, in.Challenge)
		if err == nil && n > 0 {
			err = fault.Conflict.With("award.fault.undecided", "Count", n)
		}
		return err
	}
	var f fault.Fields
	switch n := utf8.RuneCountInString(in.Reason); {
	case n < minReason:
		f.Add("reason", "award.fault.reason", "Count", minReason)
	case n > maxReason:
		f.Add("reason", "award.fault.reasonLong", "Count", maxReason)
	}
	return f.Err()
}

// make reads the evidence, computes the results and writes the document.
func (s *Service) make(ctx context.Context, tx *database.Tx, c challenge.Challenge, previous Publication, in PublishInput) (Publication, error) {
	d, err := s.evidence(ctx, tx, c, tx.Now())
	if err != nil {
		return Publication{}, err
	}
	d.Number, d.Replaces, d.PublishedAt = previous.Number+1, previous.SHA256, tx.Now()
	if previous.Number > 0 {
		d.Reason = in.Reason
	}
	if err := d.Compute(); err != nil {
		return Publication{}, err
	}
	document, err := d.Encode()
	if err != nil {
		return Publication{}, err
	}
	return Publication{
		ID: in.ID, Challenge: c.ID, Number: d.Number, Reason: d.Reason, SHA256: Sum(document), Document: document,
		PublishedAt: d.PublishedAt,
	}, nil
}

// evidenceAttempts is how often the evidence is read before the board is asked to come back when it is quieter.
const evidenceAttempts = 5

// evidence fills in the first half of a document. On PostgreSQL others may commit between two statements; when the
// challenge's log has not moved meanwhile, nothing of the evidence has.
func (s *Service) evidence(ctx context.Context, q database.Querier, c challenge.Challenge, now clock.Time) (Document, error) {
	for range evidenceAttempts {
		head, _, err := s.log.ChallengeHead(ctx, q, c.ID)
		if err != nil {
			return Document{}, err
		}
		d, err := s.read(ctx, q, c, now)
		if err != nil {
			return Document{}, err
		}
		d.Log.Sequence = head
		after, _, err := s.log.ChallengeHead(ctx, q, c.ID)
		if err != nil || after == head {
			return d, err
		}
	}
	return Document{}, fault.Unavailable.With("")
}

func (s *Service) read(ctx context.Context, q database.Querier, c challenge.Challenge, now clock.Time) (Document, error) {
	number, scheme, err := s.scores.SchemeAt(ctx, q, c.ID, now)
	if err != nil {
		return Document{}, err
	}
	seed, err := s.challenges.Seed(ctx, q, c.ID)
	if err != nil {
		return Document{}, err
	}
	evidence, err := s.scores.Load(ctx, q, c.ID)
	if err != nil {
		return Document{}, err
	}
	d := Document{
		Format:     Format,
		Challenge:  Contest{ID: c.ID, Slug: c.Slug, Title: c.Title},
		Scheme:     Scheme{Number: number, Document: scheme},
		Seed:       seed,
		Commitment: c.SeedCommitment,
		Divisions:  slices.Clone(c.Divisions),
		Reports:    evidence.Reports,
		Entrants:   make([]Entrant, len(evidence.Entrants)),
	}
	for i, e := range evidence.Entrants {
		d.Entrants[i] = Entrant{ID: e.ID, Number: e.Number, Division: e.Division, Name: e.Name, Unit: e.Unit}
	}
	return d, nil
}

// Preview is what would be published now.
type Preview struct {
	Document  Document
	Undecided int // reports that wait for the board or are being mended; while there are any nothing can be published
}

// Preview computes the results without publishing them, for the board alone: they depend on the seed, which is still
// secret, so the preview does not contain it.
func (s *Service) Preview(ctx context.Context, actor person.Actor, challenge ident.ID) (Preview, error) {
	c, err := s.challenges.ByID(ctx, actor, challenge)
	if err != nil {
		return Preview{}, err
	}
	if err := actor.Can(person.ActionAwardPublish, person.On{Unit: c.Organiser}); err != nil {
		return Preview{}, err
	}
	d, err := s.evidence(ctx, s.db, c, clock.At(s.db.Clock().Now()))
	if err != nil {
		return Preview{}, err
	}
	if err := d.Compute(); err != nil {
		return Preview{}, err
	}
	if c.Seed == "" {
		d.Seed = ""
	}
	n, err := s.reports.Undecided(ctx, s.db, c.ID)
	return Preview{Document: d, Undecided: n}, err
}

// Latest returns the valid publication of a challenge to anybody, NotFound while there is none.
func (s *Service) Latest(ctx context.Context, actor person.Actor, challenge ident.ID) (Publication, error) {
	if err := s.mayRead(ctx, actor, challenge); err != nil {
		return Publication{}, err
	}
	return latest(ctx, s.db, challenge)
}

// ByNumber returns any publication of a challenge, also one that was corrected since.
func (s *Service) ByNumber(ctx context.Context, actor person.Actor, challenge ident.ID, number int) (Publication, error) {
	if err := s.mayRead(ctx, actor, challenge); err != nil {
		return Publication{}, err
	}
	return get(ctx, s.db, `challenge_id = $1 AND number = $2`, challenge, number)
}

// List returns all publications of a challenge without their documents, the newest first.
func (s *Service) List(ctx context.Context, actor person.Actor, challenge ident.ID) ([]Publication, error) {
	if err := s.mayRead(ctx, actor, challenge); err != nil {
		return nil, err
	}
	return list(ctx, s.db, challenge)
}

// Find returns the valid publication to another domain; ok is false while there is none. It asks for no permission.
func (s *Service) Find(ctx context.Context, q database.Querier, challenge ident.ID) (p Publication, ok bool, err error) {
	p, err = latest(ctx, q, challenge)
	if errors.Is(err, fault.NotFound) {
		return Publication{}, false, nil
	}
	return p, err == nil, err
}

func (s *Service) mayRead(ctx context.Context, actor person.Actor, challenge ident.ID) error {
	if err := actor.Can(person.ActionAwardRead, person.On{}); err != nil {
		return err
	}
	_, err := s.challenges.ByID(ctx, actor, challenge)
	return err
}

// published is what the audit log says of a publication: enough to find it and to see that it is the same.
type published struct {
	Number int    `json:"number"`
	SHA256 string `json:"sha256"`
}

func (s *Service) record(ctx context.Context, tx *database.Tx, action string, p, previous Publication) error {
	e := audit.Entry{
		Actor: p.PublishedBy, Action: action, Kind: "publication", Object: p.ID, Challenge: p.Challenge,
		After: published{p.Number, p.SHA256},
	}
	if previous.Number > 0 {
		e.Before = published{previous.Number, previous.SHA256}
	}
	return s.log.Record(ctx, tx, e)
}
