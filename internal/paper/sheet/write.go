package sheet

import (
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"sachhon/internal/fault"
)

// styleSet is the looks of cells, by kind, plain and in the total row.
type styleSet struct {
	title, note, head int
	body, total       map[Kind]int
}

func newStyles(f *excelize.File) (styleSet, error) {
	s := styleSet{body: map[Kind]int{}, total: map[Kind]int{}}
	border := []excelize.Border{}
	for _, side := range []string{"left", "top", "right", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "BFBFBF", Style: 1})
	}
	var err error
	add := func(style excelize.Style) int {
		if err != nil {
			return 0
		}
		var id int
		id, err = f.NewStyle(&style)
		return id
	}
	const face = "Times New Roman"
	s.title = add(excelize.Style{Font: &excelize.Font{Bold: true, Size: 14, Family: face}})
	s.note = add(excelize.Style{Font: &excelize.Font{Italic: true, Size: 11, Family: face}})
	s.head = add(excelize.Style{
		Font: &excelize.Font{Bold: true, Size: 11, Family: face}, Border: border,
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E2EFDA"}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
	})
	formats := map[Kind]string{Integer: "#,##0", Decimal: "#,##0.###", Date: "dd/mm/yyyy", Percent: "0.0%"}
	for _, kind := range []Kind{Text, Integer, Decimal, Date, Percent} {
		style := excelize.Style{
			Font: &excelize.Font{Size: 11, Family: face}, Border: border,
			Alignment: &excelize.Alignment{Vertical: "top", WrapText: kind == Text},
		}
		if format, ok := formats[kind]; ok {
			style.CustomNumFmt = &format
		}
		s.body[kind] = add(style)
		style.Font = &excelize.Font{Size: 11, Family: face, Bold: true}
		s.total[kind] = add(style)
	}
	return s, err
}

// write streams one sheet: a country's rows do not have to be in memory twice.
func (s styleSet) write(f *excelize.File, sh Sheet) error {
	if len(sh.Rows) > maxRows {
		return fault.TooLarge.With("paper.fault.rows", "Limit", maxRows)
	}
	w, err := f.NewStreamWriter(sh.Name)
	if err != nil {
		return err
	}
	for i, c := range sh.Columns {
		if err := w.SetColWidth(i+1, i+1, width(sh, i, c)); err != nil {
			return err
		}
	}
	headRow := 1 + len(sh.Notes)
	if sh.Title != "" {
		headRow++
	}
	top, err := excelize.CoordinatesToCellName(1, headRow+1)
	if err != nil {
		return err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: headRow, TopLeftCell: top, ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	row := 1
	set := func(cells []any, opts ...excelize.RowOpts) error {
		at, err := excelize.CoordinatesToCellName(1, row)
		if err != nil {
			return err
		}
		row++
		return w.SetRow(at, cells, opts...)
	}
	if sh.Title != "" {
		if err := set([]any{excelize.Cell{StyleID: s.title, Value: Guarded(sh.Title)}}); err != nil {
			return err
		}
	}
	for _, n := range sh.Notes {
		if err := set([]any{excelize.Cell{StyleID: s.note, Value: Guarded(n)}}); err != nil {
			return err
		}
	}
	head := make([]any, len(sh.Columns))
	for i, c := range sh.Columns {
		head[i] = excelize.Cell{StyleID: s.head, Value: Guarded(c.Head)}
	}
	if err := set(head); err != nil {
		return err
	}
	for n, values := range sh.Rows {
		looks := s.body
		if sh.Total && n == len(sh.Rows)-1 {
			looks = s.total
		}
		cells := make([]any, len(sh.Columns))
		for i, c := range sh.Columns {
			var v any
			if i < len(values) {
				v = values[i]
			}
			cells[i] = excelize.Cell{StyleID: looks[c.Kind], Value: value(v)}
			if _, text := v.(string); text {
				cells[i] = excelize.Cell{StyleID: looks[Text], Value: value(v)}
			}
		}
		if err := set(cells); err != nil {
			return err
		}
	}
	return w.Flush()
}

// value is what a cell holds: texts guarded and cut to what a cell takes, days without their time.
func value(v any) any {
	switch v := v.(type) {
	case string:
		if r := []rune(v); len(r) > maxCell {
			v = string(r[:maxCell])
		}
		return Guarded(v)
	case time.Time:
		if v.IsZero() {
			return nil
		}
		return time.Date(v.Year(), v.Month(), v.Day(), 0, 0, 0, 0, time.UTC)
	}
	return v
}

// width is how wide a column is set: as its longest text asks, within reason.
func width(sh Sheet, i int, c Column) float64 {
	if c.Width > 0 {
		return c.Width
	}
	longest := utf8.RuneCountInString(c.Head)
	for n, r := range sh.Rows {
		if n == 500 {
			break
		}
		if i < len(r) {
			if s, ok := r[i].(string); ok {
				longest = max(longest, utf8.RuneCountInString(s))
			}
		}
	}
	if c.Kind == Date {
		longest = max(longest, 10)
	}
	return float64(min(max(longest, 6), 50)) + 2
}
