package units_test

import (
	"net/url"
	"strings"
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/challenge/challengetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/testkit"
)

// A further letter about the same challenge, such as changed rules, is offered for everybody who has the first, and sent to
// them in two clicks.
func TestAFurtherLetterGoesToThoseWhoHaveTheFirst(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		contest := challengetest.New(t, db, clk).Announced()
		w := newWorld(t, db, clk)
		clerk := w.people[townClerk]
		first, arrived := w.Sent(t, w.ward, w.other)
		next := w.Issued(t, lettertest.Document("Thể lệ sửa đổi: cộng điểm cho điểm đen."))
		send := "/don-vi/cong-van/" + string(next.ID) + "/gui"
		offer := "/don-vi/cong-van/" + string(first.ID) + "/thay-doi?bang=" + string(next.ID)
		offered := func() bool { return strings.Contains(w.get(townClerk, send).Body, offer) }
		if offered() {
			t.Error("letters about no challenge have to do with each other")
		}
		for _, l := range []letter.Letter{first, next} {
			if _, err := w.Letters.Link(t.Context(), clerk, l.ID, letter.Link{Challenge: contest.ID}); err != nil {
				t.Fatal(err)
			}
		}
		w.get(townClerk, send).want(t, "the page to send it", 200, offer, first.Symbol()+" về cùng cuộc thi đã đến 2 đơn vị")
		page := w.get(townClerk, offer)
		page.want(t, "the form", 200, `value="`+string(next.ID)+`" selected`)
		if !strings.Contains(page.Raw, `value="follow" checked`) {
			t.Error("the further letter is not chosen")
		}
		at, _, _ := strings.Cut(offer, "?")
		form := url.Values{"id": {hidden(t, page.Raw, "id")}, "kind": {"follow"}, "by": {string(next.ID)}, "reason": {"Thể lệ thay đổi"}}
		w.post(wardClerk, at, form).want(t, "by a receiver", 403)
		w.post(townClerk, at, url.Values{"id": form["id"], "kind": {"storm"}}).want(t, "a change that is none", 422)
		w.post(townClerk, at, url.Values{"id": form["id"], "kind": {"follow"}, "reason": {"x"}}).want(t, "no letter", 422)
		for range 2 {
			w.post(townClerk, at, form).want(t, "sent", 303)
		}
		w.Drain(t)
		all, err := w.Cascade.OfLetter(t.Context(), db, next.ID)
		if err != nil || len(all) != 2 || all[0].State != cascade.Arrived {
			t.Errorf("%+v, %v", all, err)
		}
		w.get(townClerk, at).want(t, "among the changes of the first", 200, "Gửi tiếp văn bản bổ sung: "+next.Symbol(), "Thể lệ thay đổi")
		w.get(wardClerk, "/don-vi/ban-gui/"+string(arrived[0].ID)).want(t, "where the first arrived", 200, "Có văn bản bổ sung", "Thể lệ thay đổi")
		if offered() {
			t.Error("what was sent is offered to be sent")
		}
	})
}
