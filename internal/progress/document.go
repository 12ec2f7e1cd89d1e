package progress

import (
	"fmt"
	"strings"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/drafting"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
	"sachhon/internal/waste"
)

// writer writes the document of a report. A document is a Vietnamese one whoever asks for it.
type writer struct {
	figures   Figures
	round     Round
	unit      unit.Unit     // who reports
	to        unit.Unit     // to whom
	letter    letter.Letter // what it reports on, zero without a letter
	issuer    unit.Unit     // of that letter
	challenge challenge.Challenge
	heading   drafting.Letterhead
	last      *letter.Letter // a letter of the unit that shows who signs, nil for none
	tree      *unit.Tree
	received  int // reports of units below that were sent for the same round
	expected  int

	blocks []letter.Block
}

// vietnamese writes the numbers and names of documents.
var vietnamese = lang.New("vi")

func num(n int64) string { return vietnamese.Number(n) }

func kg(grams int64) string { return vietnamese.Weight(grams) }

// kilos is a weight in a column that says kg already.
func kilos(grams int64) string { return strings.TrimSuffix(kg(grams), " kg") }

func (w *writer) add(kind letter.BlockKind, format string, values ...any) {
	w.blocks = append(w.blocks, letter.Block{Kind: kind, Text: fmt.Sprintf(format, values...)})
}

func (w *writer) table(caption string, t letter.Table) {
	w.blocks = append(w.blocks, letter.Block{Kind: letter.TableBlock, Text: caption, Table: &t})
}

// document returns the whole report.
func (w writer) document() letter.Document {
	d := w.head()
	w.opening()
	w.leading()
	w.results()
	w.judging()
	w.asking()
	w.add(letter.ParagraphBlock, "Trên đây là báo cáo %s, %s kính báo cáo %s.", lang.Small(d.Subject), w.unit.Organ(), w.to.Organ())
	d.Blocks = w.blocks
	d.Appendices = w.appendices()
	return d
}

// head is everything around the content, from the unit's letterhead.
func (w writer) head() letter.Document {
	d := letter.Document{
		Form: w.heading.Documents(), Type: letter.Report, Superior: w.heading.Superior, Organ: w.unit.Organ(), Notation: w.heading.Notation(letter.Report), Place: w.heading.Place,
		Subject: "Kết quả triển khai " + w.what(), Addressees: []string{w.to.Organ()}, Recipients: []string{"Như trên", w.heading.Archive()},
		Signer: w.heading.Signer(0), Contact: w.heading.Contact,
	}
	if d.Signer.Name == "" && w.last != nil { // whoever signed last is the best guess
		d.Signer = w.last.Fields.Signer
	}
	if d.Signer.Capacity == nil {
		d.Signer.Capacity = []string{}
	}
	switch w.round {
	case Weekly:
		d.Subject += fmt.Sprintf(" tuần từ ngày %s đến ngày %s", day(w.figures.From), day(w.figures.To))
	case OnDemand:
		d.Subject += fmt.Sprintf(" đến ngày %s", day(w.figures.To))
	case Final:
	}
	return d
}

// what names the subject: the challenge, or what the letter is about.
func (w writer) what() string {
	if w.challenge.ID != "" {
		return fmt.Sprintf("Cuộc thi “%s”", w.challenge.Title)
	}
	return fmt.Sprintf("%s số %s", lang.Small(w.letter.Fields.Type), w.letter.Symbol())
}

// opening says what is reported on and as of when.
func (w *writer) opening() {
	cited := ""
	if w.letter.ID != "" {
		cited = drafting.CitedOf(w.letter).Full()
	}
	span := fmt.Sprintf("từ ngày %s đến ngày %s (số liệu lập lúc %s)", day(w.figures.From), day(w.figures.To), instant(w.figures.AsOf))
	switch {
	case cited == "":
		w.add(letter.ParagraphBlock, "%s báo cáo kết quả triển khai %s %s như sau:", w.unit.Organ(), w.what(), span)
	case w.issuer.ID == w.unit.ID && w.letter.State != letter.Entered: // what it typed in came to it
		w.add(letter.ParagraphBlock, "Sau khi ban hành %s, %s báo cáo kết quả triển khai %s như sau:", cited, w.unit.Organ(), span)
	default:
		w.add(letter.ParagraphBlock, "Thực hiện %s, %s báo cáo kết quả triển khai %s như sau:", cited, w.unit.Organ(), span)
	}
}

// until says for when it is told how things stand: the end of the last day, or the moment of the counting while that day goes on.
func (f Figures) until() string {
	if f.Over() {
		return "đến hết ngày " + day(f.To)
	}
	return "đến " + instant(f.StandsAt())
}

