package office

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"sachhon/internal/decree"
	"sachhon/internal/letter"
	"sachhon/internal/paper"
	"sachhon/internal/paper/pdf"
	"sachhon/internal/web/ui"
)

// sheetView is a document on paper: the pages that the PDF has, drawn for the screen by the same layout.
type sheetView struct {
	Sheets     []pdf.Sheet
	More       int      // pages that are in the PDF only
	Deviations []string // from the decree, in words
}

// mostSheets is how many pages a screen shows; nobody reads a long annex beside the form in which it is written.
const mostSheets = 20

func viewSheet(ctx context.Context, doc letter.Document) sheetView {
	doc = doc.Clean()
	v := sheetView{Sheets: decree.Sheets(doc, decree.Options{}), Deviations: deviations(ctx, doc)}
	if n := len(v.Sheets); n > mostSheets {
		v.Sheets, v.More = v.Sheets[:mostSheets], n-mostSheets
	}
	return v
}

// deviations says in words where the document departs from the decree.
func deviations(ctx context.Context, doc letter.Document) []string {
	var out []string
	for _, d := range decree.CheckDocument(doc) {
		out = append(out, ui.T(ctx, d.Key(), d.Pairs()...))
	}
	return out
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
