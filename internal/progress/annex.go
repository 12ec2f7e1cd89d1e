package progress

import (
	"sachhon/internal/letter"
	"sachhon/internal/waste"
)

// maxTableRows keeps an appendix within what a document may hold.
const maxTableRows = 1_500

// appendices are the tables by unit; a unit that has nobody below it needs none.
func (w writer) appendices() []letter.Appendix {
	if len(w.figures.Lines) == 0 {
		return nil
	}
	title := "Kết quả trong kỳ theo đơn vị; nhiệm vụ xong tính " + w.figures.until()
	out := []letter.Appendix{{Title: title, Blocks: []letter.Block{tableOf(w.unitTable())}}}
	if w.figures.Total.Channels.Total().Records > 0 {
		out = append(out, letter.Appendix{
			Title: "Kết quả tuyên truyền trong kỳ theo đơn vị và kênh (số lượt)", Blocks: []letter.Block{tableOf(w.channelsByUnit())},
		})
	}
	if w.figures.Total.Waste.Total() > 0 {
		out = append(out, letter.Appendix{
			Title: "Khối lượng rác thu gom trong kỳ theo đơn vị và loại, tính bằng kilôgam", Blocks: []letter.Block{tableOf(w.wasteByUnit())},
		})
	}
	if late := w.lateTable(); len(late.Rows) > 0 {
		out = append(out, letter.Appendix{
			Title: behindTitle("Các đơn vị", w.figures), Blocks: []letter.Block{tableOf(late)},
		})
	}
	return out
}

// tableOf is the one table of an appendix, whose title says what it shows.
func tableOf(t letter.Table) letter.Block {
	return letter.Block{Kind: letter.TableBlock, Table: &t}
}

// lines are the rows of the tables: the unit itself, then those directly below with everything under them.
func (w writer) lines() []Line {
	lines := w.figures.Direct()
	lines = lines[:min(len(lines), maxTableRows)]
	if w.figures.Own != (Counts{}) {
		lines = append([]Line{{Name: w.unit.FullName, Total: w.figures.Own}}, lines...)
	}
	return lines
}

func (w writer) byUnit(head []string, keep func(Counts) bool, cells func(Counts) []string) letter.Table {
	t := letter.Table{Head: append([]string{"STT", "Đơn vị"}, head...), Figure: []bool{true, false}}
	for range head {
		t.Figure = append(t.Figure, true)
	}
	for _, l := range w.lines() {
		if keep(l.Total) {
			t.Rows = append(t.Rows, append([]string{num(int64(len(t.Rows) + 1)), nameIn(l)}, cells(l.Total)...))
		}
	}
	t.Total = append([]string{"", "Tổng cộng"}, cells(w.figures.Total)...)
	return t
}

func (w writer) unitTable() letter.Table {
	return w.byUnit([]string{"Lượt tuyên truyền", "Người tiếp cận", "Đăng ký", "Ra quân", "Hợp lệ", "Người tham gia", "Rác (kg)", "Nhiệm vụ xong"}, always,
		func(c Counts) []string {
			public := c.Channels.Total()
			return []string{
				num(public.Times), num(public.People), num(c.Entrants()), num(c.Cleanups), num(c.Valid), num(c.People), kilos(c.Waste.Total()),
				num(c.DutiesDone) + "/" + num(c.Duties),
			}
		})
}

func (w writer) channelsByUnit() letter.Table {
	var head []string
	for _, channel := range letter.Channels() {
		head = append(head, vietnamese.T("letter.channel."+string(channel)))
	}
	return w.byUnit(head, func(c Counts) bool { return c.Channels.Total().Records > 0 }, func(c Counts) []string {
		var cells []string
		for _, p := range c.Channels {
			cells = append(cells, num(p.Times))
		}
		return cells
	})
}

func (w writer) wasteByUnit() letter.Table {
	var head []string
	for _, t := range waste.Types() {
		head = append(head, vietnamese.T("waste."+string(t)))
	}
	return w.byUnit(append(head, "Tổng"), func(c Counts) bool { return c.Waste.Total() > 0 }, func(c Counts) []string {
		var cells []string
		for _, g := range c.Waste {
			cells = append(cells, kilos(g))
		}
		return append(cells, kilos(c.Waste.Total()))
	})
}

func (w writer) lateTable() letter.Table {
	t := letter.Table{Head: []string{"STT", "Đơn vị", "Tình trạng"}, Figure: []bool{true, false, false}}
	for _, l := range w.figures.Lines {
		if words := behind(l); words != "" && len(t.Rows) < maxTableRows {
			t.Rows = append(t.Rows, []string{num(int64(len(t.Rows) + 1)), l.Name, words})
		}
	}
	return t
}

// nameIn says of a unit outside that its figures are not nought but unknown.
func nameIn(l Line) string {
	if l.Followed {
		return l.Name + " (liên thông, chỉ có trạng thái)"
	}
	return l.Name
}

func always(Counts) bool { return true }
