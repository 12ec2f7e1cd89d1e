package units_test

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// A union passes the committee's letter on with a letter of its own: the branch gets the union's, the way to the top is kept,
// and the committee sees the branch in its duty.
func TestForwardWithTheUnitsOwnLetter(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		union := w.Unit(t, "480.DTN")
		branch := w.Tree.Subordinates(union.ID)[0]
		w.people["union clerk"], w.people["branch clerk"] = w.Actor(person.Clerk, union), w.Actor(person.Clerk, branch)
		first, sent := w.Sent(t, union)
		at := "/don-vi/ban-gui/" + string(sent[0].ID)
		w.get("union clerk", at).want(t, "not received yet", 200)
		if strings.Contains(w.get("union clerk", at).Raw, `action="/don-vi/soan-thao/moi"`) {
			t.Error("a letter is offered for what was not received")
		}
		w.post("union clerk", at+"/tiep-nhan", nil).leads(t, "receive", at)
		page := w.get("union clerk", at)
		page.want(t, "one click", 200, "Soạn công văn triển khai", `action="/don-vi/soan-thao/moi"`, `name="dispatch" value="`+string(sent[0].ID)+`"`)

		doc := lettertest.Document("Thông báo trên hệ thống truyền thanh và bảng tin.", "Tạo điều kiện tham gia.")
		own, err := w.Letters.Compose(t.Context(), w.people["union clerk"], letter.ComposeInput{ID: w.IDs.New(), Issuer: union.ID, Document: doc, Answers: first.ID})
		if err != nil {
			t.Fatal(err)
		}
		w.get("union clerk", at).want(t, "begun", 200, "/don-vi/soan-thao/"+string(own.ID), "Soạn công văn triển khai khác")
		form := w.get("union clerk", at+"/chuyen-tiep?kem="+string(own.ID))
		form.want(t, "not issued", 200)
		if strings.Contains(form.Raw, `value="`+string(own.ID)+`"`) {
			t.Error("a draft is offered")
		}
		forward := url.Values{"units": {string(branch.ID)}, "under": {string(own.ID)}}
		w.post("union clerk", at+"/chuyen-tiep", forward).want(t, "with a draft", 422)
		w.Sign(t, own)
		if own, err = w.Letters.Register(t.Context(), w.people["union clerk"], own.ID); err != nil {
			t.Fatal(err)
		}
		w.get("union clerk", at+"/chuyen-tiep?kem="+string(own.ID)).want(t, "chosen", 200, `value="`+string(own.ID)+`" selected`)
		w.get("union clerk", "/don-vi/cong-van/"+string(own.ID)+"/gui").want(t, "sending it alone", 200, at+"/chuyen-tiep?kem="+string(own.ID))
		w.post("union clerk", at+"/chuyen-tiep", forward).leads(t, "forward", at)
		w.Drain(t)
		w.get("union clerk", at).want(t, "passed on", 200, "Kèm "+own.Symbol(), "Tự động báo đã đến")
		watched := "/don-vi/cong-van/" + string(first.ID) + "/theo-doi?don-vi=" + string(union.ID)
		w.get("union clerk", "/don-vi/cong-van/"+string(own.ID)).want(t, "the union's letter went with the first", 200, "Văn bản đã đến 1 đơn vị", watched)
		w.get("union clerk", "/don-vi/cong-van?don-vi="+string(union.ID)).want(t, "in the list", 200, "0/1 đơn vị đã tiếp nhận", watched)

		w.get("union clerk", watched).want(t, "the union's board names both letters", 200,
			"Công văn "+first.Symbol()+" của "+w.Town.Organ()+", chuyển tiếp bằng Công văn "+own.Symbol()+" của "+union.Organ(), "/don-vi/cong-van/"+string(own.ID))
		w.get(townClerk, "/don-vi/cong-van/"+string(first.ID)+"/theo-doi?don-vi="+string(w.Town.ID)).want(t, "the town's board names its own", 200, "Công văn "+first.Symbol()+" · ")

		detail, err := w.Cascade.Get(t.Context(), w.people["union clerk"], sent[0].ID)
		if err != nil || len(detail.Children) != 1 {
			t.Fatalf("%+v, %v", detail.Children, err)
		}
		below := "/don-vi/ban-gui/" + string(detail.Children[0].ID)
		w.get("branch clerk", below).want(t, "the branch", 200, own.Symbol(), "Đường đi của văn bản", first.Symbol(), below+"/van-ban?goc=1")
		w.get("branch clerk", below+"/van-ban?goc=1").want(t, "the first letter", 200)
		w.post("branch clerk", below+"/tiep-nhan", nil).leads(t, "the branch receives", below)
		w.post("branch clerk", below+"/nhiem-vu/1", values("done", "1")).leads(t, "the branch is done", below+"#duties")
		came, err := w.Cascade.CameBy(t.Context(), w.people["branch clerk"], branch.ID, []ident.ID{own.ID, first.ID})
		if err != nil || came[own.ID].ID != detail.Children[0].ID || came[first.ID].ID != "" {
			t.Errorf("the branch's register has the union's letter by %+v, %v", came, err)
		}

		top := "/don-vi/cong-van/" + string(first.ID)
		w.get(townClerk, top+"/nhiem-vu/1").want(t, "from the top", 200, branch.FullName, union.FullName, "100 %")
		w.get(townClerk, top+"/theo-doi?don-vi="+string(w.Town.ID)).want(t, "the board", 200, top+"/nhiem-vu/1", "/don-doc")
		w.get(wardClerk, top+"/nhiem-vu/1").want(t, "somebody else", 403)
		w.get(townClerk, top+"/nhiem-vu/7").want(t, "no such duty", 404)
	})
}

