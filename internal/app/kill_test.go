package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sachhon/internal/app"
	"sachhon/internal/clock"
	"sachhon/internal/config"
	"sachhon/internal/ident"
	"sachhon/internal/testkit"
	"sachhon/internal/testkit/apptest"
	"sachhon/internal/web/form"
)

// childConfig tells the test binary to be the server that is killed.
const childConfig = "APP_TEST_CHILD_CONFIG"

func TestMain(m *testing.M) {
	if text := os.Getenv(childConfig); text != "" {
		fmt.Fprintln(os.Stderr, serveUntilKilled(text))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// serveUntilKilled is the child: it serves as the command does, jobs and all, and says where.
func serveUntilKilled(text string) error {
	var cfg config.Config
	if err := json.Unmarshal([]byte(text), &cfg); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	ctx := context.Background()
	node, err := app.New(ctx, cfg, app.Options{Clock: clock.NewSet(afterScene), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	fmt.Println("http://" + listener.Addr().String())
	return node.Serve(ctx, listener)
}

// afterScene is later than everything that happens in a scene.
var afterScene = testkit.Begin.AddDate(0, 0, 4)

// TestNothingThatWasAnsweredIsLostByAKill lets several people announce clean-ups over HTTP, kills the server in the
// middle, and looks for each one that was answered; twice, since the second server begins with what the first left.
func TestNothingThatWasAnsweredIsLostByAKill(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			cfg := apptest.Config(testkit.URL(t, engine), t.TempDir())
			s := apptest.NewScene(apptest.Open(t, cfg, clock.NewSet(testkit.Begin)))
			team := s.Face("representative")
			var answered []ident.ID
			var slots atomic.Int32
			for range 2 {
				answered = append(answered, announceUntilKilled(t, s, cfg, team.Token, &slots, 40)...)
			}

			again := apptest.Open(t, cfg, clock.NewSet(afterScene))
			kept := map[ident.ID]bool{}
			mine, err := again.Cleanups.Mine(t.Context(), team.Actor, s.Entrant.ID)
			again.Must(err)
			for _, c := range mine {
				kept[c.ID] = true
				records, err := again.Log.Of(t.Context(), again.DB, c.ID)
				if again.Must(err); len(records) == 0 {
					t.Errorf("%s is there without an entry in the log", c.ID)
				}
			}
			for _, id := range answered {
				if !kept[id] {
					t.Errorf("%s was answered and is lost", id)
				}
			}
			t.Logf("%d answered, %d kept", len(answered), len(mine))
			if err := again.Log.Verify(t.Context()); err != nil {
				t.Error(err)
			}
			if w := again.Do(planRequest(again, s, team.Token, apptest.BaseURL, again.IDs.New(), slots.Add(1))); w.Code != http.StatusSeeOther {
				t.Errorf("afterwards a clean-up is answered with %d", w.Code)
			}
		})
	}
}

// announceUntilKilled starts a server, announces clean-ups, kills it after so many answers and returns all that it
// answered.
func announceUntilKilled(t *testing.T, s *apptest.Scene, cfg config.Config, token string, slots *atomic.Int32,
	answers int,
) (answered []ident.ID) {
	t.Helper()
	server, base := startChild(t, s, cfg)
	defer func() { _ = server.Wait() }() // it was killed

	var mu sync.Mutex
	var killed bool
	var people sync.WaitGroup
	client := &http.Client{Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for range 4 {
		people.Go(func() {
			for {
				id := s.IDs.New()
				w, err := client.Do(planRequest(s.App, s, token, base, id, slots.Add(1)))
				if err != nil {
					return // nobody there any more
				}
				_ = w.Body.Close()
				mu.Lock()
				if w.StatusCode == http.StatusSeeOther {
					answered = append(answered, id)
				} else {
					t.Errorf("a clean-up is answered with %d", w.StatusCode)
					killed = true
					_ = server.Process.Kill()
				}
				if len(answered) >= answers && !killed {
					killed = true
					if err := server.Process.Kill(); err != nil {
						t.Error(err)
					}
				}
				mu.Unlock()
			}
		})
	}
	people.Wait()
	if len(answered) < answers {
		t.Fatalf("the server answered %d times and ended", len(answered))
	}
	return answered
}

// planRequest announces a clean-up as the form of the team's page does, each slot at another time: a team is at one
// place at a time.
func planRequest(a *apptest.App, s *apptest.Scene, token, base string, id ident.ID, slot int32) *http.Request {
	a.TB.Helper()
	begin := clock.Date(2024, time.June, 12+int(slot)/15, 6+int(slot)%15, 0)
	values := url.Values{
		"id": {string(id)}, "unit": {string(s.Unit(apptest.Ward))}, "place": {"Bãi bồi ven sông"}, "expected": {"12"},
		"lat": {"16.4"}, "lon": {"107.5"},
		"starts_at": {form.MomentInput(begin)}, "ends_at": {form.MomentInput(begin.Add(30 * time.Minute))},
	}
	r, err := http.NewRequest(http.MethodPost, base+"/doi/"+string(s.Entrant.ID)+"/ra-quan/moi", strings.NewReader(values.Encode()))
	a.Must(err)
	r.RemoteAddr = "192.0.2.1:1234"
	r.Header.Set("Content-Type", formType)
	return apptest.As(r, token)
}
