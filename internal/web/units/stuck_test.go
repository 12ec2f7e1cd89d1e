package units_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
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
			"Nhắc 11/6/2024", "Thu hồi, gửi bằng cách khác", "/thu-hoi")
		w.get(townClerk, "/don-vi").want(t, "desk", 200, "Đơn vị chậm", at)

		hand := between(t, page.Body, `href="/don-vi/vuong-mac/don-doc?`, `"`)
		form := w.get(townClerk, "/don-vi/vuong-mac/don-doc?"+hand)
		form.want(t, "form", 200, "Phường Tứ Hạ", "Lời đôn đốc")
		values := values("id", hidden(t, form.Raw, "id"), "don-vi", string(w.Town.ID), "ban-gui", string(sent[0]), "words", "")
		w.post(townClerk, "/don-vi/vuong-mac/don-doc", values).want(t, "no words", 422, "Hãy ghi lời đôn đốc", "Phường Tứ Hạ")
		values.Set("words", "Đề nghị tiếp nhận sáng nay.")
		values["trong"], values["ban-gui"] = values["ban-gui"], nil
		none := w.post(townClerk, "/don-vi/vuong-mac/don-doc", values)
		none.want(t, "all are taken out", 422, "Chọn ít nhất một đơn vị", "Đề nghị tiếp nhận sáng nay.", "Phường Tứ Hạ")
		if len(checked(none.Raw, "ban-gui")) > 0 || !strings.Contains(none.Raw, `href="#f-ban-gui"`) {
			t.Error("who was taken out is chosen again, or the mistake does not stand at the units")
		}
		values.Set("ban-gui", string(sent[0]))
		w.post(otherClerk, "/don-vi/vuong-mac/don-doc", values).want(t, "another ward urges", 403)
		values.Add("ban-gui", string(sent[1]))
		urged := w.post(townClerk, "/don-vi/vuong-mac/don-doc", values)
		urged.leads(t, "urge", at)
		w.then(townClerk, urged).want(t, "who was urged and who was not", 200, "Đã đôn đốc 1 đơn vị. Không có ai để gửi thư, hãy gọi điện hoặc gửi văn bản giấy: Thị đoàn Hương Trà.")
		w.get(townClerk, at).want(t, "urged", 200, "Đôn đốc trực tiếp 11/6/2024", "Gọi ")
		again := w.post(townClerk, "/don-vi/vuong-mac/don-doc", values)
		again.leads(t, "urge again", at)
		w.then(townClerk, again).want(t, "urged again", 200, "Đã được đôn đốc trực tiếp hôm nay, không gửi lại: Phường Tứ Hạ, Thị đoàn Hương Trà.")
		w.get(townClerk, "/don-vi/vuong-mac/don-doc?don-vi="+string(w.Town.ID)+"&ban-gui="+string(sent[0])+"&ban-gui="+string(w.IDs.New())).
			want(t, "one is not there", 200, "Không gửi cho tất cả đơn vị đã chọn", "1 bản gửi do đơn vị khác đôn đốc.", "Lời đôn đốc")
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

