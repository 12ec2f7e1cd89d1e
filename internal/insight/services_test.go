package insight_test

import (
	"testing"
	"time"

	"sachhon/internal/award"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/report"
	"sachhon/internal/report/reporttest"
	"sachhon/internal/scoring"
	"sachhon/internal/testkit"
	"sachhon/internal/waste"
)

// TestFromTheFirstReportToThePrizes follows two teams through the services that people use and looks at the standings
// after each step.
func TestFromTheFirstReportToThePrizes(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		ctx := t.Context()
		w := reporttest.New(t, db, clk)
		scores := scoring.NewService(db, w.Challenges)
		awards := award.NewService(db, w.Log, w.IDs, w.Challenges, w.Reports, scores)
		s := insight.NewService(db, w.Log, w.Challenges, scores, awards, insight.Config{Refresh: time.Hour})
		scheme, err := scoring.DefaultScheme().Document()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := scores.AddScheme(ctx, w.Board, w.Challenge.ID, scheme, clock.Time{}); err != nil {
			t.Fatal(err)
		}
		look := func() (insight.Statistics, []insight.Row) {
			t.Helper()
			snapshot, err := s.Get(ctx, nobody, w.Challenge.ID)
			if err != nil {
				t.Fatal(err)
			}
			table, ok := snapshot.Table(challenge.Collective)
			if !ok {
				t.Fatal("no table of the collectives")
			}
			return snapshot.Statistics, table.Rows
		}

		a, actorA := w.Team("Đội Bờ Sông", "19996")
		b, actorB := w.Team("Đội Bãi Biển", "19996")
		eventA, eventB := w.Cleanup(actorA, "19996", 8), w.Cleanup(actorB, "19996", 9)
		if totals, rows := look(); totals.Registrations.Collective != 2 || totals.Cleanups != (insight.Cleanups{Created: 2}) || len(rows) != 0 {
			t.Errorf("announced: %+v, %+v", totals, rows)
		}
		figures := reporttest.Figures()
		reportA := w.Submitted(actorA, eventA, figures, 1)
		reportB := w.Submitted(actorB, eventB, figures, 3)
		if totals, rows := look(); totals.Cleanups.Valid != 0 || len(rows) != 0 {
			t.Errorf("handed in: %+v, %+v", totals, rows)
		}

		reportB = w.Decided(w.Board, reportB, report.Confirm)
		if totals, rows := look(); totals.Participants != 12 || len(rows) != 1 || rows[0].Entrant.ID != b.ID || rows[0].Entrant.Name != b.Name {
			t.Errorf("one valid: %+v, %+v", totals, rows)
		}
		w.Decided(w.Board, reportA, report.Confirm)
		_, rows := look()
		// 20 and 12 points, 40 kg of organic waste at 0.2, 12.5 kg of plastic at 10, a tenth of these 125 for weighing.
		if len(rows) != 2 || rows[0].Entrant.ID != a.ID || rows[0].Points != 177_500 || rows[1].Points != 177_500 ||
			rows[1].Decided != scoring.ByLastAt {
			t.Errorf("equal points, the earlier report first: %+v", rows)
		}

		adjusted := figures
		adjusted.Weights = adjusted.Weights.With(waste.Plastic, 20_000)
		if _, err := w.Reports.Adjust(ctx, w.Board2, report.AdjustInput{
			ID: w.IDs.New(), Report: reportB.ID, Version: reportB.Version, Figures: adjusted, Reason: "Phiếu cân ghi 20 kg",
		}); err != nil {
			t.Fatal(err)
		}
		totals, rows := look()
		if totals.Waste.Of(waste.Plastic) != 32_500 || rows[0].Entrant.ID != b.ID || rows[0].Points != 260_000 {
			t.Errorf("adjusted: %+v, %+v", totals, rows)
		}

		snapshot, err := s.Get(ctx, nobody, w.Challenge.ID)
		if err != nil {
			t.Fatal(err)
		}
		shown, err := w.Reports.Showcase(ctx, db, []ident.ID{reportB.ID})
		if err != nil || len(shown[reportB.ID]) != 2 || snapshot.Map.Points[1].Thumb != shown[reportB.ID][1].ID {
			t.Errorf("the map shows photo %s, public are %+v, %v", snapshot.Map.Points[1].Thumb, shown, err)
		}

		clk.Set(w.Challenge.ReportingUntil.Time)
		if _, err := w.Challenges.Advance(ctx, w.Board, w.Challenge.ID, challenge.Judge); err != nil {
			t.Fatal(err)
		}
		p, err := awards.Publish(ctx, w.Board, award.PublishInput{Challenge: w.Challenge.ID})
		if err != nil {
			t.Fatal(err)
		}
		if err := award.Verify(p); err != nil {
			t.Error(err)
		}
		if _, rows := look(); rows[0].Prize == nil || rows[0].Prize.Amount != 3_000_000 || rows[1].Prize.Amount != 2_000_000 {
			t.Errorf("published: %+v", rows)
		}
	})
}
