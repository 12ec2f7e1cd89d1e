package decree_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"sachhon/internal/decree"
	"sachhon/internal/decree/decreetest"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/testkit/program"
)

// textCase is a letter as a text of which one thing is written otherwise.
type textCase struct {
	good      string
	old, with string
}

// textCases are what a good text is changed in, by the deviation that it has then.
func textCases() map[string]textCase {
	one := decreetest.Letter().Text()
	plan := strings.Replace(decreetest.Plan().Text(), "Số: 7/", "Số: 07/", 1)
	fullPlan := "Thực hiện Kế hoạch số 40/KH-SGDĐT ngày 05/5/2025 của Sở Giáo dục và Đào tạo về việc tổ chức cuộc thi viết"
	thanks := "Nhận được Công văn này"
	several := withAppendices("PHỤ LỤC I", "PHỤ LỤC II")
	out := map[string]textCase{
		"nationSpelling":   {one, "CỘNG HÒA", "CỘNG HOÀ"},
		"dateMissing":      {one, "ngày 06 tháng 6 năm 2024", "ngày 06/6/2024"},
		"addresseeDash":    {one, "- Các cơ quan", "Các cơ quan"},
		"basisEnd":         {plan, "năm 2015;", "năm 2015."},
		"basisLastEnd":     {plan, "nền tảng số Hue-S.\nỦy ban", "nền tảng số Hue-S;\nỦy ban"},
		"recipientsInline": {one, "Nơi nhận:\n- Như trên;\n- Sở Thông tin và Truyền thông tỉnh;\n- Chủ tịch và các Phó Chủ tịch UBND thị xã;\n- Lưu: VT, VH.", "Nơi nhận: Như trên; Sở Thông tin và Truyền thông tỉnh; Lưu: VT, VH."},
		"citationShort":    {one, thanks, "Theo Kế hoạch số 40/KH-SGDĐT của Sở Giáo dục và Đào tạo về cuộc thi viết, đề nghị các trường tham gia.\n" + thanks},
		"citationAgain":    {one, thanks, fullPlan + ".\n" + fullPlan + ".\n" + thanks},
		"appendixNumeral":  {several, "PHỤ LỤC I\n", "PHỤ LỤC 1\n"},
		"appendixOrder":    {several, "PHỤ LỤC II", "PHỤ LỤC III"},
		"appendixNumber":   {several, "PHỤ LỤC I\n", "PHỤ LỤC\n"},
	}
	for code, change := range map[string][2]string{
		"nationMissing": {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", ""}, "nationCase": {"CỘNG HÒA XÃ HỘI", "Cộng hòa xã hội"},
		"mottoMissing": {"Độc lập - Tự do - Hạnh phúc\n", ""}, "mottoForm": {"Độc lập - Tự do", "Độc lập-Tự do"},
		"numberColon": {"Số: 1903", "Số 1903"}, "numberPadding": {"Số: 1903/", "Số: 3/"}, "symbolSpaces": {"1903/UBND", "1903 / UBND"},
		"datePadding": {"ngày 06 tháng 6 năm", "ngày 6 tháng 6 năm"}, "monthZero": {"ngày 06 tháng 6 năm", "ngày 06 tháng 06 năm"},
		"dateComma": {"Hương Trà, ngày 06", "Hương Trà ngày 06"}, "aboutForm": {"V/v ", "V/v: "},
		"salutationColon": {"Kính gửi:", "Kính gửi"}, "addresseeEnd": {"đoàn thể thị xã;", "đoàn thể thị xã,"},
		"addresseeLastEnd": {"các xã, phường.\n", "các xã, phường;\n"}, "endMissing": {"./.", "."},
		"unitCapital": {"về Ủy ban nhân dân thị xã (qua", "về Ủy ban nhân dân Thị xã Hương Trà (qua"}, "peopleCapital": {"và Nhân dân", "và nhân dân"},
		"recipientsColon": {"Nơi nhận:", "Nơi nhận"}, "recipientEnd": {"- Như trên;", "- Như trên,"}, "recipientLastEnd": {"VT, VH.", "VT, VH;"},
		"asAbove": {"- Như trên;\n", ""}, "archiveMissing": {"Chủ tịch và các Phó Chủ tịch UBND thị xã;\n- Lưu: VT, VH.", "Chủ tịch và các Phó Chủ tịch UBND thị xã."}, "archiveColon": {"Lưu: VT", "Lưu VT"}, "archiveOffice": {"Lưu: VT, VH", "Lưu: VH"},
		"deputyPrefix": {"TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\n", ""}, "capacityOrder": {"TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\n", "KT. CHỦ TỊCH\nTM. ỦY BAN NHÂN DÂN\n"},
		"capacityDirect": {"KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n", "PHÓ CHỦ TỊCH\nKT. CHỦ TỊCH\n"},
	} {
		out[code] = textCase{one, change[0], change[1]}
	}
	return out
}

// documentCase is a document that is composed here and changed in one thing.
type documentCase struct {
	good   letter.Document
	change func(*letter.Document)
}

// documentCases are what a good document is changed in.
func documentCases() map[string]documentCase {
	one := decreetest.Letter()
	youth := inOtherForms()["letter of the Youth Union"]
	out := map[string]documentCase{"otherSymbol": {youth, func(d *letter.Document) { d.Notation = "UBND-VH" }}}
	for code, change := range map[string]func(*letter.Document){
		"organMissing":      func(d *letter.Document) { d.Organ = "" },
		"numberMissing":     func(d *letter.Document) { d.Notation = "" },
		"placeMissing":      func(d *letter.Document) { d.Place = " " },
		"aboutMissing":      func(d *letter.Document) { d.Subject = "" },
		"subjectMissing":    func(d *letter.Document) { d.Type, d.Subject, d.Notation = "báo cáo", "", "BC-UBND" },
		"symbolType":        func(d *letter.Document) { d.Type = "báo cáo" },
		"salutationMissing": func(d *letter.Document) { d.Addressees = nil },
		"contentMissing":    func(d *letter.Document) { d.Blocks = nil },
		"recipientsMissing": func(d *letter.Document) { d.Recipients = nil },
		"positionMissing":   func(d *letter.Document) { d.Signer.Position, d.Signer.Capacity = "", nil },
		"capacityOrder":     func(d *letter.Document) { d.Signer.Capacity = []string{"KT. CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN"} },
		"capacityDirect":    func(d *letter.Document) { d.Signer.Capacity = []string{"KT. CHỦ TỊCH", "TL. CHỦ TỊCH"} },
		"singleHead": func(d *letter.Document) {
			d.Organ, d.Signer.Capacity, d.Signer.Position = "Sở Y tế", []string{"TM. SỞ Y TẾ"}, "GIÁM ĐỐC"
		},
		"archiveLast":      func(d *letter.Document) { d.Recipients = []string{"Như trên", "Lưu: VT", "Sở Y tế"} },
		"signerMissing":    func(d *letter.Document) { d.Signer.Name = "" },
		"collectivePrefix": func(d *letter.Document) { d.Signer.Capacity, d.Signer.Position = nil, "CHỦ TỊCH" },
		"academicTitle":    func(d *letter.Document) { d.Signer.Name = "TS. Nguyễn Văn Mẫu" },
		"weekdayCapital":   func(d *letter.Document) { d.Blocks[0].Text += " Ra quân sáng chủ nhật." },
		"appendixUncited":  func(d *letter.Document) { d.Appendices = []letter.Appendix{{Title: "Danh sách"}} },
	} {
		one.Blocks = slices.Clone(one.Blocks)
		out[code] = documentCase{one, change}
	}
	return out
}

// said are the codes of deviations, each of which says what is wrong and what is asked in both languages.
func said(t *testing.T, list []decree.Deviation) []string {
	t.Helper()
	for _, language := range []string{"vi", "en"} {
		l := lang.New(language)
		for _, d := range list {
			for _, text := range []string{l.T(d.Key(), d.Pairs()...), l.T(d.AsksKey())} {
				if text == "" || strings.Contains(text, "decree.") || strings.Contains(text, "<no value>") {
					t.Errorf("%s %v says %q", d.Code, d.Args, text)
				}
			}
		}
	}
	return codes(list)
}

// TestEachDeviationIsFound changes one thing of a good letter at a time, and finds that and nothing else.
func TestEachDeviationIsFound(t *testing.T) {
	for code, tt := range textCases() {
		if got := codes(check(t, tt.good)); len(got) > 0 {
			t.Errorf("%s: of a good text: %v", code, got)
		}
		bad := strings.Replace(tt.good, tt.old, tt.with, 1)
		if bad == tt.good {
			t.Errorf("%s: the letter has no %q", code, tt.old)
			continue
		}
		if got := said(t, check(t, bad)); !slices.Equal(got, []string{code}) {
			t.Errorf("%s: got %v", code, got)
		}
	}
}

func TestWhatADocumentLacks(t *testing.T) {
	for code, tt := range documentCases() {
		if got := codes(decree.CheckDocument(tt.good)); len(got) > 0 {
			t.Errorf("%s: of a good document: %v", code, got)
		}
		tt.good.Blocks = slices.Clone(tt.good.Blocks)
		tt.change(&tt.good)
		if got := said(t, decree.CheckDocument(tt.good)); !slices.Equal(got, []string{code}) {
			t.Errorf("%s: got %v", code, got)
		}
	}
}

// fileCases are what the parts of a good DOCX are changed in that we cannot set otherwise.
func fileCases() map[string][][3]string {
	const document, usual = "word/document.xml", `Reference w:type="default"`
	return map[string][][3]string{
		"pageNumberCentre": {{"word/header1-default.xml", `<w:jc w:val="center"/>`, `<w:jc w:val="right"/>`}},
		"pageNumberFirst":  {{document, `<w:titlePg/>`, ``}},
		"pageNumberPlace":  {{document, `<w:footer` + usual, `<w:footerReference w:type="even"`}, {document, `<w:header` + usual, `<w:footer` + usual}},
	}
}

// TestEveryRuleHasItsCase: a document that departs in that and in nothing else, beside one that departs in nothing. That those of
// the texts and documents are such cases the two tests above show.
func TestEveryRuleHasItsCase(t *testing.T) {
	found := map[string]bool{}
	for code := range textCases() {
		found[code] = true
	}
	for code := range documentCases() {
		found[code] = true
	}
	program.Need(t, "pdftohtml", "poppler-utils")
	docx, pages := kinds[0], kinds[1]
	for name, tt := range formCases() {
		code, k := codeOf(name), docx
		if tt.paged {
			k = pages
		}
		if got := codes(k.formOf(t, tt.doc)); len(got) > 0 {
			t.Errorf("%s: of a good document: %v", name, got)
		}
		if got := said(t, k.formOf(t, tt.change(tt.doc))); !slices.Equal(got, []string{code}) {
			t.Errorf("%s: got %v", name, got)
		}
		found[code] = true
	}
	var plan bytes.Buffer
	if err := docx.write(&plan, decree.Lay(decreetest.Plan(), decree.Options{})); err != nil {
		t.Fatal(err)
	}
	for code, changes := range fileCases() {
		file := plan.Bytes()
		for _, change := range changes {
			file = rewritten(t, file, change[0], change[1], change[2])
		}
		if got := said(t, docx.judged(t, file)); !slices.Equal(got, []string{code}) {
			t.Errorf("%s: got %v", code, got)
		}
		found[code] = true
	}
	for _, code := range decree.Codes() {
		if !found[code] {
			t.Errorf("%s has no case of its own", code)
		}
		delete(found, code)
	}
	if len(found) > 0 {
		t.Errorf("there are no rules for %v", found)
	}
}
