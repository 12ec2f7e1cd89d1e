package drafting

import (
	"fmt"
	"strconv"

	"sachhon/internal/lang"

	"sachhon/internal/letter"
	"sachhon/internal/unit"
)

// UrgingData is what is known about those who are late.
type UrgingData struct {
	Late []LateUnit
	By   letter.Date // until when they are to catch up; zero leaves it open
}

// LateUnit is one unit and what it has not done.
type LateUnit struct {
	Unit unit.Unit
	What string      // "chưa tiếp nhận văn bản"
	Due  letter.Date // since when it is overdue
}

// mostNamed is how many units "Kính gửi" names one by one; more are named in the table only.
const mostNamed = 20

// UrgingOf drafts the letter that urges: what was asked, who has not done what by when, what is asked now. The addressees
// are the late units, each with the verb due to it.
func UrgingOf(in Input, data UrgingData) letter.Document {
	subject := "đôn đốc thực hiện nhiệm vụ"
	if in.On != nil {
		subject = "đôn đốc thực hiện " + CitedOf(*in.On).Short()
	}
	if len(in.To) == 0 {
		for _, l := range data.Late {
			a := Addressee{l.Unit.Organ(), ForceFor(in.Tree, in.Unit, l.Unit)}
			if len(in.To) == 0 || in.To[len(in.To)-1] != a {
				in.To = append(in.To, a)
			}
		}
	}
	d := begin(in, letter.OfficialLetter, subject)
	if len(d.To) > mostNamed {
		d.To = []Addressee{{"Các cơ quan, đơn vị, địa phương có tên trong bảng dưới đây", force(d.To)}}
	}
	d.doc.Addressees = names(d.To)
	if d.On != nil {
		d.paragraph("Ngày " + d.On.Fields.Date.LongDate() + ", " + d.On.Fields.Organ + " đã ban hành " + d.cite.Of(issuedOf(*d.On)) + ".")
	}
	state := "Qua theo dõi, đến nay vẫn còn một số đơn vị chưa thực hiện đầy đủ các nội dung được đề nghị"
	if len(data.Late) > 0 {
		state = "Qua theo dõi"
		if !d.Today.IsZero() {
			state += ", đến ngày " + d.Today.LongDate()
		}
		state += fmt.Sprintf(" còn %d đơn vị chưa hoàn thành nội dung đã nêu, cụ thể như sau:", count(data.Late))
		d.paragraph(state)
		d.doc.Blocks = append(d.doc.Blocks, letter.Block{Kind: letter.TableBlock, Table: lateTable(data.Late)})
	} else {
		d.paragraph(state + ".")
	}
	d.paragraph("Để bảo đảm tiến độ chung, " + d.organ() + " " + asks(d.To) + " thực hiện một số nội dung sau:")
	first := letter.Duty{Text: "Khẩn trương thực hiện các nội dung còn lại", Force: force(d.To)}
	if d.On != nil {
		first.Text += " tại " + d.cite.Of(issuedOf(*d.On))
	}
	if !data.By.IsZero() {
		first.Text, first.Deadline = first.Text+", hoàn thành chậm nhất ngày "+data.By.LongDate(), data.By
	}
	first.Text += "."
	d.duty(first)
	d.duty(letter.Duty{Text: "Cập nhật kết quả thực hiện trên hệ thống; trường hợp có khó khăn, vướng mắc, kịp thời phản ánh về " + d.organ() + " để phối hợp giải quyết.", Force: force(d.To)})
	if r, ok := d.reporting(); ok {
		d.duty(r)
	}
	d.paragraph(lang.Capital(everybody(d.To)) + ".")
	d.On = nil // who issued the first letter is not told about the urging
	d.recipients("Như trên")
	return d.doc
}

// issuedOf cites a letter in a sentence that has named its date and organ already.
func issuedOf(l letter.Letter) Cited {
	c := CitedOf(l)
	c.Date, c.Organ = letter.Date{}, ""
	return c
}

func count(late []LateUnit) int {
	seen := map[string]bool{}
	for _, l := range late {
		seen[string(l.Unit.ID)] = true
	}
	return len(seen)
}

func lateTable(late []LateUnit) *letter.Table {
	t := &letter.Table{Head: []string{"TT", "Đơn vị", "Tình hình thực hiện", "Thời hạn"}, Figure: []bool{true, false, false, false}}
	for i, l := range late {
		due := ""
		if !l.Due.IsZero() {
			due = l.Due.ShortDate()
		}
		t.Rows = append(t.Rows, []string{strconv.Itoa(i + 1), l.Unit.Organ(), l.What, due})
	}
	return t
}

