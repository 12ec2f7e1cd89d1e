package reporting_test

import (
	"bytes"
	"context"
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/decree"
	"sachhon/internal/exchange"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/paper/extract"
	"sachhon/internal/person"
	"sachhon/internal/progress/progresstest"
	"sachhon/internal/testkit"
	"sachhon/internal/web"
	"sachhon/internal/web/reporting"
	"sachhon/internal/web/ui"
)

const base = "http://sachhon.test"

// The people of the world.
const (
	townClerk  = "town clerk"
	wardClerk  = "ward clerk"
	otherClerk = "other clerk"
)

// world is the site with the pages of reports over a town that sent a letter to two wards.
type world struct {
	*progresstest.World
	people  map[string]person.Actor
	handler http.Handler
	ward    string

	exchange *exchange.Service
	wire     *wire
}

// Visitor implements web.Sessions: the token is the name of who it is.
func (w *world) Visitor(_ context.Context, token string) (web.Visitor, error) {
	return web.Visitor{Actor: w.people[token], Name: token}, nil
}

type noFrame struct{}

func (noFrame) Fill(context.Context, web.Visitor, *ui.Page) {}

func eachWorld(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := &world{World: progresstest.New(t, db, clk)}
		sent := w.Send("20011", "20008")
		clk.Advance(2 * time.Hour)
		w.Publicise(sent["20011"], letter.Loudspeaker, 4, 200)
		w.ward = string(w.Of("20011").ID)
		w.people = map[string]person.Actor{
			townClerk: w.Actor(person.Clerk, w.Town), wardClerk: w.Actor(person.Clerk, w.Of("20011")), otherClerk: w.Actor(person.Clerk, w.Of("20008")),
		}
		site, err := web.NewSite(web.Config{Listen: "127.0.0.1:0", BaseURL: base, Timeout: time.Second, Grace: time.Second},
			slog.New(slog.DiscardHandler), w, noFrame{})
		w.Must(err)
		w.wire = &wire{}
		w.exchange = exchange.NewService(exchange.Needs{
			DB: db, Log: w.Log, Queue: w.Queue, IDs: w.IDs, Blobs: w.Blobs, Units: w.Units, Letters: w.Letters, Cascade: w.Cascade,
			Progress: w.Progress, Partners: []exchange.Partner{{ID: "doi-tac", Name: "Trục thử", Way: exchange.ByPost}},
			Ways: map[string]exchange.Transport{"doi-tac": w.wire},
		})
		reporting.Register(site, reporting.Deps{
			DB: db, Clock: clk, IDs: w.IDs, Units: w.Units, Letters: w.Letters, Cascade: w.Cascade, Progress: w.Progress,
			Challenges: w.Challenges, Exchange: w.exchange,
		})
		w.handler, err = site.Handler()
		w.Must(err)
		f(t, w)
	})
}

