// Package decreetest holds documents of every form for tests of what sets, reads and checks them.
package decreetest

import (
	"fmt"

	"sachhon/internal/letter"
)

const (
	town     = "Ủy ban nhân dân thị xã Hương Trà"
	campaign = "Cuộc thi Thử thách làm cho thế giới sạch hơn trên nền tảng số Hue-S"
)

var signer = letter.Signer{Capacity: []string{"TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"}, Position: "PHÓ CHỦ TỊCH", Name: "Nguyễn Văn Mẫu"}

func block(kind letter.BlockKind, text string) letter.Block {
	return letter.Block{Kind: kind, Text: text}
}

// Letter is a công văn of one page to several addressees.
func Letter() letter.Document {
	return letter.Document{
		Type: letter.OfficialLetter, Organ: town, Number: "1903", Notation: "UBND-VH", Place: "Hương Trà",
		Date:       letter.Date{Year: 2024, Month: 6, Day: 6},
		Subject:    "hưởng ứng, tham gia " + campaign,
		Addressees: []string{"Các cơ quan, ban, ngành, đoàn thể thị xã", "Ủy ban nhân dân các xã, phường"},
		Blocks: []letter.Block{
			block(letter.ParagraphBlock, "Căn cứ Kế hoạch số 1518/KH-STTTT ngày 31 tháng 5 năm 2024 của Sở Thông tin và Truyền thông tỉnh Thừa Thiên Huế về việc tổ chức "+campaign+", Ủy ban nhân dân thị xã đề nghị các cơ quan, đơn vị, địa phương thực hiện một số nội dung sau:"),
			block(letter.DutyBlock, "Thông báo, tuyên truyền về nội dung, thể lệ Cuộc thi trên trang thông tin điện tử, bảng tin nội bộ, trong các cuộc họp và trên hệ thống truyền thanh từ thị xã đến cơ sở để các tập thể, cá nhân và Nhân dân trên địa bàn biết, hưởng ứng và tham gia."),
			block(letter.DutyBlock, "Tạo điều kiện cho cán bộ, công chức, viên chức, người lao động và Nhân dân thuộc đơn vị, địa phương tham gia Cuộc thi thuận tiện; thường xuyên chỉ đạo, đôn đốc việc thực hiện."),
			block(letter.DutyBlock, "Báo cáo kết quả về Ủy ban nhân dân thị xã (qua Phòng Văn hóa và Thông tin) trước ngày 05 tháng 7 năm 2024."),
			block(letter.ParagraphBlock, "Nhận được Công văn này, đề nghị các cơ quan, đơn vị, địa phương quan tâm triển khai thực hiện"),
		},
		Recipients: []string{"Như trên", "Sở Thông tin và Truyền thông tỉnh", "Chủ tịch và các Phó Chủ tịch UBND thị xã", "Lưu: VT, VH"},
		Signer:     signer,
		Contact:    "Địa chỉ: 107 Cách mạng tháng Tám, phường Tứ Hạ, thị xã Hương Trà; điện thoại: 0234.000000; https://huongtra.example",
		Drafter:    "PL", Copies: 30,
	}
}

// Urgent is a công văn to one addressee with a stamp of urgency, of an organ that has a superior, not yet issued.
func Urgent() letter.Document {
	d := Letter()
	d.Superior, d.Organ, d.Notation = town, "Phòng Văn hóa và Thông tin", "VHTT"
	d.Number, d.Date, d.Urgency = "", letter.Date{}, "hỏa tốc"
	d.Subject = "đôn đốc tuyên truyền Cuộc thi"
	d.Addressees = []string{"Ủy ban nhân dân phường Tứ Hạ"}
	d.Signer = letter.Signer{Capacity: []string{}, Position: "TRƯỞNG PHÒNG", Name: "Trần Thị Thử"}
	d.Recipients = []string{"Như trên", "UBND thị xã (để báo cáo)", "Lưu: VT"}
	d.Contact, d.Drafter, d.Copies = "", "", 0
	return d
}

