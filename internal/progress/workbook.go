package progress

import (
	"io"

	"sachhon/internal/cascade"
	"sachhon/internal/letter"
	"sachhon/internal/paper"
	"sachhon/internal/paper/sheet"
	"sachhon/internal/waste"
)

// Workbook writes the annexes of a report as a file of sheets with typed numbers, one sheet for each table.
func Workbook(w io.Writer, f Figures) error {
	b := sheet.Book{Info: paper.Info{Title: "Phụ lục báo cáo kết quả", Author: f.Name, Date: f.AsOf.Local()}}
	notes := []string{
		"Đơn vị báo cáo: " + f.Name,
		"Trong kỳ: từ ngày " + day(f.From) + " đến ngày " + day(f.To) + "; tình trạng và nhiệm vụ tính " + f.until(),
		"Số liệu lập lúc " + instant(f.AsOf),
	}
	add := func(name, title string, head []sheet.Column, rows [][]any, total bool) {
		if len(rows) > 0 {
			b.Sheets = append(b.Sheets, sheet.Sheet{Name: name, Title: title, Notes: notes, Columns: head, Rows: rows, Total: total})
		}
	}
	head, rows := bookRows(f, summaryColumns(), f.totals())
	add("Tổng hợp", "Kết quả trong kỳ theo đơn vị; nhiệm vụ tính "+f.until(), head, rows, true)
	head, rows = bookRows(f, channelColumns(), f.totals())
	add("Tuyên truyền", "Số lượt tuyên truyền trong kỳ theo đơn vị và kênh", head, rows, true)
	head, rows = bookRows(f, wasteColumns(), f.totals())
	add("Khối lượng rác", "Khối lượng rác thu gom trong kỳ theo đơn vị và loại (kg)", head, rows, true)
	head, rows = bookRows(f, summaryColumns(), f.each())
	add("Từng đơn vị", "Kết quả trong kỳ từng đơn vị tự thực hiện, không gồm cấp dưới", head, rows, true)
	head, rows = dutyRows(f)
	add("Nhiệm vụ", "Kết quả thực hiện nhiệm vụ "+f.until(), head, rows, false)
	add("Ngoài hệ thống", "Hoạt động ngoài hệ thống trong kỳ, không tính vào kết quả cuộc thi", []sheet.Column{
		{Head: "Loại hoạt động"}, {Head: "Số lần", Kind: sheet.Integer}, {Head: "Số người", Kind: sheet.Integer}, {Head: "Rác ước tính (kg)", Kind: sheet.Decimal},
	}, outsideRows(f), false)
	add("Chậm, chưa triển khai", behindTitle("Đơn vị", f), []sheet.Column{{Head: "STT", Kind: sheet.Integer}, {Head: "Đơn vị"}, {Head: "Tình trạng"}},
		behindRows(f), false)
	return sheet.Write(w, b)
}

// named is a row of a table by unit.
type named struct {
	name string
	Counts
}

// totals are the unit itself and those directly below with everything under them.
func (f Figures) totals() []named {
	var out []named
	if f.Own != (Counts{}) {
		out = append(out, named{f.Name, f.Own})
	}
	for _, l := range f.Direct() {
		out = append(out, named{nameIn(l), l.Total})
	}
	return out
}

// each is every unit for itself.
func (f Figures) each() []named {
	if len(f.Lines) == len(f.Direct()) {
		return nil // the same as the totals
	}
	out := []named{{f.Name, f.Own}}
	for _, l := range f.Lines {
		out = append(out, named{nameIn(l), l.Own})
	}
	return out
}

// column is one figure of a table by unit.
type column struct {
	sheet.Column
	of func(Counts) any
}

func whole(head string, of func(Counts) int64) column {
	return column{sheet.Column{Head: head, Kind: sheet.Integer}, func(c Counts) any { return of(c) }}
}

func weight(head string, of func(Counts) int64) column {
	return column{sheet.Column{Head: head, Kind: sheet.Decimal}, func(c Counts) any { return float64(of(c)) / 1000 }}
}

