package progress

import (
	"fmt"

	"sachhon/internal/letter"
)

// alone tells whether nobody below the unit was asked: its report speaks of itself, and counts no units.
func (w writer) alone() bool { return len(w.figures.Lines) == 0 }

// tasks says how far a unit is with what it was asked to do.
func tasks(c Counts) string {
	open := c.Duties - c.DutiesDone
	switch {
	case c.Duties == 0:
		return ""
	case open == 0 && c.Duties == 1:
		return "hoàn thành nhiệm vụ được giao"
	case open == 0:
		return fmt.Sprintf("hoàn thành cả %s nhiệm vụ được giao", num(c.Duties))
	case c.DutiesDone == 0 && c.Duties == 1:
		return "chưa hoàn thành nhiệm vụ được giao"
	case c.DutiesDone == 0:
		return fmt.Sprintf("chưa hoàn thành %s nhiệm vụ được giao", num(c.Duties))
	}
	return fmt.Sprintf("hoàn thành %s/%s nhiệm vụ được giao", num(c.DutiesDone), num(c.Duties))
}

// ownPart tells of the unit's own part in what the letter asks.
func (w *writer) ownPart() {
	own := w.figures.Own
	switch words := tasks(own); {
	case own.Units == 0:
	case own.Received == 0:
		w.add(letter.ParagraphBlock, "Đơn vị chưa tiếp nhận văn bản trên hệ thống.")
	case words == "":
		w.add(letter.ParagraphBlock, "Đơn vị đã tiếp nhận văn bản.")
	default:
		w.add(letter.ParagraphBlock, "Đơn vị đã tiếp nhận văn bản, %s.", words)
	}
}

// ownDuties lists what the unit was asked to do and whether it did it. Who was asked nothing, since the letter is its own and went to
// nobody yet, has no such table.
func (w *writer) ownDuties() {
	if w.figures.Own.Units == 0 {
		return
	}
	t := letter.Table{Head: []string{"STT", "Nhiệm vụ", "Kết quả"}, Figure: []bool{true, false, false}}
	recorded := w.figures.recorded()
	if recorded {
		t.Head, t.Figure = append(t.Head, "Đã ghi nhận"), append(t.Figure, false)
	}
	for _, d := range w.figures.Duties {
		state := "Chưa hoàn thành"
		if d.Done > 0 {
			state = "Đã hoàn thành"
		}
		row := []string{num(int64(d.Number)), clip(d.Text, 300), state}
		if recorded {
			row = append(row, d.Recorded())
		}
		t.Rows = append(t.Rows, row)
	}
	w.table("Kết quả thực hiện các nhiệm vụ được giao, "+w.figures.until(), t)
}
