package units_test

import (
	"context"
	"strings"
	"testing"

	"sachhon/internal/exchange"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// wire is the partner: it keeps what is sent, and may refuse.
type wire struct {
	sent    []exchange.Parcel
	refuses bool
}

func (w *wire) Send(_ context.Context, p exchange.Parcel) (string, error) {
	if w.refuses {
		return "", &exchange.Refusal{Code: exchange.UnknownReceiver, Text: "Chưa có đơn vị này"}
	}
	w.sent = append(w.sent, p)
	return "da-nhan", nil
}

func (w *wire) Fetch(context.Context, func(context.Context, []byte) (exchange.Answer, error)) error {
	return nil
}

const exchangePage = "/don-vi/lien-thong"

// A letter to a unit of another system is seen on its way; what failed is tried again from the page.
func TestPagesOfTheExchange(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.get(townClerk, exchangePage).want(t, "nothing", 200, "Chưa có gói tin nào", "thị xã Hương Trà")
		if _, err := w.exchange.ImportCodes(t.Context(), person.SystemActor, strings.NewReader("unit,organ,partner\n480,000.00.00.H57,\n19996,000.01.00.H57,doi-tac\n")); err != nil {
			t.Fatal(err)
		}
		w.wire.refuses = true
		l, _ := w.Sent(t, w.ward)
		list := w.get(townClerk, exchangePage)
		list.want(t, "refused", 200, l.Symbol(), "Gửi ·", "Lỗi (1)")
		path := exchangePage + "/" + between(t, list.Body, `href="`+exchangePage+`/`, `"`)
		one := w.get(townClerk, path)
		one.want(t, "one", 200, lang.Capital(l.Fields.Subject), "Trục thử", "000.01.00.H57", "Tải gói tin", "phường Tứ Hạ", "Chưa có đơn vị này", "Thử lại")

		raw := w.get(townClerk, path+"/goi-tin")
		if raw.Code != 200 || !strings.Contains(raw.Header.Get("Content-Disposition"), ".edxml") || !strings.Contains(raw.Raw, "000.01.00.H57") {
			t.Errorf("the package: %d %v", raw.Code, raw.Header)
		}
		if file := w.get(townClerk, path+"/tep/1"); file.Code != 200 || !strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("its file: %d %v", file.Code, file.Header)
		}
		for _, bad := range []string{path + "/tep/9", path + "/tep/x", exchangePage + "/x", exchangePage + "/" + string(w.IDs.New()), exchangePage + "?truoc=x"} {
			w.get(townClerk, bad).want(t, bad, 404)
		}
		for _, door := range []string{exchangePage + "?don-vi=" + string(w.Town.ID), path, path + "/goi-tin", path + "/tep/1"} {
			w.get(otherClerk, door).want(t, "another unit: "+door, 403)
			w.get(citizen, door).want(t, "a citizen: "+door, 403)
		}
		w.post(otherClerk, path+"/thu-lai", nil).want(t, "another unit tries again", 403)

		w.wire.refuses = false
		w.post(townClerk, path+"/thu-lai", nil).leads(t, "try again", path)
		w.Drain(t)
		w.get(townClerk, path).want(t, "sent", 200, "Xong")
		if len(w.wire.sent) != 1 {
			t.Errorf("%d packages went out", len(w.wire.sent))
		}
		w.get(townClerk, exchangePage+"?chieu=out").want(t, "sent ones", 200, l.Symbol())
		w.get(townClerk, exchangePage+"?chieu=in").want(t, "received ones", 200, "Chưa có gói tin nào")
		w.get(townClerk, "/don-vi/cong-van/"+string(l.ID)+"/edxml").want(t, "by hand", 200, l.Symbol())
	})
}
