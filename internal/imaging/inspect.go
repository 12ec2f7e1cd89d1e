package imaging

import (
	"bytes"
	"errors"
	"fmt"
	"image/jpeg"
	"image/png"
	"io"

	"github.com/bep/imagemeta"
	"golang.org/x/image/webp"

	"sachhon/internal/fault"
)

// Limits of a photo. The pixels of the best phone cameras of 2024 fit; a crafted file of 400 megapixels does not.
const (
	MaxBytes  = 25 << 20
	MaxPixels = 60_000_000
)

// Format is the kind of a photo file.
type Format string

// The formats that are read.
const (
	JPEG Format = "jpeg"
	PNG  Format = "png"
	WebP Format = "webp"
	HEIC Format = "heic"
)

// MediaType returns the format's media type, such as "image/jpeg".
func (f Format) MediaType() string { return "image/" + string(f) }

// Header is what a photo says about itself before it is decoded. Width and height are those of the stored pixels.
type Header struct {
	Format        Format
	Width, Height int
	Bytes         int64
}

// sniffLength is as much of a file as tells its format.
const sniffLength = 64

// Inspect tells the format and size of a photo by its content, whatever its name says, and refuses one that is too
// large or no photo. The pixels are not decoded, so a whole photo may still turn out to be broken. r is read from
// its start and left anywhere.
func Inspect(r io.ReadSeeker) (Header, error) {
	size, err := r.Seek(0, io.SeekEnd)
	if err != nil {
		return Header{}, fmt.Errorf("imaging: inspect: %w", err)
	}
	if size > MaxBytes {
		return Header{}, fault.New(fault.TooLarge, "imaging.fault.tooManyBytes", "Limit", MaxBytes>>20)
	}
	start := make([]byte, sniffLength)
	n, err := readAtStart(r, start)
	if err != nil {
		return Header{}, err
	}
	format, err := sniff(start[:n])
	if err != nil {
		return Header{}, err
	}
	width, height, err := dimensions(r, format)
	if err != nil {
		return Header{}, err
	}
	return Header{Format: format, Width: width, Height: height, Bytes: size}, checkPixels(width, height)
}

// checkPixels refuses a picture that has none, or more than may be decoded.
func checkPixels(width, height int) error {
	if width <= 0 || height <= 0 {
		return fault.New(fault.Invalid, "imaging.fault.broken")
	}
	if width > MaxPixels/height {
		return fault.New(fault.TooLarge, "imaging.fault.tooManyPixels",
			"Width", width, "Height", height, "Limit", MaxPixels/1_000_000)
	}
	return nil
}

// readAtStart fills buf from the start of r as far as there are bytes.
func readAtStart(r io.ReadSeeker, buf []byte) (int, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return 0, fmt.Errorf("imaging: inspect: %w", err)
	}
	n, err := io.ReadFull(r, buf)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return n, fmt.Errorf("imaging: inspect: %w", err)
	}
	return n, nil
}

// sniff tells the format by the first bytes.
func sniff(start []byte) (Format, error) {
	switch {
	case len(start) == 0:
		return "", fault.New(fault.Invalid, "imaging.fault.empty")
	case bytes.HasPrefix(start, []byte("\xff\xd8\xff")):
		return JPEG, nil
	case bytes.HasPrefix(start, []byte("\x89PNG\r\n\x1a\n")):
		return PNG, nil
	case bytes.HasPrefix(start, []byte("RIFF")) && len(start) >= 12 && string(start[8:12]) == "WEBP":
		return WebP, nil
	case isHEIC(start):
		return HEIC, nil
	}
	return "", fault.New(fault.Unsupported, "imaging.fault.format")
}

// isHEIC looks for a brand of single HEVC pictures in the file type box: the major brand, or one of the compatible
// ones when the major brand is the general "mif1".
func isHEIC(start []byte) bool {
	if len(start) < 16 || string(start[4:8]) != "ftyp" {
		return false
	}
	box := int(start[3]) // no real file type box is longer than 255 bytes
	if start[0] != 0 || start[1] != 0 || start[2] != 0 {
		return false
	}
	brands := start[8:min(len(start), max(box, 16))]
	for i := 0; i+4 <= len(brands); i += 4 {
		if i == 4 {
			continue // the minor version
		}
		switch string(brands[i : i+4]) {
		case "heic", "heix", "heim", "heis":
			return true
		case "avif":
			return false
		}
	}
	return false
}

// dimensions reads the width and height that the header states.
func dimensions(r io.ReadSeeker, format Format) (width, height int, err error) {
	defer brokenOnPanic(&err)
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return 0, 0, fmt.Errorf("imaging: inspect: %w", err)
	}
	if format == HEIC {
		// libheif's own look at the header costs a start of its WebAssembly module, so the boxes are read in Go.
		result, err := imagemeta.Decode(imagemeta.Options{R: r, ImageFormat: imagemeta.HEIF, Sources: imagemeta.CONFIG})
		if err != nil {
			return 0, 0, fault.New(fault.Invalid, "imaging.fault.broken").Because(err)
		}
		return result.ImageConfig.Width, result.ImageConfig.Height, nil
	}
	decode := jpeg.DecodeConfig
	switch format {
	case PNG:
		decode = png.DecodeConfig
	case WebP:
		decode = webp.DecodeConfig
	}
	source := &reader{r: r}
	config, err := decode(source)
	if err != nil {
		return 0, 0, source.explain(format, err)
	}
	return config.Width, config.Height, nil
}
