package reporting_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A clerk says to whom a report goes, from those above the unit and beside them.
func TestTheReceiverIsChosenInTheForm(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		office := w.Of("480.VHTT")
		w.see(t, wardClerk, "/don-vi/bao-cao/moi?don-vi="+w.ward+"&van-ban="+string(w.Letter.ID), http.StatusOK,
			`name="noi-nhan"`, "Theo văn bản", office.FullName, string(w.Town.ID))
		id := w.IDs.New()
		values := url.Values{
			"id": {string(id)}, "don-vi": {w.ward}, "van-ban": {string(w.Letter.ID)}, "loai": {"on_demand"}, "tu": {"2024-06-01"}, "den": {"2024-06-06"},
			"noi-nhan": {w.ward},
		}
		code, body, _ := w.do(wardClerk, http.MethodPost, "/don-vi/bao-cao/moi", values)
		if code != http.StatusUnprocessableEntity || !strings.Contains(body, "Chọn một cơ quan ở cấp trên") || !strings.Contains(body, `href="#f-noi-nhan"`) {
			t.Errorf("a report to itself: %d", code)
		}
		values.Set("noi-nhan", "mẫu")
		if code, _, _ := w.do(wardClerk, http.MethodPost, "/don-vi/bao-cao/moi", values); code != http.StatusBadRequest {
			t.Errorf("no unit: %d", code)
		}
		values.Set("noi-nhan", string(office.ID))
		if code, _, _ = w.do(wardClerk, http.MethodPost, "/don-vi/bao-cao/moi", values); code != http.StatusSeeOther {
			t.Fatalf("chosen: %d", code)
		}
		w.see(t, wardClerk, "/don-vi/bao-cao/"+string(id), http.StatusOK, "Phòng Văn hóa và Thông tin thị xã Hương Trà")
	})
}

// The report of a planned round goes to who planned it: the form offers nobody else, and another form a report to somebody else.
func TestThePlannerIsTheReceiverInTheForm(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		plan := url.Values{"don-vi": {string(w.Town.ID)}, "van-ban": {string(w.Letter.ID)}, "tu": {"2024-06-06"}, "den": {"2024-06-30"}, "thu": {"0"}, "han": {"2024-07-03"}}
		if code, _, _ := w.do(townClerk, http.MethodPost, "/don-vi/bao-cao/lich", plan); code != http.StatusSeeOther {
			t.Fatalf("planning: %d", code)
		}
		office := w.Of("480.VHTT")
		form := "/don-vi/bao-cao/moi?don-vi=" + w.ward + "&van-ban=" + string(w.Letter.ID)
		body := w.see(t, wardClerk, form, http.StatusOK, `name="noi-nhan"`, w.Town.Organ(), "Nơi đặt lịch báo cáo", "loai=on_demand")
		if strings.Contains(body, string(office.ID)) || strings.Contains(body, "Theo văn bản") {
			t.Error("somebody else is offered for a planned report")
		}
		w.see(t, wardClerk, form+"&loai=on_demand", http.StatusOK, "Theo văn bản", string(office.ID))
		values := url.Values{
			"id": {string(w.IDs.New())}, "don-vi": {w.ward}, "van-ban": {string(w.Letter.ID)}, "loai": {"final"}, "tu": {"2024-06-06"}, "den": {"2024-06-30"},
			"noi-nhan": {string(office.ID)},
		}
		code, body, _ := w.do(wardClerk, http.MethodPost, "/don-vi/bao-cao/moi", values)
		if code != http.StatusUnprocessableEntity || !strings.Contains(body, "do Ủy ban nhân dân thị xã Hương Trà đặt lịch") || !strings.Contains(body, `href="#f-noi-nhan"`) ||
			strings.Contains(body, string(office.ID)) {
			t.Errorf("a planned report to somebody else: %d", code)
		}
		values.Set("noi-nhan", "")
		if code, _, _ := w.do(wardClerk, http.MethodPost, "/don-vi/bao-cao/moi", values); code != http.StatusSeeOther {
			t.Errorf("to whoever planned it: %d", code)
		}
	})
}