// The letter with which a union passes another one on says whom it means: on its own day, with a question about whom nobody knows.
func TestTheOwnLetterChoosesWhomItAddresses(t *testing.T) {
	const question = `name="asked.0.text" value="` + unknown + `"`
	eachWorld(t, func(t *testing.T, w *world) {
		union := w.Unit(t, "480.DTN")
		w.people["union clerk"] = w.Actor(person.Clerk, union)
		first, sent := w.Sent(t, union)
		at := "/don-vi/ban-gui/" + string(sent[0].ID)
		w.post("union clerk", at+"/tiep-nhan", nil).leads(t, "receive", at)
		_, err := w.Units.Import(t.Context(), person.SystemActor, strings.NewReader(`{"organisations": [{"code": "20008.DTN", "name": "Đoàn Thanh niên phường Hương Vân",
			"kind": "union", "area": "20008", "superior": "480.DTN", "valid_to": "2024-06-30"}]}`), unit.ImportOptions{ValidFrom: "2024-05-01"})
		if err != nil {
			t.Fatal(err)
		}
		w.Clock.Set(clock.Date(2024, time.July, 5, 8, 0).Time)
		write := func(number string) letter.Letter {
			doc := lettertest.Document("Thông báo trên bảng tin.")
			doc.Number, doc.Addressees = number, []string{"Đoàn Thanh niên các xã, phường", unknown}
			own, err := w.Letters.Compose(t.Context(), w.people["union clerk"], letter.ComposeInput{ID: w.IDs.New(), Issuer: union.ID, Document: doc, Answers: first.ID})
			if err != nil {
				t.Fatal(err)
			}
			w.Sign(t, own)
			if own, err = w.Letters.Register(t.Context(), w.people["union clerk"], own.ID); err != nil {
				t.Fatal(err)
			}
			return own
		}
		own := write("3")
		group, _ := w.Tree.GroupByName("Đoàn Thanh niên các xã, phường")
		for what, address := range map[string]string{"named": "?kem=" + string(own.ID), "found": ""} {
			page := w.get("union clerk", at+"/chuyen-tiep"+address)
			page.want(t, what, 200, `value="`+string(own.ID)+`" selected`, question, "Chưa rõ nơi nhận")
			if got := checked(page.Raw, "groups"); !slices.Equal(got, []string{string(group.ID)}) {
				t.Errorf("%s: the groups %q are chosen, want that of Kính gửi", what, got)
			}
			if strings.Contains(page.Body, "Hương Vân") {
				t.Errorf("%s: offers who was no more on the day of the letter", what)
			}
		}
		mere := w.get("union clerk", at+"/chuyen-tiep?kem=")
		mere.want(t, "without a letter", 200)
		if strings.Contains(mere.Raw, question) || len(checked(mere.Raw, "groups")) > 0 {
			t.Error("without a letter of its own somebody is asked about or chosen")
		}
		switched := values("shown", "", "under", string(own.ID), "units", string(w.Unit(t, "19996.DTN").ID), "words", "Kính chuyển")
		page := w.post("union clerk", at+"/chuyen-tiep", switched)
		page.want(t, "another letter was chosen", 422, "nơi nhận được chọn lại", question, "Kính chuyển")
		if got := checked(page.Raw, "groups"); !slices.Equal(got, []string{string(group.ID)}) || len(checked(page.Raw, "units")) > 0 {
			t.Errorf("after the change the groups %q and units %q are chosen", got, checked(page.Raw, "units"))
		}

		other := w.Unit(t, "19996")
		form := values("shown", string(own.ID), "under", string(own.ID), "groups", string(group.ID), "asked.0.text", unknown, "asked.0", "unit:"+string(other.ID))
		w.post("union clerk", at+"/chuyen-tiep", form).leads(t, "forward", at)
		detail, err := w.Cascade.Get(t.Context(), w.people["union clerk"], sent[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range detail.Children {
			u, _ := w.Tree.ByID(c.ReceiverID)
			got = append(got, u.Code)
		}
		slices.Sort(got)
		if want := []string{"19996", "19996.DTN", "20005.DTN", "20011.DTN", "20017.DTN", "20020.DTN", "20026.DTN", "20035.DTN", "20041.DTN"}; !slices.Equal(got, want) {
			t.Errorf("passed on to %q, want %q", got, want)
		}
		page = w.get("union clerk", at+"/chuyen-tiep?kem="+string(write("4").ID))
		page.want(t, "the next letter", 200, "Giữ nguyên: ")
		if strings.Contains(page.Body, "Chưa rõ nơi nhận") || !slices.Equal(checked(page.Raw, "units"), []string{string(other.ID)}) {
			t.Errorf("the next letter asks again, or chooses %q", checked(page.Raw, "units"))
		}
	})
}

// A duty is given to people; each says that their part is done, and takes it back.
func TestPartsOfADuty(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		hand := w.Official(t, "hand@example.vn", person.Leader, w.ward)
		w.people["hand"] = hand
		at, d := w.arrived(t)
		w.post(wardClerk, at+"/tiep-nhan", nil).leads(t, "receive", at)
		duty := at + "/nhiem-vu/1"
		page := w.get(wardClerk, duty)
		page.want(t, "the duty", 200, "Chia nhiệm vụ", "Nguyễn Văn Mẫu", "Ghi kết quả")
		split := values("id", hidden(t, between(t, page.Raw, duty+`/chia"`, "</form>"), "id"), "person", string(hand.ID), "text", "Phát thanh ở tổ 3", "quota", "2")
		for range 2 { // pressed twice
			w.post(wardClerk, duty+"/chia", split).leads(t, "split", duty)
		}
		w.post(wardClerk, duty+"/chia", values("id", string(w.IDs.New()))).want(t, "nobody", 422)
		w.get("hand", "/don-vi").want(t, "on their desk", 200, "Phần việc của tôi", "Phát thanh ở tổ 3")
		tree, err := w.Cascade.DutyTree(t.Context(), w.people[wardClerk], d.ID, 1)
		if err != nil || len(tree.Duty.Parts) != 1 {
			t.Fatalf("parts: %+v, %v", tree.Duty.Parts, err)
		}
		part := duty + "/phan/" + string(tree.Duty.Parts[0].ID)
		w.post("hand", duty+"/ket-qua", values("id", string(w.IDs.New()), "count", "1", "part", string(tree.Duty.Parts[0].ID), "note", "Sáng nay")).leads(t, "tick", duty)
		w.post(wardClerk, part, values("do", "remove")).want(t, "begun", 409, "Nhiệm vụ 1")
		w.post("hand", part, values("do", "done", "note", "Xong rồi")).leads(t, "done", duty)
		w.get(wardClerk, duty).want(t, "done", 200, "Xong rồi", "1/1 phần hoàn thành", "1 trên chỉ tiêu 2", "Sáng nay")
		w.post(otherClerk, part, values("do", "open")).want(t, "somebody else", 403)
		w.post("hand", part, values("do", "open")).leads(t, "open again", duty)
		w.get(wardClerk, duty).want(t, "open", 200, "0/1 phần hoàn thành")
		tree, err = w.Cascade.DutyTree(t.Context(), w.people[wardClerk], d.ID, 1)
		if err != nil || len(tree.Duty.Ticks) != 1 {
			t.Fatalf("ticks: %+v, %v", tree.Duty.Ticks, err)
		}
		remove := duty + "/ket-qua/" + string(tree.Duty.Ticks[0].ID) + "/xoa"
		w.post(otherClerk, remove, nil).want(t, "somebody else's", 403)
		for range 2 {
			w.post(wardClerk, remove, nil).leads(t, "take back", duty)
		}
		w.post(wardClerk, part, values("do", "remove")).leads(t, "not begun any more", duty)
		w.post(wardClerk, duty+"/ket-qua", values("id", string(w.IDs.New()), "count", "nhiều")).want(t, "no number", 422)
	})
}

