package cascade

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

// Progress flows up: whatever way a duty was passed down and split, the top counts exactly what was done on the ways that
// lead to it, and what somebody does more is never seen as less by anybody above.
func TestProgressFlowsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := clock.Date(2024, time.June, 30, 0, 0)
		n := rapid.IntRange(1, 12).Draw(t, "units")
		name := func(i int) ident.ID { return ident.ID(rune('A' + i)) }
		dispatches, duties := make([]Dispatch, n), make([]Duty, n)
		var ticks []tickSum
		for i := range n {
			dispatches[i] = Dispatch{ID: name(i), State: rapid.SampledFrom(Lifecycle.States()).Draw(t, "state"), ArrivedAt: clock.Date(2024, time.June, 1, 8, 0)}
			duties[i] = Duty{DispatchID: name(i), Number: 1, Quota: &letter.Quota{Count: rapid.IntRange(1, 9).Draw(t, "quota")}}
			if above := rapid.IntRange(-1, i-1).Draw(t, "above"); above >= 0 {
				dispatches[i].ParentID, duties[i].From = name(above), rapid.IntRange(0, 1).Draw(t, "part")
			}
			if rapid.Bool().Draw(t, "done") {
				duties[i].DoneAt = now
			}
			ticks = append(ticks, tickSum{DispatchID: name(i), Duty: 1, Count: rapid.IntRange(0, 5).Draw(t, "count")})
		}
		reaches := func(i, top int) bool { // by the ways, from below
			for i != top {
				if dispatches[i].ParentID == "" || duties[i].From == 0 || !dispatches[i].State.counts() {
					return false
				}
				i = int(dispatches[i].ParentID[0] - 'A')
			}
			return true
		}
		f := newForest(now, dispatches, duties, nil, ticks, nil)
		more := rapid.IntRange(0, n-1).Draw(t, "who does more")
		busier := newForest(now, dispatches, duties, nil, append(ticks, tickSum{DispatchID: name(more), Duty: 1, Count: 1}), nil)
		for top := range n {
			want := 0
			for i := range n {
				if reaches(i, top) {
					want += ticks[i].Count
				}
			}
			key := dutyKey{name(top), 1}
			p, after := f.progress(key), busier.progress(key)
			if p.Count != want {
				t.Fatalf("%s counts %d of %d", name(top), p.Count, want)
			}
			if gained := after.Count - p.Count; gained != 0 != reaches(more, top) || gained < 0 || after.Percent() < p.Percent() {
				t.Fatalf("one more at %s makes %+v of %+v at %s", name(more), after, p, name(top))
			}
			if p.Complete != duties[top].Done() || p.PartsDone > p.Parts || p.Percent() < 0 || p.Percent() == 100 && !p.Complete {
				t.Fatalf("%s: %+v", name(top), p)
			}
		}
	})
}

// A period of a recurring duty that was split is done when the unit did it, or everybody below.
func TestPeriodsFlowUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := clock.Date(2024, time.June, 30, 0, 0)
		every := &letter.Recurrence{Period: "week"}
		sundays := []string{"2024-W23", "2024-W24", "2024-W25"}
		below := rapid.IntRange(0, 4).Draw(t, "below")
		dispatches, duties := []Dispatch{{ID: "top", State: InProgress, ArrivedAt: clock.Date(2024, time.June, 1, 8, 0)}}, []Duty{{DispatchID: "top", Number: 1, Every: every}}
		for i := range below {
			id := ident.ID(rune('A' + i))
			dispatches = append(dispatches, Dispatch{ID: id, ParentID: "top", State: InProgress})
			duties = append(duties, Duty{DispatchID: id, Number: 1, From: 1, Every: every})
		}
		var ticks []tickSum
		by := map[string]map[ident.ID]bool{}
		for _, sunday := range sundays {
			by[sunday] = map[ident.ID]bool{}
			for _, d := range dispatches {
				if rapid.Bool().Draw(t, "did") {
					by[sunday][d.ID] = true
					ticks = append(ticks, tickSum{DispatchID: d.ID, Duty: 1, Count: 1, Period: sunday})
				}
			}
		}
		p := newForest(now, dispatches, duties, nil, ticks, nil).progress(dutyKey{"top", 1})
		for _, sunday := range sundays {
			all := below > 0
			for _, d := range dispatches[1:] {
				all = all && by[sunday][d.ID]
			}
			got := false
			for _, name := range p.Periods {
				got = got || name == sunday
			}
			if got != (by[sunday]["top"] || all) {
				t.Fatalf("%s: done %v; itself %v, everybody below %v", sunday, got, by[sunday]["top"], all)
			}
		}
	})
}

