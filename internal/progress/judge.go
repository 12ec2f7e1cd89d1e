package progress

import (
	"fmt"
	"slices"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
	"sachhon/internal/waste"
)

// judging is section III: what went well, what did not and why, as far as the figures tell. What no record shows is left to
// people, and so is a heading under which nothing would stand.
func (w *writer) judging() {
	w.add(letter.SectionBlock, "Đánh giá")
	w.judged("Ưu điểm", w.strengths())
	weak := w.weaknesses()
	found := len(weak) > 0
	switch {
	case len(weak) > 0:
	case !w.alone():
		weak = []string{"Không có đơn vị chậm hoặc chưa triển khai."}
	case w.figures.Own.Duties > 0:
		weak = []string{"Không còn nhiệm vụ chưa hoàn thành."}
	}
	w.judged("Tồn tại, hạn chế "+w.figures.until(), weak)
	if found { // what is not has no causes
		w.judged("Nguyên nhân", w.reasons())
	}
}

func (w *writer) judged(heading string, sentences []string) {
	if len(sentences) == 0 {
		return
	}
	w.add(letter.ItemBlock, "%s", heading)
	for _, s := range sentences {
		w.add(letter.BulletBlock, "%s", s)
	}
}

func (w *writer) strengths() []string {
	t := w.figures.Total
	var out []string
	if len(w.figures.Direct()) > 0 && t.Publicised > 0 {
		out = append(out, fmt.Sprintf("Trong kỳ, công tác tuyên truyền được %s đơn vị triển khai qua %d kênh thông tin cơ sở.", num(t.Publicised), usedChannels(t)))
	} else if n := usedChannels(t); n > 0 {
		out = append(out, fmt.Sprintf("Trong kỳ, công tác tuyên truyền được triển khai qua %d kênh thông tin cơ sở.", n))
	}
	if t.Entrants() > 0 {
		out = append(out, fmt.Sprintf("Trong kỳ, phong trào thu hút %s đăng ký tham gia.", parties(t)))
	}
	switch {
	case t.Valid == 1:
		out = append(out, fmt.Sprintf("Buổi ra quân trong kỳ đạt kết quả cụ thể, thu gom %s rác.", kg(t.Waste.Total())))
	case t.Valid > 1:
		out = append(out, fmt.Sprintf("Các buổi ra quân trong kỳ đạt kết quả cụ thể: %s buổi hợp lệ, thu gom %s rác.", num(t.Valid), kg(t.Waste.Total())))
	}
	open := slices.ContainsFunc(w.figures.Duties, func(l DutyLine) bool { return l.Done < l.Asked }) // of a second letter to a unit, say
	if t.Duties > 0 && t.DutiesDone == t.Duties && !open {
		out = append(out, lang.Capital(w.figures.until())+", toàn bộ nhiệm vụ được giao đã hoàn thành.")
	}
	return out
}

func usedChannels(c Counts) int {
	n := 0
	for _, p := range c.Channels {
		if p.Records > 0 {
			n++
		}
	}
	return n
}

func (w *writer) weaknesses() []string {
	var out []string
	if absent := w.figures.AbsentLines(); len(absent) > 0 {
		out = append(out, fmt.Sprintf("Chưa triển khai: %s", names(absent, nil)))
	}
	if late := w.figures.LateLines(); len(late) > 0 {
		deadline := "thời hạn"
		if w.figures.StandsAt().Before(w.figures.AsOf.Time) { // how a deadline read then is not kept
			deadline = "thời hạn đang áp dụng khi lập báo cáo này"
		}
		out = append(out, fmt.Sprintf("Triển khai chậm so với %s: %s", deadline, names(late, lateWords)))
	}
	if refused := w.figures.RefusedLines(); len(refused) > 0 {
		out = append(out, fmt.Sprintf("Từ chối tiếp nhận văn bản: %s", names(refused, nil)))
	}
	if w.challenge.ID != "" {
		if none := w.figures.filter(func(l Line) bool { return l.Depth == 1 && l.Kind.Area() && l.Total.Entrants() == 0 }); len(none) > 0 {
			out = append(out, fmt.Sprintf("Trong kỳ chưa có tập thể, cá nhân đăng ký tham gia: %s", names(none, nil)))
		}
	}
	own, total := w.figures.Own, w.figures.Total
	if open := own.Duties - own.DutiesDone; open > 0 {
		out = append(out, fmt.Sprintf("Đơn vị còn %s nhiệm vụ chưa hoàn thành.", num(open)))
	}
	if own.Units > 0 && own.Channels.Total().Records+own.Activities.Total().Records == 0 {
		out = append(out, "Trong kỳ, đơn vị chưa có hoạt động tuyên truyền được ghi nhận.")
	}
	if invalid := total.Cleanups - total.Valid; invalid > 0 {
		out = append(out, fmt.Sprintf("Còn %s buổi ra quân trong kỳ chưa có báo cáo hoặc báo cáo chưa được công nhận hợp lệ.", num(invalid)))
	}
	if all := total.Waste.Total(); all > 0 {
		if hazardous := total.Waste.Of(waste.Hazardous); hazardous > 0 {
			out = append(out, fmt.Sprintf("Trong lượng rác thu gom có %s rác nguy hại, cần bàn giao cho đơn vị có chức năng xử lý.", kg(hazardous)))
		}
	}
	return out
}

