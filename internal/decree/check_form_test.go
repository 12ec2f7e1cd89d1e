package decree_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"testing"

	"sachhon/internal/decree"
	"sachhon/internal/decree/decreetest"
	"sachhon/internal/letter"
	"sachhon/internal/paper"
	"sachhon/internal/paper/docx"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/paper/pdf"
	"sachhon/internal/paper/pdfform"
	"sachhon/internal/testkit/program"
)

// kind is a kind of file whose setting is judged.
type kind struct {
	name  string
	write func(io.Writer, paper.Document) error
	read  func(context.Context, []byte) (paper.Form, error)
}

var kinds = []kind{
	{"docx", docx.Write, func(_ context.Context, b []byte) (paper.Form, error) { return docx.ReadForm(b) }},
	{"pdf", pdf.Write, pdfform.Read},
}

func eachKind(t *testing.T, f func(t *testing.T, k kind)) {
	t.Helper()
	program.Need(t, "pdftohtml", "poppler-utils")
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) { f(t, k) })
	}
}

// formOf writes a document and judges how it is set.
func (k kind) formOf(t *testing.T, set paper.Document) []decree.Deviation {
	t.Helper()
	var buf bytes.Buffer
	if err := k.write(&buf, set); err != nil {
		t.Fatal(err)
	}
	return k.judged(t, buf.Bytes())
}

func (k kind) judged(t *testing.T, file []byte) []decree.Deviation {
	t.Helper()
	source, r, err := letter.ReadFile(t.Context(), file, letter.Options{})
	if err != nil {
		t.Fatal(err)
	}
	form, err := k.read(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	return decree.CheckForm(source, r, form)
}

// TestOurOwnFilesHaveTheForm: what we set departs in nothing.
func TestOurOwnFilesHaveTheForm(t *testing.T) {
	eachKind(t, func(t *testing.T, k kind) {
		for name, doc := range decreetest.All() {
			if list := k.formOf(t, decree.Lay(doc, decree.Options{})); len(list) > 0 {
				t.Errorf("%s: %+v", name, list)
			}
		}
	})
}

// everyRun changes the look of all paragraphs that hold this text.
func everyRun(set paper.Document, text string, change func(*paper.Paragraph)) paper.Document {
	var blocks func(list []paper.Block) []paper.Block
	blocks = func(list []paper.Block) []paper.Block {
		out := make([]paper.Block, len(list))
		for i, b := range list {
			switch b := b.(type) {
			case paper.Paragraph:
				all := ""
				for _, r := range b.Runs {
					all += r.Text
				}
				if strings.Contains(all, text) {
					b.Runs = slices.Clone(b.Runs)
					change(&b)
				}
				out[i] = b
			case paper.Table:
				b.Rows = slices.Clone(b.Rows)
				for n, row := range b.Rows {
					row.Cells = slices.Clone(row.Cells)
					for m := range row.Cells {
						row.Cells[m].Blocks = blocks(row.Cells[m].Blocks)
					}
					b.Rows[n] = row
				}
				out[i] = b
			default:
				out[i] = b
			}
		}
		return out
	}
	set.Sections = slices.Clone(set.Sections)
	for i := range set.Sections {
		set.Sections[i].Blocks = blocks(set.Sections[i].Blocks)
	}
	return set
}

// TestEachDeviationOfTheFormIsFound changes one thing of how a good letter is set at a time.
func TestEachDeviationOfTheFormIsFound(t *testing.T) { eachKind(t, eachDeviationIsFound) }

func eachDeviationIsFound(t *testing.T, k kind) {
	for name, tt := range formCases() {
		code := codeOf(name)
		if tt.paged && k.name != "pdf" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			list := k.formOf(t, tt.change(tt.doc))
			got := codes(list)
			if !slices.Contains(got, code) {
				t.Errorf("found are only %v", got)
			}
			// One thing that is out of place is one deviation; the rule of an abstract stays where it was.
			if place := strings.HasSuffix(code, "Place") || strings.HasSuffix(code, "Centre"); place && len(got) > 1 && code != "abstractPlace" {
				t.Errorf("found are %v", got)
			}
			for _, d := range list {
				if d.Rule == "" || d.Code == code && d.Component != "page" && d.Lines[0] == 0 {
					t.Errorf("%s: rule %q, lines %v", d.Code, d.Rule, d.Lines)
				}
			}
		})
	}
}

// TestMostOfTheContentDecides: a third of the paragraphs may be small.
func TestMostOfTheContentDecides(t *testing.T) {
	eachKind(t, func(t *testing.T, k kind) {
		list := k.formOf(t, everyRun(decree.Lay(decreetest.Plan(), decree.Options{}), "phối hợp chặt chẽ", func(p *paper.Paragraph) {
			for i := range p.Runs {
				p.Runs[i].Size = 12
			}
		}))
		if slices.Contains(codes(list), "bodySize") {
			t.Error("the content is said to be small")
		}
	})
}

