package entrants_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/entrant"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/web/webtest"
)

// planned is a clean-up that can be announced, as the form sends it.
func (w *world) planned(page webtest.Answer) url.Values {
	values := page.Hidden()
	for name, value := range map[string]string{
		"place": "Bãi biển Thuận An", "unit": string(w.Unit(ward)), "lat": "16,46", "lon": "107.5", "expected": "25",
		"starts_at": "2024-06-20T07:00", "ends_at": "2024-06-20T09:00",
	} {
		values.Set(name, value)
	}
	return values
}

func TestAnnounceOnce(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		path := "/doi/" + string(w.cleanup.Entrant) + "/ra-quan/moi"
		values := w.planned(w.client.As(w.team).Get(path))
		for range 2 {
			a := w.client.Post(path, values)
			if a.Status != http.StatusSeeOther {
				t.Fatalf("%d: %s", a.Status, a.Body)
			}
			if page := w.client.Get(a.Location); page.Status != http.StatusOK || !strings.Contains(page.Body, "Bãi biển Thuận An") {
				t.Errorf("its page: %d", page.Status)
			}
		}
		if all, err := w.Cleanups.Mine(t.Context(), w.team, w.cleanup.Entrant); err != nil || len(all) != 2 {
			t.Errorf("%d clean-ups, %v", len(all), err)
		}
	})
}

func TestAnnounceBadInput(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		path := "/doi/" + string(w.cleanup.Entrant) + "/ra-quan/moi"
		page := w.client.As(w.team).Get(path)
		for name, c := range map[string]struct {
			field, value, fault string
		}{
			"31 February":       {"starts_at", "31/02/2024 07:00", "Không có ngày này trong lịch"},
			"end before start":  {"ends_at", "2024-06-20T06:00", "Giờ kết thúc phải sau giờ bắt đầu"},
			"a point at 0,0":    {"lat", "0", "Thiết bị chưa xác định được vị trí"},
			"no point":          {"lat", "bắc", "Tọa độ phải là số độ"},
			"5,000 letters":     {"place", strings.Repeat("ă", 5000), "tối đa 300 ký tự"},
			"signs only":        {"place", "\u202e!!!", "Hãy ghi địa điểm bằng chữ"},
			"minus five people": {"expected", "-5", "số nguyên không âm"},
			"too soon":          {"starts_at", "2024-06-10T10:30", "ít nhất 60 phút"},
			"a strange unit":    {"unit", "khong-co", "Hãy chọn xã, phường"},
		} {
			values := w.planned(page)
			values.Set(c.field, c.value)
			if c.value == "0" {
				values.Set("lon", "0")
			}
			a := w.client.Post(path, values)
			if a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, c.fault) || !strings.Contains(a.Body, `href="#f-`+c.field+`"`) {
				t.Errorf("%s: %d, message there: %v", name, a.Status, strings.Contains(a.Body, c.fault))
			}
			if c.field != "place" && !strings.Contains(a.Body, `value="Bãi biển Thuận An"`) {
				t.Errorf("%s: the form is not filled in", name)
			}
		}
		if all, err := w.Cleanups.Mine(t.Context(), w.team, w.cleanup.Entrant); err != nil || len(all) != 1 {
			t.Errorf("%d clean-ups, %v", len(all), err)
		}
		values := w.planned(page)
		values.Set("id", string(w.cleanup.ID)) // somebody else's, or an older one's
		_, other := w.Team("Đội khác", ward)
		otherPath := "/doi/" + string(other.Represents[0]) + "/ra-quan/moi"
		if a := w.client.As(other).Post(otherPath, values); a.Status < 400 || a.Status >= 500 {
			t.Errorf("somebody else's identifier: %d", a.Status)
		}
		values.Set("id", "1")
		if a := w.client.Post(otherPath, values); a.Status != http.StatusBadRequest {
			t.Errorf("no identifier: %d", a.Status)
		}
	})
}

