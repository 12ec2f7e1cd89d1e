package decree_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sachhon/internal/clock"
	"sachhon/internal/decree"
	"sachhon/internal/letter"
	"sachhon/internal/testkit/program"
)

// Parts of letters, in many lengths and with what is hard to tell apart: commas and semicolons in names, figures at the
// beginning of lines, capitals within a sentence.
var (
	someOrgans = []string{
		"Ủy ban nhân dân thị xã Hương Trà", "Ủy ban nhân dân phường Tứ Hạ", "Ủy ban nhân dân tỉnh Thừa Thiên Huế", "Sở Thông tin và Truyền thông",
		"Phòng Lao động - Thương binh và Xã hội", "Trung tâm Văn hóa, Thông tin và Thể thao", "Hội Liên hiệp Phụ nữ thị xã", "Ban Quản lý Dự án Đầu tư xây dựng khu vực",
	}
	somePlaces   = []string{"Hương Trà", "Tứ Hạ", "Thừa Thiên Huế", "A Lưới"}
	someSubjects = []string{
		"hưởng ứng Cuộc thi Thử thách làm cho thế giới sạch hơn", "tổ chức ra quân dọn vệ sinh môi trường trên địa bàn thị xã, phường, xã năm 2024", "báo cáo kết quả",
		"triển khai Kế hoạch số 1518/KH-STTTT của Sở Thông tin và Truyền thông về việc tổ chức Cuộc thi trên nền tảng số Hue-S",
	}
	someAddressees = []string{
		"Các cơ quan, ban, ngành, đoàn thể thị xã", "Ủy ban nhân dân các xã, phường", "Ủy ban Mặt trận Tổ quốc Việt Nam thị xã", "Phòng Văn hóa và Thông tin",
		"Các trường trung học phổ thông, trung học cơ sở, tiểu học và mầm non trực thuộc đóng trên địa bàn thị xã Hương Trà", "Ban Chấp hành Đoàn TNCS Hồ Chí Minh thị xã",
	}
	someRecipients = []string{
		"Như trên", "Chủ tịch, các Phó Chủ tịch UBND thị xã", "TT Thị ủy, TT HĐND thị xã (để báo cáo)", "Sở Thông tin và Truyền thông", "Phòng Văn hóa và Thông tin (để theo dõi, đôn đốc việc thực hiện)",
	}
	someNames = []string{"Nguyễn Văn Mẫu", "Trần Thị Thử", "Lê Hoàng Anh Ví Dụ"}
	someWords = []string{
		"Thông báo, tuyên truyền thể lệ trên trang thông tin điện tử, bảng tin, trong các cuộc họp và trên hệ thống truyền thanh cơ sở.",
		"Vận động mỗi xã, phường ít nhất 3 đội tham gia; cân, ghi lại khối lượng từng loại rác.",
		"Giao Phòng Văn hóa và Thông tin theo dõi, đôn đốc.", "Báo cáo kết quả bằng văn bản trước ngày 05 tháng 7 năm 2024.",
		"Dọn vệ sinh vào sáng Chủ nhật hàng tuần, chụp ảnh trước và sau khi dọn.", "Bố trí kinh phí 1.500.000 đồng theo Quyết định số 12/QĐ-UBND ngày 01 tháng 02 năm 2024 của Ủy ban nhân dân thị xã.",
		"Phối hợp với các đơn vị ở các phường Tứ Hạ, Hương Vân, Hương Văn, Hương Xuân, Hương Chữ và các xã Hương Toàn, Hương Bình, Bình Tiến, Bình Thành để huy động cán bộ, đoàn viên, hội viên, học sinh và Nhân dân cùng ra quân thu gom, phân loại rác thải tại các điểm đen ven sông, ven biển.",
	}
)

