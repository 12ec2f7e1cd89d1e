package board_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sachhon/internal/award"
	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/evidence"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/report/reporttest"
	"sachhon/internal/scoring"
	"sachhon/internal/testkit"
	"sachhon/internal/waste"
	"sachhon/internal/web"
	"sachhon/internal/web/board"
	"sachhon/internal/web/webtest"
)

const ward = "19996" // Tứ Hạ

// world is a challenge with a report that waits for the board, and a client of the board's pages.
type world struct {
	*reporttest.World
	client  *webtest.Client
	awards  *award.Service
	team    person.Actor
	cleanup cleanup.Cleanup
	report  report.Report
}

func eachEngine(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := &world{World: reporttest.New(t, db, clk)}
		scores := scoring.NewService(db, w.Challenges)
		w.awards = award.NewService(db, w.Log, w.IDs, w.Challenges, w.Reports, scores)
		document, err := scoring.DefaultScheme().Document()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := scores.AddScheme(t.Context(), w.Board, w.Challenge.ID, document, clock.Time{}); err != nil {
			t.Fatal(err)
		}
		people := person.NewService(db, w.Log, w.IDs, w.Units)
		w.client = webtest.New(t, func(site *web.Site) {
			board.Register(site, board.Deps{
				DB: db, Clock: clk, IDs: w.IDs, Units: w.Units, People: people, Challenges: w.Challenges, Entrants: w.Entrants,
				Cleanups: w.Cleanups, Reports: w.Reports, Evidence: evidence.NewService(db, w.Challenges, w.Cleanups, w.Reports),
				Scores: scores, Awards: w.awards,
			})
		}).As(w.Board)
		_, w.team = w.Team("Đội sông Bồ", ward)
		w.cleanup = w.Cleanup(w.team, ward, 10)
		w.report = w.Submitted(w.team, w.cleanup, reporttest.Figures(), 1)
		f(t, w)
	})
}

func (w *world) path() string { return "/ban-to-chuc/bao-cao/" + string(w.report.ID) }

func (w *world) page(name string) string {
	return "/ban-to-chuc/cuoc-thi/" + w.Challenge.Slug + "/" + name
}

func (w *world) reread(t *testing.T) report.Report {
	t.Helper()
	r, err := w.Reports.Find(t.Context(), w.DB, w.report.ID)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestDeskLeadsToTheReport(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		desk := w.client.Get("/ban-to-chuc")
		if desk.Status != http.StatusOK || !strings.Contains(desk.Body, w.page("tham-dinh")) || !strings.Contains(desk.Body, "Thẩm định 1 báo cáo") {
			t.Fatalf("desk: %d", desk.Status)
		}
		queue := w.client.Get(w.page("tham-dinh"))
		if !strings.Contains(queue.Body, w.path()) || !strings.Contains(queue.Body, "52,5 kg") {
			t.Fatalf("queue: %d", queue.Status)
		}
		if empty := w.client.Get(w.page("tham-dinh") + "?pile=valid&after=x&at=y"); empty.Status != http.StatusOK || strings.Contains(empty.Body, w.path()) {
			t.Errorf("an empty pile: %d", empty.Status)
		}
		page := w.client.Get(w.path())
		for _, want := range []string{"Bãi bồi ven sông", "/large", "/original", "Trước khi dọn", "12,5 kg (Cân)", "Dự kiến", "12 người tham gia ×", "Nên xem kỹ"} {
			if !strings.Contains(page.Body, want) {
				t.Errorf("the report lacks %q", want)
			}
		}
		v, err := w.Reports.Get(t.Context(), w.Board, w.report.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []string{"thumb", "large", "original"} {
			if a := w.client.Get("/ban-to-chuc/anh/" + string(v.Photos[0].ID) + "/" + size); a.Status != http.StatusOK || !strings.HasPrefix(a.Header.Get("Cache-Control"), "private") {
				t.Errorf("%s: %d", size, a.Status)
			}
		}
	})
}

func TestDecisionIsMadeOnce(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		values := w.client.Get(w.path()).Hidden()
		values.Set("verdict", "valid")
		for range 2 {
			if a := w.client.Post(w.path()+"/ket-luan", values); a.Status != http.StatusSeeOther || a.Location != w.page("tham-dinh") {
				t.Fatalf("%d: %s", a.Status, a.Body)
			}
		}
		if r := w.reread(t); r.State != report.Valid {
			t.Errorf("state %s", r.State)
		}
		if a := w.client.Get(w.path()); a.Status != http.StatusOK || !strings.Contains(a.Body, "Công nhận hợp lệ") {
			t.Errorf("afterwards: %d", a.Status)
		}
	})
}

