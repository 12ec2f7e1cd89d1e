package cascade_test

import (
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
)

// TestADispatchAsItStood: at every moment it is in the state that its last step by then led to.
func TestADispatchAsItStood(t *testing.T) {
	at := func(day int) clock.Time { return clock.Date(2024, time.June, day, 9, 0) }
	whole := cascade.Dispatch{
		State: cascade.Completed, SentAt: at(2), ArrivedAt: at(3), ReceivedAt: at(4), ArrivalNumber: 7, AssignedAt: at(5), StartedAt: at(6), EndedAt: at(7),
		Instruction: cascade.Instruction{Lead: "Công chức văn hóa", Deadline: at(20)}, Outcome: "Xong",
	}
	recalled, replaced := whole, whole
	recalled.State, recalled.AssignedAt, recalled.StartedAt = cascade.Recalled, clock.Time{}, clock.Time{}
	replaced.State, replaced.ReplacedBy = cascade.Replaced, "b"
	for name, tt := range map[string]struct {
		dispatch cascade.Dispatch
		want     []cascade.State // from the second of June on
	}{
		"completed": {whole, []cascade.State{cascade.Sent, cascade.Arrived, cascade.Received, cascade.Assigned, cascade.InProgress, cascade.Completed, cascade.Completed}},
		"recalled":  {recalled, []cascade.State{cascade.Sent, cascade.Arrived, cascade.Received, cascade.Received, cascade.Received, cascade.Recalled}},
		"replaced":  {replaced, []cascade.State{cascade.Sent, cascade.Arrived, cascade.Received, cascade.Assigned, cascade.InProgress, cascade.Replaced}},
	} {
		if _, sent := tt.dispatch.AsOf(at(1)); sent {
			t.Errorf("%s: it was there before it was sent", name)
		}
		for i, want := range tt.want {
			got, sent := tt.dispatch.AsOf(at(2 + i))
			if !sent || got.State != want {
				t.Errorf("%s on the %d: %s, want %s", name, 2+i, got.State, want)
			}
			if ended := i >= 5; ended != (got.Outcome != "") || ended != !got.EndedAt.IsZero() {
				t.Errorf("%s on the %d: outcome %q", name, 2+i, got.Outcome)
			}
			if (i >= 2) != (got.ArrivalNumber > 0) || i < 3 && got.Lead != "" {
				t.Errorf("%s on the %d: number %d, led by %q", name, 2+i, got.ArrivalNumber, got.Lead)
			}
		}
	}
}
