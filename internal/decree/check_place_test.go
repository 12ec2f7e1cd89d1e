package decree_test

import (
	"slices"
	"strings"
	"testing"

	"sachhon/internal/decree"
	"sachhon/internal/letter"
	"sachhon/internal/paper/docx/docxtest"
	"sachhon/internal/paper/papertest"
)

// office is a letter as a clerk types it into a word processor: the heading in two columns of a table that reaches a little into the
// margins, addressees behind a tab, the signature in a table of its own with other columns.
func office(t *testing.T, changes ...string) []byte {
	t.Helper()
	run := func(size, cut, text string) string {
		return `<w:r><w:rPr>` + cut + `<w:sz w:val="` + size + `"/></w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
	}
	p := func(align, runs string) string {
		return `<w:p><w:pPr><w:jc w:val="` + align + `"/></w:pPr>` + runs + `</w:p>`
	}
	cell := func(width, inner string) string {
		return `<w:tc><w:tcPr><w:tcW w:w="` + width + `" w:type="dxa"/></w:tcPr>` + inner + `</w:tc>`
	}
	table := func(left, right string, rows ...string) string {
		return `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblInd w:w="-108" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="` + left + `"/><w:gridCol w:w="` + right + `"/></w:tblGrid>` +
			strings.Join(rows, "") + `</w:tbl>`
	}
	row := func(cells ...string) string { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }
	const b, i = `<w:b/>`, `<w:i/>`
	body := table("3700", "5700",
		row(cell("3700", p("center", run("26", "", "UBND TỈNH MẪU"))+p("center", run("26", b, "SỞ VĂN HÓA VÀ THỂ THAO"))),
			cell("5700", p("center", run("26", b, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))+p("center", run("28", b, "Độc lập - Tự do - Hạnh phúc")))),
		row(cell("3700", p("center", run("26", "", "Số: 125/SVHTT-VP"))+p("center", run("24", "", "V/v hưởng ứng tuần lễ dọn vệ sinh"))),
			cell("5700", p("center", run("28", i, "Mẫu, ngày 07 tháng 6 năm 2024"))))) +
		`<w:p><w:pPr><w:ind w:left="1440"/></w:pPr>` + run("28", "", "Kính gửi:") + `<w:r><w:tab/></w:r></w:p>` +
		`<w:p><w:pPr><w:ind w:left="2552"/></w:pPr>` + run("28", "", "- Các phòng thuộc Sở;") + `</w:p>` +
		`<w:p><w:pPr><w:ind w:left="2552"/></w:pPr>` + run("28", "", "- Các đơn vị trực thuộc.") + `</w:p>`
	for range 3 {
		body += `<w:p><w:pPr><w:spacing w:before="120"/><w:ind w:firstLine="720"/><w:jc w:val="both"/></w:pPr>` +
			run("28", "", "Sở Văn hóa và Thể thao đề nghị các phòng, các đơn vị trực thuộc vận động công chức, viên chức dọn vệ sinh vào sáng Chủ nhật hằng tuần./.") + `</w:p>`
	}
	body += table("4700", "4700", row(
		cell("4700", p("left", run("24", b+i, "Nơi nhận:"))+p("left", run("22", "", "- Như trên;"))+p("left", run("22", "", "- Lưu: VT, VP."))),
		cell("4700", p("center", run("28", b, "GIÁM ĐỐC"))+`<w:p/>`+p("center", run("28", b, "Trần Văn Mẫu")))))
	body += `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>`
	for n := 0; n < len(changes); n += 2 {
		if !strings.Contains(body, changes[n]) {
			t.Fatalf("the letter has no %q", changes[n])
		}
		body = strings.Replace(body, changes[n], changes[n+1], 1)
	}
	return docxtest.Zip(map[string]string{
		"word/document.xml": docxtest.Document(body),
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" ` +
			`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
	})
}

func placed(list []decree.Deviation) []string {
	var out []string
	for _, d := range list {
		if strings.HasSuffix(d.Code, "Place") || strings.HasSuffix(d.Code, "Centre") {
			out = append(out, d.Code)
		}
	}
	return out
}

// TestPlacesOfOthers: in a letter of a word processor, and on the pages that LibreOffice prints of it.
func TestPlacesOfOthers(t *testing.T) {
	const centred = `<w:pPr><w:jc w:val="center"/></w:pPr>`
	at := func(align, text string) []string {
		size := map[string]string{"Mẫu, ngày": `<w:i/><w:sz w:val="28"/>`, "Số: 125": `<w:sz w:val="26"/>`, "Độc lập": `<w:b/><w:sz w:val="28"/>`, "Trần Văn": `<w:b/><w:sz w:val="28"/>`}[text]
		run := `<w:r><w:rPr>` + size + `</w:rPr><w:t xml:space="preserve">` + text
		return []string{centred + run, `<w:pPr><w:jc w:val="` + align + `"/></w:pPr>` + run}
	}
	cases := map[string]struct {
		changes []string
		want    []string
	}{
		"right":                 {nil, nil},
		"the date at the right": {at("right", "Mẫu, ngày"), []string{"datePlace"}},
		"the number":            {at("left", "Số: 125"), []string{"numberPlace"}},
		"the motto":             {at("right", "Độc lập"), []string{"mottoPlace"}},
		"the name":              {at("right", "Trần Văn"), []string{"signerCentre"}},
		"the dashes":            {[]string{`<w:ind w:left="2552"/></w:pPr><w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">- Các đơn vị`, `<w:ind w:left="1440"/></w:pPr><w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">- Các đơn vị`}, []string{"addresseePlace"}},
		"the recipients":        {[]string{`<w:jc w:val="left"/></w:pPr><w:r><w:rPr><w:b/><w:i/>`, `<w:ind w:left="850"/></w:pPr><w:r><w:rPr><w:b/><w:i/>`}, []string{"recipientsPlace"}},
		"a floating heading":    {[]string{`<w:tblInd w:w="-108" w:type="dxa"/>`, `<w:tblpPr w:leftFromText="180" w:vertAnchor="text" w:horzAnchor="margin" w:tblpY="1"/>`}, nil},
	}
	files := map[string][]byte{}
	for name, tt := range cases {
		files[strings.ReplaceAll(name, " ", "-")+".docx"] = office(t, tt.changes...)
	}
	pages := papertest.Office(t, files)
	for name, tt := range cases {
		file := strings.ReplaceAll(name, " ", "-") + ".docx"
		for kind, b := range map[string][]byte{"docx": files[file], "pdf": pages[file]} {
			source, r, err := letter.ReadFile(t.Context(), b, letter.Options{})
			if err != nil {
				t.Fatal(err)
			}
			list := found(decree.Check(t.Context(), b, source, r))
			if got := placed(list); !slices.Equal(got, tt.want) {
				t.Errorf("%s as %s: %v, want %v", name, kind, got, tt.want)
			}
			for _, d := range list {
				if d.Component != "page" && len(placed([]decree.Deviation{d})) > 0 && (d.Lines[0] == 0 || d.Args["Text"] == "") {
					t.Errorf("%s as %s: %+v", name, kind, d)
				}
			}
		}
	}
}
