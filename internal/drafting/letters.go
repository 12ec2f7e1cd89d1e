package drafting

import (
	"sachhon/internal/letter"
)

// official is the letter that passes a plan or a letter on to those below.
func official(in Input) letter.Document {
	event := in.event()
	subject := "triển khai thực hiện một số nhiệm vụ"
	switch {
	case event != "":
		subject = "hưởng ứng, tham gia " + event
	case in.On != nil:
		subject = "triển khai " + CitedOf(*in.On).Short()
	}
	d := begin(in, letter.OfficialLetter, subject)
	d.doc.Addressees = names(d.To)
	d.basis()
	if p := d.period(); p != "" && event != "" {
		d.paragraph(d.when(event, p))
	}
	d.paragraph(d.organ() + " " + asks(d.To) + " thực hiện một số nội dung sau:")
	d.duties()
	d.paragraph("Nhận được Công văn này, " + everybody(d.To) + ".")
	d.recipients("Như trên")
	return d.doc
}

// when says who holds the event and when, as far as the letter it rests on says so.
func (d *draft) when(event, period string) string {
	switch {
	case d.On == nil:
		return event + " được tổ chức " + period + "."
	case d.On.Fields.Type != letter.OfficialLetter && d.On.Fields.Organ != "":
		return "Theo đó, " + d.On.Fields.Organ + " tổ chức " + event + ", thời gian " + period + "."
	}
	return "Theo đó, " + event + " diễn ra " + period + "."
}

// plan is the unit's own plan.
func plan(in Input) letter.Document {
	event := in.event()
	subject := "Triển khai thực hiện nhiệm vụ"
	if event != "" {
		subject = "Hưởng ứng, tham gia " + event
	}
	d := begin(in, "kế hoạch", subject+" trên địa bàn "+territory(in))
	d.basis()
	d.paragraph(d.organ() + " xây dựng kế hoạch như sau:")
	d.add(letter.SectionBlock, "Mục đích, yêu cầu")
	d.add(letter.ItemBlock, "Mục đích")
	d.paragraph("Nâng cao nhận thức, trách nhiệm của cán bộ, công chức, viên chức, người lao động và Nhân dân trong việc giữ gìn vệ sinh, bảo vệ môi trường; vận động đông đảo tập thể, cá nhân hưởng ứng, tham gia.")
	d.add(letter.ItemBlock, "Yêu cầu")
	d.paragraph("Việc triển khai thiết thực, an toàn, tiết kiệm; kết quả được cân, đếm và báo cáo trung thực.")
	d.add(letter.SectionBlock, "Nội dung")
	if p := d.period(); p != "" {
		d.add(letter.BulletBlock, "Thời gian: "+p+".")
	}
	d.add(letter.BulletBlock, "Phạm vi: trên địa bàn "+territory(in)+".")
	d.add(letter.BulletBlock, "Hình thức: tổ chức ra quân thu gom, phân loại, xử lý rác thải; ưu tiên các điểm tồn đọng nhiều rác thải nhựa.")
	d.add(letter.SectionBlock, "Tổ chức thực hiện")
	d.duties()
	d.paragraph("Trên đây là Kế hoạch của " + d.organ() + "; trong quá trình thực hiện nếu có vướng mắc, các cơ quan, đơn vị, địa phương kịp thời phản ánh để xem xét, giải quyết.")
	d.recipients(names(d.To)...)
	return d.doc
}

// territory is the territory: the area itself, or the one an organisation lies in.
func territory(in Input) string {
	if in.Unit.Kind.Area() {
		return in.Unit.Lower()
	}
	if area, ok := in.Tree.ByID(in.Unit.AreaID); ok {
		return area.Lower()
	}
	return in.Unit.Lower()
}

// notice tells people about it.
func notice(in Input) letter.Document {
	event := in.event()
	subject := "Tổ chức thực hiện một số nội dung"
	if event != "" {
		subject = "Hưởng ứng, tham gia " + event
	}
	d := begin(in, "thông báo", subject)
	d.basis()
	what := "các nội dung sau"
	if event != "" {
		what = event + " như sau"
	}
	d.paragraph(d.organ() + " thông báo đến các cơ quan, đơn vị, tập thể và Nhân dân trên địa bàn về " + what + ":")
	if p := d.period(); p != "" {
		d.add(letter.ItemBlock, "Thời gian: "+p+".")
	}
	d.add(letter.ItemBlock, "Đối tượng: mọi tập thể, cá nhân sinh sống, học tập và làm việc trên địa bàn "+territory(in)+".")
	d.add(letter.ItemBlock, "Nội dung: tổ chức sự kiện thu gom, phân loại, xử lý rác thải và báo cáo kết quả trung thực, có số người tham gia, khối lượng theo từng loại rác và hình ảnh trước, sau khi thực hiện.")
	d.add(letter.ItemBlock, "Đăng ký: người đại diện đăng ký trên hệ thống và chờ Ban Tổ chức duyệt trước khi tổ chức sự kiện.")
	d.paragraph(d.organ() + " thông báo để các cơ quan, đơn vị và Nhân dân biết, hưởng ứng, tham gia.")
	d.recipients(names(d.To)...)
	return d.doc
}

// invitation asks to a meeting; its time and place are for the writer to enter.
func invitation(in Input) letter.Document {
	event := in.event()
	subject := "Họp triển khai nhiệm vụ"
	if event != "" {
		subject = "Họp triển khai " + event
	}
	d := begin(in, "giấy mời", subject)
	d.basis()
	d.paragraph(d.organ() + " trân trọng kính mời đại diện lãnh đạo " + listed(inSentences(names(d.To))) + " tới dự cuộc họp với các nội dung sau:")
	content := "triển khai nhiệm vụ được giao"
	if event != "" {
		content = "triển khai " + event + "; thống nhất việc tuyên truyền, vận động và tổ chức ra quân"
	}
	d.add(letter.BulletBlock, "Nội dung: "+content+".")
	d.add(letter.BulletBlock, "Thời gian: … giờ … phút, ngày … tháng … năm "+year(in.Today)+".")
	d.add(letter.BulletBlock, "Địa điểm: …")
	d.add(letter.BulletBlock, "Chủ trì: đại diện lãnh đạo "+d.organ()+".")
	d.paragraph("Rất mong các đại biểu đến dự đúng thời gian, thành phần.")
	d.recipients(names(d.To)...)
	return d.doc
}

func inSentences(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = inSentence(n)
	}
	return out
}