// The periods of a duty are the same whichever other duties were looked at before: they are kept by what they follow from.
func TestPeriodsAreSharedAndOver(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := clock.Date(2024, time.June, 1, 0, 0).Add(time.Duration(rapid.IntRange(0, 200*24*60).Draw(t, "now")) * time.Minute)
		n := rapid.IntRange(1, 6).Draw(t, "units")
		dispatches, duties := make([]Dispatch, n), make([]Duty, n)
		for i := range n {
			id := ident.ID(rune('A' + i))
			dispatches[i] = Dispatch{ID: id, State: InProgress, ArrivedAt: clock.Date(2024, time.June, rapid.IntRange(1, 9).Draw(t, "day"), rapid.IntRange(0, 23).Draw(t, "hour"), 30)}
			every := anyRecurrence(t)
			duties[i] = Duty{DispatchID: id, Number: 1, Every: every}
			if rapid.Bool().Draw(t, "deadline?") {
				duties[i].Deadline = clock.Date(2024, time.July, rapid.IntRange(1, 28).Draw(t, "deadline"), 0, 0)
			}
		}
		f := newForest(now, dispatches, duties, nil, nil, nil)
		for i, d := range duties {
			until := now
			if !d.Deadline.IsZero() && d.Deadline.Before(now.Time) {
				until = d.Deadline
			}
			want := periodsOf(d.Every, dispatches[i].ArrivedAt, until)
			got := f.progress(dutyKey{d.DispatchID, 1}).Due
			if len(got) != len(want) {
				t.Fatalf("%d periods, want %d", len(got), len(want))
			}
			for j, p := range got {
				if p.Name != want[j].Name || p.At != want[j].At {
					t.Fatalf("%+v, want %+v", p, want[j])
				}
				last := p.Over.Add(-time.Minute)
				if !p.Over.After(p.At.Time) || PeriodOf(d.Every, last) != p.Name || !d.Deadline.IsZero() && p.Over.After(d.Deadline.Time) {
					t.Fatalf("%s is over at %v", p.Name, p.Over.Local())
				}
				if whole := !d.Every.Dated() && (d.Deadline.IsZero() || p.Over.Before(d.Deadline.Time)); whole && PeriodOf(d.Every, p.Over) == p.Name {
					t.Fatalf("%s is over at %v, before its end", p.Name, p.Over.Local())
				}
				if j > 0 && got[j-1].Over.After(p.At.Time) {
					t.Fatalf("%+v is not over when %+v begins", got[j-1], p)
				}
			}
		}
	})
}

// A duty that is asked for twice a week is done in the weeks in which the unit did it twice, or everybody below did; what one of
// them did makes up for no other.
func TestSoManyTimesInEachPeriod(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		times := rapid.IntRange(2, 4).Draw(t, "times")
		every := &letter.Recurrence{Period: "week", Times: times}
		weeks := []string{"2024-W23", "2024-W24", "2024-W25"}
		below := rapid.IntRange(0, 3).Draw(t, "below")
		arrived := clock.Date(2024, time.June, 3, 8, 0)
		dispatches, duties := []Dispatch{{ID: "top", State: InProgress, ArrivedAt: arrived}}, []Duty{{DispatchID: "top", Number: 1, Every: every}}
		for i := range below {
			id := ident.ID(rune('A' + i))
			dispatches = append(dispatches, Dispatch{ID: id, ParentID: "top", State: InProgress, ArrivedAt: arrived})
			duties = append(duties, Duty{DispatchID: id, Number: 1, From: 1, Every: every})
		}
		dispatches = append(dispatches, Dispatch{ID: "out", ParentID: "top", State: Received, ArrivedAt: arrived, Outside: true})
		duties = append(duties, Duty{DispatchID: "out", Number: 1, From: 1, Every: every})
		var ticks []tickSum
		did := map[string]map[ident.ID]int{}
		for _, week := range weeks {
			did[week] = map[ident.ID]int{}
			for _, d := range dispatches[:1+below] {
				for range rapid.IntRange(0, 5).Draw(t, "did") {
					did[week][d.ID]++
					ticks = append(ticks, tickSum{DispatchID: d.ID, Duty: 1, Count: 1, Period: week})
				}
			}
		}
		p := newForest(clock.Date(2024, time.June, 24, 0, 0), dispatches, duties, nil, ticks, nil).progress(dutyKey{"top", 1})
		if len(p.Due) != len(weeks) || p.Times != times || p.Quota != 0 {
			t.Fatalf("%+v", p)
		}
		met := 0
		for i, week := range weeks {
			want := did[week]["top"]
			if below > 0 {
				least := did[week]["A"]
				for _, d := range dispatches[1 : 1+below] {
					least = min(least, did[week][d.ID])
				}
				want = max(want, least)
			}
			if p.Due[i].Name != week || p.Due[i].Count != want || p.Due[i].Done != (want >= times) {
				t.Fatalf("%s: %+v, want %d of %d", week, p.Due[i], want, times)
			}
			if want >= times {
				met++
			}
		}
		if p.Met() != met || p.Percent() != min(99, met*100/3) {
			t.Fatalf("%d met, %d %%", p.Met(), p.Percent())
		}
	})
}

