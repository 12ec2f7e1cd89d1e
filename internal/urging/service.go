package urging

import (
	"context"
	"time"

	"sachhon/internal/audit"
	"sachhon/internal/calendar"
	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/drafting"
	"sachhon/internal/ident"
	"sachhon/internal/jobs"
	"sachhon/internal/letter"
	"sachhon/internal/notify"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Entrants counts who takes part; entrants come after letters, so whoever puts the services together connects them.
type Entrants interface {
	// ByUnit counts those who take part in a challenge by their home unit.
	ByUnit(ctx context.Context, q database.Querier, challenge ident.ID) (map[ident.ID]int, error)
}

// Reports tells which reports upward are overdue; they come after letters as entrants do.
type Reports interface {
	Overdue(ctx context.Context) ([]OverdueReport, error)
}

// OverdueReport is a report on a letter that a unit has not sent by its day.
type OverdueReport struct {
	Letter, Unit ident.ID
	Due          clock.Day
}

// Config is what the service works with.
type Config struct {
	DB         *database.DB
	Log        *audit.Log
	Queue      *jobs.Queue
	IDs        *ident.Generator
	Units      *unit.Service
	People     *person.Service
	Challenges *challenge.Service
	Letters    *letter.Service
	Drafting   *drafting.Service
	Cascade    *cascade.Service
	Entrants   Entrants
	Reports    Reports // nil when nothing is reported here
	Mail       *notify.Service
	Hours      Hours
	Calendar   func(ctx context.Context) (*calendar.Calendar, error)
	// The addresses of pages, for e-mails.
	DispatchPage, LetterPage, LogPage func(id ident.ID) string
}

// Service urges, and tells what is stuck.
type Service struct {
	Config
	counts counts
	atMost int // dispatches that are looked through for a page
}

// sweepEvery is how often somebody looks for what is due. Most of it is due as a day begins, so that the first look after
// the quiet hours finds it.
const sweepEvery = 30 * time.Minute

// sweep is the periodic job.
type sweep struct{}

// Kind implements jobs.Args.
func (sweep) Kind() string { return "urging.sweep" }

// NewService returns the service, registers its job with the queue, has the cascade judge lateness by the rules, and messages that
// urge go out in the hours for them.
func NewService(c Config) *Service {
	s := &Service{Config: c, atMost: stuckAtMost}
	c.Cascade.WaitAs(s)
	c.Mail.Keep(s.opens)
	jobs.Handle(c.Queue, func(ctx context.Context, _ sweep) error { return s.Sweep(ctx) })
	c.Queue.Every("urging.sweep", sweepEvery, sweep{})
	return s
}

func (s *Service) now() clock.Time { return clock.At(s.DB.Clock().Now()) }

func (s *Service) planner(ctx context.Context) (Planner, error) {
	cal, err := s.Calendar(ctx)
	return Planner{Calendar: cal, Hours: s.Hours}, err
}

// opens implements notify.Hours.
func (s *Service) opens(ctx context.Context, now clock.Time) (clock.Time, error) {
	p, err := s.planner(ctx)
	return p.Hours.Opens(now, p.Calendar), err
}

// trace is what the audit log keeps of urging about a letter: how much, and no unit.
type trace struct {
	Steps   map[Cause][3]int `json:"steps,omitempty"` // by cause: reminders, to leaders, in drafted letters
	ByHand  int              `json:"by_hand,omitempty"`
	Rules   Rules            `json:"rules,omitempty"`
	Drafted []ident.ID       `json:"drafted,omitempty"`
}

func (s *Service) record(ctx context.Context, tx *database.Tx, by ident.ID, l letter.Letter, before, after any) error {
	return s.Log.Record(ctx, tx, audit.Entry{
		Actor: by, Action: string(person.ActionCascadeUrge), Kind: "letter", Object: l.ID, Challenge: l.ChallengeID, Before: before, After: after,
	})
}
