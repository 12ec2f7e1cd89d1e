package units_test

import (
	"html"
	"net/http"
	"strings"
	"testing"
)

const newDays = `day,kind,name,source,status
2026-01-02,off,Nghỉ hoán đổi với thứ Bảy 10/01/2026,Thông báo mẫu ngày 01/12/2025,
2026-08-22,usual,Không làm bù,Thông báo mẫu ngày 01/12/2025,
2028-01-26,off,Tết Mậu Thân: mồng Một,Thông báo mẫu,unconfirmed
2024-04-30,off,Ngày Chiến thắng,"Bộ luật Lao động 2019, Điều 112",
`

// Everybody who works with deadlines sees which days count; an administrator hands in a file, looks at what it changes and stores
// that.
func TestTheCalendarOfWorkingDays(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		const at = "/don-vi/lich-lam-viec"
		w.get(wardClerk, at).want(t, "this year", 200, "Ngày nghỉ và ngày làm bù", "Thứ Hai 29/4/2024", "Làm bù cho thứ Hai 29/4/2024", "Hoán đổi dịp 30/4", at+"?nam=2027")
		own := w.get(wardClerk, at+"?nam=2026")
		own.want(t, "a year with doubts", 200, "Chưa xác nhận", "Năm 2026 có 10 ngày chưa xác nhận, có thể thay đổi", "Lịch nghỉ Tết Bính Ngọ")
		if strings.Contains(own.Body, "Xem trước thay đổi") || strings.Contains(own.Body, "tải lên lại") {
			t.Error("a clerk is offered, or told, to change the calendar")
		}
		w.get(wardClerk, at+"?nam=2031").want(t, "a year of which nothing is known", 200, "Chưa có ngày nghỉ của năm 2031")
		if file := w.get(wardClerk, at+"/tep?nam=2024"); file.Code != 200 || !strings.Contains(file.Body, "2024-05-04,working,") {
			t.Errorf("the file: %d\n%s", file.Code, file.Body)
		}
		w.get(citizen, at).want(t, "a citizen", 403)
		if a := w.get(nobody, at); a.Code != http.StatusSeeOther {
			t.Errorf("nobody: %d", a.Code)
		}
		w.upload(t, wardClerk, at+"/xem-truoc", nil, "ngay.csv", []byte(newDays)).want(t, "a clerk changes it", 403)
		for _, page := range []string{"/don-vi/vuong-mac?don-vi=" + string(w.Town.ID), w.letterOf(t, w.sentTo(t, w.ward)[0]) + "/don-doc/quy-tac"} {
			w.get(townClerk, page).want(t, page, 200, `href="`+at+`"`)
		}

		w.get(administrator, at+"?nam=2026").want(t, "the administrator", 200, "Xem trước thay đổi", "Thêm hoặc sửa ngày", "tải lên lại")
		w.upload(t, administrator, at+"/xem-truoc", values("nam", "2026"), "ngay.csv", []byte("ngày,loại\n")).want(t, "no such file", 422, "Dòng đầu của tệp phải là")
		w.post(administrator, at+"/xem-truoc", values("nam", "2026")).want(t, "no file", 422, "Dòng đầu của tệp phải là")
		bad := w.upload(t, administrator, at+"/xem-truoc", values("nam", "2026"), "ngay.csv", []byte(newDays+"2028-02-30,off,x,y,\n2028-01-27,off,x,y,maybe\n"))
		bad.want(t, "bad lines", 422, "Tệp có 2 lỗi", "Dòng 6: “2028-02-30” không phải một ngày", "Dòng 7: Không rõ tình trạng “maybe”", "Thứ Sáu 02/01/2026")

		head := w.Log.Head()
		preview := w.upload(t, administrator, at+"/xem-truoc", values("nam", "2026"), "ngay.csv", []byte(newDays))
		preview.want(t, "preview", 200, "Thêm 1 ngày, đổi 1, bỏ 1, giữ nguyên 1. Chưa có gì được lưu.", "Thứ Sáu 02/01/2026", "đối chiếu lại với văn bản của Bộ Nội vụ",
			"Thông báo mẫu ngày 01/12/2025", "Thứ Tư 26/01/2028", "Như tuần thường: Không làm bù", "Lưu các thay đổi này")
		if days, err := w.calendar.Current(t.Context()); err != nil || !days.Working("2026-08-22") || w.Log.Head() != head {
			t.Errorf("the preview changed something: %v", err)
		}
		form := values("version", hidden(t, preview.Raw, "version"), "nam", hidden(t, preview.Raw, "nam"), "days", html.UnescapeString(hidden(t, preview.Raw, "days")))
		w.post(wardClerk, at, form).want(t, "a clerk stores it", 403)
		stored := w.post(administrator, at, form)
		stored.leads(t, "store", at+"?nam=2028")
		w.then(administrator, stored).want(t, "stored", 200, "Đã cập nhật lịch làm việc: thêm 1 ngày, đổi 2 ngày.", "Tết Mậu Thân: mồng Một", "Năm 2028 có 1 ngày chưa xác nhận")
		days, err := w.calendar.Current(t.Context())
		if err != nil || days.Working("2026-08-22") || days.Working("2028-01-26") || w.Log.Head() != head+3 {
			t.Errorf("stored: %d audit entries, %v", w.Log.Head()-head, err)
		}
		if e, _ := days.Entry("2026-01-02"); e.Unconfirmed || e.Source != "Thông báo mẫu ngày 01/12/2025" {
			t.Errorf("confirmed: %+v", e)
		}
		w.post(administrator, at, form).want(t, "what somebody else has changed since", 409, "Người khác vừa đổi lịch làm việc")
		form.Set("version", "x")
		w.post(administrator, at, form).want(t, "no version", 400)
		w.upload(t, administrator, at+"/xem-truoc", nil, "ngay.csv", []byte(newDays)).want(t, "the same file again", 200, "Tệp không đổi gì")
	})
}
