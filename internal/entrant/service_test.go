package entrant_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"sachhon/internal/challenge"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/entrant/entranttest"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/person"
)

func TestDecisionsAreMailedOnce(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *entranttest.World) {
		ctx := t.Context()
		approved, actor := w.Registered()
		refused, _ := w.Registered(func(in *entrant.RegisterInput) { in.Name = "Đội khác" })
		if _, err := w.Entrants.Decide(ctx, w.Board, refused.ID, entrant.Refuse, "không"); !slices.Equal(faulttest.Fields(err), []string{"reason entrant.fault.reason"}) {
			t.Errorf("refused without a reason: %v", err)
		}
		for _, who := range []person.Actor{actor, w.Person("20005", person.Clerk), w.Person("480", person.Board)} {
			if _, err := w.Entrants.Decide(ctx, who, approved.ID, entrant.Approve, ""); err == nil {
				t.Errorf("approved by %v", who.Grants)
			}
		}
		_, err := w.Entrants.Decide(ctx, w.Board, approved.ID, entrant.Approve, "")
		w.Must(err)
		if _, err := w.Entrants.Decide(ctx, w.Board, approved.ID, entrant.Approve, ""); !errors.Is(err, fault.Conflict) {
			t.Errorf("approved twice: %v", err)
		}
		e, err := w.Entrants.Decide(ctx, w.Board, refused.ID, entrant.Refuse, "Đội đã đăng ký dưới tên khác.")
		if err != nil || e.State != entrant.Refused || e.Reason == "" || e.DecidedBy != w.Board.ID || e.DecidedAt.IsZero() {
			t.Errorf("refused %+v, %v", e, err)
		}
		e, err = w.Entrants.Decide(ctx, w.Board, approved.ID, entrant.Disqualify, "Báo cáo của đội là bịa đặt.")
		if err != nil || e.State != entrant.Disqualified {
			t.Errorf("disqualified %+v, %v", e, err)
		}
		letters := w.Letters()
		for _, want := range []string{"được duyệt: Đội Sông Bồ", "chưa được duyệt: Đội khác", "Không còn được dự thi: Đội Sông Bồ"} {
			n := 0
			for _, subject := range letters {
				if strings.HasSuffix(subject, want) {
					n++
				}
			}
			if n != 1 {
				t.Errorf("%d letters %q in %q", n, want, letters)
			}
		}
	})
}

func TestOnlyDisqualifyingAfterTheResults(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *entranttest.World) {
		ctx := t.Context()
		cheat, actor := w.Approved()
		late, _ := w.Registered(func(in *entrant.RegisterInput) { in.Name = "Đội chậm" })
		w.Clock.Set(w.Challenge.ReportingUntil.Time)
		_, err := w.Challenges.Advance(ctx, w.Board, w.Challenge.ID, challenge.Judge)
		w.Must(err)
		w.Must(w.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
			return w.Challenges.Publish(ctx, tx, w.Board, w.Challenge.ID)
		}))
		if _, err := w.Entrants.Decide(ctx, w.Board, late.ID, entrant.Approve, ""); !errors.Is(err, fault.Conflict) {
			t.Errorf("approved after the results: %v", err)
		}
		if _, err := w.Entrants.Withdraw(ctx, actor, cheat.ID, ""); !errors.Is(err, fault.Conflict) {
			t.Errorf("withdrew after the results: %v", err)
		}
		e, err := w.Entrants.Decide(ctx, w.Board, cheat.ID, entrant.Disqualify, "Báo cáo của đội là bịa đặt.")
		if err != nil || e.State != entrant.Disqualified {
			t.Errorf("disqualified %+v, %v", e, err)
		}
		_, err = w.Challenges.Advance(ctx, w.Board, w.Challenge.ID, challenge.Archive)
		w.Must(err)
		if _, err := w.Entrants.Decide(ctx, w.Board, late.ID, entrant.Refuse, "Đăng ký quá chậm."); !errors.Is(err, fault.Conflict) {
			t.Errorf("refused in the archive: %v", err)
		}
	})
}

func TestNobodyDecidesForThemselves(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *entranttest.World) {
		e, err := w.Entrants.Register(t.Context(), w.Board, w.Input())
		w.Must(err)
		_, err = w.Entrants.Decide(t.Context(), w.Board, e.ID, entrant.Approve, "")
		if f, ok := errors.AsType[*fault.Error](err); !ok || f.Key != "entrant.fault.own" {
			t.Errorf("approved their own: %v", err)
		}
	})
}

