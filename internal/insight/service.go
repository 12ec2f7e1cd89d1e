package insight

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"sachhon/internal/audit"
	"sachhon/internal/award"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/scoring"
)

// Config says how fresh the read models are. The zero value of a field means its default.
type Config struct {
	// Refresh is how long a change that another node made may go unnoticed. What this node wrote is seen at once.
	Refresh time.Duration `name:"refresh" env:"SACHHON_INSIGHT_REFRESH" default:"250ms" help:"How often to ask the database what other nodes changed."`
}

// Validate reports what is wrong with the configuration.
func (c Config) Validate() error {
	if c.Refresh < 0 || c.Refresh > time.Minute {
		return errors.New("insight refresh: want 0 to one minute")
	}
	return nil
}

// Service keeps one snapshot per challenge and replaces it when the challenge's audit log has moved.
type Service struct {
	db         *database.DB
	log        *audit.Log
	challenges *challenge.Service
	scores     *scoring.Service
	awards     *award.Service
	config     Config

	// refreshed is when the log's head was last asked for, in microseconds; 0 is never. Freshness is measured by the
	// machine's own clock: that of a replay may stand still.
	refreshed atomic.Int64

	models sync.Map // ident.ID → *model
	slugs  sync.Map // the addresses of public challenges, which never change → ident.ID
}

// model is the place of one challenge's snapshot.
type model struct {
	current atomic.Pointer[kept]
	build   chan struct{} // holds a token while somebody looks whether to build
}

// kept is a snapshot with how long it is good for.
type kept struct {
	*Snapshot
	seen atomic.Int64  // the log's head up to which nothing of this challenge has happened since
	rows int           // how many rows it was made of
	at   time.Time     // when it was finished
	took time.Duration // how long that took
}

// NewService returns the service. It has no snapshot yet: each is built when it is first asked for.
func NewService(db *database.DB, log *audit.Log, challenges *challenge.Service, scores *scoring.Service,
	awards *award.Service, config Config,
) *Service {
	if config.Refresh == 0 {
		config.Refresh = 250 * time.Millisecond
	}
	return &Service{
		db: db, log: log, challenges: challenges, scores: scores, awards: awards, config: config,
	}
}

// Get returns what is shown of a challenge. Everybody may ask for a public one.
func (s *Service) Get(ctx context.Context, actor person.Actor, id ident.ID) (*Snapshot, error) {
	if err := actor.Can(person.ActionInsightRead, person.On{}); err != nil {
		return nil, err
	}
	if m, ok := s.models.Load(id); ok {
		if k := m.(*model).current.Load(); k != nil && k.public { // what was public stays so: nothing to ask
			return s.fresh(ctx, m.(*model), id)
		}
	}
	if _, err := s.challenges.ByID(ctx, actor, id); err != nil {
		return nil, err
	}
	m, _ := s.models.LoadOrStore(id, &model{build: make(chan struct{}, 1)})
	return s.fresh(ctx, m.(*model), id)
}

// BySlug is Get for the address of a challenge.
func (s *Service) BySlug(ctx context.Context, actor person.Actor, slug string) (*Snapshot, error) {
	if id, ok := s.slugs.Load(slug); ok {
		return s.Get(ctx, actor, id.(ident.ID))
	}
	c, err := s.challenges.BySlug(ctx, actor, slug)
	if err != nil {
		return nil, err
	}
	if c.Public() {
		s.slugs.Store(slug, c.ID)
	}
	return s.Get(ctx, actor, c.ID)
}

