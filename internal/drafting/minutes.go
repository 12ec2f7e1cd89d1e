package drafting

import (
	"cmp"
	"strconv"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
)

// MinutesData is a meeting as its minutes tell it. For what is empty they leave room.
type MinutesData struct {
	Name       string // "Họp tổ dân phố 3"
	Place      string
	Begin, End clock.Time
	Chair      string
	Secretary  string
	Present    int
	Points     string // what was presented, a line each
	Discussion string // what was said, a line each; empty: nobody spoke
	Conclusion string
}

// untold stands in minutes where nobody said what belongs there, to be filled in by hand.
const untold = "…"

func stated(what, text string) string {
	if text == "" {
		return what + ": " + untold
	}
	return what + ": " + text + "."
}

// MinutesOf drafts the minutes of a meeting: chair and secretary sign them, whoever took part gets them. Their date is that of the
// meeting until they are numbered.
func MinutesOf(in Input, data MinutesData) letter.Document {
	vi := lang.New("vi")
	subject := data.Name
	if event := in.event(); event != "" {
		subject += " về việc hưởng ứng “" + event + "”"
	}
	d := &draft{Input: in, doc: letter.Document{
		Form: in.Head.Documents(), Type: "biên bản", Superior: in.Head.Superior, Organ: in.Unit.Organ(), Notation: in.Head.Notation("biên bản"),
		Place: in.Head.Place, Date: dateOf(data.Begin), Subject: subject, Recipients: []string{"Như thành phần dự họp", in.Head.Kept()},
		Signer: letter.Signer{Position: "CHỦ TỌA", Name: cmp.Or(data.Chair, untold)}, Secretary: cmp.Or(data.Secretary, untold),
	}}
	bullets := func(text string) { // whose dashes people type
		for line := range strings.Lines(text) {
			if line = strings.TrimLeft(strings.TrimSpace(line), "-–• "); line != "" {
				d.add(letter.BulletBlock, line)
			}
		}
	}
	d.add(letter.SectionBlock, "Thời gian, địa điểm, thành phần")
	d.add(letter.BulletBlock, "Thời gian bắt đầu: "+vi.DateTime(data.Begin)+".")
	d.add(letter.BulletBlock, "Địa điểm: "+data.Place+".")
	d.add(letter.BulletBlock, stated("Chủ trì", data.Chair))
	d.add(letter.BulletBlock, stated("Thư ký", data.Secretary))
	d.add(letter.BulletBlock, "Số người có mặt: "+strconv.Itoa(data.Present)+" người.")
	d.add(letter.SectionBlock, "Nội dung")
	bullets(cmp.Or(data.Points, untold))
	if data.Discussion != "" {
		d.add(letter.SectionBlock, "Ý kiến thảo luận")
		bullets(data.Discussion)
	}
	d.add(letter.SectionBlock, "Kết luận")
	d.paragraph(cmp.Or(data.Conclusion, untold))
	d.paragraph("Cuộc họp kết thúc lúc " + vi.Time(data.End) + " cùng ngày. Biên bản được đọc lại, những người dự họp nhất trí.")
	return d.doc
}
