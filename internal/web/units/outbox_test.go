package units_test

import (
	"strings"
	"testing"

	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
)

// Who sent a letter sees at the desk and in the list how many have yet to receive it, and finds the letter without accents.
func TestOutgoingLettersSayWhoHasReceived(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		sent := w.sentTo(t, w.ward, w.other)
		list := "/don-vi/cong-van?don-vi=" + string(w.Town.ID)
		letter := w.letterOf(t, sent[0])
		w.get(townClerk, "/don-vi").want(t, "desk", 200, "Chưa tiếp nhận", "0/2 đơn vị đã tiếp nhận", "xem=cho-tiep-nhan")
		w.get(townClerk, list+"&xem=cho-tiep-nhan").want(t, "waiting", 200, letter, "0/2 đơn vị đã tiếp nhận")

		w.post(wardClerk, "/don-vi/ban-gui/"+string(sent[0])+"/tiep-nhan", nil)
		w.get(townClerk, list).want(t, "one received", 200, "1/2 đơn vị đã tiếp nhận")
		board := w.get(townClerk, letter+"/theo-doi?don-vi="+string(w.Town.ID))
		first, second := strings.Index(board.Body, w.other.FullName), strings.Index(board.Body, w.ward.FullName)
		if first < 0 || second < first {
			t.Errorf("the board names who has not received at %d, who has at %d", first, second)
		}
		w.post(otherClerk, "/don-vi/ban-gui/"+string(sent[1])+"/tu-choi", values("reason", "Nhầm đơn vị"))
		w.get(townClerk, "/don-vi").want(t, "nobody is waited for", 200, "không đơn vị nào còn phải tiếp nhận")
		w.get(townClerk, list+"&xem=cho-tiep-nhan").want(t, "nothing waits", 200, "Không tìm thấy văn bản phù hợp")

		w.get(townClerk, list+"&tim=huong+ung").want(t, "without accents", 200, letter)
		w.get(townClerk, list+"&tim=khong+co").want(t, "nothing like it", 200, "Không tìm thấy văn bản phù hợp")
		w.get(townClerk, list+"&xem=khong-co").want(t, "no such view", 200, letter)
		w.get(wardClerk, list).want(t, "somebody else's", 403)
	})
}

// A letter is found by its year, its type, its number and its subject; a letter that only cites the number is not meant.
func TestOutgoingLettersAreNarrowedByYearTypeAndNumber(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		sent, _ := w.Sent(t, w.ward)
		plan := lettertest.Document("Họp theo Công văn số " + sent.Symbol() + ".")
		plan.Type, plan.Notation, plan.Subject = "kế hoạch", "KH-UBND", "Ra quân dọn rác"
		own, err := w.Letters.Compose(t.Context(), w.people[townClerk], letter.ComposeInput{ID: w.IDs.New(), Issuer: w.Town.ID, Document: plan})
		if err != nil {
			t.Fatal(err)
		}
		list := "/don-vi/cong-van?don-vi=" + string(w.Town.ID)
		first, draft := "Công văn "+sent.Symbol(), "Kế hoạch (chưa có số)"
		w.get(townClerk, list).want(t, "all", 200, first, draft, `<option value="2024"`, `<option value="kế hoạch"`, "/don-vi/cong-van/"+string(own.ID))
		for _, one := range []struct{ query, holds, lacks string }{
			{"&nam=2024", first, ""},
			{"&nam=2019", "Không tìm thấy văn bản phù hợp", first},
			{"&loai=k%E1%BA%BF+ho%E1%BA%A1ch", draft, first},
			{"&loai=c%C3%B4ng+v%C4%83n", first, draft},
			{"&loai=%25", "Không tìm thấy văn bản phù hợp", first},
			{"&tim=" + sent.Fields.Number, first, draft},
			{"&tim=don+rac", draft, first},
			{"&tim=don+rac&loai=c%C3%B4ng+v%C4%83n", "Không tìm thấy văn bản phù hợp", draft},
			{"&nam=abc", first, ""},
		} {
			page := w.get(townClerk, list+one.query)
			page.want(t, one.query, 200, one.holds)
			if one.lacks != "" && strings.Contains(page.Body, one.lacks) {
				t.Errorf("%s: the page has %q", one.query, one.lacks)
			}
		}
	})
}
