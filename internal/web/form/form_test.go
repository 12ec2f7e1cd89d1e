package form

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/web/ui"
)

func one(value string) *Form { return New(url.Values{"x": {value}}) }

func TestWeight(t *testing.T) {
	for _, c := range []struct {
		text  string
		grams int64
		fault string
	}{
		{"", 0, ""},
		{"12,5", 12_500, ""},
		{"1.500", 1_500_000, ""},
		{" 12.5 kg ", 12_500, ""},
		{"1.234.567", 1_234_567_000, ""},
		{"abc", 0, "lang.fault.weightNotNumber"},
		{"-5", 0, "lang.fault.weightNegative"},
		{"1e9", 0, "lang.fault.weightNotNumber"},
		{"٣", 0, "lang.fault.weightNotNumber"},
		{"1\u200b2", 0, "lang.fault.weightNotNumber"},
	} {
		f := one(c.text)
		if got := f.Weight("x"); got != c.grams {
			t.Errorf("%q: %d grams", c.text, got)
		}
		if got := key(f); got != c.fault {
			t.Errorf("%q: fault %q, want %q", c.text, got, c.fault)
		}
	}
}

func key(f *Form) string {
	if f.OK() {
		return ""
	}
	return f.faults[0].Key
}

func TestCount(t *testing.T) {
	for text, want := range map[string]int64{"": 0, "25": 25, "1.500": 1500, " 7 ": 7, "1.234.567": 1_234_567} {
		f := one(text)
		if got := f.Count("x"); got != want || !f.OK() {
			t.Errorf("%q: %d, %v", text, got, f.Err())
		}
	}
	for _, text := range []string{"-5", "1e3", "2,5", "1.50", "٣", "abc", "99999999999", "1..000", "+3"} {
		f := one(text)
		if got := f.Count("x"); got != 0 || key(f) != "form.fault.count" {
			t.Errorf("%q: %d, %v", text, got, f.Err())
		}
	}
}

func TestDates(t *testing.T) {
	f := New(url.Values{"day": {"31/02/2024"}, "at": {"2024-06-16T07:30"}, "words": {"07h30 ngày 16/6/2024"}})
	if day := f.Day("day"); day != "" || key(f) != "lang.fault.dateNone" {
		t.Errorf("31/02 is %q, %v", day, f.Err())
	}
	want := clock.Date(2024, time.June, 16, 7, 30)
	if a, b := f.Moment("at"), f.Moment("words"); a != want || b != want {
		t.Errorf("%v, %v", a, b)
	}
	if got := MomentInput(want); got != f.Value("at") {
		t.Errorf("written %q", got)
	}
}

func TestPoint(t *testing.T) {
	for _, c := range []struct {
		lat, lon string
		ok       bool
	}{
		{"", "", true}, {"16,4", "107.5", true}, {"0", "0", true}, // whether a point makes sense is the service's business
		{"16.4", "", false}, {"0x10", "1", false}, {"NaN", "1", false}, {"Inf", "1", false}, {"bắc", "1", false},
	} {
		f := New(url.Values{"lat": {c.lat}, "lon": {c.lon}})
		p := f.Point("point", "lat", "lon")
		if f.OK() != c.ok || !c.ok && p.Check() == nil {
			t.Errorf("%q %q: %v, %v", c.lat, c.lon, p, f.Err())
		}
	}
}

// A number is read as what it was written from, and whatever else is typed is either a number or a fault.
func TestInputsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 999_999_999).Draw(t, "n")
		if got := one(CountInput(n)).Count("x"); got != n {
			t.Fatalf("%d became %d", n, got)
		}
		if got := one(WeightInput(n)).Weight("x"); got != n {
			t.Fatalf("%d g became %d", n, got)
		}
		f := one(rapid.String().Draw(t, "text"))
		if f.Count("x"); !f.OK() && f.Count("x") != 0 {
			t.Fatal("a fault and a value")
		}
	})
}

func TestTakeKeepsWhatIsTheFormsBusiness(t *testing.T) {
	var fields fault.Fields
	fields.Add("weights", "report.fault.noWeight")
	f := one("")
	f.Alias("weights", "weight.organic")
	for _, err := range []error{fields.Err(), fault.Conflict.With("report.fault.changed")} {
		if f.Take(err) != nil {
			t.Errorf("%v was not taken", err)
		}
	}
	for _, err := range []error{io.EOF, fault.NotFound.With(""), fault.Forbidden.With(""), fault.Unauthenticated.With("")} {
		if got := f.Take(err); !errors.Is(got, err) {
			t.Errorf("%v became %v", err, got)
		}
	}
	ctx := lang.With(context.Background(), lang.New("vi"))
	errs := f.Errors(ctx)
	if len(errs) != 2 || errs[0].ID != "f-weight.organic" || errs[1].ID != "" {
		t.Errorf("errors %+v", errs)
	}
	if !errors.Is(f.Err(), fault.Conflict) {
		t.Errorf("kind of %v", f.Err())
	}
	if got := f.Field(ctx, ui.Field{Name: "weight.organic"}); got.Error == "" {
		t.Error("the message does not stand beside its input")
	}
}

