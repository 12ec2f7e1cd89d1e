package units_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
)

func TestClerkWorksThroughADispatch(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at, _ := w.arrived(t)
		w.get(wardClerk, "/don-vi").want(t, "desk", 200, "Ủy ban nhân dân phường Tứ Hạ", "Cần tiếp nhận", at)
		w.get(wardClerk, "/don-vi/"+string(w.ward.ID)).want(t, "inbox", 200, at)
		w.get(wardClerk, at).want(t, "arrived", 200, at+"/tiep-nhan", at+"/tu-choi", "Tiếp nhận và vào sổ")

		for range 2 { // pressed twice
			w.post(wardClerk, at+"/tiep-nhan", nil).leads(t, "receive", at)
		}
		w.get(wardClerk, at).want(t, "received", 200, "1/2024", at+"/trinh")
		w.post(wardClerk, at+"/trinh", nil).leads(t, "present", at)
		w.get(wardLeader, at).want(t, "presented", 200, at+"/phan-cong")

		form := values("version", "0", "lead", "Công chức Văn hóa", "cooperators", "Đoàn phường\nHội Phụ nữ", "deadline", "31/02/2024 17:00")
		w.post(wardLeader, at+"/phan-cong", form).want(t, "31/02", 422, "Công chức Văn hóa", "Hội Phụ nữ", "31/02/2024 17:00")
		form.Set("deadline", "2024-06-20T17:00")
		stale := w.post(wardLeader, at+"/phan-cong", form)
		stale.want(t, "another version", 409, "Công chức Văn hóa", "Người khác vừa cập nhật")
		form.Set("version", hidden(t, stale.Raw, "version"))
		w.post(wardLeader, at+"/phan-cong", form).leads(t, "assign", at)

		w.get(wardClerk, at).want(t, "assigned", 200, "Hội Phụ nữ", at+"/bat-dau")
		w.post(wardClerk, at+"/bat-dau", nil).leads(t, "start", at)
		w.post(wardClerk, at+"/nhiem-vu/1", values("done", "1", "note", "Đã phát thanh")).leads(t, "duty", at+"#duties")
		w.get(wardClerk, at).want(t, "one duty done", 200, "Đã phát thanh", "Ghi lần tuyên truyền đầu tiên")
		w.post(wardClerk, at+"/nhiem-vu/9", values("done", "1")).want(t, "no such duty", 404)
		w.post(wardClerk, at+"/hoan-thanh", values("outcome", "")).want(t, "open duty", 422, "Còn 1 nhiệm vụ chưa xong")
		w.post(wardClerk, at+"/hoan-thanh", values("outcome", "Nhiệm vụ 2 làm trong tháng 7")).leads(t, "complete", at)
		w.get(wardClerk, at).want(t, "completed", 200, "Nhiệm vụ 2 làm trong tháng 7", "Hoàn thành")
		late := w.post(wardClerk, at+"/tu-choi", values("reason", "Nhầm"))
		late.want(t, "refusing what is done", 409, "Văn bản đã chuyển sang bước khác")
	})
}

func TestRefusedWithReason(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at, _ := w.arrived(t)
		w.post(wardClerk, at+"/tu-choi", values("reason", " ")).want(t, "no reason", 422, "Hãy ghi lý do")
		w.post(wardClerk, at+"/tu-choi", values("reason", "<script>alert(1)</script> nhầm đơn vị")).leads(t, "refuse", at)
		page := w.get(wardClerk, at)
		page.want(t, "refused", 200, "nhầm đơn vị")
		if strings.Contains(page.Raw, "<script>alert") {
			t.Error("the reason is markup")
		}
		w.post(wardClerk, at+"/tiep-nhan", nil).want(t, "receiving what was refused", 409, "Văn bản đã chuyển sang bước khác")
	})
}

