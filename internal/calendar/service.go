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
		c, err := readAt(ctx, s.db, version)
		if err != nil {
			return nil, err
		}
		s.cache = c
	}
	return s.cache, nil
}

// CurrentIn is Current inside a transaction, which asks for no second connection and waits for nobody who has one.
func (s *Service) CurrentIn(ctx context.Context, tx *database.Tx) (*Calendar, error) {
	version, err := readVersion(ctx, tx)
	if err != nil {
		return nil, err
	}
	if !s.mu.TryLock() {
		return readAt(ctx, tx, version)
	}
	cache := s.cache
	s.mu.Unlock()
	if cache != nil && cache.version == version {
		return cache, nil
	}
	return readAt(ctx, tx, version) // not kept: the transaction may see what is never committed
}

// readAt builds the calendar of a version. Rows may be newer than the version that was read; then they are read once more than
// needed.
func readAt(ctx context.Context, q database.Querier, version int64) (*Calendar, error) {
	changed, err := readEntries(ctx, q)
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
	return c, nil
}

// Result says what an import did.
type Result struct {
	Added, Changed, Unchanged int
	Faults                    []Fault
}

// Change is what a file does to one day: Before is zero when nothing was known of it, and After of the kind Usual takes the day
// back.
type Change struct{ Before, After Entry }

// Added tells whether nothing was known of the day.
func (c Change) Added() bool { return c.Before.Day == "" }

// Plan is what a file would do.
type Plan struct {
	Changes   []Change // by day
	Unchanged int
	Version   int64  // of the calendar that was compared
	File      string // the days that would change, in the form that Import reads
	Faults    []Fault
}

// Preview tells what Import would do with a file, by the same checks, and changes nothing.
func (s *Service) Preview(ctx context.Context, actor Actor, r io.Reader) (Plan, error) {
	entries, faults, err := open(actor, r)
	if err != nil {
		return Plan{Faults: faults}, err
	}
	now, err := s.Current(ctx)
	if err != nil {
		return Plan{}, err
	}
	changes := now.changes(entries)
	after := make([]Entry, len(changes))
	for i, c := range changes {
		after[i] = c.After
	}
	var file strings.Builder
	err = writeCSV(&file, after)
	return Plan{Changes: changes, Unchanged: len(entries) - len(changes), Version: now.Version(), File: file.String()}, err
}

// open reads a file for somebody who may import it.
func open(actor Actor, r io.Reader) ([]Entry, []Fault, error) {
	if err := actor.Permit(ActionEdit, ""); err != nil {
		return nil, nil, err
	}
	entries, faults, err := read(r)
	if err != nil {
		return nil, nil, err
	}
	if len(faults) > 0 {
		return nil, faults, fault.Invalid.With("calendar.fault.import", "Count", len(faults))
	}
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(string(a.Day), string(b.Day)) })
	return entries, nil, nil
}

// changes are those of the entries that differ from the calendar.
func (c *Calendar) changes(entries []Entry) []Change {
	var changes []Change
	for _, e := range entries {
		before, there := c.Entry(e.Day)
		if there && before == e || !there && e.Kind == Usual {
			continue
		}
		if !there {
			before = Entry{}
		}
		changes = append(changes, Change{before, e})
	}
	return changes
}

// Import adds the days of a file to the calendar, and replaces those that are there. A file with a bad line changes
// nothing. The same file again does no harm.
func (s *Service) Import(ctx context.Context, actor Actor, r io.Reader) (Result, error) {
	return s.importAt(ctx, actor, r, nil)
}

// ImportAt is Import of what a preview showed: it changes nothing when somebody else has changed the calendar since.
func (s *Service) ImportAt(ctx context.Context, actor Actor, r io.Reader, version int64) (Result, error) {
	return s.importAt(ctx, actor, r, &version)
}

func (s *Service) importAt(ctx context.Context, actor Actor, r io.Reader, seen *int64) (Result, error) {
	entries, faults, err := open(actor, r)
	if err != nil {
		return Result{Faults: faults}, err
	}
	var result Result
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		result = Result{}
		version, err := raiseVersion(ctx, tx)
		if err != nil {
			return err
		}
		if seen != nil && version != *seen+1 {
			return fault.Conflict.With("calendar.fault.changed")
		}
		stored, err := readEntries(ctx, tx)
		if err != nil {
			return err
		}
		changes := newCalendar(version, append(Builtin().Entries(0), stored...)).changes(entries)
		result.Unchanged = len(entries) - len(changes)
		for _, c := range changes {
			if c.Added() {
				result.Added++
			} else {
				result.Changed++
			}
			if err := s.put(ctx, tx, actor, c); err != nil {
				return err
			}
		}
		return nil
	})
	return result, err
}

// put stores one day with its audit entry.
func (s *Service) put(ctx context.Context, tx *database.Tx, actor Actor, c Change) error {
	if err := upsert(ctx, tx, c.After, actor.Identity()); err != nil {
		return err
	}
	entry := audit.Entry{Actor: actor.Identity(), Action: ActionEdit, Kind: "calendar_day", Object: s.ids.New(), After: traceOf(c.After)}
	if !c.Added() {
		entry.Before = traceOf(c.Before)
	}
	return s.log.Record(ctx, tx, entry)
}

// trace is what the log keeps of a day.
type trace struct {
	Day    clock.Day `json:"day"`
	Kind   Kind      `json:"kind"`
	Name   string    `json:"name"`
	Source string    `json:"source"`

	Unconfirmed bool `json:"unconfirmed,omitempty"`
}

func traceOf(e Entry) trace { return trace(e) }
