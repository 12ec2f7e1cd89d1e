package report

import (
	"context"
	"slices"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// claimFor is how long a reviewer's soft lock lasts; opening the report again renews it.
const claimFor = 20 * time.Minute

// longestDeadline is how far away a deadline for mending may be.
const longestDeadline = 60 * 24 * time.Hour

// barred tells why the actor must not decide about the report, nil when there is no conflict of interest: nobody
// reviews an entrant that they represent or that belongs to their own home unit, nor what they wrote themselves.
func (sub subject) barred(actor person.Actor, history []Step) error {
	switch {
	case slices.Contains(actor.Represents, sub.entrant.ID):
		return fault.Forbidden.With("report.fault.ownEntrant")
	case actor.HomeUnit != "" && actor.HomeUnit == sub.entrant.Unit:
		return fault.Forbidden.With("report.fault.ownUnit")
	case actor.ID == "":
		return nil
	case sub.CreatedBy == actor.ID:
		return fault.Forbidden.With("report.fault.ownReport")
	}
	for _, step := range history {
		switch step.Event {
		case Submit, Resubmit:
			if step.By == actor.ID {
				return fault.Forbidden.With("report.fault.ownReport")
			}
		case Reject:
			if sub.State == Appealed && step.By == actor.ID {
				return fault.Forbidden.With("report.fault.sameReviewer")
			}
		}
	}
	return nil
}

// MayReview returns nil when the actor may decide about the report, otherwise why not: permission, a conflict of
// interest, or that another reviewer is at it.
func (s *Service) MayReview(ctx context.Context, actor person.Actor, id ident.ID) error {
	sub, err := s.find(ctx, s.db, actor, person.ActionReviewDecide, id)
	if err != nil {
		return err
	}
	return s.mayReview(ctx, s.db, actor, sub)
}

func (s *Service) mayReview(ctx context.Context, q database.Querier, actor person.Actor, sub subject) error {
	history, err := steps(ctx, q, `report_id = $1`, sub.ID)
	if err != nil {
		return err
	}
	if err := sub.barred(actor, history); err != nil {
		return err
	}
	if sub.Claim.Held(actor.Identity(), s.now()) {
		return fault.Conflict.With("report.fault.claimed", "Until", sub.Claim.Until)
	}
	return nil
}

// Claim takes the soft lock: for a while no other reviewer can decide about the report.
func (s *Service) Claim(ctx context.Context, actor person.Actor, id ident.ID) (Report, error) {
	return s.change(ctx, actor, person.ActionReviewDecide, id, "", func(ctx context.Context, tx *database.Tx, sub subject) error {
		if err := s.mayReview(ctx, tx, actor, sub); err != nil {
			return err
		}
		if !sub.State.Awaiting() && !sub.Overdue(tx.Now()) {
			return fault.Conflict.With("report.fault.notAwaiting")
		}
		if err := setClaim(ctx, tx, id, Claim{By: actor.Identity(), Until: tx.Now().Add(claimFor)}); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "report.claim", sub.Report, nil, nil)
	})
}

// Release gives the soft lock back; without one it does nothing.
func (s *Service) Release(ctx context.Context, actor person.Actor, id ident.ID) (Report, error) {
	return s.change(ctx, actor, person.ActionReviewDecide, id, "", func(ctx context.Context, tx *database.Tx, sub subject) error {
		if sub.Claim.By != actor.Identity() {
			return nil
		}
		if err := setClaim(ctx, tx, id, Claim{}); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "report.release", sub.Report, nil, nil)
	})
}

// Verdict is what a reviewer decides.
type Verdict string

// The verdicts. On an appeal, Confirm grants it and Refuse dismisses it.
const (
	Confirm Verdict = "valid"
	Mend    Verdict = "sent_back"
	Refuse  Verdict = "invalid"
)

// event returns what the verdict does to a report in the state.
func (v Verdict) event(state State) Event {
	switch {
	case v == Confirm && state == Appealed:
		return Grant
	case v == Refuse && state == Appealed:
		return Dismiss
	case v == Confirm:
		return Accept
	case v == Refuse:
		return Reject
	}
	return SendBack
}

// DecideInput is a decision. Sending the same ID again does nothing more.
type DecideInput struct {
	ID       ident.ID
	Report   ident.ID
	Version  int64 // the version that the reviewer saw
	Verdict  Verdict
	Reason   string     // for everything but Confirm
	Deadline clock.Time // of Mend; zero is the challenge's usual time
}