func summaryColumns() []column {
	return []column{
		whole("Lượt tuyên truyền", func(c Counts) int64 { return c.Channels.Total().Times }),
		whole("Người tiếp cận", func(c Counts) int64 { return c.Channels.Total().People }),
		whole("Tập thể đăng ký", func(c Counts) int64 { return c.Collective }),
		whole("Cá nhân đăng ký", func(c Counts) int64 { return c.Individual }),
		whole("Buổi ra quân", func(c Counts) int64 { return c.Cleanups }),
		whole("Hợp lệ", func(c Counts) int64 { return c.Valid }),
		whole("Người tham gia", func(c Counts) int64 { return c.People }),
		weight("Rác (kg)", func(c Counts) int64 { return c.Waste.Total() }),
		whole("Nhiệm vụ được giao", func(c Counts) int64 { return c.Duties }),
		whole("Nhiệm vụ hoàn thành", func(c Counts) int64 { return c.DutiesDone }),
		whole("Hoạt động ngoài hệ thống", func(c Counts) int64 { return c.Activities.Total().Records }),
	}
}

func channelColumns() []column {
	var columns []column
	for _, channel := range letter.Channels() {
		columns = append(columns, whole(vietnamese.T("letter.channel."+string(channel)), func(c Counts) int64 { return c.Channels.Of(channel).Times }))
	}
	return append(columns, whole("Tổng số lượt", func(c Counts) int64 { return c.Channels.Total().Times }))
}

func wasteColumns() []column {
	var columns []column
	for _, t := range waste.Types() {
		columns = append(columns, weight(vietnamese.T("waste."+string(t)), func(c Counts) int64 { return c.Waste.Of(t) }))
	}
	return append(columns, weight("Tổng", func(c Counts) int64 { return c.Waste.Total() }))
}

func bookRows(f Figures, columns []column, lines []named) ([]sheet.Column, [][]any) {
	head := []sheet.Column{{Head: "STT", Kind: sheet.Integer}, {Head: "Đơn vị"}}
	for _, c := range columns {
		head = append(head, c.Column)
	}
	if len(lines) == 0 {
		return head, nil
	}
	cells := func(number any, name string, counts Counts) []any {
		row := []any{number, name}
		for _, c := range columns {
			row = append(row, c.of(counts))
		}
		return row
	}
	var rows [][]any
	for i, l := range lines {
		rows = append(rows, cells(i+1, l.name, l.Counts))
	}
	return head, append(rows, cells(nil, "Tổng cộng", f.Total))
}

func dutyRows(f Figures) ([]sheet.Column, [][]any) {
	head := []sheet.Column{
		{Head: "STT", Kind: sheet.Integer}, {Head: "Nhiệm vụ"}, {Head: "Đơn vị được giao", Kind: sheet.Integer}, {Head: "Đã hoàn thành", Kind: sheet.Integer},
	}
	recorded := f.recorded()
	if recorded {
		head = append(head, sheet.Column{Head: "Đã ghi nhận"})
	}
	var rows [][]any
	for _, d := range f.Duties {
		row := []any{d.Number, d.Text, d.Asked, d.Done}
		if recorded {
			row = append(row, d.Recorded())
		}
		rows = append(rows, row)
	}
	return head, rows
}

func outsideRows(f Figures) [][]any {
	var rows [][]any
	for _, k := range Kinds() {
		if o := f.Total.Activities.Of(k); o.Records > 0 {
			rows = append(rows, []any{vietnamese.T("reporting.kind." + string(k)), o.Records, o.People, float64(o.Grams) / 1000})
		}
	}
	return rows
}

func behindRows(f Figures) [][]any {
	var rows [][]any
	for _, l := range f.Lines {
		if words := behind(l); words != "" {
			rows = append(rows, []any{len(rows) + 1, l.Name, words})
		}
	}
	return rows
}

// behindTitle names the table of the units that are behind, or that refused.
func behindTitle(units string, f Figures) string {
	what := " chậm hoặc chưa triển khai "
	if len(f.RefusedLines()) > 0 {
		what = " chậm, chưa triển khai hoặc từ chối tiếp nhận "
	}
	return units + what + f.until()
}

// behind says in words what a unit is late with or that it did not take the letter, "" when neither.
func behind(l Line) string {
	switch {
	case l.State == cascade.Refused:
		return "từ chối tiếp nhận văn bản"
	case l.Absent:
		return "chưa triển khai"
	}
	return lateWords(l)
}
