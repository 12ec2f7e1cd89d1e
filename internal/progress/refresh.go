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
	var about letter.Letter
	if r.Letter != "" {
		if about, err = s.about(ctx, r); err != nil {
			return Refreshed{}, err
		}
	}
	before := r
	if r.Figures, err = s.figures(ctx, r.Unit, r.Subject, r.Period); err != nil {
		return Refreshed{}, err
	}
	fresh, err := s.write(ctx, r, about)
	if err != nil {
		return Refreshed{}, err
	}
	out := Refreshed{}
	merged := fresh
	if !replace {
		merged, out.Kept = merge(before.Generated, *l.Document, fresh)
	}
	r.Generated = fresh
	if out.Letter, err = s.letters.Rewrite(ctx, actor, id, version, merged); err != nil {
		return Refreshed{}, err
	}
	if out.Report, err = s.change(ctx, actor, person.ActionProgressDraft, id, func(_ *database.Tx, now *Report) error {
		if now.State != Draft {
			return fault.Conflict.With("progress.fault.sent")
		}
		now.Figures, now.Generated = r.Figures, r.Generated
		return nil
	}); err != nil {
		return Refreshed{}, err
	}
	return out, nil
}

// change loads a report, lets f alter it and stores it with its audit entry. The caller asked permission.
func (s *Service) change(ctx context.Context, actor person.Actor, action person.Action, id ident.ID, f func(*database.Tx, *Report) error) (Report, error) {
	var r Report
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		if r, err = lockReport(ctx, tx, id); err != nil {
			return err
		}
		before := r
		if err := f(tx, &r); err != nil {
			return err
		}
		r.Version, r.UpdatedAt = before.Version+1, tx.Now()
		if err := updateReport(ctx, tx, r, before); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, action, &before, r)
	})
	if err != nil && !errors.Is(err, errUnchanged) {
		return Report{}, err
	}
	return r, nil
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
