package drafting

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
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

// carried are the duties that the received letter asks of this unit, to be asked of those below it; what is asked of
// others by name is not carried over.
func (d *draft) carried() []letter.Duty {
	if d.On == nil {
		return nil
	}
	var out []letter.Duty
	for _, duty := range d.On.Fields.Duties {
		to, mine := d.concerns(duty)
		if !mine {
			continue
		}
		duty.Text, duty.From = spoken(oneLine(duty.Text), to), duty.Number
		d.earlier(&duty)
		duty.For, duty.Force = nil, force(d.To)
		if organ := d.On.Fields.Organ; organ != "" && strings.HasPrefix(duty.Text, "Báo cáo") {
			duty.Text = strings.ReplaceAll(duty.Text, organ, d.organ()) // each tier reports to the one above it
		}
		out = append(out, duty)
	}
	return out
}

// earlier asks those below to be done before the unit itself has to be, where the day stands in the words of the duty. A time that
// is counted has ended for them on a day that is known, once the letter has come: days counted anew would end after it.
func (d *draft) earlier(duty *letter.Duty) {
	if d.Earlier == nil || duty.Deadline.IsZero() {
		return
	}
	day := d.Earlier(duty.Deadline)
	if duty.Within != nil {
		if text := strings.Replace(duty.Text, duty.Within.Text, "chậm nhất ngày "+day.LongDate(), 1); text != duty.Text {
			duty.Text, duty.Deadline = lang.Capital(text), day
		}
		duty.Within = nil
		return
	}
	for _, form := range []func(letter.Date) string{
		letter.Date.LongDate, letter.Date.ShortDate, func(d letter.Date) string { return fmt.Sprintf("%02d/%02d/%d", d.Day, d.Month, d.Year) },
		func(d letter.Date) string { return fmt.Sprintf("%d/%d/%d", d.Day, d.Month, d.Year) },
	} {
		if text := moved(duty.Text, form(duty.Deadline), form(day)); text != duty.Text {
			duty.Text, duty.Deadline = text, day
			return
		}
	} // a day that the words do not say stays: they would say one and the record another
}

// reLimit is what stands before a day by which something is due.
var reLimit = regexp.MustCompile(`(?i)(trước|chậm nhất|muộn nhất|hạn|đến hết|xong)[^;.,]*$`)

// moved writes another day where a text says by when something is due, and nowhere else.
func moved(text, day, other string) string {
	for from := 0; ; {
		i := strings.Index(text[from:], day)
		if i < 0 {
			return text
		}
		i += from
		end := i + len(day)
		alone := (i == 0 || !isDigit(text[i-1])) && (end == len(text) || !isDigit(text[end]))
		if alone && reLimit.MatchString(text[:i]) {
			return text[:i] + other + text[end:]
		}
		from = end
	}
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// spoken leaves out whom a duty was given to, "Ủy ban nhân dân các huyện, thị xã: chỉ đạo …", since the letter gives it to others.
func spoken(text string, to []string) string {
	for _, name := range to {
		if rest, ok := strings.CutPrefix(text, name); ok {
			if rest, ok = strings.CutPrefix(strings.TrimSpace(rest), ":"); ok {
				return lang.Capital(strings.TrimSpace(rest))
			}
		}
	}
	return text
}

// oneLine tidies a duty that was read as lines into one block. Whom it is for may stand on a line above the rest.
func oneLine(text string) string {
	if head, rest, ok := strings.Cut(text, "\n"); ok && !strings.ContainsAny(head[max(0, len(head)-1):], ".;:,") && !isListed(rest) {
		text = head + ": " + rest
	}
	return strings.Join(strings.Fields(text), " ")
}

// isListed tells whether a text begins with the sign of a list.
func isListed(text string) bool { return strings.HasPrefix(strings.TrimSpace(text), "-") }

// concerns tells whether a duty is for everybody, or for one of those whom it names, and whom of them the words need not name any
// more. Better carried over than lost: it is when who is meant is not known and may be one of those below. One who is not known stays
// named, so that whoever signs sees for whom it was meant; several ("các địa phương ven phá") are those below in other words.
func (d *draft) concerns(duty letter.Duty) (to []string, mine bool) {
	if len(duty.For) == 0 {
		return nil, true
	}
	for i, r := range letter.Resolve(d.Tree, d.writer(), duty.For, d.Said) {
		if !r.Known() && !r.Elsewhere(d.Tree, d.Unit.ID) || slices.ContainsFunc(r.All(d.Tree), func(u unit.Unit) bool { return u.ID == d.Unit.ID }) {
			mine = true
		}
		if name := duty.For[i]; r.Known() || strings.Contains(" "+strings.ToLower(name), " các ") {
			to = append(to, name)
		}
	}
	return to, mine
}

// writer is the unit that wrote the letter which is carried out: its issuer, or the organ of one that was read in here.
func (d *draft) writer() ident.ID {
	if d.On.State == letter.Registered {
		return d.On.IssuerID
	}
	u, _ := d.Tree.Organ(d.On.Fields.Organ)
	return u.ID
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