// A leader chooses a colleague who leads, or names somebody.
func TestAColleagueLeads(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		officer := w.Official(t, "officer@example.vn", person.Board, w.ward)
		at, _ := w.arrived(t)
		w.post(wardClerk, at+"/tiep-nhan", nil).leads(t, "receive", at)
		page := w.get(wardLeader, at+"/phan-cong")
		page.want(t, "form", 200, "Người chủ trì trong đơn vị", `<option value="`+string(officer.ID)+`">Nguyễn Văn Mẫu</option>`)
		form := values("version", hidden(t, page.Raw, "version"), "leadId", "", "lead", "")
		w.post(wardLeader, at+"/phan-cong", form).want(t, "nobody", 422, "Hãy ghi người hoặc bộ phận chủ trì")
		form.Set("leadId", string(w.IDs.New()))
		w.post(wardLeader, at+"/phan-cong", form).want(t, "a stranger", 422, "Người này không giữ vai trò nào")
		form.Set("leadId", string(officer.ID))
		w.post(wardLeader, at+"/phan-cong", form).leads(t, "assign", at)
		w.get(wardLeader, at).want(t, "assigned", 200, "Nguyễn Văn Mẫu")
		page = w.get(wardLeader, at+"/phan-cong")
		page.want(t, "again", 200, `<option value="`+string(officer.ID)+`" selected>`)
		form = values("version", hidden(t, page.Raw, "version"), "leadId", string(officer.ID), "lead", "Tổ dân phố 3") // typed over the choice
		w.post(wardLeader, at+"/phan-cong", form).leads(t, "assign anew", at)
		w.get(wardLeader, at).want(t, "assigned anew", 200, "Tổ dân phố 3")
		if page := w.get(wardLeader, at+"/phan-cong"); strings.Contains(page.Raw, `<option value="`+string(officer.ID)+`" selected>`) {
			t.Error("the colleague still leads")
		}
	})
}

func TestSentAgainToWhoRefused(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at, _ := w.arrived(t)
		again := at + "/gui-lai"
		w.post(townClerk, again, values("words", "")).want(t, "nobody refused", 409, "Đơn vị vẫn đang giữ văn bản này")
		w.post(wardClerk, at+"/tu-choi", values("reason", "Nhầm đơn vị")).leads(t, "refuse", at)
		w.get(townClerk, at).want(t, "the sender's view", 200, again, "Nhầm đơn vị", "Gửi lại")
		if strings.Contains(w.get(wardClerk, at).Body, again) {
			t.Error("the receiver may send it to itself")
		}
		w.get(wardClerk, again).want(t, "the receiver's form", 403)
		w.get(townClerk, again).want(t, "the form", 200, "Lời nhắn kèm theo")
		w.post(townClerk, again, values("words", "Vẫn là địa bàn của phường", "due", "2001-01-01T00:00")).want(t, "a day gone by", 422, "Vẫn là địa bàn của phường")
		sent := w.post(townClerk, again, values("words", "Vẫn là địa bàn của phường"))
		sent.want(t, "sent again", 303)
		next := sent.Location
		if next == at || w.post(townClerk, again, values("words", "")).Location != next {
			t.Errorf("sent again leads to %s", next)
		}
		w.Drain(t)
		w.get(wardClerk, next).want(t, "at the ward", 200, "Vẫn là địa bàn của phường", next+"/tiep-nhan")
		w.get(wardClerk, at).want(t, "the first", 200, "Văn bản này đã được gửi lại", `href="`+next+`"`)
		if strings.Contains(w.get(townClerk, at).Body, again) {
			t.Error("it is offered a third time")
		}
	})
}

