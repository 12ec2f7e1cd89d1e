package entrants_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/imaging"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/report/reporttest"
	"sachhon/internal/testkit"
	"sachhon/internal/waste"
	"sachhon/internal/web"
	"sachhon/internal/web/entrants"
	"sachhon/internal/web/webtest"
)

// world is a challenge with a team whose clean-up has ended, and a client of the pages.
type world struct {
	*reporttest.World
	client  *webtest.Client
	team    person.Actor
	cleanup cleanup.Cleanup
}

const ward = "19996" // Tứ Hạ

func newWorld(t *testing.T, db *database.DB, clk *clock.Set) *world {
	t.Helper()
	w := &world{World: reporttest.New(t, db, clk)}
	w.client = webtest.New(t, func(site *web.Site) {
		entrants.Register(site, entrants.Deps{
			Clock: clk, IDs: w.IDs, Units: w.Units, People: person.NewService(db, w.Log, w.IDs, w.Units),
			Challenges: w.Challenges, Entrants: w.Entrants, Cleanups: w.Cleanups, Reports: w.Reports,
		})
	})
	_, w.team = w.Team("Đội sông Bồ", ward)
	w.cleanup = w.Cleanup(w.team, ward, 10)
	clk.Set(w.cleanup.EndsAt.Add(time.Hour).Time)
	return w
}

func eachEngine(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) { f(t, newWorld(t, db, clk)) })
}

func (w *world) reportURL() string { return "/doi/ra-quan/" + string(w.cleanup.ID) + "/bao-cao" }

// begin opens the report as the team does and returns its page.
func (w *world) begin(t *testing.T) webtest.Answer {
	t.Helper()
	w.client.As(w.team)
	if a := w.client.Post(w.reportURL()+"/mo", nil); a.Status != http.StatusSeeOther || a.Location != w.reportURL() {
		t.Fatalf("opening: %d %s", a.Status, a.Location)
	}
	return w.client.Get(w.reportURL())
}

// filled is a report that can be sent in, apart from its photos.
func filled(page webtest.Answer) url.Values {
	values := page.Hidden()
	values.Set("participants", "12")
	values.Set("minutes", "90")
	values.Set("weight.plastic", "12,5")
	values.Set("method.plastic", "weighed")
	values.Set("do", "submit")
	return values
}

func photos() []webtest.File {
	return []webtest.File{
		{Input: "photos.before", Name: "trước.jpg", Body: reporttest.Photo(1)},
		{Input: "photos.after", Name: "sau.jpg", Body: reporttest.Photo(2)},
	}
}

func (w *world) view(t *testing.T) report.View {
	t.Helper()
	v, err := w.Reports.ByCleanup(t.Context(), w.team, w.cleanup.ID)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestReportWithoutScript(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		page := w.begin(t)
		values := filled(page)
		for range 2 { // sent twice, as after a lost answer
			if a := w.client.PostFiles(w.reportURL(), values, photos()...); a.Status != http.StatusSeeOther {
				t.Fatalf("%d: %s", a.Status, a.Body)
			}
		}
		v := w.view(t)
		if v.State != report.Submitted || len(v.Photos) != 2 || len(v.History) != 1 || v.Figures.Weights.Of(waste.Plastic) != 12_500 {
			t.Errorf("state %s, %d photos, %d steps, %v", v.State, len(v.Photos), len(v.History), v.Figures)
		}
		if a := w.client.Get(w.reportURL()); a.Status != http.StatusOK || strings.Contains(a.Body, `name="weight.plastic"`) || !strings.Contains(a.Body, "12,5 kg") {
			t.Errorf("the page of a report that was sent: %d", a.Status)
		}
	})
}

