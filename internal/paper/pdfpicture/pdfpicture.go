// Package pdfpicture sets the pictures of a document's pages on sheets of a PDF: a photo, a scan, the pages of a TIFF. All of
// a picture is shown, as large as the sheet allows.
package pdfpicture

import (
	"context"
	"image"
	"io"
	"math"

	"sachhon/internal/imaging"
	"sachhon/internal/paper"
	"sachhon/internal/paper/pdf"
)

// Write sets each page on a sheet A4, turned for one that is wider than high. So many points stay free above the first.
func Write(ctx context.Context, w io.Writer, pictures *imaging.Processor, file []byte, info paper.Info, above float64) error {
	canvas := pdf.New(info)
	err := pictures.Pages(ctx, file, func(p imaging.Picture) error {
		sheet := sheetOf(image.Pt(p.Width, p.Height))
		canvas.AddPage(sheet)
		canvas.Image(p.JPEG, 0, above, sheet.Width, sheet.Height-above)
		above = 0
		return nil
	})
	if err != nil {
		return err
	}
	return canvas.Output(w)
}

func sheetOf(size image.Point) paper.Page {
	sheet := paper.A4(0, 0, 0, 0)
	if size.X > size.Y {
		return sheet.Landscape()
	}
	return sheet
}

// DPI is how many dots an inch has of a picture of this size that is printed on a sheet A4.
func DPI(size image.Point) int {
	sheet := sheetOf(size)
	return int(math.Round(72 * max(float64(size.X)/sheet.Width, float64(size.Y)/sheet.Height)))
}
