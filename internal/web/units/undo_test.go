package units_test

import (
	"strings"
	"testing"
	"time"

	"sachhon/internal/person"
)

// What was mistyped at registration is put right on the letter's own page, with a reason that stays there.
func TestPutTheRegisterRight(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		l, sent := w.Sent(t, w.ward)
		at := "/don-vi/cong-van/" + string(l.ID)
		w.people["town leader"] = w.Actor(person.Leader, w.Town)
		w.get("town leader", at+"/sua-so").want(t, "a leader", 403)
		w.get(townClerk, at).want(t, "the way there", 200, at+"/sua-so")
		page := w.get(townClerk, at+"/sua-so")
		page.want(t, "the form", 200, `value="`+l.Fields.Number+`"`, "Văn bản đã gửi đến các đơn vị")
		form := values("version", hidden(t, page.Raw, "version"), "type", l.Fields.Type, "number", "1930", "notation", l.Fields.Notation, "organ", l.Fields.Organ,
			"place", l.Fields.Place, "date", l.Fields.Date.String(), "subject", l.Fields.Subject, "signer.name", l.Fields.Signer.Name)
		w.post(townClerk, at+"/sua-so", form).want(t, "without a reason", 422, "Hãy ghi lý do sửa.", `value="1930"`)
		form.Set("date", "31/02/2024")
		form.Set("reason", "Gõ nhầm số")
		w.post(townClerk, at+"/sua-so", form).want(t, "no such day", 422)
		form.Set("date", l.Fields.Date.String())
		w.post("town leader", at+"/sua-so", form).want(t, "a leader sends it", 403)
		for range 2 { // pressed twice
			w.post(townClerk, at+"/sua-so", form).leads(t, "put right", at)
		}
		w.get(townClerk, at).want(t, "the letter", 200, "1930/"+l.Fields.Notation, "Đã sửa sau khi vào sổ", "Gõ nhầm số")
		w.get(wardClerk, "/don-vi/ban-gui/"+string(sent[0].ID)).want(t, "the receiver", 200, "1930/"+l.Fields.Notation)
	})
}

// A record of publicity leads whoever made it to mending it and to taking it back; the sender, who only reads it, is led nowhere.
func TestARecordOfPublicityLeadsToMendingIt(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at, _ := w.arrived(t)
		w.post(wardClerk, at+"/tiep-nhan", nil).leads(t, "receive", at)
		w.Clock.Advance(time.Hour)
		id := string(w.IDs.New())
		form := values("id", id, "duty", "0", "channel", "loudspeaker", "at", "2024-06-06T08:30", "place", "Cụm loa tổ 3", "times", "3")
		w.post(wardClerk, at+"/tuyen-truyen", form).leads(t, "publicise", at)
		w.get(wardClerk, at).want(t, "who made it", 200, at+"/minh-chung/"+id+"/sua", at+"/minh-chung/"+id+"/go")
		if page := w.get(townClerk, at); page.Code != 200 || strings.Contains(page.Body, "/minh-chung/"+id+"/go") {
			t.Errorf("the sender: %d, and is led to take it back", page.Code)
		}
	})
}

// Whoever sent a letter to the wrong unit finds beside the state of the dispatch how to take it back.
func TestTheSenderTakesADispatchBackWhereItStands(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at, _ := w.arrived(t)
		page := w.get(townClerk, at)
		panel := between(t, page.Raw, `<section class="next"`, "</section>")
		if !strings.Contains(panel, at+"/thu-hoi") {
			t.Error("the panel does not lead to the recall")
		}
		if panel := between(t, w.get(wardClerk, at).Raw, `<section class="next"`, "</section>"); strings.Contains(panel, "/thu-hoi") {
			t.Error("the receiver is led to recall")
		}
	})
}

// A letter that was reported as done is opened again by a duty that is not, or with a reason, and its trail says so.
func TestACompletedLetterIsOpenedAgain(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at, _ := w.arrived(t)
		w.post(wardClerk, at+"/tiep-nhan", nil).leads(t, "receive", at)
		page := w.get(wardLeader, at+"/phan-cong")
		w.post(wardLeader, at+"/phan-cong", values("version", hidden(t, page.Raw, "version"), "lead", "Công chức Văn hóa")).leads(t, "assign", at)
		w.get(wardClerk, at+"/mo-lai").want(t, "not completed yet", 409, "Văn bản đã chuyển sang bước khác")
		for _, duty := range []string{"1", "2"} {
			w.post(wardClerk, at+"/nhiem-vu/"+duty, values("done", "1")).leads(t, "done", at+"#duties")
		}
		w.post(wardClerk, at+"/hoan-thanh", values("outcome", "Đã phát thanh")).leads(t, "complete", at)
		w.get(wardClerk, at).want(t, "completed", 200, at+"/mo-lai", "Mở lại để làm tiếp")
		if strings.Contains(w.get(townClerk, at).Body, at+"/mo-lai") {
			t.Error("the sender is offered to open it again")
		}
		w.get(townClerk, at+"/mo-lai").want(t, "the sender opens it", 403)

		opened := w.post(wardClerk, at+"/nhiem-vu/2", values("done", "0"))
		opened.leads(t, "not done after all", at+"#duties")
		w.then(wardClerk, opened).want(t, "what that means", 200, "Nhiệm vụ 2 được đánh dấu chưa xong nên văn bản trở lại Đang thực hiện", "Mở lại", "Đã phát thanh", at+"/hoan-thanh")
		w.post(wardClerk, at+"/nhiem-vu/2", values("done", "1")).leads(t, "done", at+"#duties")
		w.post(wardClerk, at+"/hoan-thanh", values("outcome", "Đã làm nốt")).leads(t, "complete again", at)

		w.post(wardClerk, at+"/mo-lai", values("reason", "")).want(t, "no reason", 422, "Hãy ghi lý do")
		for range 2 { // pressed twice
			w.post(wardClerk, at+"/mo-lai", values("reason", "Báo nhầm văn bản")).leads(t, "reopen", at)
		}
		w.get(townClerk, at).want(t, "the sender sees why", 200, "Báo nhầm văn bản", "Đã làm nốt", "Đang thực hiện")
	})
}