// Plan is a kế hoạch of about four pages.
func Plan() letter.Document {
	d := Letter()
	d.Type, d.Number, d.Notation, d.Addressees = "kế hoạch", "7", "KH-UBND", nil
	d.Date = letter.Date{Year: 2024, Month: 2, Day: 5}
	d.Subject = "triển khai " + campaign
	d.Recipients = []string{"Sở Thông tin và Truyền thông tỉnh", "TT Thị ủy, TT HĐND thị xã", "Chủ tịch và các Phó Chủ tịch UBND thị xã", "Các cơ quan, ban, ngành, đoàn thể thị xã", "UBND các xã, phường", "Lưu: VT, VH"}
	d.Contact, d.Drafter, d.Copies = "", "", 0
	d.Blocks = []letter.Block{
		block(letter.BasisBlock, "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015"),
		block(letter.BasisBlock, "Căn cứ Luật Bảo vệ môi trường ngày 17 tháng 11 năm 2020"),
		block(letter.BasisBlock, "Căn cứ Kế hoạch số 1518/KH-STTTT ngày 31 tháng 5 năm 2024 của Sở Thông tin và Truyền thông tỉnh Thừa Thiên Huế về việc tổ chức "+campaign),
		block(letter.ParagraphBlock, "Ủy ban nhân dân thị xã ban hành Kế hoạch triển khai với các nội dung cụ thể như sau:"),
	}
	sections := []string{"Mục đích, yêu cầu", "Nội dung thực hiện", "Thời gian, địa điểm", "Kinh phí", "Tổ chức thực hiện"}
	for _, s := range sections {
		d.Blocks = append(d.Blocks, block(letter.SectionBlock, s))
		for i := range 3 {
			d.Blocks = append(d.Blocks,
				block(letter.ItemBlock, fmt.Sprintf("Nội dung thứ %d về %s", i+1, lower(s))),
				block(letter.ParagraphBlock, "Các cơ quan, đơn vị, địa phương phối hợp chặt chẽ trong việc vận động cán bộ, hội viên, đoàn viên và Nhân dân ra quân dọn vệ sinh vào sáng Chủ nhật hằng tuần, phân loại rác ngay tại nơi thu gom, cân và ghi lại khối lượng từng loại, chụp ảnh trước và sau khi dọn, gửi kết quả lên hệ thống trong vòng 72 giờ."),
				block(letter.BulletBlock, "Mỗi xã, phường thành lập ít nhất 03 đội tham gia, ưu tiên các điểm đen rác thải ven sông, ven biển và dọc các tuyến đường liên thôn."),
				block(letter.BulletBlock, "Đoàn Thanh niên, Hội Liên hiệp Phụ nữ và các tổ chức chính trị - xã hội vận động hội viên của mình cùng tham gia."))
		}
	}
	d.Blocks = append(d.Blocks, block(letter.ParagraphBlock, "Trên đây là Kế hoạch của Ủy ban nhân dân thị xã, yêu cầu các cơ quan, đơn vị, địa phương triển khai thực hiện. Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, kịp thời phản ánh về Phòng Văn hóa và Thông tin để tổng hợp, báo cáo Ủy ban nhân dân thị xã xem xét, chỉ đạo"))
	return d
}

func lower(s string) string { return "công tác " + s }

// Report is a báo cáo with a table over pages and two appendices, one of them wide.
func Report() letter.Document {
	d := Letter()
	d.Type, d.Number, d.Notation = "báo cáo", "215", "BC-UBND"
	d.Date = letter.Date{Year: 2024, Month: 7, Day: 3}
	d.Subject = "kết quả triển khai " + campaign
	d.Addressees = []string{"Sở Thông tin và Truyền thông tỉnh Thừa Thiên Huế"}
	d.Contact, d.Drafter, d.Copies = "", "", 0
	units := []string{"Tứ Hạ", "Hương Vân", "Hương Văn", "Hương Xuân", "Hương Chữ", "Hương Toàn", "Hương Bình", "Bình Tiến", "Bình Thành"}
	t := &letter.Table{
		Head:   []string{"TT", "Đơn vị", "Kênh tuyên truyền", "Số đội", "Số người", "Khối lượng (kg)", "Ghi chú"},
		Figure: []bool{true, false, false, true, true, true, false},
	}
	for i := range 45 {
		t.Rows = append(t.Rows, []string{
			fmt.Sprint(i + 1), fmt.Sprintf("Tổ dân phố %d, %s", i/9+1, units[i%9]), "Truyền thanh, bảng tin, họp dân", fmt.Sprint(i%4 + 1), fmt.Sprint(20 + 7*i%60),
			fmt.Sprintf("%d.%03d", i%5+1, 137*i%1000), map[bool]string{true: "Nộp muộn 02 ngày"}[i%11 == 5],
		})
	}
	t.Total = []string{"", "Tổng cộng", "", "110", "2.214", "131.425", ""}
	d.Blocks = []letter.Block{
		block(letter.ParagraphBlock, "Thực hiện Kế hoạch số 1518/KH-STTTT ngày 31 tháng 5 năm 2024 của Sở Thông tin và Truyền thông tỉnh Thừa Thiên Huế về việc tổ chức "+campaign+", Ủy ban nhân dân thị xã báo cáo kết quả như sau:"),
		block(letter.SectionBlock, "Kết quả"),
		block(letter.ParagraphBlock, "Đến hết ngày 30 tháng 6 năm 2024, toàn thị xã có 09/09 xã, phường triển khai; chi tiết theo bảng dưới đây và các Phụ lục kèm theo."),
		{Kind: letter.TableBlock, Text: "Kết quả theo tổ dân phố", Table: t},
		block(letter.SectionBlock, "Đề xuất"),
		block(letter.ParagraphBlock, "Ủy ban nhân dân thị xã kính đề nghị Sở Thông tin và Truyền thông xem xét, tổng hợp"),
	}
	wide := &letter.Table{Head: []string{"TT", "Đơn vị"}, Figure: []bool{true, false}}
	for _, w := range []string{"Hữu cơ", "Nhựa", "Kim loại", "Xây dựng", "Giấy", "Thủy tinh", "Nguy hại", "Khác", "Tổng cộng", "Tỷ lệ hoàn thành"} {
		wide.Head, wide.Figure = append(wide.Head, w+" (kilôgam/người/buổi)"), append(wide.Figure, true)
	}
	for i, u := range units {
		row := []string{fmt.Sprint(i + 1), u}
		for n := range 10 {
			row = append(row, fmt.Sprint((i+3)*(n+7)))
		}
		wide.Rows = append(wide.Rows, row)
	}
	d.Appendices = []letter.Appendix{
		{Title: "Danh sách đơn vị tham gia", Blocks: []letter.Block{block(letter.ItemBlock, "Phường Tứ Hạ: 12 đội, 240 người."), block(letter.ItemBlock, "Xã Hương Toàn: 08 đội, 160 người.")}},
		{Title: "Khối lượng theo loại rác", Blocks: []letter.Block{{Kind: letter.TableBlock, Table: wide}}},
	}
	return d
}

