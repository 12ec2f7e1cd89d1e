package progress_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/progress/progresstest"
	"sachhon/internal/testkit"
)

// entered has the town type in a plan of another organ with two duties.
func entered(t *testing.T, w *progresstest.World, organ string) letter.Letter {
	t.Helper()
	text := strings.Replace(lettertest.Text("1518", "Thông báo trên bảng tin.", "Vận động ít nhất 3 tác phẩm."),
		"ỦY BAN NHÂN DÂN\nTHỊ XÃ HƯƠNG TRÀ", organ, 1)
	clerk := w.Actor(person.Clerk, w.Town)
	l, err := w.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: w.Town.ID, Text: text})
	w.Must(err)
	l, _, err = w.Cascade.Enter(t.Context(), clerk, l.ID)
	w.Must(err)
	return l
}

// carriedOut has the town issue a letter of its own that carries out a plan, with the plan's duties in another order and one more, and
// send it to units.
func carriedOut(t *testing.T, w *progresstest.World, plan letter.Letter, codes ...string) (letter.Letter, map[string]cascade.Dispatch) {
	t.Helper()
	doc := lettertest.Document("Mỗi đơn vị gửi tranh dự thi.", "Lập danh sách.", "Đưa tin.")
	from := []int{2, 0, 1}
	for i := range doc.Blocks {
		if doc.Blocks[i].Kind == letter.DutyBlock {
			doc.Blocks[i].Duty, from = &letter.Duty{From: from[0]}, from[1:]
		}
	}
	l := w.Written(w.Town, doc, plan.ID)
	return l, w.SendOut(l.ID, codes...)
}

// A plan that the town typed in is carried out by its own letter: on that one the wards report, and what they report and did stands
// in what the town says about the plan.
func TestAPlanOnPaperIsReportedWithThoseBelow(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := progresstest.New(t, db, clk)
		town, leader := w.Actor(person.Clerk, w.Town), w.Actor(person.Leader, w.Town)
		plan := entered(t, w, "ỦY BAN NHÂN DÂN\nTỈNH MẪU")
		own, sent := carriedOut(t, w, plan, ward, other, idle)
		clk.Advance(4 * time.Hour)
		for _, code := range []string{ward, other} {
			clerk := w.Actor(person.Clerk, w.Of(code))
			_, err := w.Cascade.Receive(t.Context(), clerk, sent[code].ID)
			w.Must(err)
			_, err = w.Cascade.Tick(t.Context(), clerk, cascade.TickInput{Dispatch: sent[code].ID, Duty: 1, Count: 2})
			w.Must(err)
			_, err = w.Cascade.FinishDuty(t.Context(), clerk, sent[code].ID, 1, true, "")
			w.Must(err)
		}
		clk.Set(time.Date(2024, time.July, 3, 8, 30, 0, 0, clock.Zone))
		reported := progress.Subject{Letter: own.ID}
		for _, code := range []string{ward, other} {
			u := w.Of(code)
			r, err := w.Progress.Draft(t.Context(), w.Actor(person.Clerk, u), progress.DraftInput{
				ID: w.IDs.New(), Unit: u.ID, About: reported, Round: progress.Final, Period: june,
			})
			w.Must(err)
			if r.Above != w.Town.ID {
				t.Errorf("the report of %s goes to %s", code, r.Above)
			}
			w.Issue(r)
			_, err = w.Progress.Send(t.Context(), w.Actor(person.Leader, u), r.ID)
			w.Must(err)
		}

		r, err := w.Progress.Draft(t.Context(), town, progress.DraftInput{
			ID: w.IDs.New(), Unit: w.Town.ID, About: progress.Subject{Letter: plan.ID}, Round: progress.Final, Period: june,
		})
		w.Must(err)
		if !slices.ContainsFunc(r.Generated.Blocks, func(b letter.Block) bool {
			return strings.Contains(b.Text, "đã nhận báo cáo của 2/3 đơn vị")
		}) {
			t.Errorf("the report says %+v", r.Generated.Blocks)
		}
		want := []progress.DutyLine{
			{Number: 1, Text: plan.Fields.Duties[0].Text, Asked: 4},
			{Number: 2, Text: plan.Fields.Duties[1].Text, Asked: 4, Done: 2, Counted: 4, Quota: 3, Of: "tác phẩm"},
		}
		if !slices.Equal(r.Figures.Duties, want) {
			t.Errorf("duties of the plan %+v\nwant %+v", r.Figures.Duties, want)
		}
		if r.Figures.Total.Units != 4 || r.Figures.Total.Received != 3 || len(r.Figures.Direct()) != 3 {
			t.Errorf("who was asked: %+v", r.Figures.Total)
		}

		rec, err := w.Progress.Reception(t.Context(), leader, w.Town.ID, plan.ID, progress.DueRound{})
		w.Must(err)
		missing := slices.DeleteFunc(slices.Clone(rec.Rows), func(row progress.ReceptionRow) bool { return !row.Missing() })
		if len(rec.Rows) != 3 || rec.Received != 2 || len(missing) != 1 || missing[0].Code != idle {
			t.Errorf("%d of %d reports, missing %+v", rec.Received, len(rec.Rows), missing)
		}

		// The days that the town planned for its own letter are those of what it receives about the plan.
		_, err = w.Progress.Plan(t.Context(), leader, progress.Schedule{Letter: own.ID, Unit: w.Town.ID, First: june.From, Last: june.To, FinalDay: "2024-07-02"})
		w.Must(err)
		rec, err = w.Progress.Reception(t.Context(), leader, w.Town.ID, plan.ID, progress.DueRound{})
		w.Must(err)
		if rec.Due != "2024-07-02" || rec.Received != 2 {
			t.Errorf("round due %s with %d reports", rec.Due, rec.Received)
		}

		// A ward that reports sees the numbers of the letter that it has.
		u := w.Of(ward)
		f, err := w.Progress.Figures(t.Context(), w.Actor(person.Clerk, u), u.ID, reported, june)
		w.Must(err)
		if len(f.Duties) != 3 || f.Duties[0].Done != 1 || f.Duties[2].Done != 0 {
			t.Errorf("duties of the ward %+v", f.Duties)
		}
	})
}

