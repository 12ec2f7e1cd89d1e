package app_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/scoring/scoringtest"
	"sachhon/internal/testkit"
	"sachhon/internal/testkit/apptest"
)

// sizes are the entrants of the contest of 2024, once and a hundred times.
var sizes = []int{119, 11_900}

// contest is the application over a contest of a size; beside it a scene, for what needs people and units.
type contest struct {
	*apptest.Scene
	world *scoringtest.World
	size  int
}

func newContest(b *testing.B, engine database.Engine, size int) *contest {
	b.Helper()
	cfg, clk := apptest.Config(testkit.URL(b, engine), b.TempDir()), clock.NewSet(testkit.Begin)
	db, err := database.Open(b.Context(), cfg.Database, clk)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	w := scoringtest.NewWorld(b, db)
	w.Fill(b, size)
	return &contest{apptest.NewScene(apptest.Open(b, cfg, clk)), w, size}
}

// BenchmarkApp measures the whole application without the network: reads through its handler with all middleware,
// writes through its services. Beside each read stands the bare handler that a developer would write first: one query,
// one encoding, no middleware; the metric "×bare" is how long the application takes for each unit of its time.
func BenchmarkApp(b *testing.B) {
	for _, engine := range apptest.Engines {
		for _, size := range sizes {
			b.Run(fmt.Sprintf("engine=%s/size=%d", engine, size), func(b *testing.B) {
				c := newContest(b, engine, size)
				for _, read := range c.reads() {
					benchmarkRead(b, c, read)
				}
				for _, page := range c.pages() {
					b.Run("page="+page.name, func(b *testing.B) { serve(b, c.Pages, page.path) })
				}
				for _, write := range c.writes() {
					benchmarkWrite(b, write)
				}
			})
		}
	}
}

// read is an address of the API and the bare handler that answers the same question.
type read struct {
	name, path string
	bare       http.Handler
}

type page struct{ name, path string }

func (c *contest) reads() []read {
	api := "/api/v1/challenges/" + scoringtest.Slug
	one := scoringtest.ID(3, c.size/2)
	return []read{
		{"map-box", api + "/cleanups?limit=100&bbox=107.52,16.42,107.55,16.45", c.bareBox(16.42, 107.52, 16.45, 107.55, 100)},
		{"latest", api + "/cleanups?limit=50", c.bareLatest(50)},
		{"one", "/api/v1/cleanups/" + string(one), c.bareOne(one)},
		{"standings", api + "/standings?division=collective", c.bareStandings()},
		{"statistics", api + "/statistics", c.bareStatistics()},
	}
}

func (c *contest) pages() []page {
	at := "/cuoc-thi/" + scoringtest.Slug
	return []page{
		{"home", "/"},
		{"cleanups", at + "/ra-quan"},
		{"one", "/ra-quan/" + string(scoringtest.ID(3, c.size/2))},
		{"standings", at + "/bang-xep-hang"},
		{"statistics", at + "/thong-ke"},
	}
}

func benchmarkRead(b *testing.B, c *contest, r read) {
	b.Helper()
	var bare time.Duration
	b.Run("read="+r.name+"/by=bare", func(b *testing.B) { bare = serve(b, r.bare, r.path) })
	b.Run("read="+r.name+"/by=app", func(b *testing.B) {
		app := serve(b, c.Pages, r.path)
		if bare > 0 {
			b.ReportMetric(float64(app)/float64(bare), "×bare")
		}
	})
}

// serve asks the handler again and again and returns the time of one answer.
func serve(b *testing.B, h http.Handler, path string) time.Duration {
	b.Helper()
	ask := func() *sink {
		r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, apptest.BaseURL+path, http.NoBody)
		if err != nil {
			b.Fatal(err)
		}
		r.RemoteAddr = "192.0.2.1:1234"
		r.Header.Set("Accept-Encoding", "gzip, br")
		w := &sink{header: http.Header{}}
		h.ServeHTTP(w, r)
		if w.status != http.StatusOK || w.bytes == 0 {
			b.Fatalf("%s: %d, %d bytes", path, w.status, w.bytes)
		}
		return w
	}
	bytes := ask().bytes // the first visitor lets the snapshot be built, as BenchmarkRebuild shows
	b.ReportAllocs()
	for b.Loop() {
		ask()
	}
	b.ReportMetric(float64(bytes), "B/answer")
	return b.Elapsed() / time.Duration(b.N)
}

// sink is a ResponseWriter that keeps nothing.
type sink struct {
	header        http.Header
	status, bytes int
}

func (s *sink) Header() http.Header { return s.header }

func (s *sink) WriteHeader(status int) { s.status = status }

func (s *sink) Write(p []byte) (int, error) {
	if s.status == 0 {
		s.status = http.StatusOK
	}
	s.bytes += len(p)
	return len(p), nil
}