func multipartRequest(t *testing.T, build func(*multipart.Writer)) *http.Request {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	build(w)
	_ = w.Close()
	r := httptest.NewRequest(http.MethodPost, "/", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return r
}

func TestReadFiles(t *testing.T) {
	r := multipartRequest(t, func(w *multipart.Writer) {
		_ = w.WriteField("people", "12")
		part, _ := w.CreateFormFile("photos.before", "ảnh.jpg")
		_, _ = io.WriteString(part, "one")
		_, _ = w.CreateFormFile("photos.after", "") // nothing chosen
		_ = w.WriteField("note", "xong")
	})
	var got []string
	f, err := ReadFiles(r, func(input, name string, body io.Reader) error {
		text, err := io.ReadAll(body)
		got = append(got, input+"|"+name+"|"+string(text))
		return err
	})
	if err != nil || f.Value("people") != "12" || f.Value("note") != "xong" {
		t.Fatalf("%+v, %v", f, err)
	}
	if strings.Join(got, " ") != "photos.before|ảnh.jpg|one" {
		t.Errorf("files %q", got)
	}
}

// A spool keeps so many files and one byte more of each than is allowed, and reads on to what follows them.
func TestSpoolKeepsTheFirstFiles(t *testing.T) {
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for _, name := range []string{"a.pdf", "b.pdf", "c.pdf"} {
		part, err := m.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, "0123456789 "+name); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(m.WriteField("note", "sau các tệp"), m.Close()); err != nil {
		t.Fatal(err)
	}
	var s Spool
	r := httptest.NewRequest(http.MethodPost, "/", &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	f, err := ReadFiles(r, s.ReceiveAll(2, 11))
	if err != nil || f.Value("note") != "sau các tệp" {
		t.Fatalf("%q, %v", f.Value("note"), err)
	}
	for range 2 { // read again from the beginning
		files, err := s.Files()
		if err != nil || len(files) != 2 || files[1].Name != "b.pdf" {
			t.Fatalf("%+v, %v", files, err)
		}
		if b, err := io.ReadAll(files[1].Content); err != nil || string(b) != "0123456789 b" {
			t.Errorf("%q, %v", b, err)
		}
	}
	first, err := s.Open()
	if err != nil || s.Name() != "a.pdf" {
		t.Fatalf("%q, %v", s.Name(), err)
	}
	if b, err := io.ReadAll(first); err != nil || string(b) != "0123456789 a" {
		t.Errorf("%q, %v", b, err)
	}
	kept := s.files[0].kept.Name()
	s.Close()
	if _, err := os.Stat(kept); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file stays behind: %v", err)
	}
}

func TestReadFilesRefuses(t *testing.T) {
	none := func(string, string, io.Reader) error { return nil }
	cut := httptest.NewRequest(http.MethodPost, "/", strings.NewReader("--b\r\nContent-Disposition: form-data; name=x\r\n\r\nhal"))
	cut.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	many := multipartRequest(t, func(w *multipart.Writer) {
		for range maxTextParts + 1 {
			_ = w.WriteField("x", "y")
		}
	})
	long := multipartRequest(t, func(w *multipart.Writer) { _ = w.WriteField("x", strings.Repeat("y", maxTexts+1)) })
	full := multipartRequest(t, func(w *multipart.Writer) { _ = w.WriteField("x", strings.Repeat("y", 4096)) })
	full.Body = http.MaxBytesReader(httptest.NewRecorder(), full.Body, 100)
	for name, c := range map[string]struct {
		r    *http.Request
		want func(error) bool
	}{
		"cut off":        {cut, func(err error) bool { return errors.Is(err, fault.Malformed) }},
		"too many texts": {many, func(err error) bool { return errors.Is(err, fault.TooLarge) }},
		"too long":       {long, func(err error) bool { return errors.Is(err, fault.TooLarge) }},
		"over the limit": {full, func(err error) bool { _, ok := errors.AsType[*http.MaxBytesError](err); return ok }},
	} {
		if _, err := ReadFiles(c.r, none); !c.want(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
