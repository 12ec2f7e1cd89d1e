package cascade

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/lifecycle/lifecycletest"
)

func TestLifecycleIsDocumented(t *testing.T) { lifecycletest.Documented(t, "dispatch", Lifecycle) }

// The codes of the exchange format, as the domain's table has them.
func TestCodes(t *testing.T) {
	want := map[State]string{
		Sent: "", Arrived: "01", Refused: "02", Received: "03", Assigned: "04", InProgress: "05", Completed: "06", Recalled: "13", Replaced: "13",
	}
	got := map[State]string{}
	for _, s := range Lifecycle.States() {
		got[s] = s.Code()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	open := slices.DeleteFunc(Lifecycle.States(), func(s State) bool { return !s.Open() })
	if diff := cmp.Diff([]State{Arrived, Assigned, InProgress, Received, Sent}, slices.Sorted(slices.Values(open))); diff != "" {
		t.Errorf("open (-want +got)\n%s", diff)
	}
}
