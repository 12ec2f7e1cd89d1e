package scoring_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/fault"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/scoring"
	"sachhon/internal/scoring/scoringtest"
	"sachhon/internal/testkit"
	"sachhon/internal/waste"
)

func TestLoadIsWhatWasReported(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		w := scoringtest.NewWorld(t, db)
		w.Fill(t, 30)
		_, want := scoringtest.Contest(30)
		got, err := w.Scores.Load(t.Context(), db, w.Challenge)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got.Reports); diff != "" {
			t.Error(diff)
		}
		for i, e := range got.Entrants {
			if (e.Name == "") != (i%10 == 9) || e.Number != i+1 {
				t.Errorf("entrant %d is %+v; every tenth name is hidden", i+1, e)
			}
		}
	})
}

// TestOnlyWhatCounts has one report that counts among those that do not.
func TestOnlyWhatCounts(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		w := scoringtest.NewWorld(t, db)
		figures := report.Figures{Participants: 12, Weights: waste.Weights{}.With(waste.Plastic, 5_000)}
		adjusted := report.Figures{
			Participants: 10, Weights: waste.Weights{}.With(waste.Plastic, 4_000),
			Methods: waste.Methods{}.With(waste.Plastic, waste.Weighed),
		}
		var entrants []scoringtest.Entrant
		for i, state := range entrant.States {
			entrants = append(entrants, scoringtest.Entrant{ID: scoringtest.ID(1, i), Number: i + 1, State: state})
		}
		var cleanups []scoringtest.Cleanup
		add := func(of int, state report.State) {
			n := len(cleanups)
			c := scoringtest.Cleanup{ID: scoringtest.ID(3, n), Entrant: entrants[of].ID, Report: scoringtest.ID(2, n), Result: state, Figures: figures}
			if state == report.Valid {
				c.Adjusted = &adjusted
			}
			cleanups = append(cleanups, c)
		}
		approved := 0
		for i, e := range entrants {
			add(i, report.Valid)
			if e.State == entrant.Approved {
				approved = i
			}
		}
		for _, state := range report.Lifecycle.States() {
			if state != report.Valid {
				add(approved, state)
			}
		}
		w.Add(t, entrants, cleanups)

		got, err := w.Scores.Load(t.Context(), db, w.Challenge)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Entrants) != 1 || len(got.Reports) != 1 || got.Reports[0].Participants != 10 {
			t.Fatalf("%+v", got)
		}
		explained, err := w.Scores.Explain(t.Context(), person.Actor{}, w.Challenge, entrants[approved].ID)
		if err != nil {
			t.Fatal(err)
		}
		// 20 for the clean-up, 10 people, 4 kg of plastic at 10, a tenth more since it was weighed.
		if len(explained) != 1 || explained[0].Points != 74*scoring.Point || explained[0].Lines.Total() != explained[0].Points {
			t.Errorf("explained %+v", explained)
		}
		none, err := w.Scores.Explain(t.Context(), person.Actor{}, w.Challenge, entrants[0].ID)
		if err != nil || len(none) != 0 {
			t.Errorf("an entrant that is not admitted has %+v, %v", none, err)
		}
	})
}

func TestSchemesOfAChallenge(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := scoringtest.NewWorld(t, db)
		w.Fill(t, 20)
		ctx := t.Context()
		other := scoring.DefaultScheme()
		other.Event = 500 * scoring.Point
		document, err := other.Document()
		if err != nil {
			t.Fatal(err)
		}

		for _, actor := range []person.Actor{{}, w.Officer} {
			if _, err := w.Scores.AddScheme(ctx, actor, w.Challenge, document, clock.Time{}); fault.KindOf(err) == "" {
				t.Errorf("%s added a scheme: %v", actor.ID, err)
			}
			if _, err := w.Scores.Simulate(ctx, actor, w.Challenge, document); fault.KindOf(err) == "" {
				t.Errorf("%s simulated a scheme: %v", actor.ID, err)
			}
		}
		if _, err := w.Scores.AddScheme(ctx, w.Board, w.Challenge, []byte(`{"format":1}`), clock.Time{}); !errors.Is(err, fault.Invalid) {
			t.Errorf("an empty scheme: %v", err)
		}

		moves, err := w.Scores.Simulate(ctx, w.Board, w.Challenge, document)
		if err != nil || len(moves) != 1 {
			t.Fatalf("simulated %d divisions, %v", len(moves), err)
		}
		for _, m := range moves[0].Moves {
			if (m.To-m.From)%(480*scoring.Point) != 0 || m.To <= m.From {
				t.Errorf("%+v: want 480 points more for each report", m)
			}
		}

		now := clock.At(clk.Now())
		for range 2 { // sent twice
			v, err := w.Scores.AddScheme(ctx, w.Board, w.Challenge, document, now.Add(24*time.Hour))
			if err != nil || v.Number != 2 {
				t.Fatalf("version %d, %v", v.Number, err)
			}
		}
		for days, want := range map[int]scoring.Points{0: 20 * scoring.Point, 2: 500 * scoring.Point} {
			_, scheme, err := w.Scores.SchemeAt(ctx, db, w.Challenge, now.Add(time.Duration(days)*24*time.Hour))
			if err != nil || scheme.Event != want {
				t.Errorf("after %d days a clean-up earns %s, %v", days, scheme.Event, err)
			}
		}
	})
}
