package units_test

import (
	"bytes"
	"context"
	"html"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"sachhon/internal/calendar"
	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/drafting"
	"sachhon/internal/exchange"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
	"sachhon/internal/urging/urgingtest"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
	"sachhon/internal/web/units"
)

const base = "http://sachhon.test"

// world is the site with the pages of officials over a desk with the units of Hương Trà.
type world struct {
	*urgingtest.Desk
	ward, other unit.Unit
	exchange    *exchange.Service
	calendar    *calendar.Service
	progress    *progress.Service
	wire        *wire
	people      map[string]person.Actor // by session token
	handler     http.Handler
}

// Visitor implements web.Sessions: the token is the name of who it is.
func (w *world) Visitor(_ context.Context, token string) (web.Visitor, error) {
	return web.Visitor{Actor: w.people[token], Name: token}, nil
}

type noFrame struct{}

func (noFrame) Fill(context.Context, web.Visitor, *ui.Page) {}

// The people of the world.
const (
	townClerk  = "town clerk"
	wardClerk  = "ward clerk"
	wardLeader = "ward leader"
	otherClerk = "other clerk"
	citizen    = "citizen"

	administrator = "administrator"
	nobody        = ""
)

func eachWorld(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) { f(t, newWorld(t, db, clk)) })
}

func newWorld(t testing.TB, db *database.DB, clk *clock.Set) *world {
	t.Helper()
	w := &world{Desk: urgingtest.New(t, db, clk), wire: &wire{}}
	w.ward, w.other = w.Unit(t, "19996"), w.Unit(t, "20005")
	w.people = map[string]person.Actor{
		townClerk: w.Actor(person.Clerk, w.Town), wardClerk: w.Actor(person.Clerk, w.ward), wardLeader: w.Actor(person.Leader, w.ward),
		otherClerk: w.Actor(person.Clerk, w.other), citizen: {ID: w.IDs.New()},
		administrator: person.NewActor(person.Actor{ID: w.IDs.New(), Grants: []person.Grant{{Role: person.Administrator}}}, w.Tree),
	}
	site, err := web.NewSite(web.Config{Listen: "127.0.0.1:0", BaseURL: base, Timeout: time.Minute, Grace: time.Second},
		slog.New(slog.DiscardHandler), w, noFrame{})
	if err != nil {
		t.Fatal(err)
	}
	w.exchange = exchange.NewService(exchange.Needs{
		DB: db, Log: w.Log, Queue: w.Queue, IDs: w.IDs, Blobs: w.Blobs, Units: w.Units, Letters: w.Letters, Cascade: w.Cascade,
		Partners: []exchange.Partner{{ID: "doi-tac", Name: "Trục thử", Way: exchange.ByPost}}, Ways: map[string]exchange.Transport{"doi-tac": w.wire},
	})
	w.calendar = calendar.NewService(db, w.Log, w.IDs)
	w.progress = progress.NewService(progress.Config{
		DB: db, Log: w.Log, Queue: w.Queue, IDs: w.IDs, Blobs: w.Blobs, Units: w.Units, Letters: w.Letters, Cascade: w.Cascade,
		Challenges: w.Challenges, Drafting: drafting.NewService(db, w.Log, w.Units), Calendar: w.calendar,
		Page: func(id ident.ID) string { return base + "/don-vi/bao-cao/" + string(id) },
	})
	units.Register(site, units.Deps{
		DB: db, Clock: clk, IDs: w.IDs, Units: w.Units, Letters: w.Letters, Cascade: w.Cascade, Urging: w.Urging, Exchange: w.exchange,
		Challenges: w.Challenges, Calendar: w.calendar, Progress: w.progress,
	})
	if w.handler, err = site.Handler(); err != nil {
		t.Fatal(err)
	}
	return w
}

// answer is what came back.
type answer struct {
	Code     int
	Location string
	Body     string // without escapes, to be searched
	Raw      string
	Header   http.Header
}

func (w *world) do(who string, r *http.Request) answer {
	if who != nobody {
		r.AddCookie(&http.Cookie{Name: "sachhon", Value: who})
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	raw := rec.Body.String()
	return answer{rec.Code, rec.Header().Get("Location"), html.UnescapeString(raw), raw, rec.Header()}
}

func (w *world) get(who, path string) answer {
	return w.do(who, httptest.NewRequest(http.MethodGet, base+path, nil))
}

func (w *world) post(who, path string, form url.Values) answer {
	r := httptest.NewRequest(http.MethodPost, base+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return w.do(who, r)
}

// then follows a redirection and sees what the page before left to be said.
func (w *world) then(who string, a answer) answer {
	path, _, _ := strings.Cut(a.Location, "#") // browsers keep it to themselves
	r := httptest.NewRequest(http.MethodGet, base+path, nil)
	for _, c := range (&http.Response{Header: a.Header}).Cookies() {
		r.AddCookie(c)
	}
	return w.do(who, r)
}

// upload posts a form with one file.
func (w *world) upload(t *testing.T, who, path string, form url.Values, name string, content []byte) answer {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	part, err := m.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		t.Fatal(err)
	}
	for key, values := range form {
		for _, v := range values {
			if err := m.WriteField(key, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, base+path, &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return w.do(who, r)
}

func (a answer) want(t *testing.T, what string, code int, holds ...string) {
	t.Helper()
	if a.Code != code {
		t.Errorf("%s: %d, want %d", what, a.Code, code)
	}
	for _, text := range holds {
		if !strings.Contains(a.Body, text) {
			t.Errorf("%s: the page lacks %q", what, text)
		}
	}
}

func (a answer) leads(t *testing.T, what, location string) {
	t.Helper()
	if a.Code != http.StatusSeeOther || a.Location != location {
		t.Fatalf("%s: %d to %q, want 303 to %q", what, a.Code, a.Location, location)
	}
}

// arrived sends a letter to the ward and returns the address of its page.
func (w *world) arrived(t *testing.T) (string, cascade.Dispatch) {
	t.Helper()
	_, sent := w.Sent(t, w.ward)
	return "/don-vi/ban-gui/" + string(sent[0].ID), sent[0]
}

func values(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// sentTo sends a letter to units and returns the dispatches in their order.
func (w *world) sentTo(t *testing.T, to ...unit.Unit) []ident.ID {
	t.Helper()
	_, sent := w.Sent(t, to...)
	ids := make([]ident.ID, len(to))
	for i, u := range to {
		for _, d := range sent {
			if d.ReceiverID == u.ID {
				ids[i] = d.ID
			}
		}
	}
	return ids
}

// letterOf is the address of the letter of a dispatch.
func (w *world) letterOf(t *testing.T, id ident.ID) string {
	t.Helper()
	d, err := w.Cascade.Find(t.Context(), w.DB, id)
	if err != nil {
		t.Fatal(err)
	}
	return "/don-vi/cong-van/" + string(d.LetterID)
}

func (w *world) idsOf(units ...unit.Unit) []ident.ID {
	ids := make([]ident.ID, len(units))
	for i, u := range units {
		ids[i] = u.ID
	}
	return ids
}
