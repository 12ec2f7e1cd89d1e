package progress_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/progress/progresstest"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
)

// TestFiguresDoNotAskByUnitOrReport: however many units have the letter, the figures ask as often; and the reports of weeks that
// were sent on it, letters that answer it too, are not looked into when the next ones are counted, expected and received.
func TestFiguresDoNotAskByUnitOrReport(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		few := figuresAsk(t, db, clk, 4, 1)
		units := figuresAsk(t, testkit.DB(t, db.Engine(), clk), clk, 24, 1)
		weeks := figuresAsk(t, testkit.DB(t, db.Engine(), clk), clk, 4, 4)
		for what, n := range few {
			if n.statements == 0 {
				t.Errorf("%s asks nothing: it is not counted", what)
			}
			if more := units[what]; more.statements > n.statements {
				t.Errorf("%s ask %d times of 4 units, %d times of 24", what, n.statements, more.statements)
			}
			if more := weeks[what]; more.statements > n.statements {
				t.Errorf("%s ask %d times after one week of reports, %d times after four", what, n.statements, more.statements)
			}
		}
		if n, more := few["figures"], weeks["figures"]; more.rows > n.rows {
			t.Errorf("the figures read %d rows after one week of reports, %d after four", n.rows, more.rows)
		}
		if n, more := few["figures"], units["figures"]; more.rows < n.rows+20 {
			t.Errorf("the figures read %d rows of 4 units, %d of 24: rows are not counted", n.rows, more.rows)
		}
	})
}

type askedFor struct{ statements, rows int }

// figuresAsk counts what is asked about a letter that so many units have, all of which reported so many weeks.
func figuresAsk(t *testing.T, db *database.DB, clk *clock.Set, units, weeks int) map[string]askedFor {
	t.Helper()
	clk.Set(testkit.Begin)
	w := progresstest.New(t, db, clk)
	town := w.Actor(person.Leader, w.Town)
	var file strings.Builder
	var codes []string
	for i := range units {
		codes = append(codes, fmt.Sprintf("S%02d", i))
		fmt.Fprintf(&file, `, {"code": %[1]q, "name": %[1]q, "type": "Xã", "full_name": "Xã %[1]s", "level": 3, "parent": "480"}`, codes[i])
	}
	_, err := w.Units.Import(t.Context(), person.SystemActor, strings.NewReader(`{"units": [`+file.String()[1:]+"]}"), unit.ImportOptions{ValidFrom: "2024-05-01"})
	w.Must(err)
	w.Tree, err = w.Units.Today(t.Context())
	w.Must(err)
	w.Send(codes...)
	_, err = w.Progress.Plan(t.Context(), w.Actor(person.Clerk, w.Town), progress.Schedule{
		Letter: w.Letter.ID, Unit: w.Town.ID, First: june.From, Last: june.To, Weekday: 1, FinalDay: "2024-07-03",
	})
	w.Must(err)
	clk.Set(time.Date(2024, time.July, 3, 8, 30, 0, 0, clock.Zone))
	for _, code := range codes[:4] {
		for week := range weeks {
			u, from := w.Of(code), clock.Day("2024-06-03").Plus(7*week)
			r, err := w.Progress.Draft(t.Context(), w.Actor(person.Clerk, u), progress.DraftInput{
				ID: w.IDs.New(), Unit: u.ID, About: about(w), Round: progress.Weekly, Period: progress.Period{From: from, To: from.Plus(6)},
			})
			w.Must(err)
			w.Issue(r)
			_, err = w.Progress.Send(t.Context(), w.Actor(person.Leader, u), r.ID)
			w.Must(err)
		}
	}
	found := map[string]askedFor{}
	for what, ask := range map[string]func(ctx context.Context){
		"figures": func(ctx context.Context) {
			f, err := w.Progress.Figures(ctx, town, w.Town.ID, about(w), june)
			w.Must(err)
			if f.Total.Units != int64(units) {
				t.Errorf("%d units are counted, want %d", f.Total.Units, units)
			}
		},
		"reception": func(ctx context.Context) {
			r, err := w.Progress.Reception(ctx, town, w.Town.ID, w.Letter.ID, progress.DueRound{Due: "2024-06-10"})
			w.Must(err)
			if len(r.Rows) != units || r.Received != 4 || r.Reported.Units != 4 {
				t.Errorf("%d rows, %d received with %+v", len(r.Rows), r.Received, r.Reported)
			}
		},
		"overdue": func(ctx context.Context) {
			owed, err := w.Progress.Overdue(ctx)
			w.Must(err)
			if len(owed) == 0 {
				t.Error("nothing is overdue")
			}
		},
	} {
		ctx, count := database.Counting(t.Context())
		ask(ctx)
		found[what] = askedFor{count.Statements(), count.Rows()}
	}
	return found
}