// A unit that got a letter with that of whoever passed it on reports on what it knows: its report names and answers the letter in its
// own register, and is found with what travels.
func TestAReportNamesTheLetterThatCame(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := progresstest.New(t, db, clk)
		ctx, union, below := t.Context(), w.Of("480.DTN"), w.Of("20011.DTN")
		came := w.Send("480.DTN")["480.DTN"]
		clerk, theirs := w.Actor(person.Clerk, union), w.Actor(person.Clerk, below)
		doc := lettertest.Document("Thông báo thể lệ.")
		doc.Notation = "DTN"
		own := w.Written(union, doc, w.Letter.ID)
		_, err := w.Cascade.Receive(ctx, clerk, came.ID)
		w.Must(err)
		_, err = w.Cascade.Forward(ctx, clerk, cascade.ForwardInput{Dispatch: came.ID, To: cascade.Recipients{Units: []ident.ID{below.ID}}, Under: own.ID})
		w.Must(err)
		w.Must(w.Queue.Drain(ctx))
		clk.Set(time.Date(2024, time.July, 3, 8, 30, 0, 0, clock.Zone))
		_, err = w.Progress.Plan(ctx, clerk, progress.Schedule{Letter: w.Letter.ID, Unit: union.ID, First: june.From, Last: june.To, FinalDay: "2024-07-05"})
		w.Must(err)
		owed, err := w.Progress.Expected(ctx, theirs, below.ID)
		w.Must(err)
		if len(owed) != 1 || owed[0].Letter.ID != w.Letter.ID || owed[0].Paper.ID != own.ID {
			t.Fatalf("owed %+v", owed)
		}

		r, err := w.Progress.Draft(ctx, theirs, progress.DraftInput{ID: w.IDs.New(), Unit: below.ID, About: about(w), Round: progress.Final, Period: june})
		w.Must(err)
		if first := r.Generated.Blocks[0].Text; !strings.Contains(first, "số "+own.Symbol()) || strings.Contains(first, w.Letter.Symbol()) {
			t.Errorf("the report begins %q, want %s", first, own.Symbol())
		}
		l := w.Issue(r)
		if l.AnswersID != own.ID || r.Letter != w.Letter.ID || r.Above != union.ID {
			t.Errorf("it answers %s, is about %s, goes to %s", l.AnswersID, r.Letter, r.Above)
		}
		_, err = w.Progress.Send(ctx, w.Actor(person.Leader, below), r.ID)
		w.Must(err)
		d, err := w.Progress.Get(ctx, clerk, r.ID)
		w.Must(err)
		rec, err := w.Progress.Reception(ctx, clerk, union.ID, w.Letter.ID, progress.DueRound{})
		w.Must(err)
		if d.About.ID != own.ID || rec.Received != 1 || len(rec.Rows) != 1 || rec.Rows[0].Report.ID != r.ID {
			t.Errorf("about %s; received %+v", d.About.Symbol(), rec.Rows)
		}

		// The union itself reports on what it got.
		up, err := w.Progress.Draft(ctx, clerk, progress.DraftInput{ID: w.IDs.New(), Unit: union.ID, About: about(w), Round: progress.Final, Period: june})
		w.Must(err)
		text := up.Generated.Blocks[0].Text
		if !strings.Contains(text, w.Letter.Symbol()) || strings.Contains(text, own.Symbol()) || up.Above != w.Town.ID {
			t.Errorf("the union's report begins %q and goes to %s", text, up.Above)
		}
	})
}

