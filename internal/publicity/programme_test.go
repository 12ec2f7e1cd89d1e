package publicity_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sachhon/internal/clock"
	"sachhon/internal/publicity"
)

// item waits since an hour of the first of June.
func item(slug, priority string, minutes, since int, plays ...clock.Time) publicity.Item {
	return publicity.Item{
		Slug: slug, Priority: priority, Length: time.Duration(minutes) * time.Minute, Since: clock.Date(2024, 6, 1, since, 0), Plays: plays,
	}
}

// told writes a programme down: "5:00 a*" is a bulletin that was heard.
func told(p publicity.Programme) (slots [][]string, urgent, left []string) {
	for _, s := range p.Slots {
		var turns []string
		for _, t := range s.Turns {
			text := t.At.Local().Format("15:04") + " " + t.Slug
			if t.Done {
				text += "*"
			}
			turns = append(turns, text)
		}
		slots = append(slots, turns)
	}
	for _, i := range p.Urgent {
		urgent = append(urgent, i.Slug)
	}
	for _, i := range p.Left {
		left = append(left, i.Slug)
	}
	return slots, urgent, left
}

func TestTheProgrammeGoesByPriorityThenByTime(t *testing.T) {
	h := publicity.DefaultHours()
	items := []publicity.Item{
		item("late", publicity.Ordinary, 2, 9), item("early", publicity.Ordinary, 3, 7), item("first", publicity.Priority, 2, 10),
		item("now", publicity.Urgent, 2, 11), item("long", publicity.Priority, 16, 6),
	}
	at := func(hour, minute int) clock.Time { return clock.Date(2024, 6, 6, hour, minute) }
	for _, tt := range []struct {
		name  string
		now   clock.Time
		items []publicity.Item
		want  [][]string
	}{
		{"before the day begins", at(3, 0), items, [][]string{{"05:00 first", "05:02 early", "05:05 late"}, {"17:00 first", "17:02 early", "17:05 late"}}},
		{"while a slot goes on", at(17, 30), items, [][]string{{"05:00 first", "05:02 early", "05:05 late"}, {"17:30 first", "17:32 early", "17:35 late"}}},
		{"at its end", at(17, 57), items, [][]string{{"05:00 first", "05:02 early", "05:05 late"}, {"17:57 first"}}},
		{
			"one was heard", at(17, 10),
			[]publicity.Item{item("late", publicity.Ordinary, 2, 9, at(17, 6)), item("early", publicity.Ordinary, 3, 7), item("first", publicity.Priority, 2, 10, at(5, 1))},
			[][]string{{"05:00 early", "05:01 first*", "05:03 late"}, {"17:06 late*", "17:10 first", "17:12 early"}},
		},
	} {
		slots, urgent, left := told(h.Programme("2024-06-06", tt.now, tt.items))
		if !slices.EqualFunc(slots, tt.want, slices.Equal) {
			t.Errorf("%s: %q, want %q", tt.name, slots, tt.want)
		}
		if len(tt.items) == 5 && (!slices.Equal(urgent, []string{"now"}) || left[0] != "long") {
			t.Errorf("%s: urgent %q, left %q", tt.name, urgent, left)
		}
	}
	h.Days = []time.Weekday{time.Sunday}
	p := h.Programme("2024-06-06", at(3, 0), items)
	if slots, urgent, _ := told(p); !p.Closed || len(slots) != 0 || len(urgent) != 1 {
		t.Errorf("on a day without loudspeakers: %q, urgent %q", slots, urgent)
	}
}

func TestNextPlay(t *testing.T) {
	h := publicity.DefaultHours()
	h.Days = []time.Weekday{1, 2, 3, 4, 5}
	for _, tt := range []struct {
		now      clock.Time
		length   int
		priority string
		ahead    int // minutes of another bulletin with priority
		want     clock.Time
	}{
		{clock.Date(2024, 6, 6, 8, 0), 2, publicity.Ordinary, 0, clock.Date(2024, 6, 6, 17, 0)},
		{clock.Date(2024, 6, 6, 8, 0), 2, publicity.Ordinary, 10, clock.Date(2024, 6, 6, 17, 10)},
		{clock.Date(2024, 6, 6, 8, 0), 2, publicity.Priority, 10, clock.Date(2024, 6, 6, 17, 0)}, // it has waited longer
		{clock.Date(2024, 6, 6, 17, 30), 2, publicity.Ordinary, 0, clock.Date(2024, 6, 6, 17, 30)},
		{clock.Date(2024, 6, 6, 17, 59), 2, publicity.Ordinary, 0, clock.Date(2024, 6, 7, 5, 0)},
		{clock.Date(2024, 6, 7, 19, 0), 2, publicity.Ordinary, 0, clock.Date(2024, 6, 10, 5, 0)}, // over the week-end
		{clock.Date(2024, 6, 8, 3, 0), 2, publicity.Urgent, 10, clock.Date(2024, 6, 8, 3, 0)},
		{clock.Date(2024, 6, 6, 8, 0), 20, publicity.Ordinary, 0, clock.Time{}},
	} {
		items := []publicity.Item{item("it", tt.priority, tt.length, 7)}
		if tt.ahead > 0 {
			items = append(items, item("ahead", publicity.Priority, tt.ahead, 8))
		}
		if got, ok := h.Next(tt.now, items, "it"); ok != !tt.want.IsZero() || !got.Equal(tt.want.Time) {
			t.Errorf("%s, %s of %d minutes: %s, %v, want %s", tt.now, tt.priority, tt.length, got, ok, tt.want)
		}
	}
}

// TestAProgrammeKeepsItsSlots: whatever is to be played, nothing is played outside the slots or two at once, nothing ordinary comes
// before what has priority, and nothing is lost.
func TestAProgrammeKeepsItsSlots(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := publicity.DefaultHours()
		var items []publicity.Item
		for i := range rapid.IntRange(0, 12).Draw(t, "items") {
			items = append(items, item(string(rune('a'+i)), rapid.SampledFrom(publicity.Priorities()).Draw(t, "priority"),
				rapid.IntRange(1, 20).Draw(t, "minutes"), rapid.IntRange(0, 23).Draw(t, "since")))
		}
		now := clock.Date(2024, 6, 6, rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute"))
		p := h.Programme("2024-06-06", now, items)
		found := map[string]bool{}
		for _, s := range p.Slots {
			end, ordinary := s.From, false
			for _, turn := range s.Turns {
				if turn.At.Before(end.Time) || turn.At.Add(turn.Length).After(s.Until.Time) {
					t.Fatalf("%s at %s in %s–%s after %s", turn.Slug, turn.At, s.From, s.Until, end)
				}
				if ordinary && turn.Priority == publicity.Priority {
					t.Fatalf("%s comes after an ordinary one", turn.Slug)
				}
				end, ordinary, found[turn.Slug] = turn.At.Add(turn.Length), turn.Priority == publicity.Ordinary, true
			}
		}
		for _, i := range slices.Concat(p.Urgent, p.Left) {
			if found[i.Slug] {
				t.Fatalf("%s stands twice", i.Slug)
			}
			found[i.Slug] = true
		}
		if len(found) != len(items) {
			t.Fatalf("%d of %d are in the programme", len(found), len(items))
		}
	})
}
