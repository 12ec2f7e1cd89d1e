// Package apptest gives tests the real application: every service and page over a migrated database of either engine,
// its files and mails in folders that go with the test, under a clock that the test sets.
//
// It is apart from testkit because the packages that the application is made of use that one in their own tests.
package apptest

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"sachhon/internal/app"
	"sachhon/internal/clock"
	"sachhon/internal/config"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/notify"
	"sachhon/internal/testkit"
	"sachhon/internal/web"
)

// BaseURL is where the application of a test believes to be.
const BaseURL = "http://sachhon.test"

// Engines are both engines, in the order in which tests try them.
var Engines = []database.Engine{database.SQLite, database.Postgres}

// App is one node of the application. Its jobs run when the test starts or drains them.
type App struct {
	*app.App
	Clock *clock.Set
	Pages http.Handler // everything that is served, inside the middleware

	TB testing.TB
}

// EachEngine runs f as a sub-test with an empty application on SQLite and on PostgreSQL.
func EachEngine(t *testing.T, f func(t *testing.T, a *App)) {
	t.Helper()
	for _, engine := range Engines {
		t.Run(string(engine), func(t *testing.T) { f(t, New(t, engine)) })
	}
}

// New returns an empty application on a database of the engine.
func New(tb testing.TB, engine database.Engine) *App {
	tb.Helper()
	return Open(tb, Config(testkit.URL(tb, engine), tb.TempDir()), clock.NewSet(testkit.Begin))
}

// Config is the configuration of a node over the database whose files lie in the folder. Nodes with the same
// configuration are nodes of one installation.
func Config(url, data string) config.Config {
	return config.Config{
		Data: data, Log: "text", Database: database.Config{URL: url},
		Web: web.Config{Listen: "127.0.0.1:0", BaseURL: BaseURL, Timeout: 30 * time.Second, Grace: 5 * time.Second},
		Mail: notify.Config{
			Sender: "folder", Folder: filepath.Join(data, "mail"), From: "Sạch Hơn <sachhon@localhost>", TLS: "none",
		},
	}
}

// Open returns a node with the configuration, which is closed with the test.
func Open(tb testing.TB, cfg config.Config, clk *clock.Set) *App {
	tb.Helper()
	node, err := app.New(tb.Context(), cfg, app.Options{Clock: clk, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := node.Close(); err != nil {
			tb.Errorf("close the application: %v", err)
		}
	})
	a := &App{App: node, Clock: clk, TB: tb}
	a.Pages, err = node.Handler()
	a.Must(err)
	return a
}

// Start lets the jobs run until the test ends.
func (a *App) Start() {
	a.TB.Helper()
	a.Must(a.App.Start(a.TB.Context()))
	a.TB.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := a.Queue.Stop(ctx); err != nil {
			a.TB.Errorf("stop the jobs: %v", err)
		}
	})
}

// Drain runs the jobs that are due.
func (a *App) Drain() {
	a.TB.Helper()
	a.Must(a.Queue.Drain(a.TB.Context()))
}

// SignIn begins a session of the person and returns its token, the value of the cookie.
func (a *App) SignIn(person ident.ID) string {
	a.TB.Helper()
	in, err := a.Sessions.Create(a.TB.Context(), person, "test")
	a.Must(err)
	return in.Token
}

// As adds the session to the request; none leaves it anonymous.
func As(r *http.Request, token string) *http.Request {
	if token != "" {
		r.AddCookie(&http.Cookie{Name: "sachhon", Value: token})
	}
	return r
}

// Do answers the request without a listener.
func (a *App) Do(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	a.Pages.ServeHTTP(w, r)
	return w
}

// Get answers a GET of the session.
func (a *App) Get(path, token string) *httptest.ResponseRecorder {
	return a.Do(As(httptest.NewRequest(http.MethodGet, BaseURL+path, nil), token))
}

// Must ends the test on an error.
func (a *App) Must(err error) {
	a.TB.Helper()
	if err != nil {
		a.TB.Fatal(err)
	}
}
