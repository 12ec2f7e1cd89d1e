package asset

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"
)

func sample(t *testing.T) *Set {
	t.Helper()
	s, err := Open(fstest.MapFS{
		"manifest.json":   {Data: []byte(`{"app.css":"app.1a2b.css","f.woff2":"f.9.woff2"}`)},
		"app.1a2b.css":    {Data: []byte("plain")},
		"app.1a2b.css.br": {Data: []byte("brotli")},
		"app.1a2b.css.gz": {Data: []byte("gzip")},
		"f.9.woff2":       {Data: []byte("font")},
		"secret.txt":      {Data: []byte("no")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestURL(t *testing.T) {
	s := sample(t)
	if got := s.URL("app.css"); got != "/assets/app.1a2b.css" {
		t.Errorf("known name: %q", got)
	}
	if got := s.URL("gone.css"); got != "/assets/gone.css" {
		t.Errorf("unknown name: %q", got)
	}
}

func TestServe(t *testing.T) {
	s := sample(t)
	tests := []struct {
		name, path, accept string
		status             int
		body, encoding     string
	}{
		{"brotli first", "/assets/app.1a2b.css", "gzip, br", 200, "brotli", "br"},
		{"gzip when brotli is refused", "/assets/app.1a2b.css", "br;q=0, gzip;q=0.5", 200, "gzip", "gzip"},
		{"plain", "/assets/app.1a2b.css", "", 200, "plain", ""},
		{"fonts stay as they are", "/assets/f.9.woff2", "br", 200, "font", ""},
		{"plain names are not served", "/assets/app.css", "", 404, "404 page not found\n", ""},
		{"files outside the manifest are not served", "/assets/secret.txt", "", 404, "404 page not found\n", ""},
		{"nor the folder", "/assets/", "", 404, "404 page not found\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, tt.path, nil)
			r.Header.Set("Accept-Encoding", tt.accept)
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			if w.Code != tt.status || w.Body.String() != tt.body || w.Header().Get("Content-Encoding") != tt.encoding {
				t.Errorf("got %d %q %q", w.Code, w.Body, w.Header().Get("Content-Encoding"))
			}
		})
	}
}

func TestServeAgain(t *testing.T) {
	s := sample(t)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/assets/app.1a2b.css", nil))
	r := httptest.NewRequest(http.MethodGet, "/assets/app.1a2b.css", nil)
	r.Header.Set("If-None-Match", w.Header().Get("ETag"))
	again := httptest.NewRecorder()
	s.ServeHTTP(again, r)
	if again.Code != 304 || again.Body.Len() != 0 {
		t.Errorf("got %d with %d bytes", again.Code, again.Body.Len())
	}
}

func TestOpenBroken(t *testing.T) {
	if _, err := Open(fstest.MapFS{"manifest.json": {Data: []byte("{")}}); err == nil {
		t.Error("a broken manifest must be reported")
	}
	s, err := Open(fstest.MapFS{})
	if err != nil || s.URL("app.css") != "/assets/app.css" {
		t.Errorf("an empty build must still give addresses: %v", err)
	}
}
