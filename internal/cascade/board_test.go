package cascade

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sachhon/internal/calendar"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
)

func TestLateness(t *testing.T) {
	sent := clock.Date(2024, time.June, 6, 9, 0)
	late := clock.Date(2024, time.June, 17, 9, 0)
	for _, tt := range []struct {
		name  string
		d     Dispatch
		first clock.Time
		now   clock.Time
		want  []Step
		quiet bool // the duties name no channel
		duty  clock.Time
	}{
		{"on time", Dispatch{State: Arrived, ArrivedAt: sent}, clock.Time{}, clock.Date(2024, time.June, 7, 23, 59), nil, false, clock.Time{}},
		{"nothing to publicise", Dispatch{State: Arrived, ArrivedAt: sent}, clock.Time{}, late, []Step{StepReceive}, true, clock.Time{}},
		{"nobody has looked", Dispatch{State: Arrived, ArrivedAt: sent}, clock.Time{}, clock.Date(2024, time.June, 8, 0, 1), []Step{StepReceive}, false, clock.Time{}},
		{"nor publicised", Dispatch{State: Arrived, ArrivedAt: sent}, clock.Time{}, late, []Step{StepReceive, StepPublicise}, false, clock.Time{}},
		{"not assigned", Dispatch{State: Received, ArrivedAt: sent, ReceivedAt: sent}, sent, late, []Step{StepAssign}, false, clock.Time{}},
		{"the leader's deadline", Dispatch{State: InProgress, ArrivedAt: sent, Instruction: Instruction{Deadline: sent.Add(time.Hour)}, DueAt: late.Add(time.Hour)}, sent, late, []Step{StepFinish}, false, clock.Time{}},
		{"the sender's deadline", Dispatch{State: InProgress, ArrivedAt: sent, DueAt: sent.Add(time.Hour)}, sent, late, []Step{StepFinish}, false, clock.Time{}},
		{"on its way", Dispatch{State: Sent, SentAt: sent}, clock.Time{}, sent.Add(time.Hour), nil, false, clock.Time{}},
		{"never arrived", Dispatch{State: Sent, SentAt: sent}, clock.Time{}, late, []Step{StepDeliver}, false, clock.Time{}},
		{"outside, on its way", Dispatch{Outside: true, State: Sent, SentAt: sent}, clock.Time{}, late, []Step{StepDeliver}, false, clock.Time{}},
		{"outside, not received", Dispatch{Outside: true, State: Arrived, ArrivedAt: sent}, clock.Time{}, late, []Step{StepReceive}, true, clock.Time{}},
		{"outside, received", Dispatch{Outside: true, State: Received, ArrivedAt: sent, ReceivedAt: sent}, clock.Time{}, late, nil, true, clock.Time{}},
		{"outside, assigned", Dispatch{Outside: true, State: Assigned, ArrivedAt: sent, AssignedAt: sent}, clock.Time{}, late, nil, true, clock.Time{}},
		{"outside, the deadline", Dispatch{Outside: true, State: Received, ArrivedAt: sent, DueAt: sent.Add(time.Hour)}, clock.Time{}, late, []Step{StepFinish}, true, clock.Time{}},
		{"refused", Dispatch{State: Refused, ArrivedAt: sent}, clock.Time{}, late, nil, false, clock.Time{}},
		{"completed", Dispatch{State: Completed, ArrivedAt: sent, DueAt: sent}, clock.Time{}, late, nil, false, clock.Time{}},
		{"a duty of its own day", Dispatch{State: InProgress, ArrivedAt: sent}, sent, late, []Step{StepDuty}, false, clock.Date(2024, time.June, 16, 0, 0)},
		{"a duty whose day is to come", Dispatch{State: InProgress, ArrivedAt: sent}, sent, late, nil, false, late.Add(time.Hour)},
		{"a duty of the day before it came", Dispatch{State: InProgress, ArrivedAt: sent}, sent, clock.Date(2024, time.June, 7, 23, 0), nil, false, sent.Add(-time.Hour)},
		{"a duty of what is completed", Dispatch{State: Completed, ArrivedAt: sent}, sent, late, nil, false, sent},
		{"outside, a duty", Dispatch{Outside: true, State: Received, ArrivedAt: sent, ReceivedAt: sent}, sent, late, nil, true, sent},
	} {
		var got []Step
		public := Publicising{!tt.quiet, tt.first}
		if tt.d.Outside { // whatever its duties name
			public = tt.d.publicising(true, tt.first)
		}
		for _, l := range Lateness(calendar.Builtin(), tt.d, public, tt.duty, DefaultPatience(), tt.now) {
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
		got := spent(tt.d, Publicising{true, tt.first})
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
// and what is below each unit add up to the rows. A model that grew by pieces is the one built at once.
func TestBoardIsTheTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 30).Draw(t, "units")
		name := func(i int) ident.ID { return ident.ID(rune('A' + i)) }
		units := []unit.Unit{{ID: name(0)}}
		now := clock.Date(2024, time.June, 30, 0, 0)
		depth := map[ident.ID]int{name(0): 0}
		var nodes []*node
		for i := 1; i <= n; i++ {
			parent := name(rapid.IntRange(0, i-1).Draw(t, "sender"))
			d := Dispatch{
				ID: name(i) + "d", SenderID: parent, ReceiverID: name(i), State: rapid.SampledFrom(Lifecycle.States()).Draw(t, "state"),
				SentAt: clock.Date(2024, time.June, rapid.IntRange(1, 29).Draw(t, "day"), 8, 0),
			}
			depth[name(i)] = depth[parent] + 1
			units = append(units, unit.Unit{ID: name(i), Code: string(name(i)), ValidFrom: "2024-01-01"})
			one := &node{Dispatch: d}
			for _, c := range rapid.SliceOfDistinct(rapid.SampledFrom(letter.Channels()), rapid.ID[letter.Channel]).Draw(t, "channels") {
				one.Publicity = one.Publicity.plus(Summary{Records: 2, People: 5, ByChannel: map[letter.Channel]int{c: 2}, First: now, Last: now})
			}
			one.Asked = rapid.Bool().Draw(t, "asked")
			one.Dues = Dues(d, one.publicising(), clock.Time{}, DefaultPatience(), calendar.Builtin().End)
			nodes = append(nodes, one)
		}
		tree := unit.NewTree("2024-06-06", units, nil)
		cut := rapid.IntRange(0, n).Draw(t, "cut")
		m := (&model{}).with(nodes, 2, waits{}, tree, name(0))
		pieces := (&model{}).with(nodes[:cut], 1, waits{}, tree, name(0)).with(nodes[cut:], 2, waits{}, tree, name(0)).with(nodes[:cut], 2, waits{}, tree, name(0))
		if m.dump() != pieces.dump() {
			t.Fatalf("built at once:\n%s\nin pieces:\n%s", m.dump(), pieces.dump())
		}
		v := &view{m: m, sender: name(0), now: now, last: n, period: period{first: 19_870, last: 19_899}}
		v.add()
		if len(m.nodes) != n {
			t.Fatalf("%d rows of %d units", len(m.nodes), n)
		}
		shown := map[ident.ID]bool{name(0): true}
		people, records, late := 0, 0, 0
		first := Sums{}
		for i := range n {
			r := v.row(i)
			if shown[r.ReceiverID] || !shown[r.SenderID] || r.Tier != depth[r.ReceiverID] {
				t.Errorf("row %s: shown before %v, its sender %v, tier %d of %d", r.ReceiverID, shown[r.ReceiverID], shown[r.SenderID], r.Tier, depth[r.ReceiverID])
			}
			if r.Lost.Total()+r.Lost.Left != 29 || min(r.Lost.Before, r.Lost.Receive, r.Lost.Assign, r.Lost.Publicise, r.Lost.Left) < 0 {
				t.Errorf("days of %s: %+v", r.ReceiverID, r.Lost)
			}
			shown[r.ReceiverID] = true
			people, records = people+r.Publicity.People, records+r.Publicity.Records
			if len(r.Late) > 0 {
				late++
			}
			if r.Tier == 1 {
				first = Sums{Units: first.Units + 1 + r.Below.Units, Late: first.Late + v.one(i).Late + r.Below.Late}
			}
		}
		inTiers := 0
		all, sums := v.tiers()
		for _, tier := range all {
			inTiers += tier.Units
			people, records = people-tier.Publicity.People, records-tier.Publicity.Records
			states := 0
			for _, n := range tier.ByState {
				states += n
			}
			if states != tier.Units || tier.Publicised > tier.Units || tier.Late > tier.Units || tier.Lost.Total() > tier.Worst.Total() {
				t.Errorf("tier %+v", tier)
			}
		}
		if inTiers != n || people != 0 || records != 0 || sums.Units != n || sums.Late != late || first.Units != n || first.Late != late {
			t.Errorf("tiers: %d units of %d, %d people and %d records astray, sums %+v and %+v", inTiers, n, people, records, sums, first)
		}
	})
}

// Whatever events come in whatever order, a dispatch only ever moves along the table, and nothing leads out of its ends.
func TestLifecycleProperties(t *testing.T) {
	rank := map[State]int{Sent: 0, Arrived: 1, Received: 2, Assigned: 3, InProgress: 4, Completed: 5, Refused: 5, Recalled: 5, Replaced: 5}
	events := []Event{Deliver, Receive, Refuse, Present, Assign, Start, Complete, Recall, Replace, "sing"}
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
