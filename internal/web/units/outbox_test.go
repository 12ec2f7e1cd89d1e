package units_test

import (
	"strings"
	"testing"
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
		w.get(townClerk, list+"&xem=cho-tiep-nhan").want(t, "nothing waits", 200, "Không có văn bản nào như vậy")

		w.get(townClerk, list+"&tim=huong+ung").want(t, "without accents", 200, letter)
		w.get(townClerk, list+"&tim=khong+co").want(t, "nothing like it", 200, "Không có văn bản nào như vậy")
		w.get(townClerk, list+"&xem=khong-co").want(t, "no such view", 200, letter)
		w.get(wardClerk, list).want(t, "somebody else's", 403)
	})
}