func TestDecisionBadInput(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		page := w.client.Get(w.path())
		for name, c := range map[string]struct {
			change func(url.Values)
			status int
			fault  string
		}{
			"no verdict":       {func(v url.Values) { v.Del("verdict") }, http.StatusUnprocessableEntity, "Hãy chọn kết luận"},
			"no reason":        {func(v url.Values) { v.Set("reason", "ngắn") }, http.StatusUnprocessableEntity, "Hãy nêu lý do"},
			"31 February":      {func(v url.Values) { v.Set("deadline", "31/02/2024") }, http.StatusUnprocessableEntity, "Không có ngày này"},
			"a day that is by": {func(v url.Values) { v.Set("deadline", "2024-06-01") }, http.StatusUnprocessableEntity, "Hạn bổ sung phải ở sau"},
			"an old page":      {func(v url.Values) { v.Set("version", "1") }, http.StatusConflict, "vừa được người khác thay đổi"},
			"no version":       {func(v url.Values) { v.Del("version") }, http.StatusConflict, "vừa được người khác thay đổi"},
			"no identifier":    {func(v url.Values) { v.Set("id", "1") }, http.StatusBadRequest, ""},
		} {
			values := page.Hidden()
			values.Set("verdict", "sent_back")
			values.Set("reason", "Thiếu ảnh sau khi dọn <script>")
			c.change(values)
			a := w.client.Post(w.path()+"/ket-luan", values)
			if a.Status != c.status || !strings.Contains(a.Body, c.fault) || strings.Contains(a.Body, "dọn <script>") {
				t.Errorf("%s: %d, message there: %v", name, a.Status, strings.Contains(a.Body, c.fault))
			}
			if c.status == http.StatusUnprocessableEntity && !strings.Contains(a.Body, values.Get("reason")[:4]) {
				t.Errorf("%s: the form is not filled in", name)
			}
		}
		if r := w.reread(t); r.State != report.Submitted {
			t.Errorf("state %s", r.State)
		}
	})
}

func TestTwoReviewersAndConflictsOfInterest(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		if a := w.client.Post(w.path()+"/nhan", nil); a.Status != http.StatusSeeOther {
			t.Fatalf("claim: %d", a.Status)
		}
		page := w.client.As(w.Board2).Get(w.path())
		if !strings.Contains(page.Body, "đang thẩm định báo cáo này đến") || strings.Contains(page.Body, `name="verdict"`) {
			t.Error("the other reviewer is not told")
		}
		if a := w.client.Post(w.path()+"/nhan", nil); a.Status != http.StatusConflict {
			t.Errorf("a second claim: %d", a.Status)
		}
		w.client.As(w.Board).Post(w.path()+"/tra", nil)
		if a := w.client.As(w.Board2).Get(w.path()); !strings.Contains(a.Body, `name="verdict"`) {
			t.Error("released, yet closed")
		}
		neighbour := w.Board2
		neighbour.HomeUnit = w.Unit(ward)
		if a := w.client.As(neighbour).Get(w.path()); !strings.Contains(a.Body, "Đội này thuộc đơn vị của bạn") || strings.Contains(a.Body, `name="verdict"`) {
			t.Error("the conflict of interest is not explained")
		}
		for _, path := range []string{w.path(), "/ban-to-chuc", w.page("ket-qua"), w.page("dang-ky")} {
			if a := w.client.As(w.team).Get(path); a.Status != http.StatusForbidden {
				t.Errorf("a team at %s: %d", path, a.Status)
			}
		}
	})
}

func TestAdjust(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		values := w.client.Get(w.path()).Hidden()
		values.Set("participants", "12")
		values.Set("minutes", "90")
		values.Set("weight.plastic", "abc")
		values.Set("method.plastic", "weighed")
		values.Set("adjust_reason", "Ảnh phiếu cân ghi 10 kg")
		if a := w.client.Post(w.path()+"/dieu-chinh", values); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, `value="abc"`) || !strings.Contains(a.Body, "<details class=\"more-fields\" open") {
			t.Errorf("abc: %d", a.Status)
		}
		values.Set("weight.plastic", "10")
		for range 2 {
			if a := w.client.Post(w.path()+"/dieu-chinh", values); a.Status != http.StatusSeeOther {
				t.Fatalf("%d: %s", a.Status, a.Body)
			}
		}
		r := w.reread(t)
		if r.Adjusted == nil || r.Adjusted.Weights.Of(waste.Plastic) != 10_000 || r.Figures.Weights.Of(waste.Plastic) != 12_500 {
			t.Errorf("%+v beside %+v", r.Adjusted, r.Figures)
		}
		if a := w.client.Get(w.path()); !strings.Contains(a.Body, "Sau điều chỉnh") {
			t.Error("the adjusted figures do not stand beside")
		}
	})
}

