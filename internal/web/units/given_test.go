package units_test

import (
	"strings"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
)

// The page of a plan that was typed in says of which duties nobody knows whose they are, and which are others'; the page of whoever is
// given a duty after its day says until when there is time, and why.
func TestThePageSaysWhoseADutyIsAndUntilWhen(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, town, theirs := t.Context(), w.people[townClerk], w.people[wardClerk]
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		text := strings.Replace(lettertest.Text("1518", "Sở Không Có: tổng hợp kết quả.", "Ban Quản lý chợ Không Có: bố trí thùng rác.",
			"Ủy ban nhân dân các xã, phường: vẽ tranh.", "Ủy ban nhân dân các xã, phường: gửi danh sách trước ngày 20/6/2024."),
			"ỦY BAN NHÂN DÂN\nTHỊ XÃ HƯƠNG TRÀ", "ỦY BAN NHÂN DÂN\nTỈNH MẪU", 1)
		w.Clock.Set(clock.Date(2024, time.June, 7, 9, 0).Time)
		plan, err := w.Letters.Draft(ctx, town, letter.DraftInput{Issuer: w.Town.ID, Text: text})
		must(err)
		_, came, err := w.Cascade.Enter(ctx, town, plan.ID)
		must(err)
		w.get(townClerk, "/don-vi/ban-gui/"+string(came.ID)).want(t, "the town", 200,
			"chưa rõ giao cho ai: văn bản ghi “Ban Quản lý chợ Không Có”", "còn giao 1 nhiệm vụ cho nơi khác (Sở Không Có)")

		give := func(duty int) ident.ID {
			t.Helper()
			r, err := w.Cascade.Forward(ctx, town, cascade.ForwardInput{
				Dispatch: came.ID, To: cascade.Recipients{Units: []ident.ID{w.ward.ID}}, Parts: []cascade.DutyPart{{Unit: w.ward.ID, Duty: duty}},
			})
			must(err)
			w.Drain(t)
			if len(r.Dispatches) == 0 {
				return ""
			}
			return r.Dispatches[0].ID
		}
		id := give(3)
		at := "/don-vi/ban-gui/" + string(id)
		_, err = w.Cascade.Receive(ctx, theirs, id)
		must(err)
		one, err := w.Cascade.Find(ctx, w.DB, id)
		must(err)
		_, err = w.Cascade.Assign(ctx, w.people[wardLeader], id, one.Version, cascade.Instruction{Lead: "Trần Thị Mẫu", Deadline: clock.Date(2024, time.June, 18, 17, 0)})
		must(err)
		_, err = w.Cascade.Start(ctx, theirs, id)
		must(err)
		_, err = w.Cascade.Complete(ctx, theirs, id, "Đã vẽ ba bức")
		must(err)
		w.Clock.Set(clock.Date(2024, time.June, 28, 9, 0).Time)
		give(4)
		w.get(wardClerk, at).want(t, "the ward", 200, "giao thêm ngày 28/6/2024, sau hạn 20/6/2024 ghi trong văn bản", "Hết ngày 01/7/2024, vì hạn trước đã qua")
		w.get(wardClerk, at+"/nhiem-vu/4").want(t, "the duty", 200, "khi hạn ghi trong văn bản (ngày 20/6/2024) đã qua: đơn vị có thời gian đến hết ngày 01/7/2024")
	})
}
