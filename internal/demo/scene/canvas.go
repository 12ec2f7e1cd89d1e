package scene

import (
	"image"
	"math"
	"slices"

	"golang.org/x/image/vector"
)

// rgb is a colour with room for light above white; it is cut off at the end.
type rgb struct{ r, g, b float32 }

func hex(v uint32) rgb {
	return rgb{float32(v >> 16 & 255), float32(v >> 8 & 255), float32(v & 255)}
}

func (c rgb) mix(d rgb, t float32) rgb {
	return rgb{c.r + (d.r-c.r)*t, c.g + (d.g-c.g)*t, c.b + (d.b-c.b)*t}
}

func (c rgb) scale(f float32) rgb { return rgb{c.r * f, c.g * f, c.b * f} }

// ink gives the colour at a pixel.
type ink func(x, y float32) rgb

func flat(c rgb) ink { return func(float32, float32) rgb { return c } }

// vertical runs from top to bottom between two heights.
func vertical(top, bottom rgb, y0, y1 float32) ink {
	return func(_, y float32) rgb { return top.mix(bottom, clamp((y-y0)/(y1-y0))) }
}

// canvas is the picture while it is painted.
type canvas struct {
	w, h  int
	pix   []rgb
	noise *noise
}

func newCanvas(w, h int, n *noise) *canvas {
	return &canvas{w: w, h: h, pix: make([]rgb, w*h), noise: n}
}

// clone copies what is painted so far.
func (c *canvas) clone() *canvas {
	d := *c
	d.pix = slices.Clone(c.pix)
	return &d
}

type point struct{ x, y float32 }

// fill paints the inside of a closed shape.
func (c *canvas) fill(shape []point, paint ink, opacity float32) {
	if len(shape) < 3 {
		return
	}
	minX, minY, maxX, maxY := shape[0].x, shape[0].y, shape[0].x, shape[0].y
	for _, p := range shape[1:] {
		minX, maxX = min(minX, p.x), max(maxX, p.x)
		minY, maxY = min(minY, p.y), max(maxY, p.y)
	}
	box := image.Rect(int(minX)-1, int(minY)-1, int(maxX)+2, int(maxY)+2).Intersect(image.Rect(0, 0, c.w, c.h))
	if box.Empty() {
		return
	}
	ox, oy := float32(box.Min.X), float32(box.Min.Y)
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	r.MoveTo(shape[0].x-ox, shape[0].y-oy)
	for _, p := range shape[1:] {
		r.LineTo(p.x-ox, p.y-oy)
	}
	r.ClosePath()
	mask := image.NewAlpha(image.Rect(0, 0, box.Dx(), box.Dy()))
	r.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	for y := range box.Dy() {
		row := mask.Pix[y*mask.Stride:]
		at := (box.Min.Y+y)*c.w + box.Min.X
		for x := range box.Dx() {
			if a := row[x]; a > 0 {
				i := at + x
				c.pix[i] = c.pix[i].mix(paint(float32(box.Min.X+x), float32(box.Min.Y+y)), opacity*float32(a)/255)
			}
		}
	}
}

// ellipse is a closed shape around a centre.
func ellipse(cx, cy, rx, ry float32) []point {
	const n = 28
	shape := make([]point, n)
	for i := range shape {
		s, k := math.Sincos(2 * math.Pi * float64(i) / n)
		shape[i] = point{cx + rx*float32(k), cy + ry*float32(s)}
	}
	return shape
}

// turned is a box with a centre, turned by an angle.
func turned(cx, cy, w, h, angle float32) []point {
	s64, k64 := math.Sincos(float64(angle))
	s, k := float32(s64), float32(k64)
	corners := [4]point{{-w / 2, -h / 2}, {w / 2, -h / 2}, {w / 2, h / 2}, {-w / 2, h / 2}}
	shape := make([]point, 4)
	for i, p := range corners {
		shape[i] = point{cx + p.x*k - p.y*s, cy + p.x*s + p.y*k}
	}
	return shape
}

// shadow darkens the ground under a thing.
func (c *canvas) shadow(cx, cy, rx, ry float32) {
	c.fill(ellipse(cx, cy, rx, ry), flat(hex(0x1d2417)), .28)
	c.fill(ellipse(cx, cy, rx*.7, ry*.7), flat(hex(0x1d2417)), .22)
}

// picture finishes: a soft vignette, a warm light, the grain of a phone's sensor.
func (c *canvas) picture(light rgb) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, c.w, c.h))
	for y := range c.h {
		dy := float32(y)/float32(c.h) - .5
		for x := range c.w {
			dx := float32(x)/float32(c.w) - .5
			v := 1 - .55*(dx*dx+dy*dy)*(dx*dx+dy*dy)*4
			p := c.pix[y*c.w+x]
			grain := (c.noise.cell(x, y) - .5) * 9
			i := img.PixOffset(x, y)
			img.Pix[i] = level(p.r*light.r*v + grain)
			img.Pix[i+1] = level(p.g*light.g*v + grain)
			img.Pix[i+2] = level(p.b*light.b*v + grain)
			img.Pix[i+3] = 255
		}
	}
	return img
}

func level(v float32) uint8 { return uint8(min(max(v, 0), 255)) }

func clamp(t float32) float32 { return min(max(t, 0), 1) }
