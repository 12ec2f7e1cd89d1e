package cascade

import (
	"context"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// Stood is a dispatch as it stood at a moment, with what its receiver was late with then.
type Stood struct {
	Followed
	Late []Late
}

// DutyDone tells whether a duty was done: one outside has done all of them when it says that it is done with the letter.
func (s Stood) DutyDone(d Duty) bool { return d.Done() || s.Outside && s.State == Completed }

// AsOf returns the dispatch as it stood at a moment; false when it was not sent yet. Each step is kept with its time, so that
// the state follows from those that were made. An instruction given later is not known; one that was changed later counts as it
// reads today, since only the last one is kept.
func (d Dispatch) AsOf(at clock.Time) (Dispatch, bool) {
	if d.SentAt.After(at.Time) {
		return d, false
	}
	if d.ReceiptAt.After(at.Time) {
		d.ReceiptAt = clock.Time{}
	}
	undone := false
	for _, step := range []*clock.Time{&d.ArrivedAt, &d.ReceivedAt, &d.PresentedAt, &d.AssignedAt, &d.StartedAt, &d.EndedAt} {
		if step.After(at.Time) {
			*step, undone = clock.Time{}, true
		}
	}
	if !undone {
		return d, true
	}
	if d.ReceivedAt.IsZero() {
		d.ArrivalYear, d.ArrivalNumber = 0, 0
	}
	if d.AssignedAt.IsZero() {
		d.Instruction = Instruction{}
	}
	if !d.EndedAt.IsZero() {
		return d, true
	}
	d.Outcome, d.ReplacedBy = "", ""
	switch {
	case !d.StartedAt.IsZero():
		d.State = InProgress
	case !d.AssignedAt.IsZero():
		d.State = Assigned
	case !d.ReceivedAt.IsZero():
		d.State = Received
	case !d.ArrivedAt.IsZero():
		d.State = Arrived
	default:
		d.State = Sent
	}
	return d, true
}

// StoodAt returns the dispatches of a letter as they stood at a moment that is not to come, those sent first before those passed
// on, to a domain that asks for permission itself. What was done counts by the time for which it is noted, however late somebody
// noted it. Not kept, and so taken as it is today: the patience of the sender, a part or a proof that was taken back, a duty
// that was done and opened again, and whether somebody was asked to give the letter back who has answered since.
func (s *Service) StoodAt(ctx context.Context, q database.Querier, letterID ident.ID, at clock.Time) ([]Stood, error) {
	today, err := loadByLetter(ctx, q, letterID)
	if err != nil || len(today) == 0 {
		return nil, err
	}
	changes, err := changesOf(ctx, q, letterID)
	if err != nil {
		return nil, err
	}
	reopenings, err := listAllReopenings(ctx, q, letterID)
	if err != nil {
		return nil, err
	}
	all, holder := standingAt(today, changes, reopenings, at)
	duties, err := s.dutiesAt(ctx, q, letterID, all, holder, at)
	if err != nil {
		return nil, err
	}
	sums, err := sumPublicity(ctx, q, letterID, 0)
	if err != nil {
		return nil, err
	}
	first := map[ident.ID]clock.Time{}
	for id, sum := range summaries(sums) {
		if !sum.First.After(at.Time) {
			first[holder.of(id)] = sum.First
		}
	}
	days, err := s.calendar(ctx)
	if err != nil {
		return nil, err
	}
	patience, err := s.patience(ctx, q, letterID)
	if err != nil {
		return nil, err
	}
	dues := dueCache{waits{days, patience(letterID)}, map[dueKey]clock.Time{}}
	out := make([]Stood, len(all))
	replaced := map[ident.ID]bool{}
	for i := range today {
		if today[i].State == Replaced {
			replaced[today[i].ID] = true
		}
	}
	for i, d := range all {
		p := publicising(d, duties[d.ID], first[d.ID])
		out[i] = Stood{Followed: Followed{d, p, duties[d.ID]}}
		if !replaced[d.ID] { // what was done before belongs to the letter that took its place: nobody is called late without it
			out[i].Late = overdue(dues.of(d, p, dutyBy(duties[d.ID])), at)
		}
	}
	return out, nil
}

// holders name the dispatch that stood at the moment for the one that has its work today: what a unit did belongs to the
// dispatch with which it got the letter last.
type holders map[ident.ID]ident.ID

func (h holders) of(id ident.ID) ident.ID {
	if then, ok := h[id]; ok {
		return then
	}
	return id
}

// standingAt returns the dispatches that stood at the moment: of a unit that got the letter again, the one that it had then.
func standingAt(today []Dispatch, changes []Change, reopenings []Reopening, at clock.Time) ([]Dispatch, holders) {
	by := make(map[ident.ID]*Dispatch, len(today))
	for i := range today {
		by[today[i].ID] = &today[i]
	}
	holder := holders{}
	all := make([]Dispatch, 0, len(today))
	for i := range today {
		d := &today[i]
		then, sent := d.AsOf(at)
		if again, ok := by[d.AgainID]; !sent || ok && !again.SentAt.After(at.Time) {
			continue
		}
		last := d
		for last.AgainID != "" {
			last = by[last.AgainID]
		}
		if last.ID != d.ID {
			holder[last.ID] = d.ID
		}
		then = gracedThen(completedThen(then, reopenings, at), reopenings, at)
		then.AgainID = ""
		if d.Asked != "" && slices.ContainsFunc(changes, func(c Change) bool { return c.ID == d.Asked && c.MadeAt.After(at.Time) }) {
			then.Asked, then.AskedKind = "", ""
		}
		all = append(all, then)
	}
	for i, d := range all {
		all[i].ParentID = holder.of(d.ParentID)
	}
	return all, holder
}

// dutiesAt returns the duties of the dispatches by dispatch, with what had been done of them at the moment.
func (s *Service) dutiesAt(ctx context.Context, q database.Querier, letterID ident.ID, all []Dispatch, holder holders, at clock.Time,
) (map[ident.ID][]Duty, error) {
	stood := make(map[ident.ID]bool, len(all))
	for _, d := range all {
		stood[d.ID] = true
	}
	for _, then := range holder {
		stood[then] = false // its own rows gave way to those of the one that came after
	}
	rows, err := loadAllDuties(ctx, q, letterID)
	if err != nil {
		return nil, err
	}
	duties := make([]Duty, 0, len(rows))
	for _, d := range rows {
		_, heir := holder[d.DispatchID]
		if !heir && !stood[d.DispatchID] {
			continue
		}
		d.DispatchID = holder.of(d.DispatchID)
		if d.DoneAt.After(at.Time) {
			d.DoneAt, d.DoneBy, d.Note = clock.Time{}, "", ""
		}
		duties = append(duties, d)
	}
	if !slices.ContainsFunc(duties, Duty.measured) {
		return dutiesOf(duties, nil), nil
	}
	n, err := s.notedAt(ctx, q, letterID, noted{dispatches: all, duties: duties}, holder, at)
	if err != nil {
		return nil, err
	}
	parts := n.parts
	n, err = s.withOwn(ctx, q, letterID, n, func(ctx context.Context, q database.Querier, own ident.ID) (noted, error) {
		return s.ownAt(ctx, q, own, at)
	})
	if err != nil {
		return nil, err
	}
	f := n.forest(at)
	for i, d := range duties {
		if d.measured() {
			duties[i].Progress = f.progress(dutyKey{d.DispatchID, d.Number})
		}
	}
	return dutiesOf(duties, parts), nil
}

// notedAt adds to the dispatches and duties of a letter as they stood what was noted of them by then.
func (s *Service) notedAt(ctx context.Context, q database.Querier, letterID ident.ID, n noted, holder holders, at clock.Time) (noted, error) {
	parts, err := listAllParts(ctx, q, letterID)
	if err != nil {
		return n, err
	}
	n.parts = slices.DeleteFunc(parts, func(p Part) bool { return p.CreatedAt.After(at.Time) })
	for i, p := range n.parts {
		n.parts[i].DispatchID = holder.of(p.DispatchID)
		if p.DoneAt.After(at.Time) {
			n.parts[i].DoneAt = clock.Time{}
		}
	}
	if n.ticks, err = sumTicks(ctx, q, letterID, at); err != nil {
		return n, err
	}
	for i, t := range n.ticks {
		n.ticks[i].DispatchID = holder.of(t.DispatchID)
	}
	records, err := listDutyRecords(ctx, q, letterID)
	if err != nil {
		return n, err
	}
	n.records = slices.DeleteFunc(records, func(r dutyRecord) bool { return r.At.After(at.Time) })
	for i, r := range n.records {
		n.records[i].DispatchID = holder.of(r.DispatchID)
	}
	return n, nil
}

// ownAt is what had been noted by a moment of a letter that carries out another one.
func (s *Service) ownAt(ctx context.Context, q database.Querier, letterID ident.ID, at clock.Time) (noted, error) {
	today, err := loadByLetter(ctx, q, letterID)
	if err != nil {
		return noted{}, err
	}
	var n noted
	for _, d := range today {
		if then, sent := d.AsOf(at); sent {
			n.dispatches = append(n.dispatches, then)
		}
	}
	rows, err := loadAllDuties(ctx, q, letterID)
	if err != nil {
		return noted{}, err
	}
	for _, d := range rows {
		if d.DoneAt.After(at.Time) {
			d.DoneAt = clock.Time{}
		}
		n.duties = append(n.duties, d)
	}
	return s.notedAt(ctx, q, letterID, n, holders{}, at)
}
