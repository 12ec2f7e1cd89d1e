package drafting

import (
	"strings"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
)

// Template is a kind of letter that can be drafted.
type Template string

// The templates.
const (
	Letter     Template = "letter"     // công văn: pass on what a plan or a letter asks
	Plan       Template = "plan"       // kế hoạch of the unit itself
	Notice     Template = "notice"     // thông báo
	Report     Template = "report"     // báo cáo, to be filled
	Invitation Template = "invitation" // giấy mời
	Urging     Template = "urging"     // công văn that urges
	Thanks     Template = "thanks"     // công văn that thanks
)

// Templates lists them in the order in which people choose.
func Templates() []Template {
	return []Template{Letter, Plan, Notice, Report, Invitation, Urging, Thanks}
}

// Input is what a template draws on.
type Input struct {
	Unit      unit.Unit // who writes
	Tree      *unit.Tree
	Head      Letterhead
	Signer    int                  // of the letterhead
	On        *letter.Letter       // the plan or letter it rests on, nil for none
	Said      []letter.Alias       // what the issuer of On said whom names in its letters mean
	Challenge *challenge.Challenge // what it is about, nil for none
	Plan      Cited                // of the challenge, what a letter rests on that carries out no other; zero for none
	Thanks    ThanksData           // what was achieved, for the letter that thanks
	Late      UrgingData           // who has not done what, for the letter that urges
	To        []Addressee          // the unit's usual ones when it is empty
	ReportBy  letter.Date          // by when the addressees report, zero when they need not
	Today     letter.Date

	// Earlier tells by when those below should be done with what is due on a day; nil leaves the day as it is.
	Earlier func(letter.Date) letter.Date
}

// Draft drafts by the template. Urgings and reports that records know more about have functions of their own.
func Draft(t Template, in Input) letter.Document {
	switch t {
	case Plan:
		return plan(in)
	case Notice:
		return notice(in)
	case Report:
		return ReportOf(in, ReportData{})
	case Invitation:
		return invitation(in)
	case Urging:
		return UrgingOf(in, in.Late)
	case Thanks:
		return ThanksOf(in, in.Thanks)
	case Letter:
	}
	return official(in)
}

// Forward drafts the unit's own letter to its subordinates, which carries over what the received letter asks.
func Forward(received letter.Letter, in Input) letter.Document {
	in.On = &received
	return official(in)
}

// draft is a document on its way.
type draft struct {
	Input
	cite Citations
	doc  letter.Document
}

func begin(in Input, kind, subject string) *draft {
	if len(in.To) == 0 {
		in.To = Subordinates(in.Tree, in.Unit)
	}
	return &draft{Input: in, doc: letter.Document{
		Form: in.Head.Documents(), Type: kind, Superior: in.Head.Superior, Organ: in.Unit.Organ(), Notation: in.Head.Notation(kind), Place: in.Head.Place,
		Subject: subject, Signer: in.Head.Signer(in.Signer), Contact: in.Head.Contact,
	}}
}

func (d *draft) add(kind letter.BlockKind, text string) {
	d.doc.Blocks = append(d.doc.Blocks, letter.Block{Kind: kind, Text: text})
}

func (d *draft) paragraph(text string) { d.add(letter.ParagraphBlock, text) }

func (d *draft) duty(duty letter.Duty) {
	text := duty.Text
	duty.Text, duty.Number = "", 0
	d.doc.Blocks = append(d.doc.Blocks, letter.Block{Kind: letter.DutyBlock, Text: text, Duty: &duty})
}

// basis cites what the letter rests on.
func (d *draft) basis() {
	if rests, ok := d.rests(); ok {
		d.add(letter.BasisBlock, rests.Rests()+d.cite.Of(rests))
	}
}

// rests is what the letter rests on: the letter it carries out, else the plan of the challenge.
func (in Input) rests() (Cited, bool) {
	if in.On != nil {
		return CitedOf(*in.On), true
	}
	return in.Plan, in.Plan.Symbol != ""
}

