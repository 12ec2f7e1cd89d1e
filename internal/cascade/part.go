package cascade

import (
	"context"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// FinishPart notes the part of a person as done, or open again, with the files that prove it; they may also follow.
func (s *Service) FinishPart(ctx context.Context, actor person.Actor, id ident.ID, done bool, note string, files ...FileInput) (Part, error) {
	part, err := loadPart(ctx, s.db, id)
	if err != nil {
		return Part{}, err
	}
	kept, err := s.keepFiles(ctx, actor, part.DispatchID, id, files)
	if err != nil {
		return Part{}, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		p, err := loadPart(ctx, tx, id)
		if err != nil {
			return err
		}
		var d Dispatch
		if p.Person != "" && p.Person == actor.ID { // whoever was given it says that it is done, whatever their role
			d, err = s.beginWork(ctx, tx, actor, p.DispatchID)
		} else {
			d, err = s.workOn(ctx, tx, actor, person.ActionCascadeWork, p.DispatchID)
		}
		if err != nil {
			return err
		}
		if err := s.attach(ctx, tx, actor, d, File{DispatchID: d.ID, Duty: p.Duty, Part: p.ID}, kept); err != nil {
			return err
		}
		before := p.Done()
		if part = p; done && before {
			return nil
		}
		var bad fault.Fields
		p.Note = lang.CleanLines(note)
		tooLong(&bad, "note", p.Note, maxReason)
		if err := bad.Err(); err != nil {
			return err
		}
		switch {
		case done && !before:
			p.DoneAt, p.DoneBy = tx.Now(), actor.ID
		case !done:
			p.DoneAt, p.DoneBy = clock.Time{}, ""
		}
		part = p
		if err := updatePart(ctx, tx, p); err != nil {
			return err
		}
		if before && !done && d.State == Completed && !d.Outside { // as with a whole duty
			if err := s.reopenDuty(ctx, tx, actor, d, p.Duty); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, actor, d, person.ActionCascadeWork, "duty_part", p.ID, map[string]any{"done": before}, map[string]any{"done": done})
	})
	return part, err
}

// Task is a part of a duty with what it is a part of.
type Task struct {
	Part
	Duty   Duty
	Letter letter.Letter // by which it came, without its source text
}

// Tasks returns the parts that somebody was given and has still to do, those with a deadline first.
func (s *Service) Tasks(ctx context.Context, actor person.Actor) ([]Task, error) {
	parts, err := openParts(ctx, s.db, actor.ID)
	if err != nil || len(parts) == 0 {
		return nil, err
	}
	tasks := make([]Task, 0, len(parts))
	papers := make([]ident.ID, 0, len(parts))
	for _, p := range parts {
		d, err := load(ctx, s.db, p.DispatchID)
		if err != nil {
			return nil, err
		}
		if d.takenOn() != nil { // taken back meanwhile, or asked back
			continue
		}
		duty, err := findDuty(ctx, s.db, p.DispatchID, p.Duty)
		if err != nil {
			return nil, err
		}
		tasks, papers = append(tasks, Task{Part: p, Duty: duty}), append(papers, d.PaperID())
	}
	letters, err := s.letters.LoadAll(ctx, s.db, papers)
	for i := range tasks {
		tasks[i].Letter = letters[papers[i]]
	}
	return tasks, err
}

// Colleagues are the people with an account in the unit that received a dispatch, to whom parts can be given.
func (s *Service) Colleagues(ctx context.Context, actor person.Actor, id ident.ID) ([]person.Person, error) {
	d, err := load(ctx, s.db, id)
	if err != nil {
		return nil, err
	}
	if err := d.MayHandle(actor, person.ActionCascadeAssign); err != nil {
		return nil, err
	}
	return s.people.Holders(ctx, s.db, d.ReceiverID, handlers...)
}

// handlers are the roles whose holders can be given a part.
var handlers = []person.Role{person.Leader, person.Clerk, person.Board}

// RemovePart takes back a part that nobody has begun.
func (s *Service) RemovePart(ctx context.Context, actor person.Actor, id ident.ID) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		p, err := loadPart(ctx, tx, id)
		if err != nil {
			return err
		}
		d, _, err := s.lockDuty(ctx, tx, p.DispatchID, p.Duty)
		if err != nil {
			return err
		}
		if err := d.MayHandle(actor, person.ActionCascadeAssign); err != nil {
			return err
		}
		ticks, err := listTicks(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		files, err := countFiles(ctx, tx, File{DispatchID: d.ID, Duty: p.Duty, Part: p.ID})
		if err != nil {
			return err
		}
		if p.Done() || files > 0 || slices.ContainsFunc(ticks, func(t Tick) bool { return t.Part == p.ID }) {
			return fault.Conflict.With("cascade.fault.partBegun")
		}
		if err := deletePart(ctx, tx, id); err != nil {
			return err
		}
		return s.note(ctx, tx, actor, d, person.ActionCascadeAssign, "duty_part", p.ID, partTrace(p), nil)
	})
}

// partTrace is what the log keeps of a part: no names.
func partTrace(p Part) map[string]any {
	return map[string]any{"dispatch": p.DispatchID, "duty": p.Duty, "leads": p.Leads, "quota": p.Quota, "deadline": p.Deadline}
}