// A duty of several days shows each of them as a turn that is noted on its own, one that is asked for until a day its last day,
// and one that is asked for twice a week how often it was done.
func TestTurnsOfEachKind(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		said := []string{"thứ Ba và thứ Năm hàng tuần", "trước ngày 12 hàng tháng", "mỗi tuần 2 lần", "hai tuần một lần", "ngày 10 và ngày cuối hàng tháng"}
		var texts []string
		for _, every := range said {
			texts = append(texts, "Dọn vệ sinh "+every+".")
		}
		doc := lettertest.Document(texts...)
		for i, b := range doc.Blocks {
			if b.Kind == letter.DutyBlock {
				doc.Blocks[i].Duty = &letter.Duty{Every: letter.ParseRecurrence(b.Text)}
			}
		}
		l := w.Issued(t, doc)
		result, err := w.Cascade.Send(t.Context(), w.people[townClerk], cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{w.ward.ID}}})
		if err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		at := "/don-vi/ban-gui/" + string(result.Dispatches[0].ID)
		w.post(wardClerk, at+"/tiep-nhan", nil).leads(t, "receive", at)
		w.Day(t, 13, 8) // a Thursday; the letter came on Thursday the 6th
		for i, want := range [][]string{
			{"Thứ Năm 06/6/2024", "Thứ Ba 11/6/2024", "Thứ Năm 13/6/2024", "đã làm 0/3 kỳ", said[0]},
			{"Hạn 12/6/2024", "đã làm 0/1 kỳ"},
			{"Tuần từ 06/6/2024", "Tuần từ 10/6/2024", "0/2 lần", "mỗi kỳ 2 lần", "đã làm 0/2 kỳ"},
			{"Từ 06/6/2024 đến 16/6/2024", "đã làm 0/1 kỳ"},
			{"10/6/2024", "đã làm 0/1 kỳ"},
		} {
			w.get(wardClerk, at+"/nhiem-vu/"+strconv.Itoa(i+1)).want(t, said[i], 200, want...)
		}
		note := func(duty int, turn string) {
			t.Helper()
			path := at + "/nhiem-vu/" + strconv.Itoa(duty)
			form := between(t, w.get(wardClerk, path).Raw, turn, "</form>")
			tick := values("id", hidden(t, form, "id"), "at", hidden(t, form, "at"), "count", "1")
			w.post(wardClerk, path+"/ket-qua", tick).leads(t, turn, path)
		}
		note(1, "Thứ Ba 11/6/2024")
		w.get(wardClerk, at+"/nhiem-vu/1").want(t, "one of the days", 200, "đã làm 1/3 kỳ", "33 %")
		note(2, "Hạn 12/6/2024")
		w.get(wardClerk, at+"/nhiem-vu/2").want(t, "noted after its day", 200, "đã làm 1/1 kỳ")
		note(3, "Tuần từ 10/6/2024")
		w.get(wardClerk, at+"/nhiem-vu/3").want(t, "once", 200, "1/2 lần", "đã làm 0/2 kỳ")
		note(3, "Tuần từ 10/6/2024")
		w.get(wardClerk, at+"/nhiem-vu/3").want(t, "twice", 200, "2/2 lần", "đã làm 1/2 kỳ")
		tree, err := w.Cascade.DutyTree(t.Context(), w.people[wardClerk], result.Dispatches[0].ID, 1)
		if err != nil || len(tree.Duty.Ticks) != 1 || tree.Duty.Ticks[0].Period != "2024-W24-2" {
			t.Errorf("noted %+v, %v", tree.Duty.Ticks, err)
		}
	})
}

