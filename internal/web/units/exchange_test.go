package units_test

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/edxml"
	"sachhon/internal/exchange"
	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
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

// status is what a receiver outside tells of a letter; codes that are none are written as other systems write them.
func status(t *testing.T, l letter.Letter, code edxml.Status, at clock.Time) []byte {
	t.Helper()
	data, err := edxml.Write(edxml.Message{Report: &edxml.Report{
		For:  edxml.Reference{OrganID: "000.00.00.H57", Code: l.Symbol(), DocumentID: edxml.NewDocumentID("000.00.00.H57", clock.Day(l.Fields.Date.String()), l.Symbol())},
		From: edxml.Organ{ID: "000.01.00.H57"}, Status: edxml.StatusReceived, At: at,
	}})
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Replace(data, []byte("StatusCode>03<"), []byte("StatusCode>"+string(code)+"<"), 1)
}

// What a receiver outside tells is seen whatever its code and order; a package that cannot be read is seen with the reason and
// may be looked at again by the administrator alone.
func TestStatusesAndBadPackagesAreSeen(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		if _, err := w.exchange.ImportCodes(t.Context(), person.SystemActor, strings.NewReader("480,000.00.00.H57,\n19996,000.01.00.H57,doi-tac\n")); err != nil {
			t.Fatal(err)
		}
		l, sent := w.Sent(t, w.ward)
		partner := w.exchange.Partners()[0]
		comes := func(body []byte) exchange.Answer {
			t.Helper()
			a, err := w.exchange.Accept(t.Context(), partner, body)
			if err != nil {
				t.Fatal(err)
			}
			w.Drain(t)
			return a
		}
		at := clock.At(w.Clock.Now()).Add(time.Hour)
		strange := comes(status(t, l, "42", at))
		for _, code := range []edxml.Status{"05", "01", "03", "03", "01", "42"} {
			if a := comes(status(t, l, code, at)); a.Code != exchange.OK {
				t.Errorf("%s: %+v", code, a)
			}
		}
		list := w.get(townClerk, exchangePage+"?chieu=in")
		list.want(t, "the statuses", 200, "Nhận · Mã 42", "Nhận · Đang xử lý", "Nhận · Đã tiếp nhận")
		if n := strings.Count(list.Body, l.Symbol()); n != 4 {
			t.Errorf("%d statuses are listed, want each once", n)
		}
		w.get(townClerk, exchangePage+"/"+string(strange.Message.ID)).want(t, "the one with a code of its own", 200, "Mã 42", "Xong", "000.01.00.H57", "StatusCode")
		w.get(otherClerk, exchangePage+"/"+string(strange.Message.ID)).want(t, "another unit", 403)
		d, err := w.Cascade.Load(t.Context(), w.DB, sent[0].ID)
		if err != nil || d.State != cascade.InProgress {
			t.Fatalf("the dispatch is %s, %v", d.State, err)
		}
		out := w.get(townClerk, exchangePage+"?chieu=out")
		path := exchangePage + "/" + between(t, out.Body, `href="`+exchangePage+`/`, `"`)
		w.get(townClerk, path).want(t, "what the receiver told", 200, "Mã 42", "Đang xử lý")
		w.get(townClerk, "/don-vi/ban-gui/"+string(sent[0].ID)).want(t, "the dispatch", 200, "Cách gửi", "Liên thông – chỉ theo dõi được tình trạng")
		w.post(townClerk, path+"/thu-lai", nil).want(t, "what did not fail", 409)

		for name, body := range map[string][]byte{
			"no package": []byte("%PDF-1.7"), "a status of nothing": bytes.Replace(status(t, l, "03", at), []byte("StatusCode>03<"), []byte("StatusCode><"), 1),
			"of a unit of ours": bytes.ReplaceAll(status(t, l, "03", at), []byte("000.01.00.H57"), []byte("000.00.00.H57")),
		} {
			bad := comes(body)
			one := exchangePage + "/" + string(bad.Message.ID)
			if bad.Code == exchange.OK || bad.Message.State != exchange.Failed {
				t.Errorf("%s: %+v", name, bad)
			}
			w.get(townClerk, one).want(t, name+", which concerns nobody", 403)
			w.get(administrator, one).want(t, name, 200, "Lỗi", "Thử lại", "Không đọc được")
			w.post(administrator, one+"/thu-lai", nil).want(t, name+", looked at again", statusFor(bad))
			w.post(townClerk, one+"/thu-lai", nil).want(t, name+", by somebody else", 403)
		}
		w.get(administrator, exchangePage+"?trang-thai=failed").want(t, "what failed", 200, "Lỗi (3)", "Không đọc được")
		// A status of a letter that was never sent there is kept with the reason, and may be tried again.
		lost := comes(bytes.ReplaceAll(status(t, l, "03", at), []byte(l.Symbol()), []byte("9999/UBND-VH")))
		one := exchangePage + "/" + string(lost.Message.ID)
		w.get(administrator, one).want(t, "about nothing that went out", 200, "9999/UBND-VH", "Lỗi", "Thử lại")
		w.post(administrator, one+"/thu-lai", nil).leads(t, "tried again", one)
		w.Drain(t)
		w.get(administrator, one).want(t, "and failed again", 200, "Lỗi")
		for _, query := range []string{"?chieu=x", "?trang-thai=%00", "?don-vi=x", "?truoc=%FF"} {
			if a := w.get(townClerk, exchangePage+query); a.Code >= 500 {
				t.Errorf("%s: %d", query, a.Code)
			}
		}
	})
}

