package units_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
)

// Addressees that no unit of the town is called.
const unknown, another = "Nhà máy Rác Mẫu", "Ban quản lý chợ Mẫu"

// to registers a letter of the town to the wards and to somebody else, and returns it.
func (w *world) to(t *testing.T, number, name string) letter.Letter {
	t.Helper()
	return w.Registered(t, strings.Replace(lettertest.Text(number, "Thông báo."), "Các cơ quan, ban ngành, đoàn thể trên thị xã", name, 1))
}

func letterURL(l letter.Letter) string { return "/don-vi/cong-van/" + string(l.ID) }

func (w *world) boardURL(l letter.Letter) string {
	return letterURL(l) + "/theo-doi?don-vi=" + string(w.Town.ID)
}

// got is the units that have a letter.
func (w *world) got(t *testing.T, l letter.Letter) map[ident.ID]bool {
	t.Helper()
	board, err := w.Cascade.Board(t.Context(), w.people[townClerk], l.ID, w.Town.ID)
	if err != nil {
		t.Fatal(err)
	}
	out := map[ident.ID]bool{}
	for _, row := range board.Rows {
		out[row.ReceiverID] = true
	}
	return out
}

// TestWhomAnAddresseeMeansIsAskedOnce: with the first letter; what is left open is asked again, and what was answered is not,
// also where it was said that nobody here is meant.
func TestWhomAnAddresseeMeansIsAskedOnce(t *testing.T) {
	const asks, question = "Chưa rõ nơi nhận", `name="asked.0.text" value="` + unknown + `"`
	eachWorld(t, func(t *testing.T, w *world) {
		first := w.to(t, "1", unknown)
		page := w.get(townClerk, letterURL(first)+"/gui")
		page.want(t, "the first letter", 200, asks, question, `value="unit:`+string(w.ward.ID)+`"`, `value="nobody"`)
		if strings.Contains(page.Raw, `name="asked.1.text"`) {
			t.Error("asks about an addressee that is known")
		}

		answer := func(to string) url.Values {
			return values("asked.0.text", hidden(t, page.Raw, "asked.0.text"), "asked.0", to)
		}
		w.post(townClerk, letterURL(first)+"/gui", answer("")).want(t, "nothing answered, nobody chosen", 422, asks, question, "Chọn ít nhất một đơn vị")
		w.post(townClerk, letterURL(first)+"/gui", answer("somebody")).want(t, "an answer that is none", 422, asks, question)
		w.post(townClerk, letterURL(first)+"/gui", answer("unit:"+string(w.ward.ID))).leads(t, "answered", w.boardURL(first))
		if got := w.got(t, first); len(got) != 1 || !got[w.ward.ID] {
			t.Errorf("the letter went to %v, want the ward that was chosen", got)
		}

		second := w.to(t, "2", unknown)
		page = w.get(townClerk, letterURL(second)+"/gui")
		page.want(t, "the next letter", 200)
		if strings.Contains(page.Body, asks) || !strings.Contains(page.Raw, "Giữ nguyên: ") {
			t.Error("asks again")
		}
		if got := checked(page.Raw, "units"); !slices.Equal(got, []string{string(w.ward.ID)}) {
			t.Errorf("proposes the units %q, want the ward that was meant", got)
		}
	})
}

// TestAnAddresseeMayBeNobodyHere: the letter goes to the others, and the next one says so instead of asking. What is said
// about somebody whom the letter does not address is not kept.
func TestAnAddresseeMayBeNobodyHere(t *testing.T) {
	const asks = "Chưa rõ nơi nhận"
	eachWorld(t, func(t *testing.T, w *world) {
		first := w.to(t, "1", unknown)
		form := values("asked.0.text", unknown, "asked.0", "nobody", "asked.1.text", another, "asked.1", "nobody", "units", string(w.other.ID))
		w.post(townClerk, letterURL(first)+"/gui", form).leads(t, "answered", w.boardURL(first))
		if got := w.got(t, first); len(got) != 1 || !got[w.other.ID] {
			t.Errorf("the letter went to %v, want the unit that was chosen", got)
		}
		page := w.get(townClerk, letterURL(w.to(t, "2", unknown))+"/gui")
		page.want(t, "the next letter", 200, "Gửi bằng cách khác, ngoài hệ thống", unknown)
		if strings.Contains(page.Body, asks) {
			t.Error("asks again")
		}
		w.get(townClerk, letterURL(w.to(t, "3", another))+"/gui").want(t, "a letter to somebody else", 200, asks, another)
	})
}