// A duty of every Sunday shows each Sunday since the letter came, and which of them was kept: with as many times as are asked
// for on each.
func TestEverySunday(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		doc := lettertest.Document("Ra quân dọn vệ sinh vào sáng Chủ nhật hàng tuần.", "Nộp ít nhất 3 tác phẩm dự thi.")
		for i, b := range doc.Blocks {
			if b.Kind != letter.DutyBlock {
				continue
			}
			doc.Blocks[i].Duty = &letter.Duty{Every: letter.ParseRecurrence("sáng Chủ nhật hàng tuần"), Quota: &letter.Quota{Count: 2, Of: "tuyến đường"}, Proof: "ảnh ra quân"}
			if strings.Contains(b.Text, "tác phẩm") {
				doc.Blocks[i].Duty = &letter.Duty{Quota: &letter.Quota{Count: 3, Of: "tác phẩm", AtLeast: true}}
			}
		}
		l := w.Issued(t, doc)
		result, err := w.Cascade.Send(t.Context(), w.people[townClerk], cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: w.idsOf(w.ward, w.other)}})
		if err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		at := "/don-vi/ban-gui/"
		for _, d := range result.Dispatches {
			if d.ReceiverID == w.ward.ID {
				at += string(d.ID)
			}
		}
		w.post(wardClerk, at+"/tiep-nhan", nil).leads(t, "receive", at)
		w.Day(t, 18, 8) // a Tuesday; the letter came on Thursday the 6th
		duty := at + "/nhiem-vu/1"
		page := w.get(wardClerk, duty)
		page.want(t, "two Sundays", 200, "Chủ nhật 09/6/2024", "Chủ nhật 16/6/2024", "đã làm 0/2 kỳ", "0 trên chỉ tiêu 2", "ảnh ra quân")
		if strings.Contains(page.Body, "Chủ nhật 23/6") {
			t.Error("a Sunday that is still to come is missing")
		}
		form := between(t, page.Raw, "Chủ nhật 09/6/2024", "</form>")
		tick := values("id", hidden(t, form, "id"), "at", hidden(t, form, "at"), "count", "1")
		for range 2 {
			w.post(wardClerk, duty+"/ket-qua", tick).leads(t, "that Sunday", duty)
		}
		w.get(wardClerk, duty).want(t, "half of one Sunday", 200, "chỉ tiêu mỗi kỳ 2", "1 trên chỉ tiêu 2", "đã làm 0/2 kỳ", "0 %")
		tick.Set("id", string(w.IDs.New()))
		w.post(wardClerk, duty+"/ket-qua", tick).leads(t, "the other half", duty)
		w.get(wardClerk, duty).want(t, "one Sunday", 200, "2 trên chỉ tiêu 2", "đã làm 1/2 kỳ", "50 %")

		works := at + "/nhiem-vu/2"
		w.post(wardClerk, works+"/ket-qua", values("id", string(w.IDs.New()), "count", "2")).leads(t, "two works", works)
		w.get(wardClerk, works).want(t, "the count so far", 200, "ít nhất 3 tác phẩm", "2 trên chỉ tiêu 3 tác phẩm", "66 %")
		w.get(wardClerk, at).want(t, "on the letter's page", 200, "2 trên chỉ tiêu 3 tác phẩm", "đã làm 1/2 kỳ", "sáng Chủ nhật hàng tuần", "nộp: ảnh ra quân")
		top := w.get(townClerk, "/don-vi/cong-van/"+string(l.ID)+"/nhiem-vu/2")
		top.want(t, "of both", 200, "2 trên chỉ tiêu 6 tác phẩm", w.other.FullName)
	})
}
