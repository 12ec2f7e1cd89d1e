package office_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/decree"
	"sachhon/internal/ident"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/paper/pdfsign/pdfsigntest"
)

// TestWhatReceiversHoldIsNotSwapped: once a letter has gone, a file with other words is refused and the way to change them shown;
// who has the letter is told of a signed file, once, and every version stays.
func TestWhatReceiversHoldIsNotSwapped(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		l := d.Issued(t, lettertest.Document("Họp dân.", "Báo cáo kết quả trước ngày 05 tháng 7 năm 2024."))
		at := "/don-vi/soan-thao/" + string(l.ID)
		issue := at + "/ban-phat-hanh"
		printed := []byte(d.As(d.clerk).Get(issue).Body)
		d.Clerk(t, "van-thu@tuha.example", d.ward)
		set := func(notation string, duties ...string) []byte {
			doc := *l.Document
			doc.Notation, doc.Blocks = notation, lettertest.Document(duties...).Blocks
			var file bytes.Buffer
			if err := decree.PDF(&file, doc, decree.Options{}); err != nil {
				t.Fatal(err)
			}
			return file.Bytes()
		}
		other := set(l.Document.Notation, "Họp dân.", "Báo cáo kết quả trước ngày 07 tháng 5 năm 2024.")
		more := set(l.Document.Notation, "Họp dân.", "Báo cáo kết quả trước ngày 05 tháng 7 năm 2024.", strings.Repeat("Ủng hộ tiền cho đợt ra quân. ", 10))
		signer := pdfsigntest.New(t, "Nguyễn Văn Mẫu", organOfSigner, nil)
		mails := func() (found []string) {
			d.Drain(t)
			for _, m := range d.Desk.Post.Letters() {
				if m.To == "van-thu@tuha.example" && strings.Contains(m.Subject, "Tệp mới") {
					found = append(found, m.Text)
				}
			}
			return found
		}

		want(t, "before it goes", d.uploads(issue, signer.Sign(t, other)), http.StatusSeeOther)
		lacks(t, "before it goes", d.Get(at), "nơi nhận được báo")
		want(t, "the right one", d.uploads(issue, signer.Sign(t, printed)), http.StatusSeeOther)
		sent, err := d.Cascade.Send(t.Context(), d.clerk, cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{d.ward.ID}}})
		if err != nil || len(sent.Dispatches) != 1 || len(mails()) != 0 {
			t.Fatalf("%+v, %v, told %d times", sent, err, len(mails()))
		}
		held := d.Get(issue).Body
		for name, file := range map[string][]byte{
			"another deadline":            other,
			"a duty more":                 more,
			"another page behind the old": pdfsigntest.Redraw(t, []byte(held), other),
		} {
			want(t, name, d.uploads(issue, signer.Sign(t, file)), http.StatusConflict, "lời văn của tệp này khác", "/don-vi/cong-van/"+string(l.ID)+"/thay-doi")
		}
		if got := d.Get(issue).Body; got != held || len(mails()) != 0 {
			t.Fatalf("what was refused is in force, or told of (%d)", len(mails()))
		}

		again := signer.Sign(t, []byte(held))
		for range 2 {
			want(t, "signed by another", d.uploads(issue, again), http.StatusSeeOther)
		}
		want(t, "set by another program", d.uploads(issue, signer.Sign(t, set(l.Document.Notation, "Họp dân.", "Báo cáo kết quả trước ngày 05 tháng 7 năm 2024."))), http.StatusSeeOther)
		if told := mails(); len(told) != 2 || !strings.Contains(told[0], "01/UBND-VH") || !strings.Contains(told[0], string(sent.Dispatches[0].ID)) {
			t.Errorf("told: %q", told)
		}
		page := d.Get(at)
		want(t, "all versions", page, http.StatusOK, "Các bản trước (4)", issue+"?ban=1", "Hệ thống tạo khi vào sổ", "nơi nhận được báo", "da-ky.pdf")
		if first := d.Get(issue + "?ban=1"); first.Body != string(printed) {
			t.Error("the first version is not what was printed")
		}
		want(t, "no such version", d.Get(issue+"?ban=9"), http.StatusNotFound)
		if got := d.As(d.wardClerk).Get(issue + "?ban=1&don-vi=" + string(d.ward.ID)); got.Body != string(printed) {
			t.Errorf("the receiver does not get what it held: %d", got.Status)
		}
		want(t, "somebody else", d.Get(issue+"?ban=1"), http.StatusForbidden)
	})
}
