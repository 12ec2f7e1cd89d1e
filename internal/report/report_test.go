package report_test

import (
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/report"
	"sachhon/internal/report/reporttest"
	"sachhon/internal/testkit"
)

func TestFromDraftToValid(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := reporttest.New(t, db, clk)
		_, team := w.Team("Đoàn Tứ Hạ", "19996")
		event := w.Cleanup(team, "19996", 8)
		r := w.Submitted(team, event, reporttest.Figures(), 1)
		if r.State != report.Submitted || r.Figures != reporttest.Figures() {
			t.Fatalf("sent in: %+v", r)
		}
		r = w.Decided(w.Board, r, report.Confirm)
		if r.State != report.Valid || r.DecidedBy != w.Board.ID {
			t.Fatalf("decided: %+v", r)
		}
		results, err := w.Reports.Results(t.Context(), db, w.Challenge.ID)
		if err != nil || len(results) != 1 || results[0].Figures != reporttest.Figures() || results[0].SubmittedAt != r.SubmittedAt {
			t.Fatalf("results %+v, %v", results, err)
		}
	})
}
