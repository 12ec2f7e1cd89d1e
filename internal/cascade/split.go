package cascade

import (
	"context"
	"fmt"
	"slices"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

const (
	maxParts = 200
	maxQuota = 1_000_000
)

// SplitInput is how a unit divides one duty among its people and the units that answer to it. Sending it again with the
// same identifiers does no harm; a later one adds to what there is.
type SplitInput struct {
	Dispatch ident.ID
	Duty     int
	People   []PersonPart
	Units    []UnitPart
	Under    ident.ID // the unit's own letter with which units get it, may be empty
	Words    string   // to the units
}

// PersonPart is what one person is to do: somebody who holds a role in the unit, or a name.
type PersonPart struct {
	ID       ident.ID // made by the client
	Person   ident.ID
	Name     string
	Leads    bool
	Text     string
	Deadline clock.Time
	Quota    int
}

// UnitPart is what a unit below is to do. It becomes a duty of the dispatch by which the letter was passed on to it, which
// is made if there is none.
type UnitPart struct {
	Unit     ident.ID
	Text     string // instead of the duty's, may be empty
	Deadline clock.Time
	Quota    int
}

// Split divides a duty.
func (s *Service) Split(ctx context.Context, actor person.Actor, in SplitInput) (SendResult, error) {
	d, err := load(ctx, s.db, in.Dispatch)
	if err != nil {
		return SendResult{}, err
	}
	if len(in.People) > 0 || len(in.Units) == 0 {
		if err := d.MayHandle(actor, person.ActionCascadeAssign); err != nil {
			return SendResult{}, err
		}
	}
	if len(in.Units) > 0 {
		if err := actor.Can(person.ActionCascadeSend, person.On{Unit: d.ReceiverID}); err != nil {
			return SendResult{}, err
		}
	}
	if err := in.check(clock.At(s.db.Clock().Now())); err != nil {
		return SendResult{}, err
	}
	if err := s.splitPeople(ctx, actor, in); err != nil || len(in.Units) == 0 {
		return SendResult{}, err
	}
	forward := ForwardInput{Dispatch: in.Dispatch, Under: in.Under, Words: in.Words}
	for _, u := range in.Units {
		forward.To.Units = append(forward.To.Units, u.Unit)
		forward.Parts = append(forward.Parts, DutyPart{Unit: u.Unit, Duty: in.Duty, Text: u.Text, Deadline: u.Deadline, Quota: u.Quota})
	}
	return s.Forward(ctx, actor, forward)
}

func (in SplitInput) check(now clock.Time) error {
	var bad fault.Fields
	if len(in.People)+len(in.Units) == 0 {
		bad.Add("people", "cascade.fault.nobodySplit")
	}
	if len(in.People) > maxParts {
		bad.Add("people", "cascade.fault.tooMany", "Limit", maxParts)
	}
	leads := 0
	for i, p := range in.People {
		at := fmt.Sprintf("people.%d", i)
		if lang.Clean(p.Name) == "" && p.Person == "" {
			bad.Add(at, "cascade.fault.nameMissing")
		}
		if p.Leads {
			leads++
		}
		tooLong(&bad, at, p.Name, maxLead)
		checkPart(&bad, at, p.Text, p.Deadline, p.Quota, now)
	}
	if leads > 1 {
		bad.Add("people", "cascade.fault.leads")
	}
	for i, u := range in.Units {
		checkPart(&bad, fmt.Sprintf("units.%d", i), u.Text, u.Deadline, u.Quota, now)
	}
	return bad.Err()
}

func checkPart(bad *fault.Fields, at, text string, deadline clock.Time, quota int, now clock.Time) {
	tooLong(bad, at, text, maxWords)
	if quota < 0 || quota > maxQuota {
		bad.Add(at, "cascade.fault.range", "Limit", maxQuota)
	}
	if !deadline.IsZero() && deadline.Before(now.Time) {
		bad.Add(at, "cascade.fault.past")
	}
}

func (s *Service) splitPeople(ctx context.Context, actor person.Actor, in SplitInput) error {
	if len(in.People) == 0 {
		return nil
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		d, duty, err := s.lockDuty(ctx, tx, in.Dispatch, in.Duty)
		if err != nil {
			return err
		}
		holders, err := s.people.Holders(ctx, tx, d.ReceiverID, person.Leader, person.Clerk, person.Board)
		if err != nil {
			return err
		}
		parts, err := listParts(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		parts = slices.DeleteFunc(parts, func(p Part) bool { return p.Duty != in.Duty })
		for i, one := range in.People {
			p := Part{
				ID: one.ID, DispatchID: d.ID, Duty: in.Duty, Person: one.Person, Name: lang.Clean(one.Name), Leads: one.Leads,
				Text: lang.CleanLines(one.Text), Deadline: one.Deadline, Quota: one.Quota, CreatedBy: actor.ID, CreatedAt: tx.Now(),
			}
			if p.ID == "" {
				p.ID = s.ids.New()
			}
			if p.Person != "" {
				h := slices.IndexFunc(holders, func(h person.Person) bool { return h.ID == p.Person })
				if h < 0 {
					return fault.Invalid.With("cascade.fault.person").At(fmt.Sprintf("people.%d", i))
				}
				p.Name = holders[h].Name
			}
			if slices.ContainsFunc(parts, func(o Part) bool { return o.ID == p.ID }) {
				continue
			}
			if p.Leads && slices.ContainsFunc(parts, func(o Part) bool { return o.Leads }) {
				return fault.Invalid.With("cascade.fault.leads").At("people")
			}
			parts = append(parts, p)
			fresh, err := insertPart(ctx, tx, p)
			if err != nil {
				return err
			}
			if !fresh {
				return fault.Conflict.With("cascade.fault.idTaken")
			}
			if err := s.note(ctx, tx, actor, d, person.ActionCascadeAssign, "duty_part", p.ID, nil, partTrace(p)); err != nil {
				return err
			}
		}
		return s.checkShares(ctx, tx, duty)
	})
}

// checkShares keeps the parts of a duty from promising more than it asks for. Where a letter asks for at least so many, the
// parts may add up to more.
func (s *Service) checkShares(ctx context.Context, tx *database.Tx, duty Duty) error {
	if duty.Quota == nil || duty.Quota.AtLeast {
		return nil
	}
	shared, err := sumShares(ctx, tx, duty.DispatchID, duty.Number)
	if err != nil {
		return err
	}
	if shared > duty.Quota.Count {
		return fault.Invalid.With("cascade.fault.shares", "Sum", shared, "Quota", duty.Quota.Count).At("quota")
	}
	return nil
}

// lockDuty locks a dispatch that was taken on, and finds its duty.
func (s *Service) lockDuty(ctx context.Context, tx *database.Tx, id ident.ID, number int) (Dispatch, Duty, error) {
	d, err := lock(ctx, tx, id)
	if err != nil {
		return Dispatch{}, Duty{}, err
	}
	if err := d.takenOn(); err != nil {
		return Dispatch{}, Duty{}, err
	}
	duty, err := findDuty(ctx, tx, id, number)
	return d, duty, err
}

func findDuty(ctx context.Context, q database.Querier, id ident.ID, number int) (Duty, error) {
	duties, err := loadDuties(ctx, q, id)
	if err != nil {
		return Duty{}, err
	}
	i := slices.IndexFunc(duties, func(d Duty) bool { return d.Number == number })
	if i < 0 {
		return Duty{}, fault.NotFound.With("cascade.fault.duty")
	}
	return duties[i], nil
}

// takenOn tells whether the unit has the letter in hand: received, not ended otherwise than by being done, and not asked
// back.
func (d Dispatch) takenOn() error {
	switch d.State {
	case Received, Assigned, InProgress, Completed:
		if d.Frozen() {
			return fault.Conflict.With("cascade.fault.frozen")
		}
		return nil
	case Sent, Arrived, Refused, Recalled, Replaced:
	}
	return fault.Conflict.With("cascade.fault.notReceived")
}

// FinishPart notes the part of a person as done, or open again.
func (s *Service) FinishPart(ctx context.Context, actor person.Actor, id ident.ID, done bool, note string) (Part, error) {
	var part Part
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		p, err := loadPart(ctx, tx, id)
		if err != nil {
			return err
		}
		d, err := s.workOn(ctx, tx, actor, person.ActionCascadeWork, p.DispatchID)
		if err != nil {
			return err
		}
		before := p.Done()
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
		return s.note(ctx, tx, actor, d, person.ActionCascadeWork, "duty_part", p.ID, map[string]any{"done": before}, map[string]any{"done": done})
	})
	return part, err
}

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
		if p.Done() || slices.ContainsFunc(ticks, func(t Tick) bool { return t.Part == p.ID }) {
			return fault.Conflict.With("cascade.fault.partBegun")
		}
		if err := deletePart(ctx, tx, id); err != nil {
			return err
		}
		return s.note(ctx, tx, actor, d, person.ActionCascadeAssign, "duty_part", p.ID, partTrace(p), nil)
	})
}

