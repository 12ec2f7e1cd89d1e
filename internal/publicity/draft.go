package publicity

import (
	"strings"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/drafting"
	"sachhon/internal/lang"
	"sachhon/internal/lang/spoken"
	"sachhon/internal/unit"
)

// Matter is all that a draft is made of.
type Matter struct {
	Campaign  Campaign
	Challenge challenge.Challenge
	Unit      unit.Unit
	Head      drafting.Letterhead // of minutes
	Organiser string
	Basis     string // the letter that asks for it: "Công văn số 1903/UBND-VH của Ủy ban nhân dân thị xã Hương Trà"
	Numbers   Numbers
	Now       clock.Time
	// Addresses that people can open.
	ChallengePage string
	ArticlePage   string
}

// Draft writes a product in the unit's own name.
func Draft(p Product, m Matter) Texts {
	d := draft{m, lang.New("vi")}
	switch p {
	case Article:
		return d.article()
	case Sheet:
		return d.sheet()
	case Meeting:
		return d.meeting()
	case Bulletin:
		return Texts{"script": d.bulletin(), "priority": d.Campaign.Priority}
	case Message:
		return d.message()
	}
	return nil
}

type draft struct {
	Matter
	vi *lang.Localizer
}

// where says the place in a sentence: "phường Tứ Hạ", "Thị đoàn Hương Trà".
func (d draft) where() string { return d.Unit.Lower() }

func (d draft) inPlace() string {
	if d.Unit.Kind.Area() {
		return "trên địa bàn " + d.where()
	}
	return "tại " + d.where()
}

// people are whom the unit speaks to.
func (d draft) people() string {
	switch d.Unit.Kind {
	case unit.School:
		return "thầy cô, phụ huynh và các em học sinh"
	case unit.Union:
		return "cán bộ, đoàn viên, hội viên"
	case unit.Department, unit.Agency, unit.Centre:
		return "cán bộ, công chức, viên chức và người lao động"
	case unit.Company, unit.Other:
		return "cán bộ và người lao động"
	}
	return "bà con nhân dân"
}

func (d draft) title() string { return d.Challenge.Title }

// named is the challenge inside a sentence.
func (d draft) named() string { return "“" + d.title() + "”" }

func (d draft) over() bool { return clock.DayOf(d.Now.Time) > d.Campaign.Last }

func (d draft) days() string {
	return "từ ngày " + d.day(d.Campaign.First) + " đến hết ngày " + d.day(d.Campaign.Last)
}

func (d draft) day(day clock.Day) string { return d.vi.Date(day.Start()) }

// soon says the days without their year, once that was said.
func (d draft) soon() string {
	return "từ ngày " + withoutYear(d.day(d.Campaign.First)) + " đến hết ngày " + withoutYear(d.day(d.Campaign.Last))
}

// numbers tells what was achieved, or asks people to join.
func (d draft) numbers() string { return d.numbersOn(d.vi.Date(d.Numbers.AsOf)) }

func (d draft) numbersOn(day string) string {
	n := d.Numbers
	switch {
	case !n.Any() && d.over(): // what did not happen is no news, and shames whoever lives there
		return "Kết quả được công bố trên trang của cuộc thi."
	case !n.Any():
		return "Mời " + d.people() + " đăng ký ngay từ những ngày đầu."
	}
	text := "Tính đến ngày " + day + ", " + d.inPlace() + " đã có " + d.vi.Number(n.Entrants) + " tập thể, cá nhân đăng ký"
	if n.Cleanups > 0 {
		text += "; " + d.vi.Number(n.Cleanups) + " buổi ra quân được công nhận với " + d.vi.Number(n.People) + " lượt người tham gia, thu gom " +
			d.kilos() + " rác"
	} else if n.Planned > 0 {
		text += " và " + d.vi.Number(n.Planned) + " buổi ra quân đã được lên lịch"
	}
	return text + "."
}

// kilos writes a weight without grams.
func (d draft) kilos() string { return d.vi.Number(d.Numbers.Grams/1000) + " kg" }

func (d draft) contact() string {
	switch c := d.Campaign; {
	case c.Contact != "" && c.Phone != "":
		return "Liên hệ: " + c.Contact + ", điện thoại " + c.Phone + "."
	case c.Contact != "":
		return "Liên hệ: " + c.Contact + "."
	case c.Phone != "":
		return "Điện thoại hỗ trợ: " + c.Phone + "."
	}
	return "Liên hệ: " + d.Unit.Organ() + "."
}

func (d draft) tags() string {
	var tags []string
	for _, t := range d.Campaign.Hashtags {
		tags = append(tags, "#"+t)
	}
	return strings.Join(tags, " ")
}