// statusFor is how the pages answer what a package was refused for.
func statusFor(a exchange.Answer) int {
	if a.Fault.Kind == fault.Forbidden {
		return http.StatusForbidden
	}
	return http.StatusUnprocessableEntity
}

// A unit that is reached over another system is said to be one; it is late with what it can tell, and nobody is asked to
// take the letter back because it has no account here.
func TestBoardsOfUnitsOutside(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		if _, err := w.exchange.ImportCodes(t.Context(), person.SystemActor, strings.NewReader("480,000.00.00.H57,\n19996,000.01.00.H57,doi-tac\n")); err != nil {
			t.Fatal(err)
		}
		l, _ := w.Sent(t, w.ward)
		board := "/don-vi/cong-van/" + string(l.ID) + "/theo-doi?don-vi=" + string(w.Town.ID)
		stuck := "/don-vi/vuong-mac?don-vi=" + string(w.Town.ID)
		comes := func(code edxml.Status, day int) {
			t.Helper()
			if _, err := w.exchange.Accept(t.Context(), w.exchange.Partners()[0], status(t, l, code, clock.Date(2024, time.June, day, 9, 0))); err != nil {
				t.Fatal(err)
			}
			w.Drain(t)
		}
		comes(edxml.StatusArrived, 6)
		w.Clock.Set(clock.Date(2024, time.June, 20, 8, 0).Time)
		w.Drain(t)
		w.get(townClerk, board).want(t, "not received", 200, "Liên thông – chỉ theo dõi được tình trạng", "Quá hạn tiếp nhận", "trên 0 đơn vị")
		page := w.get(townClerk, stuck)
		page.want(t, "stuck", 200, "Chưa tiếp nhận", "Liên thông – chỉ theo dõi được tình trạng")
		for _, text := range []string{"Thu hồi, gửi bằng cách khác", "Không có người để nhắc", "tuyên truyền lần nào", "chưa có người dùng"} {
			if strings.Contains(page.Body, text) {
				t.Errorf("of a unit outside it says %q", text)
			}
		}
		comes(edxml.StatusReceived, 7)
		w.get(townClerk, stuck).want(t, "received: nothing more can be expected before the deadline", 200, "Không đơn vị nào chậm")
	})
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