// leading is section I: who was asked and how far they were at the end of the period.
func (w *writer) leading() {
	w.add(letter.SectionBlock, "Công tác chỉ đạo, triển khai %s", w.figures.until())
	own, total := w.figures.Own, w.figures.Total
	w.ownPart()
	if asked := total.Units - own.Units; asked > 0 {
		w.add(letter.ParagraphBlock, "Văn bản được gửi đến %s đơn vị; %s, %s.", num(asked),
			someUnits(total.Received-own.Received, "đã tiếp nhận"), someUnits(total.Completed-own.Completed, "đã hoàn thành"))
	}
	if followed := total.Followed - own.Followed; followed > 0 {
		w.add(letter.ParagraphBlock, "Trong đó %s đơn vị nhận văn bản qua trục liên thông, chỉ theo dõi được tình trạng xử lý; kết quả tuyên truyền và số liệu không có trên hệ thống.", num(followed))
	}
	if w.expected > 0 {
		w.add(letter.ParagraphBlock, "Đến khi lập báo cáo này, đã nhận báo cáo của %d/%d đơn vị được giao nhiệm vụ.", w.received, w.expected)
	}
	switch {
	case len(w.figures.Duties) == 0:
	case w.alone():
		w.ownDuties()
	default:
		w.table("Kết quả thực hiện các nhiệm vụ được giao, "+w.figures.until(), w.dutyTable())
	}
}

