package account_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/jobs"
	"sachhon/internal/notify"
	"sachhon/internal/person"
	"sachhon/internal/session"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
	"sachhon/internal/unit/builtin"
	"sachhon/internal/web"
	"sachhon/internal/web/account"
	"sachhon/internal/web/ui"
)

const base = "http://sachhon.test"

// world is the site with its account pages over real services; mails lie in a folder.
type world struct {
	clk      *clock.Set
	queue    *jobs.Queue
	people   *person.Service
	sessions *session.Service
	mails    *notify.Folder
	handler  http.Handler
}

// visitors resolves sessions as the application does.
type visitors struct{ *world }

func (v visitors) Visitor(ctx context.Context, token string) (web.Visitor, error) {
	id, in, err := v.sessions.Resolve(ctx, token)
	if errors.Is(err, fault.Unauthenticated) {
		return web.Visitor{}, nil
	}
	if err != nil {
		return web.Visitor{}, err
	}
	actor, err := v.people.Actor(ctx, id)
	return web.Visitor{Actor: actor, Name: actor.Name, Session: in}, err
}

type noFrame struct{}

func (noFrame) Fill(context.Context, web.Visitor, *ui.Page) {}

func eachWorld(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		signer, err := audit.NewSigner("account.test", [32]byte{})
		if err != nil {
			t.Fatal(err)
		}
		log, ids := audit.New(db, signer), testkit.Seeded(clk, 5)
		w := &world{clk: clk, queue: jobs.New(db, jobs.Config{})}
		units := unit.NewService(db, log, ids)
		if _, err := units.Import(t.Context(), person.SystemActor, builtin.HuongTra(), unit.ImportOptions{ValidFrom: builtin.InForce}); err != nil {
			t.Fatal(err)
		}
		if w.mails, err = notify.OpenFolder(notify.Config{Folder: t.TempDir(), From: "Sạch Hơn <sachhon@example.vn>"}); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = w.mails.Close() })
		w.people = person.NewService(db, log, ids, units)
		w.sessions, err = session.Open(t.Context(), session.Needs{
			DB: db, Log: log, Queue: w.queue, Mail: notify.New(db, w.queue, w.mails, slog.New(slog.DiscardHandler)), IDs: ids,
			Accounts: w.people, Link: func(token string) string { return base + "/dang-nhap/lien-ket?token=" + token },
		})
		if err != nil {
			t.Fatal(err)
		}
		site, err := web.NewSite(web.Config{Listen: "127.0.0.1:0", BaseURL: base, Timeout: time.Second, Grace: time.Second},
			slog.New(slog.DiscardHandler), visitors{w}, noFrame{})
		if err != nil {
			t.Fatal(err)
		}
		account.Register(site, account.Deps{IDs: ids, Units: units, People: w.people, Sessions: w.sessions, Mails: w.mails})
		if w.handler, err = site.Handler(); err != nil {
			t.Fatal(err)
		}
		f(t, w)
	})
}

// clerk makes somebody with an account and a role.
func (w *world) clerk(t *testing.T, email string) person.Person {
	t.Helper()
	p, err := w.people.Create(t.Context(), person.SystemActor, person.Details{Name: "Lê Thị Minh An", Email: email})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// lastMail delivers what is due and returns the newest mail to the address.
func (w *world) lastMail(t *testing.T, email string) (notify.Mail, bool) {
	t.Helper()
	if err := w.queue.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	mails, err := w.mails.List(50)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mails {
		if strings.Contains(m.To, email) {
			full, err := w.mails.Read(m.Name)
			if err != nil {
				t.Fatal(err)
			}
			return full, true
		}
	}
	return notify.Mail{}, false
}

// browser keeps cookies.
type browser struct {
	t       *testing.T
	handler http.Handler
	cookies map[string]*http.Cookie
}

func (w *world) browser(t *testing.T) *browser {
	return &browser{t: t, handler: w.handler, cookies: map[string]*http.Cookie{}}
}

func (b *browser) do(r *http.Request) *httptest.ResponseRecorder {
	for _, c := range b.cookies {
		r.AddCookie(c)
	}
	r.Header.Set("User-Agent", "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36")
	rec := httptest.NewRecorder()
	b.handler.ServeHTTP(rec, r)
	for _, c := range rec.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c
		}
	}
	return rec
}

func (b *browser) get(path string) *httptest.ResponseRecorder {
	return b.do(httptest.NewRequest(http.MethodGet, base+strings.TrimPrefix(path, base), nil))
}

func (b *browser) post(path string, pairs ...string) *httptest.ResponseRecorder {
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, base+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(r)
}

// want checks the status, and the address it leads to when it is a redirect.
func (b *browser) want(rec *httptest.ResponseRecorder, status int, location string) {
	b.t.Helper()
	if rec.Code != status || rec.Header().Get("Location") != location {
		b.t.Fatalf("got %d to %q, want %d to %q", rec.Code, rec.Header().Get("Location"), status, location)
	}
}

func (b *browser) signedIn() bool { return b.get("/tai-khoan").Code == http.StatusOK }
