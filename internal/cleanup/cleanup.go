package cleanup

import (
	"sachhon/internal/clock"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
)

// Cleanup is one event of an entrant.
type Cleanup struct {
	ID          ident.ID
	Challenge   ident.ID
	Entrant     ident.ID
	Unit        ident.ID // the ward or commune it takes place in
	Place       string   // in words, so that people find it without a map
	Description string
	Point       *geo.Point // nil when nobody marked it on the map
	Expected    int        // participants
	StartsAt    clock.Time
	EndsAt      clock.Time
	State       State  // as stored; ask StateAt
	Reason      string // why it was cancelled

	AnnouncedAt clock.Time
	ReportedAt  clock.Time
	CancelledAt clock.Time
	CreatedBy   ident.ID
	CreatedAt   clock.Time
	UpdatedAt   clock.Time
	Version     int64 // grows with each change; an update names the version it saw
}

// Overlaps tells whether the two take place at the same time. One may begin when the other ends.
func (c Cleanup) Overlaps(o Cleanup) bool {
	return c.StartsAt.Before(o.EndsAt.Time) && o.StartsAt.Before(c.EndsAt.Time)
}

// Public tells whether everybody may see the clean-up. A cancelled one stays visible if it had been announced.
func (c Cleanup) Public() bool { return !c.AnnouncedAt.IsZero() }