func TestReportTellsAllFaultsAndKeepsWhatWasTyped(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		page := w.begin(t)
		for _, c := range []struct{ text, shown, fault string }{
			{"abc", "abc", "Khối lượng phải là một số"},
			{"-5", "-5", "không thể nhỏ hơn 0"},
			{"1e9", "1e9", "Khối lượng phải là một số"},
			{"1.234.567", "1.234.567", "không quá 50000 kg"},
			{"٣", "٣", "Khối lượng phải là một số"},
			{"<script>", "&lt;script&gt;", "Khối lượng phải là một số"},
		} {
			values := filled(page)
			values.Set("weight.plastic", c.text)
			values.Set("weight.glass", "7")
			values.Set("note", "ghi chú còn nguyên")
			a := w.client.PostFiles(w.reportURL(), values)
			if a.Status != http.StatusUnprocessableEntity {
				t.Errorf("%q: status %d", c.text, a.Status)
			}
			for _, want := range []string{c.fault, `value="` + c.shown + `"`, "ghi chú còn nguyên", "Cần ít nhất 1 ảnh trước khi dọn", `href="#f-weight.plastic"`} {
				if !strings.Contains(a.Body, want) {
					t.Errorf("%q: the page lacks %q", c.text, want)
				}
			}
			if strings.Contains(a.Body, "<script>") {
				t.Error("what was typed became markup")
			}
			if v := w.view(t); v.State != report.Draft || v.Figures.Weights.Of(waste.Glass) != 0 {
				t.Errorf("%q: half saved: %v", c.text, v.Figures)
			}
		}
	})
}

func TestDraftIsKept(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		values := filled(w.begin(t))
		values.Set("do", "save")
		values.Set("weight.organic", "1.500")
		if a := w.client.PostFiles(w.reportURL(), values); a.Status != http.StatusSeeOther {
			t.Fatalf("%d: %s", a.Status, a.Body)
		}
		page := w.client.Get(w.reportURL())
		if !strings.Contains(page.Body, "1500 → 1.500 kg") {
			t.Error("what was understood is not shown back")
		}
		// A page that was opened before knows an older version.
		if a := w.client.PostFiles(w.reportURL(), values); a.Status != http.StatusConflict || !strings.Contains(a.Body, `value="1.500"`) {
			t.Errorf("an old page: %d", a.Status)
		}
	})
}

func TestPhotosThatAreNone(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		values := filled(w.begin(t))
		large := bytes.Repeat([]byte{0xff}, imaging.MaxBytes+1)
		a := w.client.PostFiles(w.reportURL(), values,
			webtest.File{Input: "photos.before", Name: "anh.jpg", Body: []byte("Đây không phải là ảnh")},
			webtest.File{Input: "photos.before", Name: "nửa.jpg", Body: reporttest.Photo(5)[:400]},
			webtest.File{Input: "photos.after", Name: "lớn.jpg", Body: large},
			webtest.File{Input: "photos.during", Name: "tốt.jpg", Body: reporttest.Photo(3)})
		if a.Status < 400 || a.Status >= 500 {
			t.Fatalf("status %d", a.Status)
		}
		for _, want := range []string{"anh.jpg: ", "nửa.jpg: ", "lớn.jpg: Ảnh lớn hơn 25 MB", `value="12,5"`} {
			if !strings.Contains(a.Body, want) {
				t.Errorf("the page lacks %q", want)
			}
		}
		if v := w.view(t); v.State != report.Draft || len(v.Photos) != 1 || v.Photos[0].Role != report.During {
			t.Errorf("%s with %d photos", v.State, len(v.Photos))
		}
	})
}

