package decree_test

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/decree"
	"sachhon/internal/decree/decreetest"
	"sachhon/internal/letter"
	"sachhon/internal/paper"
)

// withAppendices is a good letter with these lines behind its signature.
func withAppendices(lines ...string) string {
	return decreetest.Letter().Text() + "\n" + strings.Join(lines, "\nDANH SÁCH ĐƠN VỊ\n1. Phường Tứ Hạ.\n\n") + "\nDANH SÁCH\n"
}

// TestAppendicesAreNumberedInRomanFigures, one after the other; a sole one needs no number.
func TestAppendicesAreNumberedInRomanFigures(t *testing.T) {
	for _, tt := range []struct {
		lines []string
		want  []string // code and number that belongs there
	}{
		{[]string{"Phụ lục"}, nil},
		{[]string{"PHỤ LỤC I"}, nil},
		{[]string{"Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV"}, nil},
		{[]string{"PHỤ LỤC I", "PHỤ LỤC I", "PHỤ LỤC II: BIỂU MẪU"}, nil}, // the first goes on on another page
		{[]string{"Phụ lục 1"}, []string{"appendixNumeral I"}},
		{[]string{"Phụ lục số 01", "Phụ lục số 02"}, []string{"appendixNumeral I", "appendixNumeral II"}},
		{[]string{"PHỤ LỤC A", "PHỤ LỤC B"}, []string{"appendixNumeral I", "appendixNumeral II"}},
		{[]string{"Phụ lục I", "Phụ lục III"}, []string{"appendixOrder II"}},
		{[]string{"Phụ lục", "Phụ lục II"}, []string{"appendixNumber I"}},
		{[]string{"Phụ lục 1 kèm theo công văn này gồm 3 trang."}, nil}, // no heading
	} {
		var got []string
		text := withAppendices(tt.lines...)
		for _, d := range check(t, text) {
			if strings.HasPrefix(d.Code, "appendix") {
				got = append(got, d.Code+" "+d.Args["Number"])
				if line := letter.SplitLines(text)[d.Lines[0]-1]; !strings.HasPrefix(strings.ToLower(line), "phụ lục") || d.Rule == "" {
					t.Errorf("%s points to %q by %q", d.Code, line, d.Rule)
				}
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q (-want +got)\n%s", tt.lines, diff)
		}
	}
}

// TestWhoSignsForACollective: an organ that one person leads has none, a council or board within it is one.
func TestWhoSignsForACollective(t *testing.T) {
	for organ, whom := range map[string]map[string]bool{
		"Sở Y tế":                    {"TM. SỞ Y TẾ": true, "TM. GIÁM ĐỐC": true, "TM. BAN CHỈ ĐẠO": false, "KT. GIÁM ĐỐC": false},
		"Phòng Văn hóa và Thông tin": {"TM. PHÒNG VĂN HÓA VÀ THÔNG TIN": true},
		"Trường Trung học cơ sở Nguyễn Đăng Thịnh": {"TM. HỘI ĐỒNG TRƯỜNG": false, "TM. NHÀ TRƯỜNG": true},
		"Ủy ban nhân dân phường Tứ Hạ":             {"TM. ỦY BAN NHÂN DÂN": false},
		"Hội Liên hiệp Phụ nữ thị xã Hương Trà":    {"TM. BAN THƯỜNG VỤ": false},
		"Ban Chỉ huy Quân sự thị xã":               {"TM. BAN CHỈ HUY": false},
	} {
		for line, wrong := range whom {
			d := decreetest.Letter()
			d.Organ, d.Signer.Capacity, d.Signer.Position = organ, []string{line}, "NGƯỜI KÝ"
			if got := slices.Contains(codes(decree.CheckDocument(d)), "singleHead"); got != wrong {
				t.Errorf("%s of %s: found %v", line, organ, got)
			}
		}
	}
}

// TestDeviationsNameTheirField: each deviation of a composed document says which part of it is to be mended.
func TestDeviationsNameTheirField(t *testing.T) {
	d := letter.Document{Type: letter.OfficialLetter, Appendices: []letter.Appendix{{Title: "Danh sách"}}}
	want := map[string]string{
		"organMissing": "organ", "numberMissing": "notation", "placeMissing": "place", "aboutMissing": "subject", "salutationMissing": "addressees",
		"contentMissing": "blocks", "recipientsMissing": "recipients", "positionMissing": "signer.position", "signerMissing": "signer.name", "appendixUncited": "blocks",
	}
	got := map[string]string{}
	for _, one := range decree.CheckDocument(d) {
		got[one.Code] = one.Field
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for code, field := range want {
		if field != "blocks" && !slices.Contains(decree.Needs(d.Type), field) {
			t.Errorf("%s is a deviation, but %s is not said to be needed", code, field)
		}
	}
	if slices.Contains(decree.Needs("kế hoạch"), "addressees") || !slices.Contains(decree.Needs("tờ trình"), "addressees") {
		t.Error("a plan is addressed to nobody, a submission to somebody")
	}
	d = decreetest.Letter()
	d.Blocks[2].Text += " Ra quân sáng chủ nhật."
	if list := decree.CheckDocument(d); len(list) != 1 || list[0].Field != "blocks.2" {
		t.Errorf("%+v", list)
	}
}

// unruled leaves out the rule that stands below the block with this text.
func unruled(set paper.Document, text string) paper.Document {
	var blocks func(list []paper.Block) []paper.Block
	blocks = func(list []paper.Block) []paper.Block {
		var out []paper.Block
		for _, b := range list {
			switch b := b.(type) {
			case paper.Rule:
				if p, ok := out[len(out)-1].(paper.Paragraph); ok && strings.Contains(p.Runs[0].Text, text) {
					continue
				}
			case paper.Table:
				b.Rows = slices.Clone(b.Rows)
				for n, row := range b.Rows {
					row.Cells = slices.Clone(row.Cells)
					for m := range row.Cells {
						row.Cells[m].Blocks = blocks(row.Cells[m].Blocks)
					}
					b.Rows[n] = row
				}
				out = append(out, b)
				continue
			}
			out = append(out, b)
		}
		return out
	}
	set.Sections = slices.Clone(set.Sections)
	set.Sections[0].Blocks = blocks(set.Sections[0].Blocks)
	return set
}

// TestRulesThatAreNotDrawn are missed in a DOCX and on the pages of a PDF, each by itself.
func TestRulesThatAreNotDrawn(t *testing.T) {
	eachKind(t, func(t *testing.T, k kind) {
		plan := decree.Lay(decreetest.Plan(), decree.Options{})
		for code, text := range map[string]string{"mottoRule": "Độc lập", "organRule": "THỊ XÃ HƯƠNG TRÀ", "abstractRule": "Triển khai Cuộc thi"} {
			list := k.formOf(t, unruled(plan, text))
			if got := codes(list); !slices.Equal(got, []string{code}) {
				t.Errorf("without the rule under %s: %v", text, got)
				continue
			}
			if list[0].Lines[0] == 0 || list[0].Args["Text"] == "" || list[0].Rule == "" {
				t.Errorf("%+v", list[0])
			}
		}
	})
}

// rewritten is a file of parts with something else in one of them.
func rewritten(t *testing.T, file []byte, name, old, with string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w, seen := zip.NewWriter(&out), false
	for _, part := range z.File {
		in, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if part.Name == name {
			seen = true
			if !bytes.Contains(b, []byte(old)) {
				t.Fatalf("%s has no %q", name, old)
			}
			b = bytes.Replace(b, []byte(old), []byte(with), 1)
		}
		to, err := w.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil || !seen {
		t.Fatalf("%s: seen %v, %v", name, seen, err)
	}
	return out.Bytes()
}

// TestRulesOfOthers: a letter of a word processor without any line lacks both; of one with a shape in its heading nothing is said,
// since that may be a rule; a text shows none and is not judged.
func TestRulesOfOthers(t *testing.T) {
	const motto = `Độc lập - Tự do - Hạnh phúc</w:t></w:r>`
	bare := word(t, "footer")
	for name, tt := range map[string]struct {
		file []byte
		want []string
	}{
		"no line":   {bare, []string{"mottoRule", "organRule"}},
		"a shape":   {rewritten(t, bare, "word/document.xml", motto, motto+`<w:r><w:pict><v:line/></w:pict></w:r>`), nil},
		"a picture": {rewritten(t, bare, "word/document.xml", motto, motto+`<w:r><w:drawing><pic:pic/></w:drawing></w:r>`), []string{"mottoRule", "organRule"}},
		"dashes":    {rewritten(t, bare, "word/document.xml", motto, motto+`</w:p><w:p><w:r><w:t>-------------</w:t></w:r>`), []string{"organRule"}},
	} {
		var got []string
		for _, d := range kinds[0].judged(t, tt.file) {
			if strings.HasSuffix(d.Code, "Rule") {
				got = append(got, d.Code)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
	for _, d := range check(t, decreetest.Letter().Text()) {
		if strings.HasSuffix(d.Code, "Rule") {
			t.Errorf("%s is said of a text", d.Code)
		}
	}
}