// What was refused is on the desk and on the page of what is stuck, with its reason and both answers.
func TestWhatWasRefusedIsAnswered(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at, _ := w.arrived(t)
		stuck, end := "/don-vi/vuong-mac?don-vi="+string(w.Town.ID), at+"/khep-lai"
		w.get(townClerk, end).want(t, "nobody refused", 409)
		if strings.Contains(w.get(townClerk, "/don-vi").Body, "Bị từ chối") {
			t.Error("the desk counts what nobody refused")
		}
		w.post(wardClerk, at+"/tu-choi", values("reason", "Không thuộc <b>địa bàn</b>")).leads(t, "refuse", at)
		w.get(townClerk, "/don-vi").want(t, "desk", 200, "Bị từ chối", stuck)
		w.get(townClerk, stuck).want(t, "stuck", 200, "Đơn vị từ chối, chờ trả lời", "Lý do: Không thuộc", at+"/gui-lai", end, "Từ chối văn bản")
		w.get(townClerk, at).want(t, "the dispatch", 200, at+"/gui-lai", end)
		for _, who := range []string{wardClerk, otherClerk} {
			w.get(who, end).want(t, who, 403)
			w.post(who, end, nil).want(t, who, 403)
		}
		if strings.Contains(w.get(wardClerk, at).Body, end) {
			t.Error("who refused may close the matter")
		}
		w.get(townClerk, end).want(t, "the form", 200, "Khép lại việc từ chối", "phường Tứ Hạ")
		w.post(townClerk, end, nil).leads(t, "close", at)
		w.post(townClerk, end, nil).leads(t, "close again", at)
		w.get(townClerk, stuck).want(t, "closed", 200, "Không đơn vị nào chậm")
		if strings.Contains(w.get(townClerk, "/don-vi").Body, "Bị từ chối") {
			t.Error("the desk counts what was closed")
		}
		w.get(townClerk, at).want(t, "it may still be sent again", 200, at+"/gui-lai")
	})
}

func TestRulesOfALetterAreChanged(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		path := w.letterOf(t, w.sentTo(t, w.ward)[0]) + "/don-doc/quy-tac"
		page := w.get(townClerk, path)
		page.want(t, "rules", 200, "Đôn đốc khi chưa tiếp nhận văn bản", `name="publicise.within"`)
		form := values("version", hidden(t, page.Raw, "version"))
		page.want(t, "rules of single duties", 200, "Đôn đốc khi việc định kỳ đến ngày mà chưa thực hiện", "Nhắc trước hạn", "Báo lãnh đạo sau hạn", "Nhắc người được giao sau")
		if strings.Contains(page.Raw, `name="part.superior"`) {
			t.Error("a letter can be asked for about the part of a person")
		}
		for _, cause := range []string{"receive", "assign", "start", "publicise", "entrant", "turn", "quota", "part", "duty", "finish", "report"} {
			for _, name := range []string{"within", "leader", "superior"} {
				form.Set(cause+"."+name, "2") // that of part.superior is not read
			}
		}
		for field, bad := range map[string]string{"turn.within": "-1", "quota.within": "61", "quota.superior": "", "part.leader": "mai", "part.within": "99999999999999999999"} {
			good := form.Get(field)
			form.Set(field, bad)
			w.post(townClerk, path, form).want(t, field+" "+bad, 422, `name="`+field+`"`, bad)
			form.Set(field, good)
		}
		form.Set("receive.within", "hai")
		w.post(townClerk, path, form).want(t, "no number", 422, "Nhập một số ngày", "hai")
		form.Set("receive.within", "999")
		w.post(townClerk, path, form).want(t, "too many days", 422, "từ 0 đến 60")
		form.Set("receive.within", "4")
		form.Set("receive.on", "1")
		form.Set("quota.on", "1")
		w.post(townClerk, path, form).leads(t, "save", strings.TrimSuffix(path, "/quy-tac"))
		saved := w.get(townClerk, path)
		if n := strings.Count(saved.Raw, " checked"); n != 2 {
			t.Errorf("%d rules are on, want those that were ticked", n)
		}
		w.get(townClerk, strings.TrimSuffix(path, "/quy-tac")).want(t, "the rules in force", 200, "Chưa đủ số lượng", "2 ngày làm việc trước hạn", "Không nhắc")
		form.Set("receive.within", "5")
		w.post(townClerk, path, form).want(t, "an older version", 409, "Người khác vừa sửa quy tắc")
	})
}

