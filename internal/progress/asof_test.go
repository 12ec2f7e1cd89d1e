package progress_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/progress/progresstest"
	"sachhon/internal/report"
	"sachhon/internal/report/reporttest"
	"sachhon/internal/testkit"
)

var (
	week = progress.Period{From: "2024-06-10", To: "2024-06-16"} // Monday to Sunday
	next = progress.Period{From: "2024-06-17", To: "2024-06-23"}
)

// TestAReportOfAWeekTellsItsEnd: what happens on Monday and later changes nothing of last week's report but the results that were
// found valid since, and comes into the next one.
func TestAReportOfAWeekTellsItsEnd(t *testing.T) {
	const refuser = "20020"
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		ctx := t.Context()
		w := progresstest.New(t, db, clk)
		sent := w.Ask([]string{"Thông báo trên hệ thống truyền thanh và bảng tin.", "Gửi ít nhất 3 tác phẩm dự thi."}, ward, other, idle, commune, refuser)
		clerk := func(code string) person.Actor { return w.Actor(person.Clerk, w.Of(code)) }
		town := w.Actor(person.Clerk, w.Town)
		day := func(d, hour int) { clk.Set(time.Date(2024, time.June, d, hour, 0, 0, 0, clock.Zone)) }
		tick := func(code string, count int) {
			t.Helper()
			_, err := w.Cascade.Tick(ctx, clerk(code), cascade.TickInput{Dispatch: sent[code].ID, Duty: 2, Count: count})
			w.Must(err)
		}
		finish := func(code string, duty int) {
			t.Helper()
			_, err := w.Cascade.FinishDuty(ctx, clerk(code), sent[code].ID, duty, true, "")
			w.Must(err)
		}
		figures := func(p progress.Period) progress.Figures {
			t.Helper()
			f, err := w.Progress.Figures(ctx, town, w.Town.ID, about(w), p)
			w.Must(err)
			return f
		}
		state := func(f progress.Figures, code string) cascade.State {
			i := slices.IndexFunc(f.Lines, func(l progress.Line) bool { return l.Code == code })
			if i < 0 {
				return ""
			}
			return f.Lines[i].State
		}

		day(7, 9) // before the week
		w.Publicise(sent[ward], letter.Loudspeaker, 5, 300)
		tick(ward, 1)
		_, team := w.Team("Đội Xanh", ward)
		day(12, 9) // in the week
		w.Publicise(sent[other], letter.Portal, 1, 20)
		tick(ward, 1)
		finish(ward, 1)
		_, err := w.Cascade.Refuse(ctx, clerk(refuser), sent[refuser].ID, "Không thuộc địa bàn")
		w.Must(err)
		c := w.Cleanup(team, ward, 15)
		day(15, 10)
		r := w.Submitted(team, c, reporttest.Figures(), 1)
		clk.Set(time.Date(2024, time.June, 16, 23, 59, 59, 999_999_000, clock.Zone))
		then := figures(week)
		if then.Over() != true || then.End != clock.At(clk.Now()) {
			t.Errorf("the week ends at %v", then.End)
		}

		day(17, 8) // behind it
		w.Decided(w.Board, r, report.Confirm)
		w.Publicise(sent[idle], letter.Meeting, 1, 40)
		tick(ward, 5)
		finish(ward, 2)
		finish(other, 1)
		leader := w.Actor(person.Leader, w.Of(ward))
		now, err := w.Cascade.Get(ctx, leader, sent[ward].ID)
		w.Must(err)
		_, err = w.Cascade.Assign(ctx, leader, sent[ward].ID, now.Version, cascade.Instruction{Lead: "Công chức văn hóa"})
		w.Must(err)
		_, err = w.Cascade.Start(ctx, leader, sent[ward].ID)
		w.Must(err)
		_, err = w.Cascade.Complete(ctx, leader, sent[ward].ID, "Xong")
		w.Must(err)
		_, err = w.Cascade.Recall(ctx, town, sent[commune].ID, "Gửi nhầm")
		w.Must(err)
		_, err = w.Cascade.SendAgain(ctx, town, cascade.AgainInput{Dispatch: sent[refuser].ID})
		w.Must(err)
		w.Must(w.Queue.Drain(ctx))
		day(19, 9)
		later := figures(week)

		if then.Total.Valid != 0 || later.Total.Valid != 1 || later.Total.Waste != reporttest.Figures().Weights || later.Total.Cleanups != 1 {
			t.Errorf("the clean-up of the week: %+v, once it was found valid %+v", then.Total, later.Total)
		}
		sober := func(f progress.Figures) progress.Figures { // without what is told as of the counting
			f.AsOf = clock.Time{}
			bare := func(c *progress.Counts) { c.Valid, c.People, c.Waste = 0, 0, progress.Counts{}.Waste }
			bare(&f.Own)
			bare(&f.Total)
			f.Lines = slices.Clone(f.Lines)
			for i := range f.Lines {
				bare(&f.Lines[i].Own)
				bare(&f.Lines[i].Total)
			}
			return f
		}
		if diff := cmp.Diff(sober(then), sober(later)); diff != "" {
			t.Errorf("the week looks otherwise on Wednesday\n%s", diff)
		}
		total := later.Total
		if total.Units != 5 || total.Received != 2 || total.Completed != 0 || total.Publicised != 1 || total.Channels.Total().Records != 1 ||
			total.Entrants() != 0 || total.DutiesDone != 1 {
			t.Errorf("the week: %+v", total)
		}
		if state(later, ward) != cascade.Received || state(later, idle) != cascade.Arrived || state(later, commune) != cascade.Arrived || state(later, refuser) != cascade.Refused {
			t.Errorf("states: %s, %s, %s, %s", state(later, ward), state(later, idle), state(later, commune), state(later, refuser))
		}
		if d := later.Duties[1]; d.Counted != 2 || d.Done != 0 || later.Duties[0].Done != 1 {
			t.Errorf("duties: %+v", later.Duties)
		}
		var absent []string
		for _, l := range later.AbsentLines() {
			absent = append(absent, l.Code)
		}
		slices.Sort(absent)
		if want := []string{commune, idle}; !slices.Equal(absent, want) { // the ward did something before the week
			t.Errorf("absent: %v, want %v", absent, want)
		}

		going := figures(next)
		total = going.Total
		if going.Over() || going.End != clock.At(clk.Now()) || total.Units != 4 || total.Received != 3 || total.Completed != 1 || total.Channels.Total().Records != 1 ||
			total.Cleanups != 0 || total.DutiesDone != 3 || going.Duties[1].Counted != 7 {
			t.Errorf("the week that goes on: over %t, %+v, %+v", going.Over(), total, going.Duties)
		}
		if state(going, ward) != cascade.Completed || state(going, commune) != "" || state(going, refuser) != cascade.Arrived {
			t.Errorf("states now: %s, %s, %s", state(going, ward), state(going, commune), state(going, refuser))
		}

		made, err := w.Progress.Draft(ctx, town, progress.DraftInput{ID: w.IDs.New(), Unit: w.Town.ID, About: about(w), Round: progress.Weekly, Period: week})
		w.Must(err)
		text := made.Generated.Text()
		for _, part := range []string{
			"TRIỂN KHAI ĐẾN HẾT NGÀY 16/6/2024", "KẾT QUẢ TỪ NGÀY 10/6/2024 ĐẾN NGÀY 16/6/2024", "Tồn tại, hạn chế đến hết ngày 16/6/2024",
			"thời hạn đang áp dụng khi lập báo cáo này", "(tính đến khi lập báo cáo này)", "số liệu lập lúc 9 giờ 00 ngày 19/6/2024",
		} {
			if !strings.Contains(text, part) {
				t.Errorf("the report lacks %q:\n%s", part, text)
			}
		}
		made, err = w.Progress.Draft(ctx, town, progress.DraftInput{ID: w.IDs.New(), Unit: w.Town.ID, About: about(w), Round: progress.OnDemand, Period: next})
		w.Must(err)
		if text := made.Generated.Text(); !strings.Contains(text, "ĐẾN 9 GIỜ 00 NGÀY 19/6/2024") || strings.Contains(text, "hết ngày") {
			t.Errorf("a period that goes on:\n%s", text)
		}
	})
}

