package cleanup_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sachhon/internal/cleanup"
	"sachhon/internal/cleanup/cleanuptest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/geo"
	"sachhon/internal/testkit"
)

func eachEngine(t *testing.T, f func(t *testing.T, w *cleanuptest.World)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) { f(t, cleanuptest.New(t, db, clk)) })
}

func june(day, hour, minute int) clock.Time { return clock.Date(2024, time.June, day, hour, minute) }

func TestStateFollowsTheClock(t *testing.T) {
	c := cleanup.Cleanup{State: cleanup.Announced, StartsAt: june(9, 7, 0), EndsAt: june(9, 9, 0)}
	for at, want := range map[clock.Time]cleanup.State{
		june(9, 6, 59): cleanup.Announced, june(9, 7, 0): cleanup.UnderWay, june(9, 8, 59): cleanup.UnderWay,
		june(9, 9, 0): cleanup.Ended, june(29, 0, 0): cleanup.Ended,
	} {
		if got := c.StateAt(at); got != want {
			t.Errorf("at %s: %s, want %s", at.Local(), got, want)
		}
	}
	for _, state := range []cleanup.State{cleanup.Draft, cleanup.Reported, cleanup.Cancelled} {
		c.State = state
		if got := c.StateAt(june(9, 8, 0)); got != state {
			t.Errorf("%s became %s by itself", state, got)
		}
	}
}

func TestTimeTakesOnlyStepsOfTheLifeCycle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := cleanup.Cleanup{State: rapid.SampledFrom([]cleanup.State{cleanup.Draft, cleanup.Announced, cleanup.Reported, cleanup.Cancelled}).Draw(t, "stored")}
		c.StartsAt = june(6, 0, rapid.IntRange(0, 60).Draw(t, "start"))
		c.EndsAt = c.StartsAt.Add(time.Duration(rapid.IntRange(1, 60).Draw(t, "length")) * time.Minute)
		now := june(5, 23, 50)
		state := c.StateAt(now)
		for range 140 {
			now = now.Add(time.Minute)
			next := c.StateAt(now)
			if next != state {
				begun := state == cleanup.Announced && next == cleanup.UnderWay && cleanup.Lifecycle.Can(state, cleanup.Begin)
				ended := state == cleanup.UnderWay && next == cleanup.Ended && cleanup.Lifecycle.Can(state, cleanup.End)
				if !begun && !ended {
					t.Fatalf("at %s %s became %s", now.Local(), state, next)
				}
			}
			state = next
		}
	})
}

func TestOverlapIsMutual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) cleanup.Cleanup {
			from := rapid.IntRange(0, 50).Draw(t, name)
			return cleanup.Cleanup{StartsAt: june(6, 0, from), EndsAt: june(6, 0, from+rapid.IntRange(1, 20).Draw(t, name+" length"))}
		}
		a, b := draw("a"), draw("b")
		together := false
		for minute := range 75 {
			now := june(6, 0, minute)
			during := func(c cleanup.Cleanup) bool { return !now.Before(c.StartsAt.Time) && now.Before(c.EndsAt.Time) }
			together = together || during(a) && during(b)
		}
		if a.Overlaps(b) != together || b.Overlaps(a) != together {
			t.Fatalf("overlap %v and %v, want %v", a.Overlaps(b), b.Overlaps(a), together)
		}
	})
}