func TestRegistrations(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		who := person.NewActor(person.Actor{ID: w.IDs.New()}, w.Tree)
		e, err := w.Entrants.Register(t.Context(), who, entrant.RegisterInput{
			Challenge: w.Challenge.ID, Division: challenge.Collective, Name: "Đội chờ duyệt", Unit: w.Unit(ward), Members: 5,
			FullName: "Lê Văn Chờ", BirthDate: "1990-02-03", Phone: "0912 345 678", Email: "cho@example.org", Rules: 1,
			Consents: []entrant.ConsentInput{{Giver: entrant.Self, Purpose: entrant.Participation}},
		})
		if err != nil {
			t.Fatal(err)
		}
		if list := w.client.Get(w.page("dang-ky") + "?state=submitted&q=doi+cho"); !strings.Contains(list.Body, "Đội chờ duyệt") || strings.Contains(list.Body, "Đội sông Bồ") {
			t.Errorf("list: %d", list.Status)
		}
		path := w.page("dang-ky") + "/" + string(e.ID)
		if a := w.client.Get(path); !strings.Contains(a.Body, "Lê Văn Chờ") || !strings.Contains(a.Body, "0912 345 678") {
			t.Errorf("one: %d", a.Status)
		}
		if a := w.client.Post(path, url.Values{"do": {"refuse"}, "reason": {"không"}}); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "không</textarea>") {
			t.Errorf("a short reason: %d", a.Status)
		}
		for range 2 {
			if a := w.client.Post(path, url.Values{"do": {"approve"}}); a.Status != http.StatusSeeOther {
				t.Errorf("approve: %d %s", a.Status, a.Body)
			}
		}
		if a := w.client.Post(path, url.Values{"do": {"refuse"}, "reason": {"Đổi ý sau khi duyệt"}}); a.Status != http.StatusConflict {
			t.Errorf("refused after approval: %d", a.Status)
		}
		if found, err := w.Entrants.Find(t.Context(), w.DB, e.ID); err != nil || found.State != entrant.Approved {
			t.Errorf("%s, %v", found.State, err)
		}
		if a := w.client.Get(w.page("dang-ky") + "/" + string(w.report.ID)); a.Status != http.StatusNotFound {
			t.Errorf("somebody else's identifier: %d", a.Status)
		}
	})
}

func TestPublishAndCorrect(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		w.Clock.Set(clock.Date(2024, time.July, 10, 8, 0).Time)
		page := w.client.Get(w.page("ket-qua"))
		if !strings.Contains(page.Body, "chờ thẩm định hoặc đang được bổ sung") {
			t.Errorf("undecided reports are not told: %d", page.Status)
		}
		w.Decided(w.Board, w.report, report.Confirm)
		if a := w.client.Post(w.page("cham"), nil); a.Status != http.StatusSeeOther {
			t.Fatalf("judging: %d %s", a.Status, a.Body)
		}
		page = w.client.Get(w.page("ket-qua"))
		if !strings.Contains(page.Body, "Đội sông Bồ") || !strings.Contains(page.Body, "3.000.000 đồng") {
			t.Error("the preview lacks the ranking with its prizes")
		}
		values := page.Hidden()
		for range 2 {
			if a := w.client.Post(w.page("ket-qua"), values); a.Status != http.StatusSeeOther {
				t.Fatalf("publish: %d %s", a.Status, a.Body)
			}
		}
		values = w.client.Get(w.page("ket-qua")).Hidden()
		values.Set("reason", "sai")
		if a := w.client.Post(w.page("ket-qua"), values); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, ">sai</textarea>") {
			t.Errorf("a short reason: %d", a.Status)
		}
		values.Set("reason", "Sửa tên một đội viết sai chính tả")
		if a := w.client.Post(w.page("ket-qua"), values); a.Status != http.StatusSeeOther {
			t.Errorf("correction: %d", a.Status)
		}
		if all, err := w.awards.List(t.Context(), w.Board, w.Challenge.ID); err != nil || len(all) != 2 {
			t.Errorf("%d publications, %v", len(all), err)
		}
	})
}