func TestAttendanceAndCancelling(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		path := "/doi/ra-quan/" + string(w.cleanup.ID)
		w.client.As(w.team)
		list := url.Values{"kind": {"list"}, "attendees": {"Nguyễn Văn A\nBé B, cô giáo C\n\n, không tên"}}
		if a := w.client.Post(path+"/diem-danh", list); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "Dòng này chưa có tên") || !strings.Contains(a.Body, "Bé B, cô giáo C") {
			t.Errorf("a line without a name: %d", a.Status)
		}
		list.Set("attendees", "Nguyễn Văn A\nBé B, cô giáo C\n")
		if a := w.client.Post(path+"/diem-danh", list); a.Status != http.StatusSeeOther {
			t.Errorf("a list: %d", a.Status)
		}
		came, _, err := w.Cleanups.Attendance(t.Context(), w.team, w.cleanup.ID)
		if err != nil || came.Participants() != 2 || came.Attendees[1] != (cleanup.Attendee{Name: "Bé B", Guardian: "cô giáo C"}) {
			t.Errorf("%+v, %v", came, err)
		}
		if page := w.begin(t); !strings.Contains(page.Body, `name="participants"`) || !strings.Contains(page.Body, `value="2"`) {
			t.Error("the report does not propose who came")
		}
		for _, text := range []string{"-1", "abc", "2,5", "99999"} {
			if a := w.client.Post(path+"/diem-danh", url.Values{"kind": {"count"}, "head_count": {text}}); a.Status != http.StatusUnprocessableEntity {
				t.Errorf("%q people: %d", text, a.Status)
			}
		}
		if a := w.client.Post(path+"/huy", url.Values{"reason": {"mưa"}}); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, ">mưa</textarea>") {
			t.Errorf("a short reason: %d", a.Status)
		}
		if a := w.client.Post(path+"/huy", url.Values{"reason": {"Mưa lớn, nước sông lên cao"}}); a.Status != http.StatusSeeOther {
			t.Errorf("cancelling: %d", a.Status)
		}
	})
}

// entered is a registration that is accepted, as the form sends it.
func (w *world) entered(page webtest.Answer) url.Values {
	values := page.Hidden()
	for name, value := range map[string]string{
		"division": "collective", "name": "Đội bờ Bắc", "unit": string(w.Unit(ward)), "members": "15", "full_name": "Lê Thị Thử",
		"birth_date": "12/5/1990", "phone": "0912 345 678", "email": "thu@example.org", "rules": "1",
		"consent.self.participation": "yes",
	} {
		values.Set(name, value)
	}
	return values
}

func (w *world) newcomer() person.Actor {
	return person.NewActor(person.Actor{ID: w.IDs.New(), HomeUnit: w.Unit(ward)}, w.Tree)
}

func TestRegisterOnce(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		path := "/cuoc-thi/" + w.Challenge.Slug + "/dang-ky"
		who := w.newcomer()
		page := w.client.As(who).Get(path)
		if strings.Contains(page.Body, "checkbox\" value=\"yes\" checked") {
			t.Error("a consent is ticked in advance")
		}
		values := w.entered(page)
		for range 2 {
			if a := w.client.Post(path, values); a.Status != http.StatusSeeOther {
				t.Fatalf("%d: %s", a.Status, a.Body)
			}
		}
		mine, err := w.Entrants.Mine(t.Context(), who)
		if err != nil || len(mine) != 1 || mine[0].State != entrant.Submitted || mine[0].Name != "Đội bờ Bắc" {
			t.Errorf("%+v, %v", mine, err)
		}
		// The same name in the same unit is asked about once.
		again := w.entered(w.client.As(w.newcomer()).Get(path))
		again.Set("name", "\u0110o\u0323\u0302i bo\u031b\u0300 Ba\u0306\u0301c") // typed on a phone that decomposes
		if a := w.client.Post(path, again); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "đã có đăng ký cùng tên") {
			t.Errorf("the same name: %d", a.Status)
		}
		again.Set("not_duplicate", "yes")
		if a := w.client.Post(path, again); a.Status != http.StatusSeeOther {
			t.Errorf("another team of the name: %d", a.Status)
		}
	})
}

