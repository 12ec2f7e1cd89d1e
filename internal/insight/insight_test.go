package insight_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sachhon/internal/audit"
	"sachhon/internal/award"
	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/scoring"
	"sachhon/internal/scoring/scoringtest"
	"sachhon/internal/testkit"
	"sachhon/internal/waste"
)

var nobody person.Actor

// always asks the database for every request what other nodes changed.
const always = time.Nanosecond

func newServices(w *scoringtest.World, log *audit.Log, refresh time.Duration) (*insight.Service, *award.Service) {
	awards := award.NewService(w.DB, log, ident.NewGenerator(w.DB.Clock()), w.Challenges, w.Reports, w.Scores)
	return insight.NewService(w.DB, log, w.Challenges, w.Scores, awards, insight.Config{Refresh: refresh}), awards
}

func get(t *testing.T, s *insight.Service) *insight.Snapshot {
	t.Helper()
	snapshot, err := s.BySlug(t.Context(), nobody, scoringtest.Slug)
	if err != nil {
		t.Fatal(err)
	}
	return snapshot
}

func bodies(t *testing.T, s *insight.Snapshot) map[insight.Key]string {
	t.Helper()
	out := map[insight.Key]string{}
	for _, key := range s.Keys() {
		b, ok, err := s.Body(key)
		if err != nil || !ok {
			t.Fatalf("%s: %v", key, err)
		}
		out[key] = string(b.JSON)
	}
	return out
}

// TestWhatIsCounted has one of everything that is counted among much that is not.
func TestWhatIsCounted(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		w := scoringtest.NewWorld(t, db)
		s, _ := newServices(w, w.Log, always)
		sunday, monday := clock.Date(2024, time.June, 9, 7, 0), clock.Date(2024, time.June, 10, 0, 30)
		id := scoringtest.ID
		figures := report.Figures{Participants: 12, Weights: waste.Weights{}.With(waste.Plastic, 5_250).With(waste.Other, 80_000)}
		adjusted := report.Figures{Participants: 10, Weights: waste.Weights{}.With(waste.Plastic, 4_000)}
		w.Add(t, []scoringtest.Entrant{
			{ID: id(1, 1), Number: 1, State: entrant.Approved, At: sunday},
			{ID: id(1, 2), Number: 2, State: entrant.Submitted, At: monday, Division: challenge.Individual},
			{ID: id(1, 3), Number: 3, State: entrant.Refused},
			{ID: id(1, 4), Number: 4, State: entrant.Withdrawn},
			{ID: id(1, 5), Number: 5, State: entrant.Disqualified},
			{ID: id(1, 6), Number: 6, State: entrant.Approved, At: monday, NameHidden: true, NoPhotos: true},
		}, []scoringtest.Cleanup{
			{ID: id(3, 0), Entrant: id(1, 1), At: sunday, State: cleanup.Reported, Report: id(2, 0), Figures: figures, Photo: true},
			{ID: id(3, 1), Entrant: id(1, 6), At: monday, State: cleanup.Reported, Report: id(2, 1), Figures: figures, Adjusted: &adjusted, Photo: true},
			{ID: id(3, 2), Entrant: id(1, 4), At: monday, State: cleanup.Reported, Report: id(2, 2), Figures: figures, Nowhere: true},
			{ID: id(3, 3), Entrant: id(1, 5), At: monday, State: cleanup.Reported, Report: id(2, 3), Figures: figures},
			{ID: id(3, 4), Entrant: id(1, 1), At: monday, State: cleanup.Reported, Report: id(2, 4), Figures: figures, Result: report.SentBack, Photo: true},
			{ID: id(3, 5), Entrant: id(1, 1), At: monday, State: cleanup.Reported, Report: id(2, 5), Figures: figures, Result: report.Invalid},
			{ID: id(3, 6), Entrant: id(1, 1), At: monday, Report: id(2, 6), Figures: figures, Result: report.Draft},
			{ID: id(3, 7), Entrant: id(1, 1), At: monday, State: cleanup.Cancelled},
			{ID: id(3, 8), Entrant: id(1, 1), At: monday, State: cleanup.Draft},
		})
		snapshot := get(t, s)
		const statistics = `{"registrations":{"total":3,"collective":2,"individual":1},"cleanups":{"created":8,"valid":3},` +
			`"participants":34,"waste_grams":{"organic":0,"plastic":14500,"metal":0,"construction":0,"paper":0,"glass":0,` +
			`"hazardous":0,"other":160000},"as_of":"2024-06-06T01:00:00Z"}` + "\n"
		if diff := cmp.Diff(statistics, bodies(t, snapshot)[insight.KeyStatistics]); diff != "" {
			t.Error(diff)
		}

		var states []insight.PointState
		for _, p := range snapshot.Map.Points {
			states = append(states, p.State)
			if hasThumb := p.Thumb != ""; hasThumb != (p.ID == id(3, 0)) {
				t.Errorf("clean-up %s: photo %q; only a valid one of people who agreed shows its result", p.ID, p.Thumb)
			}
			if p.Entrant.Number == 6 && p.Entrant.Name != "" {
				t.Error("the map shows a hidden name")
			}
		}
		want := []insight.PointState{"valid", "valid", "invalid", "reported", "invalid", "announced", "cancelled"}
		if diff := cmp.Diff(want, states); diff != "" || snapshot.Map.Elsewhere != 1 {
			t.Errorf("%d elsewhere, states %s", snapshot.Map.Elsewhere, diff)
		}

		// Monday half past midnight here is still Sunday in UTC.
		if len(snapshot.Days.Days) != 2 || snapshot.Days.Days[1].Date != "2024-06-10" ||
			snapshot.Days.Days[0].Participants != 12 || snapshot.Days.Days[1].Registrations != 2 {
			t.Errorf("days %+v", snapshot.Days.Days)
		}
		for _, table := range snapshot.Standings {
			if wantRows := map[challenge.DivisionCode]int{challenge.Collective: 2}[table.Division]; len(table.Rows) != wantRows || table.Final {
				t.Errorf("%s: final %v, rows %+v", table.Division, table.Final, table.Rows)
			}
		}
	})
}

