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
	header, err := Inspect(r)
	if err != nil {
		return nil, err
	}
	weight := header.slots()
	if err := p.slots.Acquire(ctx, weight); err != nil {
		return nil, fmt.Errorf("imaging: wait for a slot: %w", err)
	}
	defer p.slots.Release(weight)

	facts := ReadFacts(r, header.Format)
	orientation := facts.Orientation
	if header.Format == HEIC {
		orientation = 1 // its decoder has turned the picture already
	}
	m, err := decode(ctx, r, header.Format)
	if err != nil {
		return nil, err
	}
	large := upright(shrink(m, LargeSize), orientation)
	thumb := shrink(large, ThumbSize)
	d := &Derived{Header: header, Facts: facts, Hash: HashOf(thumb)}
	if d.Large, err = encode(large, largeQuality); err != nil {
		return nil, err
	}
	if d.Thumb, err = encode(thumb, thumbQuality); err != nil {
		return nil, err
	}
	return d, nil
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
func (p *Processor) Upright(ctx context.Context, file []byte) (Picture, error) {
	r := bytes.NewReader(file)
	header, err := Inspect(r)
	if err != nil {
		return Picture{}, err
	}
	weight := header.slots()
	if err := p.slots.Acquire(ctx, weight); err != nil {
		return Picture{}, fmt.Errorf("imaging: wait for a slot: %w", err)
	}
	defer p.slots.Release(weight)

	orientation := ReadFacts(r, header.Format).Orientation
	if header.Format == HEIC {
		orientation = 1 // its decoder turns the picture
	}
	m, err := decode(ctx, r, header.Format)
	if err != nil {
		return Picture{}, err
	}
	if header.Format == JPEG && orientation < 2 {
		return Picture{JPEG: file, Width: m.Bounds().Dx(), Height: m.Bounds().Dy()}, nil
	}
	return encode(upright(shrink(m, longer(m.Bounds())), orientation), wholeQuality)
}
