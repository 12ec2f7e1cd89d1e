package progress

import (
	"context"
	"errors"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// Refreshed says what became of a document that was written again.
type Refreshed struct {
	Report Report
	Letter letter.Letter
	Kept   int // blocks that people had written or changed, and that stay as they are
}

// Refresh counts again and rewrites the document of a draft. What people wrote or changed in it stays, unless all of it is
// to be replaced. version is that of the letter which the person saw.
func (s *Service) Refresh(ctx context.Context, actor person.Actor, id ident.ID, version int64, replace bool) (Refreshed, error) {
	r, err := loadReport(ctx, s.db, id)
	if err != nil {
		return Refreshed{}, err
	}
	if err := s.mayWrite(actor, person.ActionProgressDraft, r.Unit); err != nil {
		return Refreshed{}, err
	}
	if r.State != Draft {
		return Refreshed{}, fault.Conflict.With("progress.fault.sent")
	}
	l, err := s.letters.Load(ctx, s.db, id)
	if err != nil {
		return Refreshed{}, err
	}
	return s.rewrite(ctx, actor, r, r.Generated, l, version, replace)
}

// rewrite counts again and writes the document of a draft anew: l is its letter, before what was generated last, and version that of
// the letter which the person saw. Letter and report change together.
func (s *Service) rewrite(ctx context.Context, actor person.Actor, r Report, before letter.Document, l letter.Letter, version int64, replace bool) (Refreshed, error) {
	var about letter.Letter
	var err error
	if r.Letter != "" {
		if about, err = s.about(ctx, r); err != nil {
			return Refreshed{}, err
		}
	}
	if r.Figures, err = s.figures(ctx, r.Unit, r.Subject, r.Period); err != nil {
		return Refreshed{}, err
	}
	if r.Generated, err = s.write(ctx, r, about); err != nil {
		return Refreshed{}, err
	}
	out := Refreshed{}
	merged := r.Generated
	if !replace {
		merged, out.Kept = merge(before, *l.Document, r.Generated)
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if out.Letter, err = s.letters.RewriteIn(ctx, tx, actor, r.ID, version, merged); err != nil {
			return err
		}
		out.Report, err = s.changeIn(ctx, tx, actor, person.ActionProgressDraft, r.ID, func(_ *database.Tx, now *Report) error {
			if now.State != Draft {
				return fault.Conflict.With("progress.fault.sent")
			}
			now.Above, now.Due, now.Figures, now.Generated = r.Above, r.Due, r.Figures, r.Generated
			return nil
		})
		return err
	})
	if err != nil {
		return Refreshed{}, err
	}
	return out, nil
}

// change loads a report, lets f alter it and stores it with its audit entry. The caller asked permission.
func (s *Service) change(ctx context.Context, actor person.Actor, action person.Action, id ident.ID, f func(*database.Tx, *Report) error) (Report, error) {
	var r Report
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		r, err = s.changeIn(ctx, tx, actor, action, id, f)
		return err
	})
	if err != nil && !errors.Is(err, errUnchanged) {
		return Report{}, err
	}
	return r, nil
}

// changeIn is change in the caller's transaction.
func (s *Service) changeIn(ctx context.Context, tx *database.Tx, actor person.Actor, action person.Action, id ident.ID,
	f func(*database.Tx, *Report) error,
) (Report, error) {
	r, err := lockReport(ctx, tx, id)
	if err != nil {
		return Report{}, err
	}
	before := r
	if err := f(tx, &r); err != nil {
		return r, err
	}
	r.Version, r.UpdatedAt = before.Version+1, tx.Now()
	if err := updateReport(ctx, tx, r, before); err != nil {
		return r, err
	}
	return r, s.record(ctx, tx, actor, action, &before, r)
}

// trace is what the audit log keeps of a report: its figures in sum, and no words.
type trace struct {
	Unit     ident.ID  `json:"unit"`
	To       ident.ID  `json:"to"`
	Letter   ident.ID  `json:"letter,omitempty"`
	Round    Round     `json:"round"`
	From     clock.Day `json:"from"`
	Until    clock.Day `json:"until"`
	Due      clock.Day `json:"due,omitempty"`
	State    State     `json:"state"`
	Entrants int64     `json:"entrants"`
	Valid    int64     `json:"valid"`
	Grams    int64     `json:"grams"`
}

func traceOf(r Report) trace {
	t := r.Figures.Total
	return trace{r.Unit, r.Above, r.Letter, r.Round, r.From, r.To, r.Due, r.State, t.Entrants(), t.Valid, t.Waste.Total()}
}

func (s *Service) record(ctx context.Context, tx *database.Tx, actor person.Actor, action person.Action, before *Report, after Report) error {
	e := audit.Entry{
		Actor: actor.Identity(), Action: string(action), Kind: "progress_report", Object: after.ID, Challenge: after.Challenge, After: traceOf(after),
	}
	if before != nil {
		e.Before = traceOf(*before)
	}
	return s.log.Record(ctx, tx, e)
}