// TestOfAPeriodThereIsOneDraft: however many draft it at once, by the clock or by hand, a unit has one draft of a period, and no
// letter that nobody wants is left to be signed.
func TestOfAPeriodThereIsOneDraft(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		ctx := t.Context()
		w := townInJune(t, db, clk)
		_, err := w.Progress.Plan(ctx, w.Actor(person.Clerk, w.Town), progress.Schedule{
			Letter: w.Letter.ID, Unit: w.Town.ID, First: june.From, Last: june.To, FinalDay: "2024-07-03",
		})
		w.Must(err)
		u := w.Of(ward)
		clerk := w.Actor(person.Clerk, u)
		var all sync.WaitGroup
		begin, errs, made := make(chan struct{}), make(chan error, 16), make(chan ident.ID, 8)
		for range 4 {
			all.Go(func() {
				<-begin
				errs <- w.Progress.DraftDue(ctx)
			})
		}
		for range 4 {
			all.Go(func() {
				<-begin
				r, err := w.Progress.Draft(ctx, clerk, progress.DraftInput{
					ID: w.IDs.New(), Unit: u.ID, About: about(w), Round: progress.Final, Period: june, Due: "2024-07-03",
				})
				errs <- err
				made <- r.ID
			})
		}
		close(begin)
		all.Wait()
		close(errs)
		close(made)
		for err := range errs {
			if err != nil {
				t.Error(err)
			}
		}
		for _, code := range []string{ward, other, idle, commune} {
			u := w.Of(code)
			reports, err := w.Progress.Reports(ctx, w.Actor(person.Clerk, u), u.ID, 50)
			if err != nil || len(reports) != 1 {
				t.Fatalf("%s has %d drafts, %v", u.FullName, len(reports), err)
			}
			letters, err := w.Letters.List(ctx, person.SystemActor, u.ID, 50)
			w.Must(err)
			for _, l := range letters {
				if l.ID != reports[0].ID && l.State != letter.Discarded {
					t.Errorf("%s: letter %s is left as %s", u.FullName, l.ID, l.State)
				}
			}
			if code == ward {
				for id := range made {
					if id != reports[0].ID {
						t.Errorf("somebody was given %s, the draft is %s", id, reports[0].ID)
					}
				}
			}
		}
		// What was sent makes room for another.
		r := send(t, w, u)
		again := draft(t, w, u)
		if again.ID == r.ID || again.State != progress.Draft {
			t.Errorf("after %s was sent: %s is %s", r.ID, again.ID, again.State)
		}
		if err := w.Log.Verify(ctx); err != nil {
			t.Error(err)
		}
	})
}
