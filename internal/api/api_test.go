package api_test

import (
	"compress/gzip"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"

	"sachhon/internal/award"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/testkit"
	"sachhon/internal/web/portal/portaltest"
)

var update = flag.Bool("update", false, "write the OpenAPI document anew")

var golden = filepath.Join("testdata", "openapi.json")

// indented makes the differences of two documents readable.
func indented(t *testing.T, document []byte) []byte {
	t.Helper()
	var v any
	if err := json.Unmarshal(document, &v); err != nil {
		t.Fatal(err)
	}
	out, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(out, '\n')
}

func newValidator(t *testing.T, document []byte) validator.Validator {
	t.Helper()
	doc, err := libopenapi.NewDocument(document)
	if err != nil {
		t.Fatal(err)
	}
	v, errs := validator.NewValidator(doc)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return v
}

// check requires an answer with the status that matches the document.
func check(t *testing.T, v validator.Validator, w *portaltest.World, path string, status int) []byte {
	t.Helper()
	rec := w.Get(path)
	body := rec.Body.Bytes()
	if rec.Code != status {
		t.Errorf("GET %s: %d, want %d: %s", path, rec.Code, status, body)
		return body
	}
	for _, secret := range portaltest.Secrets {
		if strings.Contains(string(body), secret) {
			t.Errorf("GET %s shows %q", path, secret)
		}
	}
	if want := map[bool]string{true: "application/json", false: "application/problem+json"}[status == 200]; !strings.HasPrefix(rec.Header().Get("Content-Type"), want) {
		t.Errorf("GET %s: content type %q, want %q", path, rec.Header().Get("Content-Type"), want)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://example.test"+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if ok, errs := v.ValidateHttpResponse(r, rec.Result()); !ok {
		for _, e := range errs {
			t.Errorf("GET %s: %s: %s", path, e.Message, e.Reason)
			for _, s := range e.SchemaValidationErrors {
				t.Errorf("  %s: %s", s.FieldPath, s.Reason)
			}
		}
	}
	return body
}

func TestDocument(t *testing.T) {
	w := world(t)
	rec := w.Get("/api/openapi.json")
	got := indented(t, rec.Body.Bytes())
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("the API changed; if it was meant to, run the test with -update:\n%s", diff)
	}
	if ok, errs := newValidator(t, rec.Body.Bytes()).ValidateDocument(); !ok {
		t.Errorf("no valid OpenAPI document: %v", errs)
	}
	if strings.Contains(string(got), "$schema") {
		t.Error("answers would carry $schema")
	}
}

func TestAnswersMatchTheDocument(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := portaltest.New(t, db, clk)
		v := newValidator(t, w.Get("/api/openapi.json").Body.Bytes())
		base := "/api/v1/challenges/" + w.Slug
		for path, status := range map[string]int{
			"/api/v1/challenges":                         200,
			base:                                         200,
			base + "/standings":                          200,
			base + "/standings?division=individual":      200,
			base + "/standings?division=nobody":          422,
			base + "/results/1":                          404,
			base + "/results/0":                          422,
			"/api/v1/challenges/khong-co":                404,
			"/api/v1/challenges/khong-co/statistics":     404,
			"/api/v1/cleanups/" + string(w.Valid[0].ID):  200,
			"/api/v1/cleanups/" + string(w.Ahead.ID):     200,
			"/api/v1/cleanups/khong-co":                  404,
			"/api/v1/cleanups/" + string(w.Challenge.ID): 404,
			"/api/v1/units":                              200,
			"/api/v1/units?on=2024-06-06":                200,
			"/api/v1/units?on=2024-02-31":                422,
			base + "/cleanups?limit=0":                   422,
			base + "/cleanups?limit=501":                 422,
			base + "/cleanups?limit=abc":                 422,
			base + "/cleanups?state=nothing":             422,
			base + "/cleanups?bbox=1,2,3":                422,
			base + "/cleanups?bbox=a,b,c,d":              422,
			base + "/cleanups?from=2024-02-31":           422,
			base + "/cleanups?unit=x":                    422,
			base + "/cleanups?cursor=!!":                 400,
		} {
			check(t, v, w, path, status)
		}
		const statistics = `{"registrations":{"total":3,"collective":2,"individual":1},"cleanups":{"created":6,"valid":3},"participants":36,` +
			`"waste_grams":{"organic":120000,"plastic":37500,"metal":0,"construction":0,"paper":0,"glass":0,"hazardous":0,"other":0},"as_of":`
		if got := string(check(t, v, w, base+"/statistics", 200)); !strings.HasPrefix(got, statistics) {
			t.Errorf("statistics %s", got)
		}
		p := w.Publish(t)
		published := check(t, v, w, base+"/results/1", 200)
		if award.Sum(published) != p.SHA256 {
			t.Error("the results are not the bytes whose SHA-256 was published")
		}
		check(t, v, w, base+"/standings", 200)
	})
}