// word is a letter as a word processor of another organ writes it: looks come from styles and a theme, the page number
// stands at the left of one margin, on the first page too.
func word(t *testing.T, margin string) []byte {
	t.Helper()
	const w = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	body, mark := "", map[string]string{"footer": "ftr", "header": "hdr"}[margin]
	for _, p := range []string{
		"ỦY BAN NHÂN DÂN", "XÃ HƯƠNG TOÀN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 12/UBND", "Hương Toàn, ngày 07 tháng 6 năm 2024", "V/v dọn vệ sinh",
		"Kính gửi: Các thôn",
	} {
		body += `<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>` + p + `</w:t></w:r></w:p>`
	}
	for range 40 {
		body += `<w:p><w:pPr><w:pStyle w:val="Body"/></w:pPr><w:r><w:t>Ủy ban nhân dân xã đề nghị các thôn vận động người dân dọn vệ sinh đường làng, ngõ xóm vào sáng Chủ nhật hằng tuần.</w:t></w:r></w:p>`
	}
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, text := range map[string]string{
		"word/document.xml": `<w:document ` + w + `><w:body>` + body + `<w:sectPr><w:` + margin + `Reference w:type="default" r:id="rId7"/><w:pgSz w:w="11906" w:h="16838"/>` +
			`<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr></w:body></w:document>`,
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
			`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
			`<Override PartName="/word/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>` +
			`<Override PartName="/word/margin1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.` + margin + `+xml"/></Types>`,
		"_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" ` +
			`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/_rels/document.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" ` +
			`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + margin + `" Target="margin1.xml"/><Relationship Id="rId1" ` +
			`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
		"word/margin1.xml":      `<w:` + mark + ` ` + w + `><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:` + mark + `>`,
		"word/theme/theme1.xml": `<a:theme><a:majorFont><a:latin typeface="Calibri Light"/></a:majorFont><a:minorFont><a:latin typeface="Calibri"/></a:minorFont></a:theme>`,
		"word/styles.xml": `<w:styles ` + w + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi"/><w:sz w:val="22"/></w:rPr></w:rPrDefault>` +
			`<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
			`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Based"><w:name w:val="Based"/><w:basedOn w:val="Normal"/>` +
			`<w:rPr><w:sz w:val="28"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Body"><w:name w:val="Body"/><w:basedOn w:val="Based"/><w:pPr><w:ind w:firstLine="720"/><w:jc w:val="both"/></w:pPr></w:style></w:styles>`,
	} {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestStylesAndThemesOfOthers(t *testing.T) {
	list := kinds[0].judged(t, word(t, "footer"))
	got := codes(list)
	for _, want := range []string{
		"marginTop", "marginLeft", "marginRight", "typeface", "pageNumberPlace", "nationLook", "numberLook", "dateLook", "nationPlace", "organPlace",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is not found, but %v", want, got)
		}
	}
	for _, not := range []string{"bodySize", "justified", "firstIndent", "lineSpacing", "paragraphSpace", "sheetSize"} {
		if slices.Contains(got, not) { // the content has its form from a style that is based on another
			t.Errorf("%s is said of a letter that has it", not)
		}
	}
	for _, d := range list {
		if d.Code == "typeface" && d.Args["Font"] != "Calibri" {
			t.Errorf("the typeface is called %q", d.Args["Font"])
		}
	}
	got = codes(kinds[0].judged(t, word(t, "header")))
	for _, want := range []string{"pageNumberCentre", "pageNumberFirst", "pageNumberSize"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is not found, but %v", want, got)
		}
	}
}

// TestCheckReadsTheFile: a DOCX is judged by its text and by how it is set, everything else by its text.
func TestCheckReadsTheFile(t *testing.T) {
	file := word(t, "footer")
	source, r, err := letter.ReadFile(t.Context(), file, letter.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := codes(found(decree.Check(t.Context(), file, source, r)))
	if !slices.Contains(got, "marginLeft") || !slices.Contains(got, "recipientsMissing") {
		t.Errorf("found are %v", got)
	}
	for _, other := range [][]byte{[]byte(source), file[:len(file)/2], nil} {
		if got := codes(found(decree.Check(t.Context(), other, source, r))); slices.Contains(got, "marginLeft") || !slices.Contains(got, "recipientsMissing") {
			t.Errorf("of %d bytes: %v", len(other), got)
		}
	}
}

// TestPagesOfOthers: a PDF of another organ is judged by its pages as its DOCX is by its styles.
func TestPagesOfOthers(t *testing.T) {
	file := papertest.Office(t, map[string][]byte{"a.docx": word(t, "footer")})["a.docx"]
	source, r, err := letter.ReadFile(t.Context(), file, letter.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := codes(found(decree.Check(t.Context(), file, source, r)))
	for _, want := range []string{"marginLeft", "marginRight", "pageNumberPlace", "nationLook", "numberLook", "dateLook", "recipientsMissing", "nationPlace", "organPlace"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is not found, but %v", want, got)
		}
	}
	for _, not := range []string{"bodySize", "justified", "firstIndent", "lineSpacing", "paragraphSpace", "sheetSize", "marginBottom"} {
		if slices.Contains(got, not) {
			t.Errorf("%s is said of pages that have it", not)
		}
	}
	if broken := codes(found(decree.Check(t.Context(), file[:len(file)/3], source, r))); slices.Contains(broken, "marginLeft") || !slices.Contains(broken, "recipientsMissing") {
		t.Errorf("of a broken file: %v", broken)
	}
}

// TestOurLettersAsOthersPrintThem: what a word processor makes of our DOCX departs in nothing that its pages show.
func TestOurLettersAsOthersPrintThem(t *testing.T) {
	files := map[string][]byte{}
	for name, doc := range decreetest.All() {
		var buf bytes.Buffer
		if err := docx.Write(&buf, decree.Lay(doc, decree.Options{})); err != nil {
			t.Fatal(err)
		}
		files[name+".docx"] = buf.Bytes()
	}
	for name, file := range papertest.Office(t, files) {
		if list := kinds[1].judged(t, file); len(list) > 0 {
			t.Errorf("%s: %+v", name, list)
		}
	}
}

// found leaves out why a file could not be seen: what its text shows is judged all the same.
func found(list []decree.Deviation, _ error) []decree.Deviation { return list }
