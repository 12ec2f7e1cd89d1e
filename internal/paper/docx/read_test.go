package docx_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/paper/docx"
	"sachhon/internal/paper/docx/docxtest"
	"sachhon/internal/paper/flow"
)

const letter = `| ỦY BAN NHÂN DÂN // THỊ XÃ HƯƠNG AN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM // Độc lập - Tự do - Hạnh phúc
| Số: 15/UBND-VX | Hương An, ngày 03 tháng 02 năm 2025
[box: KHẨN]
Kính gửi: Phòng Văn hóa & Thông tin[^Đã đổi tên.]
# Việc thứ nhất.
## Phần a.
## Phần b.
# Việc thứ hai.
## Lại từ a.
* Gạch đầu dòng.
^tm. ủy ban nhân dân
Trái\tPhải
Dòng trên\nDòng dưới
[header: Trang đầu]`

func TestReadsWithLayout(t *testing.T) {
	got, err := docx.Read(docxtest.Build(letter))
	if err != nil {
		t.Fatal(err)
	}
	want := docx.Text{
		Lines: strings.Split("ỦY BAN NHÂN DÂN\nTHỊ XÃ HƯƠNG AN\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"+
			"Số: 15/UBND-VX\tHương An, ngày 03 tháng 02 năm 2025\nKHẨN\n\nKính gửi: Phòng Văn hóa & Thông tin\n1. Việc thứ nhất.\na) Phần a.\nb) Phần b.\n"+
			"2. Việc thứ hai.\na) Lại từ a.\n- Gạch đầu dòng.\nTM. ỦY BAN NHÂN DÂN\nTrái\tPhải\nDòng trên\nDòng dưới", "\n"),
		Footnotes: []string{"Đã đổi tên."}, Margins: []string{"Trang đầu"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestOldFontsAreConverted(t *testing.T) {
	got, err := docx.Read(docxtest.Build("~.VnTimeH~céng hßa x· héi chñ nghÜa viÖt nam\n~.VnTime~§éc lËp - Tù do - H¹nh phóc, h\u00ad¬ng \u00adíc\n~VNI-Times~Haïnh phuùc\nĐã là Unicode: è, é"))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc, hương ước", "Hạnh phúc", "Đã là Unicode: è, é"}
	if diff := cmp.Diff(want, got.Lines); diff != "" || got.Legacy == "" {
		t.Errorf("%s, from %q", diff, got.Legacy)
	}
}

func TestWhatIsDeletedOrDoubleStaysOut(t *testing.T) {
	file := docxtest.Zip(map[string]string{"word/document.xml": docxtest.Document(`<w:p><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>` +
		`<w:ins><w:r><w:t>thêm</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>`)})
	got, err := docx.Read(file)
	if err != nil || strings.Join(got.Lines, "|") != "thêm" {
		t.Errorf("%q, %v", got.Lines, err)
	}
}

func TestRefusals(t *testing.T) {
	document := func(xml string) []byte { return docxtest.Zip(map[string]string{"word/document.xml": xml}) }
	for name, tt := range map[string]struct {
		file []byte
		key  string
	}{
		"no archive":      {[]byte("PK\x03\x04 and nothing else"), "docx.fault.broken"},
		"cut off":         {docxtest.Build(letter)[:400], "docx.fault.broken"},
		"a spreadsheet":   {docxtest.Zip(map[string]string{"xl/workbook.xml": "<a/>"}), "docx.fault.notDocument"},
		"a bomb":          {document(docxtest.Document(strings.Repeat("<w:p/>", 1_900_000))), "docx.fault.tooLarge"},
		"larger unpacked": {document(docxtest.Document(strings.Repeat("<w:p> </w:p>", 1_200_000))), "docx.fault.tooLarge"},
		"too much text":   {document(docxtest.Document(noise(2 << 20))), "docx.fault.tooLarge"},
		"a DTD":           {document(`<!DOCTYPE a [<!ENTITY b "c">]><w:document>&b;</w:document>`), "docx.fault.dtd"},
		"an entity":       {document(`<w:document><w:t>&b;</w:t></w:document>`), "docx.fault.broken"},
		"deep nesting":    {document(strings.Repeat("<w:p>", 5000)), "docx.fault.tooLarge"},
		"tables within":   {document(strings.Repeat("<w:tbl><w:tr><w:tc>", 60) + strings.Repeat("</w:tc></w:tr></w:tbl>", 60)), "docx.fault.tooLarge"},
		"no end":          {document(`<w:document><w:body>`), "docx.fault.broken"},
	} {
		_, err := docx.Read(tt.file)
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || f.Key != tt.key {
			t.Errorf("%s: %v, want %s", name, err, tt.key)
		}
	}
	_, err := docx.Read(nil)
	faulttest.Is(t, err, fault.Invalid, "docx.fault.broken")
}

// noise is text of many paragraphs that does not compress well.
func noise(size int) string {
	var b strings.Builder
	n := uint32(1)
	for b.Len() < size {
		b.WriteString("<w:p><w:r><w:t>")
		for range 400 {
			n = n*1664525 + 1013904223
			b.WriteByte("abcdefghijklmnop qrstuvwxyz"[n>>24%27])
		}
		b.WriteString("</w:t></w:r></w:p>")
	}
	return b.String()
}

// FuzzRead: whatever the bytes, Read ends, fails only with a fault for people, and gives no more lines and text than the
// limits allow, in valid UTF-8 and one line each.
func FuzzRead(f *testing.F) {
	f.Add([]byte(nil), "")
	f.Add([]byte("PK\x03\x04"), `<w:p><w:r><w:t>a</w:t></w:r></w:p>`)
	f.Add(docxtest.Build(letter), `<w:tbl><w:tr><w:tc><w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p></w:tc></w:tr></w:tbl>`)
	f.Add([]byte{}, `<w:txbxContent><w:p></w:txbxContent></w:p><w:tr></w:tbl><w:tc><w:br/><w:tab/>`)
	f.Fuzz(func(t *testing.T, file []byte, body string) {
		for _, b := range [][]byte{file, docxtest.Zip(map[string]string{"word/document.xml": docxtest.Document(body)})} {
			form, err := docx.ReadForm(b)
			if _, ok := errors.AsType[*fault.Error](err); err != nil && !ok {
				t.Fatalf("its form: not a fault for people: %v", err)
			}
			for _, p := range form.Paragraphs {
				if strings.TrimSpace(p.Text) == "" || strings.ToValidUTF8(p.Text, "") != p.Text {
					t.Fatalf("not a paragraph: %q", p.Text)
				}
			}
			got, err := docx.Read(b)
			if err != nil {
				if _, ok := errors.AsType[*fault.Error](err); !ok {
					t.Fatalf("not a fault for people: %v", err)
				}
				continue
			}
			size := 0
			for _, l := range got.Lines {
				size += len(l)
				if strings.Contains(l, "\n") || strings.ToValidUTF8(l, "") != l {
					t.Fatalf("not one line of text: %q", l)
				}
			}
			if size > flow.MaxText+flow.MaxBlocks {
				t.Fatalf("%d bytes of text", size)
			}
		}
	})
}
