package urging

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
)

// inOrder lists units as boards do: areas before organisations, then by code.
func inOrder(byUnit map[ident.ID]*lateUnit) []lateUnit {
	all := make([]lateUnit, 0, len(byUnit))
	for _, u := range byUnit {
		slices.SortStableFunc(u.Steps, func(a, b stepRow) int {
			return cmp.Or(cmp.Compare(slices.Index(Causes, a.Cause), slices.Index(Causes, b.Cause)), cmp.Compare(a.Number, b.Number))
		})
		all = append(all, *u)
	}
	slices.SortFunc(all, func(a, b lateUnit) int {
		return cmp.Or(cmp.Compare(slices.Index(unit.Kinds, a.Unit.Kind), slices.Index(unit.Kinds, b.Unit.Kind)),
			cmp.Compare(a.Unit.Code, b.Unit.Code))
	})
	return all
}

// urgingLetter is the letter by which a superior organ urges its late units, all in one table. It is written in Vietnamese,
// as every official letter is. Who signs it is for the organ to say.
func urgingLetter(tree *unit.Tree, superior unit.Unit, urged letter.Letter, rows []lateUnit, now clock.Time) letter.Document {
	l := lang.New(lang.Languages[0])
	verb, force := "yêu cầu", letter.Requires
	if asks(superior, rows) {
		verb, force = "đề nghị", letter.Requests
	}
	doc := letter.Document{
		Type: letter.OfficialLetter, Organ: superior.Organ(), Place: placeOf(tree, superior), Notation: notation(superior),
		Subject:    "đôn đốc thực hiện " + shortName(urged),
		Addressees: addressees(rows),
		Recipients: []string{"Như trên", "Lưu: VT"},
		Signer:     letter.Signer{Capacity: []string{"TM. " + strings.ToUpper(superior.Organ())}},
	}
	if superior.Kind.Area() {
		doc.Signer.Capacity, doc.Signer.Position = []string{"TM. ỦY BAN NHÂN DÂN"}, "CHỦ TỊCH"
	}
	paragraph := func(text string) {
		doc.Blocks = append(doc.Blocks, letter.Block{Kind: letter.ParagraphBlock, Text: text})
	}
	duty := func(text string) {
		doc.Blocks = append(doc.Blocks, letter.Block{Kind: letter.DutyBlock, Text: text, Duty: &letter.Duty{Force: force}})
	}
	today := l.Date(now)
	paragraph(fmt.Sprintf("Thực hiện %s, qua theo dõi đến ngày %s, còn %d đơn vị chưa thực hiện các nội dung sau:", fullName(urged), today, len(rows)))
	table := letter.Table{Head: []string{"TT", "Đơn vị", "Nội dung chưa thực hiện", "Từ ngày"}, Figure: []bool{true, false, false, false}}
	for i, row := range rows {
		var what, since []string
		for _, step := range row.Steps {
			what = append(what, What(l, step.Cause, step.Number))
			if day := l.Date(step.Since); !slices.Contains(since, day) {
				since = append(since, day)
			}
		}
		table.Rows = append(table.Rows, []string{fmt.Sprint(i + 1), row.Unit.FullName, strings.Join(what, "; "), strings.Join(since, "; ")})
	}
	doc.Blocks = append(doc.Blocks, letter.Block{Kind: letter.TableBlock, Text: "Danh sách đơn vị chưa thực hiện", Table: &table})
	paragraph(fmt.Sprintf("%s %s các đơn vị có tên nêu trên:", superior.Organ(), verb))
	duty(fmt.Sprintf("Khẩn trương thực hiện các nội dung còn thiếu theo %s.", shortName(urged)))
	duty("Cập nhật kết quả trên hệ thống ngay khi hoàn thành; trường hợp vướng mắc, phản ánh về " + superior.Organ() + " để được hướng dẫn.")
	return doc
}

// asks tells whether the superior only asks: a People's Committee does not command unions.
func asks(superior unit.Unit, rows []lateUnit) bool {
	return superior.Kind.Area() && slices.ContainsFunc(rows, func(r lateUnit) bool { return r.Unit.Kind == unit.Union })
}

func addressees(rows []lateUnit) []string {
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.Unit.Organ()
	}
	return names
}

// notation is what the number of the organ's letters is followed by: "UBND" for a committee, "CV" otherwise.
func notation(u unit.Unit) string {
	if u.Kind.Area() {
		return "UBND"
	}
	return "CV"
}

// placeOf is where an organ sits: its own name for an area, that of its area otherwise.
func placeOf(tree *unit.Tree, u unit.Unit) string {
	if u.Kind.Area() {
		return u.Name
	}
	area, _ := tree.ByID(u.AreaID)
	return cmp.Or(area.Name, u.Name)
}

// fullName cites a letter as the decree asks the first time: type, number, date, organ, subject.
func fullName(l letter.Letter) string {
	f := l.Fields
	text := shortName(l)
	if !f.Date.IsZero() {
		text += fmt.Sprintf(" ngày %02d tháng %d năm %d", f.Date.Day, f.Date.Month, f.Date.Year)
		if f.Date.Month < 3 {
			text = strings.Replace(text, fmt.Sprintf("tháng %d năm", f.Date.Month), fmt.Sprintf("tháng %02d năm", f.Date.Month), 1)
		}
	}
	if f.Organ != "" {
		text += " của " + f.Organ
	}
	if f.Subject != "" {
		text += " về việc " + f.Subject
	}
	return text
}

// shortName cites a letter the next time: type and number.
func shortName(l letter.Letter) string {
	kind := cmp.Or(l.Fields.Type, letter.OfficialLetter)
	first := []rune(kind)
	name := strings.ToUpper(string(first[:1])) + string(first[1:])
	if s := l.Symbol(); s != "" {
		return name + " số " + s
	}
	return name
}
