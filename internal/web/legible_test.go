package web

import (
	"net/http"
	"strings"
	"testing"
)

func TestWhatIsNoTextIsRefused(t *testing.T) {
	_, h, _ := testSite(t, nil)
	post := func(body string) func(*http.Request) {
		return func(r *http.Request) {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
			r.Body = http.NoBody
			if body != "" {
				r.Body = reader{strings.NewReader(body)}
			}
		}
	}
	for _, tc := range []struct {
		name, method, path, body string
		want                     int
	}{
		{"a form", "POST", "/open", "name=%C4%90%E1%BB%99i&other=", 200},
		{"an empty form", "POST", "/open", "", 200},
		{"NUL", "POST", "/open", "name=a%00b", 400},
		{"NUL in a name", "POST", "/open", "a%00b=1", 400},
		{"no UTF-8", "POST", "/open", "name=%ff%fe", 400},
		{"a broken escape", "POST", "/open", "name=%zz", 400},
		{"NUL in the query", "GET", "/open?q=%00", "", 400},
		{"no UTF-8 in the query", "GET", "/open?q=%c3", "", 400},
		{"a form that is too large", "POST", "/open", "name=" + strings.Repeat("a", formLimit), 413},
		{"too large where files are taken", "POST", "/files", "name=" + strings.Repeat("a", formLimit), 413},
	} {
		if got := request(h, tc.method, tc.path, post(tc.body)); got.Code != tc.want {
			t.Errorf("%s: %d, want %d", tc.name, got.Code, tc.want)
		}
	}
}

// reader is a body without a length.
type reader struct{ *strings.Reader }

func (reader) Close() error { return nil }
