package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sachhon/internal/fault"
	"sachhon/internal/person"
	"sachhon/internal/web/ui"
)

// people knows two tokens.
type people struct{}

func (people) Visitor(_ context.Context, token string) (Visitor, error) {
	switch token {
	case "clerk":
		return Visitor{Actor: person.Actor{ID: "clerk", Grants: []person.Grant{{Role: person.Clerk, UnitID: "u"}}}, Name: "Văn thư"}, nil
	case "citizen":
		return Visitor{Actor: person.Actor{ID: "citizen"}, Name: "Người dân"}, nil
	case "broken":
		return Visitor{}, errors.New("the store is away")
	}
	return Visitor{}, nil
}

type noFrame struct{}

func (noFrame) Fill(context.Context, Visitor, *ui.Page) {}

func testSite(t *testing.T, config func(*Config)) (*Site, http.Handler, *bytes.Buffer) {
	t.Helper()
	c := Config{Listen: "127.0.0.1:0", BaseURL: "http://example.test", Timeout: time.Second, Grace: time.Second}
	if config != nil {
		config(&c)
	}
	log := &bytes.Buffer{}
	s, err := NewSite(c, slog.New(slog.NewJSONHandler(log, nil)), people{}, noFrame{})
	if err != nil {
		t.Fatal(err)
	}
	ok := func(w http.ResponseWriter, r *http.Request) error {
		if _, err := io.ReadAll(r.Body); err != nil {
			return err
		}
		_, err := io.WriteString(w, "ok")
		return err
	}
	s.Handle("GET /open", Public, ok)
	s.Handle("POST /open", Public, ok)
	s.Handle("POST /files", Public, ok, Upload(100<<20))
	s.Handle("GET /mine", SignedIn, ok)
	s.Handle("GET /inbox", Need(person.ActionCascadeReceive), ok)
	s.Handle("GET /panic", Public, func(http.ResponseWriter, *http.Request) error { panic("secret detail") })
	s.Handle("GET /broken", Public, func(http.ResponseWriter, *http.Request) error { return errors.New("secret detail") })
	s.Handle("GET /taken", Public, func(http.ResponseWriter, *http.Request) error {
		return fault.Conflict.With("fault.state")
	})
	h, err := s.Handler()
	if err != nil {
		t.Fatal(err)
	}
	return s, h, log
}

func request(h http.Handler, method, path string, change func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://example.test"+path, nil)
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func as(token string) func(*http.Request) {
	return func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "sachhon", Value: token}) }
}

func TestAccess(t *testing.T) {
	_, h, _ := testSite(t, nil)
	for _, tc := range []struct {
		path, token string
		want        int
	}{
		{"/open", "", 200},
		{"/open", "unknown", 200},
		{"/open", "broken", 200},
		{"/mine", "", 303},
		{"/mine", "broken", 303},
		{"/mine", "citizen", 200},
		{"/inbox", "", 303},
		{"/inbox", "citizen", 403},
		{"/inbox", "clerk", 200},
		{"/nowhere", "", 404},
		{"/taken", "", 409},
	} {
		if got := request(h, "GET", tc.path, as(tc.token)); got.Code != tc.want {
			t.Errorf("GET %s as %q: %d, want %d", tc.path, tc.token, got.Code, tc.want)
		}
	}
	if got := request(h, "GET", "/mine?a=1", nil).Header().Get("Location"); got != "/dang-nhap?return=%2Fmine%3Fa%3D1" {
		t.Errorf("sign-in comes back to %q", got)
	}
}

func TestProblemsSayNothingInternal(t *testing.T) {
	_, h, log := testSite(t, nil)
	for _, path := range []string{"/panic", "/broken"} {
		log.Reset()
		w := request(h, "GET", path, nil)
		id := w.Header().Get("X-Request-Id")
		if w.Code != 500 || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s: %d, body tells the reason: %t", path, w.Code, strings.Contains(w.Body.String(), "secret"))
		}
		if id == "" || !strings.Contains(w.Body.String(), id) || !strings.Contains(log.String(), id) || !strings.Contains(log.String(), "secret detail") {
			t.Errorf("%s: the page and the log do not share the ID %q with the reason in the log", path, id)
		}
	}
}

func TestProblemDocument(t *testing.T) {
	_, h, _ := testSite(t, nil)
	w := request(h, "GET", "/nowhere", func(r *http.Request) {
		r.Header.Set("Accept", "application/json")
		r.Header.Set("Accept-Language", "en")
	})
	var body ProblemBody
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
		t.Fatal(err)
	}
	if got := w.Header().Get("Content-Type"); got != "application/problem+json; charset=utf-8" {
		t.Errorf("Content-Type %q", got)
	}
	if body.Status != 404 || body.Type != "about:blank#notFound" || body.Request == "" || strings.Contains(body.Title, "Không") {
		t.Errorf("got %+v", body)
	}
}

