package units_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/person"
)

func TestWhatIsStuckAndWhy(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.Official(t, "clerk@example.vn", person.Clerk, w.ward)
		sent := w.sentTo(t, w.ward, w.Unit(t, "480.DTN"))
		at := "/don-vi/vuong-mac?don-vi=" + string(w.Town.ID)
		w.get(townClerk, at).want(t, "nothing is late", 200, "Không đơn vị nào chậm")
		w.Clock.Set(clock.Date(2024, time.June, 11, 8, 0).Time)
		w.Drain(t)
		page := w.get(townClerk, at)
		page.want(t, "stuck", 200, "Không có người để nhắc", "Thị đoàn Hương Trà", "Chưa tiếp nhận", "Phường Tứ Hạ", "Nguyễn Văn Mẫu (Văn thư)",
			"Nhắc 11/6/2024", "Thu hồi, gửi đường khác", "/thu-hoi")
		w.get(townClerk, "/don-vi").want(t, "desk", 200, "Đơn vị chậm", at)

		hand := between(t, page.Body, `href="/don-vi/vuong-mac/don-doc?`, `"`)
		form := w.get(townClerk, "/don-vi/vuong-mac/don-doc?"+hand)
		form.want(t, "form", 200, "Phường Tứ Hạ", "Lời đôn đốc")
		values := values("id", hidden(t, form.Raw, "id"), "don-vi", string(w.Town.ID), "ban-gui", string(sent[0]), "words", "")
		w.post(townClerk, "/don-vi/vuong-mac/don-doc", values).want(t, "no words", 422, "Hãy ghi lời đôn đốc", "Phường Tứ Hạ")
		values.Set("words", "Đề nghị tiếp nhận sáng nay.")
		w.post(otherClerk, "/don-vi/vuong-mac/don-doc", values).want(t, "another ward urges", 403)
		w.post(townClerk, "/don-vi/vuong-mac/don-doc", values).leads(t, "urge", at)
		w.get(townClerk, at).want(t, "urged", 200, "Đôn đốc trực tiếp 11/6/2024", "Gọi ")
		w.post(townClerk, "/don-vi/vuong-mac/don-doc", values).leads(t, "urge again", at)
		w.get(townClerk, "/don-vi/vuong-mac/don-doc?don-vi="+string(w.Town.ID)).want(t, "nobody chosen", 200, "Chưa chọn đơn vị nào")

		log := w.letterOf(t, sent[0]) + "/don-doc"
		w.get(townClerk, log).want(t, "log", 200, "Đề nghị tiếp nhận sáng nay.", "Nhắc bộ phận phụ trách", "đã gửi", "Không có ai để gửi", log+"/quy-tac", "Quy tắc đang áp dụng", "1 ngày làm việc")
		own := w.get(wardClerk, log)
		own.want(t, "the ward sees why it was reminded", 200, "Phường Tứ Hạ")
		if strings.Contains(own.Body, "Thị đoàn") || strings.Contains(own.Body, log+"/quy-tac") {
			t.Error("the ward sees what was about others, or may change the rules")
		}
		for _, path := range []string{at, log, log + "/quy-tac", "/don-vi/vuong-mac/don-doc?don-vi=" + string(w.Town.ID)} {
			w.get(otherClerk, path).want(t, "GET "+path+" by another ward's clerk", 403)
			w.get(citizen, path).want(t, "GET "+path+" by a citizen", 403)
			if a := w.get(nobody, path); a.Code != http.StatusSeeOther {
				t.Errorf("GET %s by nobody: %d", path, a.Code)
			}
		}
	})
}

func TestRulesOfALetterAreChanged(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		path := w.letterOf(t, w.sentTo(t, w.ward)[0]) + "/don-doc/quy-tac"
		page := w.get(townClerk, path)
		page.want(t, "rules", 200, "Đôn đốc khi chưa tiếp nhận văn bản", `name="publicise.within"`)
		form := values("version", hidden(t, page.Raw, "version"))
		for _, cause := range []string{"receive", "assign", "start", "publicise", "entrant", "duty", "finish", "report"} {
			for _, name := range []string{"within", "leader", "superior"} {
				form.Set(cause+"."+name, "2")
			}
		}
		form.Set("receive.within", "hai")
		w.post(townClerk, path, form).want(t, "no number", 422, "Nhập một số ngày", "hai")
		form.Set("receive.within", "999")
		w.post(townClerk, path, form).want(t, "too many days", 422, "từ 0 đến 60")
		form.Set("receive.within", "4")
		form.Set("receive.on", "1")
		w.post(townClerk, path, form).leads(t, "save", strings.TrimSuffix(path, "/quy-tac"))
		saved := w.get(townClerk, path)
		if n := strings.Count(saved.Raw, " checked"); n != 1 {
			t.Errorf("%d rules are on, want the one that was ticked", n)
		}
		form.Set("receive.within", "5")
		w.post(townClerk, path, form).want(t, "an older version", 409, "Người khác vừa sửa quy tắc")
	})
}
