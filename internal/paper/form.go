package paper

// Form is how a document is set: its sheets and the look of its lines and paragraphs, as far as its file tells.
type Form struct {
	Sheets     []Sheet
	Paragraphs []Set
	Pages      int     // 0 when the file does not say
	Ease       float64 // by how many millimetres the measures may be out: programs round, and a page tells less than a style
}

// Sheet is the paper of one section, in points. A margin that is not a number is not known.
type Sheet struct {
	Page   Page
	Number Number // of its pages
}

// Number is where the number of the page stands.
type Number struct {
	Top, Bottom bool // in the header, in the footer
	First       bool // on the first page too
	Center      bool
	Size        float64
}

// Set is a line or paragraph as it is set. Sizes are points. In a DOCX the defaults of the format hold where nothing is
// said; of a page, what cannot be seen is not a number.
type Set struct {
	Text          string
	Begins        string  // its first line, where lines are known
	X, Right      float64 // where it begins and ends, from the left edge of the sheet; in a DOCX its last line, by our own faces; the same where that is not known
	Align         Align
	First, Left   float64
	Before, After float64
	Line          float64 // of a single line
	InTable       bool
	Label         bool // a number or dash that the program writes stands before it
	Font          string
	Size          float64 // of most of its letters, like what follows
	Bold, Italic  bool
	Color         string // "000000"
	Under         Seen   // a line that is drawn below it
	Shapes        int    // lines and shapes that are anchored here, drawn nobody knows where
}

// Seen is whether something is there, where the source can show it.
type Seen int

// What a source shows.
const (
	NotShown Seen = iota // it cannot tell
	Drawn
	Absent
)

// Middle is half-way between where the text begins and ends, if that is known.
func (s Set) Middle() (float64, bool) { return (s.X + s.Right) / 2, s.Right > s.X }
