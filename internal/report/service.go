package report

import (
	"context"
	"unicode/utf8"

	"golang.org/x/sync/singleflight"

	"sachhon/internal/audit"
	"sachhon/internal/blob"
	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/imaging"
	"sachhon/internal/jobs"
	"sachhon/internal/lang"
	"sachhon/internal/notify"
	"sachhon/internal/person"
)

// Needs are the services that reports are built on.
type Needs struct {
	DB         *database.DB
	Log        *audit.Log
	Queue      *jobs.Queue
	IDs        *ident.Generator
	Challenges *challenge.Service
	Entrants   *entrant.Service
	Cleanups   *cleanup.Service
	Mail       *notify.Service
	Blobs      blob.Store
	Pictures   *imaging.Processor
}

// Service holds the use cases of reports and their review.
type Service struct {
	db         *database.DB
	log        *audit.Log
	queue      *jobs.Queue
	ids        *ident.Generator
	challenges *challenge.Service
	entrants   *entrant.Service
	cleanups   *cleanup.Service
	mail       *notify.Service
	blobs      blob.Store
	pictures   *imaging.Processor
	uploads    singleflight.Group
}

// NewService returns the service and registers its jobs with the queue.
func NewService(n Needs) *Service {
	s := &Service{
		db: n.DB, log: n.Log, queue: n.Queue, ids: n.IDs, challenges: n.Challenges, entrants: n.Entrants,
		cleanups: n.Cleanups, mail: n.Mail, blobs: n.Blobs, pictures: n.Pictures,
	}
	jobs.Handle(n.Queue, s.erase)
	return s
}

// subject is a report with everything that decides about it.
type subject struct {
	Report
	challenge challenge.Challenge
	entrant   entrant.Entrant
	cleanup   cleanup.Cleanup
}

func (s *Service) subject(ctx context.Context, q database.Querier, r Report) (sub subject, err error) {
	sub.Report = r
	if sub.cleanup, err = s.cleanups.Find(ctx, q, r.Cleanup); err != nil {
		return sub, err
	}
	if sub.entrant, err = s.entrants.Find(ctx, q, r.Entrant); err != nil {
		return sub, err
	}
	sub.challenge, err = s.challenges.Find(ctx, q, r.Challenge)
	return sub, err
}

// on is what permissions about the report are asked for.
func (sub subject) on() person.On {
	return person.On{Unit: sub.entrant.Unit, Organiser: sub.challenge.Organiser, Entrant: sub.entrant.ID}
}

func (sub subject) rules() Rules {
	division, _ := sub.challenge.Divisions.Find(sub.entrant.Division)
	return Rules{
		Parameters: sub.challenge.Parameters, MinParticipants: int64(division.MinParticipants),
		From: sub.cleanup.EndsAt, Due: sub.challenge.ReportDue(sub.cleanup.EndsAt),
	}
}

// permit asks for the action. To somebody who may not even read the report it does not exist.
func (sub subject) permit(actor person.Actor, action person.Action) error {
	err := actor.Can(action, sub.on())
	if err == nil || actor.Anonymous() || actor.Can(person.ActionReportRead, sub.on()) == nil {
		return err
	}
	return fault.NotFound.With("report.fault.none").Because(err)
}

// find reads a report for an action of the actor.
func (s *Service) find(ctx context.Context, q database.Querier, actor person.Actor, action person.Action, id ident.ID) (subject, error) {
	r, err := get(ctx, q, `id = $1`, id)
	if err != nil {
		return subject{}, err
	}
	sub, err := s.subject(ctx, q, r)
	if err != nil {
		return subject{}, err
	}
	return sub, sub.permit(actor, action)
}

// change runs f on the report while nobody else can write to it, and returns what became of it. When the step with
// the given identifier was made before, f is not run.
func (s *Service) change(ctx context.Context, actor person.Actor, action person.Action, id, step ident.ID,
	f func(context.Context, *database.Tx, subject) error,
) (Report, error) {
	var r Report
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		if r, err = lock(ctx, tx, id); err != nil {
			return err
		}
		sub, err := s.subject(ctx, tx, r)
		if err != nil {
			return err
		}
		if err := sub.permit(actor, action); err != nil {
			return err
		}
		if done, err := repeated(ctx, tx, id, step); done || err != nil {
			return err
		}
		if err := f(ctx, tx, sub); err != nil {
			return err
		}
		r, err = get(ctx, tx, `id = $1`, id)
		return err
	})
	return r, err
}

// repeated tells whether the report has the step already.
func repeated(ctx context.Context, q database.Querier, report, step ident.ID) (bool, error) {
	if step == "" {
		return false, nil
	}
	known, err := steps(ctx, q, `id = $1`, step)
	if err != nil || len(known) == 0 {
		return false, err
	}
	if known[0].Report != report {
		return false, fault.Conflict.With("")
	}
	return true, nil
}

// move writes what the event made of the report, with its entry in the history and in the log.
func (s *Service) move(ctx context.Context, tx *database.Tx, actor person.Actor, before, after Report, step Step) error {
	if err := update(ctx, tx, before, after); err != nil {
		return err
	}
	present, err := photosOf(ctx, tx, before.ID)
	if err != nil {
		return err
	}
	if step.ID == "" {
		step.ID = s.ids.New()
	}
	step.Report, step.Version, step.By = before.ID, before.Version+1, actor.Identity()
	step.Photos = make([]ident.ID, 0, len(present))
	for _, p := range present {
		step.Photos = append(step.Photos, p.ID)
	}
	if err := insertStep(ctx, tx, step); err != nil {
		return err
	}
	if err := s.notice(ctx, tx, after, step); err != nil {
		return err
	}
	return s.record(ctx, tx, actor, "report."+string(step.Event), before, logged(before), logged(after))
}

// entry is what the log keeps of a report: no texts, since people write names into them.
type entry struct {
	State    State    `json:"state"`
	Figures  Figures  `json:"figures"`
	Adjusted *Figures `json:"adjusted,omitempty"`
}

func logged(r Report) entry { return entry{State: r.State, Figures: r.Figures, Adjusted: r.Adjusted} }

func (s *Service) record(ctx context.Context, tx *database.Tx, actor person.Actor, action string, r Report, before, after any) error {
	return s.log.Record(ctx, tx, audit.Entry{
		Actor: actor.Identity(), Action: action, Kind: "report", Object: r.ID, Challenge: r.Challenge,
		Before: before, After: after,
	})
}

func (s *Service) now() clock.Time { return clock.At(s.db.Clock().Now()) }

// cleanReason prepares a reason and notes when it explains too little or too much.
func cleanReason(f *fault.Fields, reason string, needed bool) string {
	reason = lang.CleanLines(reason)
	n := utf8.RuneCountInString(reason)
	if needed && n < minReason {
		f.Add("reason", "report.fault.reasonShort", "Least", minReason)
	}
	if n > maxReason {
		f.Add("reason", "report.fault.textLong", "Most", maxReason)
	}
	return reason
}
