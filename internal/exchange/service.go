package exchange

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"sachhon/internal/audit"
	"sachhon/internal/blob"
	"sachhon/internal/cascade"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/jobs"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/unit"
)

// Service exchanges packages.
type Service struct {
	db       *database.DB
	log      *audit.Log
	queue    *jobs.Queue
	ids      *ident.Generator
	blobs    blob.Store
	units    *unit.Service
	letters  *letter.Service
	cascade  *cascade.Service
	progress *progress.Service // nil sends no reports up
	limits   edxml.Limits
	partners map[string]Partner
	ways     map[string]Transport
}

// Needs is what the service works with.
type Needs struct {
	DB       *database.DB
	Log      *audit.Log
	Queue    *jobs.Queue
	IDs      *ident.Generator
	Blobs    blob.Store
	Units    *unit.Service
	Letters  *letter.Service
	Cascade  *cascade.Service
	Progress *progress.Service // may be nil
	Config   Config
	Partners []Partner
	Ways     map[string]Transport // by partner; one without a way only posts to us
}

// NewService returns the service, registers its jobs with the queue and becomes what carries dispatches and reports outside.
func NewService(n Needs) *Service {
	s := &Service{
		db: n.DB, log: n.Log, queue: n.Queue, ids: n.IDs, blobs: n.Blobs, units: n.Units, letters: n.Letters, cascade: n.Cascade, progress: n.Progress,
		limits: edxml.Limits{Bytes: n.Config.MaxBytes()}, partners: map[string]Partner{}, ways: n.Ways,
	}
	for _, p := range n.Partners {
		s.partners[p.ID] = p
	}
	jobs.Handle(n.Queue, s.send)
	jobs.Handle(n.Queue, s.take)
	jobs.Handle(n.Queue, s.fetch)
	if len(s.ways) > 0 {
		n.Queue.Every("exchange.fetch", max(n.Config.Every, minEvery), fetchJob{})
	}
	n.Cascade.CarryWith(s)
	if n.Progress != nil {
		n.Progress.CarryWith(s)
	}
	return s
}

// Partners lists the partners by their ID, without what must not be shown: their secrets print as such.
func (s *Service) Partners() []Partner {
	var list []Partner
	for _, id := range slices.Sorted(maps.Keys(s.partners)) {
		list = append(list, s.partners[id])
	}
	return list
}

// Partner returns a partner that may post to us, when it shows its secret. The comparison takes as long for an unknown one.
func (s *Service) Partner(id, secret string) (Partner, bool) {
	p := s.partners[strings.ToLower(id)]
	return p, p.Accepts.Is(secret)
}

// MaxBytes is the size of the largest package that is read.
func (s *Service) MaxBytes() int { return s.limits.Bytes }

// sendJob builds a package where needed and hands it to its partner.
type sendJob struct {
	Message ident.ID `json:"message"`
}

// Kind implements jobs.Args.
func (sendJob) Kind() string { return "exchange.send" }

// takeJob deals with a package that came.
type takeJob struct {
	Message ident.ID `json:"message"`
}

// Kind implements jobs.Args.
func (takeJob) Kind() string { return "exchange.take" }

// fetchJob asks all partners for what waits there.
type fetchJob struct{}

// Kind implements jobs.Args.
func (fetchJob) Kind() string { return "exchange.fetch" }

// again inserts the job that does what a message waits for.
func (s *Service) again(ctx context.Context, tx *database.Tx, m Message) error {
	if m.Direction == Out {
		return s.queue.Insert(ctx, tx, sendJob{m.ID})
	}
	return s.queue.Insert(ctx, tx, takeJob{m.ID})
}

