package progress_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/progress/progresstest"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
)

// TestWhoBeganIsLateAndNotAbsent: what a unit did about its duties is in no figure and still keeps it from being named among
// those that did nothing.
func TestWhoBeganIsLateAndNotAbsent(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		ctx := t.Context()
		w := progresstest.New(t, db, clk)
		part := w.IDs.New()
		did := map[string]func(cascade.Dispatch, unit.Unit) error{
			"20011": func(d cascade.Dispatch, u unit.Unit) error {
				_, err := w.Cascade.Tick(ctx, w.Actor(person.Clerk, u), cascade.TickInput{Dispatch: d.ID, Duty: 2, Count: 1})
				return err
			},
			"20008": func(d cascade.Dispatch, u unit.Unit) error {
				leader := w.Actor(person.Leader, u)
				_, err := w.Cascade.Split(ctx, leader, cascade.SplitInput{
					Dispatch: d.ID, Duty: 1, People: []cascade.PersonPart{{ID: part, Name: "Lê Văn Mẫu", Text: "Đọc trên loa"}},
				})
				w.Must(err)
				_, err = w.Cascade.FinishPart(ctx, leader, part, true, "")
				return err
			},
			"20005": func(d cascade.Dispatch, u unit.Unit) error {
				return w.Cascade.AddFiles(ctx, w.Actor(person.Clerk, u), cascade.FilesInput{
					Dispatch: d.ID, Duty: 1, Files: []cascade.FileInput{{Name: "loa.pdf", Content: strings.NewReader("%PDF-1.7 loa")}},
				})
			},
			"20020": func(d cascade.Dispatch, u unit.Unit) error {
				leader := w.Actor(person.Leader, u)
				_, err := w.Cascade.Assign(ctx, leader, d.ID, d.Version, cascade.Instruction{Lead: "Công chức văn hóa"})
				w.Must(err)
				_, err = w.Cascade.Start(ctx, leader, d.ID)
				return err
			},
			"20017": func(d cascade.Dispatch, u unit.Unit) error { // given to somebody, and nothing came of it
				_, err := w.Cascade.Split(ctx, w.Actor(person.Leader, u), cascade.SplitInput{
					Dispatch: d.ID, Duty: 1, People: []cascade.PersonPart{{ID: w.IDs.New(), Name: "Trần Thị Mẫu", Text: "Đọc trên loa"}},
				})
				return err
			},
		}
		codes := []string{"20005", "20008", "20011", "20020", "20017"} // the last one did nothing
		sent := w.Send(codes...)
		clk.Advance(4 * time.Hour)
		for _, code := range codes {
			u := w.Of(code)
			d, err := w.Cascade.Receive(ctx, w.Actor(person.Clerk, u), sent[code].ID)
			w.Must(err)
			if err := did[code](d, u); err != nil {
				t.Fatalf("%s: %v", u.FullName, err)
			}
		}
		clk.Set(time.Date(2024, time.July, 3, 8, 30, 0, 0, clock.Zone))
		// What was begun before the period was begun.
		for _, p := range []progress.Period{june, {From: "2024-06-24", To: "2024-06-30"}} {
			f, err := w.Progress.Figures(ctx, w.Actor(person.Leader, w.Town), w.Town.ID, about(w), p)
			w.Must(err)
			codesOf := func(lines []progress.Line) (codes []string) {
				for _, l := range lines {
					codes = append(codes, l.Code)
				}
				slices.Sort(codes)
				return codes
			}
			if absent, late := codesOf(f.AbsentLines()), codesOf(f.LateLines()); !slices.Equal(absent, codes[4:]) || !slices.Equal(late, codes[:4]) {
				t.Errorf("%+v: absent %v, late %v", p, absent, late)
			}
			if f.Total.Absent != 1 || f.Total.Late != 4 {
				t.Errorf("%+v: %d absent, %d late", p, f.Total.Absent, f.Total.Late)
			}
		}

		// A mark that is taken back was none.
		u, d := w.Of("20011"), sent["20011"].ID
		detail, err := w.Cascade.Get(ctx, w.Actor(person.Clerk, u), d)
		w.Must(err)
		var tick ident.ID
		for _, duty := range detail.Duties {
			for _, one := range duty.Ticks {
				tick = one.ID
			}
		}
		w.Must(w.Cascade.RemoveTick(ctx, w.Actor(person.Clerk, u), d, tick))
		f, err := w.Progress.Figures(ctx, w.Actor(person.Leader, w.Town), w.Town.ID, about(w), june)
		w.Must(err)
		if f.Total.Absent != 2 {
			t.Errorf("%d absent after the tick was taken back", f.Total.Absent)
		}
	})
}