func TestStrangersLearnNothing(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *entranttest.World) {
		e, _ := w.Registered()
		stranger := w.Person("19996", person.Clerk)
		if _, err := w.Entrants.ByID(t.Context(), stranger, e.ID); !errors.Is(err, fault.NotFound) {
			t.Errorf("a stranger reads: %v", err)
		}
		if _, err := w.Entrants.PublicByID(t.Context(), e.ID); !errors.Is(err, fault.NotFound) {
			t.Errorf("the public sees what is not approved: %v", err)
		}
		if _, err := w.Entrants.Withdraw(t.Context(), stranger, e.ID, ""); !errors.Is(err, fault.NotFound) {
			t.Errorf("a stranger withdraws: %v", err)
		}
		if _, err := w.Entrants.Withdraw(t.Context(), w.Person("20005"), w.IDs.New(), ""); !errors.Is(err, fault.NotFound) {
			t.Errorf("nobody withdraws: %v", err)
		}
		records, err := w.Log.Of(t.Context(), w.DB, e.ID)
		w.Must(err)
		for _, r := range records {
			for _, secret := range []string{"Trần", "912345678", "example.org", "1990"} {
				if strings.Contains(r.After+r.Before, secret) {
					t.Errorf("the log holds %q: %s", secret, r.After)
				}
			}
		}
		if len(records) != 1 {
			t.Errorf("%d entries in the log", len(records))
		}
	})
}

func TestListAndCounts(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *entranttest.World) {
		ctx := t.Context()
		for _, name := range []string{"Đội Một", "Đội 100%_", "Đội Ba"} {
			w.Approved(func(in *entrant.RegisterInput) { in.Name = name })
		}
		w.Registered(entranttest.Individual)
		w.Registered(func(in *entrant.RegisterInput) { in.Name, in.Unit = "Đội Huế", w.Unit("474") })

		numbers := func(f entrant.Filter, who person.Actor) (got []int) {
			t.Helper()
			f.Challenge, f.Limit = w.Challenge.ID, 2
			for {
				page, err := w.Entrants.List(ctx, who, f)
				w.Must(err)
				for _, e := range page.Entrants {
					got = append(got, e.Number)
				}
				if f.After = page.Next; f.After == 0 {
					return got
				}
			}
		}
		clerk := w.Person("20005", person.Clerk)
		for name, test := range map[string]struct {
			filter entrant.Filter
			who    person.Actor
			want   []int
		}{
			"all":            {entrant.Filter{}, w.Board, []int{5, 4, 3, 2, 1}},
			"approved":       {entrant.Filter{States: []entrant.State{entrant.Approved, entrant.Refused}}, w.Board, []int{3, 2, 1}},
			"individuals":    {entrant.Filter{Division: challenge.Individual}, w.Board, []int{4}},
			"by name":        {entrant.Filter{Query: "doi ba"}, w.Board, []int{3}},
			"signs are text": {entrant.Filter{Query: "%_"}, w.Board, []int{2}},
			"of a town":      {entrant.Filter{Unit: w.Unit("480")}, w.Board, []int{4, 3, 2, 1}},
			"a clerk's own":  {entrant.Filter{Unit: w.Unit("20005")}, clerk, []int{4, 3, 2, 1}},
		} {
			if got := numbers(test.filter, test.who); !slices.Equal(got, test.want) {
				t.Errorf("%s: %v, want %v", name, got, test.want)
			}
		}
		for _, f := range []entrant.Filter{{Challenge: w.Challenge.ID}, {Challenge: w.Challenge.ID, Unit: w.Unit("474")}} {
			if _, err := w.Entrants.List(ctx, clerk, f); !errors.Is(err, fault.Forbidden) {
				t.Errorf("a clerk lists %v: %v", f, err)
			}
		}
		public, next, err := w.Entrants.ListPublic(ctx, entrant.Filter{Challenge: w.Challenge.ID})
		if err != nil || len(public) != 3 || next != 0 {
			t.Errorf("the public lists %v, %d, %v", public, next, err)
		}
		counts, err := w.Entrants.Counts(ctx, w.DB, w.Challenge.ID)
		w.Must(err)
		got := map[entrant.State]int{}
		for _, c := range counts {
			got[c.State] += c.Entrants
		}
		if got[entrant.Approved] != 3 || got[entrant.Submitted] != 2 || len(counts) != 3 {
			t.Errorf("counts %+v", counts)
		}
	})
}

func TestNumbersHaveNoGaps(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *entranttest.World) {
		const teams = 12
		var wait sync.WaitGroup
		errs := make(chan error, teams)
		for range teams {
			actor, in := w.Person("20005"), w.Input()
			wait.Go(func() {
				_, err := w.Entrants.Register(t.Context(), actor, in)
				errs <- err
			})
		}
		wait.Wait()
		close(errs)
		for err := range errs {
			w.Must(err)
		}
		page, err := w.Entrants.List(t.Context(), w.Board, entrant.Filter{Challenge: w.Challenge.ID})
		w.Must(err)
		for i, e := range page.Entrants {
			if e.Number != teams-i {
				t.Errorf("place %d holds number %d", i, e.Number)
			}
		}
	})
}

func TestLifeEndsOnce(t *testing.T) {
	events := []entrant.Event{entrant.Approve, entrant.Refuse, entrant.Withdraw, entrant.Disqualify}
	rapid.Check(t, func(t *rapid.T) {
		state := entrant.Lifecycle.Start
		for _, event := range rapid.SliceOf(rapid.SampledFrom(events)).Draw(t, "events") {
			next, err := entrant.Lifecycle.Next(state, event)
			if err == nil && !state.Takes() {
				t.Fatalf("%s brought %s back as %s", event, state, next)
			}
			if err != nil && next != state {
				t.Fatalf("a refused %s moved %s to %s", event, state, next)
			}
			state = next
		}
	})
}