// TestPartsAddUp compares every sum over days, over units and over rows with the totals.
func TestPartsAddUp(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		w := scoringtest.NewWorld(t, db)
		w.Fill(t, 119)
		s, _ := newServices(w, w.Log, always)
		snapshot := get(t, s)
		if r := snapshot.Statistics.Registrations; r != (insight.Registrations{Total: 119, Collective: 64, Individual: 55}) {
			t.Errorf("registrations %+v", r)
		}
		total := insight.Unit{
			Registrations: 119, Cleanups: snapshot.Statistics.Cleanups, Participants: snapshot.Statistics.Participants, Waste: snapshot.Statistics.Waste,
		}
		var days, units, rows insight.Unit
		for _, d := range snapshot.Days.Days {
			days = sum(days, insight.Unit{Registrations: d.Registrations, Cleanups: d.Cleanups, Participants: d.Participants, Waste: d.Waste})
		}
		for _, u := range snapshot.Units.Units {
			u.Unit = ""
			units = sum(units, u)
		}
		var grams int64
		for _, table := range snapshot.Standings {
			for _, row := range table.Rows {
				rows.Participants += row.Participants
				rows.Cleanups.Valid += row.Reports
				grams += row.Grams
			}
		}
		if days != total || units != total {
			t.Errorf("total %+v\ndays  %+v\nunits %+v", total, days, units)
		}
		if rows.Participants != total.Participants || rows.Cleanups.Valid != total.Cleanups.Valid || grams != total.Waste.Total() {
			t.Errorf("the standings add up to %+v and %d g", rows, grams)
		}
	})
}

// TestStandingsAreScorings compares the rows with those that scoring computes from what it reads itself, and which a
// publication would contain.
func TestStandingsAreScorings(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		w := scoringtest.NewWorld(t, db)
		w.Fill(t, 119)
		w.Change(t, `UPDATE entrant SET state = $1 WHERE number IN (5, 80)`, entrant.Withdrawn)
		w.Change(t, `UPDATE entrant SET state = $1 WHERE number IN (6, 81)`, entrant.Disqualified)
		evidence, err := w.Scores.Load(t.Context(), db, w.Challenge)
		if err != nil {
			t.Fatal(err)
		}
		s, _ := newServices(w, w.Log, always)
		snapshot := get(t, s)
		for _, want := range scoring.Standings(scoring.DefaultScheme(), evidence.Ranked(), evidence.Reports, nil) {
			table, ok := snapshot.Table(want.Division)
			if !ok || len(table.Rows) != len(want.Rows) {
				t.Fatalf("%s has no %d rows", want.Division, len(want.Rows))
			}
			for i, row := range table.Rows {
				got := scoring.Standing{
					Rank: row.Rank, Entrant: row.Entrant.ID, Points: row.Points, Reports: row.Reports, Participants: row.Participants,
					Grams: row.Grams, SendBacks: row.SendBacks, LastAt: row.LastAt, Decided: row.Decided,
				}
				if diff := cmp.Diff(want.Rows[i], got); diff != "" {
					t.Errorf("%s, place %d: %s", want.Division, i+1, diff)
				}
			}
		}
	})
}

