package report_test

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/report/reporttest"
	"sachhon/internal/testkit"
	"sachhon/internal/waste"
)

// sentIn is a world with a team whose report is with the board.
func sentIn(t *testing.T, db *database.DB, clk *clock.Set) (*reporttest.World, person.Actor, report.Report) {
	w := reporttest.New(t, db, clk)
	_, team := w.Team("Đoàn Tứ Hạ", "19996")
	return w, team, w.Submitted(team, w.Cleanup(team, "19996", 8), reporttest.Figures(), 1)
}

const because = "Ảnh chưa rõ khối lượng"

func TestHistoryFromSentBackToGranted(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w, team, r := sentIn(t, db, clk)
		ctx := t.Context()
		first := r.Figures

		r = w.Decided(w.Board, r, report.Mend)
		if r.State != report.SentBack || r.SendBacks != 1 || r.Deadline != clock.At(clk.Now()).Add(72*time.Hour) {
			t.Fatalf("sent back: %+v", r)
		}
		mended := first
		mended.Weights = mended.Weights.With(waste.Plastic, 11_000)
		if _, err := w.Reports.Save(ctx, team, r.ID, reporttest.Changes(mended)); err != nil {
			t.Fatal(err)
		}
		r, err := w.Reports.Submit(ctx, team, report.SubmitInput{ID: w.IDs.New(), Report: r.ID})
		if err != nil || r.State != report.Resubmitted {
			t.Fatalf("%s, %v", r.State, err)
		}
		fixed := mended
		fixed.Weights = fixed.Weights.With(waste.Plastic, 10_000)
		adjust := report.AdjustInput{ID: w.IDs.New(), Report: r.ID, Version: r.Version, Figures: fixed, Reason: because}
		for range 2 {
			if r, err = w.Reports.Adjust(ctx, w.Board, adjust); err != nil {
				t.Fatal(err)
			}
		}
		if r.Figures != mended || r.Effective() != fixed {
			t.Fatalf("sent in %+v, counts %+v", r.Figures, r.Effective())
		}
		r = w.Decided(w.Board, r, report.Refuse)
		if r, err = w.Reports.Appeal(ctx, team, report.AppealInput{ID: w.IDs.New(), Report: r.ID, Reason: "Chúng tôi có phiếu cân"}); err != nil {
			t.Fatal(err)
		}
		confirm := report.DecideInput{ID: w.IDs.New(), Report: r.ID, Version: r.Version, Verdict: report.Confirm}
		if _, err := w.Reports.Decide(ctx, w.Board, confirm); !errors.Is(err, fault.Forbidden) {
			t.Errorf("the same reviewer decided the appeal: %v", err)
		}
		if r, err = w.Reports.Decide(ctx, w.Board2, confirm); err != nil || r.State != report.Valid {
			t.Fatalf("%s, %v", r.State, err)
		}

		v, err := w.Reports.Get(ctx, w.Board, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		type line struct {
			Event   report.Event
			Figures report.Figures
			By      ident.ID
		}
		want := []line{
			{report.Submit, first, team.ID},
			{report.SendBack, first, w.Board.ID},
			{report.Resubmit, mended, team.ID},
			{report.Adjust, fixed, w.Board.ID},
			{report.Reject, fixed, w.Board.ID},
			{report.Appeal, fixed, team.ID},
			{report.Grant, fixed, w.Board2.ID},
		}
		var got []line
		for _, s := range v.History {
			got = append(got, line{s.Event, s.Figures, s.By})
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("history -want +got\n%s", d)
		}
		results, err := w.Reports.Results(ctx, db, w.Challenge.ID)
		if err != nil || len(results) != 1 || results[0].Figures != fixed || results[0].SendBacks != 1 {
			t.Errorf("results %+v, %v", results, err)
		}

		if err := w.Queue.Drain(ctx); err != nil {
			t.Fatal(err)
		}
		var told []string
		for _, l := range w.Mail.Letters() {
			if strings.HasPrefix(l.Key, "report/") {
				told = append(told, l.Subject)
				if strings.Contains(l.Text, "{{") || strings.Contains(l.Text, "UTC") {
					t.Errorf("a letter reads:\n%s", l.Text)
				}
			}
		}
		if d := cmp.Diff([]string{
			"Báo cáo ra quân tại Bãi bồi ven sông cần bổ sung trước 10h00 ngày 11/6/2024",
			"Báo cáo ra quân tại Bãi bồi ven sông không được công nhận",
			"Khiếu nại về báo cáo tại Bãi bồi ven sông được chấp nhận",
		}, told); d != "" {
			t.Errorf("letters -want +got\n%s", d)
		}
	})
}

