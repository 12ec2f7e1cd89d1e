package units_test

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/edxml"
	"sachhon/internal/exchange"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
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
		d, err := w.Cascade.Find(t.Context(), w.DB, sent[0].ID)
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

// An administrator gives the codes that packages fail for, from where the fault is told; nobody else does.
func TestCodesAreGivenOnAPage(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		const codes = exchangePage + "/ma"
		w.get(administrator, exchangePage).want(t, "the way there", 200, `href="`+codes+`"`)
		w.get(administrator, codes).want(t, "none yet", 200, "Chưa có mã nào", "Trục thử")
		w.get(townClerk, codes).want(t, "a clerk", 403)
		w.post(townClerk, codes, url.Values{"unit": {"480"}, "codes": {"H57.12"}}).want(t, "a clerk sets one", 403)
		w.post(administrator, codes, url.Values{"unit": {"19996"}, "codes": {"H57"}, "partner": {"doi-tac"}}).want(t, "no code", 422, "không phải mã định danh")
		w.post(administrator, codes, url.Values{"unit": {"Không có"}, "codes": {"H57.01"}}).want(t, "no unit", 404, "Không có đơn vị nào")
		w.post(administrator, codes, url.Values{"unit": {"19996"}, "codes": {"H57.12.01"}, "partner": {"doi-tac"}}).leads(t, "a ward outside", codes)

		w.Sent(t, w.ward) // the town itself has no code
		w.Drain(t)
		list := w.get(administrator, exchangePage+"?trang-thai=failed")
		one := w.get(administrator, exchangePage+"/0"+between(t, list.Body, `href="`+exchangePage+`/0`, `"`))
		one.want(t, "why it failed", 200, "chưa có mã định danh", "Khai mã định danh", codes+"?don-vi="+string(w.Town.ID))
		w.get(administrator, codes+"?don-vi="+string(w.Town.ID)).want(t, "its form", 200, w.Town.FullName)
		w.post(administrator, codes, url.Values{"unit": {w.Town.FullName}, "codes": {"h57.12\n000.00.12.H57"}}).leads(t, "the town", codes)
		w.get(administrator, codes).want(t, "both", 200, "H57.12, 000.00.12.H57", "H57.12.01", "Trục thử")
		more := url.Values{"unit": {w.Town.FullName}, "codes": {"H57.99"}}
		w.post(administrator, codes, more).want(t, "not over those there are", 422, "Đơn vị này đã có mã", "000.00.12.H57\nH57.99", string(w.Town.ID))
		w.get(administrator, codes).want(t, "as they were", 200, "H57.12, 000.00.12.H57")
		more.Set("for", string(w.Town.ID))
		w.post(administrator, codes, more).leads(t, "in their place, knowingly", codes)
	})
}

// A package that was handed over is read where any letter is, with what it says of the letter; what nobody understands of a
// package is seen.
func TestAPackageIsReadByHand(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		data, err := edxml.Write(edxml.Message{Letter: &edxml.Letter{
			From: edxml.Organ{ID: "000.05.00.H57", Name: "Sở Thử nghiệm"}, To: []edxml.Organ{{ID: "000.00.00.H57", Name: "UBND thị xã"}}, Number: "91", Notation: "STN-VP",
			Place: "Huế", Date: "2024-06-03", TypeName: "Công văn", Subject: "triển khai đợt ra quân", Signer: edxml.Signer{Position: "Giám đốc", Name: "Nguyễn Văn Mẫu"},
			Attachments: []edxml.Attachment{{Name: "van-ban.txt", Type: "text/plain", Body: []byte("Nội dung văn bản, không có số.\n")}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		form := "/don-vi/cong-van/moi?don-vi=" + string(w.Town.ID)
		w.get(townClerk, form).want(t, "the form", 200, ".edxml")
		id := string(w.IDs.New())
		w.upload(t, townClerk, form, url.Values{"id": {id}, "unit": {string(w.Town.ID)}}, "goi.EDXML", data).leads(t, "a package", "/don-vi/cong-van/"+id)
		l, err := w.Letters.Load(t.Context(), w.DB, ident.ID(id))
		if err != nil || l.State != letter.Draft || l.Symbol() != "91/STN-VP" || l.Fields.Organ != "Sở Thử nghiệm" || l.FileName != "van-ban.txt" || l.IssuerID != w.Town.ID {
			t.Errorf("%+v, %v", l.Fields, err)
		}
		w.upload(t, townClerk, form, url.Values{"id": {string(w.IDs.New())}, "unit": {string(w.Town.ID)}}, "goi.edxml", []byte("<x/>")).want(t, "no package", 422)

		if _, err := w.exchange.ImportCodes(t.Context(), person.SystemActor, strings.NewReader("480,000.00.00.H57,\n")); err != nil {
			t.Fatal(err)
		}
		strange := bytes.Replace(data, []byte("</edXML:MessageHeader>"), []byte("<edXML:GhiChuRieng>Chuyển qua trục tỉnh</edXML:GhiChuRieng></edXML:MessageHeader>"), 1)
		a, err := w.exchange.Accept(t.Context(), w.exchange.Partners()[0], strange)
		if err != nil || a.Code != exchange.OK {
			t.Fatalf("%+v, %v", a, err)
		}
		w.Drain(t)
		w.get(townClerk, exchangePage+"/"+string(a.Message.ID)).want(t, "what was kept aside", 200, "Phần không hiểu được", "GhiChuRieng", "Chuyển qua trục tỉnh")
	})
}
