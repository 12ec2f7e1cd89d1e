package lifecycle

import (
	"errors"
	"slices"
	"testing"

	"sachhon/internal/fault"
)

type (
	st string
	ev string
)

var door = Machine[st, ev]{Start: "open", Steps: []Step[st, ev]{
	{"open", "close", "closed"}, {"closed", "open", "open"}, {"closed", "wall_up", "gone"},
}}

func TestNext(t *testing.T) {
	if got, err := door.Next("open", "close"); err != nil || got != "closed" {
		t.Errorf("close leads to %q, %v", got, err)
	}
	got, err := door.Next("open", "wall_up")
	if !errors.Is(err, fault.Conflict) || got != "open" {
		t.Errorf("a forbidden step gave %q, %v; want the old state and a conflict", got, err)
	}
	if door.Can("gone", "open") {
		t.Error("something leads out of a final state")
	}
}

func TestStatesAndFinal(t *testing.T) {
	if got := door.States(); !slices.Equal(got, []st{"open", "closed", "gone"}) {
		t.Errorf("States = %v", got)
	}
	if got := door.Final(); !slices.Equal(got, []st{"gone"}) {
		t.Errorf("Final = %v", got)
	}
}

func TestMermaid(t *testing.T) {
	want := `stateDiagram-v2
    [*] --> open
    open --> closed: close
    closed --> open: open
    closed --> gone: wall_up
    gone --> [*]
`
	if got := door.Mermaid(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
