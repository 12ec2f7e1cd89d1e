package reporting_test

import (
	"net/http"
	"net/url"
	"testing"
)

// What was done for a challenge, and for no letter, is noted of the challenge.
func TestAnActivityIsNotedOfAChallenge(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		about := "cuoc-thi." + string(w.Challenge.ID)
		w.see(t, wardClerk, "/don-vi/bao-cao/hoat-dong?don-vi="+w.ward, http.StatusOK, `value="`+about+`"`, "(không theo văn bản)", w.Letter.Symbol())
		note := url.Values{
			"id": {string(w.IDs.New())}, "don-vi": {w.ward}, "van-ban": {about}, "kind": {"meeting"}, "day": {"2024-06-05"}, "place": {"Nhà văn hóa"}, "people": {"40"},
		}
		if code, _, _ := w.do(wardClerk, http.MethodPost, "/don-vi/bao-cao/hoat-dong", note); code != http.StatusSeeOther {
			t.Fatalf("noting: %d", code)
		}
		all, err := w.Progress.Activities(t.Context(), w.people[wardClerk], w.Of("20011").ID, 5)
		w.Must(err)
		if len(all) != 1 || all[0].Challenge != w.Challenge.ID || all[0].Letter != "" || all[0].People != 40 {
			t.Errorf("noted %+v", all)
		}
		note.Set("id", string(w.IDs.New()))
		note.Set("van-ban", "cuoc-thi."+string(w.IDs.New()))
		if code, _, _ := w.do(wardClerk, http.MethodPost, "/don-vi/bao-cao/hoat-dong", note); code != http.StatusNotFound {
			t.Errorf("of no challenge: %d", code)
		}
	})
}
