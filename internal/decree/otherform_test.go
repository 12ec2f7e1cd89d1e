package decree_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/decree"
	"sachhon/internal/decree/decreetest"
	"sachhon/internal/letter"
	"sachhon/internal/testkit/program"
)

// inOtherForms are a letter and a plan of the Youth Union and of the Party.
func inOtherForms() map[string]letter.Document {
	out := map[string]letter.Document{}
	for kind, doc := range map[string]letter.Document{"letter": decreetest.Letter(), "plan": decreetest.Plan()} {
		doc.Contact, doc.Drafter = "", ""
		doc.Form, doc.Superior, doc.Organ, doc.Number = letter.YouthForm, "Tỉnh đoàn Thừa Thiên Huế", "Thị đoàn Hương Trà", "58"
		doc.Notation, doc.Recipients = doc.Form.Notation(doc.Type, "TĐTN", "PT"), []string{"Như trên", "Thường trực Thị ủy (b/c)", "Lưu VP"}
		doc.Signer = letter.Signer{Capacity: []string{"TM. BAN THƯỜNG VỤ"}, Position: "PHÓ BÍ THƯ", Name: "Lâm Thị Mẫu"}
		out[kind+" of the Youth Union"] = doc
		doc.Form, doc.Superior, doc.Organ, doc.Number = letter.PartyForm, "Thị ủy Hương Trà", "Ban Tuyên giáo Thị ủy Hương Trà", "406"
		doc.Notation = doc.Form.Notation(doc.Type, "BTGTU", "")
		doc.Signer = letter.Signer{Capacity: []string{"K/T TRƯỞNG BAN"}, Position: "PHÓ TRƯỞNG BAN", Name: "Lê Văn Mẫu"}
		out[kind+" of the Party"] = doc
	}
	return out
}

// TestOtherFormsAreReadBack: what a DOCX and a PDF in these forms say is read again, they are told to be no letters of the State, and
// their own documents depart in nothing.
func TestOtherFormsAreReadBack(t *testing.T) {
	program.Need(t, "pdftotext", "poppler-utils")
	known := letter.KnownOrgans([]string{"Tỉnh đoàn Thừa Thiên Huế", "Thị đoàn Hương Trà", "Thị ủy Hương Trà", "Ban Tuyên giáo Thị ủy Hương Trà"})
	for name, doc := range inOtherForms() {
		if list := decree.CheckDocument(doc); len(list) > 0 {
			t.Errorf("%s: %+v", name, list)
		}
		for kind, write := range map[string]func(io.Writer, letter.Document, decree.Options) error{"DOCX": decree.DOCX, "PDF": decree.PDF} {
			t.Run(name+" as "+kind, func(t *testing.T) {
				var buf bytes.Buffer
				if err := write(&buf, doc, decree.Options{}); err != nil {
					t.Fatal(err)
				}
				source, r, err := letter.ReadFile(t.Context(), buf.Bytes(), letter.Options{Organ: known})
				if err != nil {
					t.Fatal(err)
				}
				f, superior := r.Fields(), ""
				if r.Superior != nil {
					superior = r.Superior.Value
				}
				recipients := []string{}
				for _, to := range f.Recipients {
					recipients = append(recipients, strings.TrimRight(to, ",;."))
				}
				want := []any{doc.Form, doc.Type, doc.Symbol(), doc.Superior, doc.Organ, doc.Place, doc.Date, doc.Recipients, doc.Signer}
				got := []any{letter.FormOf(source, r), f.Type, f.Symbol(), superior, f.Organ, f.Place, f.Date, recipients, f.Signer}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("(-written +read)\n%s\n%s", diff, source[:min(len(source), 900)])
				}
				if decree.Covers(source, r) {
					t.Error("it is said to be under the decree")
				}
			})
		}
	}
}

// TestWhatOtherFormsLack: parts that are missing, and a symbol of the State's form, with the guide that asks for them.
func TestWhatOtherFormsLack(t *testing.T) {
	for name, doc := range inOtherForms() {
		doc.Notation, doc.Place, doc.Signer.Name = "UBND-VH", "", ""
		list := decree.CheckDocument(doc)
		if diff := cmp.Diff([]string{"otherSymbol", "placeMissing", "signerMissing"}, codes(list)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
		for _, d := range list {
			if d.Field == "" || !strings.HasPrefix(d.Rule, "Hướng dẫn ") {
				t.Errorf("%s: %+v", name, d)
			}
		}
	}
}