func sum(a, b insight.Unit) insight.Unit {
	return insight.Unit{
		Registrations: a.Registrations + b.Registrations,
		Cleanups:      insight.Cleanups{Created: a.Cleanups.Created + b.Cleanups.Created, Valid: a.Cleanups.Valid + b.Cleanups.Valid},
		Participants:  a.Participants + b.Participants, Waste: a.Waste.Plus(b.Waste),
	}
}

// TestTheSameBytesAlways builds the documents of one challenge again and again, at another hour, in another process
// and on both engines.
func TestTheSameBytesAlways(t *testing.T) {
	var first map[insight.Key]string
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := scoringtest.NewWorld(t, db)
		w.Fill(t, 119)
		s, _ := newServices(w, w.Log, always)
		got := bodies(t, get(t, s))
		if first == nil {
			first = got
		}
		if diff := cmp.Diff(first, got); diff != "" {
			t.Errorf("the engines differ: %s", diff)
		}
		clk.Advance(40 * 24 * time.Hour)
		rebuilt, err := s.Rebuild(t.Context(), w.Board, w.Challenge)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first, bodies(t, rebuilt)); diff != "" {
			t.Errorf("after dropping: %s", diff)
		}
		fresh, _ := newServices(w, audit.New(db, audit.Signer{}), always)
		if diff := cmp.Diff(first, bodies(t, get(t, fresh))); diff != "" {
			t.Errorf("after a restart: %s", diff)
		}
	})
}

func TestRebuildIsForTheBoard(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		w := scoringtest.NewWorld(t, db)
		s, _ := newServices(w, w.Log, always)
		if _, err := s.Rebuild(t.Context(), w.Officer, w.Challenge); !errors.Is(err, fault.Forbidden) {
			t.Errorf("a clerk rebuilds: %v", err)
		}
		w.Change(t, `UPDATE challenge SET state = $1`, challenge.Draft)
		if _, err := s.BySlug(t.Context(), nobody, scoringtest.Slug); !errors.Is(err, fault.NotFound) {
			t.Errorf("a draft is shown: %v", err)
		}
		if _, err := s.Get(t.Context(), w.Board, w.Challenge); err != nil {
			t.Errorf("the board does not see its draft: %v", err)
		}
		if _, err := s.Get(t.Context(), nobody, w.Challenge); !errors.Is(err, fault.NotFound) {
			t.Errorf("a draft is shown once the board has seen it: %v", err)
		}
	})
}

func TestChangesAreSeen(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		w := scoringtest.NewWorld(t, db)
		w.Fill(t, 20)
		here, _ := newServices(w, w.Log, time.Hour)
		there, _ := newServices(w, audit.New(db, audit.Signer{}), always) // another node, which asks every time
		before := get(t, here)
		if get(t, here) != before || get(t, there).Statistics != before.Statistics {
			t.Error("without a change there should be one snapshot")
		}
		w.Change(t, `UPDATE report SET state = $1 WHERE id = $2`, report.Invalid, scoringtest.ID(2, 3))
		for name, s := range map[string]*insight.Service{"here": here, "there": there} {
			after := get(t, s)
			if got, want := after.Statistics.Cleanups.Valid, before.Statistics.Cleanups.Valid-1; got != want {
				t.Errorf("%s: %d valid clean-ups, want %d", name, got, want)
			}
		}
		if before.Statistics.Cleanups.Valid != 20 {
			t.Error("a snapshot in use was changed")
		}
		// What happens elsewhere in the log is no reason to build again.
		kept := get(t, here)
		err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			return w.Log.Record(ctx, tx, audit.Entry{Actor: w.Board.ID, Action: "test.other", Kind: "other", Object: scoringtest.ID(7, 1)})
		})
		if err != nil {
			t.Fatal(err)
		}
		if get(t, here) != kept {
			t.Error("built again for nothing")
		}
	})
}

