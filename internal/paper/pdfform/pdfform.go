// Package pdfform sees on the pages of a PDF how a document is set: its sheet and margins, its page number, and the look of
// its lines and paragraphs. A page shows less than a style: what cannot be seen on it is not a number.
package pdfform

import (
	"context"
	"encoding/xml"
	"fmt"
	"html"
	"math"
	"regexp"
	"strconv"
	"strings"

	"sachhon/internal/paper"
	"sachhon/internal/paper/poppler"
)

const (
	maxPages = 20      // whoever departs from a form does so on the first of them
	maxXML   = 8 << 20 // what pdftohtml may write about them
	zoom     = 3       // its largest magnification: it tells places in whole pixels
	ease     = 1       // millimetres: glyphs begin beside the place where they are set
)

// Read returns how a PDF is set. A scan has sheets and no paragraphs.
func Read(ctx context.Context, b []byte) (paper.Form, error) {
	pages, err := Lines(ctx, b)
	if err != nil {
		return paper.Form{}, err
	}
	if len(pages) > 0 && len(pages[0].Lines) > 0 {
		if rules, err := drawnRules(ctx, b, pages[0]); err == nil { // without the picture nothing is said of its lines
			pages[0].ruled(rules)
		}
	}
	return form(pages), nil
}

// Page is a page with its lines from the top, in points from the top left corner.
type Page struct {
	Width, Height float64
	Lines         []Line
}

// Line is a line of text on a page, with the look of most of its letters.
type Line struct {
	X, Y, W, H   float64
	Font         string
	Size         float64
	Bold, Italic bool
	Color        string // "#000000"
	Text         string
	Under        paper.Seen // a rule below it
}

// Right is where the line ends.
func (l Line) Right() float64 { return l.X + l.W }

// Bottom is the lower end of the line's box.
func (l Line) Bottom() float64 { return l.Y + l.H }

// Middle is half-way between its ends.
func (l Line) Middle() float64 { return l.X + l.W/2 }

type fontSpec struct {
	ID     string  `xml:"id,attr"`
	Size   float64 `xml:"size,attr"`
	Family string  `xml:"family,attr"`
	Color  string  `xml:"color,attr"`
}

// Lines reads the lines of the first pages of a PDF with their look.
func Lines(ctx context.Context, b []byte) ([]Page, error) {
	tool, err := poppler.Find("pdftohtml")
	if err != nil {
		return nil, err
	}
	file, err := poppler.NewFile(b)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	out, err := tool.Run(ctx, file, maxXML, "-xml", "-i", "-q", "-stdout", "-zoom", strconv.Itoa(zoom), "-l", strconv.Itoa(maxPages), file.Name())
	if err != nil {
		return nil, err
	}
	return read(out)
}

// read takes what pdftohtml writes about pages.
func read(out []byte) ([]Page, error) {
	var doc struct {
		Pages []struct {
			Width  float64    `xml:"width,attr"`
			Height float64    `xml:"height,attr"`
			Fonts  []fontSpec `xml:"fontspec"`
			Texts  []struct {
				Top    float64 `xml:"top,attr"`
				Left   float64 `xml:"left,attr"`
				Width  float64 `xml:"width,attr"`
				Height float64 `xml:"height,attr"`
				Font   string  `xml:"font,attr"`
				Inner  string  `xml:",innerxml"`
			} `xml:"text"`
		} `xml:"page"`
	}
	d := xml.NewDecoder(strings.NewReader(strings.ToValidUTF8(string(out), "")))
	d.Strict = false // it does not close what it opens when a font changes inside a link
	if err := d.Decode(&doc); err != nil {
		return nil, fmt.Errorf("pdfform: what pdftohtml wrote: %w", err)
	}
	fonts := map[string]fontSpec{}
	pages := make([]Page, len(doc.Pages))
	for n, p := range doc.Pages {
		for _, f := range p.Fonts {
			fonts[f.ID] = f
		}
		var pieces []Line
		for _, x := range p.Texts {
			text := strings.Join(strings.Fields(html.UnescapeString(reTag.ReplaceAllString(x.Inner, ""))), " ")
			if text == "" {
				continue
			}
			head, _, _ := strings.Cut(x.Inner, strings.Fields(html.EscapeString(text))[0])
			f := fonts[x.Font]
			pieces = append(pieces, Line{
				X: x.Left / zoom, Y: x.Top / zoom, W: x.Width / zoom, H: x.Height / zoom, Font: face(f.Family), Size: f.Size / zoom, Color: f.Color,
				Bold: strings.Contains(head, "<b>"), Italic: strings.Contains(head, "<i>"), Text: text,
			})
		}
		pages[n] = Page{Width: p.Width / zoom, Height: p.Height / zoom, Lines: joined(pieces)}
	}
	return pages, nil
}

