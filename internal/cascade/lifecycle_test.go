package cascade

import (
	"testing"

	"sachhon/internal/lifecycle/lifecycletest"
)

func TestLifecycleIsDocumented(t *testing.T) { lifecycletest.Documented(t, "dispatch", Lifecycle) }

// The codes of the exchange format, as the domain's table has them.
func TestCodes(t *testing.T) {
	want := map[State]string{
		Sent: "", Arrived: "01", Refused: "02", Received: "03", Assigned: "04", InProgress: "05", Completed: "06", Recalled: "13", Replaced: "13",
	}
	for _, s := range Lifecycle.States() {
		code, known := want[s]
		if !known || s.Code() != code {
			t.Errorf("%s has code %q, want %q", s, s.Code(), code)
		}
	}
	for _, s := range Lifecycle.Final() {
		if s.Open() {
			t.Errorf("%s is final, yet open", s)
		}
	}
}
