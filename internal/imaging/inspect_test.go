package imaging

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"io"
	"strings"
	"testing"

	"sachhon/internal/fault"
)

// pngHeader is the start of a PNG file that claims the given size, followed by nothing.
func pngHeader(width, height uint32) []byte {
	chunk := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)...)
	chunk = append(chunk, 8, 2, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	out = append(out, chunk...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
}

// zeros is a file of any length that holds nothing.
type zeros struct{ size, at int64 }

func (z *zeros) Read(p []byte) (int, error) {
	n := min(int64(len(p)), z.size-z.at)
	clear(p[:n])
	if z.at += n; n == 0 {
		return 0, io.EOF
	}
	return int(n), nil
}

func (z *zeros) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekStart:
		z.at = offset
	case io.SeekCurrent:
		z.at += offset
	case io.SeekEnd:
		z.at = z.size + offset
	}
	return z.at, nil
}

func wantFault(t *testing.T, err error, kind fault.Kind, key string) {
	t.Helper()
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Kind != kind || e.Key != key {
		t.Errorf("got %v, want %s %s", err, kind, key)
	}
}

func TestInspectTellsByContent(t *testing.T) {
	m := scene(1, 60, 40)
	for format, data := range map[Format][]byte{JPEG: asJPEG(t, m), PNG: asPNG(t, m)} {
		h, err := Inspect(bytes.NewReader(data))
		if err != nil || h != (Header{format, 60, 40, int64(len(data))}) {
			t.Errorf("%s: %+v, %v", format, h, err)
		}
		if h.Format.MediaType() != "image/"+string(format) {
			t.Errorf("media type %q", h.Format.MediaType())
		}
	}
}

func TestInspectRefuses(t *testing.T) {
	photo := asJPEG(t, scene(1, 60, 40))
	avif := "\x00\x00\x00\x1cftypavif\x00\x00\x00\x00mif1miafMA1B"
	for _, tt := range []struct {
		name string
		r    io.ReadSeeker
		kind fault.Kind
		key  string
	}{
		{"a text named .jpg", strings.NewReader("Kính gửi các cơ quan, đơn vị"), fault.Unsupported, "imaging.fault.format"},
		{"a page", strings.NewReader("<html><img src=x></html>"), fault.Unsupported, "imaging.fault.format"},
		{"a GIF", strings.NewReader("GIF89a\x01\x00\x01\x00"), fault.Unsupported, "imaging.fault.format"},
		{"an AVIF", strings.NewReader(avif), fault.Unsupported, "imaging.fault.format"},
		{"a film", strings.NewReader("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00isommp42"), fault.Unsupported, "imaging.fault.format"},
		{"nothing", strings.NewReader(""), fault.Invalid, "imaging.fault.empty"},
		{"30 MB", &zeros{size: 30 << 20}, fault.TooLarge, "imaging.fault.tooManyBytes"},
		{"one byte too many", &zeros{size: MaxBytes + 1}, fault.TooLarge, "imaging.fault.tooManyBytes"},
		{"400 megapixels", bytes.NewReader(pngHeader(20_000, 20_000)), fault.TooLarge, "imaging.fault.tooManyPixels"},
		{"a line of 61 megapixels", bytes.NewReader(pngHeader(61_000_000, 1)), fault.TooLarge, "imaging.fault.tooManyPixels"},
		{"no pixels", bytes.NewReader(pngHeader(0, 5)), fault.Invalid, "imaging.fault.broken"},
		{"a JPEG cut in its header", bytes.NewReader(photo[:100]), fault.Invalid, "imaging.fault.cut"},
		{"a WebP cut in its header", strings.NewReader("RIFF\x20\x00\x00\x00WEBPVP8 "), fault.Invalid, "imaging.fault.cut"},
		{"a HEIC of one box", strings.NewReader("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), fault.Invalid, "imaging.fault.broken"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Inspect(tt.r)
			wantFault(t, err, tt.kind, tt.key)
		})
	}
	if h, err := Inspect(bytes.NewReader(pngHeader(10_000, 6_000))); err != nil {
		t.Errorf("a photo of exactly 60 megapixels: %+v, %v", h, err)
	}
}

func TestSlotsOfLargePhotos(t *testing.T) {
	for h, want := range map[Header]int64{
		{Format: JPEG, Width: 4000, Height: 3000}: 1,
		{Format: JPEG, Width: 8000, Height: 6000}: 2,
		{Format: HEIC, Width: 400, Height: 300}:   2,
	} {
		if got := h.slots(); got != want {
			t.Errorf("%+v takes %d slots, want %d", h, got, want)
		}
	}
}

// FuzzInspect: never a panic, never more than the limits, and a refusal always has a message for people.
func FuzzInspect(f *testing.F) {
	m := image.NewRGBA(image.Rect(0, 0, 9, 7))
	f.Add(asJPEG(f, m))
	f.Add(asPNG(f, m))
	f.Add(withEXIF(asJPEG(f, m), phone(6)))
	f.Add(pngHeader(20_000, 20_000))
	f.Add([]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic\x00\x00\x00\x10meta\x00\x00\x00\x00\x00\x00\x00\x08"))
	f.Add([]byte("RIFF\x20\x00\x00\x00WEBPVP8L\x10\x00\x00\x00\x2f\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := Inspect(bytes.NewReader(data))
		if err != nil {
			if fault.KindOf(err) == "" {
				t.Fatalf("refused without a message: %v", err)
			}
			return
		}
		if h.Width <= 0 || h.Height <= 0 || h.Width > MaxPixels/h.Height || h.Bytes != int64(len(data)) || h.Bytes > MaxBytes {
			t.Fatalf("accepted as %+v", h)
		}
		facts := ReadFacts(bytes.NewReader(data), h.Format)
		if facts.Orientation < 1 || facts.Orientation > 8 || facts.PlaceKnown && facts.Place.Check() != nil {
			t.Fatalf("facts %+v", facts)
		}
	})
}