// Invitation is a giấy mời.
func Invitation() letter.Document {
	d := Letter()
	d.Type, d.Number, d.Notation, d.Subject = "giấy mời", "9", "GM-UBND", "dự Lễ phát động "+campaign
	d.Addressees = []string{"Ông (Bà) Trưởng các phòng, ban, ngành, đoàn thể thị xã"}
	d.Blocks = []letter.Block{
		block(letter.ParagraphBlock, "Ủy ban nhân dân thị xã trân trọng kính mời ông (bà) tới dự Lễ phát động "+campaign+"."),
		block(letter.ItemBlock, "Thời gian: 07 giờ 00 phút, Chủ nhật, ngày 09 tháng 6 năm 2024."),
		block(letter.ItemBlock, "Địa điểm: Công viên Tứ Hạ, phường Tứ Hạ."),
		block(letter.ParagraphBlock, "Đề nghị ông (bà) tới dự đúng thời gian và địa điểm trên"),
	}
	d.Recipients = []string{"Như trên", "Lưu: VT, VH"}
	d.Contact, d.Drafter, d.Copies = "", "", 0
	return d
}

// Decision is a quyết định with articles.
func Decision() letter.Document {
	d := Letter()
	d.Type, d.Number, d.Notation, d.Addressees = "quyết định", "2", "QĐ-UBND", nil
	d.Subject = "về việc thành lập Ban Tổ chức " + campaign
	d.Contact, d.Drafter, d.Copies = "", "", 0
	d.Blocks = []letter.Block{
		block(letter.BasisBlock, "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015"),
		block(letter.BasisBlock, "Theo đề nghị của Trưởng phòng Văn hóa và Thông tin"),
		block(letter.ArticleBlock, "Thành lập Ban Tổ chức Cuộc thi gồm các ông, bà có tên trong danh sách kèm theo."),
		block(letter.ArticleBlock, "Ban Tổ chức có nhiệm vụ triển khai Kế hoạch Cuộc thi trên địa bàn thị xã."),
		block(letter.ArticleBlock, "Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng, Thủ trưởng các cơ quan, đơn vị liên quan và các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này"),
	}
	d.Recipients = []string{"Như Điều 3", "Lưu: VT, VH"}
	d.Appendices = []letter.Appendix{{Title: "Danh sách Ban Tổ chức", Blocks: []letter.Block{block(letter.ItemBlock, "Ông Nguyễn Văn Mẫu, Trưởng ban.")}}}
	return d
}

// All are the documents by a name for files.
func All() map[string]letter.Document {
	return map[string]letter.Document{
		"letter": Letter(), "urgent": Urgent(), "plan": Plan(), "report": Report(), "invitation": Invitation(), "decision": Decision(),
	}
}
