package cleanup_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/cleanup/cleanuptest"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/geo"
	"sachhon/internal/person"
)

// inHuongTra makes a challenge one of the town, in a box around it.
func inHuongTra(w *cleanuptest.World) func(*challenge.Details) {
	return func(d *challenge.Details) {
		d.Slug, d.Area, d.Box = "huong-tra", w.Unit("480"), geo.Box{West: 107.2, South: 16.2, East: 107.7, North: 16.7}
	}
}

func TestCreate(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *cleanuptest.World) {
		ctx := t.Context()
		_, actor := w.Approved()
		in := cleanup.CreateInput{ID: w.IDs.New(), Entrant: actor.Represents[0], Announce: true, Plan: w.Plan(9)}
		c, err := w.Cleanups.Create(ctx, actor, in)
		if err != nil || c.State != cleanup.Announced || c.AnnouncedAt.IsZero() || *c.Point != *in.Point {
			t.Fatalf("announced %+v, %v", c, err)
		}
		again, err := w.Cleanups.Create(ctx, actor, in)
		if err != nil || again.ID != c.ID || again.Version != c.Version {
			t.Errorf("sent again: %+v, %v", again, err)
		}
		_, other := w.Approved(func(in *entrant.RegisterInput) { in.Name = "Đội khác" })
		stolen := in
		stolen.Entrant = other.Represents[0]
		if _, err := w.Cleanups.Create(ctx, other, stolen); !errors.Is(err, fault.Forbidden) {
			t.Errorf("somebody else's ID: %v", err)
		}
		for who, want := range map[*person.Actor]fault.Kind{{}: fault.Unauthenticated, &other: fault.Forbidden} {
			if _, err := w.Cleanups.Create(ctx, *who, in); !errors.Is(err, want) {
				t.Errorf("for somebody else's entrant: %v, want %s", err, want)
			}
		}
		clerk := w.Person("20005", person.Clerk)
		if _, err := w.Cleanups.Create(ctx, clerk, cleanup.CreateInput{Entrant: in.Entrant, Plan: w.Plan(10)}); err != nil {
			t.Errorf("the clerk of the unit: %v", err)
		}
		if got := w.Letters(); !slices.Contains(got, "Đã công bố sự kiện ra quân: Bãi bồi ven sông Bồ") {
			t.Errorf("letters %q", got)
		}
	})
}

func TestOnlyTheApprovedAnnounce(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *cleanuptest.World) {
		ctx := t.Context()
		e, actor := w.Registered()
		draft := w.DraftCleanup(actor, 9)
		_, err := w.Cleanups.Announce(ctx, actor, draft.ID)
		if f, ok := errors.AsType[*fault.Error](err); !ok || f.Key != "cleanup.fault.notApproved" {
			t.Errorf("announced before approval: %v", err)
		}
		_, err = w.Entrants.Decide(ctx, w.Board, e.ID, entrant.Approve, "")
		w.Must(err)
		c, err := w.Cleanups.Announce(ctx, actor, draft.ID)
		if err != nil || c.State != cleanup.Announced {
			t.Errorf("announced %+v, %v", c, err)
		}
		if _, err := w.Cleanups.Announce(ctx, actor, draft.ID); !errors.Is(err, fault.Conflict) {
			t.Errorf("announced twice: %v", err)
		}
		late := w.DraftCleanup(actor, 12)
		w.Clock.Set(june(12, 6, 30).Time)
		if _, err := w.Cleanups.Announce(ctx, actor, late.ID); !slices.Equal(faulttest.Fields(err), []string{"starts_at cleanup.fault.ahead"}) {
			t.Errorf("announced half an hour ahead: %v", err)
		}
	})
}

func TestDraftsAreTheirOwnersOnly(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *cleanuptest.World) {
		ctx := t.Context()
		_, actor := w.Approved()
		draft := w.DraftCleanup(actor, 9)
		for _, who := range []person.Actor{{}, w.Board, w.Person("20005")} {
			if _, err := w.Cleanups.ByID(ctx, who, draft.ID); !errors.Is(err, fault.NotFound) {
				t.Errorf("a stranger reads a draft: %v", err)
			}
		}
		if _, err := w.Cleanups.Announce(ctx, w.Person("20005"), draft.ID); !errors.Is(err, fault.NotFound) {
			t.Errorf("a stranger announces a draft: %v", err)
		}
		if c, err := w.Cleanups.ByID(ctx, actor, draft.ID); err != nil || c.ID != draft.ID {
			t.Errorf("the owner reads %v, %v", c.ID, err)
		}
		public := w.AnnouncedCleanup(actor, 10)
		if _, err := w.Cleanups.ByID(ctx, person.Actor{}, public.ID); err != nil {
			t.Errorf("the public reads: %v", err)
		}
		if _, err := w.Cleanups.Cancel(ctx, w.Person("20005"), public.ID, "Tôi không thích."); !errors.Is(err, fault.Forbidden) {
			t.Errorf("a stranger cancels: %v", err)
		}
		mine, err := w.Cleanups.Mine(ctx, actor, actor.Represents[0])
		if err != nil || !slices.Equal(cleanuptest.IDsOf(mine), cleanuptest.IDsOf([]cleanup.Cleanup{public, draft})) {
			t.Errorf("mine are %v, %v", mine, err)
		}
		if _, err := w.Cleanups.Mine(ctx, w.Person("20005"), actor.Represents[0]); !errors.Is(err, fault.Forbidden) {
			t.Errorf("a stranger lists drafts: %v", err)
		}
	})
}