func TestPublicityWithProof(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at, _ := w.arrived(t)
		w.post(wardClerk, at+"/tiep-nhan", nil).leads(t, "receive", at)
		w.Clock.Advance(time.Hour)
		var photo bytes.Buffer
		if err := png.Encode(&photo, image.NewRGBA(image.Rect(0, 0, 8, 8))); err != nil {
			t.Fatal(err)
		}
		path := at + "/tuyen-truyen"
		page := w.get(wardClerk, path)
		page.want(t, "form", 200, `enctype="multipart/form-data"`)
		form := values("id", hidden(t, page.Raw, "id"), "duty", "1", "channel", "loudspeaker", "at", "2024-06-06T08:30", "place", "", "times", "3", "people", "1.200", "note", "Ghi chú giữ lại")

		w.upload(t, wardClerk, path, form, "loa.png", photo.Bytes()).want(t, "no place", 422, "Hãy ghi địa điểm", "Ghi chú giữ lại", "Hãy chọn lại tệp")
		form.Set("place", "Cụm loa tổ 3")
		w.upload(t, wardClerk, path, form, "loa.jpg", []byte("this is a text")).want(t, "a text named .jpg", 415, "Chỉ nhận ảnh", "Cụm loa tổ 3")
		w.upload(t, wardClerk, path, form, "to.jpg", make([]byte, 26<<20)).want(t, "26 MB", 413, "tối đa 25 MB", "Cụm loa tổ 3")
		form.Set("at", "31/02/2024 08:00")
		w.upload(t, wardClerk, path, form, "loa.png", photo.Bytes()).want(t, "31/02", 422, "31/02/2024 08:00")
		form.Set("at", "2024-06-06T08:30")
		for range 2 { // the answer was lost
			w.upload(t, wardClerk, path, form, "loa tổ 3.png", photo.Bytes()).leads(t, "publicise", at)
		}
		shown := w.get(wardClerk, at)
		shown.want(t, "record", 200, "Cụm loa tổ 3", "3 lần", "1.200 người", "loa tổ 3.png")
		if n := strings.Count(shown.Raw, `class="record"`); n != 1 {
			t.Errorf("%d records, want one", n)
		}
		proof := between(t, shown.Raw, `class="file" href="`, `"`)
		for who, kind := range map[string]string{wardClerk: "image/png", townClerk: "image/jpeg"} { // others get its pixels alone
			file := w.get(who, proof)
			if file.Code != 200 || file.Raw == photo.String() != (who == wardClerk) || file.Header.Get("Content-Type") != kind ||
				!strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") {
				t.Errorf("proof for %s: %d, %v", who, file.Code, file.Header)
			}
		}
		w.upload(t, wardClerk, path, form, "rong.png", nil).want(t, "an empty file", 422, "Tệp đã chọn trống", "Cụm loa tổ 3")
		w.get(otherClerk, proof).want(t, "somebody else's proof", 403)
	})
}

func TestForwardToSubordinatesOnly(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		union, branch := w.Unit(t, "480.DTN"), w.Tree.Subordinates(w.Unit(t, "480.DTN").ID)
		if len(branch) == 0 {
			t.Fatal("the town's Youth Union has no branches")
		}
		w.people["union clerk"] = w.Actor("clerk", union)
		l := w.Registered(t, lettertest.Text("", "Tham gia Thử thách làm sạch, diễn ra từ ngày 01/6/2024 đến hết ngày 29/6/2024."))
		result, err := w.Cascade.Send(t.Context(), w.Actor("clerk", w.Town), cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{union.ID}}})
		if err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		sent := result.Dispatches
		at := "/don-vi/ban-gui/" + string(sent[0].ID)
		w.post("union clerk", at+"/tiep-nhan", nil).leads(t, "receive", at)
		w.get("union clerk", at+"/chuyen-tiep").want(t, "form", 200, branch[0].FullName)
		w.post("union clerk", at+"/chuyen-tiep", nil).want(t, "nobody chosen", 422)
		w.post("union clerk", at+"/chuyen-tiep", url.Values{"units": {string(w.ward.ID)}}).want(t, "not below", 422, "không trực thuộc")
		for range 2 {
			w.post("union clerk", at+"/chuyen-tiep", url.Values{"units": {string(branch[0].ID)}, "words": {"Đoàn cơ sở triển khai"}}).leads(t, "forward", at)
		}
		w.get("union clerk", at).want(t, "forwarded", 200, branch[0].FullName, "/theo-doi?don-vi="+string(union.ID))

		sheet := w.get(townClerk, "/don-vi/cong-van/"+string(sent[0].LetterID)+"/theo-doi?don-vi="+string(w.Town.ID)+"&dang=xlsx")
		f, err := excelize.OpenReader(strings.NewReader(sheet.Raw))
		if sheet.Code != 200 || err != nil {
			t.Fatalf("the board as a sheet: %d, %v", sheet.Code, err)
		}
		defer f.Close()
		rows, err := f.GetRows(f.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		head := slices.IndexFunc(rows, func(r []string) bool { return len(r) > 0 && r[0] == "Đơn vị" })
		if head < 0 || len(rows) != head+3 || rows[head+1][0] != union.FullName || rows[head+1][2] != "Đã tiếp nhận" || rows[head+2][0] != "    "+branch[0].FullName || rows[head+2][1] != "2" {
			t.Errorf("the sheet: %q", rows)
		}
		// The days of each unit add up to those of the challenge, which the page shows tier by tier.
		lost := slices.Index(rows[head], "Số ngày đã mất")
		if lost < 0 || len(rows[head]) != lost+6 || rows[head][lost+5] != "Ngày mất: Còn lại để người dân tham gia" {
			t.Fatalf("the days lost: %q", rows[head])
		}
		for _, row := range rows[head+1:] {
			days := [6]int{}
			for i, cell := range row[lost:] {
				if days[i], err = strconv.Atoi(cell); err != nil {
					t.Fatal(err)
				}
			}
			if days[0] != days[1]+days[2]+days[3]+days[4] || days[0]+days[5] != 29 {
				t.Errorf("%s: %v", row[0], days)
			}
		}
		board := w.get(townClerk, "/don-vi/cong-van/"+string(sent[0].LetterID)+"/theo-doi?don-vi="+string(w.Town.ID))
		board.want(t, "the page", 200, "Số ngày của cuộc thi đã mất ở từng cấp", "trong 29 ngày của cuộc thi", "Còn lại để người dân tham gia")
		w.get(otherClerk, "/don-vi/cong-van/"+string(sent[0].LetterID)+"/theo-doi?don-vi="+string(w.Town.ID)+"&dang=xlsx").want(t, "by somebody else", 403)
	})
}