// Decide makes a reviewer's decision. The team is told once.
func (s *Service) Decide(ctx context.Context, actor person.Actor, in DecideInput) (Report, error) {
	if in.Verdict != Confirm && in.Verdict != Mend && in.Verdict != Refuse {
		return Report{}, fault.Invalid.With("report.fault.verdict").At("verdict")
	}
	return s.change(ctx, actor, person.ActionReviewDecide, in.Report, in.ID, func(ctx context.Context, tx *database.Tx, sub subject) error {
		if err := s.mayReview(ctx, tx, actor, sub); err != nil {
			return err
		}
		event := in.Verdict.event(sub.State)
		next, err := Lifecycle.Next(sub.State, event)
		if err != nil {
			return err
		}
		if in.Version != sub.Version {
			return fault.Conflict.With("report.fault.changed")
		}
		if event == Reject && sub.State == SentBack && !sub.Overdue(tx.Now()) {
			return fault.Conflict.With("report.fault.stillTime", "At", sub.Deadline)
		}
		var f fault.Fields
		after := sub.Report
		after.State, after.Claim, after.DecidedBy, after.DecidedAt = next, Claim{}, actor.Identity(), tx.Now()
		after.Reason, after.Deadline = cleanReason(&f, in.Reason, in.Verdict != Confirm), clock.Time{}
		if event == SendBack {
			after.Deadline = sub.mendBy(&f, in.Deadline, tx.Now())
			if sub.State != SentBack {
				after.SendBacks++
			}
		}
		if err := f.Err(); err != nil {
			return err
		}
		step := Step{
			ID: in.ID, Event: event, Figures: after.Effective(), Note: after.Note,
			HazardousNote: after.HazardousNote, Reason: after.Reason, Deadline: after.Deadline,
		}
		return s.move(ctx, tx, actor, sub.Report, after, step)
	})
}

// mendBy returns the deadline for mending and notes one that makes no sense.
func (sub subject) mendBy(f *fault.Fields, deadline, now clock.Time) clock.Time {
	if deadline.IsZero() {
		deadline = now.Add(sub.challenge.Parameters.FixWithin())
	}
	if !deadline.After(now.Time) || deadline.After(now.Add(longestDeadline).Time) {
		f.Add("deadline", "report.fault.deadline", "Days", int(longestDeadline.Hours()/24))
	}
	return deadline
}

// AdjustInput corrects figures. Sending the same ID again does nothing more.
type AdjustInput struct {
	ID      ident.ID
	Report  ident.ID
	Version int64 // the version that the reviewer saw
	Figures Figures
	Reason  string
}

// Adjust puts corrected figures beside those that were sent in; from then on the corrected ones count.
func (s *Service) Adjust(ctx context.Context, actor person.Actor, in AdjustInput) (Report, error) {
	return s.change(ctx, actor, person.ActionReviewDecide, in.Report, in.ID, func(ctx context.Context, tx *database.Tx, sub subject) error {
		if err := s.mayReview(ctx, tx, actor, sub); err != nil {
			return err
		}
		if _, err := Lifecycle.Next(sub.State, Adjust); err != nil {
			return err
		}
		if in.Version != sub.Version {
			return fault.Conflict.With("report.fault.changed")
		}
		var f fault.Fields
		figures := in.Figures.normal()
		sub.rules().checkFigures(&f, figures)
		checkMethods(&f, figures)
		if figures == sub.Effective() {
			f.Add("weights", "report.fault.sameFigures")
		}
		after := sub.Report
		after.Adjusted, after.Reason = &figures, cleanReason(&f, in.Reason, true)
		if err := f.Err(); err != nil {
			return err
		}
		step := Step{
			ID: in.ID, Event: Adjust, Figures: figures, Note: after.Note,
			HazardousNote: after.HazardousNote, Reason: after.Reason,
		}
		return s.move(ctx, tx, actor, sub.Report, after, step)
	})
}

// AppealInput asks for another reviewer. Sending the same ID again does nothing more.
type AppealInput struct {
	ID     ident.ID
	Report ident.ID
	Reason string
}

// Appeal lets the entrant object, once, to a report being found invalid, as long as no results are published.
func (s *Service) Appeal(ctx context.Context, actor person.Actor, in AppealInput) (Report, error) {
	return s.change(ctx, actor, person.ActionReportAppeal, in.Report, in.ID, func(ctx context.Context, tx *database.Tx, sub subject) error {
		next, err := Lifecycle.Next(sub.State, Appeal)
		if err != nil {
			return err
		}
		if !sub.challenge.PublishedAt.IsZero() {
			return fault.Conflict.With("report.fault.published")
		}
		var f fault.Fields
		after := sub.Report
		after.State, after.Reason = next, cleanReason(&f, in.Reason, true)
		if err := f.Err(); err != nil {
			return err
		}
		step := Step{
			ID: in.ID, Event: Appeal, Figures: after.Effective(), Note: after.Note,
			HazardousNote: after.HazardousNote, Reason: after.Reason,
		}
		return s.move(ctx, tx, actor, sub.Report, after, step)
	})
}
