package letter_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

func TestFormOfAnOrganFollowsFromItsName(t *testing.T) {
	for name, want := range map[string]letter.Form{
		"Thị đoàn Hương Trà": letter.YouthForm, "Tỉnh đoàn Thừa Thiên Huế": letter.YouthForm, "Đoàn Thanh niên Cộng sản Hồ Chí Minh phường Tứ Hạ": letter.YouthForm,
		"BCH Đoàn xã Hương Toàn": letter.YouthForm, "Đoàn trường THPT Đặng Huy Trứ": letter.YouthForm,
		"Ban Tuyên giáo Tỉnh ủy": letter.PartyForm, "Đảng bộ phường Tứ Hạ": letter.PartyForm, "Văn phòng Thị uỷ Hương Trà": letter.PartyForm, "Chi bộ Phòng Y tế": letter.PartyForm,
		"Ủy ban nhân dân phường Tứ Hạ": letter.StateForm, "Liên đoàn Lao động thị xã Hương Trà": letter.StateForm, "Công đoàn cơ sở": letter.StateForm, "Đoàn Luật sư tỉnh": letter.StateForm,
		"Hội Liên hiệp Phụ nữ thị xã Hương Trà": letter.StateForm, "Ủy ban Mặt trận Tổ quốc Việt Nam thị xã Hương Trà": letter.StateForm, "Đoàn kiểm tra liên ngành": letter.StateForm, "": letter.StateForm,
	} {
		if got := letter.FormOfOrgan(name); got != want {
			t.Errorf("%s writes in the form %q, want %q", name, got, want)
		}
	}
}

func TestFormOfALetterFollowsFromItsHeading(t *testing.T) {
	for name, want := range map[string]letter.Form{
		"letters/g02-party.txt": letter.PartyForm, "letters/g15-youth.txt": letter.YouthForm, "1903-UBND-VH.txt": letter.StateForm,
	} {
		b, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		text := string(b)
		r, err := letter.ReadBytes([]byte(text), letter.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := letter.FormOf(text, r); got != want {
			t.Errorf("%s has the form %q, want %q", name, got, want)
		}
	}
}

func TestSymbolsOfEachForm(t *testing.T) {
	for _, tt := range []struct {
		form        letter.Form
		kind        string
		organ, desk string
		want        string
	}{
		{"", letter.OfficialLetter, "UBND", "VH", "UBND-VH"},
		{letter.StateForm, "kế hoạch", "UBND", "VH", "KH-UBND"},
		{letter.StateForm, "thư công", "UBND", "", "UBND"},
		{letter.YouthForm, letter.OfficialLetter, "TĐTN", "PT", "CV/TĐTN-PT"},
		{letter.YouthForm, "kế hoạch", "ĐTN", "", "KH/ĐTN"},
		{letter.PartyForm, letter.OfficialLetter, "BTGTU", "", "CV/BTGTU"},
		{letter.PartyForm, "thư công", "BTGTU", "", "BTGTU"},
	} {
		if got := tt.form.Notation(tt.kind, tt.organ, tt.desk); got != tt.want {
			t.Errorf("%s of %q: %q, want %q", tt.kind, tt.form, got, tt.want)
		}
	}
}

// TestYouthUnionLetterFromDraftToRegister: its number is drawn from the same sequence, and its symbol is the Youth Union's in the
// letter, in the book and in what is read of its text.
func TestYouthUnionLetterFromDraftToRegister(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		youth := d.Unit(t, "480.DTN")
		clerk := d.Actor(person.Clerk, youth)
		doc := lettertest.Document("Ra quân dọn vệ sinh sáng Chủ nhật.")
		doc.Form, doc.Superior, doc.Organ, doc.Notation = letter.YouthForm, "Tỉnh đoàn Thừa Thiên Huế", youth.Organ(), "CV/TĐTN"
		doc.Recipients = []string{"Như trên", "Lưu VP"}
		doc.Signer = letter.Signer{Capacity: []string{"TM. BAN THƯỜNG VỤ"}, Position: "BÍ THƯ", Name: "Lâm Thị Mẫu"}
		l, err := d.Letters.Compose(t.Context(), clerk, letter.ComposeInput{ID: d.IDs.New(), Issuer: youth.ID, Document: doc})
		if err != nil {
			t.Fatal(err)
		}
		d.Sign(t, l)
		if l, err = d.Letters.Register(t.Context(), clerk, l.ID); err != nil {
			t.Fatal(err)
		}
		const symbol = "01-CV/TĐTN"
		if l.Symbol() != symbol || l.Document.Symbol() != symbol {
			t.Errorf("registered as %q, its document says %q", l.Symbol(), l.Document.Symbol())
		}
		for _, want := range []string{"BCH ĐOÀN TỈNH THỪA THIÊN HUẾ\nBCH ĐOÀN THỊ XÃ HƯƠNG TRÀ\n***\n", "ĐOÀN TNCS HỒ CHÍ MINH\n", "Số: " + symbol + "\n", "./.\n", "- Lưu VP.\n"} {
			if !strings.Contains(l.Source, want) {
				t.Errorf("its text lacks %q:\n%s", want, l.Source)
			}
		}
		if strings.Contains(l.Source, "CỘNG HÒA") {
			t.Error("its text names the State")
		}
		stored, err := d.Letters.Get(t.Context(), clerk, l.ID)
		if err != nil || stored.Symbol() != symbol || stored.Document.Form != letter.YouthForm {
			t.Errorf("stored as %q: %v", stored.Symbol(), err)
		}
		r, err := letter.ReadBytes([]byte(l.Source), letter.Options{Organ: letter.KnownOrgans(d.Tree.Organs())})
		if err != nil {
			t.Fatal(err)
		}
		if f := r.Fields(); f.Symbol() != symbol || f.Organ != youth.Organ() || f.Type != letter.OfficialLetter || f.Subject != doc.Subject {
			t.Errorf("read back: %q of %q, %s, %q", f.Symbol(), f.Organ, f.Type, f.Subject)
		}
		if r.Superior == nil || r.Superior.Value != "Tỉnh đoàn Thừa Thiên Huế" {
			t.Errorf("the organ above is read as %+v", r.Superior)
		}
		doc.Form = "other"
		_, err = d.Letters.Compose(t.Context(), clerk, letter.ComposeInput{ID: d.IDs.New(), Issuer: youth.ID, Document: doc})
		faulttest.Is(t, err, fault.Invalid, "")
		if faulttest.Keys(err)["form"] != "letter.fault.form" {
			t.Errorf("nothing is said of an unknown form: %v", err)
		}
	})
}

