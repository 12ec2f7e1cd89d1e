package cascade

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
)

func TestEndOfWorkingDay(t *testing.T) {
	thursday := clock.Date(2024, time.June, 6, 9, 30)
	for _, tt := range []struct {
		from clock.Time
		days int
		want clock.Time
	}{
		{thursday, 1, clock.Date(2024, time.June, 8, 0, 0)},
		{thursday, 2, clock.Date(2024, time.June, 11, 0, 0)}, // over the week-end
		{clock.Date(2024, time.June, 7, 23, 59), 1, clock.Date(2024, time.June, 11, 0, 0)},
		{clock.Date(2024, time.June, 9, 0, 0), 1, clock.Date(2024, time.June, 11, 0, 0)},
		{clock.Date(2024, time.June, 7, 0, 30), 1, clock.Date(2024, time.June, 11, 0, 0)}, // still Thursday in UTC
		{clock.Date(2024, time.December, 31, 8, 0), 1, clock.Date(2025, time.January, 2, 0, 0)},
	} {
		if got := endOfWorkingDay(tt.from, tt.days); got != tt.want {
			t.Errorf("%d working days after %s: %s, want %s", tt.days, tt.from.Local(), got.Local(), tt.want.Local())
		}
	}
}

func TestLateness(t *testing.T) {
	sent := clock.Date(2024, time.June, 6, 9, 0)
	late := clock.Date(2024, time.June, 17, 9, 0)
	for _, tt := range []struct {
		name  string
		d     Dispatch
		first clock.Time
		now   clock.Time
		want  []Step
	}{
		{"on time", Dispatch{State: Arrived, ArrivedAt: sent}, clock.Time{}, clock.Date(2024, time.June, 7, 23, 59), nil},
		{"nobody has looked", Dispatch{State: Arrived, ArrivedAt: sent}, clock.Time{}, clock.Date(2024, time.June, 8, 0, 1), []Step{StepReceive}},
		{"nor publicised", Dispatch{State: Arrived, ArrivedAt: sent}, clock.Time{}, late, []Step{StepReceive, StepPublicise}},
		{"not assigned", Dispatch{State: Received, ArrivedAt: sent, ReceivedAt: sent}, sent, late, []Step{StepAssign}},
		{"the leader's deadline", Dispatch{State: InProgress, ArrivedAt: sent, Instruction: Instruction{Deadline: sent.Add(time.Hour)}, DueAt: late.Add(time.Hour)}, sent, late, []Step{StepFinish}},
		{"the sender's deadline", Dispatch{State: InProgress, ArrivedAt: sent, DueAt: sent.Add(time.Hour)}, sent, late, []Step{StepFinish}},
		{"on its way", Dispatch{State: Sent}, clock.Time{}, late, nil},
		{"refused", Dispatch{State: Refused, ArrivedAt: sent}, clock.Time{}, late, nil},
		{"completed", Dispatch{State: Completed, ArrivedAt: sent, DueAt: sent}, clock.Time{}, late, nil},
	} {
		var got []Step
		for _, l := range lateness(tt.d, tt.first, tt.now) {
			got = append(got, l.Step)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, diff)
		}
	}
}

func TestSpent(t *testing.T) {
	at := func(hours int) clock.Time {
		return clock.Date(2024, time.June, 6, 8, 0).Add(time.Duration(hours) * time.Hour)
	}
	for _, tt := range []struct {
		name    string
		d       Dispatch
		first   clock.Time
		want    map[Step]time.Duration
		waiting Step
		since   clock.Time
	}{
		{"just sent", Dispatch{State: Sent, SentAt: at(0)}, clock.Time{}, map[Step]time.Duration{}, StepReceive, at(0)},
		{"received", Dispatch{State: Received, SentAt: at(0), ReceivedAt: at(5)}, clock.Time{}, map[Step]time.Duration{StepReceive: 5 * time.Hour}, StepAssign, at(5)},
		{
			"publicised before anybody was assigned",
			Dispatch{State: Assigned, SentAt: at(0), ReceivedAt: at(2), AssignedAt: at(9)},
			at(3),
			map[Step]time.Duration{StepReceive: 2 * time.Hour, StepAssign: 7 * time.Hour, StepPublicise: 0},
			"",
			clock.Time{},
		},
		{"refused", Dispatch{State: Refused, SentAt: at(0)}, clock.Time{}, map[Step]time.Duration{}, "", clock.Time{}},
	} {
		got := spent(tt.d, tt.first)
		if diff := cmp.Diff(Spent{tt.want, tt.waiting, tt.since}, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, diff)
		}
	}
}

