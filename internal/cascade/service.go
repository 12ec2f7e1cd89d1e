package cascade

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"sachhon/internal/audit"
	"sachhon/internal/blob"
	"sachhon/internal/calendar"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/imaging"
	"sachhon/internal/jobs"
	"sachhon/internal/letter"
	"sachhon/internal/notify"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Service sends letters and follows them.
type Service struct {
	db       *database.DB
	log      *audit.Log
	queue    *jobs.Queue
	ids      *ident.Generator
	blobs    blob.Store
	units    *unit.Service
	letters  *letter.Service
	mail     *notify.Service
	people   *person.Service
	days     *calendar.Service  // nil knows the embedded calendar only
	rounds   *challenge.Service // whose clock runs; nil knows the period that a letter names
	page     func(dispatch ident.ID) string
	boards   boards
	pictures *imaging.Processor
	carrier  Carrier // to units outside; nil when there is none
	senders  Senders // whose patience counts; nil for the default
}

// Config is what the service works with.
type Config struct {
	DB      *database.DB
	Log     *audit.Log
	Queue   *jobs.Queue
	IDs     *ident.Generator
	Blobs   blob.Store
	Units   *unit.Service
	Letters *letter.Service
	Mail    *notify.Service
	People  *person.Service

	Pictures *imaging.Processor // makes photos of those that go to others; its own when nil

	Calendar   *calendar.Service  // of working days; the embedded one when nil
	Challenges *challenge.Service // whose periods boards count lost days in; nil takes the period that a letter names

	Page func(dispatch ident.ID) string // the address of a dispatch's page, for e-mails
}

// NewService returns the service and registers its job with the queue.
func NewService(c Config) *Service {
	s := &Service{
		db: c.DB, log: c.Log, queue: c.Queue, ids: c.IDs, blobs: c.Blobs, units: c.Units, letters: c.Letters,
		mail: c.Mail, people: c.People, days: c.Calendar, rounds: c.Challenges, page: c.Page, pictures: cmp.Or(c.Pictures, imaging.NewProcessor()),
	}
	jobs.Handle(c.Queue, s.deliver)
	return s
}

// errUnchanged ends a change that finds its work done, so that the same submission twice does no harm.
var errUnchanged = errors.New("cascade: unchanged")

// change loads a dispatch, asks permission to act for its receiver, lets f alter it and stores it unless somebody was faster.
func (s *Service) change(ctx context.Context, actor person.Actor, action person.Action, id ident.ID,
	f func(context.Context, *database.Tx, *Dispatch) error,
) (Dispatch, error) {
	var d Dispatch
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		if d, err = lock(ctx, tx, id); err != nil {
			return err
		}
		if err := d.MayHandle(actor, action); err != nil {
			return err
		}
		if d.Frozen() {
			return fault.Conflict.With("cascade.fault.frozen")
		}
		before := d
		if err := f(ctx, tx, &d); err != nil {
			return err
		}
		return s.save(ctx, tx, actor, action, before, &d)
	})
	if err != nil && !errors.Is(err, errUnchanged) {
		return Dispatch{}, err
	}
	return d, nil
}

// MayHandle returns nil when the actor may do this for the unit that received the letter, otherwise why not. A role
// reaches down the tree, but whoever sends in the sender's name does not act for the receiver, unless it is their own
// unit too: the sender would otherwise fill in what it measures.
func (d Dispatch) MayHandle(actor person.Actor, action person.Action) error {
	if err := actor.Can(action, person.On{Unit: d.ReceiverID}); err != nil || actor.System {
		return err
	}
	own := slices.Contains(actor.UnitsOf(person.Leader, person.Clerk), d.ReceiverID)
	if !own && !d.Entered() && actor.Can(person.ActionCascadeSend, person.On{Unit: d.SenderID}) == nil {
		return fault.Forbidden.With("cascade.fault.senderActs")
	}
	return nil
}

// save stores a dispatch that was changed here, and tells those outside whom it concerns.
func (s *Service) save(ctx context.Context, tx *database.Tx, actor person.Actor, action person.Action, before Dispatch, d *Dispatch) error {
	if err := s.keep(ctx, tx, actor, action, before, d); err != nil || s.carrier == nil {
		return err
	}
	return s.carrier.Changed(ctx, tx, before, *d)
}