// ThanksData is what was achieved.
type ThanksData struct {
	Entrants, Cleanups, People int
	Kilograms                  string // as a number is written: "12.345,5"
}

// ThanksOf drafts the letter that thanks.
func ThanksOf(in Input, data ThanksData) letter.Document {
	event := in.event()
	subject := "cảm ơn các tập thể, cá nhân đã tham gia"
	if event != "" {
		subject += " " + event
	}
	d := begin(in, letter.OfficialLetter, subject)
	d.doc.Addressees = names(d.To)
	what := "các hoạt động làm sạch môi trường trên địa bàn"
	if event != "" {
		what = event
	}
	if p := d.period(); p != "" {
		what += " (" + p + ")"
	}
	d.paragraph("Thời gian qua, các cơ quan, đơn vị, địa phương cùng đông đảo Nhân dân đã tích cực hưởng ứng, tham gia " + what + ".")
	if data.Cleanups > 0 {
		text := fmt.Sprintf("Đã có %s đối tượng dự thi tổ chức %s sự kiện ra quân với %s lượt người tham gia", lang.New("vi").Number(data.Entrants), lang.New("vi").Number(data.Cleanups), lang.New("vi").Number(data.People))
		if data.Kilograms != "" {
			text += ", thu gom " + data.Kilograms + " kg rác thải"
		}
		d.paragraph(text + ".")
	}
	d.paragraph(d.organ() + " trân trọng cảm ơn và ghi nhận sự tham gia nhiệt tình, trách nhiệm của các cơ quan, đơn vị, địa phương, các tập thể, cá nhân và Nhân dân.")
	d.paragraph(d.organ() + " mong tiếp tục nhận được sự đồng hành của các cơ quan, đơn vị, địa phương và Nhân dân trong các hoạt động bảo vệ môi trường tiếp theo.")
	d.On = nil
	d.recipients("Như trên")
	return d.doc
}

// ReportData is what a report says; package progress fills it from the records. What is empty is left for the writer.
type ReportData struct {
	Until      letter.Date
	Directed   []string // I: how it was directed
	Done       []letter.Block
	Shortfalls []string
	Proposals  []string
	Appendices []letter.Appendix
}

// ReportOf drafts a report upward.
func ReportOf(in Input, data ReportData) letter.Document {
	subject := "Kết quả triển khai nhiệm vụ được giao"
	switch event := in.event(); {
	case event != "":
		subject = "Kết quả triển khai " + event
	case in.On != nil:
		subject = "Kết quả thực hiện " + CitedOf(*in.On).Short()
	}
	d := begin(in, "báo cáo", subject)
	if d.On != nil && d.On.Fields.Organ != "" && d.On.Fields.Organ != d.doc.Organ {
		d.doc.Addressees = []string{d.On.Fields.Organ}
	}
	opening := ""
	if rests, ok := d.rests(); ok {
		opening = "Thực hiện " + d.cite.Of(rests) + ", "
	}
	until := ""
	if !data.Until.IsZero() {
		until = " tính đến ngày " + data.Until.LongDate()
	}
	d.paragraph(opening + d.organ() + " báo cáo kết quả thực hiện" + until + " như sau:")
	section := func(title string, bullets []string, empty string) {
		d.add(letter.SectionBlock, title)
		if len(bullets) == 0 {
			bullets = []string{empty}
		}
		for _, b := range bullets {
			d.add(letter.BulletBlock, b)
		}
	}
	section("Công tác chỉ đạo, triển khai", data.Directed, "Việc phổ biến, phân công, theo dõi, đôn đốc: …")
	d.add(letter.SectionBlock, "Kết quả thực hiện")
	if len(data.Done) > 0 {
		d.doc.Blocks = append(d.doc.Blocks, data.Done...)
	} else {
		d.add(letter.BulletBlock, "Công tác tuyên truyền: …")
		d.add(letter.BulletBlock, "Công tác vận động, đăng ký tham gia: …")
		d.add(letter.BulletBlock, "Kết quả ra quân thu gom, xử lý rác thải: …")
	}
	section("Khó khăn, vướng mắc", data.Shortfalls, "…")
	section("Đề xuất, kiến nghị", data.Proposals, "…")
	d.paragraph("Trên đây là báo cáo kết quả thực hiện của " + d.organ() + ".")
	d.doc.Appendices = data.Appendices
	first := []string{"Như trên"}
	if len(d.doc.Addressees) == 0 {
		first = nil
	}
	d.On = nil
	d.recipients(first...)
	return d.doc
}

func year(d letter.Date) string {
	if d.IsZero() {
		return "…"
	}
	return strconv.Itoa(d.Year)
}
