package lifecycle

import (
	"fmt"
	"slices"
	"strings"

	"sachhon/internal/fault"
)

// Step is one allowed transition.
type Step[S, E ~string] struct {
	From  S
	Event E
	To    S
}

// Machine is a life cycle: a start and its steps, in the order in which people tell them.
type Machine[S, E ~string] struct {
	Start S
	Steps []Step[S, E]
}

// Next returns the state that event leads to, or a Conflict: the object has moved on, or never was there.
func (m Machine[S, E]) Next(state S, event E) (S, error) {
	for _, s := range m.Steps {
		if s.From == state && s.Event == event {
			return s.To, nil
		}
	}
	return state, fault.New(fault.Conflict, "fault.state").
		Because(fmt.Errorf("lifecycle: no %q from %q", event, state))
}

// Can tells whether event is allowed in state.
func (m Machine[S, E]) Can(state S, event E) bool {
	_, err := m.Next(state, event)
	return err == nil
}

// States returns every state once, the start first, in the order of the steps.
func (m Machine[S, E]) States() []S {
	states := []S{m.Start}
	for _, s := range m.Steps {
		for _, st := range []S{s.From, s.To} {
			if !slices.Contains(states, st) {
				states = append(states, st)
			}
		}
	}
	return states
}

// Final returns the states that nothing leads out of.
func (m Machine[S, E]) Final() []S {
	return slices.DeleteFunc(m.States(), func(st S) bool {
		return slices.ContainsFunc(m.Steps, func(s Step[S, E]) bool { return s.From == st })
	})
}

// Mermaid returns the state diagram as Mermaid text, for docs/lifecycles.
func (m Machine[S, E]) Mermaid() string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	fmt.Fprintf(&b, "    [*] --> %s\n", m.Start)
	for _, s := range m.Steps {
		fmt.Fprintf(&b, "    %s --> %s: %s\n", s.From, s.To, s.Event)
	}
	for _, st := range m.Final() {
		fmt.Fprintf(&b, "    %s --> [*]\n", st)
	}
	return b.String()
}
