package calendar

import (
	"context"
	"io"
	"slices"
	"strings"
	"sync"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

// ActionEdit is what a person must be allowed to do to change the calendar.
const ActionEdit = "calendar.edit"

// Actor is whoever changes the calendar; person.Actor is one. Calendars come before people, so this is all that is known.
type Actor interface {
	Identity() ident.ID
	// Permit returns nil, or why the actor may not do this; no unit means the whole installation.
	Permit(action string, unit ident.ID) error
}

// Service answers for the calendar of the installation: the embedded days with what an administrator changed.
type Service struct {
	db  *database.DB
	log *audit.Log
	ids *ident.Generator

	mu    sync.Mutex
	cache *Calendar
}

// NewService returns the service.
func NewService(db *database.DB, log *audit.Log, ids *ident.Generator) *Service {
	return &Service{db: db, log: log, ids: ids}
}

// Current returns the calendar as it stands. Asking costs one point read.
func (s *Service) Current(ctx context.Context) (*Calendar, error) {
	version, err := readVersion(ctx, s.db)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cache == nil || s.cache.version < version {
		// Rows may be newer than the version that was read; then they are read once more than needed.
		changed, err := readEntries(ctx, s.db)
		if err != nil {
			return nil, err
		}
		c := Builtin()
		for _, e := range changed {
			if n, ok := number(e.Day); ok {
				c.entries[n] = e
			}
		}
		c.version = version
		s.cache = c
	}
	return s.cache, nil
}

// Result says what an import did.
type Result struct {
	Added, Changed, Unchanged int
	Faults                    []Fault
}

// Import adds the days of a file to the calendar, and replaces those that are there. A file with a bad line changes
// nothing. The same file again does no harm.
func (s *Service) Import(ctx context.Context, actor Actor, r io.Reader) (Result, error) {
	if err := actor.Permit(ActionEdit, ""); err != nil {
		return Result{}, err
	}
	entries, faults, err := read(r)
	if err != nil {
		return Result{}, err
	}
	if len(faults) > 0 {
		return Result{Faults: faults}, fault.Invalid.With("calendar.fault.import", "Count", len(faults))
	}
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(string(a.Day), string(b.Day)) })
	var result Result
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		result = Result{}
		version, err := raiseVersion(ctx, tx)
		if err != nil {
			return err
		}
		stored, err := readEntries(ctx, tx)
		if err != nil {
			return err
		}
		now := newCalendar(version, append(Builtin().Entries(0), stored...))
		for _, e := range entries {
			before, there := now.Entry(e.Day)
			switch {
			case there && before == e, !there && e.Kind == Usual:
				result.Unchanged++
				continue
			case there:
				result.Changed++
			default:
				result.Added++
			}
			if err := s.put(ctx, tx, actor, before, there, e); err != nil {
				return err
			}
		}
		return nil
	})
	return result, err
}

// put stores one day with its audit entry.
func (s *Service) put(ctx context.Context, tx *database.Tx, actor Actor, before Entry, there bool, e Entry) error {
	if err := upsert(ctx, tx, e, actor.Identity()); err != nil {
		return err
	}
	entry := audit.Entry{Actor: actor.Identity(), Action: ActionEdit, Kind: "calendar_day", Object: s.ids.New(), After: traceOf(e)}
	if there {
		entry.Before = traceOf(before)
	}
	return s.log.Record(ctx, tx, entry)
}

// trace is what the log keeps of a day.
type trace struct {
	Day    clock.Day `json:"day"`
	Kind   Kind      `json:"kind"`
	Name   string    `json:"name"`
	Source string    `json:"source"`
}

func traceOf(e Entry) trace { return trace(e) }
