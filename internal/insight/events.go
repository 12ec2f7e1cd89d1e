package insight

import (
	"cmp"
	"slices"

	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
)

// Event is a clean-up as lists show it. Unlike the points of the map they hold those that nobody marked there.
type Event struct {
	ID           ident.ID
	Report       ident.ID // of a valid result
	State        PointState
	StartsAt     clock.Time
	EndsAt       clock.Time
	Place        string
	Unit         ident.ID
	Point        *geo.Point
	Entrant      Entrant
	Participants int64 // of a valid result, like the grams
	Grams        int64
	Thumb        ident.ID // the photo that shows a valid result
}

// The states that follow from the hours of an announced clean-up.
const (
	PointUnderWay PointState = "under_way"
	PointEnded    PointState = "ended" // a report is awaited
)

// PointStates lists all states in the order in which people are shown them.
var PointStates = []PointState{
	PointAnnounced, PointUnderWay, PointEnded, PointReported, PointValid, PointInvalid, PointCancelled,
}

// StateAt returns the state at the given time.
func (e *Event) StateAt(now clock.Time) PointState {
	switch {
	case e.State != PointAnnounced || now.Before(e.StartsAt.Time):
		return e.State
	case now.Before(e.EndsAt.Time):
		return PointUnderWay
	}
	return PointEnded
}

// EventFilter says which clean-ups a list shows.
type EventFilter struct {
	Box      *geo.Box
	From, To clock.Time          // that begin from, and before; zero is open
	Inside   func(ident.ID) bool // whether the clean-up's unit counts; all when nil
	Entrant  ident.ID
	State    PointState
	Cursor   string // of the page before
	Limit    int    // DefaultLimit when it makes no sense
}

// The sizes of a page of a list.
const (
	DefaultLimit = cleanup.DefaultLimit
	MaxLimit     = cleanup.MaxLimit
)

// Select returns one page of the clean-ups as of now, the latest first, and the cursor of the next page; it is empty on
// the last one. The slice holds pointers into the snapshot, which must not be changed.
func (s *Snapshot) Select(f EventFilter, now clock.Time) (page []*Event, next string, err error) {
	if f.Limit < 1 || f.Limit > MaxLimit {
		f.Limit = DefaultLimit
	}
	rest := s.Events
	if f.Cursor != "" {
		after, err := cleanup.ParseCursor(f.Cursor)
		if err != nil {
			return nil, "", err
		}
		begin, found := slices.BinarySearchFunc(rest, after, func(e Event, c cleanup.Cursor) int {
			return compareEvents(e.StartsAt, e.ID, c.StartsAt, c.ID)
		})
		if found {
			begin++
		}
		rest = rest[begin:]
	}
	for i := range rest {
		if e := &rest[i]; f.matches(e, now) {
			if len(page) == f.Limit {
				last := page[len(page)-1]
				return page, cleanup.Cursor{StartsAt: last.StartsAt, ID: last.ID}.String(), nil
			}
			page = append(page, e)
		}
	}
	return page, "", nil
}

func (f *EventFilter) matches(e *Event, now clock.Time) bool {
	switch {
	case f.State != "" && e.StateAt(now) != f.State,
		!f.From.IsZero() && e.StartsAt.Before(f.From.Time),
		!f.To.IsZero() && !e.StartsAt.Before(f.To.Time),
		f.Entrant != "" && e.Entrant.ID != f.Entrant,
		f.Box != nil && (e.Point == nil || !f.Box.Contains(*e.Point)),
		f.Inside != nil && !f.Inside(e.Unit):
		return false
	}
	return true
}

// events lists the announced clean-ups, the latest first.
func (t *tally) events(m material) []Event {
	events := make([]Event, len(m.cleanups))
	for i := range m.cleanups {
		c := &m.cleanups[i]
		e := Event{
			ID: c.ID, State: t.pointState(c), StartsAt: c.StartsAt, EndsAt: c.EndsAt, Place: c.Place, Unit: c.Unit,
			Entrant: t.entrant(c.Entrant),
		}
		if c.Lat != nil && c.Lon != nil {
			e.Point = &geo.Point{Lat: *c.Lat, Lon: *c.Lon}
		}
		if e.State == PointValid {
			e.Report, e.Participants, e.Grams, e.Thumb = c.ReportID, c.Figures.V.Participants, c.Figures.V.Weights.Total(), c.Thumb
		}
		events[i] = e
	}
	slices.SortFunc(events, func(a, b Event) int { return compareEvents(a.StartsAt, a.ID, b.StartsAt, b.ID) })
	return events
}

// compareEvents puts what begins later first.
func compareEvents(at clock.Time, id ident.ID, otherAt clock.Time, other ident.ID) int {
	return cmp.Or(otherAt.Compare(at.Time), cmp.Compare(other, id))
}
