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
	units map[ident.ID]*stuckCount
}

// stuckCount is the last number of one unit. Whoever asks while it is counted waits for that and does not count as well.
type stuckCount struct {
	mu     sync.Mutex
	until  clock.Time
	number int
}

// A count holds for some minutes, whatever moves meanwhile: below a province something moves all the time. Who opens the page
// of what is stuck sees it as it is, and has the desk say the same.
const (
	countFor  = 5 * time.Minute
	countsFor = 2_000 // units
)

// Count tells how many units are stuck below a unit, for its desk, as of some minutes ago.
func (s *Service) Count(ctx context.Context, actor person.Actor, unitID ident.ID) (int, error) {
	if err := actor.Can(person.ActionCascadeWatch, person.On{Unit: unitID}); err != nil {
		return 0, err
	}
	one := s.counts.of(unitID)
	one.mu.Lock()
	defer one.mu.Unlock()
	now := s.now()
	if now.Before(one.until.Time) {
		return one.number, nil
	}
	rows, _, _, err := s.stuckRows(ctx, unitID)
	if err != nil {
		return 0, err
	}
	one.number, one.until = lateUnitsOf(rows), now.Add(countFor)
	return one.number, nil
}

func (c *counts) of(id ident.ID) *stuckCount {
	c.mu.Lock()
	defer c.mu.Unlock()
	one, ok := c.units[id]
	if !ok {
		if c.units == nil || len(c.units) >= countsFor {
			c.units = map[ident.ID]*stuckCount{}
		}
		one = &stuckCount{}
		c.units[id] = one
	}
	return one
}

// put remembers what somebody else counted.
func (c *counts) put(id ident.ID, number int, now clock.Time) {
	one := c.of(id)
	one.mu.Lock()
	defer one.mu.Unlock()
	one.number, one.until = number, now.Add(countFor)
}