func TestListsAreStableAndComplete(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := portaltest.New(t, db, clk)
		base := "/api/v1/challenges/" + w.Slug + "/cleanups?"
		for query, want := range map[string]int{
			"": 6, "state=valid": 3, "state=reported": 1, "state=cancelled": 1, "state=announced": 1, "state=ended": 0,
			"from=2024-06-10&to=2024-06-11": 2, "bbox=107.4,16.3,107.6,16.5": 6, "bbox=0,0,1,1": 0,
			"unit=" + string(w.Unit("46")): 6, "unit=" + string(w.Challenge.ID): 0,
		} {
			var seen []string
			for cursor, pages := "", 0; ; pages++ {
				var page struct {
					Cleanups []struct{ ID, State string }
					Next     string
				}
				rec := w.Get(base + query + "&limit=2&cursor=" + cursor)
				if err := json.Unmarshal(rec.Body.Bytes(), &page); err != nil || rec.Code != 200 || pages > 5 {
					t.Fatalf("%s: %d %v %s", query, rec.Code, err, rec.Body)
				}
				for _, c := range page.Cleanups {
					seen = append(seen, c.ID)
				}
				if cursor = page.Next; cursor == "" {
					break
				}
			}
			if len(seen) != want {
				t.Errorf("%q: %d clean-ups over all pages, want %d", query, len(seen), want)
			}
		}
	})
}

func TestConditionalAndCompressed(t *testing.T) {
	w := world(t)
	path := "/api/v1/challenges/" + w.Slug + "/statistics"
	plain := w.Get(path)
	zipped := w.Request("GET", path, func(r *http.Request) { r.Header.Set("Accept-Encoding", "gzip") })
	z, err := gzip.NewReader(zipped.Body)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil || string(text) != plain.Body.String() {
		t.Errorf("compressed %q, %v", text, err)
	}
	for _, path := range []string{path, "/api/v1/challenges", "/api/openapi.json", "/api/v1/cleanups/" + string(w.Valid[0].ID)} {
		etag := w.Get(path).Header().Get("ETag")
		for _, header := range []string{etag, `"other", ` + etag, "*", zipped.Header().Get("ETag")} {
			rec := w.Request("GET", path, func(r *http.Request) { r.Header.Set("If-None-Match", header) })
			want := http.StatusNotModified
			if header == zipped.Header().Get("ETag") && !strings.HasSuffix(path, "/statistics") {
				want = http.StatusOK
			}
			if rec.Code != want || want == http.StatusNotModified && rec.Body.Len() > 0 {
				t.Errorf("GET %s if none matches %s: %d, want %d", path, header, rec.Code, want)
			}
		}
		if head := w.Request("HEAD", path, nil); head.Code != 200 || head.Header().Get("ETag") != etag {
			t.Errorf("HEAD %s: %d, %s", path, head.Code, head.Header().Get("ETag"))
		}
	}
}

func TestProblemsSpeakTheReadersLanguage(t *testing.T) {
	w := world(t)
	for language, want := range map[string]string{"vi": "Số mục mỗi trang", "en": "The number of items"} {
		rec := w.Request("GET", "/api/v1/challenges/"+w.Slug+"/cleanups?limit=987654", func(r *http.Request) { r.Header.Set("Accept-Language", language) })
		if body := rec.Body.String(); !strings.Contains(body, want) || strings.Contains(body, "987654") {
			t.Errorf("%s: %s", language, body)
		}
	}
}

func TestLog(t *testing.T) {
	w := world(t)
	rec := w.Get("/log/checkpoint")
	if rec.Code != 200 || !strings.HasPrefix(rec.Body.String(), "test.invalid\n") || rec.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("checkpoint %d %v %q", rec.Code, rec.Header(), rec.Body)
	}
	partial := w.Get("/log/tile/0/000.p/5")
	if partial.Code != 200 || partial.Body.Len() != 5*32 || !strings.Contains(partial.Header().Get("Cache-Control"), "max-age=60") {
		t.Errorf("partial tile %d %v, %d bytes", partial.Code, partial.Header(), partial.Body.Len())
	}
	for _, path := range []string{"/log/tile/0/999", "/log/tile/", "/log/tile/x/y", "/log/tile/0/000.p/256"} {
		if rec := w.Get(path); rec.Code != 404 {
			t.Errorf("GET %s: %d, want 404", path, rec.Code)
		}
	}
}

func FuzzCleanups(f *testing.F) {
	w := world(f)
	for _, seed := range [][7]string{
		{"107,16,108,17", "2024-06-06", "2024-06-29", "x", "valid", "MTIz", "10"},
		{"NaN,0,0,0", "٣", "31/02", "'--", "<script>", "\x00", "-1"},
		{"-180,-90,180,90", "0001-01-01", "9999-12-31", "", "", "", "1e9"},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3], seed[4], seed[5], seed[6])
	}
	f.Fuzz(func(t *testing.T, bbox, from, to, unit, state, cursor, limit string) {
		q := url.Values{"bbox": {bbox}, "from": {from}, "to": {to}, "unit": {unit}, "state": {state}, "cursor": {cursor}, "limit": {limit}}
		for _, path := range []string{"/api/v1/challenges/" + w.Slug + "/cleanups?", "/cuoc-thi/" + w.Slug + "/ra-quan?"} {
			rec := w.Get(path + q.Encode())
			if rec.Code != 200 && rec.Code != 400 && rec.Code != 422 {
				t.Errorf("%s%s: %d", path, q.Encode(), rec.Code)
			}
		}
	})
}

func world(tb testing.TB) *portaltest.World {
	tb.Helper()
	clk := clock.NewSet(testkit.Begin)
	return portaltest.New(tb, testkit.DB(tb, database.SQLite, clk), clk)
}
