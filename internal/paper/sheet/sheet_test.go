package sheet_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"sachhon/internal/paper"
	"sachhon/internal/paper/sheet"
)

var book = sheet.Book{
	Info: paper.Info{Title: "Kết quả", Date: time.Date(2024, 7, 3, 0, 0, 0, 0, time.UTC)},
	Sheets: []sheet.Sheet{
		{
			Name: "Theo đơn vị: [2024]", Title: "Kết quả theo đơn vị", Notes: []string{"Tính đến ngày 30/6/2024"}, Total: true,
			Columns: []sheet.Column{
				{Head: "Đơn vị"}, {Head: "Số đội", Kind: sheet.Integer}, {Head: "kg", Kind: sheet.Decimal}, {Head: "Ngày", Kind: sheet.Date}, {Head: "Tỷ lệ", Kind: sheet.Percent},
			},
			Rows: [][]any{
				{"=HYPERLINK(\"http://x\")", 3, 12.5, time.Date(2024, 6, 9, 8, 0, 0, 0, time.UTC), 0.5},
				{"Phường Tứ Ha\u0323", 4, 1.25, nil, nil},
				{"Tổng", 7, 13.75, nil, 0.25},
			},
		},
		{Name: "Theo đơn vị: [2024]", Columns: []sheet.Column{{Head: "A"}}},
	},
}

func TestWrite(t *testing.T) {
	var buf, again bytes.Buffer
	if err := sheet.Write(&buf, book); err != nil {
		t.Fatal(err)
	}
	if err := sheet.Write(&again, book); err != nil || !bytes.Equal(buf.Bytes(), again.Bytes()) {
		t.Errorf("the same book gave other bytes (%v)", err)
	}
	f, err := excelize.OpenReader(&buf)
	if err != nil {
		t.Fatal(err)
	}
	names := f.GetSheetList()
	if len(names) != 2 || names[0] != "Theo đơn vị 2024" || names[1] != "Theo đơn vị 2024 (2)" {
		t.Errorf("sheets %q", names)
	}
	for cell, want := range map[string]string{
		"A1": "Kết quả theo đơn vị", "A3": "Đơn vị", "A4": "'=HYPERLINK(\"http://x\")", "B4": "3", "C4": "12.5", "D4": "09/06/2024", "E4": "50.0%", "A5": "Phường Tứ Hạ", "A6": "Tổng",
	} {
		if got, err := f.GetCellValue(names[0], cell); err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", cell, got, want, err)
		}
	}
	if kind, err := f.GetCellType(names[0], "B4"); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("a figure is kept as %v, %v", kind, err)
	}
	if formula, err := f.GetCellFormula(names[0], "A4"); err != nil || formula != "" {
		t.Errorf("a text became the formula %q", formula)
	}
	panes, err := f.GetPanes(names[0])
	if err != nil || !panes.Freeze || panes.YSplit != 3 {
		t.Errorf("panes %+v, %v", panes, err)
	}
}

func TestGuarded(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "12": "12", "=1+1": "'=1+1", "+84": "'+84", "-x": "'-x", "@a": "'@a", "\t=1": "'\t=1", "a=1": "a=1",
	} {
		if got := sheet.Guarded(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func BenchmarkWriteRows(b *testing.B) {
	s := sheet.Sheet{Name: "x", Columns: book.Sheets[0].Columns}
	for range 11_000 {
		s.Rows = append(s.Rows, book.Sheets[0].Rows[0])
	}
	for b.Loop() {
		var buf bytes.Buffer
		if err := sheet.Write(&buf, sheet.Book{Sheets: []sheet.Sheet{s}}); err != nil {
			b.Fatal(err)
		}
	}
}
