package report

import (
	"context"
	"unicode/utf8"

	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/waste"
)

// OpenInput says for which clean-up a report is written.
type OpenInput struct {
	ID      ident.ID // of a new report
	Cleanup ident.ID
}

// Open returns the report of a clean-up and makes the draft when there is none. The clean-up decides: whoever opens
// it again, with whatever identifier and from whatever phone, finds the same report.
func (s *Service) Open(ctx context.Context, actor person.Actor, in OpenInput) (View, error) {
	var r Report
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		event, err := s.cleanups.Find(ctx, tx, in.Cleanup)
		if err != nil {
			return err
		}
		id := in.ID
		if id == "" {
			id = s.ids.New()
		}
		r = Report{
			ID: id, Cleanup: event.ID, Challenge: event.Challenge, Entrant: event.Entrant,
			State: Lifecycle.Start, CreatedBy: actor.Identity(),
		}
		sub, err := s.subject(ctx, tx, r)
		if err != nil {
			return err
		}
		if err := actor.Can(person.ActionReportWrite, sub.on()); err != nil {
			return err
		}
		found, err := list(ctx, tx, `cleanup_id = $1`, in.Cleanup)
		if err != nil {
			return err
		}
		if len(found) == 1 {
			r = found[0]
			return nil
		}
		if err := sub.checkOpen(); err != nil {
			return err
		}
		created, err := insert(ctx, tx, r)
		if err != nil {
			return err
		}
		if r, err = s.opened(ctx, tx, in.Cleanup); err != nil || !created {
			return err
		}
		return s.record(ctx, tx, actor, "report.open", r, nil, logged(r))
	})
	if err != nil {
		return View{}, err
	}
	return s.view(ctx, s.db, r)
}

// opened reads the report that the clean-up has after an attempt to insert one. There is none when the identifier
// belongs to another clean-up's report.
func (s *Service) opened(ctx context.Context, tx *database.Tx, cleanupID ident.ID) (Report, error) {
	found, err := list(ctx, tx, `cleanup_id = $1`, cleanupID)
	if err == nil && len(found) == 0 {
		return Report{}, fault.Conflict.With("report.fault.taken")
	}
	if err != nil {
		return Report{}, err
	}
	return found[0], nil
}

// checkOpen refuses a report of a clean-up that nobody announced or that does not take place.
func (sub subject) checkOpen() error {
	if sub.cleanup.State == cleanup.Draft || sub.cleanup.State == cleanup.Cancelled {
		return fault.Conflict.With("report.fault.noCleanup")
	}
	return sub.checkEntrant()
}

func (sub subject) checkEntrant() error {
	if sub.entrant.State != entrant.Approved {
		return fault.Conflict.With("report.fault.entrant")
	}
	return nil
}

// Changes are the inputs of a draft; what is nil stays as it is.
type Changes struct {
	Version       int64 // the version that the person saw; 0 writes over whatever is there
	Participants  *int64
	Minutes       *int64
	Weights       *waste.Weights
	Methods       *waste.Methods
	Note          *string
	HazardousNote *string
}

// Save keeps what is filled in so far. Nothing has to be complete, but what is there must make sense.
func (s *Service) Save(ctx context.Context, actor person.Actor, id ident.ID, in Changes) (Report, error) {
	return s.change(ctx, actor, person.ActionReportWrite, id, "", func(ctx context.Context, tx *database.Tx, sub subject) error {
		if err := sub.checkEditable(in.Version); err != nil {
			return err
		}
		after, f := in.apply(sub.Report)
		sub.rules().checkFigures(&f, after.Figures)
		if err := f.Err(); err != nil {
			return err
		}
		if after == sub.Report {
			return nil
		}
		if err := update(ctx, tx, sub.Report, after); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "report.save", after, logged(sub.Report), logged(after))
	})
}

// apply returns the report with the changes, and what is wrong with the texts.
func (in Changes) apply(r Report) (Report, fault.Fields) {
	var f fault.Fields
	set(&r.Figures.Participants, in.Participants)
	set(&r.Figures.Minutes, in.Minutes)
	set(&r.Figures.Weights, in.Weights)
	set(&r.Figures.Methods, in.Methods)
	for _, text := range []struct {
		field string
		to    *string
		from  *string
	}{{"note", &r.Note, in.Note}, {"hazardous_note", &r.HazardousNote, in.HazardousNote}} {
		if text.from == nil {
			continue
		}
		*text.to = lang.CleanLines(*text.from)
		if utf8.RuneCountInString(*text.to) > maxNote {
			f.Add(text.field, "report.fault.textLong", "Most", maxNote)
		}
	}
	return r, f
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// checkEditable refuses to change a report that is with the board, or one that somebody else changed meanwhile.
func (sub subject) checkEditable(version int64) error {
	if !sub.State.Editable() {
		return fault.Conflict.With("report.fault.notEditable")
	}
	if version != 0 && version != sub.Version {
		return fault.Conflict.With("report.fault.changed")
	}
	return nil
}

// SubmitInput sends a report in. Sending the same ID again does nothing more.
type SubmitInput struct {
	ID      ident.ID
	Report  ident.ID
	Version int64 // the version that the person saw, 0 for any
}

// Submit sends in a draft, or a report that was sent back. Everything that is missing or wrong is told at once.
func (s *Service) Submit(ctx context.Context, actor person.Actor, in SubmitInput) (Report, error) {
	return s.change(ctx, actor, person.ActionReportSubmit, in.Report, in.ID, func(ctx context.Context, tx *database.Tx, sub subject) error {
		if in.ID == "" && (sub.State == Submitted || sub.State == Resubmitted) {
			return nil
		}
		if err := sub.checkEntrant(); err != nil {
			return err
		}
		event := Submit
		if sub.State == SentBack {
			event = Resubmit
		}
		next, err := Lifecycle.Next(sub.State, event)
		if err != nil {
			return err
		}
		if err := sub.checkEditable(in.Version); err != nil {
			return err
		}
		missing, err := s.check(ctx, tx, sub)
		if err != nil {
			return err
		}
		if err := missing.Err(); err != nil {
			return err
		}
		after := sub.Report
		after.State, after.Figures, after.Adjusted = next, after.Figures.normal(), nil
		after.Reason, after.Deadline, after.Claim, after.SubmittedAt = "", clock.Time{}, Claim{}, tx.Now()
		step := Step{ID: in.ID, Event: event, Figures: after.Figures, Note: after.Note, HazardousNote: after.HazardousNote}
		if err := s.move(ctx, tx, actor, sub.Report, after, step); err != nil {
			return err
		}
		if event == Resubmit {
			return nil
		}
		return s.cleanups.Reported(ctx, tx, actor, sub.cleanup.ID)
	})
}

// Check tells what still keeps a report from being sent in; nothing when it can be.
func (s *Service) Check(ctx context.Context, actor person.Actor, id ident.ID) (fault.Fields, error) {
	sub, err := s.find(ctx, s.db, actor, person.ActionReportRead, id)
	if err != nil {
		return nil, err
	}
	return s.check(ctx, s.db, sub)
}

func (s *Service) check(ctx context.Context, q database.Querier, sub subject) (fault.Fields, error) {
	present, err := photosOf(ctx, q, sub.ID)
	if err != nil {
		return nil, err
	}
	missing, err := expectedOf(ctx, q, sub.ID)
	if err != nil {
		return nil, err
	}
	return sub.rules().Check(sub.Report, present, missing, s.now()), nil
}