// keep stores a changed dispatch with its audit entry.
func (s *Service) keep(ctx context.Context, tx *database.Tx, actor person.Actor, action person.Action, before Dispatch, d *Dispatch) error {
	seq, err := s.seq(ctx, tx, d.LetterID)
	if err != nil {
		return err
	}
	d.object(before, tx.Now())
	d.Version, d.UpdatedAt, d.Seq = before.Version+1, tx.Now(), seq
	if err := update(ctx, tx, *d, before); err != nil {
		return err
	}
	return s.log.Record(ctx, tx, audit.Entry{
		Actor: actor.Identity(), Action: string(action), Kind: "dispatch", Object: d.ID,
		Before: traceOf(before), After: traceOf(*d),
	})
}

// note records a change of something that belongs to a dispatch, and tells the boards.
func (s *Service) note(ctx context.Context, tx *database.Tx, actor person.Actor, d Dispatch, action person.Action, kind string, object ident.ID,
	before, after any,
) error {
	seq, err := s.seq(ctx, tx, d.LetterID)
	if err != nil {
		return err
	}
	if err := touch(ctx, tx, d.ID, seq); err != nil {
		return err
	}
	return s.log.Record(ctx, tx, audit.Entry{
		Actor: actor.Identity(), Action: string(action), Kind: kind, Object: object, Before: before, After: after,
	})
}

// seq returns the letter's number of this transaction.
func (s *Service) seq(ctx context.Context, tx *database.Tx, letterID ident.ID) (int64, error) {
	taken := database.Local(tx, seqKey(letterID), func() *int64 { return new(int64) })
	if *taken > 0 {
		return *taken, nil
	}
	seq, err := nextSeq(ctx, tx, letterID)
	*taken = seq
	return seq, err
}

// seqKey is where a transaction remembers the number it took for a letter.
type seqKey ident.ID

// step moves the dispatch along its life cycle.
func (d *Dispatch) step(e Event) error {
	next, err := Lifecycle.Next(d.State, e)
	if err != nil {
		return fault.Conflict.With("cascade.fault.state").Because(err)
	}
	d.State = next
	return nil
}

// trace is what the audit log keeps of a dispatch: nothing about people, and no reasons, which may name some.
type trace struct {
	Letter   ident.ID `json:"letter"`
	Parent   ident.ID `json:"parent,omitempty"`
	Sender   ident.ID `json:"sender,omitempty"`
	Receiver ident.ID `json:"receiver"`
	State    State    `json:"state"`
	Arrival  string   `json:"arrival,omitempty"`
	Deadline string   `json:"deadline,omitempty"`
	Present  bool     `json:"presented,omitempty"`
	Under    ident.ID `json:"under,omitempty"`
	Asked    ident.ID `json:"asked,omitempty"`
	Replaced ident.ID `json:"replaced_by,omitempty"`
	Objected bool     `json:"objected,omitempty"`
	Grace    string   `json:"grace,omitempty"`
}

func traceOf(d Dispatch) trace {
	t := trace{
		Letter: d.LetterID, Parent: d.ParentID, Sender: d.SenderID, Receiver: d.ReceiverID, State: d.State, Present: !d.PresentedAt.IsZero(),
		Under: d.UnderID, Asked: d.Asked, Replaced: d.ReplacedBy, Objected: !d.ObjectedAt.IsZero(),
	}
	if d.ArrivalNumber > 0 {
		t.Arrival = fmt.Sprintf("%d/%d", d.ArrivalNumber, d.ArrivalYear)
	}
	if !d.Deadline.IsZero() {
		t.Deadline = string(clock.DayOf(d.Deadline.Time))
	}
	if !d.Grace.IsZero() {
		t.Grace = string(clock.DayOf(d.Grace.Time))
	}
	return t
}

// calendar returns the working days that deadlines are counted in.
func (s *Service) calendar(ctx context.Context) (*calendar.Calendar, error) {
	if s.days == nil {
		return builtinDays, nil
	}
	return s.days.Current(ctx)
}

// calendarIn is calendar inside a transaction.
func (s *Service) calendarIn(ctx context.Context, tx *database.Tx) (*calendar.Calendar, error) {
	if s.days == nil {
		return builtinDays, nil
	}
	return s.days.CurrentIn(ctx, tx)
}

var builtinDays = calendar.Builtin()