// organ is the writer inside a sentence.
func (d *draft) organ() string { return d.doc.Organ }

// event is what it is all about: the contest, the campaign.
func (in Input) event() string {
	if in.Challenge != nil {
		return in.Challenge.Title
	}
	if in.On == nil {
		return ""
	}
	s := strings.TrimPrefix(lang.Small(in.On.Fields.Subject), "về việc ")
	for _, verb := range []string{"tổ chức ", "hưởng ứng, tham gia ", "hưởng ứng ", "tham gia ", "phát động ", "triển khai "} {
		if rest, ok := strings.CutPrefix(s, verb); ok {
			event, _, _ := strings.Cut(strings.TrimPrefix(rest, "tham gia "), " trên địa bàn ") // where the other organ holds it
			return event
		}
	}
	return ""
}

// period is when it takes place, as a letter writes it; "" when nothing says so.
func (in Input) period() string {
	var from, to letter.Date
	switch {
	case in.On != nil && !in.On.Fields.Period.From.IsZero() && !in.On.Fields.Period.To.IsZero():
		from, to = in.On.Fields.Period.From, in.On.Fields.Period.To
	case in.Challenge != nil && !in.Challenge.Period.From.IsZero():
		from, to = dateOf(in.Challenge.Period.From), dateOf(in.Challenge.Period.LastDay())
	default:
		return ""
	}
	return "từ ngày " + from.LongDate() + " đến hết ngày " + to.LongDate()
}

func dateOf(t clock.Time) letter.Date {
	at := t.Local()
	return letter.Date{Year: at.Year(), Month: int(at.Month()), Day: at.Day()}
}

// recipients ends the document: "Như trên" for one with addressees, whom it is reported to, the leaders, the archive.
func (d *draft) recipients(first ...string) {
	list := append([]string{}, first...)
	if d.On != nil && d.On.Fields.Organ != "" && d.On.Fields.Organ != d.doc.Organ {
		list = append(list, d.On.Fields.Organ+" (b/c)")
	}
	if d.Unit.Kind.Area() {
		list = append(list, "Chủ tịch, các Phó Chủ tịch UBND "+d.Unit.Lower())
	}
	d.doc.Recipients = append(list, d.Head.Archive())
}

// usual are the duties of a letter about a challenge that names none.
func (d *draft) usual() []letter.Duty {
	event := d.event()
	if event == "" {
		event = "nội dung văn bản nêu trên"
	}
	f := force(d.To)
	return []letter.Duty{
		{
			Text:     "Thông báo, tuyên truyền về " + event + " trên trang thông tin điện tử, bảng tin, trong các cuộc họp và trên hệ thống truyền thanh cơ sở để các tập thể, cá nhân và Nhân dân biết, hưởng ứng, tham gia.",
			Channels: []letter.Channel{letter.Portal, letter.NoticeBoard, letter.Meeting, letter.Loudspeaker}, Force: f,
		},
		{
			Text: "Tạo điều kiện thuận lợi cho cán bộ, công chức, viên chức, người lao động và Nhân dân thuộc đơn vị, địa phương tham gia; thường xuyên chỉ đạo, đôn đốc để việc thực hiện đạt kết quả tốt.", Force: f,
		},
	}
}

// reporting is the duty to report, when it is asked for.
func (d *draft) reporting() (letter.Duty, bool) {
	if d.ReportBy.IsZero() {
		return letter.Duty{}, false
	}
	return letter.Duty{
		Text:     "Báo cáo kết quả thực hiện về " + d.organ() + " chậm nhất ngày " + d.ReportBy.LongDate() + " để tổng hợp.",
		Deadline: d.ReportBy, Proof: "báo cáo kết quả bằng văn bản", Force: force(d.To),
	}, true
}

// duties adds what is asked: carried over, or usual, and the report.
func (d *draft) duties() {
	list := d.carried()
	if len(list) == 0 {
		list = d.usual()
	}
	if r, ok := d.reporting(); ok {
		list = append(list, r)
	}
	for _, duty := range list {
		d.duty(duty)
	}
}
