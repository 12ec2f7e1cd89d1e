package app_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"sachhon/internal/testkit/apptest"
)

// TestBodiesThatAreNone sends what is no form through every door that writes, as everybody who may come so far.
func TestBodiesThatAreNone(t *testing.T) {
	const multi = "multipart/form-data; boundary=x"
	bodies := []struct{ name, contentType, body string }{
		{"nothing", "", ""},
		{"an empty form", formType, ""},
		{"garbage", formType, "%zz=%&&&=;=\x01\x02"},
		{"NUL", formType, "reason=a%00b&email=%00&code=%00&id=%00&name=%00"},
		{"no UTF-8", formType, "reason=%ff%fe&email=%c3&name=%ed%a0%80"},
		{"too large", formType, "reason=" + strings.Repeat("a", 2<<20)},
		{"ten thousand fields", formType, strings.Repeat("a=1&", 10_000)},
		{"JSON", "application/json", `{"reason":"a"}`},
		{"JSON called a form", formType, `{"reason":"a"}`},
		{"a form called text", "text/plain", "reason=a"},
		{"a type that is none", "////;;;", "reason=a"},
		{"files without a boundary", "multipart/form-data", "--x\r\n"},
		{"files cut in half", multi, "--x\r\nContent-Disposition: form-data; name=\"photos.before\"; filename=\"a.jpg\"\r\n\r\n\xff\xd8\xff"},
		{"NUL among files", multi, "--x\r\nContent-Disposition: form-data; name=\"reason\"\r\n\r\na\x00b\r\n--x--\r\n"},
		{"a file name that is none", multi, "--x\r\nContent-Disposition: form-data; name=\"photo_before\"; filename=\"\xff\x00\"\r\n\r\nxx\r\n--x--\r\n"},
		{"only the end of files", multi, "--x--\r\n"},
	}
	eachScene(t, func(t *testing.T, s *apptest.Scene) {
		for _, d := range sceneDoors(s) {
			if !d.writes() {
				continue
			}
			for _, f := range s.Faces {
				if d.Access.SignedIn && f.Actor.Anonymous() || d.Access.Action != "" && f.Actor.Might(d.Access.Action) != nil {
					continue // TestEveryDoorWithEveryRole
				}
				for _, b := range bodies {
					token := f.Token
					if strings.HasPrefix(d.path, "/dang-xuat") || strings.HasSuffix(d.path, "/ket-thuc") {
						token = "ended" // the others are still needed
					}
					if w := s.Do(d.with(token, b.body, b.contentType)); w.Code >= 500 {
						t.Errorf("%s as %s with %s: %d", d.Pattern, f.Name, b.name, w.Code)
					}
				}
			}
		}
	})
}

// TestAddressesThatAreNone asks for addresses that no page makes.
func TestAddressesThatAreNone(t *testing.T) {
	odd := []string{"%00", "%FF%FE", "..%2f..%2fetc", strings.Repeat("a", 5000), "'; DROP TABLE person; --", "%F0%9F%98%80", "-1", "0"}
	queries := []string{
		"lang=%00", "cursor=%FF", "bbox=NaN,Inf,1,2", "bbox=1,2", "limit=99999999999999999999", "from=31/02/2024&to=x", "unit=%00",
		"state=valid%00", "page=-1", "q=" + strings.Repeat("%F0%9F%98%80", 500), "return=//evil.example", "token=%00", "division=%3Cscript%3E",
		"a;b=%zz", "division=collective&cursor=AAAA", "phase=%00&remove=1",
	}
	eachScene(t, func(t *testing.T, s *apptest.Scene) {
		try := func(d door, f apptest.Face) {
			r, err := http.NewRequest(d.method, apptest.BaseURL+d.path, http.NoBody)
			if err != nil {
				return // no client can send it
			}
			r.RemoteAddr = "192.0.2.1:1234"
			if w := s.Do(apptest.As(r, f.Token)); w.Code >= 500 {
				t.Errorf("%s %s as %s: %d", d.method, d.path, f.Name, w.Code)
			}
		}
		for _, name := range []string{"nobody", "representative", "town clerk", "board"} {
			f := s.Face(name)
			for _, text := range odd {
				for _, d := range doors(s, func(string, string) string { return url.PathEscape(text) }) {
					try(d, f)
				}
				for _, d := range doors(s, func(string, string) string { return text }) {
					try(d, f)
				}
			}
			for _, d := range sceneDoors(s) {
				for _, q := range queries {
					if !d.writes() {
						d.path, _, _ = strings.Cut(d.path, "?")
						d.path += "?" + q
						try(d, f)
					}
				}
			}
		}
	})
}