// A unit that has two letters of the town over one plan is asked for each duty of the plan once, also for one that only the second
// letter carries out.
func TestTwoOwnLettersAskOnce(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := progresstest.New(t, db, clk)
		plan := entered(t, w, "ỦY BAN NHÂN DÂN\nTỈNH MẪU")
		written := func(from ...int) letter.Letter {
			doc := lettertest.Document([]string{"Mỗi đơn vị đưa tin.", "Mỗi đơn vị gửi tranh dự thi."}[:len(from)]...)
			for i := range doc.Blocks {
				if doc.Blocks[i].Kind == letter.DutyBlock {
					doc.Blocks[i].Duty, from = &letter.Duty{From: from[0]}, from[1:]
				}
			}
			return w.Written(w.Town, doc, plan.ID)
		}
		w.SendOut(written(1).ID, ward)
		clk.Advance(time.Hour)
		second := w.SendOut(written(1, 2).ID, ward, other)
		for _, code := range []string{ward, other} {
			clerk := w.Actor(person.Clerk, w.Of(code))
			_, err := w.Cascade.Receive(t.Context(), clerk, second[code].ID)
			w.Must(err)
			_, err = w.Cascade.FinishDuty(t.Context(), clerk, second[code].ID, 2, true, "")
			w.Must(err)
		}
		clk.Set(time.Date(2024, time.July, 3, 8, 30, 0, 0, clock.Zone))
		f, err := w.Progress.Figures(t.Context(), w.Actor(person.Clerk, w.Town), w.Town.ID, progress.Subject{Letter: plan.ID}, june)
		w.Must(err)
		if len(f.Duties) != 2 || f.Duties[0].Asked != 3 || f.Duties[0].Done != 0 || f.Duties[1].Asked != 3 || f.Duties[1].Done != 2 {
			t.Errorf("duties of the plan %+v", f.Duties)
		}
	})
}