func (w *world) do(who, method, path string, form url.Values) (int, string, string) {
	var r *http.Request
	if method == http.MethodPost {
		r = httptest.NewRequest(method, base+path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	} else {
		r = httptest.NewRequest(method, base+path, nil)
	}
	r.AddCookie(&http.Cookie{Name: "sachhon", Value: who})
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return rec.Code, html.UnescapeString(rec.Body.String()), rec.Header().Get("Location")
}

func (w *world) see(t *testing.T, who, path string, code int, holds ...string) string {
	t.Helper()
	got, body, _ := w.do(who, http.MethodGet, path, nil)
	if got != code {
		t.Fatalf("%s as %s: %d, want %d", path, who, got, code)
	}
	for _, text := range holds {
		if !strings.Contains(body, text) {
			t.Errorf("%s as %s lacks %q", path, who, text)
		}
	}
	return body
}

func TestAReportFromDraftToAcceptance(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		about := "don-vi=" + w.ward + "&van-ban=" + string(w.Letter.ID)
		w.see(t, wardClerk, "/don-vi/bao-cao?don-vi="+w.ward, http.StatusOK, "Lập báo cáo", w.Letter.Symbol())
		w.see(t, wardClerk, "/don-vi/bao-cao/moi?"+about, http.StatusOK, w.Letter.Symbol(), "(không theo văn bản)")
		alone := url.Values{
			"id": {string(w.IDs.New())}, "don-vi": {w.ward}, "van-ban": {"cuoc-thi." + string(w.Challenge.ID)}, "loai": {"on_demand"},
			"tu": {"2024-06-01"}, "den": {"2024-06-05"},
		}
		if code, _, to := w.do(wardClerk, http.MethodPost, "/don-vi/bao-cao/moi", alone); code != http.StatusSeeOther {
			t.Errorf("a report on a challenge without a letter: %d", code)
		} else {
			w.see(t, wardClerk, to, http.StatusOK, "Sửa câu chữ, rồi trình ký", "/don-vi/soan-thao/"+alone.Get("id"))
		}
		next := w.see(t, wardClerk, "/don-vi/bao-cao/moi?don-vi="+w.ward+"&van-ban="+alone.Get("van-ban"), http.StatusOK)
		if strings.Contains(next, `value="2024-06-06"`) != (clock.DayOf(w.Clock.Now()) > "2024-06-05") {
			t.Error("what comes after the last report is not suggested")
		}
		w.see(t, wardClerk, "/don-vi/bao-cao/so-lieu?"+about, http.StatusOK, "Truyền thanh", "200", "Trong kỳ, từ", "Từng nhiệm vụ văn bản giao")
		w.see(t, wardClerk, "/don-vi/bao-cao/so-lieu.json?"+about, http.StatusOK, `"times":4`)
		w.see(t, wardClerk, "/don-vi/bao-cao/so-lieu?"+about+"&tu=hôm-nay", http.StatusUnprocessableEntity)
		w.see(t, otherClerk, "/don-vi/bao-cao/so-lieu?"+about, http.StatusForbidden)

		id := w.IDs.New()
		form := url.Values{"id": {string(id)}, "don-vi": {w.ward}, "van-ban": {string(w.Letter.ID)}, "loai": {"final"}, "tu": {"2024-06-10"}, "den": {"2024-06-01"}}
		code, body, _ := w.do(wardClerk, http.MethodPost, "/don-vi/bao-cao/moi", form)
		if code != http.StatusUnprocessableEntity || !strings.Contains(body, "Ngày cuối phải sau ngày đầu") {
			t.Errorf("a period that ends before it begins: %d", code)
		}
		form.Set("tu", "2024-06-01")
		form.Set("den", "2024-06-06")
		code, _, to := w.do(wardClerk, http.MethodPost, "/don-vi/bao-cao/moi", form)
		page := "/don-vi/bao-cao/" + string(id)
		if code != http.StatusSeeOther || to != page {
			t.Fatalf("drafting: %d to %q", code, to)
		}
		w.see(t, wardClerk, page, http.StatusOK, "Chưa gửi được: văn bản còn phải ký", "Lấy lại số liệu mới nhất")
		w.see(t, townClerk, page, http.StatusForbidden)
		if code, _, _ := w.do(wardClerk, http.MethodPost, page+"/gui", nil); code != http.StatusConflict {
			t.Errorf("sending what is not signed: %d", code)
		}
		r, err := w.Progress.Get(t.Context(), w.people[wardClerk], id)
		w.Must(err)
		w.Issue(r.Report)
		if code, _, to := w.do(wardClerk, http.MethodPost, page+"/gui", nil); code != http.StatusSeeOther || to != page {
			t.Errorf("sending: %d to %q", code, to)
		}
		reception := "/don-vi/bao-cao/nhan?don-vi=" + string(w.Town.ID) + "&van-ban=" + string(w.Letter.ID)
		w.see(t, townClerk, reception, http.StatusOK, "Cộng các báo cáo đã nhận", "Chưa gửi", "trên 2")
		code, body, _ = w.do(townClerk, http.MethodPost, page+"/tra-lai", url.Values{"words": {""}})
		if code != http.StatusUnprocessableEntity || !strings.Contains(body, "Ghi rõ cần sửa gì") {
			t.Errorf("sending back without words: %d", code)
		}
		if code, _, _ := w.do(townClerk, http.MethodPost, page+"/chap-nhan", nil); code != http.StatusSeeOther {
			t.Errorf("accepting: %d", code)
		}
		w.see(t, wardClerk, page, http.StatusOK, "Đã tiếp nhận")
	})
}

