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
