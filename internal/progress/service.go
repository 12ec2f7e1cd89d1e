package progress

import (
	"context"
	"errors"
	"slices"
	"time"

	"sachhon/internal/audit"
	"sachhon/internal/blob"
	"sachhon/internal/calendar"
	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/database"
	"sachhon/internal/drafting"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/jobs"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Service counts, writes and sends reports.
type Service struct {
	db         *database.DB
	log        *audit.Log
	ids        *ident.Generator
	blobs      blob.Store
	units      *unit.Service
	letters    *letter.Service
	cascade    *cascade.Service
	challenges *challenge.Service
	drafting   *drafting.Service
	calendar   *calendar.Service
	queue      *jobs.Queue
	page       func(report ident.ID) string
	carrier    Carrier // to units outside; nil when there is none
}

// Config is what the service works with.
type Config struct {
	DB         *database.DB
	Log        *audit.Log
	Queue      *jobs.Queue
	IDs        *ident.Generator
	Blobs      blob.Store
	Units      *unit.Service
	Letters    *letter.Service
	Cascade    *cascade.Service
	Challenges *challenge.Service
	Drafting   *drafting.Service
	Calendar   *calendar.Service

	Page func(report ident.ID) string // the address of a report's page, for e-mails
}

// NewService returns the service and registers its jobs with the queue: the one that drafts the reports of the day, and the one
// that tells of them.
func NewService(c Config) *Service {
	s := &Service{
		db: c.DB, log: c.Log, ids: c.IDs, blobs: c.Blobs, units: c.Units, letters: c.Letters, cascade: c.Cascade, challenges: c.Challenges,
		drafting: c.Drafting, calendar: c.Calendar, queue: c.Queue, page: c.Page,
	}
	c.Letters.Needed(isReport)
	jobs.Handle(c.Queue, func(ctx context.Context, _ draftJob) error { return s.DraftDue(ctx) })
	jobs.Handle(c.Queue, s.tell)
	c.Queue.Every("progress.draft", time.Hour, draftJob{})
	return s
}

// draftJob drafts what is due on the day in the names of the units; it sends nothing.
type draftJob struct{}

// Kind implements jobs.Args.
func (draftJob) Kind() string { return "progress.draft" }

// errUnchanged ends a change that finds its work done, so that the same submission twice does no harm.
var errUnchanged = errors.New("progress: unchanged")

// mayWrite asks permission to write in a unit's name. A role reaches down the tree, but a report speaks for its own unit:
// whoever receives it would otherwise fill in what it measures.
func (s *Service) mayWrite(actor person.Actor, action person.Action, unitID ident.ID) error {
	if err := actor.Can(action, person.On{Unit: unitID}); err != nil || actor.System {
		return err
	}
	if !slices.Contains(actor.UnitsOf(person.Leader, person.Clerk), unitID) {
		return fault.Forbidden.With("progress.fault.ownUnit")
	}
	return nil
}
