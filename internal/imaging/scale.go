package imaging

import (
	"image"
	"image/color"
	"image/draw"

	xdraw "golang.org/x/image/draw"
)

// shrink returns the picture with its longer side at most size pixels long. It halves as long as the result stays
// at least that large and only then interpolates, because interpolation from far above leaves out most pixels:
// that aliases, and costs more bytes in the JPEG. Transparent parts become white.
func shrink(m image.Image, size int) *image.RGBA {
	target := fit(m.Bounds(), size)
	for longer(m.Bounds()) >= 2*size {
		m = halve(m)
	}
	b := m.Bounds()
	out := image.NewRGBA(target)
	draw.Draw(out, target, image.NewUniform(color.White), image.Point{}, draw.Src)
	if target.Size() == b.Size() {
		draw.Draw(out, target, m, b.Min, draw.Over)
	} else {
		xdraw.ApproxBiLinear.Scale(out, target, m, b, draw.Over, nil)
	}
	return out
}

// fit returns the size of the shrunk picture, which keeps the proportions and is never enlarged.
func fit(r image.Rectangle, size int) image.Rectangle {
	w, h, long := r.Dx(), r.Dy(), longer(r)
	if long > size {
		w, h = max(1, (w*size+long/2)/long), max(1, (h*size+long/2)/long)
	}
	return image.Rect(0, 0, w, h)
}

func longer(r image.Rectangle) int { return max(r.Dx(), r.Dy()) }

// halve returns the picture at half its width and height, each pixel the mean of four.
func halve(m image.Image) image.Image {
	switch m := m.(type) {
	case *image.YCbCr:
		if m.Rect.Min == (image.Point{}) {
			return halveYCbCr(m)
		}
	case *image.RGBA:
		out := image.NewRGBA(halfOf(m.Bounds()))
		halveRows(out, 0, m)
		return out
	}
	return halveInStrips(m)
}

// halfOf rounds down, so that every new pixel has its four, and leaves at least one.
func halfOf(r image.Rectangle) image.Rectangle {
	return image.Rect(0, 0, max(1, r.Dx()/2), max(1, r.Dy()/2))
}

// halveYCbCr halves the three planes of a photo as they are, a third of the work of converting it to RGB first.
func halveYCbCr(m *image.YCbCr) *image.YCbCr {
	out := image.NewYCbCr(halfOf(m.Rect), m.SubsampleRatio)
	halvePlane(out.Y, out.YStride, out.Rect.Dx(), out.Rect.Dy(), m.Y, m.YStride, m.Rect.Dx(), m.Rect.Dy())
	cw, ch := chromaSize(out)
	mw, mh := chromaSize(m)
	halvePlane(out.Cb, out.CStride, cw, ch, m.Cb, m.CStride, mw, mh)
	halvePlane(out.Cr, out.CStride, cw, ch, m.Cr, m.CStride, mw, mh)
	return out
}

// chromaSize returns the part of the chroma planes that the picture uses; the rest of a row may be padding.
func chromaSize(m *image.YCbCr) (width, height int) {
	last := m.COffset(m.Rect.Max.X-1, m.Rect.Max.Y-1)
	return last%m.CStride + 1, last/m.CStride + 1
}

// halvePlane averages two by two samples; at an odd edge the last one stands for its missing neighbour.
func halvePlane(dst []byte, dstStride, width, height int, src []byte, srcStride, srcWidth, srcHeight int) {
	for y := range height {
		above := src[min(2*y, srcHeight-1)*srcStride:][:srcWidth]
		below := src[min(2*y+1, srcHeight-1)*srcStride:][:srcWidth]
		row := dst[y*dstStride:][:width]
		whole := min(width, srcWidth/2)
		for x := range row[:whole] {
			i := 2 * x
			row[x] = byte((int(above[i]) + int(above[i+1]) + int(below[i]) + int(below[i+1]) + 2) / 4)
		}
		for x := whole; x < width; x++ {
			i := min(2*x, srcWidth-1)
			row[x] = byte((int(above[i]) + int(below[i]) + 1) / 2)
		}
	}
}

// halveInStrips halves a picture of any kind without holding a converted copy of all of it.
func halveInStrips(m image.Image) *image.RGBA {
	const rows = 128
	b := m.Bounds()
	out := image.NewRGBA(halfOf(b))
	strip := image.NewRGBA(image.Rect(0, 0, b.Dx(), rows))
	for y := 0; y < out.Rect.Dy(); y += rows / 2 {
		part := strip.SubImage(image.Rect(0, 0, b.Dx(), min(rows, b.Dy()-2*y))).(*image.RGBA)
		draw.Draw(part, part.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
		draw.Draw(part, part.Rect, m, b.Min.Add(image.Pt(0, 2*y)), draw.Over)
		halveRows(out, y, part)
	}
	return out
}

// halveRows writes the halved rows of m into out from row y on.
func halveRows(out *image.RGBA, y int, m *image.RGBA) {
	b := m.Bounds()
	for row := 0; row < max(1, b.Dy()/2) && y+row < out.Rect.Dy(); row++ {
		above := m.Pix[m.PixOffset(b.Min.X, b.Min.Y+min(2*row, b.Dy()-1)):]
		below := m.Pix[m.PixOffset(b.Min.X, b.Min.Y+min(2*row+1, b.Dy()-1)):]
		line := out.Pix[out.PixOffset(0, y+row):]
		for x := range out.Rect.Dx() {
			i, j := 8*x, 4*min(2*x+1, b.Dx()-1)
			for c := range 4 {
				line[4*x+c] = byte((int(above[i+c]) + int(above[j+c]) + int(below[i+c]) + int(below[j+c]) + 2) / 4)
			}
		}
	}
}

// upright turns and mirrors the picture as its EXIF orientation asks for.
func upright(m *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return m
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			var to int
			switch orientation {
			case 2:
				to = out.PixOffset(w-1-x, y)
			case 3:
				to = out.PixOffset(w-1-x, h-1-y)
			case 4:
				to = out.PixOffset(x, h-1-y)
			case 5:
				to = out.PixOffset(y, x)
			case 6:
				to = out.PixOffset(h-1-y, x)
			case 7:
				to = out.PixOffset(h-1-y, w-1-x)
			case 8:
				to = out.PixOffset(y, w-1-x)
			}
			copy(out.Pix[to:to+4], m.Pix[m.PixOffset(x, y):][:4])
		}
	}
	return out
}