// TestEveryFormWithOddTexts opens every page as everybody, and sends each of its forms once for each input and odd
// text, the other inputs filled in well. What is refused is no server's fault, and what is taken can be shown again.
func TestEveryFormWithOddTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of requests")
	}
	odd := []string{
		"", "\x00", "a\x00b", "\xff\xfe", strings.Repeat("ă", 5000), "😀👩‍👩‍👧", "\u202ethử\u2066", "<script>alert(1)</script>",
		"-1", "-5", "1e9", "1.234.567", "٣", "999999999999999999999999", "NaN", "31/02/2024", "0001-01-01", "9999-12-31T23:59",
		"018ff000-0000-7000-8000-00000000dead", "'; --", "Trần Thị Mẫu",
	}
	eachScene(t, func(t *testing.T, s *apptest.Scene) {
		tried := 0
		for _, f := range s.Faces {
			for _, form := range formsOf(s, f) {
				for _, input := range form.typed {
					for _, text := range odd {
						values := url.Values{}
						for name, all := range form.values {
							values[name] = slices.Clone(all)
						}
						values.Set(input, text)
						w := s.Do(form.request(t, f, values))
						if w.Code >= 500 {
							t.Errorf("%s as %s with %s = %.40q: %d", form.action, f.Name, input, text, w.Code)
						}
						if text != "" && strings.Contains(w.Body.String(), "<script>alert(1)") {
							t.Errorf("%s as %s with %s: the script is part of the page", form.action, f.Name, input)
						}
						tried++
					}
				}
			}
		}
		if tried == 0 {
			t.Error("no form was found")
		}
		t.Logf("%d requests", tried)
		for _, d := range sceneDoors(s) {
			for _, name := range []string{"nobody", "representative", "clerk", "town clerk", "board"} {
				if d.writes() {
					continue
				}
				if w := s.Do(d.request(s.Face(name).Token)); w.Code >= 500 {
					t.Errorf("%s as %s afterwards: %d", d.Pattern, name, w.Code)
				}
			}
		}
	})
}

// formsOf are the forms of all pages that somebody can open, but for those that sign out.
func formsOf(s *apptest.Scene, f apptest.Face) (all []filled) {
	seen := map[string]bool{}
	for _, d := range sceneDoors(s) {
		if d.writes() {
			continue
		}
		w := s.Do(d.request(f.Token))
		if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		for _, form := range forms(w.Body.String(), d.path) {
			if key := form.action + strings.Join(form.typed, " "); !seen[key] && !strings.Contains(form.action, "/dang-xuat") &&
				!strings.HasSuffix(form.action, "/ket-thuc") {
				seen[key] = true
				all = append(all, form)
			}
		}
	}
	return all
}

// request sends the form.
func (f filled) request(t *testing.T, who apptest.Face, values url.Values) *http.Request {
	t.Helper()
	body, contentType := strings.NewReader(values.Encode()), formType
	if f.files {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		for name, all := range values {
			for _, v := range all {
				if err := w.WriteField(name, v); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		body, contentType = strings.NewReader(b.String()), w.FormDataContentType()
	}
	r, err := http.NewRequest(http.MethodPost, apptest.BaseURL+f.action, body)
	if err != nil {
		t.Fatal(err)
	}
	r.RemoteAddr = "192.0.2.1:1234"
	r.Header.Set("Content-Type", contentType)
	return apptest.As(r, who.Token)
}