// A number that is asked for in each period is judged by the period: what is done in one makes up for no other. The share of
// a unit outside, which can not be counted, is not missed.
func TestANumberInEachPeriod(t *testing.T) {
	every := &letter.Recurrence{Period: "week"}
	arrived := clock.Date(2024, time.June, 3, 8, 0)
	dispatches := []Dispatch{
		{ID: "top", State: InProgress, ArrivedAt: arrived},
		{ID: "below", ParentID: "top", State: InProgress, ArrivedAt: arrived},
		{ID: "outside", ParentID: "top", State: Received, ArrivedAt: arrived, Outside: true},
	}
	duty := func(id ident.ID, from, quota int) Duty {
		return Duty{DispatchID: id, Number: 1, From: from, Every: every, Quota: &letter.Quota{Count: quota}}
	}
	own, below, outside := duty("top", 0, 2), duty("below", 1, 1), duty("outside", 1, 1)
	did := func(id ident.ID, week string, n int) tickSum {
		return tickSum{DispatchID: id, Duty: 1, Period: "2024-" + week, Count: n}
	}
	for _, tt := range []struct {
		what    string
		duties  []Duty
		ticks   []tickSum
		met     []bool
		counts  []int
		percent int
	}{
		{"nothing", []Duty{own}, nil, []bool{false, false, false}, []int{0, 0, 0}, 0},
		{"two in the first week", []Duty{own}, []tickSum{did("top", "W23", 2)}, []bool{true, false, false}, []int{2, 0, 0}, 33},
		{"six in the first week", []Duty{own}, []tickSum{did("top", "W23", 6)}, []bool{true, false, false}, []int{6, 0, 0}, 33},
		{"one each week", []Duty{own}, []tickSum{did("top", "W23", 1), did("top", "W24", 1), did("top", "W25", 1)}, []bool{false, false, false}, []int{1, 1, 1}, 0},
		{"with what is done below", []Duty{own, below}, []tickSum{did("top", "W23", 1), did("below", "W23", 1), did("below", "W24", 1)}, []bool{true, false, false}, []int{2, 1, 0}, 33},
		{"all of it below", []Duty{own, below}, []tickSum{did("below", "W23", 2), did("below", "W24", 2), did("below", "W25", 3)}, []bool{true, true, true}, []int{2, 2, 3}, 99},
		{"a share outside", []Duty{own, outside}, []tickSum{did("top", "W24", 1)}, []bool{false, true, false}, []int{0, 1, 0}, 33},
	} {
		p := newForest(clock.Date(2024, time.June, 24, 0, 0), dispatches, tt.duties, nil, tt.ticks, nil).progress(dutyKey{"top", 1})
		var met []bool
		var counts []int
		for _, due := range p.Due {
			met, counts = append(met, due.Done), append(counts, due.Count)
		}
		if !slices.Equal(met, tt.met) || !slices.Equal(counts, tt.counts) || p.Percent() != tt.percent {
			t.Errorf("%s: %v, %v, %d %%, want %v, %v, %d", tt.what, met, counts, p.Percent(), tt.met, tt.counts, tt.percent)
		}
	}
}
