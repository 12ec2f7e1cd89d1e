package units_test

import (
	"strings"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/edxml"
	"sachhon/internal/person"
)

// A letter of another document system that is opened again: the page says before and afterwards what its sender will know of it.
func TestThePageSaysWhatASenderOutsideKnowsOfALetterOpenedAgain(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		if _, err := w.exchange.ImportCodes(t.Context(), person.SystemActor, strings.NewReader("480,000.00.00.H57,\n19996,000.01.00.H57,\n")); err != nil {
			t.Fatal(err)
		}
		data, err := edxml.Write(edxml.Message{Letter: &edxml.Letter{
			From: edxml.Organ{ID: "000.05.00.H57", Name: "Sở Thử nghiệm"}, To: []edxml.Organ{{ID: "000.01.00.H57", Name: "UBND phường"}}, Number: "91", Notation: "STN-VP",
			Place: "Huế", Date: "2024-06-03", TypeName: "Công văn", Subject: "triển khai đợt ra quân", Signer: edxml.Signer{Position: "Giám đốc", Name: "Nguyễn Văn Mẫu"},
			Attachments: []edxml.Attachment{{Name: "van-ban.txt", Type: "text/plain", Body: []byte("Đề nghị triển khai.\n1. Treo băng rôn tại trụ sở.\n")}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.exchange.Accept(t.Context(), w.exchange.Partners()[0], data); err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		inbox := w.get(wardClerk, "/don-vi/"+string(w.ward.ID))
		at := "/don-vi/ban-gui/0" + between(t, inbox.Raw, `href="/don-vi/ban-gui/0`, `"`)
		w.post(wardClerk, at+"/tiep-nhan", nil).leads(t, "receive", at)
		page := w.get(wardLeader, at+"/phan-cong")
		w.post(wardLeader, at+"/phan-cong", values("version", hidden(t, page.Raw, "version"), "lead", "Công chức Văn hóa")).leads(t, "assign", at)
		w.post(wardClerk, at+"/bat-dau", nil).leads(t, "start", at)
		w.post(wardClerk, at+"/hoan-thanh", values("outcome", "Đã xong")).leads(t, "complete", at)
		w.get(wardClerk, at+"/mo-lai").want(t, "before", 200, "Bên gửi (Sở Thử nghiệm) dùng hệ thống khác (Trục thử)", "không có mã cho việc mở lại")
		w.wire.refuses = true
		w.post(wardClerk, at+"/mo-lai", values("reason", "Còn tổ dân phố 3")).leads(t, "reopen", at)
		w.Drain(t)
		w.get(wardClerk, at).want(t, "not told", 200, "Bên gửi chưa được báo", "chưa được báo văn bản mở lại")
		w.wire.refuses = false
		w.post(wardClerk, at+"/hoan-thanh", values("outcome", "Đã xong hẳn")).leads(t, "complete again", at)
		w.Clock.Set(clock.Date(2024, 6, 8, 9, 0).Time)
		w.post(wardClerk, at+"/mo-lai", values("reason", "Còn tổ dân phố 4")).leads(t, "reopen again", at)
		w.Drain(t)
		w.get(wardClerk, at).want(t, "told", 200, "Báo bên gửi mã 05", "bên đó có thể vẫn ghi Hoàn thành")

		own, _ := w.arrived(t)
		w.post(wardClerk, own+"/tiep-nhan", nil).leads(t, "receive one of the town", own)
		if body := w.get(wardClerk, own).Body; strings.Contains(body, "hệ thống khác") {
			t.Error("a letter of the town speaks of another system")
		}
	})
}