func TestTwoReviewersCannotCollide(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w, _, r := sentIn(t, db, clk)
		ctx := t.Context()
		decide := func(reviewer person.Actor, verdict report.Verdict) error {
			_, err := w.Reports.Decide(ctx, reviewer, report.DecideInput{
				ID: w.IDs.New(), Report: r.ID, Version: r.Version, Verdict: verdict, Reason: because,
			})
			return err
		}
		if _, err := w.Reports.Claim(ctx, w.Board, r.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Reports.Claim(ctx, w.Board2, r.ID); !errors.Is(err, fault.Conflict) {
			t.Errorf("the second claim: %v", err)
		}
		if err := decide(w.Board2, report.Confirm); !errors.Is(err, fault.Conflict) {
			t.Errorf("a decision past the claim: %v", err)
		}
		clk.Advance(20 * time.Minute) // the claim ends by itself
		if _, err := w.Reports.Claim(ctx, w.Board2, r.ID); err != nil {
			t.Errorf("the claim after it had ended: %v", err)
		}
		if _, err := w.Reports.Release(ctx, w.Board2, r.ID); err != nil {
			t.Fatal(err)
		}
		var turn, done atomic.Int32
		atOnce(t, 8, func() error {
			reviewer, verdict := w.Board, report.Confirm
			if turn.Add(1)%2 == 0 {
				reviewer, verdict = w.Board2, report.Refuse
			}
			err := decide(reviewer, verdict)
			if err == nil {
				done.Add(1)
				return nil
			}
			if !errors.Is(err, fault.Conflict) {
				return err
			}
			return nil
		})
		v, err := w.Reports.Get(ctx, w.Board, r.ID)
		if err != nil || done.Load() != 1 || len(v.History) != 2 {
			t.Errorf("%d decisions stood, %d steps, %v", done.Load(), len(v.History), err)
		}
		if err := w.Queue.Drain(ctx); err != nil {
			t.Fatal(err)
		}
		letters := 0
		for _, l := range w.Mail.Letters() {
			if strings.HasPrefix(l.Key, "report/") {
				letters++
			}
		}
		if letters != 1 {
			t.Errorf("the team was told %d times", letters)
		}
	})
}

func TestNobodyReviewsTheirOwn(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w, team, r := sentIn(t, db, clk)
		reviewer := func(change func(*person.Actor)) person.Actor {
			a := w.Board2
			change(&a)
			return a
		}
		for key, actor := range map[string]person.Actor{
			"report.fault.ownUnit":    reviewer(func(a *person.Actor) { a.HomeUnit = w.Unit("19996") }),
			"report.fault.ownEntrant": reviewer(func(a *person.Actor) { a.Represents = team.Represents }),
			"report.fault.ownReport":  reviewer(func(a *person.Actor) { a.ID = team.ID }),
		} {
			for name, try := range map[string]func() error{
				"review": func() error { return w.Reports.MayReview(t.Context(), actor, r.ID) },
				"claim":  func() error { _, err := w.Reports.Claim(t.Context(), actor, r.ID); return err },
				"decide": func() error {
					_, err := w.Reports.Decide(t.Context(), actor, report.DecideInput{Report: r.ID, Version: r.Version, Verdict: report.Confirm})
					return err
				},
				"adjust": func() error {
					_, err := w.Reports.Adjust(t.Context(), actor, report.AdjustInput{Report: r.ID, Version: r.Version, Reason: because})
					return err
				},
			} {
				f, ok := errors.AsType[*fault.Error](try())
				if !ok || f.Kind != fault.Forbidden || f.Key != key {
					t.Errorf("%s: %v, want %s", name, f, key)
				}
			}
		}
		if err := w.Reports.MayReview(t.Context(), w.Board, r.ID); err != nil {
			t.Errorf("nobody is left to review it: %v", err)
		}
	})
}

func TestDecisionsNeedReasonsAndDeadlines(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w, _, r := sentIn(t, db, clk)
		ctx := t.Context()
		now := clock.At(clk.Now())
		for name, test := range map[string]struct {
			in    report.DecideInput
			field string
		}{
			"no reason":           {report.DecideInput{Verdict: report.Refuse}, "reason"},
			"nine letters":        {report.DecideInput{Verdict: report.Mend, Reason: "Thiếu ảnh"}, "reason"},
			"spaces":              {report.DecideInput{Verdict: report.Refuse, Reason: "Thiếu        \u200b\u200b  x"}, "reason"},
			"a novel":             {report.DecideInput{Verdict: report.Refuse, Reason: strings.Repeat("a", 2001)}, "reason"},
			"a deadline gone by":  {report.DecideInput{Verdict: report.Mend, Reason: because, Deadline: now}, "deadline"},
			"a deadline far away": {report.DecideInput{Verdict: report.Mend, Reason: because, Deadline: now.Add(61 * 24 * time.Hour)}, "deadline"},
			"no verdict":          {report.DecideInput{Verdict: "maybe"}, "verdict"},
		} {
			test.in.Report, test.in.Version = r.ID, r.Version
			_, err := w.Reports.Decide(ctx, w.Board, test.in)
			if got := fieldsOf(err); len(got) != 1 || got[0] != test.field {
				t.Errorf("%s: %v, want a fault of %s", name, err, test.field)
			}
		}
		_, err := w.Reports.Adjust(ctx, w.Board, report.AdjustInput{Report: r.ID, Version: r.Version, Figures: r.Figures})
		if d := cmp.Diff([]string{"weights", "reason"}, fieldsOf(err)); d != "" {
			t.Errorf("adjusting nothing for no reason -want +got\n%s", d)
		}

		r = w.Decided(w.Board, r, report.Mend)
		in := report.DecideInput{Report: r.ID, Version: r.Version, Verdict: report.Refuse, Reason: because}
		if _, err := w.Reports.Decide(ctx, w.Board, in); !errors.Is(err, fault.Conflict) {
			t.Errorf("rejected while there was still time: %v", err)
		}
		clk.Set(r.Deadline.Time)
		if q, err := w.Reports.Queue(ctx, w.Board, report.QueueInput{Challenge: w.Challenge.ID}); err != nil || q.Counts[report.Late] != 1 || len(q.Reports) != 1 {
			t.Errorf("a late report is not in the queue: %+v, %v", q, err)
		}
		if r, err = w.Reports.Decide(ctx, w.Board, in); err != nil || r.State != report.Invalid {
			t.Errorf("%s, %v", r.State, err)
		}
	})
}

