package progress

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
)

// TestWhatASentenceLeavesOutStandsInTheAppendix: whoever refused, is late or did nothing, named or only counted in the text.
func TestWhatASentenceLeavesOutStandsInTheAppendix(t *testing.T) {
	const each = maxNames + 3
	f := Figures{Period: Period{From: "2024-06-01", To: "2024-06-30"}}
	for i := range each {
		f.Lines = append(f.Lines,
			Line{Name: fmt.Sprintf("Phường từ chối %d", i), Kind: unit.Ward, Depth: 1, Dispatch: "d", State: cascade.Refused},
			Line{Name: fmt.Sprintf("Phường chậm %d", i), Kind: unit.Ward, Depth: 1, Dispatch: "d", State: cascade.Received, Late: []cascade.Step{cascade.StepAssign}},
			Line{Name: fmt.Sprintf("Phường chưa làm %d", i), Kind: unit.Ward, Depth: 1, Dispatch: "d", State: cascade.Arrived, Absent: true})
	}
	w := writer{figures: f}
	text := strings.Join(w.weaknesses(), "\n")
	if n := strings.Count(text, "và 3 đơn vị khác nêu tại phụ lục"); n != 3 {
		t.Fatalf("%d sentences name the appendix, want all three:\n%s", n, text)
	}
	all := w.appendices()
	i := slices.IndexFunc(all, func(a letter.Appendix) bool {
		return strings.Contains(a.Title, "chậm, chưa triển khai hoặc từ chối tiếp nhận")
	})
	if i < 0 {
		t.Fatalf("the appendices: %+v", all)
	}
	rows := all[i].Blocks[0].Table.Rows
	if len(rows) != 3*each || len(behindRows(f)) != 3*each {
		t.Errorf("%d rows in the appendix, %d in the file, want %d", len(rows), len(behindRows(f)), 3*each)
	}
	for _, l := range f.Lines {
		at := slices.IndexFunc(rows, func(row []string) bool { return row[1] == l.Name })
		if at < 0 || l.State == cascade.Refused && rows[at][2] != "từ chối tiếp nhận văn bản" {
			t.Errorf("%s is not in the appendix as what it is", l.Name)
		}
	}
}