func TestBadPlans(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *cleanuptest.World) {
		_, actor := w.Approved()
		at := func(from, until clock.Time) func(*cleanup.Plan) {
			return func(p *cleanup.Plan) { p.StartsAt, p.EndsAt = from, until }
		}
		for name, test := range map[string]struct {
			change func(*cleanup.Plan)
			want   string
		}{
			"no place":                {func(p *cleanup.Plan) { p.Place = "\u200f " }, "place cleanup.fault.place"},
			"a place of signs":        {func(p *cleanup.Plan) { p.Place = "🌊 !" }, "place cleanup.fault.place"},
			"a place of 5,000":        {func(p *cleanup.Plan) { p.Place = strings.Repeat("ơ", 5000) }, "place cleanup.fault.long"},
			"a description of 5,000":  {func(p *cleanup.Plan) { p.Description = strings.Repeat("ơ", 5000) }, "description cleanup.fault.long"},
			"nobody expected":         {func(p *cleanup.Plan) { p.Expected = 0 }, "expected cleanup.fault.expected"},
			"no time":                 {at(clock.Time{}, june(9, 9, 0)), "starts_at cleanup.fault.time"},
			"end before start":        {at(june(9, 9, 0), june(9, 7, 0)), "ends_at cleanup.fault.endFirst"},
			"no length":               {at(june(9, 9, 0), june(9, 9, 0)), "ends_at cleanup.fault.endFirst"},
			"two days":                {at(june(9, 9, 0), june(11, 9, 0)), "ends_at cleanup.fault.tooLong"},
			"before the challenge":    {at(june(5, 22, 0), june(6, 12, 0)), "starts_at cleanup.fault.period"},
			"beyond the last day":     {at(june(29, 22, 0), june(30, 1, 0)), "ends_at cleanup.fault.period"},
			"in 59 minutes":           {at(june(6, 8, 59), june(6, 12, 0)), "starts_at cleanup.fault.ahead"},
			"null island":             {func(p *cleanup.Plan) { p.Point = &geo.Point{} }, "point geo.fault.nullIsland"},
			"off the globe":           {func(p *cleanup.Plan) { p.Point = &geo.Point{Lat: 91, Lon: 10} }, "point geo.fault.range"},
			"neither unit nor bounds": {func(p *cleanup.Plan) { p.Unit = "" }, "unit cleanup.fault.unit"},
			"an unknown unit":         {func(p *cleanup.Plan) { p.Unit = w.IDs.New() }, "unit cleanup.fault.unit"},
			"an agency":               {func(p *cleanup.Plan) { p.Unit = w.Unit("46.STTTT") }, "unit cleanup.fault.unit"},
		} {
			_, err := w.Cleanups.Create(t.Context(), actor, cleanup.CreateInput{Entrant: actor.Represents[0], Announce: true, Plan: w.Plan(9, test.change)})
			if !errors.Is(err, fault.Invalid) || !slices.Contains(faulttest.Fields(err), test.want) {
				t.Errorf("%s: %v, want %s", name, err, test.want)
			}
		}
		// What is just right: in exactly an hour, to the last minute of the last day, an accent in NFD, no point.
		first := w.AnnouncedCleanup(actor, 6, at(june(6, 9, 0), june(6, 9, 30)))
		if first.StateAt(clock.At(w.Clock.Now())) != cleanup.Announced {
			t.Errorf("announced %+v", first)
		}
		last := w.AnnouncedCleanup(actor, 29, at(june(29, 20, 0), june(30, 0, 0)), func(p *cleanup.Plan) {
			p.Place, p.Point = "Chơ\u0323 <script> Tứ Hạ\u202e", nil
		})
		if last.Place != "Chợ <script> Tứ Hạ" || last.Point != nil {
			t.Errorf("announced %+v", last)
		}
	})
}

func TestPlaceInsideTheArea(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *cleanuptest.World) {
		ctx := t.Context()
		w.Challenge = w.Announced(inHuongTra(w))
		_, actor := w.Approved()
		for name, test := range map[string]struct {
			change func(*cleanup.Plan)
			want   string
		}{
			"outside of the box": {func(p *cleanup.Plan) { p.Point = &geo.Point{Lat: 21.02, Lon: 105.84} }, "point cleanup.fault.outside"},
			"another town":       {func(p *cleanup.Plan) { p.Unit = w.Unit("474") }, "unit cleanup.fault.unitOutside"},
		} {
			_, err := w.Cleanups.Create(ctx, actor, cleanup.CreateInput{Entrant: actor.Represents[0], Plan: w.Plan(9, test.change)})
			if got := faulttest.Fields(err); !slices.Equal(got, []string{test.want}) {
				t.Errorf("%s: %v, want %s", name, err, test.want)
			}
		}
		w.ImportSquares()
		if u, ok, err := w.Cleanups.ProposeUnit(ctx, geo.Point{Lat: 16.45, Lon: 107.45}, "2024-06-09"); err != nil || !ok || u.Code != "19996" {
			t.Errorf("proposed %s, %v, %v", u.Code, ok, err)
		}
		c := w.DraftCleanup(actor, 9, func(p *cleanup.Plan) { p.Unit, p.Point = "", &geo.Point{Lat: 16.45, Lon: 107.45} })
		if c.Unit != w.Unit("19996") {
			t.Errorf("the unit of the point is %s", w.Tree.Name(c.Unit))
		}
		_, err := w.Cleanups.Create(ctx, actor, cleanup.CreateInput{
			Entrant: actor.Represents[0],
			Plan:    w.Plan(9, func(p *cleanup.Plan) { p.Point = &geo.Point{Lat: 16.65, Lon: 107.65} }),
		})
		if got := faulttest.Fields(err); !slices.Equal(got, []string{"point cleanup.fault.outside"}) {
			t.Errorf("in the box but not within the boundary: %v", err)
		}
	})
}
