package cascade

import (
	"context"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// TickInput is something that was done for a duty.
type TickInput struct {
	ID       ident.ID // made by the client; repeating it changes nothing
	Dispatch ident.ID
	Duty     int
	Part     ident.ID   // of whose part, may be empty
	Count    int        // at least 1
	At       clock.Time // now when zero; of a duty that recurs, it says in which period
	Note     string
	Files    []FileInput // that prove it; they may also follow
}

// Tick records that something was done for a duty: pieces made, a meeting held, this Sunday's clean-up.
func (s *Service) Tick(ctx context.Context, actor person.Actor, in TickInput) (Tick, error) {
	now := clock.At(s.db.Clock().Now())
	t := Tick{
		ID: in.ID, DispatchID: in.Dispatch, Duty: in.Duty, Part: in.Part, Count: in.Count, At: in.At, Note: lang.CleanLines(in.Note), CreatedBy: actor.ID,
	}
	if t.At.IsZero() {
		t.At = now
	}
	if t.ID == "" {
		t.ID = s.ids.New()
	}
	var bad fault.Fields
	if t.Count < 1 || t.Count > maxQuota {
		bad.Add("count", "cascade.fault.count", "Limit", maxQuota)
	}
	if t.At.After(now.Time) {
		bad.Add("at", "cascade.fault.future")
	}
	tooLong(&bad, "note", t.Note, maxReason)
	if err := bad.Err(); err != nil {
		return Tick{}, err
	}
	kept, err := s.keepFiles(ctx, actor, in.Dispatch, "", in.Files)
	if err != nil {
		return Tick{}, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		d, err := s.workOn(ctx, tx, actor, person.ActionCascadeWork, in.Dispatch)
		if err != nil {
			return err
		}
		duty, err := findDuty(ctx, tx, d.ID, in.Duty)
		if err != nil {
			return err
		}
		first, err := firstSent(ctx, tx, d)
		if err != nil {
			return err
		}
		if t.At.Before(clock.DayOf(first.SentAt.Time).Start().Time) {
			return fault.Invalid.With("cascade.fault.beforeSent").At("at")
		}
		if t.Part != "" {
			p, err := loadPart(ctx, tx, t.Part)
			if err != nil {
				return err
			}
			if p.DispatchID != d.ID || p.Duty != duty.Number {
				return fault.Invalid.With("cascade.fault.part").At("part")
			}
		}
		t.CreatedAt, t.Period = tx.Now(), PeriodOf(duty.Every, t.At)
		fresh, err := insertTick(ctx, tx, t)
		if err != nil {
			return err
		}
		if !fresh {
			before, err := loadTick(ctx, tx, t.ID)
			if err != nil {
				return err
			}
			if before.DispatchID != t.DispatchID || before.CreatedBy != t.CreatedBy {
				return fault.Conflict.With("cascade.fault.idTaken")
			}
			t = before
		} else if err := s.note(ctx, tx, actor, d, person.ActionCascadeWork, "duty_tick", t.ID, nil,
			map[string]any{"dispatch": d.ID, "duty": t.Duty, "period": t.Period, "count": t.Count}); err != nil {
			return err
		}
		return s.attach(ctx, tx, actor, d, File{DispatchID: d.ID, Duty: t.Duty, Tick: t.ID}, kept)
	})
	if err != nil {
		return Tick{}, err
	}
	return t, nil
}

// RemoveTick takes back what was noted by mistake, and what was to prove it. Taking it back twice changes nothing.
func (s *Service) RemoveTick(ctx context.Context, actor person.Actor, dispatch, id ident.ID) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		d, err := s.workOn(ctx, tx, actor, person.ActionCascadeWork, dispatch)
		if err != nil {
			return err
		}
		ticks, err := listTicks(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(ticks, func(t Tick) bool { return t.ID == id })
		if i < 0 {
			return nil
		}
		t := ticks[i]
		files, err := countFiles(ctx, tx, File{DispatchID: d.ID, Duty: t.Duty, Tick: id})
		if err != nil {
			return err
		}
		if files > 0 {
			if err := d.unreported(); err != nil {
				return err
			}
		}
		if err := deleteTick(ctx, tx, id); err != nil {
			return err
		}
		return s.note(ctx, tx, actor, d, person.ActionCascadeWork, "duty_tick", t.ID, map[string]any{
			"dispatch": t.DispatchID, "duty": t.Duty, "period": t.Period, "count": t.Count, "files": files,
		}, nil)
	})
}
