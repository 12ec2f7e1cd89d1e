package imaging

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"

	xdraw "golang.org/x/image/draw"
	"golang.org/x/image/tiff"
)

// The pictures of a document are to be read and printed: a page keeps what 300 dots per inch show of a sheet A4.
const (
	pageSize    = 3508
	pageQuality = 85
)

// PageSizes tells the sizes in pixels of the pages that a picture of a document shows, without decoding them: of a TIFF all,
// of any other picture one. It refuses what is too large or no picture.
func PageSizes(file []byte) ([]image.Point, error) {
	if !isTIFF(file) {
		h, err := Inspect(bytes.NewReader(file))
		return []image.Point{{X: h.Width, Y: h.Height}}, err
	}
	pages, err := leaves(file)
	if err != nil {
		return nil, err
	}
	sizes := make([]image.Point, len(pages))
	for i, l := range pages {
		sizes[i] = l.size()
	}
	return sizes, nil
}

// Pages hands the pages that a picture of a document shows to f, one after the other and upright. A JPEG that needs no
// turning is passed on as it is. It waits for a slot until ctx ends.
func (p *Processor) Pages(ctx context.Context, file []byte, f func(Picture) error) error {
	if !isTIFF(file) {
		found, err := p.Upright(ctx, file)
		if err != nil {
			return err
		}
		return f(found)
	}
	pages, err := leaves(file)
	if err != nil {
		return err
	}
	for _, l := range pages {
		page, err := p.leaf(ctx, file, l)
		if err != nil {
			return err
		}
		if err := f(page); err != nil {
			return err
		}
	}
	return nil
}

// leaf decodes one page of a TIFF, holding as much of the processor as of a large photo: a page that is packed may be
// unpacked to eight bytes a pixel.
func (p *Processor) leaf(ctx context.Context, file []byte, l leaf) (_ Picture, err error) {
	if err := p.slots.Acquire(ctx, slots); err != nil {
		return Picture{}, fmt.Errorf("imaging: wait for a slot: %w", err)
	}
	defer p.slots.Release(slots)
	defer brokenOnPanic(&err)
	m, err := l.decode(ctx, file)
	if err != nil {
		if ended := ctx.Err(); ended != nil {
			return Picture{}, fmt.Errorf("imaging: decode: %w", ended)
		}
		return Picture{}, tiffFault(err)
	}
	return encodePage(upright(l.shrunk(m), l.turn), isGrey(m))
}

func (l leaf) decode(ctx context.Context, file []byte) (image.Image, error) {
	d := directories{b: file, order: orderOf(file)}
	if l.jpeg {
		return d.decodeJPEG(ctx, l)
	}
	from := d.from(l.at)
	from.done = ctx.Err
	return tiff.Decode(from)
}

// size is that of the page with pixels as wide as high, the finer side kept.
func (l leaf) size() image.Point {
	if l.tall >= 1 {
		return image.Pt(l.width, int(float64(l.height)*l.tall+0.5))
	}
	return image.Pt(int(float64(l.width)/l.tall+0.5), l.height)
}

// shrunk is the page in the size in which it is kept.
func (l leaf) shrunk(m image.Image) *image.RGBA {
	size := l.size()
	if size == m.Bounds().Size() {
		return shrink(m, pageSize)
	}
	out := image.NewRGBA(fit(image.Rectangle{Max: size}, pageSize))
	draw.Draw(out, out.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	xdraw.ApproxBiLinear.Scale(out, out.Rect, m, m.Bounds(), draw.Over, nil)
	return out
}

func isGrey(m image.Image) bool {
	switch m.(type) {
	case *image.Gray, *image.Gray16:
		return true
	}
	return false
}

// encodePage writes a page without colours as one: it is a third of the size.
func encodePage(m *image.RGBA, grey bool) (Picture, error) {
	if !grey {
		return encode(m, pageQuality)
	}
	page := image.NewGray(m.Rect)
	draw.Draw(page, page.Rect, m, m.Rect.Min, draw.Src)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, page, &jpeg.Options{Quality: pageQuality}); err != nil {
		return Picture{}, fmt.Errorf("imaging: encode: %w", err)
	}
	return Picture{JPEG: b.Bytes(), Width: page.Rect.Dx(), Height: page.Rect.Dy()}, nil
}