func TestUpdate(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *cleanuptest.World) {
		ctx := t.Context()
		_, actor := w.Approved()
		w.AnnouncedCleanup(actor, 8)
		c := w.AnnouncedCleanup(actor, 9)
		in := cleanup.UpdateInput{Version: c.Version, Plan: w.Plan(10, func(p *cleanup.Plan) { p.Place = "Cầu Tứ Phú" })}
		moved, err := w.Cleanups.Update(ctx, actor, c.ID, in)
		if err != nil || moved.Place != "Cầu Tứ Phú" || moved.StartsAt != in.StartsAt || moved.State != cleanup.Announced {
			t.Fatalf("moved %+v, %v", moved, err)
		}
		if _, err := w.Cleanups.Update(ctx, actor, c.ID, in); !errors.Is(err, fault.Conflict) {
			t.Errorf("an old version was written: %v", err)
		}
		in = cleanup.UpdateInput{Version: moved.Version, Plan: w.Plan(8)}
		if _, err := w.Cleanups.Update(ctx, actor, c.ID, in); !slices.Equal(faulttest.Fields(err), []string{"starts_at cleanup.fault.overlap"}) {
			t.Errorf("moved onto another: %v", err)
		}
		w.Clock.Set(june(10, 7, 0).Time)
		in.Plan = w.Plan(10)
		_, err = w.Cleanups.Update(ctx, actor, c.ID, in)
		if f, ok := errors.AsType[*fault.Error](err); !ok || f.Key != "cleanup.fault.begun" {
			t.Errorf("changed under way: %v", err)
		}
	})
}

func TestTwoAtOnceNeverOverlap(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *cleanuptest.World) {
		_, actor := w.Approved()
		w.DraftCleanup(actor, 12) // a first one, so that the agenda of the entrant exists
		var wait sync.WaitGroup
		results := make(chan error, 6)
		for range cap(results) {
			in := cleanup.CreateInput{ID: w.IDs.New(), Entrant: actor.Represents[0], Announce: true, Plan: w.Plan(9)}
			wait.Go(func() {
				_, err := w.Cleanups.Create(t.Context(), actor, in)
				results <- err
			})
		}
		wait.Wait()
		close(results)
		made := 0
		for err := range results {
			switch {
			case err == nil:
				made++
			case !slices.Equal(faulttest.Fields(err), []string{"starts_at cleanup.fault.overlap"}):
				t.Errorf("refused for another reason: %v", err)
			}
		}
		if made != 1 {
			t.Errorf("%d clean-ups of one entrant at the same hour", made)
		}
		// Another one may begin when this one ends.
		w.AnnouncedCleanup(actor, 9, func(p *cleanup.Plan) { p.StartsAt, p.EndsAt = june(9, 9, 0), june(9, 10, 0) })
	})
}

func TestCancel(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *cleanuptest.World) {
		ctx := t.Context()
		_, actor := w.Approved()
		c := w.AnnouncedCleanup(actor, 9)
		if _, err := w.Cleanups.Cancel(ctx, actor, c.ID, "mưa"); !slices.Equal(faulttest.Fields(err), []string{"reason cleanup.fault.reason"}) {
			t.Errorf("cancelled without a reason: %v", err)
		}
		clerk := w.Person("20005", person.Clerk)
		c, err := w.Cleanups.Cancel(ctx, clerk, c.ID, "Có cảnh báo mưa lớn.")
		if err != nil || c.State != cleanup.Cancelled || !c.Public() || c.Reason == "" {
			t.Fatalf("cancelled %+v, %v", c, err)
		}
		if _, err := w.Cleanups.Cancel(ctx, clerk, c.ID, "Có cảnh báo mưa lớn."); !errors.Is(err, fault.Conflict) {
			t.Errorf("cancelled twice: %v", err)
		}
		w.AnnouncedCleanup(actor, 9) // the hour is free again
		draft := w.DraftCleanup(actor, 10)
		if c, err = w.Cleanups.Cancel(ctx, actor, draft.ID, ""); err != nil || c.Public() {
			t.Errorf("a draft thrown away: %+v, %v", c, err)
		}
		w.Clock.Set(june(9, 12, 0).Time)
		told := 0
		for _, subject := range w.Letters() {
			if strings.HasPrefix(subject, "Sự kiện ra quân đã hủy") {
				told++
			}
		}
		if told != 1 {
			t.Errorf("told %d times", told)
		}
	})
}

func TestReportedAfterItsEnd(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *cleanuptest.World) {
		ctx := t.Context()
		_, actor := w.Approved()
		c := w.AnnouncedCleanup(actor, 9)
		unreported := w.AnnouncedCleanup(actor, 10)
		report := func() error {
			return w.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error { return w.Cleanups.Reported(ctx, tx, actor, c.ID) })
		}
		w.Clock.Set(june(9, 8, 0).Time)
		if err := report(); !errors.Is(err, fault.Conflict) {
			t.Errorf("reported under way: %v", err)
		}
		w.Clock.Set(june(9, 9, 0).Time)
		for range 2 { // sent back and sent again
			w.Must(report())
		}
		c, err := w.Cleanups.ByID(ctx, person.Actor{}, c.ID)
		if err != nil || c.State != cleanup.Reported || c.ReportedAt != june(9, 9, 0) {
			t.Errorf("reported %+v, %v", c, err)
		}
		w.Letters()
		w.Clock.Set(june(10, 9, 0).Time)
		w.Letters()
		w.Clock.Set(june(11, 9, 0).Time)
		reminders := 0
		for _, subject := range w.Letters() {
			if strings.HasPrefix(subject, "Mời gửi báo cáo") {
				reminders++
			}
		}
		if reminders != 1 {
			t.Errorf("%d reminders, want one, for %s", reminders, unreported.ID)
		}
		records, err := w.Log.Of(ctx, w.DB, c.ID)
		w.Must(err)
		if len(records) != 3 {
			t.Errorf("%d entries in the log", len(records))
		}
	})
}
