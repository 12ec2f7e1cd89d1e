package pdf

import "sachhon/internal/paper"

// table sets a table: each row is an atom, or several where a cell is longer than a part of a page.
func table(t paper.Table, width float64) []atom {
	left := 0.0
	switch t.Align {
	case paper.Center:
		left = (width - t.Width()) / 2
	case paper.Right:
		left = width - t.Width()
	case paper.Left, paper.Justify:
	}
	var out, head []atom
	for i, r := range t.Rows {
		row := rowAtoms(t, r, left)
		if r.Head {
			head = append(head, row...)
			row[len(row)-1].keep = i+1 < len(t.Rows) // a head is not left alone at the foot of a page
		} else {
			for n := range row {
				row[n].head = head
			}
		}
		out = append(out, row...)
	}
	if len(out) > 0 {
		out[0].before += t.Before
		if t.KeepNext {
			for i := range out {
				out[i].keep = true
			}
		}
	}
	return out
}

// parts of a row: what of each cell stands on one page.
const wholeRow = 120.0 // rows up to this height are not parted

func rowAtoms(t paper.Table, r paper.Row, left float64) []atom {
	cells := make([]cellBox, 0, len(r.Cells))
	x, at, height := left, 0, r.Height
	for _, c := range r.Cells {
		w := 0.0
		for i := at; i < min(at+c.Columns(), len(t.Columns)); i++ {
			w += t.Columns[i]
		}
		at += c.Columns()
		box := cellBox{cell: c, x: x, width: w, atoms: layout(c.Blocks, w-2*t.Padding)}
		cells = append(cells, box)
		height = max(height, heightOf(box.atoms)+2*t.PadY)
		x += w
	}
	if r.Whole || r.Head || height <= wholeRow || t.Border == nil {
		return []atom{{height: height, draw: func(c ink, x, y float64) { drawRow(c, t, cells, x, y, height) }}}
	}
	return slices(t, cells, height)
}

type cellBox struct {
	cell     paper.Cell
	x, width float64
	atoms    []atom
}

func drawRow(c ink, t paper.Table, cells []cellBox, x, y, height float64) {
	for _, b := range cells {
		if b.cell.Fill != nil {
			c.Fill(x+b.x, y, b.width, height, *b.cell.Fill)
		}
	}
	for _, b := range cells {
		top := t.PadY
		if free := height - heightOf(b.atoms); b.cell.Middle && free > 0 {
			top = free / 2
		}
		drawAll(c, b.atoms, x+b.x+t.Padding, y+top)
		if t.Border != nil {
			c.Frame(x+b.x, y, b.width, height, *t.Border)
		}
	}
}

// slices parts a high row into bands of at most wholeRow, cutting every cell between its lines.
func slices(t paper.Table, cells []cellBox, height float64) []atom {
	rest := make([][]atom, len(cells))
	for i, b := range cells {
		rest[i] = b.atoms
	}
	var out []atom
	for first := true; first || height > 0; first = false {
		band := make([]cellBox, len(cells))
		used, more := 0.0, false
		for i, b := range cells {
			band[i] = cellBox{cell: b.cell, x: b.x, width: b.width}
			h := 0.0
			for len(rest[i]) > 0 && (h == 0 || h+rest[i][0].before+rest[i][0].height <= wholeRow) {
				h += rest[i][0].before + rest[i][0].height
				band[i].atoms, rest[i] = append(band[i].atoms, rest[i][0]), rest[i][1:]
			}
			used, more = max(used, h), more || len(rest[i]) > 0
		}
		top, bottom := 0.0, 0.0
		if first {
			top = t.PadY
		}
		if !more {
			bottom = t.PadY
		}
		h := top + used + bottom
		isFirst, isLast := first, !more
		out = append(out, atom{height: h, draw: func(c ink, x, y float64) {
			for _, b := range band {
				if b.cell.Fill != nil {
					c.Fill(x+b.x, y, b.width, h, *b.cell.Fill)
				}
				drawAll(c, b.atoms, x+b.x+t.Padding, y+top)
				c.Line(x+b.x, y, x+b.x, y+h, *t.Border)
				c.Line(x+b.x+b.width, y, x+b.x+b.width, y+h, *t.Border)
				if isFirst {
					c.Line(x+b.x, y, x+b.x+b.width, y, *t.Border)
				}
				if isLast {
					c.Line(x+b.x, y+h, x+b.x+b.width, y+h, *t.Border)
				}
			}
		}})
		if !more {
			break
		}
	}
	return out
}