// again reads the form by which a report that was sent back is written again.
func again(body string) url.Values {
	form := url.Values{}
	_, rest, _ := strings.Cut(body, `action="/don-vi/bao-cao/moi"`)
	rest, _, _ = strings.Cut(rest, "</form>")
	for _, name := range []string{"id", "don-vi", "van-ban", "loai", "tu", "den", "han"} {
		_, value, _ := strings.Cut(rest, `name="`+name+`" value="`)
		value, _, _ = strings.Cut(value, `"`)
		form.Set(name, value)
	}
	return form
}

// TestAReportThatCameBackIsWrittenAgainByOnePress leads from the list over the words of the receiver to the new draft.
func TestAReportThatCameBackIsWrittenAgainByOnePress(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		plan := url.Values{"don-vi": {string(w.Town.ID)}, "van-ban": {string(w.Letter.ID)}, "tu": {"2024-06-06"}, "den": {"2024-06-30"}, "thu": {"0"}, "han": {"2024-07-03"}}
		if code, _, _ := w.do(townClerk, http.MethodPost, "/don-vi/bao-cao/lich", plan); code != http.StatusSeeOther {
			t.Fatalf("planning: %d", code)
		}
		form := url.Values{
			"id": {string(w.IDs.New())}, "don-vi": {w.ward}, "van-ban": {string(w.Letter.ID)}, "loai": {"final"}, "tu": {"2024-06-06"}, "den": {"2024-06-30"},
			"han": {"2024-07-03"},
		}
		_, _, page := w.do(wardClerk, http.MethodPost, "/don-vi/bao-cao/moi", form)
		first, err := ident.Parse(form.Get("id"))
		w.Must(err)
		r, err := w.Progress.Get(t.Context(), w.people[wardClerk], first)
		w.Must(err)
		w.Issue(r.Report)
		if code, _, _ := w.do(wardClerk, http.MethodPost, page+"/gui", nil); code != http.StatusSeeOther {
			t.Fatalf("sending: %d", code)
		}
		if code, _, _ := w.do(townClerk, http.MethodPost, page+"/tra-lai", url.Values{"words": {"Thiếu tổ dân phố 3"}}); code != http.StatusSeeOther {
			t.Fatalf("sending back: %d", code)
		}
		w.see(t, wardClerk, "/don-vi/bao-cao?don-vi="+w.ward, http.StatusOK, "Bị trả lại: Thiếu tổ dân phố 3", `href="`+page+`"`)
		if body := w.see(t, townClerk, page, http.StatusOK); strings.Contains(body, "Lập lại báo cáo này") {
			t.Error("the town may write the ward's report again")
		}
		next := again(w.see(t, wardClerk, page, http.StatusOK, "Lập lại báo cáo này", "Thiếu tổ dân phố 3"))
		for name, want := range form {
			if name != "id" && next.Get(name) != want[0] {
				t.Errorf("%s is %q, want %q", name, next.Get(name), want[0])
			}
		}
		code, _, to := w.do(wardClerk, http.MethodPost, "/don-vi/bao-cao/moi", next)
		if code != http.StatusSeeOther || to != "/don-vi/bao-cao/"+next.Get("id") {
			t.Fatalf("written again: %d to %q", code, to)
		}
		w.see(t, wardClerk, to, http.StatusOK, "Báo cáo này thay báo cáo bị trả lại", "Thiếu tổ dân phố 3", `href="`+page+`"`)
		if body := w.see(t, wardClerk, page, http.StatusOK, "Xem báo cáo thay thế", `href="`+to+`"`); strings.Contains(body, "Lập lại báo cáo này") {
			t.Error("it can be written again twice")
		}
	})
}

