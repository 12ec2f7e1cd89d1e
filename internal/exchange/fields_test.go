package exchange_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/decree"
	"sachhon/internal/edxml"
	"sachhon/internal/exchange"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// came takes a package and returns the letter that was made of it.
func (w *world) came(t *testing.T, in edxml.Letter) letter.Letter {
	t.Helper()
	a := w.accept(t, edxml.Message{Letter: &in})
	w.Drain(t)
	d, err := w.Exchange.Get(t.Context(), person.SystemActor, a.Message.ID)
	if err != nil || d.State != exchange.Done {
		t.Fatalf("%s %v, %v", d.ErrorKey, d.ErrorArgs.V, err)
	}
	l, err := w.Letters.Load(t.Context(), w.DB, d.LetterID)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// What a DOCX in a package says is kept: what it refers to and sends along, duties, urgency. What the package says stands in
// its place.
func TestALetterFromAPackageKeepsWhatItSays(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		doc := lettertest.Document("Thông báo trước ngày 20 tháng 6 năm 2024.", "Nộp ít nhất 3 tác phẩm.")
		doc.Number, doc.Date, doc.Urgency = "999", letter.Date{Year: 2024, Month: 6, Day: 1}, "khẩn"
		doc.Blocks = append(doc.Blocks, letter.Block{Kind: letter.ParagraphBlock, Text: "Đề nghị báo cáo như Công văn số 12/UBND-VH ngày 03 tháng 5 năm 2024 của Ủy ban nhân dân thị xã Hương Trà đã nêu (gửi kèm Danh sách các điểm tồn đọng rác thải)."})
		var docx bytes.Buffer
		if err := decree.DOCX(&docx, doc, decree.Options{}); err != nil {
			t.Fatal(err)
		}
		in := incoming("91", "000.08.00.H57")
		in.Attachments = []edxml.Attachment{{Name: "cong-van.docx", Body: docx.Bytes()}}
		in.ResponseFor = []edxml.Reference{{Code: "45/UBND-NC", Date: "2024-05-20"}, {Code: "12/UBND-VH"}}
		f := w.came(t, in).Fields
		if f.Symbol() != "91/STN-VP" || f.Date.String() != "2024-06-03" || f.Subject != "triển khai đợt ra quân" || f.Organ != "Sở Thử nghiệm" || f.Signer.Position != "Giám đốc" {
			t.Errorf("what the package says: %+v", f)
		}
		var refs []string
		for _, r := range f.References {
			refs = append(refs, r.Symbol+" "+r.Date.String())
		}
		if want := []string{"12/UBND-VH 2024-05-03", "45/UBND-NC 2024-05-20"}; !slices.Equal(refs, want) {
			t.Errorf("refers to %q, want %q", refs, want)
		}
		if len(f.Attachments) != 1 || !strings.HasPrefix(f.Attachments[0], "Danh sách các điểm") || f.Urgency != "khẩn" {
			t.Errorf("sends along %q, urgency %q", f.Attachments, f.Urgency)
		}
		if len(f.Duties) != 2 || f.Duties[0].Deadline.IsZero() || f.Duties[1].Quota == nil || len(f.Bases) != 1 {
			t.Errorf("duties %+v, bases %+v", f.Duties, f.Bases)
		}
	})
}

// A letter of the Party keeps the hyphen of its number, and is known when it was typed in before.
func TestAPartyNumberComesAsItIs(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWorld(t, db, clk)
		party := func(number string) edxml.Letter {
			in := incoming(number, "000.08.00.H57")
			in.From, in.Notation = edxml.Organ{ID: "000.06.00.H57", Name: "Ban Thử nghiệm Thị ủy"}, "CV/BTNTU"
			in.DocumentID = edxml.NewDocumentID(in.From.ID, in.Date, number+"-"+in.Notation)
			return in
		}
		first := w.came(t, party("406"))
		if first.Symbol() != "406-CV/BTNTU" {
			t.Errorf("its number is %q", first.Symbol())
		}
		typed, err := w.Letters.Draft(t.Context(), person.SystemActor, letter.DraftInput{
			Issuer: first.IssuerID, Text: strings.Replace(lettertest.Text("0407", "Thông báo."), "0407/UBND-VH", "0407-CV/BTNTU", 1),
		})
		if err != nil {
			t.Fatal(err)
		}
		typed.Fields.Date = first.Fields.Date
		if typed, err = w.Letters.Correct(t.Context(), person.SystemActor, typed.ID, typed.Version, typed.Fields); err != nil {
			t.Fatal(err)
		}
		if typed, err = w.Letters.Register(t.Context(), person.SystemActor, typed.ID); err != nil {
			t.Fatal(err)
		}
		in := party("407")
		in.DocumentID = "" // a system that puts its own there, or nothing
		if second := w.came(t, in); second.ID != typed.ID || second.Symbol() != "0407-CV/BTNTU" {
			t.Errorf("what was typed in before came as %s, %q", second.ID, second.Symbol())
		}
	})
}
