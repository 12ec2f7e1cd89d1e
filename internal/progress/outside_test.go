package progress_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/progress/progresstest"
	"sachhon/internal/testkit"
)

// elsewhere is a carrier that reaches one unit.
type elsewhere ident.ID

func (e elsewhere) Carry(_ context.Context, _ *database.Tx, d cascade.Dispatch) (bool, error) {
	return d.ReceiverID == ident.ID(e), nil
}

func (elsewhere) Changed(context.Context, *database.Tx, cascade.Dispatch, cascade.Dispatch) error {
	return nil
}

// TestOfAUnitOutsideOnlyTheStatusCounts: it owes no report and no publicity, and is late with what it can tell and does not.
func TestOfAUnitOutsideOnlyTheStatusCounts(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		ctx := t.Context()
		w := progresstest.New(t, db, clk)
		w.Cascade.CarryWith(elsewhere(w.Of(idle).ID))
		sent := w.Send(ward, idle)
		clk.Advance(4 * time.Hour)
		w.Publicise(sent[ward], letter.Loudspeaker, 5, 300)
		clerk := w.Actor(person.Clerk, w.Town)
		_, err := w.Progress.Plan(ctx, clerk, progress.Schedule{
			Letter: w.Letter.ID, Unit: w.Town.ID, First: "2024-06-06", Last: "2024-06-30", FinalDay: "2024-07-03",
		})
		w.Must(err)
		tell := func(told cascade.Told) {
			t.Helper()
			w.Must(db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
				return w.Cascade.Tell(ctx, tx, w.Tree, sent[idle].ID, told)
			}))
		}
		figures := func() (progress.Figures, progress.Line) {
			t.Helper()
			f, err := w.Progress.Figures(ctx, clerk, w.Town.ID, about(w), june)
			w.Must(err)
			i := slices.IndexFunc(f.Lines, func(l progress.Line) bool { return l.Code == idle })
			if i < 0 || !f.Lines[i].Followed {
				t.Fatalf("the lines: %+v", f.Lines)
			}
			return f, f.Lines[i]
		}

		clk.Set(time.Date(2024, time.July, 3, 8, 30, 0, 0, clock.Zone))
		w.Must(w.Progress.DraftDue(ctx))
		reports, err := w.Progress.Reports(ctx, person.SystemActor, w.Of(idle).ID, 10)
		if err != nil || len(reports) != 0 {
			t.Errorf("%d reports are drafted for the unit outside, %v", len(reports), err)
		}
		if reports, err = w.Progress.Reports(ctx, person.SystemActor, w.Of(ward).ID, 10); err != nil || len(reports) != 1 {
			t.Errorf("%d reports are drafted for the one here, %v", len(reports), err)
		}

		at := clock.Date(2024, 6, 7, 8, 0)
		tell(cascade.Told{State: cascade.Arrived, ArrivedAt: at})
		f, line := figures()
		if !slices.Equal(line.Late, []cascade.Step{cascade.StepReceive}) || line.Absent || line.Own.Late != 1 || f.Total.Absent != 0 {
			t.Errorf("not received: late with %v, absent %v, %+v", line.Late, line.Absent, f.Total)
		}
		tell(cascade.Told{State: cascade.InProgress, ArrivedAt: at, ReceivedAt: at, StartedAt: at})
		if f, line = figures(); len(line.Late) > 0 || line.Own.Late != 0 || f.Total.DutiesDone != 0 || f.Total.Followed != 1 || f.Total.Recording() != 1 {
			t.Errorf("at work: late with %v, %+v", line.Late, f.Total)
		}
		tell(cascade.Told{State: cascade.Completed, ArrivedAt: at, ReceivedAt: at, StartedAt: at, EndedAt: at})
		if f, line = figures(); line.Own.DutiesDone != 2 || line.Own.Duties != 2 || f.Duties[0].Done != 1 {
			t.Errorf("done: %+v, %+v", line.Own, f.Duties)
		}

		clk.Set(time.Date(2024, time.July, 10, 8, 0, 0, 0, clock.Zone))
		overdue, err := w.Progress.Overdue(ctx)
		if err != nil || len(overdue) != 1 || overdue[0].Reporter.Code != ward {
			t.Errorf("overdue: %+v, %v", overdue, err)
		}
		r := draft(t, w, w.Town)
		var text strings.Builder
		for _, b := range r.Generated.Blocks {
			text.WriteString(b.Text + "\n")
		}
		for _, part := range []string{"Trong đó 1 đơn vị nhận văn bản qua trục liên thông", "1/1 đơn vị có hoạt động tuyên truyền trong kỳ", "đã nhận báo cáo của 0/1 đơn vị"} {
			if !strings.Contains(text.String(), part) {
				t.Errorf("the report lacks %q:\n%s", part, text.String())
			}
		}
		if rows := r.Generated.Appendices[0].Blocks[0].Table.Rows; !slices.ContainsFunc(rows, func(row []string) bool {
			return strings.HasSuffix(row[1], "(liên thông, chỉ có trạng thái)")
		}) {
			t.Errorf("the annex: %v", rows)
		}
		page, err := w.Cascade.BoardPage(ctx, clerk, cascade.BoardQuery{Letter: w.Letter.ID, Sender: w.Town.ID, Limit: 10})
		if err != nil || page.All.Outside != 1 || page.All.Publicised != 1 {
			t.Fatalf("%+v, %v", page.All, err)
		}
		for _, row := range page.Rows {
			if row.Outside && (row.DutiesDone != 2 || len(row.Late) > 0) {
				t.Errorf("the board: %+v", row)
			}
		}
	})
}

// What the receiver outside tells moves a report that was sent; what somebody decided here stays.
func TestAReportIsToldAbout(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		ctx := t.Context()
		w := townInJune(t, db, clk)
		r := send(t, w, w.Of(ward))
		at := clock.At(clk.Now())
		tell := func(told progress.Told) progress.Report {
			t.Helper()
			w.Must(db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error { return w.Progress.Tell(ctx, tx, r.ID, told) }))
			now, err := w.Progress.Get(ctx, person.SystemActor, r.ID)
			w.Must(err)
			return now.Report
		}
		for _, told := range []progress.Told{
			{State: progress.Returned, At: at, Words: "Thiếu số liệu"}, {State: progress.Accepted, At: at}, {State: progress.Submitted},
		} {
			now := tell(told)
			if now.State != told.State || now.Reason != told.Words || now.DecidedAt != told.At {
				t.Errorf("told %+v: %s %q %v", told, now.State, now.Reason, now.DecidedAt)
			}
			if again := tell(told); again.Version != now.Version {
				t.Errorf("told %+v twice: version %d after %d", told, again.Version, now.Version)
			}
		}
		_, err := w.Progress.SendBack(ctx, w.Actor(person.Clerk, w.Town), r.ID, "Ghi rõ số buổi")
		w.Must(err)
		if now := tell(progress.Told{State: progress.Accepted, At: at}); now.State != progress.Returned {
			t.Errorf("decided here, told otherwise: %s", now.State)
		}
		d := draft(t, w, w.Of(other))
		r = d
		if now := tell(progress.Told{State: progress.Accepted, At: at}); now.State != progress.Draft {
			t.Errorf("a draft: %s", now.State)
		}
		if err := w.Log.Verify(ctx); err != nil {
			t.Error(err)
		}
	})
}
