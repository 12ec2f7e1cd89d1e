package units_test

import (
	"strings"
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
)

// The ward has the province's plan straight from the province. The town passes it on with a letter of its own: that reaches the ward
// by itself, and the pages say so; a part of a duty reaches it with such a letter only.
func TestTheOwnLetterReachesAWardThatHasThePlan(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		province := w.Unit(t, "46")
		above := w.Actor(person.Clerk, province)
		w.people["province clerk"] = above
		text := strings.ReplaceAll(lettertest.Text("7", "Thông báo trên bảng tin.", "Vẽ tranh tuyên truyền."), "THỊ XÃ HƯƠNG TRÀ", "TỈNH THỪA THIÊN HUẾ")
		plan, err := w.Letters.Draft(t.Context(), above, letter.DraftInput{Issuer: province.ID, Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if plan, err = w.Letters.Register(t.Context(), above, plan.ID); err != nil {
			t.Fatal(err)
		}
		sent, err := w.Cascade.Send(t.Context(), above, cascade.SendInput{Letter: plan.ID, To: cascade.Recipients{Units: w.idsOf(w.Town, w.ward)}})
		if err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		at := "/don-vi/ban-gui/"
		for _, d := range sent.Dispatches {
			if d.ReceiverID == w.Town.ID {
				at += string(d.ID)
			}
		}
		w.post(townClerk, at+"/tiep-nhan", nil).leads(t, "receive", at)
		own := w.Registered(t, lettertest.Text("", "Đọc thể lệ trên loa.", "Nộp tranh về Phòng Văn hóa.", "Báo cáo số người dự."))
		board := "/don-vi/cong-van/" + string(own.ID) + "/theo-doi?don-vi=" + string(w.Town.ID)

		form := values("under", string(own.ID), "units", string(w.ward.ID), "units", string(w.other.ID))
		passed := w.post(townClerk, at+"/chuyen-tiep", form)
		passed.leads(t, "forward", at)
		w.then(townClerk, passed).want(t, "who got what", 200, "Đã gửi đến 1 đơn vị. 1 đơn vị đã có sẵn văn bản được chuyển; văn bản của đơn vị mình vẫn được gửi riêng đến đó.",
			own.Symbol()+" gửi riêng đến 1 đơn vị", board)
		w.Drain(t)
		w.get(townClerk, board).want(t, "the board of the own letter", 200, w.ward.FullName)
		letterAt := "/don-vi/cong-van/" + string(own.ID)
		w.get(townClerk, letterAt).want(t, "the own letter", 200, "Gửi riêng đến 1 đơn vị", board, "/don-vi/cong-van/"+string(plan.ID)+"/theo-doi?don-vi="+string(w.Town.ID))
		w.get(townClerk, letterAt+"/sua-so").want(t, "it counts as sent", 200, "Văn bản đã đi kèm văn bản khác đến các đơn vị")
		came, err := w.Cascade.CameBy(t.Context(), w.people[wardClerk], w.ward.ID, []ident.ID{own.ID})
		if err != nil || came[own.ID].ID == "" {
			t.Fatalf("the ward has the town's letter by %+v, %v", came, err)
		}
		wardAt := "/don-vi/ban-gui/" + string(came[own.ID].ID)
		w.get(wardClerk, wardAt).want(t, "at the ward", 200, own.Symbol(), "Đọc thể lệ trên loa", "Báo cáo số người dự")
		w.post(wardClerk, wardAt+"/tiep-nhan", nil).leads(t, "the ward receives it", wardAt)

		again := w.post(townClerk, at+"/chuyen-tiep", form)
		again.leads(t, "pressed twice", at)
		w.then(townClerk, again).want(t, "nothing was sent", 200, "Không gửi thêm bản nào. 2 đơn vị đã nhận từ trước")

		duty := at + "/nhiem-vu/2"
		split := values("id", string(w.IDs.New()), "name", "Trần Thị Mẫu", "units", string(w.ward.ID), "quota", "2")
		w.post(townClerk, duty+"/chia", split).want(t, "no place for the part", 422, "Chưa giao được phần việc cho: "+w.ward.Organ(), "Trần Thị Mẫu", `value="`+string(own.ID)+`"`)
		more := values("id", string(w.IDs.New()), "units", string(w.ward.ID), "under", string(own.ID), "quota", "3")
		w.post(townClerk, duty+"/chia", more).leads(t, "with the letter that it has", duty)
		w.get(wardClerk, wardAt).want(t, "more is asked by that", 200, "Vẽ tranh tuyên truyền", "0 trên chỉ tiêu 3")
		more.Set("quota", "2")
		w.post(townClerk, duty+"/chia", more).want(t, "that asks for another number", 422, "Chưa giao được phần việc cho: "+w.ward.Organ())
		next := w.Registered(t, lettertest.Text("", "Phân bổ chỉ tiêu vẽ tranh."))
		split.Set("under", string(next.ID))
		divided := w.post(townClerk, duty+"/chia", split)
		divided.leads(t, "with another letter", duty)
		w.then(townClerk, divided).want(t, "divided", 200, "1 đơn vị đã có sẵn văn bản được chuyển nên nhận phần việc theo văn bản của đơn vị mình", "Trần Thị Mẫu")
		w.Drain(t)
		if came, err = w.Cascade.CameBy(t.Context(), w.people[wardClerk], w.ward.ID, []ident.ID{next.ID}); err != nil || came[next.ID].ID == "" {
			t.Fatalf("the ward has the part by %+v, %v", came, err)
		}
		w.get(wardClerk, "/don-vi/ban-gui/"+string(came[next.ID].ID)).want(t, "the part at the ward", 200, next.Symbol(), "Vẽ tranh tuyên truyền", "0 trên chỉ tiêu 2")
	})
}