// TickInput is something that was done for a duty.
type TickInput struct {
	ID       ident.ID // made by the client; repeating it changes nothing
	Dispatch ident.ID
	Duty     int
	Part     ident.ID   // of whose part, may be empty
	Count    int        // at least 1
	At       clock.Time // now when zero; of a duty that recurs, it says in which period
	Note     string
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
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		d, err := s.workOn(ctx, tx, actor, person.ActionCascadeWork, in.Dispatch)
		if err != nil {
			return err
		}
		duty, err := findDuty(ctx, tx, d.ID, in.Duty)
		if err != nil {
			return err
		}
		if t.At.Before(clock.DayOf(d.SentAt.Time).Start().Time) {
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
			return nil
		}
		return s.note(ctx, tx, actor, d, person.ActionCascadeWork, "duty_tick", t.ID, nil,
			map[string]any{"dispatch": d.ID, "duty": t.Duty, "period": t.Period, "count": t.Count})
	})
	if err != nil {
		return Tick{}, err
	}
	return t, nil
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

// partTrace is what the log keeps of a part: no names.
func partTrace(p Part) map[string]any {
	return map[string]any{"dispatch": p.DispatchID, "duty": p.Duty, "leads": p.Leads, "quota": p.Quota, "deadline": p.Deadline}
}

// audience is whom a duty is for.
type audience struct {
	everybody bool
	units     map[ident.ID]bool
}

func (a audience) has(id ident.ID) bool { return a.everybody || a.units[id] }

// audienceOf finds those whom a duty names: units and groups. When none of them is known it is for everybody: asking too
// many is better than losing it.
func audienceOf(tree *unit.Tree, names []string) audience {
	a := audience{everybody: true, units: map[ident.ID]bool{}}
	for _, name := range names {
		if u, ok := tree.Organ(name); ok {
			a.everybody, a.units[u.ID] = false, true
		}
		if g, ok := tree.GroupByName(name); ok {
			a.everybody = false
			for _, u := range tree.Expand(g) {
				a.units[u.ID] = true
			}
		}
	}
	return a
}