// A schedule of a plan that was typed in asks those who got the town's own letters that carry it out, once each, on the oldest that
// they have.
func TestAScheduleOfAPlanOnPaperAsksThoseBelow(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := progresstest.New(t, db, clk)
		leader := w.Actor(person.Leader, w.Town)
		plan := entered(t, w, "ỦY BAN NHÂN DÂN\nTỈNH MẪU")
		first, _ := carriedOut(t, w, plan, ward)
		clk.Advance(time.Hour)
		second, _ := carriedOut(t, w, plan, ward, other)
		_, err := w.Progress.Plan(t.Context(), leader, progress.Schedule{Letter: plan.ID, Unit: w.Town.ID, First: june.From, Last: june.To, FinalDay: "2024-07-02"})
		w.Must(err)
		for code, on := range map[string]letter.Letter{ward: first, other: second} {
			u := w.Of(code)
			owed, err := w.Progress.Expected(t.Context(), w.Actor(person.Clerk, u), u.ID)
			w.Must(err)
			if len(owed) != 1 || owed[0].Letter.ID != on.ID || owed[0].Receiver.ID != w.Town.ID || owed[0].Due != "2024-07-02" {
				t.Errorf("%s owes %+v", code, owed)
			}
		}
		late := w.Of(ward)
		_, err = w.Progress.Draft(t.Context(), w.Actor(person.Clerk, late), progress.DraftInput{
			Unit: late.ID, About: progress.Subject{Letter: first.ID}, Round: progress.Final, Period: june, To: w.Of("480.VHTT").ID,
		})
		faulttest.Is(t, err, fault.Invalid, "progress.fault.planned")
		if owed, err := w.Progress.Expected(t.Context(), w.Actor(person.Clerk, w.Of(idle)), w.Of(idle).ID); err != nil || len(owed) != 0 {
			t.Errorf("who got nothing owes %+v, %v", owed, err)
		}
		clk.Set(time.Date(2024, time.July, 4, 8, 30, 0, 0, clock.Zone))
		overdue, err := w.Progress.Overdue(t.Context())
		w.Must(err)
		if len(overdue) != 2 {
			t.Errorf("%d reports are overdue", len(overdue))
		}
		w.Must(w.Progress.DraftDue(t.Context()))
		w.Must(w.Progress.DraftDue(t.Context()))
		for code, on := range map[string]letter.Letter{ward: first, other: second} {
			u := w.Of(code)
			reports, err := w.Progress.Reports(t.Context(), w.Actor(person.Clerk, u), u.ID, 10)
			w.Must(err)
			if len(reports) != 1 || reports[0].Letter != on.ID || reports[0].Above != w.Town.ID {
				t.Errorf("%s has drafts %+v", code, reports)
			}
		}
	})
}

// TestAReportOnTheLaterLetterMeetsThePlan: who has two letters that carry out one plan reports on the one that it likes.
func TestAReportOnTheLaterLetterMeetsThePlan(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := progresstest.New(t, db, clk)
		plan := entered(t, w, "ỦY BAN NHÂN DÂN\nTỈNH MẪU")
		carriedOut(t, w, plan, ward)
		clk.Advance(time.Hour)
		second, _ := carriedOut(t, w, plan, ward)
		_, err := w.Progress.Plan(t.Context(), w.Actor(person.Leader, w.Town), progress.Schedule{Letter: plan.ID, Unit: w.Town.ID, First: june.From, Last: june.To, FinalDay: "2024-07-02"})
		w.Must(err)
		clk.Set(time.Date(2024, time.July, 2, 8, 30, 0, 0, clock.Zone))
		u := w.Of(ward)
		r, err := w.Progress.Draft(t.Context(), w.Actor(person.Clerk, u), progress.DraftInput{Unit: u.ID, About: progress.Subject{Letter: second.ID}, Round: progress.Final, Period: june})
		w.Must(err)
		w.Issue(r)
		_, err = w.Progress.Send(t.Context(), w.Actor(person.Leader, u), r.ID)
		w.Must(err)
		clk.Set(time.Date(2024, time.July, 4, 8, 30, 0, 0, clock.Zone))
		if overdue, err := w.Progress.Overdue(t.Context()); err != nil || len(overdue) != 0 {
			t.Errorf("%d reports are overdue, %v", len(overdue), err)
		}
		w.Must(w.Progress.DraftDue(t.Context()))
		if reports, err := w.Progress.Reports(t.Context(), w.Actor(person.Clerk, u), u.ID, 10); err != nil || len(reports) != 1 {
			t.Errorf("the ward has %d reports, %v", len(reports), err)
		}
	})
}