func TestSchedulesAndActivities(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		plan := "/don-vi/bao-cao/lich?don-vi=" + string(w.Town.ID) + "&van-ban=" + string(w.Letter.ID)
		w.see(t, townClerk, plan, http.StatusOK, "Thứ sáu")
		form := url.Values{"don-vi": {string(w.Town.ID)}, "van-ban": {string(w.Letter.ID)}, "tu": {"2024-06-06"}, "den": {"2024-06-30"}, "thu": {"0"}, "han": {"2024-06-01"}}
		if code, body, _ := w.do(townClerk, http.MethodPost, "/don-vi/bao-cao/lich", form); code != http.StatusUnprocessableEntity || !strings.Contains(body, "Hạn báo cáo cuối kỳ phải sau") {
			t.Errorf("a last report before the end: %d", code)
		}
		form.Set("han", "2024-07-03")
		if code, _, _ := w.do(townClerk, http.MethodPost, "/don-vi/bao-cao/lich", form); code != http.StatusSeeOther {
			t.Errorf("planning: %d", code)
		}
		w.see(t, wardClerk, "/don-vi/bao-cao?don-vi="+w.ward, http.StatusOK, "Báo cáo sắp đến hạn", "03/7/2024")

		w.see(t, wardClerk, "/don-vi/bao-cao/hoat-dong?don-vi="+w.ward, http.StatusOK, "Họp, hội nghị")
		note := url.Values{
			"id": {string(w.IDs.New())}, "don-vi": {w.ward}, "van-ban": {string(w.Letter.ID)}, "kind": {"meeting"}, "day": {"2024-06-06"},
			"place": {""}, "people": {"35"},
		}
		if code, body, _ := w.do(wardClerk, http.MethodPost, "/don-vi/bao-cao/hoat-dong", note); code != http.StatusUnprocessableEntity || !strings.Contains(body, "Cho biết địa điểm") {
			t.Errorf("an activity nowhere: %d", code)
		}
		note.Set("place", "Trụ sở")
		code, _, at := w.do(wardClerk, http.MethodPost, "/don-vi/bao-cao/hoat-dong", note)
		if code != http.StatusSeeOther || !strings.HasPrefix(at, "/don-vi/ban-gui/") {
			t.Errorf("noting a meeting about the letter: %d, %s", code, at)
		}
		note.Set("kind", "cleanup")
		note.Set("place", "Nhà văn hóa")
		note.Set("id", string(w.IDs.New()))
		if code, _, _ := w.do(wardClerk, http.MethodPost, "/don-vi/bao-cao/hoat-dong", note); code != http.StatusSeeOther {
			t.Errorf("noting: %d", code)
		}
		list := w.see(t, wardClerk, "/don-vi/bao-cao?don-vi="+w.ward, http.StatusOK, "Nhà văn hóa", "35 người")
		_, rest, _ := strings.Cut(list, `action="/don-vi/bao-cao/hoat-dong/`)
		id, _, _ := strings.Cut(rest, "/")
		if code, _, _ := w.do(otherClerk, http.MethodPost, "/don-vi/bao-cao/hoat-dong/"+id+"/rut", nil); code != http.StatusForbidden {
			t.Errorf("another ward withdraws it: %d", code)
		}
		if code, _, _ := w.do(wardClerk, http.MethodPost, "/don-vi/bao-cao/hoat-dong/"+id+"/rut", nil); code != http.StatusSeeOther {
			t.Errorf("withdrawing: %d", code)
		}
	})
}

// take downloads a file as it is, where see reads a page.
func (w *world) take(who, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, base+path, nil)
	r.AddCookie(&http.Cookie{Name: "sachhon", Value: who})
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return rec
}