func TestQueue(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := reporttest.New(t, db, clk)
		ctx := t.Context()
		_, a := w.Team("Đoàn Tứ Hạ", "19996")
		_, b := w.Team("Đoàn Hương Xuân", "20017")
		days := []int{8, 10, 12}
		var order []ident.ID
		for i, day := range days {
			event, other := w.Cleanup(a, "19996", day), w.Cleanup(b, "20017", day+1)
			order = append(order, w.Submitted(a, event, reporttest.Figures(), uint64(100+10*i)).ID)
			order = append(order, w.Submitted(b, other, reporttest.Figures(), uint64(200+10*i)).ID)
		}
		draft := w.Cleanup(a, "19996", 20)
		w.Draft(a, draft, report.Figures{})

		page := func(in report.QueueInput) report.Queue {
			t.Helper()
			in.Challenge = w.Challenge.ID
			q, err := w.Reports.Queue(ctx, w.Board, in)
			if err != nil {
				t.Fatal(err)
			}
			return q
		}
		var seen []ident.ID
		in := report.QueueInput{Limit: 4}
		for {
			q := page(in)
			for _, r := range q.Reports {
				seen = append(seen, r.ID)
				in.After, in.AfterAt = r.ID, r.SubmittedAt
			}
			if !q.More {
				break
			}
		}
		if d := cmp.Diff(order, seen); d != "" {
			t.Errorf("the pages, oldest first -want +got\n%s", d)
		}
		first, err := w.Reports.Find(ctx, db, order[0])
		if err != nil {
			t.Fatal(err)
		}
		w.Decided(w.Board, first, report.Confirm)
		if q := page(report.QueueInput{Entrant: b.Represents[0]}); len(q.Reports) != 3 || q.Counts[report.ToReview] != 5 || q.Counts[report.Found] != 1 {
			t.Errorf("%d of the second team, counts %v", len(q.Reports), q.Counts)
		}
		if q := page(report.QueueInput{Piles: []report.Pile{report.Found}}); len(q.Reports) != 1 || q.Reports[0].ID != order[0] {
			t.Errorf("valid: %+v", q.Reports)
		}
		if _, err := w.Reports.Claim(ctx, w.Board, order[2]); err != nil {
			t.Fatal(err)
		}
		if q := page(report.QueueInput{MineOnly: true}); len(q.Reports) != 1 || q.Reports[0].ID != order[2] {
			t.Errorf("mine: %+v", q.Reports)
		}
		if n, err := w.Reports.Undecided(ctx, db, w.Challenge.ID); err != nil || n != 5 {
			t.Errorf("%d are undecided, %v", n, err)
		}
	})
}

func TestOnlyValidReportsArePublic(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w, team, r := sentIn(t, db, clk)
		ctx := t.Context()
		v, err := w.Reports.Get(ctx, team, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		look := func(size report.Size) error {
			f, err := w.Reports.OpenPhoto(ctx, person.Actor{}, v.Photos[0].ID, size)
			if err != nil {
				return err
			}
			return f.Close()
		}
		if _, err := w.Reports.Public(ctx, r.Cleanup); !errors.Is(err, fault.NotFound) {
			t.Errorf("a report that nobody has reviewed is public: %v", err)
		}
		if err := look(report.Thumb); !errors.Is(err, fault.Unauthenticated) {
			t.Errorf("its photo is public: %v", err)
		}
		r = w.Decided(w.Board, r, report.Confirm)
		public, err := w.Reports.Public(ctx, r.Cleanup)
		if err != nil || public.Figures != r.Figures || len(public.Photos) != 2 || public.Photos[0].Role != report.Before {
			t.Fatalf("public %+v, %v", public, err)
		}
		for size, want := range map[report.Size]fault.Kind{report.Thumb: "", report.Large: "", report.Original: fault.Unauthenticated, "huge": fault.NotFound} {
			if err := look(size); fault.KindOf(err) != want || want == "" && err != nil {
				t.Errorf("%s: %v, want %q", size, err, want)
			}
		}
	})
}
