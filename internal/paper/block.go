package paper

// Block is a part of a section or of a cell: Paragraph, Table, Rule, Space or PageBreak.
type Block interface{ block() }

// Face is a family of type.
type Face int

// The faces: Times-like for official documents, Arial-like for notices.
const (
	Serif Face = iota
	Sans
)

// Color is red, green and blue; the zero value is black.
type Color struct{ R, G, B uint8 }

// Align is where lines stand between the margins.
type Align int

// The alignments.
const (
	Left Align = iota
	Center
	Right
	Justify
)

// Run is text of one look. "\n" in it breaks the line, "\t" goes to the next tab stop, a no-break space does not part.
type Run struct {
	Text   string
	Size   float64 // 13 when it is zero
	Bold   bool
	Italic bool
	Face   Face
	Color  Color
}

// DefaultSize is the size of a run that names none.
const DefaultSize = 13

// Points is the size of the run.
func (r Run) Points() float64 {
	if r.Size == 0 {
		return DefaultSize
	}
	return r.Size
}

// Paragraph is runs set between indents.
type Paragraph struct {
	Runs          []Run
	Align         Align
	Left, Right   float64 // indents of every line
	First         float64 // of the first line beside Left; negative for a hanging label
	Before, After float64 // space; Before is dropped at the top of a page
	Line          float64 // line spacing, 1 is single; zero is single too
	Tabs          []float64
	KeepNext      bool // not parted from the block that follows
	Together      bool // its lines stay on one page
}

// Rule is a horizontal line.
type Rule struct {
	Width         float64 // the whole width when it is zero
	Thickness     float64 // 0.75 when it is zero
	Before, After float64
	Align         Align
	Color         Color
	KeepNext      bool // not parted from the block that follows
}

// Space is empty height; at the top of a page it is dropped.
type Space struct{ Height float64 }

// PageBreak goes on at the top of the next page.
type PageBreak struct{}

// Border is how lines around cells are drawn.
type Border struct {
	Width float64
	Color Color
}

// Table is rows of cells. Without a border it puts things side by side.
type Table struct {
	Columns  []float64 // widths
	Rows     []Row
	Border   *Border
	Padding  float64 // at the left and right of each cell
	PadY     float64 // above and below its content
	Align    Align   // of the whole table
	Before   float64
	KeepNext bool
}

// Width is the sum of the columns.
func (t Table) Width() float64 {
	sum := 0.0
	for _, c := range t.Columns {
		sum += c
	}
	return sum
}

// Row is cells side by side. Head rows are repeated where the table goes on on another page.
type Row struct {
	Cells  []Cell
	Head   bool
	Height float64 // at least; its content may need more
	Whole  bool    // never parted over two pages
}

// Cell holds blocks.
type Cell struct {
	Blocks []Block
	Span   int // columns it takes, one when it is zero
	Middle bool
	Fill   *Color
}

// Columns is how many columns the cell takes.
func (c Cell) Columns() int { return max(1, c.Span) }

func (Paragraph) block() {}
func (Rule) block()      {}
func (Space) block()     {}
func (PageBreak) block() {}
func (Table) block()     {}

// Text is a paragraph of one run.
func Text(align Align, r Run) Paragraph { return Paragraph{Align: align, Runs: []Run{r}} }

// Box is a table of one cell with a frame, such as a stamp has.
func Box(width, height float64, border Border, align Align, blocks ...Block) Table {
	return Table{
		Columns: []float64{width}, Border: &border, Align: align,
		Rows: []Row{{Height: height, Whole: true, Cells: []Cell{{Blocks: blocks, Middle: true}}}},
	}
}
