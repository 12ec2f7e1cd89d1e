package lettertest

import (
	"fmt"
	"strings"
	"testing"

	"sachhon/internal/audit"
	"sachhon/internal/blob"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
	"sachhon/internal/unit/builtin"
)

// Desk is a letter service over one database with the units of Hương Trà in June 2024.
type Desk struct {
	DB      *database.DB
	Clock   *clock.Set
	Log     *audit.Log
	IDs     *ident.Generator
	Blobs   blob.Store
	Units   *unit.Service
	Letters *letter.Service
	Tree    *unit.Tree
	Town    unit.Unit // the People's Committee of Hương Trà
}

// New sets up a desk.
func New(t testing.TB, db *database.DB, clk *clock.Set) *Desk {
	t.Helper()
	d := &Desk{DB: db, Clock: clk, IDs: testkit.Seeded(clk, 77)}
	signer, err := audit.NewSigner("letters.test", [32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	d.Log = audit.New(db, signer)
	folder, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = folder.Close() })
	d.Blobs = folder
	d.Units = unit.NewService(db, d.Log, d.IDs)
	if _, err := d.Units.Import(t.Context(), person.SystemActor, builtin.HuongTra(), unit.ImportOptions{ValidFrom: builtin.InForce}); err != nil {
		t.Fatal(err)
	}
	if d.Tree, err = d.Units.Tree(t.Context(), clock.DayOf(clk.Now())); err != nil {
		t.Fatal(err)
	}
	d.Town = d.Unit(t, "480")
	d.Letters = letter.NewService(db, d.Log, d.IDs, d.Blobs, d.Units)
	return d
}

// Unit returns the unit in force under a code.
func (d *Desk) Unit(t testing.TB, code string) unit.Unit {
	t.Helper()
	u, ok := d.Tree.ByCode(code)
	if !ok {
		t.Fatalf("no unit %q in force", code)
	}
	return u
}

// Actor returns somebody who holds the role in the unit.
func (d *Desk) Actor(role person.Role, in unit.Unit) person.Actor {
	return person.NewActor(person.Actor{ID: d.IDs.New(), HomeUnit: in.ID, Grants: []person.Grant{{Role: role, UnitID: in.ID}}}, d.Tree)
}

// Registered drafts and registers the letter of a text for the town, as its clerk.
func (d *Desk) Registered(t testing.TB, text string) letter.Letter {
	t.Helper()
	clerk := d.Actor(person.Clerk, d.Town)
	l, err := d.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: d.Town.ID, Text: text})
	if err != nil {
		t.Fatal(err)
	}
	if l, err = d.Letters.Register(t.Context(), clerk, l.ID); err != nil {
		t.Fatal(err)
	}
	return l
}

// Issued composes a document of the town, has its leader sign it, and registers it.
func (d *Desk) Issued(t testing.TB, doc letter.Document) letter.Letter {
	t.Helper()
	return d.Answering(t, "", doc)
}

// Answering is Issued for a letter that carries out another one.
func (d *Desk) Answering(t testing.TB, first ident.ID, doc letter.Document) letter.Letter {
	t.Helper()
	clerk := d.Actor(person.Clerk, d.Town)
	l, err := d.Letters.Compose(t.Context(), clerk, letter.ComposeInput{Issuer: d.Town.ID, Document: doc, Answers: first})
	if err != nil {
		t.Fatal(err)
	}
	d.Sign(t, l)
	if l, err = d.Letters.Register(t.Context(), clerk, l.ID); err != nil {
		t.Fatal(err)
	}
	return l
}

