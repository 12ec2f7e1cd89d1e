// Package speechtest measures compressed sound, for tests.
package speechtest

import (
	"encoding/binary"
	"testing"
	"time"
)

// Compressed is what the frames of an MP3 say.
type Compressed struct {
	Duration time.Duration
	Rate     int // samples a second
	Channels int
}

// MP3 reads the frames of an MP3 of MPEG 2, layer III. A frame of silence that only holds the encoder's notes is not counted.
func MP3(tb testing.TB, b []byte) Compressed {
	tb.Helper()
	rates := [...]int{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
	samples := [...]int{22050, 24000, 16000}
	frames := 0
	var c Compressed
	for i := 0; i+4 <= len(b); {
		h := binary.BigEndian.Uint32(b[i:])
		if h>>19 != 0x1ffe || h>>12&15 == 15 || h>>10&3 == 3 { // the sync word, MPEG 2
			i++
			continue
		}
		c.Rate, c.Channels = samples[h>>10&3], 2
		if h>>6&3 == 3 {
			c.Channels = 1
		}
		frames++
		i += 72*rates[h>>12&15]*1000/c.Rate + int(h>>9&1)
	}
	if frames == 0 {
		tb.Fatal("speechtest: no frame of MPEG 2")
	}
	c.Duration = time.Duration(frames) * 576 * time.Second / time.Duration(c.Rate)
	return c
}