func TestPublishedStandingsStay(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		w := scoringtest.NewWorld(t, db)
		w.Fill(t, 40)
		w.Change(t, `UPDATE challenge SET state = $1`, challenge.Judging)
		s, awards := newServices(w, w.Log, time.Hour)
		if table, ok := get(t, s).Table(challenge.Collective); !ok || table.Final {
			t.Errorf("final before anything was published")
		}
		p, err := awards.Publish(t.Context(), w.Board, award.PublishInput{Challenge: w.Challenge})
		if err != nil {
			t.Fatal(err)
		}
		published := bodies(t, get(t, s))
		table, _ := get(t, s).Table(challenge.Collective)
		if !table.Final || table.Publication != p.Number || table.Rows[0].Prize == nil || table.Rows[0].Prize.Amount != 3_000_000 {
			t.Errorf("the published table is %+v", table)
		}
		winner := table.Rows[0].Entrant
		w.Change(t, `UPDATE report SET state = $1 WHERE entrant_id = $2`, report.Invalid, winner.ID)
		w.Change(t, `UPDATE entrant SET name = 'Tên khác'`)
		later := bodies(t, get(t, s))
		for _, division := range challenge.DefaultDivisions() {
			key := insight.KeyStandings(division.Code)
			if diff := cmp.Diff(published[key], later[key]); diff != "" {
				t.Errorf("%s moved: %s", key, diff)
			}
		}
		if published[insight.KeyStatistics] == later[insight.KeyStatistics] {
			t.Error("the statistics did not follow the reports")
		}
		w.Change(t, `UPDATE entrant SET name_hidden = $1 WHERE id = $2`, true, winner.ID)
		if table, _ := get(t, s).Table(challenge.Collective); winner.Name == "" || table.Rows[0].Entrant.Name != "" || !table.Final {
			t.Errorf("a name that was hidden later is still shown: %+v", table.Rows[0])
		}
	})
}

func TestManyReadersWhileItChanges(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		w := scoringtest.NewWorld(t, db)
		w.Fill(t, 30)
		s, _ := newServices(w, w.Log, always)
		var group sync.WaitGroup
		stop := make(chan struct{})
		for range 4 {
			group.Go(func() {
				last := int64(0)
				for {
					select {
					case <-stop:
						return
					default:
					}
					snapshot, err := s.BySlug(t.Context(), nobody, scoringtest.Slug)
					if err != nil {
						t.Error(err)
						return
					}
					if snapshot.Head < last {
						t.Errorf("went back from entry %d to %d", last, snapshot.Head)
						return
					}
					last = snapshot.Head
				}
			})
		}
		for i := range 10 {
			w.Change(t, `UPDATE report SET state = $1 WHERE id = $2`, report.Invalid, scoringtest.ID(2, i))
			if got := get(t, s).Statistics.Cleanups.Valid; got != int64(29-i) {
				t.Errorf("after change %d there are %d valid clean-ups", i, got)
			}
		}
		close(stop)
		group.Wait()
	})
}

func TestSharesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s insight.Statistics
		for i := range s.Waste {
			s.Waste[i] = rapid.Int64Range(0, 1_000_000_000).Draw(t, "grams")
		}
		want := int64(1000)
		if s.Waste.Total() == 0 {
			want = 0
		}
		sum := int64(0)
		for i, share := range s.Shares() {
			sum += share.PerMille
			exact := 0.0
			if want > 0 {
				exact = float64(s.Waste[i]) * 1000 / float64(s.Waste.Total())
			}
			if d := float64(share.PerMille) - exact; d <= -1 || d >= 1 {
				t.Fatalf("%s has %d per mille, exactly %f", share.Type, share.PerMille, exact)
			}
		}
		if sum != want {
			t.Fatalf("the shares add up to %d", sum)
		}
	})
}

func TestEncodedForms(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		w := scoringtest.NewWorld(t, db)
		w.Fill(t, 30)
		s, _ := newServices(w, w.Log, always)
		b, _, err := get(t, s).Body(insight.KeyMap)
		if err != nil {
			t.Fatal(err)
		}
		etags := map[string]bool{}
		for accept, want := range map[string]string{
			"gzip, deflate, br": "br", "GZIP": "gzip", "": "", "br;q=0, gzip;q=0.5": "gzip", "identity": "", "br;q=x": "", "brotli": "",
		} {
			body, coding, etag := b.Encoded(accept)
			if coding != want {
				t.Errorf("%q answered with %q", accept, coding)
				continue
			}
			etags[etag] = true
			var r io.Reader = bytes.NewReader(body)
			switch coding {
			case "br":
				r = brotli.NewReader(r)
			case "gzip":
				if r, err = gzip.NewReader(r); err != nil {
					t.Fatal(err)
				}
			}
			if plain, err := io.ReadAll(r); err != nil || !bytes.Equal(plain, b.JSON) {
				t.Errorf("%q: not the same document: %v", accept, err)
			}
		}
		if len(etags) != 3 {
			t.Errorf("%d ETags for three forms", len(etags))
		}
		if _, ok, _ := get(t, s).Body("nothing"); ok {
			t.Error("there is a document of no name")
		}
	})
}