func TestRegisterBadInput(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		path := "/cuoc-thi/" + w.Challenge.Slug + "/dang-ky"
		who := w.newcomer()
		page := w.client.As(who).Get(path)
		for name, c := range map[string]struct {
			field, value, fault string
		}{
			"5,000 letters":     {"name", strings.Repeat("Đ", 5000), "tối đa 150 ký tự"},
			"emoji only":        {"name", "🎉🎉", "ít nhất một chữ cái"},
			"markup":            {"email", "<script>alert(1)</script>", "Địa chỉ thư điện tử chưa đúng"},
			"31 February":       {"birth_date", "31/02/1990", "Không có ngày này trong lịch"},
			"born tomorrow":     {"birth_date", "2024-06-30", "không thể ở tương lai"},
			"a short phone":     {"phone", "12", "Số điện thoại chưa đúng"},
			"no rules":          {"rules", "", "Hãy đọc và chấp nhận thể lệ"},
			"other rules":       {"rules", "7", "Thể lệ đã có bản mới"},
			"no consent":        {"consent.self.participation", "", "Cần đánh dấu đồng ý"},
			"minus members":     {"members", "-5", "số nguyên không âm"},
			"no unit":           {"unit", "", "Hãy chọn đơn vị"},
			"a strange one":     {"division", "robots", "Hãy chọn hạng mục"},
			"a child by itself": {"birth_date", "2014-01-01", "Chưa nhập nội dung này"},
		} {
			values := w.entered(page)
			values.Set(c.field, c.value)
			a := w.client.Post(path, values)
			if a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, c.fault) {
				t.Errorf("%s: %d, message there: %v", name, a.Status, strings.Contains(a.Body, c.fault))
			}
			if !strings.Contains(a.Body, `value="Lê Thị Thử"`) || strings.Contains(a.Body, "<script>alert") {
				t.Errorf("%s: the form is not filled in, or not safely", name)
			}
		}
		if mine, err := w.Entrants.Mine(t.Context(), who); err != nil || len(mine) != 0 {
			t.Errorf("%d entrants, %v", len(mine), err)
		}
	})
}

func TestOneNextStep(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		w.client.As(w.team)
		mine := func() string { return w.client.Get("/doi").Body }
		if body := mine(); !strings.Contains(body, "Viết báo cáo buổi ra quân “Bãi bồi ven sông” trước") || strings.Count(body, `class="alert `) != 1 {
			t.Error("the report is not the next step")
		}
		w.Clock.Set(w.cleanup.EndsAt.Add(80 * time.Hour).Time) // too late for it
		if !strings.Contains(mine(), "Công bố một buổi ra quân") {
			t.Error("announcing is not the next step")
		}
		w.Clock.Set(clock.Date(2024, time.August, 1, 8, 0).Time)
		if !strings.Contains(mine(), "Không còn việc gì phải làm") {
			t.Error("there is something left to do")
		}
		waiting := w.newcomer()
		w.Clock.Set(clock.Date(2024, time.June, 12, 8, 0).Time)
		e, err := w.Entrants.Register(t.Context(), waiting, entrant.RegisterInput{
			ID: w.IDs.New(), Challenge: w.Challenge.ID, Division: challenge.Collective, Name: "Đội chờ", Unit: w.Unit(ward), Members: 5,
			FullName: "Lê Văn Chờ", BirthDate: "1990-02-03", Phone: "0912 345 678", Email: "cho@example.org", Rules: 1,
			Consents: []entrant.ConsentInput{{Giver: entrant.Self, Purpose: entrant.Participation}},
		})
		if err != nil {
			t.Fatal(err)
		}
		waiting.Represents = []ident.ID{e.ID}
		if body := w.client.As(waiting).Get("/doi").Body; !strings.Contains(body, "Chờ ban tổ chức duyệt") {
			t.Error("waiting is not the next step")
		}
	})
}

func TestWithdraw(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		path := "/doi/" + string(w.cleanup.Entrant)
		if a := w.client.As(w.team).Get(path); a.Status != http.StatusOK || !strings.Contains(a.Body, "Rút đăng ký") {
			t.Errorf("the team's page: %d", a.Status)
		}
		if a := w.client.Post(path+"/rut", url.Values{}); a.Status != http.StatusSeeOther {
			t.Errorf("withdrawing: %d", a.Status)
		}
		if e, err := w.Entrants.Find(t.Context(), w.DB, w.cleanup.Entrant); err != nil || e.State != entrant.Withdrawn {
			t.Errorf("%s, %v", e.State, err)
		}
	})
}