// The symbol of a scan is typed in two parts: what joins them follows from how the second is written, unless the paper was read.
func TestJointOfASymbolThatIsTyped(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		draft := func(text string) letter.Letter {
			t.Helper()
			l, err := d.Letters.Draft(t.Context(), clerk, letter.DraftInput{ID: d.IDs.New(), Issuer: d.Town.ID, Text: text})
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
		correct := func(l letter.Letter, number, notation string) letter.Letter {
			t.Helper()
			f := l.Fields
			f.Number, f.Notation = number, notation
			l, err := d.Letters.Correct(t.Context(), clerk, l.ID, l.Version, f)
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
		l := draft("Một trang giấy không đọc được.")
		for _, typed := range []struct{ number, notation, symbol string }{
			{"406", "CV/BTGTU", "406-CV/BTGTU"}, {"12", "UBND-VH", "12/UBND-VH"}, {"30", "2020/NĐ-CP", "30/2020/NĐ-CP"}, {"7", "QĐ/TW", "7-QĐ/TW"}, {"8", "QĐ/TW", "8-QĐ/TW"},
		} {
			if l = correct(l, typed.number, typed.notation); l.Symbol() != typed.symbol {
				t.Errorf("%s and %s are joined as %q", typed.number, typed.notation, l.Symbol())
			}
		}
		// What stands on the paper counts, even where it is not as the Party writes it.
		read := draft(strings.Replace(lettertest.Text("77", "Họp dân."), "77/UBND-VH", "77/CV/ĐU", 1))
		if read.Symbol() != "77/CV/ĐU" || read.Fields.Joint != "/" {
			t.Errorf("read as %q, joined by %q", read.Symbol(), read.Fields.Joint)
		}
		if read = correct(read, "78", "CV/ĐU"); read.Symbol() != "78/CV/ĐU" {
			t.Errorf("its number was put right to %q", read.Symbol())
		}

		// In the register too: the amendment keeps what joins them, or follows another notation.
		l = correct(l, "406", "CV/BTGTU")
		f := l.Fields
		f.Type, f.Organ, f.Subject, f.Date = letter.OfficialLetter, "Ban Tuyên giáo Tỉnh ủy", "ra quân", letter.Date{Year: 2024, Month: 6, Day: 6}
		l, err := d.Letters.Correct(t.Context(), clerk, l.ID, l.Version, f)
		if err != nil {
			t.Fatal(err)
		}
		if l, _, err = d.Letters.Enter(t.Context(), clerk, l.ID, nil); err != nil {
			t.Fatal(err)
		}
		a := letter.AmendmentOf(l)
		if a.Symbol() != "406-CV/BTGTU" {
			t.Errorf("the register says %q", a.Symbol())
		}
		a.Number, a.Reason = "407", "Gõ nhầm số"
		if l, err = d.Letters.Amend(t.Context(), clerk, l.ID, l.Version, a); err != nil || l.Symbol() != "407-CV/BTGTU" {
			t.Errorf("amended to %q, %v", l.Symbol(), err)
		}
		a.Notation, a.Joint = "UBND-VH", ""
		if l, err = d.Letters.Amend(t.Context(), clerk, l.ID, l.Version, a); err != nil || l.Symbol() != "407/UBND-VH" {
			t.Errorf("another notation: %q, %v", l.Symbol(), err)
		}
	})
}

func TestFormOfALetter(t *testing.T) {
	typed := letter.Letter{Fields: letter.Fields{Number: "406", Joint: "-", Notation: "CV/BTGTU", Organ: "Ban Tuyên giáo Tỉnh ủy"}}
	youth := typed
	youth.Fields.Organ = "Thị đoàn Hương Trà"
	state := typed
	state.Fields.Joint = ""
	composed := typed
	composed.Document = &letter.Document{Form: letter.YouthForm}
	for want, l := range map[letter.Form][]letter.Letter{letter.PartyForm: {typed}, letter.YouthForm: {youth, composed}, letter.StateForm: {state}} {
		for _, one := range l {
			if got := one.Form(); got != want {
				t.Errorf("%+v has the form %q, want %q", one.Fields, got, want)
			}
		}
	}
}