// Sign takes a composed draft through the sign-off of its issuer, whose leader signs it wherever it departs from its form.
func (d *Desk) Sign(t testing.TB, l letter.Letter) {
	t.Helper()
	issuer, ok := d.Tree.ByID(l.IssuerID)
	if !ok {
		t.Fatalf("the issuer of %s is unknown", l.ID)
	}
	l, err := d.Letters.Submit(t.Context(), d.Actor(person.Clerk, issuer), l.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	in := letter.SignInput{Seen: l.Version}
	for _, one := range d.Letters.Judged(l).Departs {
		in.Departs = append(in.Departs, one.Mark())
	}
	if _, err := d.Letters.Sign(t.Context(), d.Actor(person.Leader, issuer), l.ID, in); err != nil {
		t.Fatal(err)
	}
}

// Text returns a complete letter of the town with the number, empty for one yet to be given, and duties.
func Text(number string, duties ...string) string {
	var list strings.Builder
	for i, d := range duties {
		fmt.Fprintf(&list, "%d. %s\n", i+1, d)
	}
	return fmt.Sprintf(`ỦY BAN NHÂN DÂN
THỊ XÃ HƯƠNG TRÀ

Số: %s/UBND-VH

V/v hưởng ứng ngày hội dọn sạch bờ sông

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Hương Trà, ngày 06 tháng 6 năm 2024

Kính gửi:
- Các cơ quan, ban ngành, đoàn thể trên thị xã;
- Ủy ban nhân dân các xã, phường;

Ủy ban nhân dân thị xã Hương Trà đề nghị các đơn vị thực hiện một số nội dung sau:
%s
Nơi nhận:
- Như trên;
- Lưu VT, VH.
`, number, list.String())
}

// Document returns a complete document of the town, without number and date, that asks for the duties.
func Document(duties ...string) letter.Document {
	doc := letter.Document{
		Type: letter.OfficialLetter, Organ: "Ủy ban nhân dân thị xã Hương Trà", Notation: "UBND-VH", Place: "Hương Trà",
		Subject:    "hưởng ứng ngày hội dọn sạch bờ sông",
		Addressees: []string{"Các cơ quan, ban ngành, đoàn thể trên thị xã", "Ủy ban nhân dân các xã, phường"},
		Blocks: []letter.Block{
			{Kind: letter.BasisBlock, Text: "Căn cứ Kế hoạch số 1518/KH-STTTT ngày 31 tháng 5 năm 2024 của Sở Thông tin và Truyền thông"},
			{Kind: letter.ParagraphBlock, Text: "Ủy ban nhân dân thị xã Hương Trà đề nghị các đơn vị thực hiện một số nội dung sau:"},
		},
		Recipients: []string{"Như trên", "Lưu: VT, VH"},
		Signer:     letter.Signer{Capacity: []string{"TM. ỦY BAN NHÂN DÂN"}, Position: "CHỦ TỊCH", Name: "Nguyễn Văn Mẫu"},
	}
	for _, text := range duties {
		doc.Blocks = append(doc.Blocks, letter.Block{Kind: letter.DutyBlock, Text: text})
	}
	return doc
}

// PartyText returns a complete letter of a board of the Party's committee of the town, read in as the paper has it: the type and
// the notation that go with it ("công văn", "CV/BTGTU"), the number, empty for one yet to be given, and the day.
func PartyText(kind, number, notation string, on letter.Date) string {
	heading, about := strings.ToUpper(kind)+"\nvề ra quân dọn vệ sinh", ""
	if kind == letter.OfficialLetter {
		heading, about = "", "V/v ra quân dọn vệ sinh"
	}
	return fmt.Sprintf(`THỊ ỦY HƯƠNG TRÀ
BAN TUYÊN GIÁO
*
Số %s-%s
%s

ĐẢNG CỘNG SẢN VIỆT NAM
Hương Trà, ngày %02d tháng %02d năm %d

%s

Ban Tuyên giáo Thị ủy đề nghị các chi bộ ra quân dọn vệ sinh.

Nơi nhận:
- Các chi bộ,
- Lưu Ban Tuyên giáo.

K/T TRƯỞNG BAN
PHÓ TRƯỞNG BAN
Trần Thị Mẫu
`, number, notation, about, on.Day, on.Month, on.Year, heading)
}

// PartyDocument returns a complete document of that board, without number and date.
func PartyDocument(kind string) letter.Document {
	doc := Document("Ra quân dọn vệ sinh.")
	doc.Form, doc.Type, doc.Superior, doc.Organ = letter.PartyForm, kind, "Thị ủy Hương Trà", "Ban Tuyên giáo Thị ủy Hương Trà"
	doc.Notation = letter.PartyForm.Notation(kind, "BTGTU", "")
	doc.Signer = letter.Signer{Position: "TRƯỞNG BAN", Name: "Trần Thị Mẫu"}
	return doc
}
