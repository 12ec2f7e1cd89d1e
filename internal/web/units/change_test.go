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

// A change that waits for the receiver's answer is told on its desk and in its inbox, until it has answered.
func TestAChangeIsToldOnTheDesk(t *testing.T) {
	const updated, recalled = "Có cập nhật, chờ xác nhận", "Đề nghị thu hồi, chờ trả lời"
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		town, ward := w.people[townClerk], w.people[wardClerk]
		sent, all := w.Sent(t, w.ward)
		id := all[0].ID
		do := func(_ cascade.Dispatch, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		told := func(when, want, not string) {
			t.Helper()
			for _, path := range []string{"/don-vi", "/don-vi/" + string(w.ward.ID)} {
				page := w.get(wardClerk, path)
				page.want(t, path+" "+when, 200, sent.Symbol())
				for text, there := range map[string]bool{want: want != "", not: false} {
					if text != "" && strings.Contains(page.Body, text) != there {
						t.Errorf("%s, %s: %q there: %v", path, when, text, !there)
					}
				}
			}
		}
		do(w.Cascade.Receive(t.Context(), ward, id))
		told("before any change", "", updated)
		update, err := w.Cascade.UpdateLetter(t.Context(), town, cascade.ChangeInput{ID: w.IDs.New(), Letter: sent.ID, Reason: "Lùi hạn"})
		if err != nil {
			t.Fatal(err)
		}
		told("after an update", updated, recalled)
		do(w.Cascade.Answer(t.Context(), ward, id, update.Change.ID, true, ""))
		told("after it was confirmed", "", updated)
		d, err := w.Cascade.Get(t.Context(), ward, id)
		if err != nil {
			t.Fatal(err)
		}
		do(w.Cascade.Assign(t.Context(), ward, id, d.Version, cascade.Instruction{Lead: "Công chức Văn hóa"}))
		recall, err := w.Cascade.RecallLetter(t.Context(), town, cascade.ChangeInput{ID: w.IDs.New(), Letter: sent.ID, Reason: "Gửi nhầm"})
		if err != nil {
			t.Fatal(err)
		}
		told("after a recall", recalled, updated)
		at := "/don-vi/ban-gui/" + string(id)
		rests := w.get(wardClerk, at)
		rests.want(t, "the letter rests", 200, "Văn bản tạm khóa", "Đồng ý thu hồi")
		for _, path := range []string{"/bat-dau", "/phan-cong", "/chuyen-tiep", "/tuyen-truyen", "/hoan-thanh", "/nhiem-vu/1\" data"} {
			if strings.Contains(rests.Raw, at+path) {
				t.Errorf("%s is offered, though the service refuses it", path)
			}
		}
		do(w.Cascade.Answer(t.Context(), ward, id, recall.Change.ID, false, "Đã họp dân"))
		told("after it was refused", "", recalled)
		w.get(wardClerk, at).want(t, "the letter goes on", 200, at+"/bat-dau", at+"/tuyen-truyen")
		w.get(townClerk, at).want(t, "the sender reads the answers", 200, "Lùi hạn", "Đơn vị xác nhận đã biết thay đổi", "Gửi nhầm", "Đơn vị không đồng ý thu hồi", "Đã họp dân")
	})
}
