package office

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"sachhon/internal/decree"
	"sachhon/internal/letter"
	"sachhon/internal/paper"
	"sachhon/internal/paper/pdf"
	"sachhon/internal/web/ui"
)

// sheetView is a document on paper: the pages that the PDF has, drawn for the screen by the same layout.
type sheetView struct {
	Sheets     []pdf.Sheet
	More       int // pages that are in the PDF only
	Deviations []deviationView
}

// deviationView is where a document departs from its form, in words.
type deviationView struct {
	Text  string
	Field string // what the input is called that it is about, empty where there is none
	URL   string // of that input
}

// mostSheets is how many pages a screen shows; nobody reads a long annex beside the form in which it is written.
const mostSheets = 20

func viewSheet(ctx context.Context, doc letter.Document) sheetView {
	doc = doc.Clean()
	v := sheetView{Sheets: decree.Sheets(doc, decree.Options{})}
	for _, d := range decree.CheckDocument(doc) {
		v.Deviations = append(v.Deviations, deviationView{Text: ui.T(ctx, d.Key(), d.Pairs()...)})
	}
	if n := len(v.Sheets); n > mostSheets {
		v.Sheets, v.More = v.Sheets[:mostSheets], n-mostSheets
	}
	return v
}

// editSheet is viewSheet beside the inputs: each deviation leads to the one that it is about.
func editSheet(ctx context.Context, doc letter.Document) sheetView {
	v := viewSheet(ctx, doc)
	for i, d := range decree.CheckDocument(doc.Clean()) {
		v.Deviations[i].Field, v.Deviations[i].URL = inputOf(ctx, doc, d.Field)
	}
	return v
}

// inputs are the inputs of the editor by the parts of a document that are called otherwise there.
var inputs = map[string]string{"signer.capacity": "capacity", "signer.position": "position", "signer.name": "name"}

// inputOf is how the input for a part of the document is called, and its address on the page.
func inputOf(ctx context.Context, doc letter.Document, part string) (name, url string) {
	if part == "" {
		return "", ""
	}
	if part == "blocks" {
		return ui.T(ctx, "office.part.content"), "#f-blocks"
	}
	if number, ok := strings.CutPrefix(part, "blocks."); ok {
		n, err := strconv.Atoi(number)
		if err != nil {
			return "", ""
		}
		i := written(doc, n)
		return ui.T(ctx, "office.paragraphNumber", "Number", i+1), "#f-" + at(i, "text")
	}
	input := cmp.Or(inputs[part], part)
	return ui.T(ctx, "office.field."+input), "#f-" + input
}

// written is the place among all blocks of the one at n of those in which something is written.
func written(doc letter.Document, n int) int {
	for i, b := range doc.Blocks {
		if len(letter.Document{Blocks: []letter.Block{b}}.Clean().Blocks) == 0 {
			continue
		}
		if n == 0 {
			return i
		}
		n--
	}
	return 0
}

// rounded writes a measure for an attribute; less than a hundredth of a point is not seen.
func rounded(f float64) string {
	return strconv.FormatFloat(math.Round(f*100)/100, 'f', -1, 64)
}

func viewBox(s pdf.Sheet) string { return "0 0 " + rounded(s.Width) + " " + rounded(s.Height) }

func ink(c paper.Color) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// across turns the watermark.
func across(s pdf.Sheet) string {
	return "rotate(-45 " + rounded(s.Width/2) + " " + rounded(s.Height/2) + ")"
}
