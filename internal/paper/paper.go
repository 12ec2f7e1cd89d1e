package paper

import (
	"regexp"
	"time"
)

// MM is one millimetre in points, the unit of every size in this package.
const MM = 72 / 25.4

// Document is what a writer sets on paper.
type Document struct {
	Info     Info
	Sections []Section
}

// Info is what a file says about itself. Date is written as the time of making, so that it is not the clock's.
type Info struct {
	Title, Author, Subject string
	Lang                   string // "vi" when it is empty
	Date                   time.Time
}

// Language is the language of the document.
func (i Info) Language() string {
	if i.Lang == "" {
		return "vi"
	}
	return i.Lang
}

// Section begins on a new page, with page numbers of its own.
type Section struct {
	Page        Page
	Blocks      []Block
	Numbered    bool    // a page number in the middle of the top margin, from the second page on
	NumberSize  float64 // of the page number, 13 when it is zero
	FirstFooter []Block // at the foot of the section's first page
	Watermark   string  // large and grey behind the text of every page
}

// Page is a sheet with its margins.
type Page struct{ Width, Height, Top, Bottom, Left, Right float64 }

// A4 is a sheet of 210 × 297 mm with margins in millimetres.
func A4(top, bottom, left, right float64) Page {
	return Page{Width: 210 * MM, Height: 297 * MM, Top: top * MM, Bottom: bottom * MM, Left: left * MM, Right: right * MM}
}

// A3 is a sheet of 297 × 420 mm with margins in millimetres.
func A3(top, bottom, left, right float64) Page {
	return Page{Width: 297 * MM, Height: 420 * MM, Top: top * MM, Bottom: bottom * MM, Left: left * MM, Right: right * MM}
}

// Landscape turns the sheet; the margins stay at their sides.
func (p Page) Landscape() Page {
	p.Width, p.Height = p.Height, p.Width
	return p
}

// TextWidth is the width between the margins.
func (p Page) TextWidth() float64 { return p.Width - p.Left - p.Right }

// TextHeight is the height between the margins.
func (p Page) TextHeight() float64 { return p.Height - p.Top - p.Bottom }

var rePageNumber = regexp.MustCompile(`^[-–—\s]*\d{1,3}[-–—\s]*$`)

// IsPageNumber tells whether a line holds nothing but the number of a page: "3", "- 3 -".
func IsPageNumber(line string) bool { return rePageNumber.MatchString(line) }