func (d draft) article() Texts {
	title := lang.Capital(d.where()) + " hưởng ứng " + lang.Small(d.title())
	lead := d.Unit.Organ() + " mời " + d.people() + " tham gia " + d.named() + ", diễn ra " + d.days() + "."
	if d.over() {
		title = lang.Capital(d.where()) + " cùng làm cho môi trường sạch hơn"
		lead = d.named() + " diễn ra " + d.days() + ". " + d.Unit.Organ() + " cảm ơn " + d.people() + " đã cùng tham gia."
		lead = lang.Capital(lead)
	}
	var body []string
	if d.Basis != "" {
		body = append(body, "Thực hiện "+lang.Small(d.Basis)+", "+d.Unit.Organ()+" tuyên truyền rộng rãi và tạo điều kiện để "+d.people()+" tham gia.")
	}
	body = append(body, d.Campaign.Message)
	if len(d.Campaign.Facts) > 0 {
		body = append(body, "Những điều cần biết:\n- "+strings.Join(d.Campaign.Facts, "\n- "))
	}
	body = append(body, d.numbers())
	if !d.over() {
		body = append(body, "Đăng ký và xem thể lệ tại "+d.ChallengePage+". Người không có điện thoại thông minh có thể đăng ký trực tiếp với cán bộ phụ trách.")
	}
	body = append(body, d.contact())
	return Texts{"title": title, "lead": lead, "body": strings.Join(body, "\n\n")}
}

func (d draft) sheet() Texts {
	points := d.Campaign.Facts[:min(4, len(d.Campaign.Facts))]
	if len(points) == 0 {
		points = []string{"Thời gian: " + d.days()}
	}
	t := Texts{"headline": "Cùng làm sạch " + d.where(), "lead": d.Campaign.Message, "points": strings.Join(points, "\n"), "call": "Quét mã để đăng ký"}
	if !d.Unit.Kind.Area() {
		t["headline"] = "Cùng nhau làm cho nơi này sạch hơn"
	}
	if d.over() {
		t["call"] = "Quét mã để xem kết quả"
	}
	return t
}

func (d draft) meeting() Texts {
	points := []string{
		"Nêu lý do: " + lang.Small(strings.TrimSuffix(d.Campaign.Message, ".")) + ".",
		"Giới thiệu " + d.named() + " do " + d.Organiser + " tổ chức, " + d.days() + ".",
	}
	if d.Basis != "" {
		points = append(points, "Quán triệt "+lang.Small(d.Basis)+".")
	}
	points = append(points, d.Campaign.Facts...)
	points = append(points, d.numbers(),
		"Đề nghị mỗi tổ, chi hội, lớp hoặc nhóm gia đình thành lập ít nhất một đội, cử người đại diện đăng ký.",
		"Hỏi, đáp và ghi danh sách đội đăng ký ngay tại cuộc họp. "+d.contact())
	return Texts{
		"agenda": "Phổ biến, vận động tham gia " + d.named() + " (10 phút)",
		"points": strings.Join(points, "\n"),
		"conclusion": "Cuộc họp thống nhất hưởng ứng " + d.named() + "; giao người phụ trách lập danh sách đội tham gia, hướng dẫn đăng ký và báo cáo kết quả về " +
			d.Unit.Organ() + ".",
	}
}