// maxNames is how many units a sentence names; all of them stand in the appendix.
const maxNames = 12

// names lists units in a sentence, each with what more may say of it.
func names(lines []Line, more func(Line) string) string {
	var parts []string
	for _, l := range lines[:min(maxNames, len(lines))] {
		part := unit.Unit{Kind: l.Kind, FullName: l.Name}.Lower()
		if more != nil {
			if words := more(l); words != "" {
				part += " (" + words + ")"
			}
		}
		parts = append(parts, part)
	}
	list := strings.Join(parts, "; ")
	if rest := len(lines) - maxNames; rest > 0 {
		list += fmt.Sprintf("; và %d đơn vị khác nêu tại phụ lục", rest)
	}
	return fmt.Sprintf("%d đơn vị, gồm %s.", len(lines), list)
}

var stepWords = map[cascade.Step]string{
	cascade.StepReceive: "chậm tiếp nhận", cascade.StepAssign: "chậm phân công", cascade.StepStart: "chậm bắt đầu thực hiện",
	cascade.StepPublicise: "chậm tuyên truyền",
	cascade.StepDuty:      "có nhiệm vụ quá hạn",
	cascade.StepFinish:    "chậm hoàn thành",
}

func lateWords(l Line) string {
	var words []string
	for _, step := range l.Late {
		if s, ok := stepWords[step]; ok {
			words = append(words, s)
		}
	}
	return strings.Join(words, ", ")
}

// reasons are those that follow from the records; people add what no record shows.
func (w *writer) reasons() []string {
	var out []string
	if lost := w.daysLost(); lost > 0 {
		all := daysBetween(clock.DayOf(w.challenge.Period.From.Time), clock.DayOf(w.challenge.Period.Until.Add(-1).Time)) + 1
		out = append(out, fmt.Sprintf("Văn bản chỉ đạo được ban hành khi cuộc thi đã diễn ra %d ngày trên tổng số %d ngày.", lost, all))
	}
	if n := len(w.figures.filter(func(l Line) bool { return slices.Contains(l.Late, cascade.StepAssign) })); n > 0 {
		out = append(out, fmt.Sprintf("%s đơn vị chưa phân công người theo dõi, thực hiện văn bản trong thời hạn.", num(int64(n))))
	}
	return out
}

// daysLost is how many days of the challenge had passed when the letter was issued.
func (w *writer) daysLost() int {
	if w.challenge.ID == "" || w.letter.ID == "" || w.letter.Fields.Date.IsZero() {
		return 0
	}
	return max(0, daysBetween(clock.DayOf(w.challenge.Period.From.Time), clock.Day(w.letter.Fields.Date.String())))
}

func daysBetween(a, b clock.Day) int { return int(b.Start().Sub(a.Start().Time).Hours()) / 24 }

// asking is section IV.
func (w *writer) asking() {
	w.add(letter.SectionBlock, "Kiến nghị")
	to := w.to.Organ()
	if w.daysLost() > 0 {
		w.add(letter.BulletBlock, "Đề nghị %s ban hành kế hoạch, thể lệ các cuộc thi tiếp theo trước ngày phát động để cơ sở có thời gian tuyên truyền.", to)
	}
	switch own := w.figures.Own; {
	case w.figures.Total.Absent > own.Absent:
		w.add(letter.BulletBlock, "%s sẽ tiếp tục đôn đốc các đơn vị chưa triển khai và báo cáo bổ sung kết quả.", w.unit.Organ())
	case w.alone() && own.DutiesDone < own.Duties:
		w.add(letter.BulletBlock, "%s sẽ tiếp tục thực hiện các nhiệm vụ chưa hoàn thành và báo cáo bổ sung kết quả.", w.unit.Organ())
	}
	w.add(letter.BulletBlock, "Đề nghị %s tiếp tục duy trì phong trào và kịp thời biểu dương các tập thể, cá nhân có kết quả tốt.", to)
}
