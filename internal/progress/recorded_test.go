package progress_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/progress/progresstest"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
)

// TestWhatWasRecordedOfDutiesIsReported: a number and the times of a duty reach the report of the unit that noted them, of the one
// that passed the letter on to it, and of the issuer, each counted once.
func TestWhatWasRecordedOfDutiesIsReported(t *testing.T) {
	const union = "480.DTN"
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		ctx := t.Context()
		w := progresstest.New(t, db, clk)
		sent := w.Ask([]string{"Gửi ít nhất 3 tác phẩm dự thi.", "Dọn vệ sinh vào sáng Chủ nhật hàng tuần.", "Tạo điều kiện tham gia."}, ward, union)
		clk.Advance(4 * time.Hour)
		clerk := func(code string) person.Actor { return w.Actor(person.Clerk, w.Of(code)) }
		tick := func(code string, duty, count int, at clock.Time) {
			t.Helper()
			_, err := w.Cascade.Tick(ctx, clerk(code), cascade.TickInput{ID: w.IDs.New(), Dispatch: sent[code].ID, Duty: duty, Count: count, At: at})
			w.Must(err)
		}
		receive := func(code string) {
			t.Helper()
			_, err := w.Cascade.Receive(ctx, clerk(code), sent[code].ID)
			w.Must(err)
		}
		receive(ward)
		receive(union)
		below := w.Tree.Subordinates(w.Of(union).ID)[0]
		_, err := w.Cascade.Split(ctx, clerk(union), cascade.SplitInput{Dispatch: sent[union].ID, Duty: 1, Units: []cascade.UnitPart{{Unit: below.ID, Quota: 2}}})
		w.Must(err)
		w.Must(w.Queue.Drain(ctx))
		all, err := w.Cascade.Follow(ctx, db, w.Letter.ID)
		w.Must(err)
		sent[below.Code] = all[slices.IndexFunc(all, func(f cascade.Followed) bool { return f.ReceiverID == below.ID })].Dispatch
		receive(below.Code)
		clk.Set(time.Date(2024, time.July, 3, 8, 30, 0, 0, clock.Zone)) // a Wednesday: four Sundays are over
		in := clock.Date(2024, time.June, 20, 9, 0)
		tick(ward, 1, 2, in)
		tick(union, 1, 1, in)
		tick(below.Code, 1, 3, in)
		tick(ward, 1, 1, clock.Time{}) // behind the period: it is for another report
		for _, sunday := range []int{9, 16, 30} {
			tick(ward, 2, 1, clock.Date(2024, time.June, sunday, 7, 0))
		}

		for _, c := range []struct {
			unit unit.Unit
			want []string
		}{
			{w.Of(ward), []string{"2/3 tác phẩm", "3/4 kỳ", ""}},
			{below, []string{"3/2 tác phẩm"}},
			{w.Of(union), []string{"4/3 tác phẩm", "0/4 kỳ", ""}},
			{w.Town, []string{"6/6 tác phẩm", "3/8 kỳ", ""}},
		} {
			r := draft(t, w, c.unit)
			i := slices.IndexFunc(r.Generated.Blocks, func(b letter.Block) bool { return b.Kind == letter.TableBlock })
			table := r.Generated.Blocks[i].Table
			var got []string
			for _, row := range table.Rows {
				got = append(got, row[len(row)-1])
			}
			if diff := cmp.Diff(c.want, got); diff != "" || table.Head[len(table.Head)-1] != "Đã ghi nhận" || len(table.Figure) != len(table.Head) {
				t.Errorf("%s: %v\n%s", c.unit.FullName, table.Head, diff)
			}

			var file bytes.Buffer
			w.Must(progress.Workbook(&file, r.Figures))
			book, err := excelize.OpenReader(&file)
			w.Must(err)
			rows, err := book.GetRows("Nhiệm vụ")
			w.Must(err)
			w.Must(book.Close())
			if !slices.ContainsFunc(rows, func(row []string) bool { return len(row) == 5 && row[4] == c.want[0] }) {
				t.Errorf("%s: the sheet of duties: %q", c.unit.FullName, rows)
			}
		}
	})
}