// bulletin writes the script for the loudspeakers, in words. What must be said comes always; what may be said comes as long
// as there is room.
func (d draft) bulletin() string {
	opening := "Kính thưa " + d.people() + "!"
	first := d.Unit.Organ() + " xin thông báo về " + d.named() + " do " + d.Organiser + " tổ chức."
	when := "Cuộc thi diễn ra " + d.days() + "."
	how := "Mời " + d.people() + " lập đội hoặc đăng ký cá nhân. Cách tham gia rất đơn giản: đăng ký, hẹn ngày ra quân, chụp ảnh trước và sau khi dọn, cân rác theo từng loại rồi gửi kết quả trên điện thoại."
	help := "Ai không có điện thoại thông minh, xin đến gặp cán bộ phụ trách của " + d.where() + " để được đăng ký giúp."
	closing := "Xin nhắc lại: " + d.named() + " diễn ra " + d.soon() + ". Rất mong " + d.people() + " nhiệt tình hưởng ứng. Xin trân trọng cảm ơn!"
	if d.over() {
		when = "Cuộc thi đã diễn ra " + d.days() + "."
		how = "Các đội đã đăng ký, hẹn ngày ra quân, chụp ảnh trước và sau khi dọn, cân rác theo từng loại và gửi kết quả để Ban Tổ chức thẩm định. Kết quả của từng đội được công khai, ai cũng có thể xem và kiểm tra lại."
		help = "Xin mời " + d.people() + " tiếp tục giữ vệ sinh chung, phân loại rác tại nguồn và duy trì nếp ra quân vào sáng Chủ nhật hằng tuần."
		closing = "Một lần nữa, " + d.Unit.Organ() + " xin trân trọng cảm ơn " + d.people() + " đã nhiệt tình hưởng ứng " + d.named() + "!"
	}
	basis := ""
	if d.Basis != "" {
		basis = "Đây là việc làm thực hiện " + lang.Small(d.Basis) + "."
	}
	optional := []string{d.numbersOn(withoutYear(d.vi.Date(d.Numbers.AsOf))), basis, d.phone(), d.Campaign.Message}
	for _, f := range d.Campaign.Facts {
		optional = append(optional, strings.TrimSuffix(f, ".")+".")
	}
	optional = append(optional,
		"Khi ra quân, đề nghị bà con mang găng tay, đi giày kín, không chạm vào kim tiêm và rác nguy hại; để riêng rác nhựa, kim loại, giấy và thủy tinh để bán hoặc tái chế.",
		"Mỗi gia đình dọn sạch ngõ của mình, mỗi tổ, mỗi nhóm dọn sạch một tuyến đường, một bến nước, một bãi rác tự phát, thì nơi ta sống sẽ sạch hơn từng ngày.",
		"Rác thu gom xong, xin tập kết đúng nơi quy định, không đốt, không đổ xuống sông và kênh mương.")
	size := func(parts ...string) int {
		n := 0
		for _, p := range parts {
			n += spoken.Syllables(spoken.Text(p))
		}
		return n
	}
	const full = MostWords - 15 // a unit that changes a word must not be over at once
	chosen, words := make([]bool, len(optional)), size(opening, first, when, how, help, closing)
	for i, o := range optional {
		extra := i >= len(optional)-3 // said only where there is too little otherwise
		if n := size(o); o != "" && words+n <= full && !(extra && words >= LeastWords+20) {
			chosen[i], words = true, words+n
		}
	}
	lines := []string{opening, first + " " + when}
	var middle []string
	for i, o := range optional {
		if chosen[i] && i != 0 && i != 2 {
			middle = append(middle, o)
		}
	}
	if len(middle) > 0 {
		lines = append(lines, strings.Join(middle, " "))
	}
	lines = append(lines, how+" "+help)
	for _, i := range []int{0, 2} {
		if chosen[i] {
			lines = append(lines, optional[i])
		}
	}
	return spoken.Text(strings.Join(append(lines, closing), "\n"))
}

func (d draft) phone() string {
	if d.Campaign.Phone == "" {
		return ""
	}
	return "Mọi thắc mắc xin gọi số điện thoại " + d.Campaign.Phone + "."
}

func (d draft) message() Texts {
	long := d.Unit.Organ() + " mời " + d.people() + " tham gia " + d.named() + ", " + d.days() + ".\n\n" + d.Campaign.Message + "\n\n"
	if d.over() {
		long = d.Unit.Organ() + " cảm ơn " + d.people() + " đã hưởng ứng " + d.named() + " (" + d.days() + ").\n\n"
	}
	zalo := long + d.numbers() + "\n\n"
	facebook := long
	for _, f := range d.Campaign.Facts {
		facebook += "✔ " + f + "\n"
	}
	facebook = strings.TrimRight(facebook, "\n") + "\n\n" + d.numbers() + "\n\n" + d.contact() + "\n"
	return Texts{
		"sms": d.sms(), "zalo": zalo + d.call() + d.ChallengePage + "\n" + d.tags(),
		"facebook": facebook + d.call() + d.ArticlePage + "\n\n" + d.tags(),
	}
}

func (d draft) call() string {
	if d.over() {
		return "Xem kết quả: "
	}
	return "Đăng ký: "
}

// sms fits one message of 160 letters without accents; what is least needed goes first.
func (d draft) sms() string {
	short := withoutYear(d.day(d.Campaign.Last))
	name, who := d.Unit.Organ(), " moi tham gia "
	if d.Unit.Kind.Area() {
		name = "UBND " + d.where()
	}
	if d.over() {
		who = " cam on ba con da huong ung "
	}
	phone := ""
	if d.Campaign.Phone != "" {
		phone = " Hoi: " + strings.ReplaceAll(d.Campaign.Phone, " ", "")
	}
	call := ", den het " + short + ". Dang ky: "
	if d.over() {
		call = ". Ket qua: "
	}
	for _, text := range []string{
		name + who + d.title() + call + d.ChallengePage + phone,
		name + who + d.title() + call + d.ChallengePage,
		d.Unit.Name + ": " + d.title() + call + d.ChallengePage,
		d.title() + call + d.ChallengePage,
		"Thu thach sach hon" + call + d.ChallengePage,
	} {
		if plain := Plain(text); Measure(plain).Parts <= 1 {
			return plain
		}
	}
	return Plain(d.title() + call + d.ChallengePage)
}