var (
	reTag    = regexp.MustCompile(`<[^>]*>`)
	reSubset = regexp.MustCompile(`^[A-Z]{6}\+`)
	reCut    = regexp.MustCompile(`(?i)(-Roman)?[-,]?(PS)?-?(MT|Bold|Italic|Regular)*$`)
	reCamel  = regexp.MustCompile(`(\p{Ll})(\p{Lu})`)
)

// face is the name of a font as people know it: "ABCDEF+TimesNewRomanPS-BoldMT" is Times New Roman.
func face(family string) string {
	name := reSubset.ReplaceAllString(family, "")
	if own, ok := strings.CutPrefix(name, "utf8"); ok { // as our own files call it, with the cut behind
		name = strings.TrimRight(own, "BI")
	}
	return reCamel.ReplaceAllString(reCut.ReplaceAllString(name, ""), "$1 $2")
}

func form(pages []Page) paper.Form {
	f := paper.Form{Pages: running(pages), Ease: ease}
	if len(pages) == 0 {
		return f
	}
	pages = pages[:f.Pages] // what follows are appendices, which are not judged
	sheet := paper.Sheet{Number: numberOf(pages)}
	e := edges(pages)
	sheet.Page = paper.Page{
		Width: pages[0].Width, Height: pages[0].Height, Left: e.left, Right: pages[0].Width - e.right, Top: e.top, Bottom: e.bottom,
	}
	f.Sheets = append(f.Sheets, sheet)
	for _, p := range pages {
		if turned(p) == turned(pages[0]) {
			f.Paragraphs = append(f.Paragraphs, paragraphs(p, e)...)
		}
	}
	return f
}

// running is how many pages the letter itself has: it goes on after a page that is full, and what follows another is an
// appendix, which is numbered as it likes.
func running(pages []Page) int {
	n := min(1, len(pages))
	for ; n < len(pages); n++ {
		lowest := 0.0
		for _, l := range pages[n-1].Lines {
			if !isNumber(l) {
				lowest = max(lowest, l.Bottom())
			}
		}
		if lowest < pages[n-1].Height-60*paper.MM {
			break
		}
	}
	return n
}

func turned(p Page) bool { return p.Width > p.Height }

// isNumber tells whether a line is a page number.
func isNumber(l Line) bool { return paper.IsPageNumber(l.Text) }

// number finds the page's number at its top or bottom.
func (p Page) number() (l Line, top, found bool) {
	for i, l := range p.Lines {
		alone := (i == 0 || !sameRow(p.Lines[i-1], l)) && (i+1 == len(p.Lines) || !sameRow(l, p.Lines[i+1]))
		if !isNumber(l) || !alone { // a figure of a table is none
			continue
		}
		if l.Bottom() < 28*paper.MM {
			return l, true, true
		}
		if l.Y > p.Height-28*paper.MM {
			return l, false, true
		}
	}
	return Line{}, false, false
}

func numberOf(pages []Page) paper.Number {
	var n paper.Number
	for i, p := range pages {
		l, top, found := p.number()
		if !found {
			continue
		}
		n.Top, n.Bottom, n.First = n.Top || top, n.Bottom || !top, n.First || i == 0
		// The middle is that of the sheet or of the text, which lies a little to the right.
		n.Size, n.Center = l.Size, math.Abs(l.Middle()-p.Width/2) < 12*paper.MM
	}
	return n
}