// someLetter draws a letter that says something to somebody: official letters, plans, notices, reports, invitations.
func someLetter() *rapid.Generator[letter.Document] {
	return rapid.Custom(func(t *rapid.T) letter.Document {
		one := func(name string, list []string) string { return rapid.SampledFrom(list).Draw(t, name) }
		several := func(name string, list []string, least int) []string {
			return rapid.SliceOfNDistinct(rapid.SampledFrom(list), least, len(list), rapid.ID).Draw(t, name)
		}
		kinds := map[string]string{letter.OfficialLetter: "UBND-VH", "kế hoạch": "KH-UBND", "thông báo": "TB-UBND", "báo cáo": "BC-UBND", "giấy mời": "GM-UBND"}
		doc := letter.Document{
			Type: one("type", []string{letter.OfficialLetter, letter.OfficialLetter, "kế hoạch", "thông báo", "báo cáo", "giấy mời"}),
			// Below ten the paper shows a zero, which is part of the number from then on.
			Organ: one("organ", someOrgans), Number: fmt.Sprint(rapid.IntRange(10, 9999).Draw(t, "number")), Place: one("place", somePlaces),
			Date:    letter.Date{Year: rapid.IntRange(2021, 2029).Draw(t, "year"), Month: rapid.IntRange(1, 12).Draw(t, "month"), Day: rapid.IntRange(1, 28).Draw(t, "day")},
			Urgency: one("urgency", []string{"", "", "", "khẩn", "thượng khẩn", "hỏa tốc", letter.Scheduled}), Subject: one("subject", someSubjects),
			Recipients: append(several("recipients", someRecipients, 1), one("archive", []string{"Lưu: VT", "Lưu: VT, VH"})),
		}
		doc.Notation = kinds[doc.Type]
		if doc.Urgency == letter.Scheduled {
			doc.DeliverBy = clock.Date(doc.Date.Year, time.Month(rapid.IntRange(1, 12).Draw(t, "by month")), rapid.IntRange(1, 28).Draw(t, "by day"), rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute"))
		}
		if doc.Type != letter.OfficialLetter {
			doc.Subject = strings.ToUpper(doc.Subject[:1]) + doc.Subject[1:]
			if r := []rune(doc.Subject); r[0] == 'đ' {
				doc.Subject = "Đ" + string(r[1:])
			}
		}
		if doc.Organ == someOrgans[3] || doc.Organ == someOrgans[4] {
			doc.Superior = someOrgans[2]
		}
		if doc.Type == letter.OfficialLetter || rapid.Bool().Draw(t, "addressed") {
			doc.Addressees = several("addressees", someAddressees, 1)
		}
		if rapid.Bool().Draw(t, "based") {
			doc.Blocks = append(doc.Blocks, letter.Block{Kind: letter.BasisBlock, Text: "Căn cứ Kế hoạch số 1518/KH-STTTT ngày 31 tháng 5 năm 2024 của Sở Thông tin và Truyền thông về việc tổ chức Cuộc thi"})
		}
		doc.Blocks = append(doc.Blocks, letter.Block{Kind: letter.ParagraphBlock, Text: doc.Organ + " đề nghị các cơ quan, đơn vị, địa phương thực hiện các nội dung sau:"})
		for _, text := range several("duties", someWords, 1) {
			doc.Blocks = append(doc.Blocks, letter.Block{Kind: letter.DutyBlock, Text: text})
		}
		doc.Blocks = append(doc.Blocks, letter.Block{Kind: letter.ParagraphBlock, Text: "Đề nghị các cơ quan, đơn vị, địa phương quan tâm triển khai thực hiện"})
		switch signed := rapid.IntRange(0, 2).Draw(t, "capacity"); {
		case strings.HasPrefix(doc.Organ, "Ủy ban"):
			doc.Signer = letter.Signer{Capacity: []string{"TM. ỦY BAN NHÂN DÂN"}, Position: "CHỦ TỊCH"}
			if signed > 0 {
				doc.Signer = letter.Signer{Capacity: []string{"TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"}, Position: "PHÓ CHỦ TỊCH"}
			}
		case signed == 0:
			doc.Signer = letter.Signer{Capacity: []string{}, Position: "GIÁM ĐỐC"}
		default:
			doc.Signer = letter.Signer{Capacity: []string{"KT. GIÁM ĐỐC"}, Position: "PHÓ GIÁM ĐỐC"}
		}
		doc.Signer.Name = one("name", someNames)
		if rapid.Bool().Draw(t, "marked") {
			doc.Drafter, doc.Copies = "PL", rapid.IntRange(1, 300).Draw(t, "copies")
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "appendices") {
			doc.Appendices = append(doc.Appendices, letter.Appendix{
				Title: fmt.Sprint("Danh sách đơn vị, phần ", i+1), Blocks: []letter.Block{{Kind: letter.ItemBlock, Text: one("item", someWords)}},
			})
		}
		return doc
	})
}

// readsBack holds what is read of a file against the document it was written from.
func readsBack(t *rapid.T, doc letter.Document, write func(io.Writer, letter.Document, decree.Options) error) {
	var buf bytes.Buffer
	if err := write(&buf, doc, decree.Options{}); err != nil {
		t.Fatal(err)
	}
	source, r, err := letter.ReadFile(context.Background(), buf.Bytes(), letter.Options{Organ: letter.KnownOrgans(someOrgans)})
	if err != nil {
		t.Fatal(err)
	}
	f := r.Fields()
	one := func(s string) string { return letter.Ended(strings.Join(strings.Fields(s), " "), "") }
	all := func(list []string) []string {
		out := make([]string, len(list))
		for i, s := range list {
			out[i] = one(s)
		}
		return out
	}
	duties := func(list []letter.Duty) (out []string) {
		for _, d := range list {
			out = append(out, one(d.Text))
		}
		return out
	}
	same := func(what string, want, got any) {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-written +read)\n%s", what, diff)
		}
	}
	same("type", doc.Type, f.Type)
	same("symbol", doc.Symbol(), f.Symbol())
	same("organ", doc.Organ, f.Organ)
	same("place", doc.Place, f.Place)
	same("date", doc.Date, f.Date)
	same("urgency", doc.Urgency, f.Urgency)
	same("subject", one(doc.Subject), one(f.Subject))
	same("addressees", all(doc.Addressees), all(f.Addressees))
	same("recipients", all(doc.Recipients), all(f.Recipients))
	same("signer", doc.Signer, f.Signer)
	same("duties", duties(doc.Duties()), duties(f.Duties))
	if doc.Superior != "" && (r.Superior == nil || r.Superior.Value != doc.Superior) {
		t.Errorf("superior %q is read as %+v", doc.Superior, r.Superior)
	}
	if slices.ContainsFunc(doc.Blocks, func(b letter.Block) bool { return b.Kind == letter.BasisBlock }) && len(f.Bases) != 1 {
		t.Errorf("%d bases are read", len(f.Bases))
	}
	if t.Failed() {
		t.Log(source)
	}
}

// TestWhatIsWrittenIsReadBack: whatever is written as DOCX or PDF, our reader finds the same components and duties in it.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	t.Run("DOCX", rapid.MakeCheck(func(t *rapid.T) { readsBack(t, someLetter().Draw(t, "letter"), decree.DOCX) }))
	t.Run("PDF", func(t *testing.T) {
		program.Need(t, "pdftotext", "poppler-utils")
		rapid.Check(t, func(t *rapid.T) { readsBack(t, someLetter().Draw(t, "letter"), decree.PDF) })
	})
}