// Rebuild drops the snapshot and builds it again.
func (s *Service) Rebuild(ctx context.Context, actor person.Actor, id ident.ID) (*Snapshot, error) {
	c, err := s.challenges.ByID(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if err := actor.Can(person.ActionInsightRebuild, person.On{Unit: c.Organiser}); err != nil {
		return nil, err
	}
	s.models.Delete(id)
	return s.Get(ctx, actor, id)
}

// fresh returns the snapshot, built anew when the challenge has changed. Those who come while somebody builds wait
// for that result instead of building too.
func (s *Service) fresh(ctx context.Context, m *model, id ident.ID) (*Snapshot, error) {
	head, err := s.head(ctx)
	if err != nil {
		return nil, err
	}
	if k := m.current.Load(); k != nil && (k.seen.Load() >= head || resting(k)) {
		return k.Snapshot, nil
	}
	select {
	case m.build <- struct{}{}:
		defer func() { <-m.build }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	k := m.current.Load()
	if k != nil {
		if k.seen.Load() >= head {
			return k.Snapshot, nil
		}
		newest, _, err := s.log.ChallengeHead(ctx, s.db, id)
		if err != nil {
			return nil, err
		}
		if newest == k.Head {
			k.seen.Store(head)
			return k.Snapshot, nil
		}
	}
	// Whoever asked may go away; the others still want the result.
	if k, err = s.rebuild(context.WithoutCancel(ctx), id, head); err != nil {
		return nil, err
	}
	m.current.Store(k)
	return k.Snapshot, nil
}

// A snapshot of more rows than this is left alone for a few times as long as it took to build, so that a very large
// challenge in its busiest hour does not spend all its time counting. A smaller one shows every change at once.
const (
	manyRows = 20_000
	rest     = 4
)

func resting(k *kept) bool {
	return k.rows > manyRows && within(clock.System{}.Now().Sub(k.at), rest*k.took)
}

// within tells whether so little time has passed; a clock that was set back counts as long ago.
func within(passed, limit time.Duration) bool { return passed >= 0 && passed < limit }

// head returns the newest entry of the log that is known here, asking the database from time to time.
func (s *Service) head(ctx context.Context) (int64, error) {
	now := clock.System{}.Now().UnixMicro()
	last := s.refreshed.Load()
	if last != 0 && within(time.Duration(now-last)*time.Microsecond, s.config.Refresh) {
		return s.log.Head(), nil
	}
	if last != 0 && !s.refreshed.CompareAndSwap(last, now) {
		return s.log.Head(), nil // somebody else is asking
	}
	head, err := s.log.Refresh(ctx)
	if err != nil {
		return 0, err
	}
	s.refreshed.Store(now)
	return head, nil
}

// consistent is how often the material is read again because the challenge changed meanwhile. The last reading is
// taken as it is, under the head it began with: the next visitor finds that the log has moved, and builds again.
const consistent = 3

func (s *Service) rebuild(ctx context.Context, id ident.ID, seen int64) (*kept, error) {
	began := clock.System{}.Now()
	var m material
	for range consistent {
		var err error
		if m, err = s.collect(ctx, s.db, id); err != nil {
			return nil, fmt.Errorf("insight: challenge %s: %w", id, err)
		}
		after, _, err := s.log.ChallengeHead(ctx, s.db, id)
		if err != nil {
			return nil, err
		}
		if after == m.head {
			break
		}
	}
	k := &kept{Snapshot: build(m), rows: len(m.entrants) + len(m.cleanups), at: clock.System{}.Now()}
	k.took = k.at.Sub(began)
	k.seen.Store(seen)
	return k, nil
}

// collect reads the material of a snapshot.
func (s *Service) collect(ctx context.Context, q database.Querier, id ident.ID) (m material, err error) {
	if m.head, m.asOf, err = s.log.ChallengeHead(ctx, q, id); err != nil {
		return m, err
	}
	if m.challenge, err = s.challenges.Find(ctx, q, id); err != nil {
		return m, err
	}
	if m.asOf.IsZero() {
		m.asOf = m.challenge.CreatedAt
	}
	if m.entrants, err = selectEntrants(ctx, q, id); err != nil {
		return m, err
	}
	if m.cleanups, err = selectCleanups(ctx, q, id); err != nil {
		return m, err
	}
	published, ok, err := s.awards.Find(ctx, q, id)
	if err != nil {
		return m, err
	}
	if ok {
		d, err := award.Read(published.Document)
		m.final = &d
		return m, err
	}
	return m, s.collectStandings(ctx, q, &m)
}

// collectStandings ranks the valid reports by the scheme in force at the last change. The seed stays out: until the
// results are published nobody could check a draw.
func (s *Service) collectStandings(ctx context.Context, q database.Querier, m *material) error {
	number, scheme, err := s.scores.SchemeAt(ctx, q, m.challenge.ID, m.asOf)
	if errors.Is(err, fault.NotFound) {
		return nil // a draft
	}
	if err != nil {
		return err
	}
	entrants, reports := m.evidence()
	m.scheme, m.live = number, scoring.Standings(scheme, entrants, reports, nil)
	return nil
}