func (w *writer) dutyTable() letter.Table {
	t := letter.Table{Head: []string{"STT", "Nhiệm vụ", "Số đơn vị được giao", "Đã hoàn thành", "Chưa hoàn thành"}, Figure: []bool{true, false, true, true, true}}
	recorded := w.figures.recorded()
	if recorded { // of duties that are done or not, an empty column would say nothing
		t.Head, t.Figure = append(t.Head, "Đã ghi nhận"), append(t.Figure, false)
	}
	for _, d := range w.figures.Duties {
		row := []string{num(int64(d.Number)), clip(d.Text, 300), num(d.Asked), num(d.Done), num(d.Asked - d.Done)}
		if recorded {
			row = append(row, d.Recorded())
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// results is section II: what was done in the period.
func (w *writer) results() {
	w.add(letter.SectionBlock, "Kết quả từ ngày %s đến ngày %s", day(w.figures.From), day(w.figures.To))
	t := w.figures.Total
	w.add(letter.ItemBlock, "Công tác tuyên truyền")
	if public := t.Channels.Total(); public.Records == 0 {
		w.add(letter.ParagraphBlock, "Trong kỳ chưa ghi nhận hoạt động tuyên truyền trên hệ thống.")
	} else {
		sentence := fmt.Sprintf("Đã tuyên truyền %s lượt qua các kênh", num(public.Times))
		if public.People > 0 {
			sentence += fmt.Sprintf(", tiếp cận khoảng %s lượt người", num(public.People))
		}
		if below := w.figures.Direct(); len(below) > 0 {
			sentence += fmt.Sprintf("; %s/%s đơn vị có hoạt động tuyên truyền trong kỳ", num(t.Publicised), num(t.Recording()))
		}
		if m := t.Channels.Of(letter.Meeting); m.Times > 0 {
			sentence += fmt.Sprintf("; trong đó có %s cuộc họp, hội nghị với %s lượt người dự", num(m.Times), num(m.People))
		}
		w.add(letter.ParagraphBlock, "%s.", sentence)
		w.table("Kết quả tuyên truyền theo kênh", channelTable(t))
	}
	if w.challenge.ID != "" {
		w.add(letter.ItemBlock, "Đăng ký tham gia")
		if t.Entrants() == 0 {
			w.add(letter.ParagraphBlock, "Trong kỳ chưa có tập thể, cá nhân nào đăng ký tham gia.")
		} else {
			w.add(letter.ParagraphBlock, "Trong kỳ có %s đăng ký tham gia.", parties(t))
		}
		w.add(letter.ItemBlock, "Ra quân dọn vệ sinh, khối lượng rác thu gom")
		w.cleaned(t)
	}
	w.outside(t)
	switch n := len(w.appendices()); {
	case n == 1:
		w.add(letter.ParagraphBlock, "Kết quả chi tiết theo đơn vị tại Phụ lục kèm theo.")
	case n > 1:
		w.add(letter.ParagraphBlock, "Kết quả chi tiết theo đơn vị tại các Phụ lục I đến %s kèm theo.", lang.Roman(n))
	}
}

func someUnits(n int64, did string) string {
	if n == 0 {
		return "chưa có đơn vị " + strings.TrimPrefix(did, "đã ")
	}
	return num(n) + " đơn vị " + did
}

// parties names collectives and individuals, without those that there are none of.
func parties(c Counts) string {
	switch {
	case c.Individual == 0:
		return num(c.Collective) + " tập thể"
	case c.Collective == 0:
		return num(c.Individual) + " cá nhân"
	}
	return num(c.Collective) + " tập thể và " + num(c.Individual) + " cá nhân"
}

func (w *writer) cleaned(t Counts) {
	if t.Cleanups == 0 {
		w.add(letter.ParagraphBlock, "Trong kỳ chưa tổ chức buổi ra quân nào trên hệ thống.")
		return
	}
	if t.Valid == 0 {
		w.add(letter.ParagraphBlock, "Trong kỳ đã tổ chức %s buổi ra quân; đến khi lập báo cáo này, chưa có báo cáo kết quả nào được công nhận hợp lệ.", num(t.Cleanups))
		return
	}
	valid := fmt.Sprintf(", trong đó %s buổi có báo cáo được công nhận hợp lệ (tính đến khi lập báo cáo này)", num(t.Valid))
	if t.Valid == t.Cleanups {
		valid = ", kết quả được công nhận hợp lệ (tính đến khi lập báo cáo này)"
	}
	w.add(letter.ParagraphBlock, "Trong kỳ đã tổ chức %s buổi ra quân%s với %s lượt người tham gia, thu gom %s rác.",
		num(t.Cleanups), valid, num(t.People), kg(t.Waste.Total()))
	w.table("Khối lượng rác thu gom theo loại", wasteTable(t.Waste))
}

// outside tells what was done without the system, and that it does not count in the challenge.
func (w *writer) outside(t Counts) {
	if t.Activities.Total().Records == 0 {
		return
	}
	w.add(letter.ItemBlock, "Hoạt động ngoài hệ thống")
	var parts []string
	for _, k := range Kinds() {
		o := t.Activities.Of(k)
		if o.Records == 0 {
			continue
		}
		part := num(o.Records) + " " + kindWords[k]
		if o.People > 0 {
			part += fmt.Sprintf(" (%s lượt người)", num(o.People))
		}
		if o.Grams > 0 {
			part += fmt.Sprintf(", ước tính %s rác", kg(o.Grams))
		}
		parts = append(parts, part)
	}
	who := "các đơn vị"
	if w.alone() {
		who = "đơn vị"
	}
	w.add(letter.ParagraphBlock, "Ngoài các hoạt động trên hệ thống, trong kỳ %s tự ghi nhận %s. Các số liệu này không tính vào kết quả cuộc thi.",
		who, strings.Join(parts, "; "))
}

// kindWords name what was done outside after a number.
var kindWords = map[Kind]string{
	MeetingHeld: "cuộc họp", BannersHung: "lần treo băng rôn, áp phích", Broadcast: "buổi phát thanh", CleanupHeld: "buổi dọn vệ sinh",
	OtherActivity: "hoạt động khác",
}

func channelTable(c Counts) letter.Table {
	t := letter.Table{Head: []string{"Kênh", "Số lần ghi nhận", "Số lượt phát, đăng, tổ chức", "Số người tiếp cận"}, Figure: []bool{false, true, true, true}}
	for _, channel := range letter.Channels() {
		if p := c.Channels.Of(channel); p.Records > 0 {
			t.Rows = append(t.Rows, []string{vietnamese.T("letter.channel." + string(channel)), num(p.Records), num(p.Times), num(p.People)})
		}
	}
	sum := c.Channels.Total()
	t.Total = []string{"Tổng cộng", num(sum.Records), num(sum.Times), num(sum.People)}
	return t
}

func wasteTable(weights waste.Weights) letter.Table {
	t := letter.Table{Head: []string{"Loại rác", "Khối lượng (kg)"}, Figure: []bool{false, true}}
	for _, k := range waste.Types() {
		t.Rows = append(t.Rows, []string{vietnamese.T("waste." + string(k)), kilos(weights.Of(k))})
	}
	t.Total = []string{"Tổng cộng", kilos(weights.Total())}
	return t
}

// day writes a day as running text does: 06/6/2024.
func day(d clock.Day) string {
	at := d.Start()
	if at.IsZero() {
		return ""
	}
	return date(at)
}

func date(at clock.Time) string {
	l := at.Local()
	month := fmt.Sprint(int(l.Month()))
	if l.Month() < 3 {
		month = "0" + month
	}
	return fmt.Sprintf("%02d/%s/%d", l.Day(), month, l.Year())
}

func instant(at clock.Time) string {
	l := at.Local()
	return fmt.Sprintf("%d giờ %02d ngày %s", l.Hour(), l.Minute(), date(at))
}

// clip shortens a text that only has to be recognised.
func clip(s string, limit int) string {
	r := []rune(s)
	if len(r) <= limit {
		return s
	}
	return strings.TrimSpace(string(r[:limit])) + "…"
}
