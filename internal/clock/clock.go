package clock

import (
	"sync"
	"time"
)

// Zone is the time zone of a challenge, Asia/Ho_Chi_Minh: +07:00 without summer time since 1975. It is fixed here
// so that a machine without a zone database shows the same times.
var Zone = time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)

// Clock tells the time.
type Clock interface {
	Now() time.Time
}

// System is the clock of the machine.
type System struct{}

// Now returns the machine's time in UTC, to the microsecond.
func (System) Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Set is a clock that stands still until it is moved; for tests and replays.
type Set struct {
	mu  sync.Mutex
	now time.Time
}

// NewSet returns a clock that stands at t.
func NewSet(t time.Time) *Set {
	c := &Set{}
	c.Set(t)
	return c
}

// Now returns the time the clock was last set to, in UTC.
func (c *Set) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock to t, forwards or backwards.
func (c *Set) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t.UTC().Truncate(time.Microsecond)
}

// Advance moves the clock by d and returns the new time.
func (c *Set) Advance(d time.Duration) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return c.now
}

// Switch is a clock whose source can be replaced and shifted while others hold it: a demonstration replays June
// 2024 on a Set clock and then lives on today's, which its visitors may move forward.
type Switch struct {
	mu     sync.RWMutex
	source Clock
	shift  time.Duration
}

// NewSwitch returns a clock that follows source.
func NewSwitch(source Clock) *Switch { return &Switch{source: source} }

// Now returns the source's time plus the shift.
func (c *Switch) Now() time.Time {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.source.Now().Add(c.shift)
}

// Follow makes source the time from now on, without any shift.
func (c *Switch) Follow(source Clock) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.source, c.shift = source, 0
}

// Shift adds d to every later answer.
func (c *Switch) Shift(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shift += d
}
