package units_test

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/database"
	"sachhon/internal/decree"
	"sachhon/internal/decree/decreetest"
	"sachhon/internal/drafting"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/paper/pdfsign/pdfsigntest"
	"sachhon/internal/testkit/program"
)

func setLetter(t *testing.T, doc letter.Document) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := decree.PDF(&file, doc, decree.Options{}); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// A signed PDF that is read in shows on its draft's page what its signature is worth, and to whom it is sent.
func TestSignaturesOfAFileThatCame(t *testing.T) {
	program.Need(t, "pdftotext", "poppler-utils")
	eachWorld(t, func(t *testing.T, w *world) {
		w.Letters.PrintWith(drafting.Printer{})
		signed := pdfsigntest.New(t, "Nguyễn Văn Mẫu", "Ủy ban nhân dân Mẫu", nil).Sign(t, setLetter(t, decreetest.Letter()))
		spoiled := bytes.Clone(signed)
		spoiled[len(spoiled)/8] ^= 1
		draft := func(name string, content []byte) string {
			t.Helper()
			a := w.upload(t, townClerk, "/don-vi/cong-van/moi?don-vi="+string(w.Town.ID), values("id", string(w.IDs.New()), "unit", string(w.Town.ID)), name, content)
			if a.Code != http.StatusSeeOther {
				t.Fatalf("%s: %d", name, a.Code)
			}
			return a.Location
		}
		at := draft("da-ky.pdf", signed)
		w.get(townClerk, at).want(t, "signed", 200, "Chữ ký số của tệp", "Nội dung nguyên vẹn", "Nguyễn Văn Mẫu", "Số chứng thư")
		w.get(townClerk, draft("sua.pdf", spoiled)).want(t, "changed", 200, "Nội dung đã thay đổi sau khi ký")
		w.get(townClerk, draft("thuong.pdf", setLetter(t, decreetest.Letter()))).want(t, "not signed", 200, "không có chữ ký số")
		if page := w.get(townClerk, w.paste(t, lettertest.Text("77", "Họp dân."))); strings.Contains(page.Body, "Chữ ký số") {
			t.Error("what was pasted has signatures")
		}

		// One that came before signatures were written down is looked into when it is shown first, and that is kept.
		err := w.DB.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			_, err := tx.Exec(ctx, `DELETE FROM letter_signature`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		kept := func(id ident.ID) (n int64) {
			t.Helper()
			if err := w.DB.Get(t.Context(), &n, `SELECT count(*) FROM letter_signature WHERE letter_id = $1`, id); err != nil {
				t.Fatal(err)
			}
			return n
		}
		id := ident.ID(strings.TrimPrefix(at, "/don-vi/cong-van/"))
		if n := kept(id); n != 0 {
			t.Fatalf("%d rows before anybody looked", n)
		}
		for range 2 {
			w.get(townClerk, at).want(t, "an old one", 200, "Nội dung nguyên vẹn", "Nguyễn Văn Mẫu")
			if n := kept(id); n != 1 {
				t.Errorf("%d rows are kept of an old one", n)
			}
		}
		if page := w.get(townClerk, w.paste(t, lettertest.Text("78", "Họp dân."))); strings.Contains(page.Body, "Chữ ký số") {
			t.Error("what was pasted has signatures")
		}
		if _, err := w.Letters.Register(t.Context(), w.people[townClerk], id); err != nil {
			t.Fatal(err)
		}
		sent, err := w.Cascade.Send(t.Context(), w.people[townClerk], cascade.SendInput{Letter: id, To: cascade.Recipients{Units: []ident.ID{w.ward.ID}}})
		if err != nil {
			t.Fatal(err)
		}
		w.get(wardClerk, "/don-vi/ban-gui/"+string(sent.Dispatches[0].ID)).want(t, "the receiver", 200, "Chữ ký số của tệp", "Nội dung nguyên vẹn")
	})
}

// The signed file of a letter that was read in is uploaded on its page, and receivers see it with the version that it followed.
func TestASignedFileOfALetterThatWasReadIn(t *testing.T) {
	program.Need(t, "pdftotext", "poppler-utils")
	eachWorld(t, func(t *testing.T, w *world) {
		w.Letters.PrintWith(drafting.Printer{})
		plain := setLetter(t, decreetest.Letter())
		l, err := w.Letters.Draft(t.Context(), w.people[townClerk], letter.DraftInput{Issuer: w.Town.ID, File: bytes.NewReader(plain), FileName: "cv.pdf"})
		if err != nil {
			t.Fatal(err)
		}
		at := "/don-vi/cong-van/" + string(l.ID)
		signer := pdfsigntest.New(t, "Nguyễn Văn Mẫu", "Ủy ban nhân dân Mẫu", nil)
		signed := signer.Sign(t, plain)
		if strings.Contains(w.get(townClerk, at).Body, "Tải lên bản đã ký") {
			t.Error("a draft takes a signed file")
		}
		if l, err = w.Letters.Register(t.Context(), w.people[townClerk], l.ID); err != nil {
			t.Fatal(err)
		}
		w.get(townClerk, at).want(t, "registered", 200, "Tải lên bản đã ký", at+"/ban-phat-hanh")
		w.upload(t, townClerk, at+"/ban-phat-hanh", nil, "a.pdf", plain).want(t, "not signed", 422, "không có chữ ký số", "Tải lên bản đã ký")
		w.upload(t, wardClerk, at+"/ban-phat-hanh", nil, "a.pdf", signed).want(t, "somebody else", 403)
		w.upload(t, townClerk, at+"/ban-phat-hanh", nil, "da-ky.pdf", signed).leads(t, "signed", at)
		w.get(townClerk, at).want(t, "signed", 200, "Bản phát hành", "da-ky.pdf", "Nội dung nguyên vẹn", "Nguyễn Văn Mẫu")

		sent, err := w.Cascade.Send(t.Context(), w.people[townClerk], cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{w.ward.ID}}})
		if err != nil {
			t.Fatal(err)
		}
		doc := decreetest.Letter()
		doc.Blocks = lettertest.Document("Việc khác hẳn.").Blocks
		w.upload(t, townClerk, at+"/ban-phat-hanh", nil, "khac.pdf", signer.Sign(t, setLetter(t, doc))).
			want(t, "other words", 409, "lời văn của tệp này khác", at+"/thay-doi")
		twice := signer.Sign(t, signed)
		w.upload(t, townClerk, at+"/ban-phat-hanh", nil, "hai-chu-ky.pdf", twice).leads(t, "signed again", at)
		to := "/don-vi/ban-gui/" + string(sent.Dispatches[0].ID)
		w.get(wardClerk, to).want(t, "the receiver", 200, "hai-chu-ky.pdf", "Các bản trước (1)", to+"/tep?ban=1", "Nội dung nguyên vẹn")
		if strings.Contains(w.get(wardClerk, to).Body, "Bản phát hành (PDF)") {
			t.Error("the file of the issued version is named twice")
		}
		for path, file := range map[string][]byte{"/tep": twice, "/tep?ban=1": signed} {
			if got := w.get(wardClerk, to+path); got.Raw != string(file) {
				t.Errorf("%s is not what was uploaded: %d", path, got.Code)
			}
		}
		w.get(wardClerk, to+"/tep?ban=7").want(t, "no such version", 404)
		w.get(otherClerk, to+"/tep?ban=1").want(t, "somebody else", 403)
	})
}

