package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"

	"codeberg.org/go-pdf/fpdf"

	"sachhon/internal/paper"
	"sachhon/internal/paper/font"
	"sachhon/internal/paper/qr"
)

// Canvas draws pages. All measures are points from the top left corner of the page. The first error stays and is
// returned by Output.
type Canvas struct {
	pdf   *fpdf.Fpdf
	fonts map[font.Style]bool
	err   error
}

// New begins a document without pages.
func New(info paper.Info) *Canvas {
	p := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: 210 * paper.MM, Ht: 297 * paper.MM}})
	p.SetMargins(0, 0, 0)
	p.SetAutoPageBreak(false, 0)
	p.SetCatalogSort(true)
	p.SetCreationDate(info.Date.UTC())
	p.SetModificationDate(info.Date.UTC())
	p.SetTitle(info.Title, true)
	p.SetAuthor(info.Author, true)
	p.SetSubject(info.Subject, true)
	p.SetProducer("Sach Hon", false)
	p.SetLang(info.Language())
	return &Canvas{pdf: p, fonts: map[font.Style]bool{}}
}

// AddPage begins a page; its margins are only used by Flow.
func (c *Canvas) AddPage(p paper.Page) {
	c.pdf.AddPageFormat("P", fpdf.SizeType{Wd: p.Width, Ht: p.Height})
}

// Pages is how many pages there are so far.
func (c *Canvas) Pages() int { return c.pdf.PageCount() }

// Output writes the file. Nothing may be drawn after it.
func (c *Canvas) Output(w io.Writer) error {
	if c.err != nil {
		return c.err
	}
	if err := c.pdf.Output(w); err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	return nil
}

// text sets one piece with its baseline at y.
func (c *Canvas) text(x, y float64, p piece) {
	if p.text == "" {
		return
	}
	s := font.Of(p.run)
	family, style := "LiberationSerif", ""
	if s.Face == paper.Sans {
		family = "sans"
	}
	if s.Bold {
		style += "B"
	}
	if s.Italic {
		style += "I"
	}
	if !c.fonts[s] {
		c.pdf.AddUTF8FontFromBytes(family, style, s.TTF())
		c.fonts[s] = true
	}
	c.pdf.SetFont(family, style, p.run.Points())
	c.pdf.SetTextColor(rgb(p.run.Color))
	c.pdf.Text(x, y, p.text)
}

func rgb(c paper.Color) (r, g, b int) { return int(c.R), int(c.G), int(c.B) }

// Fill paints a rectangle.
func (c *Canvas) Fill(x, y, w, h float64, col paper.Color) {
	c.pdf.SetFillColor(rgb(col))
	c.pdf.Rect(x, y, w, h, "F")
}

// FillRound paints a rectangle with round corners.
func (c *Canvas) FillRound(x, y, w, h, radius float64, col paper.Color) {
	c.pdf.SetFillColor(rgb(col))
	c.pdf.RoundedRect(x, y, w, h, radius, "1234", "F")
}

// Frame draws the outline of a rectangle.
func (c *Canvas) Frame(x, y, w, h float64, b paper.Border) {
	c.pdf.SetDrawColor(rgb(b.Color))
	c.pdf.SetLineWidth(b.Width)
	c.pdf.Rect(x, y, w, h, "D")
}

// Line draws a line.
func (c *Canvas) Line(x1, y1, x2, y2 float64, b paper.Border) {
	c.pdf.SetDrawColor(rgb(b.Color))
	c.pdf.SetLineWidth(b.Width)
	c.pdf.Line(x1, y1, x2, y2)
}

// QR draws a code in black squares on a white ground with the quiet zone that scanners ask for; size is with it.
func (c *Canvas) QR(code *qr.Code, x, y, size float64) {
	c.Fill(x, y, size, size, paper.Color{R: 255, G: 255, B: 255})
	unit := size / float64(code.Side())
	c.pdf.SetFillColor(0, 0, 0)
	for _, r := range code.Rects() {
		c.pdf.Rect(x+float64(r.X)*unit, y+float64(r.Y)*unit, float64(r.W)*unit, float64(r.H)*unit, "F")
	}
}

// Image places a JPEG or PNG within a box, as large as fits, in its middle.
func (c *Canvas) Image(data []byte, x, y, w, h float64) {
	kind := "JPG"
	if bytes.HasPrefix(data, []byte("\x89PNG")) {
		kind = "PNG"
	}
	name := fmt.Sprintf("%x", sha256.Sum256(data))
	opts := fpdf.ImageOptions{ImageType: kind}
	info := c.pdf.RegisterImageOptionsReader(name, opts, bytes.NewReader(data))
	if c.pdf.Err() || info == nil || info.Width() == 0 || info.Height() == 0 {
		return
	}
	scale := min(w/info.Width(), h/info.Height())
	iw, ih := info.Width()*scale, info.Height()*scale
	c.pdf.ImageOptions(name, x+(w-iw)/2, y+(h-ih)/2, iw, ih, false, opts, 0, "")
}

// watermark writes a word across the page.
func (c *Canvas) watermark(text string, p paper.Page) {
	w := acrossPage(text, p)
	c.pdf.TransformBegin()
	c.pdf.TransformRotate(45, p.Width/2, p.Height/2)
	c.text(w.X, w.Y, piece{text: w.Text, run: w.Run})
	c.pdf.TransformEnd()
}