func TestPutPhoto(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		w.begin(t)
		base := "/doi/bao-cao/" + string(w.view(t).ID) + "/anh/"
		photo := string(w.IDs.New())
		for range 3 {
			a := w.client.Put(base+photo+"?phase=before", bytes.NewReader(reporttest.Photo(1)), "X-File-Name", "%E1%BA%A3nh.jpg")
			if a.Status != http.StatusCreated || !strings.Contains(a.Body, photo) {
				t.Fatalf("%d: %s", a.Status, a.Body)
			}
		}
		if v := w.view(t); len(v.Photos) != 1 || v.Photos[0].FileName != "ảnh.jpg" {
			t.Errorf("photos %+v", v.Photos)
		}
		thumb := w.client.Get("/doi/anh/" + photo + "/thumb")
		if thumb.Status != http.StatusOK || thumb.Header.Get("Content-Type") != "image/jpeg" || thumb.Header.Get("ETag") == "" {
			t.Errorf("thumbnail: %d %v", thumb.Status, thumb.Header)
		}
		fresh := string(w.IDs.New())
		for name, c := range map[string]struct {
			url     string
			body    []byte
			headers []string
			status  int
		}{
			"a text":           {base + fresh + "?phase=before", []byte("không phải ảnh"), nil, http.StatusUnsupportedMediaType},
			"no phase":         {base + fresh, reporttest.Photo(4), nil, http.StatusUnprocessableEntity},
			"damaged":          {base + fresh + "?phase=after", reporttest.Photo(4), []string{"Content-Digest", "sha-256=:" + strings.Repeat("A", 43) + "=:"}, http.StatusUnprocessableEntity},
			"a bad digest":     {base + fresh + "?phase=after", reporttest.Photo(4), []string{"Content-Digest", "sha-256=:x:"}, http.StatusBadRequest},
			"no identifier":    {base + "1?phase=after", reporttest.Photo(4), nil, http.StatusNotFound},
			"too large":        {base + fresh + "?phase=after", bytes.Repeat([]byte{1}, imaging.MaxBytes+1), nil, http.StatusRequestEntityTooLarge},
			"far too large":    {base + fresh + "?phase=after", bytes.Repeat([]byte{1}, 30<<20), nil, http.StatusRequestEntityTooLarge},
			"somebody's photo": {base + photo + "?phase=after", reporttest.Photo(4), []string{"Content-Digest", "sha-256=:" + strings.Repeat("A", 43) + "=:"}, http.StatusConflict},
		} {
			a := w.client.Put(c.url, bytes.NewReader(c.body), c.headers...)
			if a.Status != c.status || !strings.HasPrefix(a.Header.Get("Content-Type"), "application/problem+json") {
				t.Errorf("%s: %d %s", name, a.Status, a.Body)
			}
		}
		if v := w.view(t); len(v.Photos) != 1 {
			t.Errorf("%d photos", len(v.Photos))
		}
		a := w.client.PostFiles(w.reportURL()+"?remove="+photo, filled(w.client.Get(w.reportURL())))
		if v := w.view(t); a.Status != http.StatusSeeOther || len(v.Photos) != 0 || v.State != report.Draft || v.Figures.Participants != 12 {
			t.Errorf("removing: %d, %d photos, %s, %v", a.Status, len(v.Photos), v.State, v.Figures)
		}
	})
}

func TestStrangersFindNothing(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		w.begin(t)
		reportID := string(w.view(t).ID)
		_, other := w.Team("Đội khác", ward)
		w.client.As(other)
		for _, path := range []string{"/doi/" + string(w.cleanup.Entrant), "/doi/ra-quan/" + string(w.cleanup.ID), w.reportURL(), "/doi/" + string(w.cleanup.Entrant) + "/ra-quan/moi"} {
			if a := w.client.Get(path); a.Status != http.StatusForbidden && a.Status != http.StatusNotFound {
				t.Errorf("GET %s: %d", path, a.Status)
			}
		}
		for _, path := range []string{w.reportURL(), w.reportURL() + "/mo", "/doi/ra-quan/" + string(w.cleanup.ID) + "/huy", "/doi/bao-cao/" + reportID + "/khieu-nai"} {
			if a := w.client.Post(path, url.Values{"id": {string(w.IDs.New())}, "reason": {"Lý do đủ dài để hiểu"}}); a.Status != http.StatusForbidden && a.Status != http.StatusNotFound {
				t.Errorf("POST %s: %d", path, a.Status)
			}
		}
		if a := w.client.Put("/doi/bao-cao/"+reportID+"/anh/"+string(w.IDs.New())+"?phase=before", bytes.NewReader(reporttest.Photo(1))); a.Status != http.StatusForbidden && a.Status != http.StatusNotFound {
			t.Errorf("PUT: %d", a.Status)
		}
		if a := w.client.As(person.Actor{}).Get("/doi"); a.Status != http.StatusSeeOther || !strings.HasPrefix(a.Location, web.SignInPath) {
			t.Errorf("nobody: %d %s", a.Status, a.Location)
		}
	})
}

func TestAppeal(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		r := w.Submitted(w.team, w.cleanup, reporttest.Figures(), 7)
		w.Decided(w.Board, r, report.Refuse)
		page := w.client.As(w.team).Get(w.reportURL())
		values := page.Hidden()
		values.Set("reason", "ngắn")
		path := "/doi/bao-cao/" + string(r.ID) + "/khieu-nai"
		if a := w.client.Post(path, values); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, ">ngắn</textarea>") {
			t.Errorf("a short reason: %d", a.Status)
		}
		values.Set("reason", "Ảnh chụp đúng buổi ra quân, xin xem lại")
		for range 2 {
			if a := w.client.Post(path, values); a.Status != http.StatusSeeOther {
				t.Errorf("appeal: %d %s", a.Status, a.Body)
			}
		}
		if v := w.view(t); v.State != report.Appealed {
			t.Errorf("state %s", v.State)
		}
	})
}