// The median is one that at most half are below and at most half above, whatever the order.
func TestMedian(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Map(rapid.Int64Range(0, 1e15), func(n int64) time.Duration { return time.Duration(n) }), 1, 40).Draw(t, "durations")
		m := median(append([]time.Duration(nil), all...))
		below, above := 0, 0
		for _, d := range all {
			if d < m {
				below++
			}
			if d > m {
				above++
			}
		}
		if below > len(all)/2 || above > len(all)/2 {
			t.Errorf("median %v of %v: %d below, %d above", m, all, below, above)
		}
		if shuffled := rapid.Permutation(all).Draw(t, "shuffled"); median(shuffled) != m {
			t.Error("the order matters")
		}
	})
}

// Whatever tree of dispatches there is, the board shows each unit below the sender once and after its parent, and the tiers
// add up to the rows.
func TestBoardIsTheTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 30).Draw(t, "units")
		name := func(i int) ident.ID { return ident.ID(rune('A' + i)) }
		units := []unit.Unit{{ID: name(0)}}
		w := weaver{now: clock.Date(2024, time.June, 30, 0, 0), publicity: map[ident.ID]Summary{}, children: map[ident.ID][]Dispatch{}}
		depth := map[ident.ID]int{name(0): 0}
		var sums []channelSum
		for i := 1; i <= n; i++ {
			parent := name(rapid.IntRange(0, i-1).Draw(t, "sender"))
			d := Dispatch{ID: name(i) + "d", SenderID: parent, ReceiverID: name(i), State: rapid.SampledFrom(Lifecycle.States()).Draw(t, "state")}
			w.children[parent] = append(w.children[parent], d)
			depth[name(i)] = depth[parent] + 1
			units = append(units, unit.Unit{ID: name(i), Code: string(name(i)), ValidFrom: "2024-01-01"})
			for _, c := range rapid.SliceOfDistinct(rapid.SampledFrom(letter.Channels()), rapid.ID[letter.Channel]).Draw(t, "channels") {
				sums = append(sums, channelSum{DispatchID: d.ID, Channel: c, Records: 2, People: 5, First: w.now, Last: w.now})
			}
		}
		w.tree, w.publicity = unit.NewTree("2024-06-06", units, nil), summaries(sums)
		rows := w.below(name(0), 1)
		if len(rows) != n {
			t.Fatalf("%d rows of %d units", len(rows), n)
		}
		shown := map[ident.ID]bool{name(0): true}
		people, records := 0, 0
		for _, r := range rows {
			if shown[r.ReceiverID] || !shown[r.SenderID] || r.Tier != depth[r.ReceiverID] {
				t.Errorf("row %s: shown before %v, its sender %v, tier %d of %d", r.ReceiverID, shown[r.ReceiverID], shown[r.SenderID], r.Tier, depth[r.ReceiverID])
			}
			shown[r.ReceiverID] = true
			people, records = people+r.Publicity.People, records+r.Publicity.Records
		}
		inTiers := 0
		for _, tier := range tiers(rows) {
			inTiers += tier.Units
			people, records = people-tier.Publicity.People, records-tier.Publicity.Records
			states := 0
			for _, n := range tier.ByState {
				states += n
			}
			if states != tier.Units || tier.Publicised > tier.Units || tier.Late > tier.Units {
				t.Errorf("tier %+v", tier)
			}
		}
		if inTiers != n || people != 0 || records != 0 {
			t.Errorf("tiers: %d units of %d, %d people and %d records astray", inTiers, n, people, records)
		}
	})
}

// Whatever events come in whatever order, a dispatch only ever moves along the table, and nothing leads out of its ends.
func TestLifecycleProperties(t *testing.T) {
	rank := map[State]int{Sent: 0, Arrived: 1, Received: 2, Assigned: 3, InProgress: 4, Completed: 5, Refused: 5, Recalled: 5}
	events := []Event{Deliver, Receive, Refuse, Present, Assign, Start, Complete, Recall, "sing"}
	rapid.Check(t, func(t *rapid.T) {
		d := Dispatch{State: Lifecycle.Start}
		for _, e := range rapid.SliceOfN(rapid.SampledFrom(events), 0, 30).Draw(t, "events") {
			before := d.State
			err := d.step(e)
			if (err == nil) != Lifecycle.Can(before, e) {
				t.Fatalf("%s from %s: %v, the table says otherwise", e, before, err)
			}
			if err != nil && d.State != before {
				t.Fatalf("%s from %s failed and moved to %s", e, before, d.State)
			}
			if !before.Open() && err == nil {
				t.Fatalf("%s led out of %s", e, before)
			}
			if rank[d.State] < rank[before] {
				t.Fatalf("%s moved back from %s to %s", e, before, d.State)
			}
		}
	})
}
