package publicity_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"sachhon/internal/publicity"
	"sachhon/internal/testkit/apptest"
)

// A letter about a challenge is all that a unit needs: while nobody above has written a campaign, everything is made of what the
// challenge says of itself, and nothing is stored as anybody's words.
func TestAPackageIsReadyAsSoonAsTheLetterHasCome(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.do("DELETE FROM campaign")
		unit, _, _ := strings.Cut(w.pack, "/"+apptest.Slug)
		for _, path := range []string{unit, unit + "?cuoc-thi=" + string(w.Challenge.ID)} {
			if to := w.get("clerk", path, 303).Header().Get("Location"); to != w.pack {
				t.Errorf("%s leads to %s", path, to)
			}
		}
		w.get("clerk", w.pack, 200, "Chưa có đơn vị cấp trên nào soạn", "Theo thể lệ cuộc thi", "Soạn riêng cho đơn vị mình")
		for _, path := range []string{"/bang-tin/tep/a4.pdf", "/bang-tin/tep/a3.pdf", "/cuoc-hop/tep/trinh-chieu.pdf"} {
			if body := w.get("clerk", w.pack+path, 200).Body; !bytes.HasPrefix(body.Bytes(), []byte("%PDF-")) {
				t.Errorf("%s is no PDF", path)
			}
		}
		w.get("clerk", w.pack+"/phat-thanh/tep/kich-ban.txt", 200, "Kính thưa")
		w.get("clerk", unit+"/chuong-trinh", 200, "Một tháng sạch hơn")

		w.post("clerk", w.pack+"/bang-tin/xac-nhan", filled(w.get("clerk", w.pack+"/bang-tin", 200, "Xác nhận đã làm")), 303)
		play := filled(w.get("clerk", w.pack+"/phat-thanh", 200))
		play.Set("result", "played")
		w.post("clerk", w.pack+"/phat-thanh/nhat-ky", play, 303)
		held := filled(w.get("clerk", w.pack+"/cuoc-hop", 200))
		held.Set("present", "45")
		w.post("clerk", w.pack+"/cuoc-hop/cuoc-hop", held, 303)
		w.reword(publicity.Sheet, "headline", "Tứ Hạ xanh", 0)
		w.post("clerk", w.pack+"/bai-viet/cong-khai", map[string][]string{"public": {"1"}}, 303)
		public := "/cuoc-thi/" + apptest.Slug + "/tin/" + apptest.Ward
		for _, path := range []string{public, public + "/nhung", public + "/tin.atom"} {
			w.get("nobody", path, 200, "Phường Tứ Hạ hưởng ứng")
		}
		if n := len(w.records()); n != 3 {
			t.Errorf("%d records", n)
		}
		kept := func() {
			t.Helper()
			w.get("clerk", w.pack+"/phat-thanh", 200, play.Get("device"))
			w.get("clerk", w.pack+"/cuoc-hop/bien-ban/"+held.Get("id"), 200)
			w.get("clerk", w.pack+"/bang-tin", 200, "Tứ Hạ xanh")
		}
		kept()
		correct := "/don-vi/ban-gui/" + string(w.Dispatch.ID) + "/minh-chung/" + play.Get("id") + "/sua"
		form := filled(w.get("clerk", correct, 200))
		form.Set("times", "7")
		w.post("clerk", correct, form, 303)
		var stored int
		w.Must(w.DB.Get(t.Context(), &stored, `SELECT count(*) FROM campaign`))
		if stored != 0 {
			t.Errorf("%d campaigns are stored that nobody wrote", stored)
		}
		if told(w.get("clerk", w.pack+"/bang-tin", 200)) {
			t.Error("own words are called old while no campaign took the place of the suggestion")
		}

		w.Clock.Advance(time.Hour)
		town := "/don-vi/tuyen-truyen/" + string(w.Unit(apptest.Town)) + "/" + apptest.Slug
		w.get("town clerk", town+"/noi-dung", 200, "Chưa có ai soạn")
		w.campaign("town clerk", apptest.Town, "Cả thị xã cùng làm", 303)
		if page := w.get("town clerk", town+"/noi-dung", 200); strings.Contains(page.Body.String(), "Chưa có ai soạn") {
			t.Error("the town is still told that nobody has written one")
		}
		if page := w.get("clerk", w.pack, 200, "Cả thị xã cùng làm"); strings.Contains(page.Body.String(), "Theo thể lệ cuộc thi") {
			t.Error("the suggestion still speaks beside the town's campaign")
		}
		w.get("nobody", public, 200, "Cả thị xã cùng làm")
		kept()
		if !told(w.get("clerk", w.pack+"/bang-tin", 200)) {
			t.Error("nobody is told that the town's campaign took the place of the suggestion")
		}
	})
}