func TestStrangersStayOut(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at, d := w.arrived(t)
		board := "/don-vi/cong-van/" + string(d.LetterID) + "/theo-doi?don-vi=" + string(w.Town.ID)
		for _, path := range []string{"/don-vi", "/don-vi/" + string(w.ward.ID), at, at + "/van-ban", at + "/tuyen-truyen", board} {
			if a := w.get(nobody, path); a.Code != http.StatusSeeOther || !strings.HasPrefix(a.Location, "/dang-nhap") {
				t.Errorf("GET %s by nobody: %d", path, a.Code)
			}
			w.get(citizen, path).want(t, "GET "+path+" by a citizen", 403)
		}
		for _, path := range []string{"/don-vi/" + string(w.ward.ID), at, at + "/van-ban", board, "/don-vi/cong-van?don-vi=" + string(w.Town.ID)} {
			w.get(otherClerk, path).want(t, "GET "+path+" by another ward's clerk", 403)
		}
		w.post(otherClerk, at+"/tiep-nhan", nil).want(t, "receiving another's letter", 403)
		w.get(townClerk, at).want(t, "the sender reads it", 200)
		for _, path := range []string{"/don-vi/x", "/don-vi/ban-gui/x", "/don-vi/ban-gui/01900000-0000-7000-8000-000000000001", "/don-vi/cong-van/x", "/don-vi/cong-van?don-vi=x"} {
			w.get(townClerk, path).want(t, "GET "+path, 404)
		}
		w.get(otherClerk, "/don-vi/cong-van").want(t, "without a unit it is one's own", 200, w.other.Organ())
	})
}

func TestInboxIsFiltered(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at, _ := w.arrived(t)
		inbox := "/don-vi/" + string(w.ward.ID)
		w.get(wardClerk, inbox+"?xem=can-nhan&tim=HUONG+ung").want(t, "found without accents", 200, at)
		for _, query := range []string{"?xem=da-xong", "?xem=qua-han", "?tim=khong+co", "?tu=x"} {
			if a := w.get(wardClerk, inbox+query); a.Code != 200 || strings.Contains(a.Raw, at+`"`) {
				t.Errorf("%s: %d, or the letter is shown", query, a.Code)
			}
		}
		w.Clock.Advance(5 * 24 * time.Hour)
		w.get(wardClerk, inbox+"?xem=qua-han").want(t, "late", 200, at, "Quá hạn tiếp nhận")
	})
}

func hidden(t *testing.T, page, name string) string {
	t.Helper()
	return between(t, page, `name="`+name+`" value="`, `"`)
}

func between(t *testing.T, text, before, after string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, before)
	if !ok {
		t.Fatalf("nothing after %q", before)
	}
	found, _, _ := strings.Cut(rest, after)
	return found
}

// The day of a duty is the one that the letter names, not the midnight at which it ends.
func TestTheDayOfADuty(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		l := w.Registered(t, lettertest.Text("", "Gửi danh sách đội tham gia trước ngày 15/6/2024."))
		sent, err := w.Cascade.Send(t.Context(), w.people[townClerk], cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{w.ward.ID}}})
		if err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		at := "/don-vi/ban-gui/" + string(sent.Dispatches[0].ID)
		for _, page := range []string{at, at + "/nhiem-vu/1"} {
			if a := w.get(wardClerk, page); !strings.Contains(a.Body, "hết ngày 15/6/2024") || strings.Contains(a.Body, "16/6/2024") {
				t.Errorf("%s does not end the duty on its day", page)
			}
		}
	})
}
