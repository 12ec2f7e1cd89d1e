// Package qr makes QR codes as rectangles, for pages and for paper. A text gives the same code every time.
package qr

import (
	"fmt"
	"strings"

	"rsc.io/qr"

	"sachhon/internal/fault"
)

// quiet is the empty border that scanners need, in modules.
const quiet = 4

// MaxBytes is the longest text that is encoded; longer codes are too fine to scan from a notice board.
const MaxBytes = 600

// Code is a QR code with its quiet zone.
type Code struct {
	modules *qr.Code
	text    string
}

// Rect is black modules side by side, counted from the corner of the quiet zone.
type Rect struct{ X, Y, W, H int }

// Encode makes the code of a text, so that it can still be read when a seventh of it is damaged.
func Encode(text string) (*Code, error) {
	if text == "" || len(text) > MaxBytes {
		return nil, fault.Invalid.With("paper.fault.qr", "Limit", MaxBytes)
	}
	c, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil, fmt.Errorf("qr: %w", err)
	}
	return &Code{modules: c, text: text}, nil
}

// Text is what the code says.
func (c *Code) Text() string { return c.text }

// Side is the length of a side in modules, the quiet zone included.
func (c *Code) Side() int { return c.modules.Size + 2*quiet }

// Rects returns the black parts, each as wide as it goes in its row.
func (c *Code) Rects() []Rect {
	var out []Rect
	for y := range c.modules.Size {
		for x := 0; x < c.modules.Size; x++ {
			if !c.modules.Black(x, y) {
				continue
			}
			from := x
			for x+1 < c.modules.Size && c.modules.Black(x+1, y) {
				x++
			}
			out = append(out, Rect{from + quiet, y + quiet, x - from + 1, 1})
		}
	}
	return out
}

// SVG returns the code as a picture that scales to its place. label is what it is, for those who cannot see it.
func (c *Code) SVG(label string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s" shape-rendering="crispEdges">`,
		c.Side(), c.Side(), escape(label))
	fmt.Fprintf(&b, `<path fill="#fff" d="M0 0h%dv%dH0z"/><path fill="#000" d="`, c.Side(), c.Side())
	for _, r := range c.Rects() {
		fmt.Fprintf(&b, "M%d %dh%dv%dh-%dz", r.X, r.Y, r.W, r.H, r.W)
	}
	b.WriteString(`"/></svg>`)
	return b.String()
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace
