package unit

import (
	"context"
	"sync"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
)

// ActionImport is what a person must be allowed to do to change units.
const ActionImport = "unit.import"

// Actor is whoever changes units; person.Actor is one. Units come before people, so this is all that is known of them.
type Actor interface {
	Identity() ident.ID
	// Permit returns nil, or why the actor may not do this to the unit; no unit means the whole installation.
	Permit(action string, unit ident.ID) error
}

// Service answers for the administrative tree.
type Service struct {
	db  *database.DB
	log *audit.Log
	ids *ident.Generator

	mu    sync.Mutex
	cache *snapshot
}

// snapshot is what was read at one version, with the trees drawn from it.
type snapshot struct {
	version    int64
	units      []Unit
	groups     []Group
	boundaries map[ident.ID]geo.Area
	trees      map[clock.Day]*Tree
}

// keptTrees bounds the days that are kept drawn: today and the days of the challenges shown.
const keptTrees = 64

// NewService returns the service.
func NewService(db *database.DB, log *audit.Log, ids *ident.Generator) *Service {
	return &Service{db: db, log: log, ids: ids}
}

// Today returns the tree of the current day.
func (s *Service) Today(ctx context.Context) (*Tree, error) {
	return s.Tree(ctx, clock.DayOf(s.db.Clock().Now()))
}

// Tree returns the tree as it stood, stands or will stand on the day. It is drawn once per day and change; asking
// for it costs one point read.
func (s *Service) Tree(ctx context.Context, day clock.Day) (*Tree, error) {
	trees, err := s.Trees(ctx, day)
	if err != nil {
		return nil, err
	}
	return trees[0], nil
}

// Trees returns the trees of several days for the one point read.
func (s *Service) Trees(ctx context.Context, days ...clock.Day) ([]*Tree, error) {
	version, err := readVersion(ctx, s.db)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cache == nil || s.cache.version < version {
		// Rows may be newer than the version that was read; then they are read once more than needed.
		fresh, err := readSnapshot(ctx, s.db, version)
		if err != nil {
			return nil, err
		}
		s.cache = fresh
	}
	trees := make([]*Tree, len(days))
	for i, day := range days {
		t, ok := s.cache.trees[day]
		if !ok {
			if len(s.cache.trees) >= keptTrees {
				clear(s.cache.trees)
			}
			t = NewTree(day, s.cache.units, s.cache.groups)
			s.cache.trees[day] = t
		}
		trees[i] = t
	}
	return trees, nil
}

func readSnapshot(ctx context.Context, q database.Querier, version int64) (*snapshot, error) {
	snap := &snapshot{version: version, trees: map[clock.Day]*Tree{}}
	var err error
	if snap.units, err = readUnits(ctx, q); err != nil {
		return nil, err
	}
	if snap.groups, err = readGroups(ctx, q); err != nil {
		return nil, err
	}
	snap.boundaries, err = readBoundaries(ctx, q)
	return snap, err
}

// Unit returns the unit, of whatever day.
func (s *Service) Unit(ctx context.Context, id ident.ID) (Unit, error) {
	t, err := s.Today(ctx)
	if err != nil {
		return Unit{}, err
	}
	u, ok := t.ByID(id)
	if !ok {
		return Unit{}, fault.NotFound.With("unit.fault.unknown")
	}
	return u, nil
}
