package decree_test

import (
	"slices"
	"strings"
	"testing"

	"sachhon/internal/decree"
	"sachhon/internal/decree/decreetest"
	"sachhon/internal/letter"
)

// citing are the findings about citations in a letter with these paragraphs, each as its code and what it lacks.
func citing(t *testing.T, paragraphs ...string) []string {
	t.Helper()
	doc := decreetest.Letter()
	doc.Blocks = nil
	for _, p := range paragraphs {
		doc.Blocks = append(doc.Blocks, letter.Block{Kind: letter.ParagraphBlock, Text: p})
	}
	found := func(list []decree.Deviation) []string {
		out := []string{}
		for _, d := range list {
			if !strings.HasPrefix(d.Code, "citation") {
				continue
			}
			text := d.Code + " " + d.Args["Document"]
			for _, part := range []string{"Date", "Organ", "About"} {
				if d.Args[part] != "" {
					text += " " + part
				}
			}
			out = append(out, text)
		}
		return out
	}
	composed := found(decree.CheckDocument(doc))
	if read := found(check(t, doc.Text())); !slices.Equal(read, composed) {
		t.Errorf("%q: composed %q, as text %q", paragraphs, composed, read)
	}
	return composed
}

const fullPlan = "Kế hoạch số 40/KH-SGDĐT ngày 05/5/2025 của Sở Giáo dục và Đào tạo về việc tổ chức cuộc thi viết về dòng sông quê em"

func TestCitedInFull(t *testing.T) {
	for _, c := range []struct {
		text []string
		want []string
	}{
		{[]string{"Thực hiện " + fullPlan + ", Ủy ban nhân dân thị xã yêu cầu:"}, nil},
		{[]string{"Thực hiện " + fullPlan + ".", "Nội dung theo Kế hoạch số 40/KH-SGDĐT."}, nil},
		{[]string{"Thực hiện " + fullPlan + ".", "Thực hiện " + fullPlan + "."}, []string{"citationAgain Kế hoạch số 40/KH-SGDĐT"}},
		{[]string{"Thực hiện Kế hoạch số 40/KH-SGDĐT, Ủy ban nhân dân thị xã yêu cầu báo cáo trước ngày 30/6/2025."}, []string{"citationShort Kế hoạch số 40/KH-SGDĐT Date Organ About"}},
		{[]string{"Theo Kế hoạch số 40/KH-SGDĐT của Sở Giáo dục và Đào tạo về cuộc thi viết, đề nghị các trường tham gia."}, []string{"citationShort Kế hoạch số 40/KH-SGDĐT Date"}},
		{[]string{"Theo Kế hoạch số 40/KH-SGDĐT ngày 05/5/2025 về cuộc thi viết, đề nghị các trường tham gia."}, []string{"citationShort Kế hoạch số 40/KH-SGDĐT Organ"}},
		{[]string{"Theo Kế hoạch số 40/KH-SGDĐT ngày 05/5/2025 của Sở Giáo dục và Đào tạo, Phòng Giáo dục đề nghị các trường tham gia."}, []string{"citationShort Kế hoạch số 40/KH-SGDĐT About"}},
		{[]string{"Theo Kế hoạch số 40/KH-SGDĐT.", "Nhắc lại Kế hoạch số 40/KH-SGDĐT.", "Thực hiện " + fullPlan + "."}, []string{"citationShort Kế hoạch số 40/KH-SGDĐT Date Organ About"}},
		// what stands elsewhere in the sentence
		{[]string{"Theo đề nghị của Sở Nội vụ tại Tờ trình số 310/TTr-SNV ngày 01 tháng 10 năm 2025 về việc tổ chức Cuộc thi Trường em không rác;"}, nil},
		{[]string{"Ngày 06 tháng 6 năm 2025, Ủy ban nhân dân thị xã đã ban hành Công văn số 77/UBND-VH về việc hưởng ứng cuộc thi."}, nil},
		{[]string{"Cuộc thi theo Thể lệ ban hành kèm theo Quyết định số 99/QĐ-STTM ngày 30/5/2025 của Sở Thông tin Mẫu."}, nil},
		{[]string{"Thực hiện Công văn số 5/UBND-VX ngày 12/3/2025 của UBND TP. Mẫu về việc dọn vệ sinh."}, nil},
		{[]string{"Theo Thông báo số 7/TB-VP ngày 02/4/2025 của Văn phòng Ủy ban nhân dân tỉnh “Kết luận cuộc họp về rác thải”."}, nil},
		{[]string{"Căn cứ Quyết định số 1/QĐ-UBND ngày 02/01/2025 và Quyết định số 2/QĐ-UBND ngày 03/01/2025 của Ủy ban nhân dân tỉnh về phân công nhiệm vụ;"}, nil},
		{[]string{"Thực hiện Kế hoạch số 12/KH-UBND ngày 02/4/2025 của Ủy ban nhân dân tỉnh về triển khai Nghị quyết số 36/NQ-CP;"}, nil}, // its abstract is copied as it is
		{[]string{"Căn cứ Luật Bảo vệ môi trường số 72/2020/QH14 ngày 17 tháng 11 năm 2020;", "Theo Luật số 72/2020/QH14."}, nil},
		{[]string{"Liên hệ theo số 12/3-A đường Lê Lợi."}, nil},
		// two organs with one symbol
		{[]string{
			"Thực hiện Kế hoạch số 12/KH-UBND ngày 02/4/2025 của Ủy ban nhân dân tỉnh An Gia về phân loại rác.",
			"Thực hiện Kế hoạch số 12/KH-UBND ngày 09/4/2025 của Ủy ban nhân dân thị xã Hương An về phân loại rác.",
		}, nil},
	} {
		if got := citing(t, c.text...); !slices.Equal(got, c.want) && len(got)+len(c.want) > 0 {
			t.Errorf("%q:\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

// TestCitationsOfTheCorpus: of the test letters those are found that leave an abstract out, at their lines, and no other.
func TestCitationsOfTheCorpus(t *testing.T) {
	want := map[string]string{
		"decision.txt": "Tờ trình số 14/TTr-BTC", "one-addressee.txt": "Thông báo số 09/TB-UBND", "side-by-side.txt": "Kế hoạch số 15/KH-UBND",
		"letters/w05-conclusions.txt": "Công văn số 501/UBND-TNMT",
		"letters/g07-submission.txt":  "Thông tư số 02/2022/TT-BTNMT", "letters/d02-decision.docx": "Tờ trình số 09/TTr-VP", "letters/p03-decision.pdf": "Tờ trình số 09/TTr-VP",
	}
	for _, name := range corpus(t) {
		text, r, err := letter.ReadFile(t.Context(), []byte(file(t, name)), letter.Options{})
		if err != nil {
			continue // a secret one, or no letter at all
		}
		for _, d := range decree.CheckText(text, r) {
			if !strings.HasPrefix(d.Code, "citation") {
				continue
			}
			if d.Args["Document"] != want[name] || d.Args["About"] == "" || d.Args["Date"]+d.Args["Organ"] != "" {
				t.Errorf("%s: %s %v", name, d.Code, d.Args)
			}
			lines := strings.Join(letter.SplitLines(text)[d.Lines[0]-1:d.Lines[1]], " ")
			lines = strings.ReplaceAll(lines, "- ", "-") // where a line broke off after a hyphen
			if _, symbol, _ := strings.Cut(want[name], " số "); !strings.Contains(strings.Join(strings.Fields(lines), " "), symbol) {
				t.Errorf("%s points to %q", name, lines)
			}
			delete(want, name)
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
}
