package units

import (
	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// may asks what somebody may do to a dispatch now: permission and life cycle together.
type may struct {
	actor person.Actor
	d     cascade.Dispatch
}

func (m may) on(action person.Action, unit ident.ID) bool {
	return m.actor.Can(action, person.On{Unit: unit}) == nil
}

// step is a step of the receiver; it takes none while it is asked to give the letter back.
func (m may) step(action person.Action, e cascade.Event) bool {
	return !m.d.Frozen() && cascade.Lifecycle.Can(m.d.State, e) && m.handle(action)
}

// handle tells whether the actor may do this for the receiving unit.
func (m may) handle(action person.Action) bool {
	return m.d.MayHandle(m.actor, action) == nil
}

func (m may) receive() bool  { return m.step(person.ActionCascadeReceive, cascade.Receive) }
func (m may) refuse() bool   { return m.step(person.ActionCascadeReceive, cascade.Refuse) }
func (m may) assign() bool   { return m.step(person.ActionCascadeAssign, cascade.Assign) }
func (m may) start() bool    { return m.step(person.ActionCascadeWork, cascade.Start) }
func (m may) complete() bool { return m.step(person.ActionCascadeWork, cascade.Complete) }
func (m may) reopen() bool {
	return !m.d.Outside && m.step(person.ActionCascadeWork, cascade.Reopen)
}

func (m may) recall() bool {
	return cascade.Lifecycle.Can(m.d.State, cascade.Recall) && !m.d.Entered() && !m.d.Frozen() && m.on(person.ActionCascadeSend, m.d.SenderID)
}

func (m may) urge() bool {
	return m.d.State.Open() && !m.d.ArrivedAt.IsZero() && !m.d.Entered() && !m.d.Frozen() && m.on(person.ActionCascadeUrge, m.d.SenderID)
}

func (m may) present() bool {
	return m.d.PresentedAt.IsZero() && m.step(person.ActionCascadePresent, cascade.Present)
}

// taken tells whether the unit took the letter on, and is not asked to give it back.
func (m may) taken() bool {
	switch m.d.State {
	case cascade.Received, cascade.Assigned, cascade.InProgress, cascade.Completed:
		return !m.d.Frozen()
	case cascade.Sent, cascade.Arrived, cascade.Refused, cascade.Recalled, cascade.Replaced:
	}
	return false
}

func (m may) work() bool { return m.taken() && m.handle(person.ActionCascadeWork) }
func (m may) publicise() bool {
	return m.taken() && m.handle(person.ActionCascadePublicise)
}

// correct tells whether the actor may put records of publicity right, which web/publicity shows.
func (m may) correct() bool { return m.handle(person.ActionCascadeCorrect) }

func (m may) forward() bool { return m.taken() && m.on(person.ActionCascadeSend, m.d.ReceiverID) }
