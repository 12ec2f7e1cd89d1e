package insight_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/insight"
	"sachhon/internal/scoring/scoringtest"
	"sachhon/internal/testkit"
)

// world fills a database of the engine with a contest of n entrants.
func world(b *testing.B, engine database.Engine, n int) *scoringtest.World {
	w := scoringtest.NewWorld(b, testkit.DB(b, engine, clock.NewSet(testkit.Begin)))
	w.Fill(b, n)
	return w
}

func services(w *scoringtest.World, log *audit.Log) *insight.Service {
	s, _ := newServices(w, log, 250*time.Millisecond)
	return s
}

var (
	engines = []database.Engine{database.SQLite, database.Postgres}
	sizes   = []int{119, 11_900}
)

// BenchmarkRebuild reads everything and builds a snapshot, with the bytes of the statistics.
func BenchmarkRebuild(b *testing.B) {
	for _, engine := range engines {
		for _, n := range sizes {
			b.Run(fmt.Sprintf("%s/%d", engine, n), func(b *testing.B) {
				w := world(b, engine, n)
				s := services(w, w.Log)
				for b.Loop() {
					snapshot, err := s.Rebuild(b.Context(), w.Board, w.Challenge)
					if err != nil {
						b.Fatal(err)
					}
					if _, _, err := snapshot.Body(insight.KeyStatistics); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkStatistics compares the prepared document with counting in SQL for every request, in one run; the metric
// "sql/memory" is how many times as long SQL takes. The query is the least that could give the same figures if the
// weights were columns, so the true ratio is larger.
func BenchmarkStatistics(b *testing.B) {
	for _, engine := range engines {
		for _, n := range sizes {
			w := world(b, engine, n)
			var perQuery float64
			b.Run(fmt.Sprintf("%s/%d/sql", engine, n), func(b *testing.B) {
				for b.Loop() {
					countInSQL(b, w)
				}
				perQuery = float64(b.Elapsed().Nanoseconds()) / float64(b.N)
			})
			b.Run(fmt.Sprintf("%s/%d/memory", engine, n), func(b *testing.B) {
				s := services(w, w.Log)
				ctx := context.Background()
				if _, err := s.Get(ctx, nobody, w.Challenge); err != nil { // the first visitor waits, as BenchmarkRebuild shows
					b.Fatal(err)
				}
				b.ReportAllocs()
				for b.Loop() {
					snapshot, err := s.BySlug(ctx, nobody, scoringtest.Slug)
					if err != nil {
						b.Fatal(err)
					}
					document, _, err := snapshot.Body(insight.KeyStatistics)
					if err != nil {
						b.Fatal(err)
					}
					if body, _, _ := document.Encoded("gzip, deflate, br"); len(body) == 0 {
						b.Fatal("nothing to send")
					}
				}
				b.ReportMetric(perQuery*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "sql/memory")
			})
		}
	}
}

func countInSQL(b *testing.B, w *scoringtest.World) {
	var counts struct {
		Entrants int64 `db:"entrants"`
		Cleanups int64 `db:"cleanups"`
		Valid    int64 `db:"valid"`
	}
	err := w.DB.Get(b.Context(), &counts, `SELECT
		(SELECT count(*) FROM entrant WHERE challenge_id = $1 AND state IN ('submitted', 'approved')) AS entrants,
		(SELECT count(*) FROM cleanup WHERE challenge_id = $1 AND announced_at IS NOT NULL) AS cleanups,
		(SELECT count(*) FROM report WHERE challenge_id = $1 AND state = 'valid' AND length(figures) > 2) AS valid`, w.Challenge)
	if err != nil || counts.Entrants == 0 || counts.Valid == 0 {
		b.Fatalf("%+v, %v", counts, err)
	}
}