// settle ends a try of a message: done when err is nil, given up when trying again is of no use or was tried enough,
// otherwise noted and returned, so that the queue tries it again later.
func (s *Service) settle(ctx context.Context, id ident.ID, err error, alter func(*Message)) error {
	final := isFinal(err)
	txErr := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		m, loadErr := lock(ctx, tx, id)
		if loadErr != nil || m.State != Waiting {
			return loadErr
		}
		m.Tries, m.UpdatedAt, m.Version = m.Tries+1, tx.Now(), m.Version+1
		m.ErrorKey, m.ErrorArgs, m.Code = "", database.JSON[map[string]any]{}, OK
		if err != nil {
			m.explain(err)
		}
		if alter != nil {
			alter(&m)
		}
		if err != nil && !final && m.Tries < jobs.DefaultAttempts {
			return update(ctx, tx, m)
		}
		event := Finish
		if err != nil {
			event = GiveUp
		}
		var stepErr error
		if m.State, stepErr = Lifecycle.Next(m.State, event); stepErr != nil {
			return stepErr
		}
		m.EndedAt = tx.Now()
		if err := update(ctx, tx, m); err != nil {
			return err
		}
		return s.record(ctx, tx, person.SystemActor, actionCarry, m)
	})
	switch {
	case txErr != nil:
		return txErr
	case err != nil && final:
		return jobs.Cancel(err)
	}
	return err
}

// isFinal tells whether an error stays what it is: a fault of the content, or a partner's refusal.
func isFinal(err error) bool {
	if r, ok := errors.AsType[*Refusal](err); ok {
		return r.Code.Final()
	}
	kind := fault.KindOf(err)
	return kind != "" && kind != fault.Unavailable && kind != fault.Interrupted
}

// explain keeps why a try failed, as a message key with arguments.
func (m *Message) explain(err error) {
	if r, ok := errors.AsType[*Refusal](err); ok {
		m.ErrorKey, m.Code = "exchange.error.refused", r.Code
		m.ErrorArgs.V = map[string]any{"Text": cut(r.Text)}
		return
	}
	if f, ok := errors.AsType[*fault.Error](err); ok {
		m.ErrorKey, m.ErrorArgs.V = f.Key, map[string]any{}
		key, args := f.Key, f.Args
		if len(f.Fields) > 0 {
			key, args = f.Fields[0].Key, f.Fields[0].Args
		}
		m.ErrorKey = key
		for i := 0; i+1 < len(args); i += 2 {
			if name, ok := args[i].(string); ok {
				m.ErrorArgs.V[name] = args[i+1]
			}
		}
		return
	}
	m.ErrorKey, m.ErrorArgs.V = "exchange.error.transport", map[string]any{"Text": cut(err.Error())}
}

func cut(s string) string {
	if runes := []rune(s); len(runes) > 500 {
		return string(runes[:500]) + "…"
	}
	return s
}

const (
	actionCarry  = "exchange.carry" // the installation itself: accepted, sent, dealt with, given up
	actionAccept = "exchange.accept"
)

// trace is what the audit log keeps of a message: nothing about people.
type trace struct {
	Direction Direction        `json:"direction"`
	Kind      Kind             `json:"kind"`
	State     State            `json:"state"`
	Partner   string           `json:"partner"`
	Document  edxml.DocumentID `json:"document,omitempty"`
	About     edxml.DocumentID `json:"about,omitempty"`
	Business  edxml.Business   `json:"business,omitempty"`
	Status    edxml.Status     `json:"status,omitempty"`
	File      string           `json:"file,omitempty"`
}

func (s *Service) record(ctx context.Context, tx *database.Tx, actor person.Actor, action string, m Message) error {
	return s.log.Record(ctx, tx, audit.Entry{
		Actor: actor.Identity(), Action: action, Kind: "exchange_message", Object: m.ID,
		After: trace{
			m.Direction, m.Kind, m.State, m.Partner, edxml.DocumentID(cut(string(m.DocumentID))), edxml.DocumentID(cut(string(m.About))),
			edxml.Business(cut(string(m.Business))), edxml.Status(cut(string(m.Status))), m.FileKey,
		},
	})
}