// Who uploads a signed file of a letter that has gone to another system is told that it is not sent there.
func TestASignedFileStaysHere(t *testing.T) {
	program.Need(t, "pdftotext", "poppler-utils")
	eachWorld(t, func(t *testing.T, w *world) {
		w.Letters.PrintWith(drafting.Printer{})
		signer := pdfsigntest.New(t, "Nguyễn Văn Mẫu", "Ủy ban nhân dân Mẫu", nil)
		plain := setLetter(t, decreetest.Letter())
		l, err := w.Letters.Draft(t.Context(), w.people[townClerk], letter.DraftInput{Issuer: w.Town.ID, File: bytes.NewReader(plain), FileName: "cv.pdf"})
		if err != nil {
			t.Fatal(err)
		}
		if l, err = w.Letters.Register(t.Context(), w.people[townClerk], l.ID); err != nil {
			t.Fatal(err)
		}
		at := "/don-vi/cong-van/" + string(l.ID)
		outside := w.Unit(t, "20011")
		w.post(administrator, exchangePage+"/ma", url.Values{"unit": {"20011"}, "codes": {"H57.12.02"}, "partner": {"doi-tac"}}).leads(t, "a ward outside", exchangePage+"/ma")
		send := func(to ident.ID) {
			t.Helper()
			if _, err := w.Cascade.Send(t.Context(), w.people[townClerk], cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{to}}}); err != nil {
				t.Fatal(err)
			}
		}
		const notSent = "Không tự gửi tệp này tới nơi nhận ở hệ thống khác"
		send(w.ward.ID)
		if page := w.get(townClerk, at); strings.Contains(page.Body, notSent) {
			t.Error("a receiver here is taken for one outside")
		}
		send(outside.ID)
		w.get(townClerk, at).want(t, "one outside", 200, notSent+": "+outside.FullName)
		w.upload(t, townClerk, at+"/ban-phat-hanh", nil, "da-ky.pdf", signer.Sign(t, plain)).leads(t, "signed", at)
		w.get(townClerk, at).want(t, "the next file", 200, notSent)
	})
}
