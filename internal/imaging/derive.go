package imaging

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"github.com/gen2brain/heic"
	"golang.org/x/image/webp"
	"golang.org/x/sync/semaphore"
)

// The longer sides of the derived pictures, in pixels.
const (
	LargeSize = 1600
	ThumbSize = 400
)

const (
	slots = 2
	// A photo above this size takes all slots: decoded it can need ten bytes a pixel. So does a HEIC photo, of which
	// the decoder keeps several copies.
	manyPixels   = 25_000_000
	largeQuality = 80
	thumbQuality = 75
	wholeQuality = 92 // of a picture that is to be read, such as a page
)

// Picture is an encoded JPEG.
type Picture struct {
	JPEG          []byte
	Width, Height int
}

// Derived is what is made of a photo.
type Derived struct {
	Header Header
	Facts  Facts
	Large  Picture
	Thumb  Picture
	Hash   Hash64
}

// Processor derives pictures, as many at a time as memory allows.
type Processor struct {
	slots *semaphore.Weighted
}

// NewProcessor returns a processor with two slots; a program has one.
func NewProcessor() *Processor { return &Processor{slots: semaphore.NewWeighted(slots)} }

// Derive checks a photo, reads its facts, and makes its two sizes, upright and without anything the camera wrote.
// It waits for a slot until ctx ends. r is read from its start, more than once, and left anywhere.
func (p *Processor) Derive(ctx context.Context, r io.ReadSeeker) (*Derived, error) {
	var d *Derived
	err := p.open(ctx, r, func(o opened) (err error) {
		large := upright(shrink(o.pixels, LargeSize), o.turn)
		thumb := shrink(large, ThumbSize)
		d = &Derived{Header: o.header, Facts: o.facts, Hash: HashOf(thumb)}
		if d.Large, err = encode(large, largeQuality); err != nil {
			return err
		}
		d.Thumb, err = encode(thumb, thumbQuality)
		return err
	})
	if err != nil {
		return nil, err
	}
	return d, nil
}

// opened is a decoded photo with how it is to be turned.
type opened struct {
	header Header
	facts  Facts
	pixels image.Image
	turn   int
}

// open checks and decodes a photo and hands it to f while it holds a slot.
func (p *Processor) open(ctx context.Context, r io.ReadSeeker, f func(opened) error) error {
	header, err := Inspect(r)
	if err != nil {
		return err
	}
	weight := header.slots()
	if err := p.slots.Acquire(ctx, weight); err != nil {
		return fmt.Errorf("imaging: wait for a slot: %w", err)
	}
	defer p.slots.Release(weight)

	o := opened{header: header, facts: ReadFacts(r, header.Format)}
	o.turn = o.facts.Orientation
	if header.Format == HEIC {
		o.turn = 1 // its decoder has turned the picture already
	}
	if o.pixels, err = decode(ctx, r, header.Format); err != nil {
		return err
	}
	return f(o)
}

// whole is the photo in its full size, upright.
func (o opened) whole() (Picture, error) {
	return encode(upright(shrink(o.pixels, longer(o.pixels.Bounds())), o.turn), wholeQuality)
}

// slots returns how much of the processor a photo takes.
func (h Header) slots() int64 {
	if h.Format == HEIC || h.Width*h.Height > manyPixels {
		return slots
	}
	return 1
}

var decoders = map[Format]func(io.Reader) (image.Image, error){
	JPEG: jpeg.Decode, PNG: png.Decode, WebP: webp.Decode, HEIC: heic.Decode,
}

// decode decodes the whole photo. The limits were checked on the header; a decoder that found other dimensions in
// the pixels is caught here.
func decode(ctx context.Context, r io.ReadSeeker, format Format) (m image.Image, err error) {
	defer brokenOnPanic(&err)
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("imaging: decode: %w", err)
	}
	source := &reader{r: untilDone{ctx, r}}
	m, err = decoders[format](source)
	if err != nil {
		return nil, source.explain(format, err)
	}
	return m, checkPixels(m.Bounds().Dx(), m.Bounds().Dy())
}

func encode(m *image.RGBA, quality int) (Picture, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		return Picture{}, fmt.Errorf("imaging: encode: %w", err)
	}
	return Picture{JPEG: b.Bytes(), Width: m.Rect.Dx(), Height: m.Rect.Dy()}, nil
}

// Upright returns a picture in its full size as a JPEG that needs no turning: the file itself when it is one, or else made
// of its pixels. It waits for a slot until ctx ends.
func (p *Processor) Upright(ctx context.Context, file []byte) (out Picture, err error) {
	err = p.open(ctx, bytes.NewReader(file), func(o opened) (err error) {
		if o.header.Format == JPEG && o.turn < 2 {
			out = Picture{JPEG: file, Width: o.pixels.Bounds().Dx(), Height: o.pixels.Bounds().Dy()}
			return nil
		}
		out, err = o.whole()
		return err
	})
	return out, err
}

// Plain returns a photo in its full size as a JPEG made of its pixels alone: upright, and without anything the camera wrote.
// It waits for a slot until ctx ends. r is read from its start, more than once, and left anywhere.
func (p *Processor) Plain(ctx context.Context, r io.ReadSeeker) (out Picture, err error) {
	err = p.open(ctx, r, func(o opened) (err error) {
		out, err = o.whole()
		return err
	})
	return out, err
}
