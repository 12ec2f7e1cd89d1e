package units_test

import (
	"strings"
	"testing"

	"sachhon/internal/person"
)

// A form stands before those who may send it; everybody else reads who may, and at another step the page of the dispatch
// tells how it stands.
func TestFormsSayWhoMaySendThem(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.people["town leader"] = w.Actor(person.Leader, w.Town)
		at, _ := w.arrived(t)
		byTown := "Việc này do văn thư, lãnh đạo hoặc ban tổ chức của " + w.Town.Organ() + " thực hiện."
		const senderActs = "Đơn vị gửi không thực hiện thay đơn vị nhận."
		for _, one := range []struct {
			path, who string
			code      int
			says      string
		}{
			{"/thu-hoi", townClerk, 200, `name="reason"`},
			{"/thu-hoi", "town leader", 200, `name="reason"`},
			{"/thu-hoi", wardClerk, 403, byTown},
			{"/thu-hoi", wardLeader, 403, byTown},
			{"/gui-lai", wardClerk, 403, byTown},
			{"/gui-lai", townClerk, 409, "vẫn đang giữ văn bản này"},
			{"/tu-choi", wardClerk, 200, `name="reason"`},
			{"/tu-choi", townClerk, 403, senderActs},
			{"/phan-cong", townClerk, 403, senderActs},
			{"/hoan-thanh", townClerk, 403, senderActs},
			{"/tuyen-truyen", townClerk, 403, senderActs},
			{"/phan-cong", wardLeader, 409, "Văn bản đã chuyển sang bước khác"},
			{"/hoan-thanh", wardClerk, 409, "Văn bản đã chuyển sang bước khác"},
			{"/tuyen-truyen", wardClerk, 409, "Đơn vị chưa tiếp nhận văn bản này"},
			{"/chuyen-tiep", wardClerk, 409, "Đơn vị chưa tiếp nhận văn bản này"},
		} {
			page := w.get(one.who, at+one.path)
			page.want(t, one.who+" at "+one.path, one.code, one.says)
			if one.code != 200 && strings.Contains(page.Raw, `action="`+at+one.path+`"`) {
				t.Errorf("%s at %s is shown the form", one.who, one.path)
			}
		}
		w.post(wardClerk, at+"/tiep-nhan", nil).leads(t, "receive", at)
		w.get(wardClerk, at+"/tu-choi").want(t, "received by now", 409, "Văn bản đã chuyển sang bước khác")
		w.get(wardClerk, at+"/phan-cong").want(t, "received by now", 200, `name="lead"`)
		w.get(otherClerk, "/don-vi/cong-van/moi?don-vi="+string(w.ward.ID)).want(t, "another unit's clerk", 403,
			"Việc này do văn thư hoặc ban tổ chức của "+w.ward.Organ()+" thực hiện.")
		w.post(townClerk, at+"/thu-hoi", values("reason", "Gửi nhầm")).leads(t, "recall", at)
		w.get(townClerk, at+"/thu-hoi").want(t, "recalled by now", 409, "Văn bản đã chuyển sang bước khác")
		w.get(townClerk, at+"/gui-lai").want(t, "to be sent again", 200, `name="words"`)
	})
}
