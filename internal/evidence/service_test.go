package evidence_test

import (
	"errors"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/evidence"
	"sachhon/internal/fault"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/report/reporttest"
	"sachhon/internal/testkit"
)

func TestFindings(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := reporttest.New(t, db, clk)
		service := evidence.NewService(db, w.Challenges, w.Cleanups, w.Reports)
		_, first := w.Team("Đoàn Tứ Hạ", "19996")
		_, second := w.Team("Đoàn Hương Xuân", "20017")
		a, b := w.Cleanup(first, "19996", 8), w.Cleanup(second, "20017", 9)

		original := w.Submitted(first, a, reporttest.Figures(), 1)
		copied := w.Submitted(second, b, reporttest.Figures(), 2) // its first photo is the other's second

		found, err := service.Findings(t.Context(), w.Board, copied.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) != 2 || found[0].Kind != evidence.SamePhoto || found[1].Kind != evidence.SameFigures {
			t.Fatalf("found %+v", found)
		}
		for _, f := range found {
			if f.OtherReport != original.ID {
				t.Errorf("%s names report %s, want %s", f.Kind, f.OtherReport, original.ID)
			}
		}
		found, err = service.Findings(t.Context(), w.Board, original.ID)
		if err != nil || len(found) != 1 || found[0].Kind != evidence.SamePhoto {
			t.Errorf("the earlier report: %+v, %v; want the photo alone", found, err)
		}
		if r, err := w.Reports.Get(t.Context(), second, copied.ID); err != nil || r.State != report.Submitted {
			t.Errorf("checking moved the report to %s, %v", r.State, err)
		}
		for name, actor := range map[string]person.Actor{"the team": second, "anybody": {}} {
			if _, err := service.Findings(t.Context(), actor, copied.ID); !errors.Is(err, fault.Forbidden) && !errors.Is(err, fault.Unauthenticated) {
				t.Errorf("%s saw the findings: %v", name, err)
			}
		}
	})
}