func TestMethodNotAllowedIsAPage(t *testing.T) {
	_, h, _ := testSite(t, nil)
	w := request(h, "DELETE", "/open", nil)
	if w.Code != 405 || !strings.Contains(w.Header().Get("Allow"), "GET") || !strings.Contains(w.Body.String(), "<html") {
		t.Errorf("%d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
}

func TestBodyLimit(t *testing.T) {
	_, h, _ := testSite(t, nil)
	w := request(h, "POST", "/open", func(r *http.Request) {
		r.Body = io.NopCloser(strings.NewReader(strings.Repeat("a", formLimit+1)))
	})
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a form of over %d bytes: %d", formLimit, w.Code)
	}
}

// broken ends in the middle, as a phone's connection does.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
func (broken) Close() error             { return nil }

func TestBrokenConnectionIsNoErrorOfOurs(t *testing.T) {
	_, h, _ := testSite(t, nil)
	w := request(h, "POST", "/open", func(r *http.Request) { r.Body = broken{} })
	if w.Code != http.StatusRequestTimeout { // what clients send again
		t.Errorf("a body that breaks off: %d", w.Code)
	}
}

func TestCrossOriginFormsAreRefused(t *testing.T) {
	_, h, _ := testSite(t, nil)
	w := request(h, "POST", "/open", func(r *http.Request) {
		r.Header.Set("Origin", "https://evil.test")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
	})
	if w.Code != 403 {
		t.Errorf("a form of another site: %d", w.Code)
	}
	w = request(h, "POST", "/open", func(r *http.Request) { r.Header.Set("Origin", "http://example.test") })
	if w.Code != 200 {
		t.Errorf("our own form: %d", w.Code)
	}
}

func TestPolicyForbidsInlineScriptAndOtherHosts(t *testing.T) {
	_, h, _ := testSite(t, func(c *Config) { c.Tiles, c.TileNote = "https://tiles.test/{z}/{x}/{y}.png", "© tiles" })
	policy := request(h, "GET", "/open", nil).Header().Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self';", "style-src 'self';", "img-src 'self' blob: data: https://tiles.test;"} {
		if !strings.Contains(policy, want) {
			t.Errorf("policy %q lacks %q", policy, want)
		}
	}
	if strings.Contains(policy, "unsafe") {
		t.Errorf("policy %q", policy)
	}
}

func TestLanguageIsKept(t *testing.T) {
	_, h, _ := testSite(t, nil)
	w := request(h, "GET", "/nowhere?lang=en", nil)
	if !strings.Contains(w.Body.String(), `<html lang="en">`) {
		t.Error("?lang=en is not answered in English")
	}
	var kept string
	for _, c := range w.Result().Cookies() {
		if c.Name == languageCookie {
			kept = c.Value
		}
	}
	if kept != "en" {
		t.Errorf("the language cookie is %q", kept)
	}
	if w := request(h, "GET", "/nowhere?lang=<script>", nil); !strings.Contains(w.Body.String(), `<html lang="vi">`) || strings.Contains(w.Body.String(), "<script>\"") {
		t.Error("an unknown language is not answered in Vietnamese")
	}
}

func TestReturnToStaysHere(t *testing.T) {
	for path, want := range map[string]string{
		"/a?b=c": "/a?b=c", "": "/x", "a": "/x", "//evil.test": "/x", "https://evil.test/": "/x", "/\\evil.test": "/x",
		"/%2Fevil": "/%2Fevil", "%2F": "/x", "%2Fevil": "/x", "/a\nb": "/x",
	} {
		if got := ReturnTo(path, "/x"); got != want {
			t.Errorf("ReturnTo(%q) = %q, want %q", path, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		got := ReturnTo(rapid.StringMatching(`[/\\a.:@%2F?#\t]{0,12}`).Draw(t, "path"), "/x")
		if !strings.HasPrefix(got, "/") || strings.HasPrefix(got, "//") || strings.HasPrefix(got, "/\\") {
			t.Fatalf("leads away: %q", got)
		}
	})
}

func TestClientBehindProxies(t *testing.T) {
	ours := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, tc := range []struct{ remote, forwarded, want string }{
		{"203.0.113.5:1", "198.51.100.7", "203.0.113.5"}, // not our proxy: its header is a claim
		{"10.0.0.1:1", "198.51.100.7", "198.51.100.7"},
		{"10.0.0.1:1", "1.2.3.4, 198.51.100.7", "198.51.100.7"}, // the first one was sent by the client
		{"10.0.0.1:1", "198.51.100.7, 10.0.0.2", "198.51.100.7"},
		{"10.0.0.1:1", "nonsense", "10.0.0.1"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = tc.remote
		r.Header.Set("X-Forwarded-For", tc.forwarded)
		if got := client(r, ours).String(); got != tc.want {
			t.Errorf("%s via %q: %s, want %s", tc.remote, tc.forwarded, got, tc.want)
		}
	}
}

func TestConfigTellsAllFaults(t *testing.T) {
	err := Config{Listen: "nowhere", BaseURL: "ftp://x", Proxies: []string{"ten"}, Tiles: "http://t"}.Validate()
	for _, want := range []string{"listen", "base-url", "proxies", "tiles", "tile-note", "timeout"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not told: %v", want, err)
		}
	}
}

func TestMetricsWantTheToken(t *testing.T) {
	_, h, _ := testSite(t, func(c *Config) { c.Metrics = "secret" })
	if w := request(h, "GET", "/metrics", nil); w.Code != 401 {
		t.Errorf("without token: %d", w.Code)
	}
	w := request(h, "GET", "/metrics", func(r *http.Request) { r.Header.Set("Authorization", "Bearer secret") })
	if w.Code != 200 || !strings.Contains(w.Body.String(), "sachhon_http_requests_total") {
		t.Errorf("with token: %d", w.Code)
	}
}