// cells returns what a sheet of a file has for a unit, by the heads of its columns.
func cells(t *testing.T, file []byte, name, of string) map[string]string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(name, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	var head []string
	for _, row := range rows {
		switch {
		case slices.Contains(row, "Đơn vị"):
			head = row
		case head != nil && slices.Contains(row, of):
			for i, c := range row {
				out[head[i]] = c
			}
		}
	}
	return out
}

// TestTheFilesOfAReport: every one that its page offers, each of its kind and with the figures of the report, whose document
// has the form of the decree.
func TestTheFilesOfAReport(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		id := w.IDs.New()
		form := url.Values{
			"id": {string(id)}, "don-vi": {string(w.Town.ID)}, "van-ban": {string(w.Letter.ID)}, "loai": {"final"}, "tu": {"2024-06-01"}, "den": {"2024-06-06"},
		}
		page := "/don-vi/bao-cao/" + string(id)
		if code, _, to := w.do(townClerk, http.MethodPost, "/don-vi/bao-cao/moi", form); code != http.StatusSeeOther || to != page {
			t.Fatalf("drafting: %d to %q", code, to)
		}
		r, err := w.Progress.Get(t.Context(), w.people[townClerk], id)
		w.Must(err)
		issued := w.Issue(r.Report)
		for _, d := range decree.CheckDocument(*issued.Document) {
			t.Errorf("the document departs from the decree: %+v", d)
		}

		body := w.see(t, townClerk, page, http.StatusOK)
		for dang, want := range map[string]string{
			"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
			"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		} {
			at := page + "/tai-ve?dang=" + dang
			if !strings.Contains(body, `href="`+at+`"`) {
				t.Errorf("the page does not offer %s", dang)
			}
			file := w.take(townClerk, at)
			name := "bao-cao-" + strings.ReplaceAll(issued.Symbol(), "/", "-") + "." + dang
			if got := file.Header(); file.Code != http.StatusOK || got.Get("Content-Type") != want || !strings.Contains(got.Get("Content-Disposition"), name) {
				t.Errorf("%s: %d, %v", dang, file.Code, got)
			}
			if dang == "xlsx" {
				sum := cells(t, file.Body.Bytes(), "Tổng hợp", "Phường Hương Văn")
				if sum["Lượt tuyên truyền"] != "4" || sum["Người tiếp cận"] != "200" || sum["Nhiệm vụ được giao"] != "2" || sum["Nhiệm vụ hoàn thành"] != "0" {
					t.Errorf("the ward in the annex: %q", sum)
				}
				by := cells(t, file.Body.Bytes(), "Tuyên truyền", "Phường Hương Văn")
				if by["Truyền thanh, loa"] != "4" || by["Tổng số lượt"] != "4" {
					t.Errorf("the publicity of the ward: %q", by)
				}
				continue
			}
			read, err := extract.Read(t.Context(), file.Body.Bytes())
			w.Must(err)
			if string(read.Kind) != dang {
				t.Errorf("%s is a file of the kind %q", dang, read.Kind)
			}
			for _, text := range []string{
				"Số: " + issued.Symbol() + " ", "Đã tuyên truyền 4 lượt qua các kênh, tiếp cận khoảng 200 lượt người; 1/2 đơn vị", "Tổng cộng 4 200 0 0 0 0 0 0/4",
			} {
				if !strings.Contains(strings.Join(strings.Fields(read.Text), " "), text) {
					t.Errorf("%s lacks %q", dang, text)
				}
			}
		}
		if got := w.take(townClerk, page+"/tai-ve?dang=exe"); got.Code != http.StatusNotFound {
			t.Errorf("a kind that is not offered: %d", got.Code)
		}
		if got := w.take(otherClerk, page+"/tai-ve?dang=xlsx"); got.Code != http.StatusForbidden {
			t.Errorf("another unit's clerk: %d", got.Code)
		}
	})
}
