package urging

import (
	"context"
	"sync"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// counts remembers how many units are stuck below whom: desks ask for it at every look, and it takes all letters to count.
type counts struct {
	mu    sync.Mutex
	units map[ident.ID]stuckCount
}

type stuckCount struct {
	moved  int64 // what was written about the letters, all in all
	until  clock.Time
	number int
}

// A count holds until something moves, and ten minutes at most: units become late as time passes, and what counts besides
// letters may change.
const (
	countFor  = 10 * time.Minute
	countsFor = 2_000 // units
)

// Count tells how many units are stuck below a unit, for its desk.
func (s *Service) Count(ctx context.Context, actor person.Actor, unitID ident.ID) (int, error) {
	if err := actor.Can(person.ActionCascadeWatch, person.On{Unit: unitID}); err != nil {
		return 0, err
	}
	tree, err := s.Units.Today(ctx)
	if err != nil {
		return 0, err
	}
	letters, err := s.touching(ctx, tree, unitID)
	if err != nil {
		return 0, err
	}
	moved, err := s.Cascade.Moves(ctx, s.DB, letters)
	if err != nil {
		return 0, err
	}
	now := s.now()
	if n, ok := s.counts.get(unitID, moved, now); ok {
		return n, nil
	}
	rows, _, _, err := s.stuckRows(ctx, unitID)
	if err != nil {
		return 0, err
	}
	units := map[ident.ID]bool{}
	for _, r := range rows {
		if !r.Soon {
			units[r.Receiver.ID] = true
		}
	}
	s.counts.put(unitID, stuckCount{moved, now.Add(countFor), len(units)})
	return len(units), nil
}

func (c *counts) get(id ident.ID, moved int64, now clock.Time) (int, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	one, ok := c.units[id]
	return one.number, ok && one.moved == moved && now.Before(one.until.Time)
}

func (c *counts) put(id ident.ID, one stuckCount) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.units == nil || len(c.units) >= countsFor {
		c.units = map[ident.ID]stuckCount{}
	}
	c.units[id] = one
}
