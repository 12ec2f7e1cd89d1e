package units_test

import (
	"bytes"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"sachhon/internal/edxml"
	"sachhon/internal/exchange"
	"sachhon/internal/person"
	"sachhon/internal/testkit/program"
)

// scan is a PDF of one page without text.
func scan(t *testing.T) []byte {
	t.Helper()
	f := fpdf.New("P", "mm", "A4", "")
	f.AddPage()
	f.Line(20, 20, 190, 250)
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What came from another system as a scan with an enclosure can be opened by the unit that received it, and by nobody else.
func TestReceiverOpensWhatCame(t *testing.T) {
	program.Need(t, "pdftotext", "poppler-utils")
	eachWorld(t, func(t *testing.T, w *world) {
		partner := exchange.Partner{ID: "doi-tac", Name: "Trục thử", Way: exchange.ByPost, Accepts: "mot bi mat dai lam"}
		if _, err := w.exchange.ImportCodes(t.Context(), person.SystemActor, strings.NewReader("unit,organ,partner\n19996,000.01.00.H57,\n")); err != nil {
			t.Fatal(err)
		}
		picture, annex := scan(t), []byte("stt,don vi\n1,a\n")
		body, err := edxml.Write(edxml.Message{Letter: &edxml.Letter{
			From: edxml.Organ{ID: "000.05.00.H57", Name: "Sở Thử nghiệm"}, To: []edxml.Organ{{ID: "000.01.00.H57", Name: "UBND phường"}},
			Number: "77", Notation: "STN-VP", Place: "Huế", Date: "2024-06-03", TypeName: "Công văn", Subject: "V/v triển khai đợt ra quân",
			Signer: edxml.Signer{Position: "Giám đốc", Name: "Nguyễn Văn Mẫu"},
			Attachments: []edxml.Attachment{
				{Name: "77-STN-VP.pdf", Type: "application/pdf", Body: picture}, {Name: "danh-sach.csv", Type: "text/csv", Body: annex},
			},
		}})
		if err != nil {
			t.Fatal(err)
		}
		if a, err := w.exchange.Accept(t.Context(), partner, body); err != nil || a.Code != exchange.OK {
			t.Fatalf("%+v, %v", a, err)
		}
		w.Drain(t)
		in, err := w.Cascade.Inbox(t.Context(), w.people[wardClerk], w.ward.ID, 10)
		if err != nil || len(in.Items) != 1 {
			t.Fatalf("%+v, %v", in.Items, err)
		}
		at := "/don-vi/ban-gui/" + string(in.Items[0].ID)
		page := w.get(wardClerk, at)
		page.want(t, "the receiver", 200, "bản quét", "77-STN-VP.pdf", at+"/tep", "Gói tin liên thông")
		if got := w.get(wardClerk, at+"/tep"); got.Code != 200 || got.Raw != string(picture) || got.Header.Get("Content-Type") != "application/pdf" {
			t.Errorf("the scan: %d %v, %d bytes of %d", got.Code, got.Header, len(got.Raw), len(picture))
		}
		packages := between(t, page.Raw, `href="`+exchangePage+`/`, `"`)
		w.get(wardClerk, exchangePage+"/"+packages).want(t, "the package", 200, "danh-sach.csv")
		if got := w.get(wardClerk, exchangePage+"/"+packages+"/tep/2"); got.Code != 200 || got.Raw != string(annex) {
			t.Errorf("the enclosure: %d, %q", got.Code, got.Raw)
		}
		for _, who := range []string{otherClerk, citizen} {
			w.get(who, at+"/tep").want(t, who, 403)
		}
	})
}

// The file that a letter was read from goes to those it was sent to.
func TestReceiverOpensTheFileOfTheLetter(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at, d := w.arrived(t)
		w.get(wardClerk, at+"/tep?goc=1").want(t, "as it came", 200)
		l, err := w.Letters.Load(t.Context(), w.DB, d.LetterID)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.get(wardClerk, at+"/tep"); got.Raw != l.Source {
			t.Errorf("%q instead of the letter", got.Raw)
		}
		w.get(otherClerk, at+"/tep").want(t, "another unit", 403)
		w.get(wardClerk, "/don-vi/ban-gui/"+string(w.IDs.New())+"/tep").want(t, "no such dispatch", 404)
	})
}