// TestWhoseDutyItIsIsAskedOnce: a duty names somebody whom nobody knows; until it is said who that is, every recipient is asked.
func TestWhoseDutyItIsIsAskedOnce(t *testing.T) {
	const asks = "Chưa rõ nhiệm vụ giao cho ai"
	eachWorld(t, func(t *testing.T, w *world) {
		issue := func() letter.Letter {
			doc := lettertest.Document("Thông báo.", "Thu gom rác.")
			doc.Blocks[len(doc.Blocks)-1].Duty = &letter.Duty{For: []string{unknown}}
			return w.Issued(t, doc)
		}
		first := issue()
		page := w.get(townClerk, letterURL(first)+"/gui")
		page.want(t, "the first letter", 200, asks, `name="asked.0.text" value="`+unknown+`"`)
		if strings.Contains(page.Body, "Chưa rõ nơi nhận") {
			t.Error("asks about the addressees, all of whom are known")
		}
		form := values("asked.0.text", unknown, "asked.0", "unit:"+string(w.ward.ID), "units", string(w.ward.ID), "units", string(w.other.ID))
		w.post(townClerk, letterURL(first)+"/gui", form).leads(t, "answered", w.boardURL(first))
		w.Drain(t)
		w.get(wardClerk, w.inboxOf(t, first, w.ward.ID)).want(t, "whose duty it is", 200, "Thu gom rác")
		if strings.Contains(w.get(otherClerk, w.inboxOf(t, first, w.other.ID)).Raw, "/nhiem-vu/2") {
			t.Error("somebody else has the duty")
		}
		page = w.get(townClerk, letterURL(issue())+"/gui")
		page.want(t, "the next letter", 200)
		if strings.Contains(page.Body, asks) {
			t.Error("asks again")
		}
	})
}

// TestAWrongAnswerIsPutRight: what was said of a name can be said anew with the next letter, which then goes to nobody whom only the
// wrong answer meant; forgotten, it is asked again.
func TestAWrongAnswerIsPutRight(t *testing.T) {
	const kept, asks = "Đã nhớ từ lần trước", "Chưa rõ nơi nhận"
	eachWorld(t, func(t *testing.T, w *world) {
		first := w.to(t, "1", unknown)
		if page := w.get(townClerk, letterURL(first)+"/gui"); strings.Contains(page.Body, kept) {
			t.Error("something is remembered before anything was said")
		}
		w.post(townClerk, letterURL(first)+"/gui", values("asked.0.text", unknown, "asked.0", "unit:"+string(w.ward.ID))).leads(t, "answered", w.boardURL(first))

		second := w.to(t, "2", unknown)
		page := w.get(townClerk, letterURL(second)+"/gui")
		page.want(t, "the next letter", 200, kept, "Giữ nguyên: Phường Tứ Hạ", `value="forget"`)
		right := values("asked.0.text", hidden(t, page.Raw, "asked.0.text"), "asked.0", "unit:"+string(w.other.ID), "units", string(w.ward.ID))
		w.post(townClerk, letterURL(second)+"/gui", right).leads(t, "said anew", w.boardURL(second))
		if got := w.got(t, second); len(got) != 1 || !got[w.other.ID] {
			t.Errorf("the letter went to %v, want only the unit that is meant now", got)
		}

		third := w.to(t, "3", unknown)
		page = w.get(townClerk, letterURL(third)+"/gui")
		if got := checked(page.Raw, "units"); !slices.Equal(got, []string{string(w.other.ID)}) {
			t.Errorf("proposes the units %q, want the one that is meant now", got)
		}
		w.post(townClerk, letterURL(third)+"/gui", values("asked.0.text", unknown, "asked.0", "", "units", string(w.other.ID))).leads(t, "kept", w.boardURL(third))
		fourth := w.to(t, "4", unknown)
		w.post(townClerk, letterURL(fourth)+"/gui", values("asked.0.text", unknown, "asked.0", "forget", "units", string(w.other.ID))).
			want(t, "forgotten, and nobody is left", 422, "Chọn ít nhất một đơn vị")
		w.post(townClerk, letterURL(fourth)+"/gui", values("asked.0.text", unknown, "asked.0", "forget", "units", string(w.ward.ID))).leads(t, "forgotten", w.boardURL(fourth))
		again := w.get(townClerk, letterURL(w.to(t, "5", unknown))+"/gui")
		again.want(t, "the letter after that", 200, asks)
		if strings.Contains(again.Body, kept) {
			t.Error("what was forgotten is remembered")
		}

		nobody := w.to(t, "6", another)
		w.post(townClerk, letterURL(nobody)+"/gui", values("asked.0.text", another, "asked.0", "nobody", "units", string(w.other.ID))).leads(t, "nobody here", w.boardURL(nobody))
		w.get(townClerk, letterURL(w.to(t, "7", another))+"/gui").want(t, "who is nobody here may be somebody", 200, kept, "Giữ nguyên: ")
	})
}

// inboxOf is the page of the dispatch by which a unit has a letter.
func (w *world) inboxOf(t *testing.T, l letter.Letter, receiver ident.ID) string {
	t.Helper()
	all, err := w.Cascade.OfLetter(t.Context(), w.DB, l.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.ReceiverID == receiver {
			return "/don-vi/ban-gui/" + string(d.ID)
		}
	}
	t.Fatal("the unit does not have the letter")
	return ""
}
