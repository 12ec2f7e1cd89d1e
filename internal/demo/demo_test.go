package demo

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"sachhon/internal/app"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/urging"
	"sachhon/internal/waste"
	"sachhon/internal/web"
)

// replayed runs the demo on an engine.
func replayed(t *testing.T, engine database.Engine, today bool) *app.App {
	t.Helper()
	o := Options{
		Data: filepath.Join(t.TempDir(), "demo"), Listen: "127.0.0.1:8080", Today: today,
		Clock: clock.NewSet(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Zone)),
	}
	if engine == database.Postgres {
		o.Database = testkit.URL(t, engine)
	}
	a, err := Open(t.Context(), web.Config{Timeout: time.Second, Grace: time.Second}, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

func TestReplayGivesWhatWasPublished(t *testing.T) {
	a := replayed(t, database.SQLite, true)
	s, err := a.Insight.BySlug(t.Context(), person.Actor{}, juneSlug)
	if err != nil {
		t.Fatal(err)
	}
	got := s.Statistics
	if r := got.Registrations; r.Total != 119 || r.Collective != 64 || r.Individual != 55 {
		t.Errorf("registrations %+v", r)
	}
	if got.Cleanups.Created != 84 || got.Cleanups.Valid != 65 {
		t.Errorf("clean-ups %+v", got.Cleanups)
	}
	if got.Participants < 2801 || got.Participants > 2850 {
		t.Errorf("%d participants", got.Participants)
	}
	for _, w := range waste.Types() {
		if g := got.Waste.Of(w); g != publishedKilos[w]*1000 {
			t.Errorf("%s: %d g, published %d kg", w, g, publishedKilos[w])
		}
	}
	if _, err := a.Awards.Latest(t.Context(), person.Actor{}, s.Challenge); err != nil {
		t.Errorf("no results were published: %v", err)
	}
	if err := a.Log.Verify(t.Context()); err != nil {
		t.Errorf("the log does not verify: %v", err)
	}
	urged(t, a, s.Challenge)
	now, err := a.Insight.BySlug(t.Context(), person.Actor{}, todaySlug)
	if err != nil {
		t.Fatalf("today's challenge: %v", err)
	}
	travelled(t, a, now.Challenge)
}

// travelled checks that today's plan went down three tiers, the town's with a letter of its own, and is partly waited for.
func travelled(t *testing.T, a *app.App, challenge ident.ID) {
	t.Helper()
	letters, err := a.Letters.Published(t.Context(), challenge)
	if err != nil || len(letters) != 2 || letters[0].Fields.Type != "kế hoạch" || letters[1].AnswersID != letters[0].ID {
		t.Fatalf("letters of today: %d, %v", len(letters), err)
	}
	plan := letters[0]
	b, err := a.Cascade.Board(t.Context(), person.SystemActor, plan.ID, plan.IssuerID)
	if err != nil {
		t.Fatal(err)
	}
	with := map[ident.ID]int{}
	late := 0
	for _, row := range b.Rows {
		with[row.UnderID]++
		if len(row.Late) > 0 {
			late++
		}
	}
	if len(b.Tiers) != 3 || with[letters[1].ID] != 9 || late == 0 || late == len(b.Rows) {
		t.Errorf("%d tiers, sent with %v, %d of %d late", len(b.Tiers), with, late, len(b.Rows))
	}
}

// urged checks that late units of June were reminded, their leaders told, and one letter drafted for the town.
func urged(t *testing.T, a *app.App, challenge ident.ID) {
	t.Helper()
	letters, err := a.Letters.Published(t.Context(), challenge)
	if err != nil || len(letters) == 0 {
		t.Fatalf("letters of June: %d, %v", len(letters), err)
	}
	sent, err := a.Urging.Sent(t.Context(), person.SystemActor, letters[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	steps := map[urging.Step]int{}
	for _, s := range sent.Steps {
		steps[s.Step]++
		if day := clock.DayOf(s.At.Time); !day.Within("2024-06-07", "2024-07-31") {
			t.Errorf("urged on %s", day)
		}
	}
	if steps[urging.Remind] == 0 || steps[urging.Escalate] == 0 || steps[urging.Draft] == 0 {
		t.Errorf("steps of June: %v", steps)
	}
	if len(sent.Drafts) != 1 || !sent.Drafts[0].Open() || len(sent.Drafts[0].Units) < 2 {
		t.Errorf("drafted letters of June: %+v", sent.Drafts)
	}
}

// TestReplayIsTheSameEverywhere compares the public documents of two runs, one on each engine.
func TestReplayIsTheSameEverywhere(t *testing.T) {
	snapshots := map[database.Engine]*insight.Snapshot{}
	for _, engine := range []database.Engine{database.SQLite, database.Postgres} {
		s, err := replayed(t, engine, false).Insight.BySlug(t.Context(), person.Actor{}, juneSlug)
		if err != nil {
			t.Fatal(err)
		}
		snapshots[engine] = s
	}
	for _, key := range []insight.Key{
		insight.KeyStatistics, insight.KeyMap, insight.KeyDays, insight.KeyUnits,
		insight.KeyStandings("collective"), insight.KeyStandings("individual"),
	} {
		a, b := body(t, snapshots[database.SQLite], key), body(t, snapshots[database.Postgres], key)
		if !bytes.Equal(a, b) {
			t.Errorf("%s differs between two runs:\n%.300s\n%.300s", key, a, b)
		}
	}
}

func body(t *testing.T, s *insight.Snapshot, key insight.Key) []byte {
	t.Helper()
	b, ok, err := s.Body(key)
	if err != nil || !ok {
		t.Fatalf("%s: %t, %v", key, ok, err)
	}
	return b.JSON
}
