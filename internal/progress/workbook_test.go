package progress_test

import (
	"bytes"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/testkit"
)

// TestWorkbookHoldsNumbers opens the annexes and finds the totals as numbers, not as texts.
func TestWorkbookHoldsNumbers(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := townInJune(t, db, clk)
		f, err := w.Progress.Figures(t.Context(), w.Actor(person.Clerk, w.Town), w.Town.ID, about(w), june)
		w.Must(err)
		var file, again bytes.Buffer
		w.Must(progress.Workbook(&file, f))
		w.Must(progress.Workbook(&again, f))
		if !bytes.Equal(file.Bytes(), again.Bytes()) {
			t.Error("the same figures made two files")
		}
		book, err := excelize.OpenReader(&file)
		w.Must(err)
		defer book.Close()
		rows, err := book.GetRows("Khối lượng rác", excelize.Options{RawCellValue: true})
		w.Must(err)
		last := rows[len(rows)-1]
		if last[len(last)-1] != "52.5" {
			t.Errorf("the total weight is %q", last[len(last)-1])
		}
		kind, err := book.GetCellType("Khối lượng rác", "C"+strconv.Itoa(len(rows)))
		w.Must(err)
		if kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString {
			t.Error("a weight is a text")
		}
		for _, name := range []string{"Tổng hợp", "Tuyên truyền", "Nhiệm vụ", "Ngoài hệ thống"} {
			if i, err := book.GetSheetIndex(name); err != nil || i < 0 {
				t.Errorf("there is no sheet %q: %v", name, err)
			}
		}
	})
}