// Sundays that went by, a number that is not reached and the part of a person stand on the pages with their reason: the part on
// that of the unit itself only.
func TestStuckDutiesAndWhy(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.Official(t, "clerk@example.vn", person.Clerk, w.ward)
		officer := w.Official(t, "officer@example.vn", person.Board, w.ward)
		result, err := w.Cascade.Send(t.Context(), w.people[townClerk], cascade.SendInput{Letter: w.Counted(t).ID, To: cascade.Recipients{Units: w.idsOf(w.ward)}})
		if err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		sent := result.Dispatches[0]
		at := "/don-vi/ban-gui/" + string(sent.ID)
		w.post(wardClerk, at+"/tiep-nhan", nil).leads(t, "receive", at)
		_, err = w.Cascade.Split(t.Context(), w.people[wardLeader], cascade.SplitInput{
			Dispatch: sent.ID, Duty: 2, People: []cascade.PersonPart{{Person: officer.ID, Deadline: clock.Date(2024, time.June, 12, 17, 0)}},
		})
		if err != nil {
			t.Fatal(err)
		}
		w.Day(t, 18, 8)
		if _, err := w.Cascade.Tick(t.Context(), w.people[wardClerk], cascade.TickInput{Dispatch: sent.ID, Duty: 2, Count: 1}); err != nil {
			t.Fatal(err)
		}
		stuck, own := "/don-vi/vuong-mac?don-vi="+string(w.Town.ID), "/don-vi/vuong-mac?don-vi="+string(w.ward.ID)
		page := w.get(townClerk, stuck)
		page.want(t, "before the day", 200, "Chưa phân công người thực hiện", "Nhiệm vụ 1 đã qua 2 Chủ nhật chưa thực hiện: 09/6, 16/6", "Nhiệm vụ 2 mới có 1/3 tác phẩm, hạn 20/6")
		if strings.Count(page.Body, "đã qua 2 Chủ nhật") != 1 || strings.Contains(page.Body, "phần việc của") {
			t.Error("Sundays are said twice, or the part of a person is shown to those above")
		}
		w.get(wardClerk, own).want(t, "the ward's own page", 200, "Phần việc quá hạn của cán bộ trong đơn vị",
			"Phần việc của Nguyễn Văn Mẫu (nhiệm vụ 2) quá hạn 12/6 (4 ngày làm việc, từ 12/6/2024)", "Nhắc 18/6/2024", at+"/nhiem-vu/2", "Xem nhiệm vụ")
		if other := w.get(otherClerk, own); other.Code != http.StatusForbidden {
			t.Errorf("another ward sees who is late: %d", other.Code)
		}
		d, err := w.Cascade.Find(t.Context(), w.DB, sent.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Cascade.Assign(t.Context(), w.people[wardLeader], sent.ID, d.Version, cascade.Instruction{Lead: "Công chức Văn hóa"}); err != nil {
			t.Fatal(err)
		}
		w.post(wardClerk, at+"/bat-dau", nil).leads(t, "start", at)
		for _, day := range []int{9, 16} {
			if _, err := w.Cascade.Tick(t.Context(), w.people[wardClerk], cascade.TickInput{Dispatch: sent.ID, Duty: 1, Count: 1, At: clock.Date(2024, time.June, day, 7, 0)}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.Cascade.Publicise(t.Context(), w.people[wardClerk], cascade.PublicityInput{
			ID: w.IDs.New(), Dispatch: sent.ID, Channel: letter.Loudspeaker, At: clock.Date(2024, time.June, 16, 7, 0), Place: "Cụm loa", Times: 1,
		}); err != nil {
			t.Fatal(err)
		}
		soon := w.get(townClerk, stuck)
		soon.want(t, "nothing is late", 200, "Sắp hết hạn, chưa đủ số lượng", "Nhiệm vụ 2 mới có 1/3 tác phẩm, hạn 20/6 (còn 2 ngày làm việc)", "không tính là chậm")
		w.Day(t, 21, 8)
		w.get(townClerk, stuck).want(t, "the day has passed", 200, "Chưa đủ số lượng", "Nhiệm vụ 2 mới có 1/3 tác phẩm, hạn 20/6 (1 ngày làm việc, từ 21/6/2024)")
		log := w.letterOf(t, sent.ID) + "/don-doc"
		w.get(townClerk, log).want(t, "log of those above", 200, "Phần việc đã giao (nhiệm vụ 2) quá hạn 12/6", "Nhiệm vụ 1 đã qua 2 Chủ nhật chưa thực hiện: 09/6, 16/6", "Nhiệm vụ 2 mới có 0/3 tác phẩm, hạn 20/6")
		w.get(wardClerk, log).want(t, "log of the ward", 200, "Phần việc của Nguyễn Văn Mẫu (nhiệm vụ 2) quá hạn 12/6", "người được giao phần việc, Phường Tứ Hạ: đã gửi")
		w.get(wardClerk, "/don-vi/vuong-mac?don-vi=khong-co").want(t, "no such unit", 404)
	})
}

// A department that wrote to the town sees what the town passed on: it is led to urge the town, and to no page that it may not open.
func TestStuckBelowAnother(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		const officer = "officer of the department"
		department := w.Unit(t, "46.STTTT")
		w.people[officer] = w.Official(t, "officer@example.vn", person.Clerk, department)
		w.Official(t, "town@example.vn", person.Clerk, w.Town)
		w.Official(t, "clerk@example.vn", person.Clerk, w.ward)
		l, err := w.Letters.Compose(t.Context(), w.people[officer], letter.ComposeInput{
			Issuer: department.ID, Document: lettertest.Document("Thông báo rộng rãi.", "Gửi danh sách."),
		})
		if err != nil {
			t.Fatal(err)
		}
		w.Sign(t, l)
		if l, err = w.Letters.Register(t.Context(), w.people[officer], l.ID); err != nil {
			t.Fatal(err)
		}
		sent, err := w.Cascade.Send(t.Context(), w.people[officer], cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: w.idsOf(w.Town)}})
		if err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		first := sent.Dispatches[0]
		if _, err := w.Cascade.Receive(t.Context(), w.people[townClerk], first.ID); err != nil {
			t.Fatal(err)
		}
		passed, err := w.Cascade.Forward(t.Context(), w.people[townClerk], cascade.ForwardInput{Dispatch: first.ID, To: cascade.Recipients{Units: w.idsOf(w.ward)}})
		if err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		at, hand := "/don-vi/vuong-mac?don-vi="+string(department.ID), "/don-vi/vuong-mac/don-doc?"
		w.Day(t, 10, 8)
		page := w.get(officer, at)
		page.want(t, "the ward is late", 200, "Phường Tứ Hạ", "Đôn đốc Thị xã Hương Trà", "đã chuyển văn bản cho đơn vị này")
		if strings.Contains(page.Body, string(passed.Dispatches[0].ID)+"&don-vi") || strings.Contains(page.Body, `value="`+string(passed.Dispatches[0].ID)+`"`) {
			t.Error("the ward can be chosen by who may not urge it")
		}
		w.get(officer, hand+values("don-vi", string(department.ID), "ban-gui", string(first.ID)).Encode()).want(t, "the form", 200, "Thị xã Hương Trà", "Lời đôn đốc")
		for day := 11; day <= 18; day++ {
			w.Day(t, day, 8)
		}
		page = w.get(officer, at)
		page.want(t, "the town's letter waits", 200, "Dự thảo công văn đôn đốc đang chờ Thị xã Hương Trà ký.", "Đôn đốc Thị xã Hương Trà")
		log := w.get(officer, "/don-vi/cong-van/"+string(l.ID)+"/don-doc")
		log.want(t, "the log", 200, "Dự thảo công văn đôn đốc đang chờ Thị xã Hương Trà ký.")
		if strings.Contains(page.Body+log.Body, "/don-vi/soan-thao/") {
			t.Error("the department is led to the town's draft")
		}
		own := w.get(townClerk, "/don-vi/vuong-mac?don-vi="+string(w.Town.ID))
		own.want(t, "the town opens its letter, or urges meanwhile", 200, "Mở dự thảo công văn", "/don-vi/soan-thao/", `value="`+string(passed.Dispatches[0].ID)+`"`)
	})
}
