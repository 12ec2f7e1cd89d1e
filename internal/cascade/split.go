package cascade

import (
	"context"
	"fmt"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
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

// Split divides a duty: all of it, or nothing.
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
	if err := in.check(clock.At(s.db.Clock().Now())); err != nil {
		return SendResult{}, err
	}
	var below sending
	if len(in.Units) > 0 {
		if below, err = s.prepareForward(ctx, actor, in.forward()); err != nil {
			return SendResult{}, err
		}
	}
	var result SendResult
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if len(in.People) > 0 {
			if err := s.splitPeople(ctx, tx, actor, in); err != nil {
				return err
			}
		}
		if len(in.Units) == 0 {
			return nil
		}
		var err error
		result, err = s.dispatchIn(ctx, tx, actor, below)
		return err
	})
	return result, err
}

// forward is how the units get their parts.
func (in SplitInput) forward() ForwardInput {
	forward := ForwardInput{Dispatch: in.Dispatch, Under: in.Under, Words: in.Words}
	for _, u := range in.Units {
		forward.To.Units = append(forward.To.Units, u.Unit)
		forward.Parts = append(forward.Parts, DutyPart{Unit: u.Unit, Duty: in.Duty, Text: u.Text, Deadline: u.Deadline, Quota: u.Quota})
	}
	return forward
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

func (s *Service) splitPeople(ctx context.Context, tx *database.Tx, actor person.Actor, in SplitInput) error {
	d, duty, err := s.lockDuty(ctx, tx, in.Dispatch, in.Duty)
	if err != nil {
		return err
	}
	holders, err := s.people.Holders(ctx, tx, d.ReceiverID, handlers...)
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
		var named person.Person
		if p.Person != "" {
			h := slices.IndexFunc(holders, func(h person.Person) bool { return h.ID == p.Person })
			if h < 0 {
				return fault.Invalid.With("cascade.fault.person").At(fmt.Sprintf("people.%d", i))
			}
			named = holders[h]
			p.Name = named.Name
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
		if err := s.tellPart(ctx, tx, d, duty, p, named); err != nil {
			return err
		}
	}
	return s.checkShares(ctx, tx, duty)
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
